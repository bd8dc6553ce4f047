//! Times after a label, or below a heading, that says what they are.

use std::ops::Range;

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::time::{Stamp, TimeKind, TimeMention};
use crate::extract::timeline::updates::posted;
use crate::extract::when::prose::{ANSWER, goes_on, is_from_notice, is_to_notice, push};
use crate::extract::when::words::{asks, event_in};
use crate::extract::when::{Moments, Reading, day, lengths, reading};
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Lang;
use crate::vocab::Mention;
use crate::vocab::meaning::{Event, Label, Meaning, SectionRole};

/// The label that holds for a line: its own, or that of the heading above it.
pub(in crate::extract) fn label_of(scope: &Scope<'_>, index: usize) -> Option<(Label, Range<u32>)> {
    let line = &scope.lines[index];
    if posted(scope, line).is_some() {
        return None;
    }
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
            Event::Closes
            | Event::Precedes
            | Event::Lasts
            | Event::Recurs
            | Event::Hours
            | Event::Holds
            | Event::Onset
            | Event::Plans
            | Event::Suffers
            | Event::Again
            | Event::Relapses => None,
        }?;
        return Some((meaning, label.value.clone()));
    }
    let part = &scope.parts[line.part as usize];
    // "Incident 2024-05-03" says what all below it is about.
    let label = part.label.filter(|&label| !line.opens && label != Label::Title)?;
    // A heading's label holds for the lines right below it.
    let near = part.heading.is_some_and(|heading| index - heading as usize <= 3);
    (near && line.label.as_ref().is_none_or(|own| own.meaning.is_none()))
        .then(|| (label, line.text.clone()))
}

/// The first moment below a heading that asks for it.
fn answer(scope: &Scope<'_>, index: usize, found: &mut Moments) {
    let line = &scope.lines[index];
    let Some(heading) = scope.parts[line.part as usize].heading else { return };
    let is_next = heading as usize + 1 == index && !line.opens;
    let Some(event) = is_next.then(|| asks(scope, &scope.lines[heading as usize].text)).flatten()
    else {
        return;
    };
    let stamp = scope.times(line.text.clone()).first().and_then(TimeMention::first);
    if let Some(stamp) = stamp.filter(|stamp| stamp.clock.is_some()) {
        push(event, reading(stamp, RuleId("time/label"), ANSWER), found);
    }
}

/// The value of a heading's label has so many words at most.
const MOST_WORDS: usize = 12;
/// How sure a bare "Date" is of the incident where it stands among what is said of the report.
const WRITTEN: f32 = 0.72;

/// "Date" alone may be the day of the report; other labels say of what.
fn is_plain(scope: &Scope<'_>, line: &Line) -> bool {
    // `발생일` is one word, and says of what.
    let names_start = |name: &Range<u32>| scope.says(name, Meaning::Label(Label::Started));
    line.label.as_ref().is_some_and(|own| {
        !scope.text(own.name.clone()).trim().contains(' ') && !names_start(&own.name)
    })
}

/// Whether a labelled line stands in the head of a mail: the lines around it tell who wrote to whom, or of what.
fn is_of_mail(scope: &Scope<'_>, index: usize) -> bool {
    let heads = |line: &Line| {
        let Some(label) = &line.label else { return false };
        let name = || scope.text(label.name.clone()).trim().to_lowercase();
        // "From: 09:05" is a time of day.
        scope.times(label.value.clone()).is_empty() && scope.vocab.clock.heads_mail(&name())
    };
    let is_label = |line: &&Line| line.label.is_some();
    let above = scope.lines[..index].iter().rev().take(LONGEST_HEAD).take_while(is_label);
    let below = scope.lines[index + 1..].iter().take(LONGEST_HEAD).take_while(is_label);
    above.chain(below).any(heads)
}

/// So many lines of the head of a mail stand at most above or below its date.
const LONGEST_HEAD: usize = 4;

/// Whether the lines around a bare "Date" tell who wrote the report. A report has a day; only what
/// happened went on from one moment to another.
pub(super) fn is_of_report(scope: &Scope<'_>, index: usize) -> bool {
    if scope.times(scope.lines[index].text.clone()).iter().any(|time| time.last().is_some()) {
        return false;
    }
    if is_of_mail(scope, index) {
        return true;
    }
    let near = index.saturating_sub(2)..(index + 3).min(scope.lines.len());
    let says = |wanted: &[Label]| {
        let mut labels = scope.lines[near.clone()].iter().filter_map(|line| line.label.as_ref());
        labels.any(|label| label.meaning.is_some_and(|meaning| wanted.contains(&meaning)))
    };
    // Beside the moments of the incident it is the incident's, whoever else is named there.
    is_plain(scope, &scope.lines[index])
        && says(&[Label::Written, Label::Owner])
        && !says(&[Label::Started, Label::Detected, Label::Resolved])
}

/// Times after a label that says what they are.
pub(super) fn labelled(scope: &Scope<'_>, index: usize, found: &mut Moments) {
    let line = &scope.lines[index];
    // "Status" names a part at the end of a report as well.
    let is_state = line.label.as_ref().is_some_and(|own| own.meaning == Some(Label::Status));
    let roles = if is_state { scope.parts[line.part as usize].roles } else { line.roles };
    if roles.any(&[SectionRole::Actions, SectionRole::Lessons, SectionRole::Appendix]) {
        return;
    }
    let Some((label, value)) = label_of(scope, index) else {
        answer(scope, index, found);
        return;
    };
    let in_timeline = line.roles.has(SectionRole::Timeline);
    let times = scope.times(value.clone());
    // A sentence below a heading tells more than what the heading asks for.
    let own = line.label.as_ref().is_some_and(|own| own.value == value);
    let tells = !own && scope.text(value.clone()).split_whitespace().count() > MOST_WORDS;
    let moment =
        matches!(label, Label::Started | Label::Detected | Label::Mitigated | Label::Resolved);
    if times.is_empty() || tells && moment {
        return;
    }
    if own && moment && is_bare(scope, line, &times[0]) {
        return;
    }
    let rule = RuleId("time/label");
    // What the report says of itself stands at its top; further down, labels are of parts and of evidence.
    let far = (index as f32 * 0.001).min(FAR_DOWN);
    let sure = if in_timeline { 0.8 } else { 0.97 } - far;
    match label {
        // "Noticed by: a health check (13:04)": less sure, for it asks for no time.
        Label::DetectedBy if own => {
            point(times, &mut found.detected, &mut Vec::new(), rule, sure - 0.1);
        }
        Label::Date => {
            let plain = is_plain(scope, line);
            let written = is_of_report(scope, index);
            let certainty = match (written, plain) {
                (true, _) => WRITTEN,
                (_, true) => 0.87,
                _ => 0.95,
            };
            day(scope, times, rule, certainty, found);
            let has_clock =
                times.iter().any(|time| time.first().is_some_and(|stamp| stamp.clock.is_some()));
            // A mail was sent then.
            if has_clock && !in_timeline && !is_of_mail(scope, index) {
                window(scope, times, rule, if written { WRITTEN } else { 0.93 }, found);
            }
        }
        // "Date: 3 May", and below it "Time: 09:05".
        Label::Time
            if own && !in_timeline && is_set_off(scope, line) && stands_by_date(scope, index) =>
        {
            window(scope, times, rule, BESIDE_DATE, found);
        }
        Label::Status if own => over_since(scope, &value, times, found),
        _ => named(scope, label, times, sure, found),
    }
}

/// Whether a sign stands between a label and its value: "At 10:05 it broke" is a sentence.
fn is_set_off(scope: &Scope<'_>, line: &Line) -> bool {
    matches!(line.kind, LineKind::Row(..))
        || line
            .label
            .as_ref()
            .is_some_and(|own| !scope.text(own.name.end..own.value.start).trim().is_empty())
}

/// "Over 45 days the log grew": a word right before a length is no name of a moment; "Resolved 40 minutes later" and
/// `복구 40분 소요` do name one.
fn is_bare(scope: &Scope<'_>, line: &Line, time: &TimeMention) -> bool {
    let behind = scope.text(time.end..line.text.end).split_whitespace().next();
    let behind = behind.unwrap_or_default().trim_end_matches('.').to_lowercase();
    matches!(time.kind, TimeKind::Length(_))
        && scope.lang == Lang::En
        && !scope.vocab.clock.counts_on(&behind)
        && !is_set_off(scope, line)
}

/// "Status: resolved (4 May)": the moment that stands beside a state which is an end.
fn over_since(scope: &Scope<'_>, state: &Range<u32>, times: &[TimeMention], found: &mut Moments) {
    let Some(stamp) = times.first().and_then(TimeMention::first) else { return };
    let before = state.start..stamp.start.max(state.start);
    let ends = scope
        .mentions(before.clone())
        .filter(|said| said.meaning == Meaning::Event(Event::Resolves));
    // "Resolved, report written on 4 May" and "fixed in release 4.2 (4 May)" have a day of something else.
    let is_beside = |said: &Mention| {
        let mut words = scope
            .text(said.end.min(before.end)..before.end)
            .split(|sign: char| !sign.is_alphanumeric());
        words.all(|word| {
            word.is_empty() || scope.vocab.clock.connector(&word.to_lowercase()).is_some()
        })
    };
    if ends.into_iter().any(is_beside) {
        let sure = if stamp.clock.is_some() { STATE } else { STATE_DAY };
        found.resolved.push(reading(stamp, RuleId("time/label"), sure));
    }
}

/// How sure the moment of a state is the end, and a day of one: its report may have been closed then.
const STATE: f32 = 0.6;
const STATE_DAY: f32 = 0.5;

/// By how much less sure a label is that stands far down.
const FAR_DOWN: f32 = 0.04;
/// How sure a bare "Time" beside the date is of the incident.
const BESIDE_DATE: f32 = 0.86;

/// Whether the line above or below a labelled line gives the date of the incident.
fn stands_by_date(scope: &Scope<'_>, index: usize) -> bool {
    let gives_date = |at: usize| {
        let label = scope.lines.get(at).and_then(|line| line.label.as_ref());
        label.is_some_and(|label| label.meaning == Some(Label::Date)) && !is_of_report(scope, at)
    };
    gives_date(index + 1) || index.checked_sub(1).is_some_and(gives_date)
}

/// The times that the name of a moment, or of a length, stands before or above.
pub(super) fn named(
    scope: &Scope<'_>,
    label: Label,
    times: &[TimeMention],
    sure: f32,
    found: &mut Moments,
) {
    let rule = RuleId("time/label");
    let mut no_end = Vec::new();
    match label {
        Label::Started => point(times, &mut found.started, &mut found.resolved, rule, sure),
        Label::Detected => point(times, &mut found.detected, &mut no_end, rule, sure),
        Label::Mitigated => point(times, &mut found.mitigated, &mut no_end, rule, sure),
        Label::Resolved => match times.iter().find_map(TimeMention::last) {
            // "Recovery: 10:05-10:20": it was over when the recovery was.
            Some(end) if end.clock.is_some() => found.resolved.push(reading(end, rule, sure)),
            _ => point(times, &mut found.resolved, &mut no_end, rule, sure),
        },
        Label::Duration => how_long(scope, times, rule, sure, found),
        _ => {}
    }
    if matches!(label, Label::Started | Label::Detected) {
        day(scope, times, rule, 0.97, found);
    }
    if matches!(label, Label::Started | Label::Resolved) {
        let is_own = |time: &&TimeMention| {
            let sentence = scope.sentence_at(time.start);
            !is_to_notice(scope, &sentence, time) && !is_from_notice(scope, &sentence, time)
        };
        let own: Vec<TimeMention> = times.iter().filter(is_own).cloned().collect();
        lengths(scope, &own, rule, 0.8, found);
    }
}

/// A length, or the window that it is the length of.
fn how_long(
    scope: &Scope<'_>,
    times: &[TimeMention],
    rule: RuleId,
    sure: f32,
    found: &mut Moments,
) {
    if let Some((minutes, stamp)) = hours_and_minutes(times) {
        let place = scope.span(stamp.start..stamp.end);
        found.lengths.push(Fact::new(minutes, place, rule, 0.9));
        if minutes >= HARDLY_SO_LONG {
            found.ends_or_lengths.push(reading(stamp, rule, 0.86));
        }
    } else {
        day(scope, times, rule, 0.9, found);
        window(scope, times, rule, sure - 0.02, found);
        lengths(scope, times, rule, sure - 0.02, found);
        if let Some((days, time)) = whole_days(times) {
            let place = scope.span(time.start..time.end);
            found.lengths.push(Fact::new(days * 1440.0, place, rule, 0.9));
        }
    }
}

/// "Time to recovery: 14:20" is rather when it was than how long it took: so many minutes or more.
const HARDLY_SO_LONG: f64 = 8.0 * 60.0;

/// The first moment after a label; of a range the other end as well. A length is counted from the beginning.
fn point(
    times: &[TimeMention],
    first: &mut Vec<Reading>,
    last: &mut Vec<Reading>,
    rule: RuleId,
    certainty: f32,
) {
    let Some(time) = times.iter().find(|time| time.first().is_some()) else {
        if let [TimeMention { kind: TimeKind::Length(minutes), start, end }] = *times {
            first.push(Reading::later(minutes, start..end, rule, certainty - 0.1));
        }
        return;
    };
    let Some(stamp) = time.first() else { return };
    let vague = if stamp.clock.is_some() { 0.0 } else { 0.08 };
    first.push(reading(stamp, rule, certainty - vague));
    if let Some(end) = time.last() {
        last.push(Reading { after: Some(stamp.moment()), ..reading(end, rule, certainty - 0.02) });
    }
}

/// `01:30:00` alone where a length is asked for: hours, minutes and seconds.
fn hours_and_minutes(times: &[TimeMention]) -> Option<(f64, &Stamp)> {
    let [time] = times else { return None };
    let stamp = time.first().filter(|stamp| {
        time.last().is_none() && stamp.date.is_none() && stamp.zone.is_none() && !stamp.has_half
    })?;
    Some((stamp.clock?.seconds() as f64 / 60.0, stamp))
}

/// "10 January to 25 February 2023": the days from the first to the last.
fn whole_days(times: &[TimeMention]) -> Option<(f64, &TimeMention)> {
    times.iter().find_map(|time| {
        let (from, to) = (time.first()?, time.last()?);
        let without_clock = from.clock.is_none() && to.clock.is_none();
        let (from, to) = (from.date?.civil()?, to.date?.civil()?);
        let days = (to - from).get_days();
        (without_clock && days > 0).then(|| (f64::from(days), time))
    })
}

/// A window: a range, or two moments one after the other.
fn window(
    scope: &Scope<'_>,
    times: &[TimeMention],
    rule: RuleId,
    certainty: f32,
    found: &mut Moments,
) {
    if let Some((from, to)) = times.iter().find_map(|time| Some((time.first()?, time.last()?))) {
        let ends = times.windows(2).take_while(|pair| goes_on(scope, &pair[0], &pair[1]));
        let to = ends.last().and_then(|pair| pair[1].last()).unwrap_or(to);
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
