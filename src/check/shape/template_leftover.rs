//! Words of a template that nobody filled in.

use std::cell::LazyCell;
use std::ops::Range;

use crate::base::span::Span;
use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::extract::line::Line;
use crate::extract::scope::Scope;
use crate::extract::void::template::examples;
use crate::vocab::meaning::{Leftover, Meaning};

/// Looks for it: phrases that only templates have, words that stand alone where a value should, `{{ blanks }}`, and all
/// that is not read because it is a template's.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    let mut shown = examples(scope);
    shown.sort_unstable_by_key(|shown| shown.start);
    for line in &scope.lines {
        let example = || {
            let first = shown.partition_point(|shown| shown.start < line.text.start);
            shown.get(first).filter(|shown| shown.start < line.text.end).cloned()
        };
        if let Some(range) = words(scope, line).or_else(example).or_else(|| braces(scope, line)) {
            let text = scope.text(range.clone());
            let span: Span = scope.span(range);
            findings.push(Diagnostic::new(&code::TEMPLATE_LEFTOVER, span).arg("text", text));
        }
    }
}

/// The first words of a line that are left of a template, whatever else the text says.
fn words(scope: &Scope<'_>, line: &Line) -> Option<Range<u32>> {
    let value = line.label.as_ref().map_or(&line.text, |label| &label.value);
    // Many may stand in one line.
    let letters = LazyCell::new(|| letters(scope.text(value.clone())));
    scope.mentions(line.text.clone()).find_map(|mention| {
        let is_left = match mention.meaning {
            Meaning::Leftover(Leftover::Always) => true,
            // `TODO:` opens a list.
            Meaning::Leftover(Leftover::Alone | Leftover::Example) => {
                !line.opens
                    && value.contains(&mention.start)
                    && *letters <= (mention.end - mention.start) as usize
            }
            _ => false,
        };
        is_left.then_some(mention.start..mention.end)
    })
}

/// The bytes of what is no sign.
fn letters(text: &str) -> usize {
    text.chars().filter(|letter| letter.is_alphanumeric()).map(char::len_utf8).sum()
}

/// `{{ name }}` where it is not the braces of a program: the words in it are a name.
fn braces(scope: &Scope<'_>, line: &Line) -> Option<Range<u32>> {
    let text = scope.line_text(line);
    let open = text.find("{{")?;
    let length = text.get(open..)?.find("}}")? + 2;
    let inner = text.get(open + 2..open + length - 2)?.trim();
    let is_name = !inner.is_empty()
        && inner.len() <= LONGEST_NAME
        && inner.chars().all(|letter| letter.is_alphanumeric() || " _-".contains(letter));
    let start = line.text.start + open as u32;
    (is_name && scope.code_at(start).is_none()).then_some(start..start + length as u32)
}

/// A name has so many bytes at most.
const LONGEST_NAME: usize = 40;
