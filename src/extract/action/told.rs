//! Measures that stand behind the label of their part, in one line: `TODO: …`, `대책: …; …`.

use std::ops::Range;

use crate::extract::action::detail::{Found, part};
use crate::extract::action::is_blank;
use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::extract::section::Roles;
use crate::model::action::Status;
use crate::model::kind::Lang;
use crate::vocab::meaning::{Label, Meaning, SectionRole};

/// A longer text is prose, in letters.
const LONGEST: usize = 160;

/// What a line promises in a document that has no part of its own for that. A sentence is none without an owner or a day.
pub(super) fn told(scope: &Scope<'_>, index: usize) -> Vec<Found> {
    let line = &scope.lines[index];
    // "Action: we restarted it", "Actions: restarted it" tell what was done, unless somebody is to do it.
    let was = [SectionRole::Timeline, SectionRole::Response, SectionRole::Resolution];
    let label = line.label.as_ref().filter(|label| {
        let is_measure = label.meaning == Some(Label::Action) && label.roles.is_empty();
        let is_part = label.roles == Roles::only(SectionRole::Actions);
        (is_measure || is_part) && !label.value.is_empty() && !line.roles.any(&was)
    });
    let Some(label) = label.filter(|_| matches!(line.kind, LineKind::Text(_)) && !line.opens)
    else {
        return Vec::new();
    };
    let name = scope.text(label.name.clone());
    let is_open = |meaning| (meaning == Meaning::Status(Status::Open)).then_some(());
    let is_named = !label.roles.is_empty()
        && (label.meaning != Some(Label::Action)
            || !name.chars().all(char::is_alphabetic)
            || scope.covering(&label.name, is_open).is_some());
    let found = parts(scope, &label.value).into_iter().filter_map(|text| {
        let words = scope.text(text.clone());
        let is_prose = words.ends_with(['.', ':', '!', '?', '。', '：'])
            || words.chars().count() > LONGEST
            || words.split_whitespace().nth(1).is_none();
        let found = part(scope, index, text.clone(), None);
        (found.is_promised() || is_named && !is_prose)
            .then_some(found)
            .filter(|_| !is_blank(scope, &text))
    });
    found.collect()
}

/// The parts that semicolons divide, or commas behind brackets; in Korean, commas between phrases.
fn parts(scope: &Scope<'_>, value: &Range<u32>) -> Vec<Range<u32>> {
    let text = scope.text(value.clone());
    let mut parts: Vec<Range<usize>> = Vec::new();
    let (mut start, mut depth) = (0usize, 0usize);
    for (at, sign) in text.char_indices() {
        let is_comma = || {
            text.get(..at).is_some_and(|head| head.trim_end().ends_with(')'))
                || scope.lang == Lang::Ko && !text.ends_with('.')
        };
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => {}
            ',' if depth == 0 && is_comma() => {}
            _ => continue,
        }
        if matches!(sign, ';' | ',') {
            parts.push(start..at);
            start = at + sign.len_utf8();
        }
    }
    parts.push(start..text.len());
    // "A, B and C" are words of one phrase.
    let is_phrase = |part: &Range<usize>| {
        text.get(part.clone()).is_some_and(|part| part.split_whitespace().nth(1).is_some())
    };
    if !parts.iter().all(is_phrase) {
        parts.clear();
        parts.push(0..text.len());
    }
    let trimmed = parts.into_iter().filter_map(|part| {
        let words = text.get(part.clone())?;
        let start = part.start + (words.len() - words.trim_start().len());
        let start = value.start + start as u32;
        Some(start..start + words.trim().len() as u32)
    });
    trimmed.collect()
}
