//! Tables of action items: which column says what is to be done, and which rows do.

use std::ops::Range;

use crate::extract::action::detail::{blank, status};
use crate::extract::action::is_blank;
use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::timeline::table::{cells, column_labels};
use crate::model::action::Action;
use crate::vocab::meaning::{Label, Meaning, SectionRole};
use crate::vocab::pattern::is_letter;

/// What the columns of a table hold.
pub(super) struct Columns {
    /// Which table.
    pub(super) table: u32,
    /// By their names.
    pub(super) labels: Vec<Option<Label>>,
    /// A column has a name that only measures have: "What we will do".
    is_named: bool,
}

/// A name has so many letters at least to be one of nothing but measures.
const LETTERS_OF_NAME: usize = 3;

/// What a measure has besides what is to be done.
pub(super) const DETAILS: [Label; 4] = [Label::Owner, Label::Due, Label::Status, Label::Priority];

impl Columns {
    /// Reads the row of names.
    pub(super) fn read(scope: &Scope<'_>, table: u32, names: &Range<u32>) -> Self {
        let mut labels = column_labels(scope, names);
        let mut is_named = false;
        for (cell, label) in cells(scope, names).into_iter().zip(&mut labels) {
            let measures =
                |meaning| (meaning == Meaning::Heading(SectionRole::Actions)).then_some(());
            let letters =
                scope.text(cell.clone()).chars().filter(|letter| is_letter(*letter)).count();
            if letters >= LETTERS_OF_NAME && scope.covering(&cell, measures).is_some() {
                *label = Some(Label::Action);
                is_named = true;
            }
        }
        Self { table, labels, is_named }
    }

    /// Whether they say that each row is a measure, wherever the table stands; in a document that has its measures
    /// elsewhere a name alone does not.
    pub(super) fn tell_measures(&self, has_own: bool) -> bool {
        let has_details = self.labels.iter().flatten().any(|label| DETAILS.contains(label));
        self.labels.contains(&Some(Label::Action))
            && !self.labels.contains(&Some(Label::Time))
            && !has_own
            && (has_details || self.is_named)
    }

    /// Whether the first of them, and no other, has a name of a table of measures.
    pub(super) fn begin_with_measures(&self) -> bool {
        let mut others = self.labels.iter().skip(1);
        self.labels.first() == Some(&Some(Label::Action)) && others.all(Option::is_none)
    }

    /// Whether a row names a detail of measures that stand beside each other.
    pub(super) fn turned(&self, scope: &Scope<'_>, index: usize) -> bool {
        self.begin_with_measures() && detail_of(scope, &scope.lines[index]).is_some()
    }
}

/// The detail that a row of a turned table holds, by its first cell.
fn detail_of(scope: &Scope<'_>, line: &Line) -> Option<Label> {
    let names = column_labels(scope, &line.text);
    names.first().copied().flatten().filter(|label| DETAILS.contains(label))
}

/// The measures of a table that has them beside each other, each with its details below it.
pub(super) fn turned(scope: &Scope<'_>, head: usize, table: u32) -> Vec<Action> {
    let names = Columns::read(scope, table, &scope.lines[head].text);
    if !names.begin_with_measures() {
        return Vec::new();
    }
    let below = scope.lines.iter().skip(head + 1);
    let rows: Vec<&Line> =
        below.take_while(|line| line.kind == LineKind::Row(table, false)).collect();
    let details: Vec<Option<Label>> = rows.iter().map(|row| detail_of(scope, row)).collect();
    if rows.is_empty() || details.contains(&None) {
        return Vec::new();
    }
    let of = |wanted: Label, column: usize| {
        let row = details.iter().position(|detail| *detail == Some(wanted))?;
        cells(scope, &rows[row].text).get(column).cloned().filter(|cell| !cell.is_empty())
    };
    let measures = cells(scope, &scope.lines[head].text).into_iter().enumerate().skip(1);
    measures
        .filter(|(_, cell)| !cell.is_empty() && !is_blank(scope, cell))
        .map(|(column, cell)| filled(scope, blank(scope, cell), |wanted| of(wanted, column)))
        .collect()
}

/// A row whose only words are bold names the group of the rows below it.
pub(super) fn is_group(scope: &Scope<'_>, line: &Line) -> bool {
    let cells = cells(scope, &line.text);
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else { return false };
    scope.strong_at(only.start).is_some_and(|strong| strong.end >= only.end)
}

/// A row: the column that names the measure, else the longest cell.
pub(super) fn row(scope: &Scope<'_>, line: &Line, columns: &[Option<Label>]) -> Option<Action> {
    let cells = cells(scope, &line.text);
    let of = |wanted: Label| {
        let at = columns.iter().position(|label| *label == Some(wanted))?;
        cells.get(at).cloned().filter(|cell| !cell.is_empty())
    };
    let longest = cells.iter().max_by_key(|cell| cell.end - cell.start).cloned()?;
    let text = of(Label::Action)
        .filter(|cell| scope.text(cell.clone()).chars().count() >= 4)
        .unwrap_or(longest);
    if text.is_empty() || is_blank(scope, &text) {
        return None;
    }
    let mut action = filled(scope, blank(scope, text), of);
    action.span = scope.span(line.text.clone());
    action.status = action.status.or_else(|| status(scope, &line.text));
    Some(action)
}

/// An action with what its other cells tell.
fn filled(
    scope: &Scope<'_>,
    mut action: Action,
    of: impl Fn(Label) -> Option<Range<u32>>,
) -> Action {
    action.owner = of(Label::Owner)
        .map(|cell| scope.text(cell).to_owned())
        .filter(|owner| owner.chars().any(char::is_alphanumeric));
    action.due = of(Label::Due).and_then(|cell| {
        scope.times(cell).iter().find_map(|time| time.last().or(time.first())?.date)
    });
    action.status = of(Label::Status).and_then(|cell| status(scope, &cell));
    action
}
