//! The entries of a timeline with their dates and kinds: what was read as rows, settled.

use crate::extract::scope::Scope;
use crate::extract::timeline::Row;
use crate::model::timeline::{Entry, EntryKind};
use crate::model::when::{Clock, Moment, PartialDate};
use crate::vocab::meaning::Meaning;

/// The day of the first row: its own or that above it, else that of the first row with one, less the
/// midnights between.
pub(in crate::extract) fn first_day(rows: &[Row]) -> Option<PartialDate> {
    let dated = |row: &Row| row.stamp.as_ref().and_then(|stamp| stamp.date).or(row.above);
    let first = rows.iter().position(|row| dated(row).is_some())?;
    let date = dated(&rows[first])?;
    let clocks: Vec<_> =
        rows[..=first].iter().filter_map(|row| row.stamp.as_ref()?.clock).collect();
    let midnights = clocks.windows(2).filter(|pair| is_past_midnight(pair[0], pair[1])).count();
    Some(date.plus_days(-(midnights as i64)))
}

/// Whether the second of two rows is of the next day.
fn is_past_midnight(before: Clock, now: Clock) -> bool {
    before.hour >= 18 && now.hour <= 9
}

/// The entries with their dates: what stands above, else the day of the incident, rolling over midnight.
pub(in crate::extract) fn entries(
    scope: &Scope<'_>,
    rows: &[Row],
    day: Option<PartialDate>,
) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut current: Option<PartialDate> = None;
    let first = first_day(rows).filter(|_| !is_descending(rows));
    let mut above: Option<PartialDate> = None;
    let mut last_later = 0;
    let descending = is_descending(rows);
    let mut numbered: Option<(u8, Option<PartialDate>)> = None;
    let year = day.and_then(|day| day.year);
    let weekdays = weekdays(rows, first.or(day), year, descending);
    for (row, dated) in rows.iter().zip(weekdays) {
        let mut at = Moment::default();
        if let Some(stamp) = &row.stamp {
            let own = stamp.moment().date.map(|date| date.with_year(year));
            let later = stamp.days_later;
            let is_new_day = row.nth.is_some() && row.nth != numbered.map(|(nth, _)| nth);
            if own.is_some() {
                current = own;
            } else if let (true, Some(nth)) = (is_new_day, row.nth) {
                let base = current.or(first).or(day);
                let passed = numbered.map_or(0, |(before, _)| i64::from(nth) - i64::from(before));
                let start = numbered.map_or(base, |(_, start)| start);
                current = start.map(|start| start.plus_days(passed));
                numbered = Some((nth, current));
            } else if dated.is_some() {
                current = dated;
            } else if later != 0 {
                // Two rows of "the next day" are of one day.
                let again = last_later == later;
                let base = current.or(first).or(day);
                current =
                    if again { base } else { base.map(|date| date.plus_days(i64::from(later))) };
            } else if row.above.is_some() && row.above != above {
                above = row.above;
                current = above.map(|date| date.with_year(year));
            } else if let Some(last) = entries.last()
                && let (Some(before), Some(now)) = (last.at.clock, stamp.clock)
                && !descending
                && is_past_midnight(before, now)
            {
                current = current.map(|date| date.plus_days(1));
            }
            last_later = later;
            current = current.or(first.map(|date| date.with_year(year))).or(day);
            at = Moment { date: current, clock: stamp.clock };
        }
        entries.push(Entry {
            at,
            text: scope.text(row.text.clone()).split_whitespace().collect::<Vec<_>>().join(" "),
            kind: kind(scope, row),
            span: scope.span(scope.lines[row.line].text.clone()),
        });
    }
    entries
}

/// The dates of rows that name a day of the week in place of one: counted to both sides from a row that has a date, else from
/// the first that names the weekday of the incident. Where no row does, the first lies beside the day of the incident.
fn weekdays(
    rows: &[Row],
    day: Option<PartialDate>,
    year: Option<i16>,
    descending: bool,
) -> Vec<Option<PartialDate>> {
    let own = |row: &Row| Some(row.stamp.as_ref()?.moment().date?.with_year(year));
    let mut dates: Vec<Option<PartialDate>> = rows.iter().map(own).collect();
    let named = |(at, row): (usize, &Row)| {
        let weekday = dates[at].and_then(weekday_of).or(row.stamp.as_ref()?.weekday)?;
        Some((at, weekday))
    };
    let named: Vec<(usize, u8)> = rows.iter().enumerate().filter_map(named).collect();
    // Newest first: most steps are shorter back than on.
    let steps = || named.windows(2).map(|pair| days_between(pair[0].1, pair[1].1));
    let on = steps().filter(|step| (1..=3).contains(step)).count();
    let back = steps().filter(|&step| step > 3).count();
    let descending = descending || back > on.max(1);
    let step = |from: u8, to: u8| match descending {
        true => -days_between(to, from),
        false => days_between(from, to),
    };
    let of_day = day.and_then(weekday_of);
    let anchor = named.iter().position(|&(at, _)| dates[at].is_some());
    let anchor = anchor.or_else(|| named.iter().position(|&(_, weekday)| Some(weekday) == of_day));
    // Two days of the week are not both a slip: the incident's lies beside them.
    let is_slip = named.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let beside = |weekday: u8| match of_day.filter(|_| anchor.is_none() && !is_slip) {
        Some(of_day) => (days_between(of_day, weekday) + 3) % 7 - 3,
        None => 0,
    };
    let first = named.get(anchor.unwrap_or_default());
    if let Some(&(at, weekday)) = first {
        dates[at] = dates[at].or(day.map(|day| day.plus_days(beside(weekday))));
    }
    let anchor = anchor.unwrap_or_default();
    for pair in named.windows(2).skip(anchor) {
        let next = dates[pair[0].0].map(|date| date.plus_days(step(pair[0].1, pair[1].1)));
        dates[pair[1].0] = dates[pair[1].0].or(next);
    }
    for pair in named.windows(2).take(anchor).rev() {
        dates[pair[0].0] = dates[pair[1].0].map(|date| date.plus_days(-step(pair[0].1, pair[1].1)));
    }
    dates
}

/// Days from one day of the week to the next other.
fn days_between(from: u8, to: u8) -> i64 {
    (i64::from(to) - i64::from(from)).rem_euclid(7)
}

/// 1 to 7, of a whole date.
fn weekday_of(date: PartialDate) -> Option<u8> {
    Some(date.civil()?.weekday().to_monday_one_offset() as u8)
}

/// Newest first.
fn is_descending(rows: &[Row]) -> bool {
    let clocks: Vec<_> = rows.iter().filter_map(|row| row.stamp.as_ref()?.clock).collect();
    let down = clocks.windows(2).filter(|pair| pair[1] < pair[0]).count();
    clocks.len() > 2 && down * 3 > clocks.len() * 2
}

/// What an entry tells: the end, a false lead, a measure, the first sign, in that order of weight.
fn kind(scope: &Scope<'_>, row: &Row) -> Option<EntryKind> {
    let range = row.body.clone();
    let mut found: Vec<EntryKind> = Vec::new();
    for mention in scope.mentions(range) {
        if let Meaning::Entry(kind) = mention.meaning {
            found.push(kind);
        }
    }
    const ORDER: [EntryKind; 8] = [
        EntryKind::FalseLead,
        EntryKind::Resolution,
        EntryKind::Detection,
        EntryKind::Mitigation,
        EntryKind::Start,
        EntryKind::Investigation,
        EntryKind::Communication,
        EntryKind::Trigger,
    ];
    ORDER.into_iter().find(|kind| found.contains(kind))
}
