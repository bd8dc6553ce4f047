//! Readings completed by each other: the day and the year that stand elsewhere, midnight, what cannot be.

use std::ops::RangeInclusive;

use crate::extract::line::Line;
use crate::extract::scope::Scope;
use crate::extract::time::{Habits, Reader, SAME_HALF, TimeKind};
use crate::extract::when::agree::agree;
use crate::extract::when::state::goes_on;
use crate::extract::when::words::is_of_another;
use crate::extract::when::{Moments, Reading};
use crate::model::fact::{Fact, Field, RuleId};
use crate::model::incident::Incident;
use crate::model::when::{Clock, Moment, PartialDate};

/// The best day: the surest reading, completed by a day or a year that stands elsewhere.
pub(in crate::extract) fn best_day(days: &[Fact<PartialDate>]) -> Option<PartialDate> {
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

/// A month completed by a day that the text names without it: "June 2024 … on the 16th".
pub(in crate::extract) fn day_of_month(scope: &Scope<'_>, date: PartialDate) -> PartialDate {
    let clock = &scope.vocab.clock;
    let named = |line: &Line| {
        let text = scope.line_text(line);
        Reader::new(text, line.text.start, clock, Habits::default()).first_day_of_month()
    };
    if date.day.is_some() || date.month.is_none() {
        return date;
    }
    let day =
        scope.lines.iter().find_map(named).map(|(day, _)| PartialDate { day: Some(day), ..date });
    day.filter(|day| day.is_whole()).unwrap_or(date)
}

/// The year that the text names, where it names only one: it completes a date without a year.
pub(in crate::extract) fn only_year(scope: &Scope<'_>, day: PartialDate) -> Option<i16> {
    // The day of the report itself, too, says which year it is about; a report of January may tell of December.
    let own = scope.times(0..u32::MAX).iter().filter(|time| !is_of_another(scope, time));
    let dated = own.filter_map(|time| match &time.kind {
        TimeKind::Moment(stamp) => stamp.date.filter(|date| date.is_whole()),
        _ => None,
    });
    let mut only = None;
    for dated in dated {
        let is_far = day.month > dated.month.map(|month| month + AHEAD);
        if is_far || only.is_some_and(|only| Some(only) != dated.year) {
            return None;
        }
        only = dated.year;
    }
    for line in &scope.lines {
        let text = scope.line_text(line);
        for (at, word) in words_of_digits(text) {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let mut rest = text.get(at + word.len()..).unwrap_or_default().chars();
            let (after, next) = (rest.next(), rest.next());
            let joined =
                |letter: char| letter.is_ascii_alphanumeric() || "-/.:#$€₩%_".contains(letter);
            // "2000 requests": so round a number is a count.
            let is_year = |year: &i16| YEARS.contains(year) && *year != 2000;
            let Some(year) = word.parse::<i16>().ok().filter(is_year) else {
                continue;
            };
            // `2021: X` and the end of a sentence set the year off.
            let set_off = matches!(after, Some('.' | ':'))
                && !next.is_some_and(|letter| letter.is_ascii_alphanumeric());
            if before.is_some_and(joined) || after.is_some_and(joined) && !set_off {
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

/// The year that stands beside a month and a day wherever the text has both, in a log that it shows as well.
pub(in crate::extract) fn shown_year(scope: &Scope<'_>, date: PartialDate) -> Option<i16> {
    let (None, Some(month), Some(day)) = (date.year, date.month, date.day) else { return None };
    let text: &str = &scope.source.text;
    let mut only = None;
    for (at, _) in text.match_indices(&format!("-{month:02}-{day:02}")) {
        let before = at.checked_sub(4).and_then(|from| text.get(from..at));
        let year = before.and_then(|year| year.parse().ok());
        let Some(year) = year.filter(|year| YEARS.contains(year)) else { continue };
        if only.is_some_and(|only| only != year) {
            return None;
        }
        only = Some(year);
    }
    only
}

/// An incident more than so many months after the day of the report was one of the year before.
const AHEAD: u8 = 1;

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

/// The moments, completed by the day of the incident, and the day itself.
pub(in crate::extract) fn settle(
    scope: &Scope<'_>,
    moments: &mut Moments,
    day: Option<PartialDate>,
    incident: &mut Incident,
) {
    let mut started = complete_all(scope, &moments.started, day, None);
    let first = Field::of(started.clone()).best().cloned();
    let begun = first.as_ref().map(|fact| fact.value);
    let beginning = first.map(|fact| Beginning::of(scope, &moments.started, &fact));
    // The day on which it began leads over one that only stands in the title.
    let told = |a: &&Reading, b: &&Reading| a.certainty.total_cmp(&b.certainty);
    let surest =
        moments.started.iter().max_by(told).filter(|reading| {
            reading.certainty >= OWN_DAY && reading.rule != RuleId("time/timeline")
        });
    let own = surest.and_then(|reading| reading.moment.date).filter(|date| date.day.is_some());
    let day = own.map(|own| own.with_year(day.and_then(|day| day.year))).or(day);
    let completed = |readings: &[Reading]| complete_all(scope, readings, day, beginning.as_ref());
    end_or_length(moments, begun);
    let mut resolved = completed(&moments.resolved);
    // Of two that are as sure the later counts: mail flowed again, then all was well.
    resolved.reverse();
    let mut detected = completed(&moments.detected);
    if let Some(end) = Field::of(resolved.clone()).best() {
        doubt(&mut detected, end, |moment| end.value.precedes(moment) == Some(true));
    }
    let detected = Field::of(detected);
    let ends = [detected.best().cloned(), Field::of(resolved.clone()).best().cloned()];
    for end in ends.iter().flatten() {
        doubt(&mut started, end, |start| end.value.precedes(start) == Some(true));
    }
    let started = finer(started);
    if let Some(start) = started.best() {
        doubt(&mut resolved, start, |end| end.precedes(start.value) == Some(true));
    }
    incident.started_at = started;
    // A day after the end is the one on which it was reported.
    let mut noticed = detected.readings().to_vec();
    if let Some(end) = resolved.iter().max_by(|a, b| a.certainty.total_cmp(&b.certainty)) {
        noticed.retain(|fact| {
            fact.value.clock.is_some()
                || end.value.precedes(fact.value) != Some(true)
                || begun.is_some_and(|begun| end.value.precedes(begun) == Some(true))
        });
    }
    // A notice of the day before a sure beginning is of something else: a warning, another system.
    if let Some(start) = incident.started_at.best().filter(|start| start.certainty >= SURE_DAY) {
        let begun = Moment { clock: None, ..start.value };
        noticed.retain(|fact| Moment { clock: None, ..fact.value }.precedes(begun) != Some(true));
    }
    incident.detected_at = finer(noticed);
    incident.mitigated_at = finer(completed(&moments.mitigated));
    // What goes on has no end, unless it is named one: the other readings are of a part, or of a first try.
    let goes_on = goes_on(scope);
    if goes_on {
        resolved.retain(|fact| fact.certainty >= NAMED_END);
    }
    incident.resolved_at = finer(resolved);
    let stated = Field::of(moments.lengths.clone());
    if let Some(length) = stated.best().filter(|length| length.certainty >= SAID_OF_IT) {
        agree(incident, length.value, goes_on);
    }
    incident.date = dates(&moments.days, day, incident.started_at.best());
}

/// The beginning that other readings follow on.
struct Beginning {
    at: Moment,
    /// It is written with its half of the day: "22:05" shows a clock of 24 hours, `12:05` may be of either.
    by_halves: bool,
    /// The zone beside it.
    offset: Option<i16>,
}

impl Beginning {
    fn of(scope: &Scope<'_>, readings: &[Reading], begun: &Fact<Moment>) -> Self {
        let is_it = |reading: &&Reading| scope.span(reading.range.clone()) == begun.evidence;
        let reading = readings.iter().find(is_it);
        let is_noon = begun.value.clock.is_some_and(|clock| clock.hour == 12);
        Self {
            at: begun.value,
            by_halves: is_noon || reading.is_some_and(|reading| reading.has_half),
            offset: reading.and_then(|reading| reading.offset),
        }
    }

    /// The date of a time of day in a zone that is told by another clock: 10:30 UTC is 19:30 KST, and behind 19:05 KST.
    fn date_elsewhere(&self, reading: &Reading) -> Option<PartialDate> {
        let (own, other) = (self.offset?, reading.offset?);
        let (from, to) = (self.at.clock?, reading.moment.clock?);
        let is_timed = reading.moment.date.is_none() && reading.after.is_none();
        let total = to.seconds() + 60 * (i64::from(own) - i64::from(other));
        let later = i64::from(total.rem_euclid(DAY) < from.seconds()) - total.div_euclid(DAY);
        let date = self.at.date.filter(|_| is_timed && own != other)?;
        Some(date.plus_days(later))
    }
}

/// Seconds.
const DAY: i64 = 24 * 60 * 60;

/// Readings completed by the day and the beginning of the incident.
fn complete_all(
    scope: &Scope<'_>,
    readings: &[Reading],
    day: Option<PartialDate>,
    beginning: Option<&Beginning>,
) -> Vec<Fact<Moment>> {
    let begun = beginning.map(|begun| begun.at);
    let fact = |reading: &Reading| {
        let span = scope.span(reading.range.clone());
        if let Some(minutes) = reading.since_start {
            let moment = begun?.plus_minutes(minutes)?;
            return Some(Fact::new(moment, span, reading.rule, reading.certainty));
        }
        let by_halves = beginning.filter(|begun| begun.by_halves && is_bare(scope, reading));
        let later = by_halves.and_then(|begun| same_half(begun.at, reading.moment));
        let clock = later.or(reading.moment.clock);
        let date = beginning.and_then(|begun| begun.date_elsewhere(reading));
        let moment = Moment { clock, date: date.or(reading.moment.date) };
        let moment = complete(moment, reading, day, begun);
        Some(Fact::new(moment, span, reading.rule, reading.certainty))
    };
    // What is counted from the beginning says less than a moment of its own.
    let is_told = readings.iter().any(|reading| reading.since_start.is_none());
    let counts = |reading: &&Reading| !is_told || reading.since_start.is_none();
    readings.iter().filter(counts).filter_map(fact).collect()
}

/// A time of day where a length was asked for is the end, if it follows on the beginning and nothing else is the end.
fn end_or_length(moments: &mut Moments, begun: Option<Moment>) {
    let is_known = moments.resolved.iter().any(|reading| reading.certainty >= KNOWN);
    let follows = |reading: &Reading| {
        begun.is_some_and(|begun| {
            begun.precedes(Moment { date: None, ..reading.moment }) == Some(true)
        })
    };
    let ends = std::mem::take(&mut moments.ends_or_lengths);
    if let Some(end) = ends.into_iter().find(follows).filter(|_| !is_known) {
        let minutes = end.moment.clock.map(|clock| clock.seconds() as f64 / 60.0);
        moments.lengths.retain(|length| Some(length.value) != minutes);
        moments.resolved.push(end);
    }
}

/// A length that is said of the incident, and not only near it, is so sure.
const SAID_OF_IT: f32 = 0.8;
/// An end that is named one is so sure.
const NAMED_END: f32 = 0.9;
/// The day of a beginning holds for the rest where it is so sure.
const SURE_DAY: f32 = 0.85;
/// A day that a beginning has of its own holds for the rest where it is so sure.
const OWN_DAY: f32 = 0.7;
/// An end is known by a reading that is so sure.
const KNOWN: f32 = 0.7;

/// By how much less sure a reading is that a surer one contradicts.
const CONTRADICTED: f32 = 0.35;

/// What begins after it was noticed or over, or ends before it began, is a moment of something else.
fn doubt(readings: &mut [Fact<Moment>], sure: &Fact<Moment>, contradicts: impl Fn(Moment) -> bool) {
    for fact in readings {
        if fact.certainty < sure.certainty && contradicts(fact.value) {
            fact.certainty = (fact.certainty - CONTRADICTED).max(0.01);
        }
    }
}

/// The readings, led by the surest; where that one names only a day, by the surest with a time on that day.
fn finer(readings: Vec<Fact<Moment>>) -> Field<Moment> {
    let mut field = Field::of(readings);
    if let Some(best) = field.best()
        && best.value.clock.is_none()
        && let Some(finer) = field
            .readings()
            .iter()
            .find(|fact| fact.value.clock.is_some() && fact.value.date == best.value.date)
    {
        field.lead(finer.clone());
    }
    field
}

/// The days on which it could have begun: those that were read, and that of the start.
fn dates(
    days: &[Fact<PartialDate>],
    day: Option<PartialDate>,
    start: Option<&Fact<Moment>>,
) -> Field<PartialDate> {
    let mut days = days.to_vec();
    if let Some(fact) = start
        && let Some(date) = fact.value.date
    {
        // What a label, the title or the summary says of the start is the day; a row may come later.
        let certainty = if fact.rule == RuleId("time/timeline") { 0.9 } else { 0.98 };
        days.push(Fact::new(date, fact.evidence, fact.rule, certainty));
    }
    for fact in &mut days {
        fact.value = fact.value.with_year(day.and_then(|day| day.year));
    }
    let mut field = Field::of(days);
    // A month is completed by a day of it that stands elsewhere.
    if let Some(best) = field.best()
        && best.value.day.is_none()
        && let Some(finer) = field.readings().iter().find(|fact| Some(fact.value) == day)
    {
        field.lead(finer.clone());
    }
    field
}

/// `3:27`, `3시 27분`: it may be of either half of the day, and of any day. The entries of a timeline have settled it among
/// themselves.
fn is_bare(scope: &Scope<'_>, reading: &Reading) -> bool {
    if reading.rule == RuleId("time/timeline") {
        return false;
    }
    let text = scope.text(reading.range.clone());
    let is_hour = reading.moment.clock.is_some_and(|clock| (1..12).contains(&clock.hour));
    let is_alone = reading.moment.date.is_none() && !reading.has_half;
    is_alone && is_hour && text.starts_with(|letter: char| matches!(letter, '1'..='9'))
}

/// "From 2:05 pm … back at 2:30": the time of day twelve hours later, where that follows on what began after noon.
fn same_half(begun: Moment, moment: Moment) -> Option<Clock> {
    let (from, to) = (begun.clock?, moment.clock?);
    let later = Clock { hour: to.hour + 12, ..to };
    let passed = later.seconds() - from.seconds();
    (from.hour >= 12 && (0..=SAME_HALF).contains(&passed)).then_some(later)
}

/// Whoever stayed up over midnight did so for so many seconds at most.
const NIGHT: i64 = 16 * 60 * 60;

/// Whether a time of day is one of the night that follows a moment: 00:25 after 23:40.
pub(super) fn is_past_midnight(begun: Moment, moment: Moment) -> bool {
    let (Some(from), Some(to)) = (begun.clock, moment.clock) else { return false };
    let (from, to) = (from.seconds(), to.seconds());
    to < from && to + 24 * 60 * 60 - from <= NIGHT
}

/// "On Monday at 3 pm" of what began on a Sunday: the first such day from a day on.
fn next_weekday(day: PartialDate, weekday: Option<u8>) -> PartialDate {
    let begun = day.civil().map(|day| i64::from(day.weekday().to_monday_one_offset()));
    let passed =
        begun.zip(weekday).map(|(begun, weekday)| (i64::from(weekday) - begun).rem_euclid(7));
    day.plus_days(passed.unwrap_or_default())
}

/// The moment of a reading with its day: its own, else the incident's; after midnight of a window, or of a night, that began before it.
fn complete(
    mut moment: Moment,
    reading: &Reading,
    day: Option<PartialDate>,
    begun: Option<Moment>,
) -> Moment {
    match (moment.date, day) {
        (Some(date), Some(day)) => moment.date = Some(date.with_year(day.year)),
        (None, Some(day)) if moment.clock.is_some() && reading.day_of_month.is_some() => {
            moment.date = Some(PartialDate { day: reading.day_of_month, ..day });
        }
        (None, Some(day)) if moment.clock.is_some() && reading.weekday.is_some() => {
            moment.date = Some(next_weekday(day, reading.weekday));
        }
        (None, Some(day)) if moment.clock.is_some() => {
            let begun = begun.filter(|&begun| is_past_midnight(begun, moment));
            let start = reading.after.or(begun).map(|after| Moment {
                date: after.date.map(|date| date.with_year(day.year)).or(Some(day)),
                ..after
            });
            let clocks = (start.and_then(|start| start.clock), moment.clock);
            let wraps = matches!(clocks, (Some(from), Some(to)) if to < from);
            let base = start.and_then(|start| start.date).unwrap_or(day);
            let later = if wraps { reading.later.max(1) } else { reading.later };
            moment.date = Some(base.plus_days(i64::from(later)));
        }
        _ => {}
    }
    // Facts are told by the minute.
    moment.clock = moment.clock.map(|clock| Clock { second: 0, ..clock });
    moment
}
