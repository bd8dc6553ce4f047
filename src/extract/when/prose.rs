//! Times in sentences: what the words around them say that they are.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::extract::time::{TimeKind, TimeMention};
use crate::extract::timeline::updates::posted;
use crate::extract::when::{Moments, Reading, day, reading};
use crate::extract::zone::converts;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Lang;
use crate::model::when::PartialDate;
use crate::vocab::clock::Connector;
use crate::vocab::meaning::{Event, Label, Meaning, SectionRole};

/// Without headings, the first lines are the summary.
const FIRST_LINES: usize = 16;
/// How sure a day without a time of day is the start: every other reading leads.
const DAY_ONLY: f32 = 0.3;
/// How sure the title is of its times.
const TITLE: f32 = 0.93;
/// How sure the day is on which an update was posted.
const POSTED: f32 = 0.3;
/// How sure times in the summary are, and by how much less those that stand far down.
const EARLY: f32 = 0.85;
const FAR: f32 = 0.1;

/// Times in sentences, by the part that they stand in and the words around them.
pub(super) fn prose(scope: &Scope<'_>, index: usize, found: &mut Moments) {
    let line = &scope.lines[index];
    let is_title = scope.title_line == Some(index as u32) || index == 0;
    let section = scope.parts[line.part as usize].roles;
    if section.any(&[
        SectionRole::Actions,
        SectionRole::Timeline,
        SectionRole::Lessons,
        SectionRole::Appendix,
    ]) && !is_title
    {
        return;
    }
    let of_report = line.label.as_ref().is_some_and(|label| match label.meaning {
        Some(Label::Written | Label::Due | Label::Owner | Label::Status) => true,
        Some(Label::Date) => super::label::is_of_report(scope, index),
        _ => false,
    });
    if of_report {
        return;
    }
    if posted(scope, line).is_some() {
        // The oldest update stands last, and nearest to the day.
        let oldest = POSTED + (index as f32 * 0.0001).min(FAR);
        day(scope, scope.times(line.text.clone()), RuleId("time/posted"), oldest, found);
        return;
    }
    let early = line.roles.any(&[SectionRole::Summary, SectionRole::Impact])
        || section.is_empty() && index < FIRST_LINES;
    for (sentence, _) in scope.sentences_of(index) {
        let times: Vec<TimeMention> = unconverted(scope, scope.times(sentence.clone()));
        if times.is_empty() || recurs(scope, index, sentence) {
            continue;
        }
        let base = if is_title {
            TITLE
        } else if early {
            EARLY
        } else {
            0.6
        };
        let rule = RuleId("time/prose");
        let distance = (index as f32 * 0.001).min(FAR);
        day(scope, &times, rule, base - distance, found);
        stated(scope, sentence, &times, base, found);
        for (at, time) in times.iter().enumerate() {
            around(scope, sentence, &times, at, time, base - distance, found);
        }
    }
}

/// The times but those that say the one before again in another zone.
fn unconverted(scope: &Scope<'_>, times: &[TimeMention]) -> Vec<TimeMention> {
    let again = |at: usize| at > 0 && converts(scope, &times[at - 1], &times[at]);
    (0..times.len()).filter(|&at| !again(at)).map(|at| times[at].clone()).collect()
}

/// Times that hold on every such day, as hours of opening do: said in the sentence or above it.
fn recurs(scope: &Scope<'_>, index: usize, sentence: &Range<u32>) -> bool {
    let says = |range: Range<u32>| {
        scope.mentions(range).any(|mention| mention.meaning == Meaning::Event(Event::Recurs))
    };
    let part = &scope.parts[scope.lines[index].part as usize];
    says(sentence.clone())
        || part.heading.is_some_and(|heading| says(scope.lines[heading as usize].text.clone()))
}

/// A range in a sentence is the window of the incident; a single moment is what the words nearest it say.
fn around(
    scope: &Scope<'_>,
    sentence: &Range<u32>,
    times: &[TimeMention],
    at: usize,
    time: &TimeMention,
    base: f32,
    found: &mut Moments,
) {
    let rule = RuleId("time/prose");
    if let (Some(from), Some(to)) = (time.first(), time.last()) {
        // `11:15 UTC → 11:15 KST` is no time that passed.
        if from.clock.is_some() && from.moment() == to.moment() {
            return;
        }
        let bonus = if from.clock.is_some() { 0.05 } else { -0.1 };
        let again = at.checked_sub(1).is_some_and(|before| goes_on(scope, &times[before], time));
        let certainty = base + bonus + if again { AGAIN } else { 0.0 };
        if !again {
            found.started.push(reading(from, rule, certainty));
        }
        // "In the night of 29 to 30 May": a night, of which no end is known.
        let is_night = |day: PartialDate| to.clock.is_none() && to.date == Some(day.plus_days(1));
        if from.date.is_some_and(is_night) {
            return;
        }
        found.resolved.push(Reading { after: Some(from.moment()), ..reading(to, rule, certainty) });
        return;
    }
    let Some(stamp) = time.first() else { return };
    if stamp.clock.is_none() {
        // Without a time of day it was on that day, where nothing says more.
        let says = |event: Event| events(scope, sentence).any(|(_, said)| said == event);
        let line = &scope.lines[scope.line_at(sentence.start)];
        let tells = line.label.is_none() && (says(Event::Starts) || says(Event::Detects));
        if stamp.date.is_some() && (EARLY - FAR..=EARLY).contains(&base) && tells {
            found.started.push(reading(stamp, rule, DAY_ONLY));
        }
        return;
    }
    // "two minutes later, at 10:07": a length stands between no moment and its words.
    let is_moment = |time: &&TimeMention| time.first().is_some();
    let from = times[..at].iter().rfind(is_moment).map_or(sentence.start, |before| before.end);
    let next = times[at + 1..].iter().find(is_moment);
    let to = next.map_or(sentence.end, |after| after.start);
    // The words before a time bind closer than those after it, unless they tell what had been before;
    // behind a time that opens its clause, and in Korean, whose verbs come last, it is the other way round.
    let before = || {
        event_in(scope, &(from..time.start))
            .filter(|event| !matches!(event, Event::Precedes | Event::Lasts | Event::Recurs))
    };
    let after = || event_after(scope, &(time.end..to), next.is_none());
    // `Last recovery: 10:05` says it before in either language.
    let is_named = scope.text(from..time.start).trim_end().ends_with(':');
    let ends_late = scope.lang == Lang::Ko && !is_named;
    let event = if ends_late || at > 0 && opens_clause(scope, &(from..time.start)) {
        after().or_else(before)
    } else {
        before().or_else(after)
    };
    let with_day = reading(stamp, rule, base - 0.08);
    let is_first = times[..at].iter().all(|time| time.first().is_none());
    match event {
        Some(Event::Starts) => found.started.push(with_day),
        Some(Event::Detects) => found.detected.push(with_day),
        Some(Event::Mitigates) => found.mitigated.push(with_day),
        Some(Event::Resolves) => found.resolved.push(with_day),
        // The first moment that a summary gives with its day is when it happened.
        None if is_first && stamp.date.is_some() && base >= EARLY - FAR => {
            found.started.push(Reading { certainty: 0.72, ..with_day });
        }
        _ => {}
    }
}

/// Of several windows the last one ends it.
const AGAIN: f32 = 0.002;
/// The words between two windows of one incident take so many bytes at most.
const BETWEEN: usize = 24;

/// Whether a window goes on a list of them: "from 9:36 to 10:39, then from about 11:30 to 11:55".
pub(super) fn goes_on(scope: &Scope<'_>, before: &TimeMention, time: &TimeMention) -> bool {
    let (Some(end), Some(next)) = (before.last(), time.first()) else { return false };
    let between = scope.text(before.end..time.start);
    let is_list = between.len() <= BETWEEN && !between.contains(['(', ')', '=', '/']);
    is_list
        && (end.zone == next.zone || end.zone.is_none() || next.zone.is_none())
        && end.clock.is_some()
        && next.clock.is_some()
        && end.moment().precedes(next.moment()) != Some(false)
}

/// Whether the words before a time end a clause: ", at 10:05 the alert came and at 10:30 all was well".
fn opens_clause(scope: &Scope<'_>, before: &Range<u32>) -> bool {
    let clock = &scope.vocab.clock;
    let mut rest = scope.text(before.clone()).trim_end();
    loop {
        let head = rest.trim_end_matches(char::is_alphabetic);
        let word = rest.get(head.len()..).unwrap_or_default().to_lowercase();
        match clock.connector(&word) {
            Some(Connector::At) => rest = head.trim_end(),
            // "and" joins clauses as it joins the ends of a range.
            Some(Connector::To) => return true,
            None => return rest.ends_with([',', ';']),
        }
    }
}

/// The event that the last phrase of a range names.
pub(super) fn event_in(scope: &Scope<'_>, range: &Range<u32>) -> Option<Event> {
    events(scope, range).max_by_key(|&(at, _)| at).map(|(_, event)| event)
}

/// The event that the first phrase after a time names; one that leads to the next time is of that one.
fn event_after(scope: &Scope<'_>, range: &Range<u32>, is_last: bool) -> Option<Event> {
    let own = if is_last { None } else { leads_on(scope, range) };
    events(scope, range)
        .filter(|(_, event)| !matches!(event, Event::Precedes | Event::Lasts | Event::Recurs))
        .filter(|&(end, _)| own.is_none_or(|own| end < own))
        .min_by_key(|&(at, _)| at)
        .map(|(_, event)| event)
}

/// "… restored at 10:30", "… down until 10:30", "… recovery: 10:30": where the words begin that lead to the next time; nowhere
/// where none do. What lasts until then is no event of it unless its phrase says "until".
fn leads_on(scope: &Scope<'_>, between: &Range<u32>) -> Option<u32> {
    let text = scope.text(between.clone()).trim_end();
    let connector = |word: &str| scope.vocab.clock.connector(&word.to_lowercase());
    let mut rest = text;
    while let Some(word) = rest.split_whitespace().next_back() {
        match connector(word) {
            Some(Connector::At) => rest = rest.strip_suffix(word).unwrap_or_default().trim_end(),
            Some(Connector::To) => return Some(between.start + rest.len() as u32),
            None => break,
        }
    }
    let rest = rest.strip_suffix(':').unwrap_or(rest);
    (rest.len() < text.len()).then_some(between.start + rest.len() as u32)
}

/// The events that the phrases of a range name, each with the end of its phrase.
fn events(scope: &Scope<'_>, range: &Range<u32>) -> impl Iterator<Item = (u32, Event)> {
    scope.mentions(range.clone()).filter_map(|mention| match mention.meaning {
        Meaning::Event(event) => Some((mention.end, event)),
        _ => None,
    })
}

/// "all of the shop was down (about 1 hour)": nothing else stands in the brackets.
fn in_brackets(scope: &Scope<'_>, sentence: &Range<u32>, time: &TimeMention) -> bool {
    let before = scope.text(sentence.start..time.start);
    let Some((_, inside)) = before.rsplit_once('(') else { return false };
    let closes = scope.text(time.end..sentence.end).starts_with(')');
    let is_vague = |word: &str| {
        let word = word.trim_matches('~').to_lowercase();
        word.is_empty() || scope.vocab.clock.connector(&word) == Some(Connector::At)
    };
    closes && inside.split_whitespace().all(is_vague)
}

/// The words that say that a length is that of the incident stand within so many bytes of it.
const NEAR: u32 = 40;

/// A length that a sentence states for the incident.
fn stated(
    scope: &Scope<'_>,
    sentence: &Range<u32>,
    times: &[TimeMention],
    base: f32,
    found: &mut Moments,
) {
    for time in times {
        if let TimeKind::Length(minutes) = time.kind {
            let near = sentence.start.max(time.start.saturating_sub(NEAR))
                ..sentence.end.min(time.end + NEAR);
            let cued = in_brackets(scope, sentence, time)
                || scope.mentions(near).any(|mention| {
                    matches!(
                        mention.meaning,
                        Meaning::Event(Event::Lasts) | Meaning::Label(Label::Duration)
                    )
                });
            let certainty = if cued && minutes >= 1.0 { base - 0.05 } else { base - 0.4 };
            found.lengths.push(Fact::new(
                minutes,
                scope.span(time.start..time.end),
                RuleId("length/prose"),
                certainty,
            ));
        }
    }
}
