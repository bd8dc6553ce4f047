//! Tables as timelines: which column holds what, and the rows that have a time.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::extract::time::TimeKind;
use crate::extract::timeline::Row;
use crate::extract::timeline::lead::unread;
use crate::model::when::PartialDate;
use crate::vocab::meaning::{Label, Meaning, SectionRole};

/// What the columns of a table hold, by its row of names.
pub(in crate::extract) fn column_labels(scope: &Scope<'_>, row: &Range<u32>) -> Vec<Option<Label>> {
    cells(scope, row)
        .into_iter()
        .map(|cell| {
            scope.covering(&cell, |meaning| match meaning {
                Meaning::Label(label) => Some(label),
                _ => None,
            })
        })
        .collect()
}

/// The cells of a row.
pub(in crate::extract) fn cells(scope: &Scope<'_>, row: &Range<u32>) -> Vec<Range<u32>> {
    let mut start = row.start;
    let mut cells = Vec::new();
    for cell in scope.text(row.clone()).split('\t') {
        let lead = (cell.len() - cell.trim_start().len()) as u32;
        let body = cell.trim().len() as u32;
        cells.push(start + lead..start + lead + body);
        start += cell.len() as u32 + 1;
    }
    cells
}

/// The day that the name of the first column gives to the rows: "Time (2 May 2024)".
pub(super) fn day_of(scope: &Scope<'_>, head: &Range<u32>) -> Option<PartialDate> {
    let first = cells(scope, head).into_iter().next()?;
    let [time] = scope.times(first) else { return None };
    time.first().filter(|stamp| stamp.clock.is_none() && time.last().is_none())?.date
}

/// So many columns about the document itself, as its version and its author, make a table of its versions.
const OF_DOCUMENT: usize = 2;

/// Whether a row tells of a day on which the document was drafted, reviewed or approved.
pub(super) fn is_version(scope: &Scope<'_>, row: &Row, columns: &[Option<Label>]) -> bool {
    if row.stamp.as_ref().is_none_or(|stamp| stamp.clock.is_some() || stamp.date.is_none()) {
        return false;
    }
    let is_written = |label: &&Option<Label>| **label == Some(Label::Written);
    columns.iter().filter(is_written).count() >= OF_DOCUMENT
        || column_labels(scope, &row.text).iter().any(|label| is_written(&label))
}

/// A row whose first filled cell, or whose time column, holds a time.
pub(super) fn table_row(
    scope: &Scope<'_>,
    index: usize,
    columns: &[Option<Label>],
    above: Option<PartialDate>,
) -> Option<Row> {
    let line = &scope.lines[index];
    let cells = cells(scope, &line.text);
    let is_time = |at: usize| {
        let column = columns.get(at).copied().flatten();
        at == 0 || matches!(column, Some(Label::Time | Label::Date | Label::Started))
    };
    let reads = |at: usize| {
        let mut times = scope.times(cells[at].clone()).iter();
        is_time(at) && times.any(|time| !matches!(time.kind, TimeKind::Length(_)))
    };
    let Some(at) = (0..cells.len().min(3)).find(|&at| reads(at)) else {
        let first = cells.first()?;
        let is_timeline = line.roles.has(SectionRole::Timeline) && cells.len() > 1;
        unread(scope, first).filter(|_| is_timeline)?;
        return Some(Row::untimed(index, cells[1].start..line.text.end, above));
    };
    let times = scope.times(cells[at].clone());
    let time = times.iter().find(|time| !matches!(time.kind, TimeKind::Length(_)))?;
    let date_before = at.checked_sub(1).and_then(|before| {
        scope.times(cells[before].clone()).first().and_then(|time| time.first()?.date)
    });
    let text = match cells.get(at + 1) {
        Some(next) => next.start..line.text.end.max(next.start),
        // The time stands behind what happened.
        None => line.text.start..cells[at].start.saturating_sub(1).max(line.text.start),
    };
    // A number for each day is a measurement, and no entry.
    let tells = scope.text(text.clone()).contains(char::is_alphabetic);
    if !tells && !line.roles.has(SectionRole::Timeline) {
        return None;
    }
    let body = line.text.clone();
    let stamp = time.first().cloned();
    Some(Row { stamp, body, ..Row::untimed(index, text, date_before.or(above)) })
}
