//! Tables that give the moments of an incident: below the names of columns, or beside their names in a row.

use std::ops::Range;

use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::extract::timeline::table::{cells, column_labels};
use crate::extract::when::label::named;
use crate::extract::when::words::event_of;
use crate::extract::when::{Moments, day};
use crate::model::fact::RuleId;
use crate::vocab::meaning::{Label, SectionRole};

/// How sure such a table is.
const SURE: f32 = 0.93;
/// Rows above that tell of one incident, or of the parts of one; a longer table is a list of many.
const MOST_ROWS: usize = 6;

/// The names of the columns of a table, and its rows that were read.
struct Table {
    number: u32,
    labels: Vec<Option<Label>>,
    rows: usize,
    /// Its columns say the same times in several zones.
    is_by_zones: bool,
}

/// Reads all tables.
pub(super) fn columns(scope: &Scope<'_>, found: &mut Moments) {
    let mut table: Option<Table> = None;
    for (index, line) in scope.lines.iter().enumerate() {
        let LineKind::Row(number, _) = line.kind else { continue };
        let is_known = table.as_ref().is_some_and(|table| table.number == number);
        if !is_known {
            let is_by_zones = names_zones(scope, &line.text);
            let labels = column_labels(scope, &line.text);
            table = Some(Table { number, labels, rows: 0, is_by_zones });
        }
        if line.roles.any(&[SectionRole::Actions, SectionRole::Timeline, SectionRole::Appendix]) {
            continue;
        }
        let cells = cells(scope, &line.text);
        match &mut table {
            Some(table)
                if names_moments(&table.labels)
                    || names_length(&table.labels) && tells_of_all(scope, index) =>
            {
                if is_known && table.rows < MOST_ROWS {
                    below(scope, table, &cells, found);
                }
            }
            table => {
                let is_by_zones = table.as_ref().is_some_and(|table| table.is_by_zones);
                beside(scope, &cells, is_by_zones, found);
            }
        }
    }
}

/// Whether the columns are several moments of an incident, and not what happened when.
fn names_moments(labels: &[Option<Label>]) -> bool {
    let moments = labels.iter().flatten().filter(|&&label| event_of(label).is_some());
    moments.count() >= 2
}

/// `Event | Time (UTC) | Time (KST)`: whether several columns each name a zone.
fn names_zones(scope: &Scope<'_>, head: &Range<u32>) -> bool {
    let named = cells(scope, head).into_iter().filter(|cell| !scope.zones(cell.clone()).is_empty());
    named.count() > 1
}

/// Whether a column is how long it lasted.
fn names_length(labels: &[Option<Label>]) -> bool {
    labels.contains(&Some(Label::Duration))
}

/// Whether a row is the only one below the names of the columns where the impact is told: it tells of the whole incident.
fn tells_of_all(scope: &Scope<'_>, index: usize) -> bool {
    let LineKind::Row(number, false) = scope.lines[index].kind else { return false };
    let is_impact = scope.lines[index].roles.any(&[SectionRole::Summary, SectionRole::Impact]);
    let kind = |at: usize| scope.lines.get(at).map(|line| line.kind);
    is_impact
        && index.checked_sub(1).and_then(kind) == Some(LineKind::Row(number, true))
        && kind(index + 1) != Some(LineKind::Row(number, false))
}

/// Cells below the names of their columns. It began with the first row and ended with the last.
fn below(scope: &Scope<'_>, table: &mut Table, cells: &[Range<u32>], found: &mut Moments) {
    let is_first = table.rows == 0;
    let mut is_row = false;
    for (label, cell) in table.labels.iter().zip(cells) {
        let times = scope.times(cell.clone());
        let Some(label) = label.filter(|_| !times.is_empty()) else { continue };
        is_row |= event_of(label).is_some();
        match label {
            Label::Resolved | Label::Mitigated => {
                // Of equals the last one counts.
                named(scope, label, times, SURE, found);
            }
            Label::Date if is_first => day(scope, times, RuleId("time/label"), SURE, found),
            Label::Started | Label::Detected | Label::Duration if is_first => {
                named(scope, label, times, SURE, found);
            }
            _ => {}
        }
    }
    table.rows += usize::from(is_row);
}

/// Cells behind their names, more than one such pair or more than one value in a row; where these are one time in several
/// zones, the first counts.
fn beside(scope: &Scope<'_>, cells: &[Range<u32>], is_by_zones: bool, found: &mut Moments) {
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    if filled <= 2 {
        return;
    }
    let labels: Vec<Option<Label>> = cells.iter().map(|cell| label_of(scope, cell)).collect();
    let mut at = 0;
    while at < cells.len() {
        let Some(label) = labels[at] else {
            at += 1;
            continue;
        };
        let end = (at + 1..cells.len()).find(|&next| labels[next].is_some()).unwrap_or(cells.len());
        let mut timed =
            cells[at + 1..end].iter().filter(|cell| !scope.times((*cell).clone()).is_empty());
        // Of several incidents side by side the last one ends it.
        let is_last = label == Label::Resolved && !is_by_zones;
        let value = if is_last { timed.next_back() } else { timed.next() };
        if let Some(value) = value {
            named(scope, label, scope.times(value.clone()), SURE, found);
        }
        at = end;
    }
}

/// The moment or length that a cell names.
fn label_of(scope: &Scope<'_>, cell: &Range<u32>) -> Option<Label> {
    let label = column_labels(scope, cell).into_iter().next().flatten()?;
    (event_of(label).is_some() || label == Label::Duration).then_some(label)
}
