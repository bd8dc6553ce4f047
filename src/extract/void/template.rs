//! A template that nobody filled in: what stands in it for an answer, and its examples.

use std::ops::Range;

use crate::extract::line::Line;
use crate::extract::scope::Scope;
use crate::extract::when::label_of;
use crate::vocab::meaning::{Label, Leftover, Meaning};

/// So many signs at least tell a template from a report in which one blank was left.
const FEWEST_SIGNS: usize = 2;
/// Who lists so many levels chose none.
const FEWEST_LEVELS: usize = 3;
/// What stands in brackets for an answer has so many bytes at most.
const LONGEST_BLANK: usize = 120;

/// What a template shows for an example, nothing in a report.
pub fn examples(scope: &Scope<'_>) -> Vec<Range<u32>> {
    let mut found = Vec::new();
    // Reports as well say "Example:".
    let (mut signs, mut shown) = (0, 0);
    let times = scope.all_times().iter();
    let has_day = times.filter_map(|time| time.first()).any(|stamp| stamp.date.is_some());
    found.extend(scope.lines.iter().filter_map(|line| blank(scope, line, has_day)));
    found.extend(all_levels(scope));
    signs += found.len();
    for mention in scope.all_mentions() {
        let Meaning::Leftover(leftover) = mention.meaning else { continue };
        let words = mention.start..mention.end;
        let line = scope.line_at(words.start);
        let mut sentences = scope.sentences_of(line).iter().map(|(sentence, _)| sentence);
        let holds =
            |sentence: &&Range<u32>| sentence.start <= words.start && words.end <= sentence.end;
        let Some(sentence) = sentences.find(holds) else { continue };
        let example = match leftover {
            Leftover::Always => Some((words.start..sentence.end, true)),
            Leftover::Example => example(scope, &scope.lines[line], sentence, &words),
            Leftover::Alone | Leftover::Nothing | Leftover::Nobody => None,
        };
        let is_sign = example.as_ref().is_some_and(|(_, is_sign)| *is_sign);
        match leftover {
            Leftover::Example => shown += usize::from(is_sign),
            _ => signs += usize::from(is_sign),
        }
        found.extend(example.map(|(example, _)| example));
    }
    if signs == 0 || signs + shown < FEWEST_SIGNS { Vec::new() } else { found }
}

/// `[Incident title]`, `{{ date }}`: brackets around all that a line or its value says.
fn blank(scope: &Scope<'_>, line: &Line, has_day: bool) -> Option<Range<u32>> {
    let values = line.label.iter().map(|label| (label.value.clone(), true));
    let blank = values.chain([(line.text.clone(), false)]).find(|(value, is_value)| {
        let text = scope.text(value.clone());
        let inner =
            BRACKETS.iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
        inner.is_some_and(|inner| {
            inner.len() <= LONGEST_BLANK
                && inner.trim().chars().count() > 1
                && inner.contains(char::is_alphabetic)
                && !inner.contains(['[', ']', '{', '<', '/', ':'])
                && !inner.contains(|letter: char| letter.is_ascii_digit())
        }) && scope.link_at(value.start + 1).is_none()
            && scope.code_at(value.start).is_none()
            && !(*is_value && !text.starts_with("{{") && answers(scope, value, has_day))
    });
    blank.map(|(value, _)| value)
}

/// What stands around a blank.
const BRACKETS: [(&str, &str); 3] = [("[", "]"), ("{{", "}}"), ("<", ">")];

/// Whether what stands in brackets behind a label is its answer, by who kept the brackets of a template: a level, a cause,
/// or in a text with a day anything but the name of what is asked for.
fn answers(scope: &Scope<'_>, value: &Range<u32>, has_day: bool) -> bool {
    let inner = &(value.start + 1..value.end - 1);
    let known = |meaning| match meaning {
        Meaning::Severity
        | Meaning::Status(_)
        | Meaning::Cause(..)
        | Meaning::Detection(..)
        | Meaning::Resolution(..) => Some(()),
        _ => None,
    };
    let asks = |meaning| match meaning {
        Meaning::Label(_) | Meaning::Heading(_) | Meaning::Leftover(_) => Some(()),
        _ => None,
    };
    scope.covering(inner, known).is_some() || scope.covering_all(inner, asks).is_empty() && has_day
}

/// "SEV1 / SEV2 / SEV3": every level there is, to choose one.
fn all_levels(scope: &Scope<'_>) -> Vec<Range<u32>> {
    let named = scope.all_mentions().iter().filter(|mention| mention.meaning == Meaning::Severity);
    let lines: Vec<usize> = named.map(|level| scope.line_at(level.start)).collect();
    let lines = lines.chunk_by(usize::eq).filter(|levels| levels.len() >= FEWEST_LEVELS);
    lines.filter_map(|line| levels(scope, line[0])).collect()
}

/// The value of a line that asks for a level and names several.
fn levels(scope: &Scope<'_>, index: usize) -> Option<Range<u32>> {
    let (label, value) = label_of(scope, index)?;
    if !matches!(label, Label::Severity | Label::Priority) {
        return None;
    }
    let is_level = |meaning| (meaning == Meaning::Severity).then_some(());
    let parts = scope.text(value.clone()).split(['/', '|', ',', '·']);
    let mut at = value.start;
    let levels = parts.filter(|part| {
        let range = at..at + part.len() as u32;
        at = range.end + 1;
        scope.covering(&range, is_level).is_some()
    });
    (levels.count() >= FEWEST_LEVELS).then_some(value)
}

/// What an example says: the sentence that has it in brackets, or the rest of the line that begins with it; and whether
/// it is of the kind that reports do not have.
fn example(
    scope: &Scope<'_>,
    line: &Line,
    sentence: &Range<u32>,
    words: &Range<u32>,
) -> Option<(Range<u32>, bool)> {
    let before = scope.text(sentence.start..words.start);
    if before.trim_end().ends_with(['(', '[']) {
        // What it explains is what to write there.
        let value = line.label.as_ref().map(|label| label.value.start);
        let start = value.filter(|value| *value < words.start).unwrap_or(sentence.start);
        return Some((start.max(sentence.start)..sentence.end, false));
    }
    let leads = before.ends_with('\t') || !before.contains(char::is_alphanumeric);
    let behind = scope.text(words.end..sentence.end);
    let is_sign = behind.starts_with(['.', ':', '：']) || scope.text(words.clone()).ends_with('.');
    leads.then(|| (words.start..line.text.end.max(sentence.end), is_sign))
}
