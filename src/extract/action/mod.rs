//! Action items: the leaves of the sections on what is to be done.

mod detail;
mod nest;
mod plain;
mod shape;
mod table;

use std::ops::Range;

use crate::extract::action::detail::item;
use crate::extract::action::shape::Shape;
use crate::extract::action::table::{Columns, is_group, row, turned};
use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::model::action::Action;
use crate::vocab::meaning::{Cue, Leftover, Meaning, SectionRole};

/// The action items, in order of the text.
pub(super) fn actions(scope: &Scope<'_>) -> Vec<Action> {
    let shape = Shape::new(scope);
    // What is to be done stands in its own part, else among the lessons.
    let has_leaf = scope.lines.iter().enumerate().any(|(index, line)| {
        let is_row = matches!(line.kind, LineKind::Row(_, false));
        line.roles.has(SectionRole::Actions) && (is_row || shape.is_leaf(scope, index))
    });
    let has_own = has_leaf || shape.has_headed();
    let (mut found, mut prose) = (Vec::new(), 0usize);
    let mut columns: Option<Columns> = None;
    let mut table_is_open = false;
    for (index, line) in scope.lines.iter().enumerate() {
        let in_own = line.roles.has(SectionRole::Actions);
        if let LineKind::Row(table, true) = line.kind {
            let read = Columns::read(scope, table, &line.text);
            let in_timeline = line.roles.has(SectionRole::Timeline);
            table_is_open = !in_timeline && read.tell_measures(has_own);
            let names_measures = in_own || read.begin_with_measures();
            found.extend(names_measures.then(|| turned(scope, index, table)).into_iter().flatten());
            columns = Some(read);
            continue;
        }
        if let LineKind::Row(table, false) = line.kind {
            let known = columns.as_ref().filter(|known| known.table == table);
            let is_row = known.is_none_or(|known| !known.turned(scope, index))
                && !is_group(scope, line)
                // A line that an author breaks within a cell is of the same row.
                && index.checked_sub(1).is_none_or(|before| scope.lines[before].block != line.block);
            if is_row && (in_own || table_is_open) {
                found.extend(row(scope, line, known.map_or(&[], |known| &known.labels)));
            }
            continue;
        }
        table_is_open = false;
        let promises = in_own
            || !has_own && line.roles.has(SectionRole::Lessons) && is_promise(scope, line)
            || !has_own && shape.is_announced(line);
        let is_headed = !has_leaf && shape.is_headed(line);
        if is_headed || promises && shape.is_leaf(scope, index) {
            found.push(item(scope, index));
            prose += usize::from(!is_headed && matches!(line.kind, LineKind::Text(_)));
        }
    }
    // One line alone is no list.
    if found.len() == 1 && prose == 1 {
        found.clear();
    }
    found
}

/// "TBD", "none": a place that nobody filled in, or that says that there is nothing.
fn is_blank(scope: &Scope<'_>, text: &Range<u32>) -> bool {
    scope
        .covering(text, |meaning| match meaning {
            Meaning::Leftover(Leftover::Alone | Leftover::Nothing) => Some(()),
            _ => None,
        })
        .is_some()
}

/// A lesson that was turned into a task says what is to be done.
fn is_promise(scope: &Scope<'_>, line: &Line) -> bool {
    scope
        .mentions(line.text.clone())
        .any(|mention| matches!(mention.meaning, Meaning::Cue(Cue::Plans | Cue::Prevents)))
}
