//! What is said of a measure: that it did not help, was denied, or answers the question what ended it.

use std::ops::Range;

use crate::extract::resolution::measure::{Measure, measures};
use crate::extract::scope::Scope;
use crate::model::kind::Resolution;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Event, Label, Meaning, SectionRole};
use crate::vocab::pattern::is_hangul;

/// "We restarted it. That changed nothing.": the next sentence says of what was done that it did not help.
pub(super) fn fails_next(scope: &Scope<'_>, at: usize, kinds: &[Resolution]) -> bool {
    let Some((next, line)) = scope.sentences.get(at + 1) else { return false };
    let here = &scope.lines[scope.sentences[at].1 as usize];
    let there = &scope.lines[*line as usize];
    here.part == there.part
        && !there.opens
        && next.len() <= SHORT_VERDICT
        && measures(scope, next).iter().all(|(kind, ..)| kinds.contains(kind))
        && scope.says(next, Meaning::Failed)
        && !ENDS.into_iter().any(|end| scope.says(next, Meaning::Event(end)))
}

/// What is said of the end beside other things: "below 1 % for five minutes, closed".
const ENDS: [Event; 2] = [Event::Resolves, Event::Closes];

/// Whether a sentence answers what ended it, or what did not: "What did not work? Restarting it."
pub(super) fn asked(scope: &Scope<'_>, at: usize) -> Option<bool> {
    let (question, line) = scope.sentences.get(at.checked_sub(1)?)?;
    let here = &scope.lines[scope.sentences[at].1 as usize];
    if !scope.text(question.clone()).ends_with(['?', '？'])
        || scope.lines[*line as usize].part != here.part
    {
        return None;
    }
    if scope.says(question, Meaning::Failed) {
        return Some(false);
    }
    let resolves = scope.says(question, Meaning::Heading(SectionRole::Resolution))
        || scope.says(question, Meaning::Label(Label::ResolvedBy));
    resolves.then_some(true)
}

/// Whether a line stands below a label or a heading for what did not help.
pub(super) fn is_of_failures(scope: &Scope<'_>, index: usize) -> bool {
    let line = &scope.lines[index];
    let named = line.label.as_ref().is_some_and(|label| scope.says(&label.name, Meaning::Failed));
    let heading = scope.parts[line.part as usize].heading.filter(|_| !line.opens);
    named
        || heading.is_some_and(|heading| {
            let heading = &scope.lines[heading as usize].text;
            heading.len() <= SHORT_VERDICT && scope.says(heading, Meaning::Failed)
        })
}

/// How much less sure a measure is by what is said of it: tried, without effect, not what it was. It is said of the
/// measure before it, and of those that are named in one breath with that; in English, where no other clause has
/// begun, also of those behind.
pub(super) fn setback(
    scope: &Scope<'_>,
    sentence: &Range<u32>,
    measure: &Range<u32>,
    all: &[Measure],
) -> f32 {
    let resolves = scope.says(sentence, Meaning::Event(Event::Resolves));
    let mut most = 0.0_f32;
    for mention in scope.mentions(sentence.clone()) {
        let weight = match mention.meaning {
            Meaning::Failed | Meaning::Undone => FAILED,
            Meaning::Cue(Cue::RulesOut) => RULED_OUT,
            Meaning::Cue(Cue::Attempts) if !resolves => TRIED,
            Meaning::Cue(Cue::Prevents) if is_kept_off(scope, mention, measure) => FAILED,
            _ => continue,
        };
        let is_about = if mention.start >= measure.end {
            // "It helped, but others were discussed": what was only thought of stands in its own clause.
            let other = mention.meaning == Meaning::Undone
                && parted(scope, &(measure.end..mention.start), true);
            adjoins(all, measure.end, mention.start) && !other
        } else if mention.end <= measure.start {
            // In Korean only an adverb stands before: "again and again".
            let reach = if scope.text(mention.start..mention.end).contains(is_hangul) {
                ADVERB
            } else if weight > TRIED {
                u32::MAX
            } else {
                TRIED_BEFORE
            };
            measure.start - mention.end <= reach
                && !parted(scope, &(mention.end..measure.start), weight < RULED_OUT)
        } else {
            true
        };
        if is_about {
            most = most.max(weight);
        }
    }
    most
}

/// "To prevent restarts", "롤백 방지": the measure itself is what is not to be.
fn is_kept_off(scope: &Scope<'_>, words: &Mention, measure: &Range<u32>) -> bool {
    let gap = if scope.text(words.start..words.end).contains(is_hangul) {
        words.start.checked_sub(measure.end)
    } else {
        measure.start.checked_sub(words.end)
    };
    gap.is_some_and(|gap| gap <= 1)
}

/// Whether between two places no measure stands but those that are named in one breath with what ends at the first:
/// "clearing the cache and restarting it".
fn adjoins(all: &[Measure], mut from: u32, to: u32) -> bool {
    let mut between: Vec<_> = all
        .iter()
        .map(|(_, range, _)| range)
        .filter(|range| from <= range.start && range.end <= to)
        .collect();
    between.sort_unstable_by_key(|range| range.start);
    between.into_iter().all(|range| {
        let joined = range.start.saturating_sub(from) <= JOINED;
        from = from.max(range.end);
        joined
    })
}

/// So many bytes stand between measures that are named in one breath.
const JOINED: u32 = 12;

/// Whether another clause begins in a range; a comma may begin one or not.
fn parted(scope: &Scope<'_>, range: &Range<u32>, by_comma: bool) -> bool {
    scope
        .text(range.clone())
        .contains(|letter| matches!(letter, ';' | '→') || by_comma && letter == ',')
        || scope.says(range, Meaning::Cue(Cue::Contrasts))
}

/// A measure of which it is said that it did not help, that it was not it, or only that it was tried.
pub(super) const FAILED: f32 = 0.5;
const RULED_OUT: f32 = 0.6;
const TRIED: f32 = 0.3;
/// So many bytes stand at most between "we tried" and what was tried: "an attempted attack, which was blocked" tells
/// of another attempt.
const TRIED_BEFORE: u32 = 40;
/// So many bytes stand between an adverb and what it is about.
const ADVERB: u32 = 1;
/// A verdict on what was done is short, in bytes.
const SHORT_VERDICT: usize = 90;

/// "did not restart", "재시작하지 않았다": a measure that is denied, in English before it, in Korean behind it.
pub(super) fn denied(scope: &Scope<'_>, sentence: &Range<u32>, measure: &Range<u32>) -> f32 {
    let is_denied = scope.mentions(sentence.clone()).any(|mention| {
        let is_korean = || scope.text(mention.start..mention.end).contains(is_hangul);
        let before = mention.end <= measure.start
            && measure.start - mention.end < DENIED_BEFORE
            && !scope.text(mention.end..measure.start).contains([',', ';', ')', '→']);
        let behind = mention.start >= measure.end && mention.start - measure.end < DENIED_BEHIND;
        mention.meaning == Meaning::Cue(Cue::Negates)
            && (before && !is_korean() || behind && is_korean())
    });
    if is_denied { 0.5 } else { 0.0 }
}

/// An English denial stands within so many bytes before what it denies.
const DENIED_BEFORE: u32 = 16;
/// A Korean one within so many behind it: an ending, a particle and a verb.
const DENIED_BEHIND: u32 = 24;
