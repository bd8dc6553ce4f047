//! When it began, when it was noticed, when it was over, on which day: every time that says so, weighed.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use crate::extract::scope::Scope;
use crate::extract::time::{Stamp, TimeKind, TimeMention};
use crate::extract::timeline::Row;
use crate::model::fact::{Fact, Field, RuleId};
use crate::model::timeline::{Entry, EntryKind};
use crate::model::when::{Clock, Moment, PartialDate};
use crate::vocab::meaning::{Event, Label, Meaning, SectionRole};

/// Readings of the moments of an incident, not yet completed by its day.
#[derive(Default)]
pub(super) struct Moments {
    /// Days on which it could have begun.
    pub days: Vec<Fact<PartialDate>>,
    /// When the impact began.
    pub started: Vec<Reading>,
    /// When it was noticed.
    pub detected: Vec<Reading>,
    /// When the impact was less.
    pub mitigated: Vec<Reading>,
    /// When it was over.
    pub resolved: Vec<Reading>,
    /// Lengths that the text states, in minutes.
    pub lengths: Vec<Fact<f64>>,
}

/// A moment as read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// What was read.
    pub moment: Moment,
    /// Where.
    pub range: Range<u32>,
    /// By which rule.
    pub rule: RuleId,
    /// How surely.
    pub certainty: f32,
    /// Where the range that it ends began: it cannot be before that.
    pub after: Option<Moment>,
}

/// Collects every reading but those of the timeline.
pub(super) fn moments(scope: &Scope<'_>, rows: &[Row]) -> Moments {
    let mut found = Moments::default();
    let entries: BTreeSet<usize> = rows.iter().map(|row| row.line).collect();
    for index in 0..scope.lines.len() {
        labelled(scope, index, &mut found);
        if !entries.contains(&index) {
            prose(scope, index, &mut found);
        }
    }
    file_name(scope, &mut found);
    found
}

/// The label that holds for a line: its own, or that of the heading above it.
pub(super) fn label_of(scope: &Scope<'_>, index: usize) -> Option<(Label, Range<u32>)> {
    let line = &scope.lines[index];
    if let Some(label) = &line.label
        && let Some(meaning) = label.meaning
    {
        return Some((meaning, label.value.clone()));
    }
    // The label's own words, as in "Outage start (UTC): …", where they are more than the phrase.
    if let Some(label) = &line.label
        && scope
            .times(label.value.clone())
            .first()
            .is_some_and(|time| time.start < label.value.start + 4)
        && let Some(event) = event_in(scope, &label.name)
        && label.roles.is_empty()
        && !line.roles.has(SectionRole::Timeline)
    {
        let meaning = match event {
            Event::Starts => Some(Label::Started),
            Event::Detects => Some(Label::Detected),
            Event::Mitigates => Some(Label::Mitigated),
            Event::Resolves => Some(Label::Resolved),
            Event::Closes | Event::Precedes | Event::Lasts => None,
        }?;
        return Some((meaning, label.value.clone()));
    }
    let part = &scope.parts[line.part as usize];
    let label = part.label.filter(|_| !line.opens)?;
    // A heading's label holds for the lines right below it.
    let near = part.heading.is_some_and(|heading| index - heading as usize <= 3);
    (near && line.label.as_ref().is_none_or(|own| own.meaning.is_none()))
        .then(|| (label, line.text.clone()))
}

/// Times after a label that says what they are.
fn labelled(scope: &Scope<'_>, index: usize, found: &mut Moments) {
    let line = &scope.lines[index];
    if line.roles.any(&[SectionRole::Actions, SectionRole::Lessons, SectionRole::Appendix])
        && scope.lines[index].roles != crate::extract::section::Roles::NONE
    {
        return;
    }
    let Some((label, value)) = label_of(scope, index) else { return };
    let in_timeline = line.roles.has(SectionRole::Timeline);
    let times = scope.times(value.clone());
    if times.is_empty() {
        return;
    }
    let rule = RuleId("time/label");
    let sure = if in_timeline { 0.8 } else { 0.97 };
    match label {
        Label::Started => point(times, &mut found.started, &mut found.resolved, rule, sure),
        Label::Detected => point(times, &mut found.detected, &mut Vec::new(), rule, sure),
        Label::Mitigated => point(times, &mut found.mitigated, &mut Vec::new(), rule, sure),
        Label::Resolved => point(times, &mut found.resolved, &mut Vec::new(), rule, sure),
        Label::Date => {
            // "Date" alone may be the day of the report; other labels say of what.
            let plain = line
                .label
                .as_ref()
                .is_some_and(|own| !scope.text(own.name.clone()).trim().contains(' '));
            day(scope, times, rule, if plain { 0.87 } else { 0.95 }, found);
            let has_clock =
                times.iter().any(|time| time.first().is_some_and(|stamp| stamp.clock.is_some()));
            if has_clock && !in_timeline {
                window(times, rule, 0.93, found);
            }
        }
        Label::Duration => {
            day(scope, times, rule, 0.9, found);
            window(times, rule, 0.95, found);
            lengths(scope, times, rule, 0.95, found);
        }
        _ => {}
    }
    if matches!(label, Label::Started | Label::Detected) {
        day(scope, times, rule, 0.97, found);
    }
    if matches!(label, Label::Started | Label::Resolved) {
        lengths(scope, times, rule, 0.8, found);
    }
}

/// The first moment after a label; of a range the other end as well.
fn point(
    times: &[TimeMention],
    first: &mut Vec<Reading>,
    last: &mut Vec<Reading>,
    rule: RuleId,
    certainty: f32,
) {
    let Some(time) = times.iter().find(|time| time.first().is_some()) else { return };
    let Some(stamp) = time.first() else { return };
    let vague = if stamp.clock.is_some() { 0.0 } else { 0.08 };
    first.push(reading(stamp, rule, certainty - vague));
    if let Some(end) = time.last() {
        last.push(Reading { after: Some(stamp.moment()), ..reading(end, rule, certainty - 0.02) });
    }
}

/// A window: a range, or two moments one after the other.
fn window(times: &[TimeMention], rule: RuleId, certainty: f32, found: &mut Moments) {
    if let Some((from, to)) = times.iter().find_map(|time| Some((time.first()?, time.last()?))) {
        found.started.push(reading(from, rule, certainty));
        found.resolved.push(Reading { after: Some(from.moment()), ..reading(to, rule, certainty) });
        return;
    }
    let mut clocks =
        times.iter().filter_map(TimeMention::first).filter(|stamp| stamp.clock.is_some());
    if let Some(from) = clocks.next() {
        found.started.push(reading(from, rule, certainty - 0.02));
        if let Some(to) = clocks.next() {
            let end = Reading { after: Some(from.moment()), ..reading(to, rule, certainty - 0.04) };
            found.resolved.push(end);
        }
    }
}

fn day(
    scope: &Scope<'_>,
    times: &[TimeMention],
    rule: RuleId,
    certainty: f32,
    found: &mut Moments,
) {
    if let Some(stamp) =
        times.iter().filter_map(TimeMention::first).find(|stamp| stamp.date.is_some())
        && let Some(date) = stamp.date
    {
        found.days.push(Fact::new(date, scope.span(stamp.start..stamp.end), rule, certainty));
    }
}

fn lengths(
    scope: &Scope<'_>,
    times: &[TimeMention],
    rule: RuleId,
    certainty: f32,
    found: &mut Moments,
) {
    for time in times {
        if let TimeKind::Length(minutes) = time.kind {
            found.lengths.push(Fact::new(
                minutes,
                scope.span(time.start..time.end),
                rule,
                certainty,
            ));
        }
    }
}

fn reading(stamp: &Stamp, rule: RuleId, certainty: f32) -> Reading {
    Reading { moment: stamp.moment(), range: stamp.start..stamp.end, rule, certainty, after: None }
}

/// Without headings, the first lines are the summary.
const FIRST_LINES: usize = 16;
/// How sure a day without a time of day is the start: every other reading leads.
const DAY_ONLY: f32 = 0.3;
/// How sure the title is of its times.
const TITLE: f32 = 0.93;
/// How sure times in the summary are, and by how much less those that stand far down.
const EARLY: f32 = 0.85;
const FAR: f32 = 0.1;

/// Times in sentences, by the part that they stand in and the words around them.
fn prose(scope: &Scope<'_>, index: usize, found: &mut Moments) {
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
    if line.label.as_ref().is_some_and(|label| {
        matches!(label.meaning, Some(Label::Written | Label::Due | Label::Owner))
    }) {
        return;
    }
    let early = line.roles.any(&[SectionRole::Summary, SectionRole::Impact])
        || section.is_empty() && index < FIRST_LINES;
    for (sentence, _) in scope.sentences_of(index) {
        let times = scope.times(sentence.clone());
        if times.is_empty() {
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
        day(scope, times, rule, base - distance, found);
        stated(scope, sentence, times, base, found);
        for (at, time) in times.iter().enumerate() {
            around(scope, sentence, times, at, time, base - distance, found);
        }
    }
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
        let bonus = if from.clock.is_some() { 0.05 } else { -0.1 };
        found.started.push(reading(from, rule, base + bonus));
        found
            .resolved
            .push(Reading { after: Some(from.moment()), ..reading(to, rule, base + bonus) });
        return;
    }
    let Some(stamp) = time.first() else { return };
    if stamp.clock.is_none() {
        // Without a time of day it began on that day, where nothing says more.
        let starts = scope
            .mentions(sentence.clone())
            .any(|mention| mention.meaning == Meaning::Event(Event::Starts));
        if starts && (EARLY - FAR..TITLE - FAR).contains(&base) {
            found.started.push(reading(stamp, rule, DAY_ONLY));
        }
        return;
    }
    let from = at.checked_sub(1).map_or(sentence.start, |before| times[before].end);
    let to = times.get(at + 1).map_or(sentence.end, |after| after.start);
    // The words before a time bind closer than those after it, unless they tell what had been before.
    let event = event_in(scope, &(from..time.start))
        .filter(|event| !matches!(event, Event::Precedes | Event::Lasts))
        .or_else(|| event_after(scope, &(time.end..to)));
    let with_day = Reading { ..reading(stamp, rule, base - 0.08) };
    match event {
        Some(Event::Starts) => found.started.push(with_day),
        Some(Event::Detects) => found.detected.push(with_day),
        Some(Event::Mitigates) => found.mitigated.push(with_day),
        Some(Event::Resolves) => found.resolved.push(with_day),
        // The first moment that a summary gives with its day is when it happened.
        None if at == 0 && stamp.date.is_some() && base >= EARLY - FAR => {
            found.started.push(Reading { certainty: 0.72, ..with_day });
        }
        _ => {}
    }
}

/// The event that the last phrase of a range names.
fn event_in(scope: &Scope<'_>, range: &Range<u32>) -> Option<Event> {
    events(scope, range).max_by_key(|&(at, _)| at).map(|(_, event)| event)
}

/// The event that the first phrase after a time names.
fn event_after(scope: &Scope<'_>, range: &Range<u32>) -> Option<Event> {
    events(scope, range)
        .filter(|(_, event)| !matches!(event, Event::Precedes | Event::Lasts))
        .min_by_key(|&(at, _)| at)
        .map(|(_, event)| event)
}

/// The events that the phrases of a range name, each with the end of its phrase.
fn events(scope: &Scope<'_>, range: &Range<u32>) -> impl Iterator<Item = (u32, Event)> {
    scope.mentions(range.clone()).filter_map(|mention| match mention.meaning {
        Meaning::Event(event) => Some((mention.end, event)),
        _ => None,
    })
}

/// A length that a sentence states for the incident.
fn stated(
    scope: &Scope<'_>,
    sentence: &Range<u32>,
    times: &[TimeMention],
    base: f32,
    found: &mut Moments,
) {
    let cued = scope.mentions(sentence.clone()).any(|mention| {
        matches!(mention.meaning, Meaning::Event(Event::Lasts) | Meaning::Label(Label::Duration))
    });
    for time in times {
        if let TimeKind::Length(minutes) = time.kind {
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

/// A date in the name of the file.
fn file_name(scope: &Scope<'_>, found: &mut Moments) {
    let name = scope.source.path.as_str();
    let habits = crate::extract::time::Habits::default();
    for time in crate::extract::time::scan(name, 0, &scope.vocab.clock, habits) {
        if let Some(date) = time.first().and_then(|stamp| stamp.date).filter(|date| date.is_whole())
        {
            let span = crate::base::span::Span::start_of(scope.source.id);
            found.days.push(Fact::new(date, span, RuleId::FILE_NAME, 0.5));
        }
    }
}

/// Readings from the entries of the timeline, whose dates are settled.
pub(super) fn from_timeline(
    scope: &Scope<'_>,
    rows: &[Row],
    entries: &[Entry],
    day: Option<PartialDate>,
    found: &mut Moments,
) {
    let rule = RuleId("time/timeline");
    let event = |index: usize, wanted: Event| {
        scope
            .mentions(rows[index].body.clone())
            .any(|mention| mention.meaning == Meaning::Event(wanted))
    };
    let read = |index: usize, certainty: f32| {
        let stamp = rows[index].stamp.as_ref()?;
        stamp.clock?;
        Some(Reading {
            moment: entries[index].at,
            range: stamp.start..stamp.end,
            rule,
            certainty,
            after: None,
        })
    };
    let timed = |index: &usize| entries[*index].at.clock.is_some();
    let order: Vec<usize> = in_time_order(entries).into_iter().filter(timed).collect();
    // Rows of the days before tell what led up to it.
    let before = |index: usize| {
        day.zip(entries[index].at.date).is_some_and(|(day, date)| date.civil() < day.civil())
    };
    // Without anything better it began when it was noticed.
    let noticed: Vec<Reading> = found
        .detected
        .iter()
        .map(|reading| Reading { certainty: 0.4, ..reading.clone() })
        .collect();
    found.started.extend(noticed);
    // A change before the trouble is not the trouble, unless the entry says that the two fell together.
    let first = order
        .iter()
        .copied()
        .filter(|&index| !before(index))
        .find(|&index| {
            !event(index, Event::Precedes)
                || event(index, Event::Starts)
                || event(index, Event::Detects)
        })
        .or(order.first().copied());
    found.started.extend(first.and_then(|index| read(index, 0.7)));
    if let Some(index) = order.iter().copied().find(|&index| event(index, Event::Detects)) {
        found.detected.extend(read(index, 0.84));
    }
    let resolved = order
        .iter()
        .rev()
        .copied()
        .find(|&index| event(index, Event::Resolves) && !event(index, Event::Closes));
    let resolved = resolved
        .or_else(|| order.iter().rev().copied().find(|&index| event(index, Event::Resolves)));
    if let Some(index) = resolved {
        found.resolved.extend(read(index, 0.75));
    } else if let [.., last] = order[..]
        && matches!(entries[last].kind, Some(EntryKind::Mitigation | EntryKind::Resolution))
    {
        // A timeline that ends with a measure ends with the one that helped.
        found.resolved.extend(read(last, 0.35));
    }
    if let Some(index) = order.iter().copied().find(|&index| event(index, Event::Mitigates)) {
        found.mitigated.extend(read(index, 0.7));
    }
}

/// Entries by time, for timelines that run newest first.
fn in_time_order(entries: &[Entry]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    let falls =
        entries.windows(2).filter(|pair| pair[1].at.precedes(pair[0].at) == Some(true)).count();
    if falls * 2 > entries.len() {
        order.reverse();
    }
    order
}

/// The best day: the surest reading, completed by a day or a year that stands elsewhere.
pub(super) fn best_day(days: &[Fact<PartialDate>]) -> Option<PartialDate> {
    let best = Field::of(days.to_vec());
    let date = *best.value()?;
    if date.is_whole() {
        return Some(date);
    }
    let others = || best.readings().iter().map(|fact| fact.value);
    let finer =
        others().find(|other| date.day.is_none() && other.is_whole() && other.agrees_with(date));
    let year = others().find_map(|other| other.year);
    Some(finer.unwrap_or_else(|| date.with_year(year)))
}

/// The year that the text names, where it names only one: it completes a date without a year.
pub(super) fn only_year(scope: &Scope<'_>) -> Option<i16> {
    let mut only = None;
    for line in &scope.lines {
        let text = scope.line_text(line);
        for (at, word) in words_of_digits(text) {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text.get(at + word.len()..).and_then(|text| text.chars().next());
            let joined =
                |letter: char| letter.is_ascii_alphanumeric() || "-/.:#$€₩%_".contains(letter);
            let Some(year) = word.parse::<i16>().ok().filter(|year| YEARS.contains(year)) else {
                continue;
            };
            if before.is_some_and(joined)
                || after.is_some_and(|letter| joined(letter) && letter != '.')
            {
                continue;
            }
            if only.is_some_and(|only| only != year) {
                return None;
            }
            only = Some(year);
        }
    }
    only
}

/// Numbers that may be years of incidents.
const YEARS: RangeInclusive<i16> = 1990..=2099;

/// The runs of four digits in a text, each with its place.
fn words_of_digits(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let digit = |letter: char| letter.is_ascii_digit();
    let starts = text.char_indices().filter(move |&(at, letter)| {
        digit(letter) && !text.get(..at).is_some_and(|before| before.ends_with(digit))
    });
    starts.filter_map(move |(at, _)| {
        let rest = text.get(at..)?;
        let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        (end == 4).then(|| rest.get(..end).map(|word| (at, word))).flatten()
    })
}

/// Where no moment is said to be the start, it began on the day that the text gives the incident.
pub(super) fn day_as_start(days: &[Fact<PartialDate>]) -> Option<Fact<Moment>> {
    let days = Field::of(days.to_vec());
    let fact = days.best().filter(|fact| {
        fact.rule == RuleId("time/label") && fact.certainty >= 0.9 && fact.value.day.is_some()
    })?;
    let moment = Moment { date: Some(fact.value), clock: None };
    Some(Fact::new(moment, fact.evidence, fact.rule, fact.certainty - FAR))
}

/// A reading with its day: its own, else the incident's; after midnight of a window that began before it.
pub(super) fn complete(reading: &Reading, day: Option<PartialDate>) -> Moment {
    let mut moment = reading.moment;
    match (moment.date, day) {
        (Some(date), Some(day)) => moment.date = Some(date.with_year(day.year)),
        (None, Some(day)) if moment.clock.is_some() => {
            let start = reading.after.map(|after| Moment {
                date: after.date.map(|date| date.with_year(day.year)).or(Some(day)),
                ..after
            });
            let wraps = matches!((start.and_then(|start| start.clock), moment.clock), (Some(from), Some(to)) if to < from);
            let base = start.and_then(|start| start.date).unwrap_or(day);
            moment.date = Some(base.plus_days(i64::from(wraps)));
        }
        _ => {}
    }
    // Facts are told by the minute.
    moment.clock = moment.clock.map(|clock| Clock { second: 0, ..clock });
    moment
}
