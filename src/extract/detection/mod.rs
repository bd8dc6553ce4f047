//! What noticed the incident first: a tool, customers, or staff.

mod teller;

pub(super) use teller::is_denied;

use std::ops::Range;

use crate::extract::detection::teller::{notices, push};
use crate::extract::line::Line;
use crate::extract::scope::Scope;
use crate::extract::sentence::Cues;
use crate::extract::timeline::Row;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Detection;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Event, Label, Meaning, SectionRole, Strength};

/// Every sentence that says how it was noticed.
pub(super) fn detections(scope: &Scope<'_>, rows: &[Row]) -> Vec<Fact<Detection>> {
    let mut found = Vec::new();
    labelled(scope, &mut found);
    timeline(scope, rows, &mut found);
    prose(scope, rows, &mut found);
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
        let asked = !by_label && !in_section && is_asked(scope, line);
        let certainty = if by_label {
            0.95
        } else if in_section {
            0.9
        } else {
            ASKED
        } - (index as f32) * 0.0005;
        let asks_who = asked
            || line.label.as_ref().is_some_and(|label| label.meaning == Some(Label::DetectedBy));
        let value = line.label.as_ref().filter(|label| asks_who && !label.value.is_empty());
        let mut answers = by_label || in_section || asked;
        for (sentence, _) in scope.sentences_of(index) {
            let question = scope.text(sentence.clone()).ends_with(['?', '？']);
            if question || !answers {
                answers |= question && asks(scope, sentence);
                continue;
            }
            // What the label is called is no answer to it.
            let start = value.map_or(sentence.start, |label| label.value.start.max(sentence.start));
            let answer = start..sentence.end.max(start);
            let known = found.len();
            push(scope, &answer, asks_who, RuleId("detection/label"), certainty, found);
            for fact in found.iter_mut().skip(known) {
                fact.evidence = scope.span(sentence.clone());
            }
        }
    }
}

/// How sure an answer is whose question is no usual heading: "Who saw it?".
const ASKED: f32 = 0.8;

/// Whether a line stands beside a label or below a heading that asks who noticed, in whatever words.
fn is_asked(scope: &Scope<'_>, line: &Line) -> bool {
    let label = line.label.as_ref().filter(|label| label.meaning.is_none());
    let heading = scope.parts[line.part as usize].heading.filter(|_| !line.opens);
    label.is_some_and(|label| asks(scope, &label.name))
        || heading.is_some_and(|heading| {
            scope.parts[line.part as usize].roles.is_empty()
                && scope.title_line != Some(heading)
                && asks(scope, &scope.lines[heading as usize].text)
        })
}

/// Whether a short text is about noticing and names nothing that did.
fn asks(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    let longest = if scope.text(range.clone()).ends_with(['?', '？']) { 2 } else { 1 };
    if range.len() > LONGEST_NAME * longest {
        return false;
    }
    let mut asks = false;
    for mention in scope.mentions(range.clone()) {
        match mention.meaning {
            Meaning::Event(Event::Detects) | Meaning::Label(Label::DetectedBy) => asks = true,
            Meaning::Detection(..) => return false,
            _ => {}
        }
    }
    asks
}

/// A label or a heading that asks something has so many bytes at most, a question twice as many.
const LONGEST_NAME: usize = 40;

/// The first entries of the timeline that tell of somebody noticing, or name what does: "10:02 pager".
fn timeline(scope: &Scope<'_>, rows: &[Row], found: &mut Vec<Fact<Detection>>) {
    // "10:00 Detected. 10:10 An engineer found the full disk": the second knew of it already.
    let mut is_known = false;
    let timelines = rows.chunk_by(|one, next| !begins_anew(scope, one, next));
    let entries = timelines
        .flat_map(|rows| rows.iter().take(FIRST_ENTRIES).filter(|row| !row.posted).enumerate());
    for (order, row) in entries {
        // "Two readers opened a ticket": who noticed, without a word for noticing.
        let detects = |mention: &Mention| {
            matches!(
                mention.meaning,
                Meaning::Event(Event::Detects)
                    | Meaning::Detection(_, Strength::Strong)
                    | Meaning::Implied(_)
            )
        };
        let base = if answers(scope, &row.body) {
            0.9
        } else if scope.mentions(row.body.clone()).any(detects) {
            0.85
        } else {
            0.5
        };
        let certainty = base - order as f32 * 0.03;
        let before = found.len();
        push(scope, &row.body, false, RuleId("detection/timeline"), certainty, found);
        if is_known {
            drop_staff(found, before);
        }
        let detects = |mention: &Mention| mention.meaning == Meaning::Event(Event::Detects);
        is_known |= found.len() == before && scope.mentions(row.body.clone()).any(detects);
    }
}

/// A timeline tells among its first entries how it was noticed.
const FIRST_ENTRIES: usize = 6;

/// Whether another timeline begins: what was done may be told from the beginning once more, in a part of its own.
fn begins_anew(scope: &Scope<'_>, one: &Row, next: &Row) -> bool {
    let is_earlier = || {
        let (one, next) = (one.stamp.as_ref()?, next.stamp.as_ref()?);
        Some(one.date == next.date && next.clock? < one.clock?)
    };
    scope.lines[one.line].part != scope.lines[next.line].part && is_earlier() == Some(true)
}

/// Drops the readings from a place on that say that staff noticed.
fn drop_staff(found: &mut Vec<Fact<Detection>>, from: usize) {
    let kept = found.split_off(from).into_iter().filter(|fact| fact.value != Detection::Internal);
    found.extend(kept);
}

/// Sentences that say that somebody noticed, in the parts that tell what happened; those of a timeline
/// where they are no part of its entries.
fn prose(scope: &Scope<'_>, rows: &[Row], found: &mut Vec<Fact<Detection>>) {
    let mut entries = rows.iter().peekable();
    for (index, line) in scope.lines.iter().enumerate() {
        while entries.next_if(|row| row.body.end <= line.text.start).is_some() {}
        let entry = entries.peek().is_some_and(|row| row.body.start <= line.text.start);
        let reports = line.opens && is_report(scope, line);
        if line.opens && !reports || entry || line.roles.any(&ELSEWHERE) {
            continue;
        }
        let told = line.roles.is_empty() || line.roles.any(&TELLING);
        let place = if told { TOLD } else { ASIDE };
        for (sentence, _) in scope.sentences_of(index) {
            let tells = reports || notices(scope, sentence);
            if !tells || scope.text(sentence.clone()).ends_with(['?', '？']) {
                continue;
            }
            let cues = Cues::of(scope, sentence);
            if NOT_SO.iter().any(|&cue| cues.has(cue)) {
                continue;
            }
            let opens = line.roles.has(SectionRole::Timeline)
                && rows.first().is_some_and(|first| sentence.end <= first.body.start);
            let place = if answers(scope, sentence) || opens { ANSWERED } else { place };
            let early = 0.1 * (1.0 - (index as f32 / scope.lines.len().max(1) as f32));
            let known = found.len();
            push(scope, sentence, false, RuleId("detection/prose"), place + early, found);
            if is_further(scope, sentence) {
                drop_staff(found, known);
            }
        }
    }
}

/// Whether what staff find in a sentence is the cause or one thing more: "we also noticed", "while looking into it".
/// They know of the incident already.
fn is_further(scope: &Scope<'_>, sentence: &Range<u32>) -> bool {
    scope.says(sentence, Meaning::Further)
}

/// Whether a heading says that somebody told of it: "The problem as reported by users", "An engineer noticed it". The
/// words "reported by users" do so without a verb beside them, what staff and tools do not.
fn is_report(scope: &Scope<'_>, heading: &Line) -> bool {
    let mut by_staff = false;
    for mention in scope.mentions(heading.text.clone()) {
        match mention.meaning {
            Meaning::Detection(Detection::Customer, Strength::Strong) => return true,
            Meaning::Detection(_, Strength::Strong) => by_staff = true,
            _ => {}
        }
    }
    by_staff && notices(scope, &heading.text)
}

/// Parts that tell what happened; what stands in a timeline beside its entries does too.
const TELLING: [SectionRole; 4] =
    [SectionRole::Summary, SectionRole::Impact, SectionRole::Response, SectionRole::Timeline];

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
        behind.any(|mention| {
            matches!(
                mention.meaning,
                Meaning::Detection(_, Strength::Strong)
                    | Meaning::Detection(Detection::Monitoring, _)
            )
        })
    })
}

/// Parts that are not about how this incident was noticed.
const ELSEWHERE: [SectionRole; 3] =
    [SectionRole::Actions, SectionRole::Lessons, SectionRole::Appendix];

/// Sentences of what will be, could have been or was not.
const NOT_SO: [Cue; 4] = [Cue::Plans, Cue::Prevents, Cue::Supposes, Cue::Elsewhere];
