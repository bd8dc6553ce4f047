//! Phrases that name a cause, each with how its sentence is meant and how much its place weighs.

use std::ops::Range;

use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::extract::sentence::Cues;
use crate::extract::timeline::Row;
use crate::model::cause::Role;
use crate::model::fact::RuleId;
use crate::vocab::meaning::{Cue, Label, Meaning, SectionRole, Strength};

/// A phrase that names a cause.
pub(super) struct Finding {
    pub(super) cause: u16,
    pub(super) sentence: Range<u32>,
    pub(super) stance: Stance,
    pub(super) weight: f32,
    pub(super) rule: RuleId,
    pub(super) role: Role,
    pub(super) strong: bool,
}

/// How a sentence means what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// So it was.
    Asserted,
    /// Somebody thought so.
    Suspected,
    /// It was not so.
    RuledOut,
    /// Named for another reason: a plan, a possibility, another incident, a denial.
    Aside,
}

/// All phrases that name a cause.
pub(super) fn findings(scope: &Scope<'_>, rows: &[Row]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (sentence, index) in &scope.sentences {
        let index = *index as usize;
        let named = named(scope, sentence);
        if named.is_empty() {
            continue;
        }
        let cues = Cues::of(scope, sentence);
        let place = place(scope, index, sentence, cues, rows);
        for (cause, range, strength) in named {
            let strong = strength == Strength::Strong;
            let stance = stance(scope, index, sentence, &range, cues);
            let weight = if strong { place.strong } else { place.plain };
            if weight <= 0.0 && stance == Stance::Asserted {
                continue;
            }
            let role = role(scope, index, cues);
            found.push(Finding { cause, sentence: sentence.clone(), stance, weight, rule: place.rule, role, strong });
        }
    }
    found
}

/// The causes that a sentence names, each once, with its surest phrase; those that its words exclude are left out.
fn named(scope: &Scope<'_>, sentence: &Range<u32>) -> Vec<(u16, Range<u32>, Strength)> {
    let mut named: Vec<(u16, Range<u32>, Strength)> = Vec::new();
    let mut excluded: Vec<(u16, Range<u32>)> = Vec::new();
    for mention in scope.mentions(sentence.clone()) {
        match mention.meaning {
            Meaning::Cause(cause, strength) => named.push((cause, mention.start..mention.end, strength)),
            Meaning::Unless(cause) => excluded.push((cause, mention.start..mention.end)),
            _ => {}
        }
    }
    named.retain(|(cause, range, _)| {
        !excluded.iter().any(|(other, place)| {
            other == cause && place.start < range.end + 24 && range.start < place.end + 24
        })
    });
    named.sort_by_key(|(cause, range, strength)| (*cause, std::cmp::Reverse(*strength), range.start));
    named.dedup_by_key(|(cause, _, _)| *cause);
    named
}

/// How much a place weighs for strong and for plain phrases.
struct Place {
    strong: f32,
    plain: f32,
    rule: RuleId,
}

fn place(scope: &Scope<'_>, index: usize, sentence: &Range<u32>, cues: Cues, rows: &[Row]) -> Place {
    let line = &scope.lines[index];
    let made = |rule: &'static str, strong: f32, plain: f32| Place { rule: RuleId(rule), strong, plain };
    let asserts = cues.has(Cue::Asserts);
    let finds = cues.has(Cue::Finds);
    let label = line.label.as_ref();
    let by_label = label.is_some_and(|label| {
        label.value.start < sentence.end
            && (label.meaning == Some(Label::Cause) || label.roles.any(&[SectionRole::Cause, SectionRole::Trigger]))
    });
    if scope.title_line == Some(index as u32) || (index == 0 && matches!(line.kind, LineKind::Heading(..) | LineKind::Text(_))) && scope.sentences_of(index).len() == 1 {
        return made("cause/title", 0.7, 0.0);
    }
    if line.roles.has(SectionRole::Actions) || line.roles.has(SectionRole::Praise) || line.roles.has(SectionRole::Appendix) {
        return made("cause/aside", 0.0, 0.0);
    }
    if by_label {
        return made("cause/label", 1.0, 0.75);
    }
    if line.roles.any(&[SectionRole::Cause, SectionRole::Trigger]) {
        let mixed = line.roles.any(&[SectionRole::Resolution, SectionRole::Response]);
        return match (mixed, asserts) {
            (_, true) => made("cause/section", 0.95, 0.65),
            (false, false) => made("cause/section", 0.85, 0.5),
            (true, false) => made("cause/section", 0.65, 0.3),
        };
    }
    if line.roles.has(SectionRole::Criticism) {
        return made("cause/criticism", 0.8, 0.45);
    }
    if line.roles.has(SectionRole::Timeline) || rows.iter().any(|row| row.line == index) {
        return if finds || asserts { made("cause/timeline", 0.55, 0.3) } else { made("cause/timeline", 0.3, 0.1) };
    }
    if line.roles.has(SectionRole::Summary) {
        return if asserts { made("cause/summary", 0.85, 0.5) } else { made("cause/summary", 0.55, 0.2) };
    }
    if line.roles.has(SectionRole::Lessons) {
        return made("cause/lessons", if asserts { 0.55 } else { 0.4 }, 0.1);
    }
    if line.roles.any(&[SectionRole::Resolution, SectionRole::Response, SectionRole::Detection, SectionRole::Impact]) {
        return if asserts { made("cause/response", 0.55, 0.25) } else { made("cause/response", 0.35, 0.1) };
    }
    if asserts { made("cause/prose", 0.75, 0.35) } else { made("cause/prose", 0.45, 0.15) }
}

fn role(scope: &Scope<'_>, index: usize, cues: Cues) -> Role {
    let line = &scope.lines[index];
    if line.roles.has(SectionRole::Trigger) || cues.has(Cue::Triggers) && !cues.has(Cue::Asserts) {
        Role::Trigger
    } else if cues.has(Cue::Contributes) || line.roles.has(SectionRole::Criticism) {
        Role::Contributing
    } else {
        Role::Cause
    }
}

/// How the sentence means the phrase: the cues in it, those right before the phrase, and the part it stands in.
fn stance(scope: &Scope<'_>, index: usize, sentence: &Range<u32>, range: &Range<u32>, cues: Cues) -> Stance {
    let line = &scope.lines[index];
    if line.roles.has(SectionRole::FalseLead) {
        return if cues.has(Cue::Finds) && cues.has(Cue::Asserts) { Stance::Asserted } else { Stance::RuledOut };
    }
    let clause = clause(scope, sentence, range);
    let near = Cues::of(scope, &clause);
    if near.has(Cue::RulesOut) && !(near.has(Cue::Finds) && near.has(Cue::Asserts)) {
        return Stance::RuledOut;
    }
    if near.has(Cue::Suspects) && !near.has(Cue::Finds) {
        return Stance::Suspected;
    }
    if negated(scope, &clause, range) {
        return Stance::Aside;
    }
    let in_cause = line.roles.any(&[SectionRole::Cause, SectionRole::Summary, SectionRole::Criticism, SectionRole::Trigger]);
    if near.has(Cue::Elsewhere) || !in_cause && (near.has(Cue::Plans) || near.has(Cue::Supposes)) {
        return Stance::Aside;
    }
    if line.roles.has(SectionRole::Actions) {
        return Stance::Aside;
    }
    Stance::Asserted
}

/// The part of a sentence around a phrase that its cues can reach: up to a contrast or a semicolon.
fn clause(scope: &Scope<'_>, sentence: &Range<u32>, range: &Range<u32>) -> Range<u32> {
    let text = scope.text(sentence.clone());
    let from = (range.start - sentence.start) as usize;
    let to = (range.end - sentence.start) as usize;
    let before = text.get(..from).unwrap_or_default();
    let after = text.get(to..).unwrap_or_default();
    let start = before.rfind([';', '→']).map_or(0, |at| at + 1);
    let end = after.find([';', '→']).map_or(text.len(), |at| to + at);
    sentence.start + start as u32..sentence.start + end as u32
}

/// "no deadlock", "without packet loss": a denial within a few words before the phrase. Phrases that
/// begin with the denial themselves ("no alert for …") name a lack and are not denied.
fn negated(scope: &Scope<'_>, clause: &Range<u32>, range: &Range<u32>) -> bool {
    scope.mentions(clause.start..range.start).any(|mention| {
        mention.meaning == Meaning::Cue(Cue::Negates) && range.start - mention.end <= 12
    })
}
