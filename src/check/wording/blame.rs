//! A person named as the cause, or judged.

use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::vocab::Mention;
use crate::vocab::meaning::{Blame, Cue, Meaning};

/// Looks for it; once a sentence. What is quoted, or denied, is not the report's own word.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    for (sentence, line) in &scope.sentences {
        let line = &scope.lines[*line as usize];
        if line.quoted || matches!(line.kind, LineKind::Heading(..)) {
            continue;
        }
        let found = scope.mentions(sentence.clone()).find(|mention| match mention.meaning {
            Meaning::Blame(Blame::Fault) => has_owner(scope, mention, sentence.start),
            Meaning::Blame(_) => true,
            _ => false,
        });
        let Some(found) = found else { continue };
        let is_denied = scope.mentions(sentence.clone()).any(|mention| {
            mention.meaning == Meaning::Cue(Cue::Negates)
                && mention.end.abs_diff(found.start).min(mention.start.abs_diff(found.end)) <= NEAR
        });
        if !is_denied {
            let range = found.start..found.end;
            let finding = Diagnostic::new(&code::BLAME, scope.span(range.clone()));
            findings.push(finding.arg("text", scope.text(range)));
        }
    }
}

/// A denial is at most so many bytes away.
const NEAR: u32 = 12;

/// `Jane's mistake`, `@jane's fault`: a name in the genitive right before the word.
fn has_owner(scope: &Scope<'_>, mention: &Mention, from: u32) -> bool {
    let before = scope.text(from..mention.start).trim_end();
    let word = before.rsplit([' ', '(', '"']).next().unwrap_or_default();
    let name = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
    name.is_some_and(|name| {
        name.starts_with('@')
            || name.len() > 2
                && before.len() > word.len()
                && name.starts_with(char::is_uppercase)
                && name.chars().skip(1).all(char::is_lowercase)
    })
}
