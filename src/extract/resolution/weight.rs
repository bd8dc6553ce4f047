//! How much a sentence says about what ended the incident, by where it stands.

use std::ops::Range;

use crate::extract::line::Line;
use crate::extract::resolution::entries::Entries;
use crate::extract::resolution::measure::Measure;
use crate::extract::scope::Scope;
use crate::extract::sentence::Cues;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Event, Label, Meaning, SectionRole, Strength};
use crate::vocab::pattern::is_hangul;

/// How much a sentence says about what ended the incident, and whether a label asks for it.
pub(super) fn weigh(
    scope: &Scope<'_>,
    index: usize,
    sentence: &Range<u32>,
    entries: &Entries<'_>,
    turned: bool,
) -> Option<(f32, bool)> {
    let line = &scope.lines[index];
    let cues = Cues::of(scope, sentence);
    // "Severity: downgraded to SEV3" tells of no measure.
    let grades = line
        .label
        .as_ref()
        .is_some_and(|label| matches!(label.meaning, Some(Label::Severity | Label::Priority)));
    if grades {
        return None;
    }
    if done_and_planned(scope, line) && !cues.has(Cue::Plans) {
        return Some((BESIDE_PLANS, true));
    }
    if line.roles.any(&[
        SectionRole::Actions,
        SectionRole::Lessons,
        SectionRole::Appendix,
        SectionRole::FalseLead,
    ]) || scope.text(sentence.clone()).ends_with(['?', '？'])
        || is_task(scope, sentence)
    {
        return None;
    }
    let resolves = scope.mentions(sentence.clone()).any(|mention| {
        matches!(
            mention.meaning,
            Meaning::Event(Event::Resolves | Event::Mitigates)
                | Meaning::Label(Label::ResolvedBy)
                | Meaning::Turns
        )
    });
    let labelled = line.label.as_ref().is_some_and(|label| {
        label.meaning == Some(Label::ResolvedBy) || label.roles.has(SectionRole::Resolution)
    });
    let weight = if labelled {
        0.95
    } else if line.roles.has(SectionRole::Resolution) {
        let mixed = line.roles.has(SectionRole::Cause);
        if mixed && !resolves && !turned { 0.45 } else { 0.85 }
    } else if let Some(order) = entries.at(line) {
        let finds = cues.has(Cue::Finds) && !resolves;
        if finds { 0.3 } else { entries.weight(order, resolves) }
    } else if line.roles.has(SectionRole::Response) {
        if resolves { 0.6 } else { 0.4 }
    } else if line.roles.any(&BEFORE) {
        // These parts tell what was wrong; a measure in them is what broke it, or was already there.
        if resolves { 0.5 } else { 0.1 }
    } else if resolves {
        0.6
    } else {
        0.3
    };
    Some((weight, labelled))
}

/// Whether a sentence puts a measure off: it is planned, supposed, or of another time. In English a plan stands before
/// what is planned: "the setting was changed, users should see no more errors" has changed it. A bare noun is planned
/// by what stands behind it: "a rollback will follow".
pub(super) fn is_put_off(scope: &Scope<'_>, sentence: &Range<u32>, measure: &Measure) -> bool {
    let (_, range, strength) = measure;
    scope.mentions(sentence.clone()).any(|mention| match mention.meaning {
        Meaning::Cue(Cue::Supposes | Cue::Elsewhere | Cue::Prevents) => true,
        Meaning::Cue(Cue::Plans) => {
            let before = mention.start < range.end
                || *strength == Strength::Plain
                || !scope.text(range.end..mention.start).contains([',', ';', ':'])
                || scope.text(mention.start..mention.end).contains(is_hangul);
            before && !is_why(scope, sentence, mention)
        }
        _ => false,
    })
}

/// "We restarted it to ensure that it reads the file" does not plan: it says why.
fn is_why(scope: &Scope<'_>, sentence: &Range<u32>, words: &Mention) -> bool {
    let holds = |why: &Mention| why.start <= words.start && words.start < why.end;
    words.start > sentence.start
        && scope
            .mentions(sentence.clone())
            .any(|mention| mention.meaning == Meaning::Purpose && holds(mention))
}

/// How sure a measure is that stands in one part with those that are planned.
const BESIDE_PLANS: f32 = 0.55;

/// Whether a part is about what was done and what is to be done, by a heading that does not put it all off: "Fix and
/// improvements".
fn done_and_planned(scope: &Scope<'_>, line: &Line) -> bool {
    let both = [SectionRole::Resolution, SectionRole::Actions];
    if line.label.is_some() || !both.into_iter().all(|role| line.roles.has(role)) {
        return false;
    }
    let mut part = &scope.parts[line.part as usize];
    while let Some(above) = part.parent.filter(|_| !part.own.has(SectionRole::Actions)) {
        part = &scope.parts[above as usize];
    }
    !part.heading.is_some_and(|heading| puts_off(scope, &scope.lines[heading as usize].text))
}

/// Whether a heading says when: "Long-term fixes", "향후 개선". A single word for measures does not.
fn puts_off(scope: &Scope<'_>, heading: &Range<u32>) -> bool {
    let words: Vec<u32> = scope
        .mentions(heading.clone())
        .filter(|mention| mention.meaning == Meaning::Heading(SectionRole::Actions))
        .map(|mention| mention.start)
        .collect();
    scope.mentions(heading.clone()).any(|mention| match mention.meaning {
        Meaning::Term(_) => true,
        Meaning::Cue(Cue::Plans) => !words.contains(&mention.start),
        _ => false,
    })
}

/// Parts about the time before anything was done.
const BEFORE: [SectionRole; 5] = [
    SectionRole::Cause,
    SectionRole::Trigger,
    SectionRole::Impact,
    SectionRole::Detection,
    SectionRole::Criticism,
];

/// Whether a heading above says that what stands below it is only thought of: "Possible fixes", "If it happens again". A
/// question supposes nothing.
pub(super) fn is_supposed(scope: &Scope<'_>, line: &Line) -> bool {
    let heading = scope.parts[line.part as usize].heading;
    heading.filter(|&heading| scope.title_line != Some(heading)).is_some_and(|heading| {
        let heading = &scope.lines[heading as usize].text;
        !scope.text(heading.clone()).ends_with(['?', '？'])
            && scope.mentions(heading.clone()).any(|words| {
                words.start == heading.start && words.meaning == Meaning::Cue(Cue::Supposes)
            })
    })
}

/// "To do: a bigger disk" in the midst of a tale.
fn is_task(scope: &Scope<'_>, sentence: &Range<u32>) -> bool {
    scope.mentions(sentence.clone()).take_while(|mention| mention.start == sentence.start).any(
        |mention| {
            mention.meaning == Meaning::Heading(SectionRole::Actions)
                && scope.text(mention.end..sentence.end).starts_with([':', '：'])
        },
    )
}
