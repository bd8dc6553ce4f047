//! A person named as the cause, or judged.

use std::cell::OnceCell;
use std::ops::Range;

use crate::check::Subject;
use crate::check::wording::person::{Names, Surety};
use crate::diag::{Diagnostic, code};
use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::vocab::Mention;
use crate::vocab::meaning::{Blame, Cue, Meaning};

/// Looks for it; once a sentence. What is quoted, or denied, is not the report's own word.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    let names = OnceCell::new();
    for (sentence, line) in &scope.sentences {
        let line = &scope.lines[*line as usize];
        if line.quoted || matches!(line.kind, LineKind::Heading(..)) {
            continue;
        }
        let names = || names.get_or_init(|| Names::of(subject));
        let blamed = |mention: &Mention| {
            Some((mention.start..mention.end, blames(mention, sentence, names)?))
        };
        let Some((words, range)) = scope.mentions(sentence.clone()).find_map(blamed) else {
            continue;
        };
        if !is_denied(scope, sentence, &words) {
            let finding = Diagnostic::new(&code::BLAME, scope.span(range.clone()));
            findings.push(finding.arg("text", scope.text(range)));
        }
    }
}

/// What blames somebody: the words, with the name beside them where they only blame with one.
fn blames<'a, 'b: 'a>(
    mention: &Mention,
    sentence: &Range<u32>,
    names: impl Fn() -> &'a Names<'b>,
) -> Option<Range<u32>> {
    let Meaning::Blame(blame) = mention.meaning else { return None };
    let before = |owns| names().before(sentence.start..mention.start, owns);
    match blame {
        Blame::Person | Blame::Character | Blame::Hindsight => Some(mention.start..mention.end),
        Blame::Fault => before(true).map(|name| name.range.start..mention.end),
        Blame::Forgets => before(false).map(|name| name.range.start..mention.end),
        Blame::Errs => before(false)
            .filter(|name| name.surety == Surety::Known)
            .map(|name| name.range.start..mention.end),
        Blame::Names => names()
            .after(mention.end..sentence.end)
            .filter(|name| name.surety == Surety::Known || name.goes_on)
            .map(|name| mention.start..name.range.end),
    }
}

/// A denial is at most so many bytes away.
const NEAR: u32 = 12;

fn is_denied(scope: &Scope<'_>, sentence: &Range<u32>, words: &Range<u32>) -> bool {
    scope.mentions(sentence.clone()).any(|mention| {
        // Words that blame may be a denial themselves: `did not bother`.
        mention.meaning == Meaning::Cue(Cue::Negates)
            && (mention.end <= words.start || mention.start >= words.end)
            && mention.end.abs_diff(words.start).min(mention.start.abs_diff(words.end)) <= NEAR
    })
}
