//! Severity: the value of its label, or a code such as `SEV-2` near the top.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::sentence::Cues;
use crate::extract::time::TimeKind;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Lang;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Label, Meaning, SectionRole};

/// A level of severity has at most so many words.
pub(super) const MOST_WORDS: usize = 5;
/// Whatever stands after the label is a level if it is as short as one, in bytes.
const LONGEST_LEVEL: usize = 16;
/// What became of a level is told within so many bytes.
const LONGEST_CHANGE: u32 = 400;
/// Codes count near the top of the text.
const FIRST_LINES: usize = 20;

/// Every severity that the text gives.
pub(super) fn severities(scope: &Scope<'_>) -> Vec<Fact<String>> {
    let mut found = Vec::new();
    let rules = tables_of_rules(scope);
    for (index, line) in scope.lines.iter().enumerate() {
        let is_of_rule = table(line).is_some_and(|table| rules.contains(&table));
        if is_of_rule || line.roles.any(&[SectionRole::Actions, SectionRole::Timeline]) {
            continue;
        }
        if let Some((Label::Severity | Label::Priority, value)) =
            crate::extract::when::label_of(scope, index)
            && let Some(value) = labelled(scope, value)
        {
            push(scope, value, RuleId("severity/label"), 0.95, &mut found);
        }
        if let Some(label) = &line.label
            && label.roles.has(SectionRole::Impact)
        {
            let head = head(scope, &label.value);
            if is_level(scope, &head) {
                push(scope, head, RuleId("severity/impact"), 0.6, &mut found);
            }
        }
        if index < FIRST_LINES {
            for range in codes(scope, index) {
                push(scope, range, RuleId("severity/code"), 0.7, &mut found);
            }
            for range in told(scope, index) {
                push(scope, range, RuleId("severity/prose"), 0.65, &mut found);
            }
        }
    }
    found
}

/// Tables that describe a rule of alerting: the severity in one is that of the alert.
fn tables_of_rules(scope: &Scope<'_>) -> BTreeSet<u32> {
    let names_rule =
        |line: &&Line| line.label.as_ref().is_some_and(|label| label.meaning == Some(Label::Rule));
    scope.lines.iter().filter(names_rule).filter_map(table).collect()
}

fn table(line: &Line) -> Option<u32> {
    match line.kind {
        LineKind::Row(table, _) => Some(table),
        _ => None,
    }
}

/// The level that stands beside its label, without what explains it.
fn labelled(scope: &Scope<'_>, value: Range<u32>) -> Option<Range<u32>> {
    // "High | Priority: P2": another field.
    let bar = scope.text(value.clone()).find(" | ").map(|bar| value.start + bar as u32);
    let value = value.start..bar.unwrap_or(value.end);
    if let Some(level) = changed_to(scope, &value) {
        return Some(level);
    }
    let words = scope.text(value.clone()).split_whitespace().count();
    let gloss = gloss(scope, &value);
    let glossed = gloss.as_ref().is_some_and(|gloss| !has_level(scope, gloss));
    // "M (two teams waited)": a letter of its own is a level also where it is explained.
    let mut letters = scope.text(head(scope, &value)).chars();
    let is_letter = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    let short = is_short(scope, &value) || glossed && is_letter;
    let is_left = scope
        .covering(&value, |meaning| matches!(meaning, Meaning::Leftover(_)).then_some(()))
        .is_some();
    if !has_level(scope, &value) && (!short || is_left) {
        return None;
    }
    let named_twice = gloss.filter(|gloss| is_level(scope, &(gloss.start + 1..gloss.end - 1)));
    let value = match named_twice {
        Some(gloss) => value.start..gloss.end,
        None if words > MOST_WORDS || glossed => head(scope, &value),
        None => value,
    };
    // "Whole fleet down; blocker": what is kept has to hold the level.
    level_of(scope, without_label(scope, value)).filter(|level| short || has_level(scope, level))
}

/// "Downgraded from SEV1 to SEV3", "SEV3 → SEV2", "SEV2 (at first SEV3)", "SEV2, below the threshold of SEV1": of several levels of
/// one scale the last that the value came to, else the first; brackets aside.
fn changed_to(scope: &Scope<'_>, value: &Range<u32>) -> Option<Range<u32>> {
    let value = value.start..value.end.min(value.start + LONGEST_CHANGE);
    let levels =
        scope.mentions(value.clone()).filter(|mention| mention.meaning == Meaning::Severity);
    let scale = |level: &Range<u32>| {
        let text = scope.text(level.clone());
        let scale = text.trim_end_matches(|digit: char| digit.is_ascii_digit());
        (scale.len() < text.len()).then(|| scale.to_lowercase())
    };
    let levels = levels.map(|level| level.start..level.end).filter(|level| scale(level).is_some());
    let levels: Vec<Range<u32>> = levels.collect();
    let first = levels.first()?;
    let is_other = |level: &Range<u32>| scope.text(level.clone()) != scope.text(first.clone());
    if !levels.iter().any(is_other) || levels.iter().any(|level| scale(level) != scale(first)) {
        return None;
    }
    let words = &scope.vocab.levels;
    let is_told = |level: &&Range<u32>| {
        let before = scope.text(value.start..level.start);
        !scope.in_brackets(value.start, level.start)
            && !words.is_former(before, scope.text(level.end..value.end))
    };
    let told: Vec<&Range<u32>> = levels.iter().filter(is_told).collect();
    let (first, last) = (*told.first()?, *told.last()?);
    let between = scope.text(first.end..last.start.max(first.end));
    // Verbs of Korean stand behind what they are said of.
    let clause = scope.text(last.end..value.end).find([',', '.', '(']);
    let clause = clause.map_or(value.end, |length| last.end + length as u32);
    let end = if scope.lang == Lang::Ko { clause } else { last.start };
    let is_doubted = scope
        .mentions(first.end..end.max(first.end))
        .any(|mention| matches!(mention.meaning, Meaning::Cue(cue) if cue.doubts()));
    let turns = ["→", "->", "=>"].iter().any(|arrow| between.trim_end().ends_with(arrow))
        || words.change(scope.text(value.clone()));
    if told.len() == levels.len() && !turns && !between.contains(char::is_alphabetic) {
        return None;
    }
    Some(if turns && !is_doubted { last } else { first }.clone())
}

/// Whether a value is as short as a level.
fn is_short(scope: &Scope<'_>, value: &Range<u32>) -> bool {
    let text = scope.text(value.clone());
    (1..=2).contains(&text.split_whitespace().count())
        && text.len() <= LONGEST_LEVEL
        && (text.starts_with(char::is_alphabetic) || text.len() == 1)
}

/// Whether a text is a level and nothing else.
fn is_level(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    scope.covering(range, |meaning| (meaning == Meaning::Severity).then_some(())).is_some()
}

/// Levels in running text: right after their label, as in "Severity P0.", in words that give the incident a level, as in
/// "a P1 incident", or a sentence of their own: "P2."
fn told(scope: &Scope<'_>, index: usize) -> Vec<Range<u32>> {
    let mut found = Vec::new();
    for (sentence, _) in scope.sentences_of(index) {
        let is_level = |meaning: Meaning| (meaning == Meaning::Severity).then_some(());
        let labels = scope
            .mentions(sentence.clone())
            .filter(|mention| mention.meaning == Meaning::Label(Label::Severity));
        for label in labels {
            let level = scope.mentions(label.end..sentence.end).find(|mention| {
                mention.meaning == Meaning::Severity
                    && !scope.text(label.end..mention.start).contains(char::is_alphanumeric)
            });
            found.extend(level.map(|level| level.start..level.end));
        }
        let is_graded = |mention: &&Mention| mention.meaning == Meaning::Graded;
        for graded in scope.mentions(sentence.clone()).filter(is_graded) {
            let mut levels = scope.mentions(graded.start..graded.end);
            let level = levels.find(|mention| mention.meaning == Meaning::Severity);
            found.extend(level.map(|level| level.start..level.end));
        }
        let is_code =
            || scope.text(sentence.clone()).contains(|letter: char| letter.is_ascii_digit());
        let alone = sentence.len() <= LONGEST_LEVEL && found.is_empty() && is_code();
        if alone && scope.covering(sentence, is_level).is_some() {
            found.push(sentence.clone());
        }
    }
    found
}

fn has_level(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    scope.says(range, Meaning::Severity)
}

/// A value that is short enough to be a level; of a longer one the level that it begins with.
fn level_of(scope: &Scope<'_>, value: Range<u32>) -> Option<Range<u32>> {
    if scope.text(value.clone()).split_whitespace().count() <= MOST_WORDS {
        return Some(value);
    }
    let mut mentions = scope.mentions(value.clone());
    let leads =
        |mention: &&Mention| mention.start == value.start && mention.meaning == Meaning::Severity;
    mentions.find(leads).map(|level| level.start..level.end)
}

/// The value without a label of its own, as in `등급: 심각도 중`; that of `Sev 2` is part of the level.
fn without_label(scope: &Scope<'_>, value: Range<u32>) -> Range<u32> {
    let leading = |meaning| {
        let mentions = scope.mentions(value.clone());
        let of = move |mention: &&Mention| mention.meaning == meaning;
        mentions.filter(of).filter(|mention| mention.start == value.start).map(|it| it.end).max()
    };
    let level = leading(Meaning::Severity);
    match leading(Meaning::Label(Label::Severity)) {
        Some(label) if level.is_some_and(|level| level > label) => value,
        Some(label) if scope.text(label..value.end).starts_with(' ') => label..value.end,
        _ => value,
    }
}

/// What stands in brackets after a value: `P2 (High)` is a level, `SEV-1 (checkout down)` explains one.
fn gloss(scope: &Scope<'_>, value: &Range<u32>) -> Option<Range<u32>> {
    let text = scope.text(value.clone());
    let at = text.find('(')?;
    let end = text.find(')').filter(|&end| end > at).map_or(text.len(), |end| end + 1);
    Some(value.start + at as u32..value.start + end as u32)
}

/// The value up to its first comma, dash or bracket; the hyphen of `SEV-1` is part of it.
fn head(scope: &Scope<'_>, value: &Range<u32>) -> Range<u32> {
    let text = scope.text(value.clone());
    let signs = text.find([',', '.', ';', '–', '—', '(', '|', '\t']);
    let end = signs.into_iter().chain(text.find(" -")).min().unwrap_or(text.len());
    let body = text.get(..end).unwrap_or_default().trim_end();
    value.start..value.start + body.len() as u32
}

/// `SEV2`, `Sev-1`, `SEV 3` as words of their own; `P1` and `S1` mean other things too often. What would have been is none,
/// and neither is one of several that a length is told of: "Time in SEV-1: 0 minutes".
fn codes(scope: &Scope<'_>, index: usize) -> Vec<Range<u32>> {
    let mut found = Vec::new();
    for (sentence, _) in scope.sentences_of(index) {
        let cues = Cues::of(scope, sentence);
        if cues.has(Cue::Supposes) || cues.has(Cue::Elsewhere) {
            continue;
        }
        let levels =
            scope.mentions(sentence.clone()).filter(|mention| mention.meaning == Meaning::Severity);
        found.extend(levels.map(|level| level.start..level.end).filter(|level| {
            let text = scope.text(level.clone());
            is_code(text)
                && !(level.start > sentence.start && is_measured(scope, level, sentence.end))
        }));
    }
    found
}

/// `SEV2`
fn is_code(text: &str) -> bool {
    text.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("sev"))
        && text.ends_with(|letter: char| letter.is_ascii_digit())
}

/// Whether a sign and a length stand behind a level.
fn is_measured(scope: &Scope<'_>, level: &Range<u32>, end: u32) -> bool {
    let first = scope.times(level.start..end).first();
    first.is_some_and(|time| {
        let between = scope.text(level.end..time.start.max(level.end));
        let is_length = matches!(time.kind, TimeKind::Length(_)) && between.trim() == ":";
        // "SEV-2: 40 minutes" looks like a time of day.
        is_length || time.start < level.end && time.end > level.end
    })
}

fn push(
    scope: &Scope<'_>,
    range: Range<u32>,
    rule: RuleId,
    certainty: f32,
    found: &mut Vec<Fact<String>>,
) {
    let text = scope
        .text(range.clone())
        .trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '(' && letter != ')');
    let text = text.trim_end_matches('(').trim();
    if !text.is_empty() {
        found.push(Fact::new(text.to_owned(), scope.span(range), rule, certainty));
    }
}
