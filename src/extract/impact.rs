//! The share of users or requests that suffered.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::model::fact::{Fact, RuleId};
use crate::vocab::meaning::{Meaning, SectionRole, Share};

/// Every percentage that is a share of users or requests.
pub(super) fn shares(scope: &Scope<'_>) -> Vec<Fact<f64>> {
    let mut found = Vec::new();
    for (index, line) in scope.lines.iter().enumerate() {
        if line.roles.any(&[SectionRole::Actions, SectionRole::Lessons, SectionRole::Appendix]) {
            continue;
        }
        for (sentence, _) in scope.sentences_of(index) {
            for (value, range) in percentages(scope, sentence) {
                let near = context(scope, sentence, &range);
                let Some(certainty) = weigh(scope, index, sentence, &near) else { continue };
                let late = (index as f32 * 0.001).min(0.1);
                found.push(Fact::new(
                    value,
                    scope.span(range),
                    RuleId("impact/percent"),
                    certainty - late,
                ));
            }
        }
    }
    found
}

/// Numbers before a percent sign, with their places. Of a range the second counts, which is the greater.
fn percentages(scope: &Scope<'_>, sentence: &Range<u32>) -> Vec<(f64, Range<u32>)> {
    let text = scope.text(sentence.clone());
    let mut found = Vec::new();
    for (at, sign) in text.char_indices().filter(|(_, letter)| matches!(letter, '%' | '％')) {
        let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '*']);
        let digits = before.len()
            - before
                .trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '.')
                .len();
        let start = before.len() - digits;
        let number = before.get(start..).unwrap_or_default().trim_start_matches('.');
        if let Ok(value) = number.parse::<f64>()
            && value <= 100.0
        {
            let range =
                sentence.start + start as u32..sentence.start + (at + sign.len_utf8()) as u32;
            found.push((value, range));
        }
    }
    found
}

/// The clause around a percentage: a window of the sentence.
fn context(scope: &Scope<'_>, sentence: &Range<u32>, range: &Range<u32>) -> Range<u32> {
    let text = scope.text(sentence.clone());
    let from = (range.start - sentence.start) as usize;
    let to = (range.end - sentence.start) as usize;
    let before = text.get(..from).unwrap_or_default();
    let start = before.rfind([',', ';', '(']).map_or(0, |at| at + 1);
    let after = text.get(to..).unwrap_or_default();
    let end = after.find([';', ')']).map_or(text.len(), |at| to + at);
    sentence.start + start as u32..sentence.start + end as u32
}

/// How surely a percentage is the share that suffered; none where it is a share of something else.
fn weigh(scope: &Scope<'_>, index: usize, sentence: &Range<u32>, near: &Range<u32>) -> Option<f32> {
    let line = &scope.lines[index];
    let share = |range: &Range<u32>, wanted: Share| {
        scope.mentions(range.clone()).any(|mention| mention.meaning == Meaning::Share(wanted))
    };
    let affected = share(near, Share::Affected)
        || share(sentence, Share::Affected) && !share(near, Share::Other);
    let labelled = line.label.as_ref().is_some_and(|label| share(&label.name, Share::Affected));
    if !labelled && (!affected || share(near, Share::Other)) {
        return None;
    }
    let place = if line.roles.has(SectionRole::Impact) {
        0.2
    } else if line.roles.has(SectionRole::Summary) || line.roles.is_empty() {
        0.15
    } else if line.roles.has(SectionRole::Timeline) {
        -0.1
    } else {
        0.0
    };
    Some(0.65 + place + if labelled { 0.05 } else { 0.0 })
}
