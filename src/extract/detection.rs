//! What noticed the incident first: a tool, customers, or staff.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::extract::timeline::Row;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Detection;
use crate::vocab::meaning::{Event, Label, Meaning, SectionRole};

/// Every sentence that says how it was noticed.
pub(super) fn detections(scope: &Scope<'_>, rows: &[Row]) -> Vec<Fact<Detection>> {
    let mut found = Vec::new();
    labelled(scope, &mut found);
    timeline(scope, rows, &mut found);
    prose(scope, &mut found);
    found
}

/// `Detected by: …`, a section on detection.
fn labelled(scope: &Scope<'_>, found: &mut Vec<Fact<Detection>>) {
    for (index, line) in scope.lines.iter().enumerate() {
        if line.roles.any(&[SectionRole::Actions, SectionRole::Lessons]) {
            continue;
        }
        let by_label = line.label.as_ref().is_some_and(|label| {
            matches!(label.meaning, Some(Label::DetectedBy | Label::Detected))
                || label.roles.has(SectionRole::Detection)
        });
        let in_section = line.roles.has(SectionRole::Detection) && !line.opens;
        if !by_label && !in_section {
            continue;
        }
        let certainty = if by_label { 0.95 } else { 0.9 } - (index as f32) * 0.0005;
        for (sentence, _) in scope.sentences_of(index) {
            push(scope, sentence, RuleId("detection/label"), certainty, found);
        }
    }
}

/// The first entries of the timeline that tell of somebody noticing.
fn timeline(scope: &Scope<'_>, rows: &[Row], found: &mut Vec<Fact<Detection>>) {
    for (order, row) in rows.iter().take(6).enumerate() {
        let line = row.body.clone();
        let notices = scope
            .mentions(line.clone())
            .any(|mention| mention.meaning == Meaning::Event(Event::Detects));
        let base = if notices { 0.85 } else { 0.5 };
        push(scope, &line, RuleId("detection/timeline"), base - order as f32 * 0.03, found);
    }
}

/// Sentences that say that somebody noticed.
fn prose(scope: &Scope<'_>, found: &mut Vec<Fact<Detection>>) {
    for (index, line) in scope.lines.iter().enumerate() {
        if line.roles.any(&[
            SectionRole::Actions,
            SectionRole::Lessons,
            SectionRole::Appendix,
            SectionRole::Timeline,
            SectionRole::Praise,
        ]) {
            continue;
        }
        for (sentence, _) in scope.sentences_of(index) {
            let notices = scope
                .mentions(sentence.clone())
                .any(|mention| mention.meaning == Meaning::Event(Event::Detects));
            if notices {
                let early = 0.1 * (1.0 - (index as f32 / scope.lines.len().max(1) as f32));
                push(scope, sentence, RuleId("detection/prose"), 0.5 + early, found);
            }
        }
    }
}

/// What a sentence names first as having noticed. A tool that somebody looked at is still the tool.
fn push(
    scope: &Scope<'_>,
    range: &Range<u32>,
    rule: RuleId,
    certainty: f32,
    found: &mut Vec<Fact<Detection>>,
) {
    let mut first: Option<(u32, u32, Detection)> = None;
    for mention in scope.mentions(range.clone()) {
        if let Meaning::Detection(kind) = mention.meaning {
            let better = match first {
                None => true,
                Some((start, end, _)) => mention.start == start && mention.end > end,
            };
            if better {
                first = Some((mention.start, mention.end, kind));
            }
        }
    }
    if let Some((_, _, kind)) = first {
        found.push(Fact::new(kind, scope.span(range.clone()), rule, certainty));
    }
}
