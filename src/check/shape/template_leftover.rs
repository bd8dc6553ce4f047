//! Words of a template that nobody filled in.

use crate::base::span::Span;
use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::vocab::meaning::{Leftover, Meaning};

/// Looks for it: phrases that only templates have, words that stand alone where a value should, and `{{ blanks }}`.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    for line in &scope.lines {
        let value = line.label.as_ref().map_or(&line.text, |label| &label.value);
        let found = scope.mentions(line.text.clone()).find_map(|mention| match mention.meaning {
            Meaning::Leftover(Leftover::Always) => Some(mention.start..mention.end),
            Meaning::Leftover(Leftover::Alone | Leftover::Example) => {
                // `TODO:` opens a list.
                let is_all = !line.opens
                    && stands_alone(scope.text(value.clone()), mention.end - mention.start);
                (is_all && value.contains(&mention.start)).then_some(mention.start..mention.end)
            }
            _ => None,
        });
        if let Some(range) = found.or_else(|| blank(scope.line_text(line), line.text.start)) {
            let text = scope.text(range.clone());
            let span: Span = scope.span(range);
            findings.push(Diagnostic::new(&code::TEMPLATE_LEFTOVER, span).arg("text", text));
        }
    }
}

/// Whether nothing but signs stands around so many bytes of a value.
fn stands_alone(value: &str, length: u32) -> bool {
    let letters = |text: &str| -> usize {
        text.chars().filter(|letter| letter.is_alphanumeric()).map(char::len_utf8).sum()
    };
    letters(value) <= length as usize
}

/// `{{ name }}` where it is not the braces of a program: the words in it are a name.
fn blank(text: &str, start: u32) -> Option<std::ops::Range<u32>> {
    let open = text.find("{{")?;
    let length = text.get(open..)?.find("}}")? + 2;
    let inner = text.get(open + 2..open + length - 2)?.trim();
    let is_name = !inner.is_empty()
        && inner.len() <= 40
        && inner.chars().all(|letter| letter.is_alphanumeric() || " _-".contains(letter));
    is_name.then_some(start + open as u32..start + (open + length) as u32)
}
