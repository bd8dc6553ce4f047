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
    for row in rows {
        let mut at = Moment::default();
        if let Some(stamp) = &row.stamp {
            let year = day.and_then(|day| day.year);
            let own = stamp.moment().date.map(|date| date.with_year(year));
            let later = stamp.days_later;
            if own.is_some() {
                current = own;
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
