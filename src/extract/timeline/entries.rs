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
    let mut weekdays = Weekdays::of(rows, day, descending);
    for row in rows {
        let mut at = Moment::default();
        if let Some(stamp) = &row.stamp {
            let year = day.and_then(|day| day.year);
            let own = stamp.moment().date.map(|date| date.with_year(year));
            let later = stamp.days_later;
            let is_new_day = row.nth.is_some() && row.nth != numbered.map(|(nth, _)| nth);
            if own.is_some() {
                current = own;
                weekdays.told(own);
            } else if let (true, Some(nth)) = (is_new_day, row.nth) {
                let base = current.or(first).or(day);
                let passed = numbered.map_or(0, |(before, _)| i64::from(nth) - i64::from(before));
                let start = numbered.map_or(base, |(_, start)| start);
                current = start.map(|start| start.plus_days(passed));
                numbered = Some((nth, current));
            } else if let Some(date) = weekdays.date(stamp.weekday, current.or(first).or(day)) {
                current = Some(date);
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

/// The days of the week that rows name in place of a date: the first is the day of the incident, or lies beside it where
/// another row names that; each later one follows on it.
struct Weekdays {
    last: Option<(u8, PartialDate)>,
    /// Some row names that of the incident.
    is_anchored: bool,
    descending: bool,
}

impl Weekdays {
    fn of(rows: &[Row], day: Option<PartialDate>, descending: bool) -> Self {
        let named: Vec<u8> = rows.iter().filter_map(|row| row.stamp.as_ref()?.weekday).collect();
        let is_anchored = day.and_then(weekday_of).is_some_and(|day| named.contains(&day));
        // Newest first: most steps are shorter back than on.
        let steps = || named.windows(2).map(|pair| days_between(pair[0], pair[1]));
        let on = steps().filter(|step| (1..=3).contains(step)).count();
        let back = steps().filter(|&step| step > 3).count();
        Self { last: None, is_anchored, descending: descending || back > on.max(1) }
    }

    /// A row has a date of its own.
    fn told(&mut self, date: Option<PartialDate>) {
        self.last = date.and_then(|date| Some((weekday_of(date)?, date))).or(self.last);
    }

    fn date(&mut self, weekday: Option<u8>, base: Option<PartialDate>) -> Option<PartialDate> {
        let (weekday, base) = weekday.zip(base)?;
        let (last, known) = (self.last, weekday_of(base).filter(|_| self.is_anchored));
        let date = match (last, known) {
            (Some((last, date)), _) if self.descending => {
                date.plus_days(-days_between(weekday, last))
            }
            (Some((last, date)), _) => date.plus_days(days_between(last, weekday)),
            (None, Some(known)) => base.plus_days((days_between(known, weekday) + 3) % 7 - 3),
            (None, None) => base,
        };
        self.last = Some((weekday, date));
        Some(date)
    }
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
