//! What noticed the incident first: a tool, customers, or staff.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::extract::sentence::Cues;
use crate::extract::timeline::Row;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Detection;
use crate::vocab::meaning::{Cue, Event, Label, Meaning, SectionRole};
use crate::vocab::pattern::is_hangul;

/// Every sentence that says how it was noticed.
pub(super) fn detections(scope: &Scope<'_>, rows: &[Row]) -> Vec<Fact<Detection>> {
    let mut found = Vec::new();
    labelled(scope, &mut found);
    timeline(scope, rows, &mut found);
    prose(scope, rows.is_empty(), &mut found);
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
    for (order, row) in rows.iter().take(6).filter(|row| !row.posted).enumerate() {
        let line = row.body.clone();
        let notices = scope
            .mentions(line.clone())
            .any(|mention| mention.meaning == Meaning::Event(Event::Detects));
        let base = if notices { 0.85 } else { 0.5 };
        push(scope, &line, RuleId("detection/timeline"), base - order as f32 * 0.03, found);
    }
}

/// Sentences that say that somebody noticed, in the parts that tell what happened; those of a timeline
/// where its entries could not be told apart.
fn prose(scope: &Scope<'_>, untimed: bool, found: &mut Vec<Fact<Detection>>) {
    for (index, line) in scope.lines.iter().enumerate() {
        let entry = line.roles.has(SectionRole::Timeline) && !untimed;
        if line.opens || entry || line.roles.any(&ELSEWHERE) {
            continue;
        }
        let told = line.roles.is_empty()
            || line.roles.any(&[SectionRole::Summary, SectionRole::Impact, SectionRole::Response]);
        let place = if told { TOLD } else { ASIDE };
        for (sentence, _) in scope.sentences_of(index) {
            if !notices(scope, sentence) {
                continue;
            }
            let cues = Cues::of(scope, sentence);
            if NOT_SO.iter().any(|&cue| cues.has(cue)) {
                continue;
            }
            let place = if answers(scope, sentence) { ANSWERED } else { place };
            let early = 0.1 * (1.0 - (index as f32 / scope.lines.len().max(1) as f32));
            push(scope, sentence, RuleId("detection/prose"), place + early, found);
        }
    }
}

/// How sure a sentence is that answers the very question, one in the parts that tell the story, and another.
const ANSWERED: f32 = 0.8;
const TOLD: f32 = 0.55;
const ASIDE: f32 = 0.5;

/// "It was first detected through support tickets": words that a label would use, and then who or what.
fn answers(scope: &Scope<'_>, sentence: &Range<u32>) -> bool {
    let asked = scope
        .mentions(sentence.clone())
        .find(|mention| mention.meaning == Meaning::Label(Label::DetectedBy));
    asked.is_some_and(|asked| {
        let mut behind = scope.mentions(asked.end..sentence.end);
        behind.any(|mention| matches!(mention.meaning, Meaning::Detection(_)))
    })
}

/// Parts that are not about how this incident was noticed.
const ELSEWHERE: [SectionRole; 4] =
    [SectionRole::Actions, SectionRole::Lessons, SectionRole::Appendix, SectionRole::Praise];

/// Sentences of what will be, could have been or was not.
const NOT_SO: [Cue; 4] = [Cue::Plans, Cue::Prevents, Cue::Supposes, Cue::Elsewhere];

/// Whether a sentence says that somebody noticed: the name of a tool or of a person alone does not.
fn notices(scope: &Scope<'_>, sentence: &Range<u32>) -> bool {
    let verbs: Vec<Range<u32>> = scope
        .mentions(sentence.clone())
        .filter(|mention| mention.meaning == Meaning::Event(Event::Detects))
        .map(|mention| mention.start..mention.end)
        .collect();
    if verbs.is_empty() {
        return false;
    }
    scope.mentions(sentence.clone()).any(|mention| {
        let Meaning::Detection(_) = mention.meaning else { return false };
        let apart = |verb: &Range<u32>| verb.end <= mention.start || verb.start >= mention.end;
        let says_both = scope.text(mention.start..mention.end).contains(' ');
        says_both || verbs.iter().any(apart)
    })
}

/// What a sentence names first as having noticed. A tool that somebody looked at is still the tool.
fn push(
    scope: &Scope<'_>,
    range: &Range<u32>,
    rule: RuleId,
    certainty: f32,
    found: &mut Vec<Fact<Detection>>,
) {
    let named = scope.mentions(range.clone()).filter_map(|mention| match mention.meaning {
        Meaning::Detection(kind) if !scope.in_path(mention.start) => {
            Some((mention.start, std::cmp::Reverse(mention.end), kind))
        }
        _ => None,
    });
    let mut named: Vec<_> = named.collect();
    // Of those that begin at one place the longest says most, whether it was so or not.
    named.sort_unstable_by_key(|&(start, end, _)| (start, end));
    named.dedup_by_key(|&mut (start, ..)| start);
    let first =
        named.into_iter().find(|&(start, end, _)| !is_denied(scope, range, &(start..end.0)));
    if let Some((_, _, kind)) = first {
        found.push(Fact::new(kind, scope.span(range.clone()), rule, certainty));
    }
}

/// "No alert fired", "there is no certificate alerting", "monitoring did not see it", "알람은 울리지 않았다":
/// what did not notice.
fn is_denied(scope: &Scope<'_>, range: &Range<u32>, words: &Range<u32>) -> bool {
    let korean = scope.text(words.clone()).chars().any(is_hangul);
    scope.mentions(range.clone()).any(|mention| {
        if mention.meaning != Meaning::Cue(Cue::Negates) {
            return false;
        }
        if mention.start >= words.end {
            return mention.start - words.end <= if korean { NEAR } else { AUXILIARY };
        }
        !korean && mention.end <= words.start && {
            let between = scope.text(mention.end..words.start);
            between.len() <= QUALIFIED && !between.contains([',', '.', ';', ':', '('])
        }
    })
}

/// A Korean denial stands so many bytes after its word at most: a particle, one more word and its ending.
const NEAR: u32 = 18;
/// So many bytes hold the auxiliary verb between a word and its denial: "alerts did not".
const AUXILIARY: u32 = 5;
/// So many bytes hold what qualifies a denied word: "no certificate expiry alerts".
const QUALIFIED: usize = 24;
