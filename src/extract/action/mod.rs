//! Action items: the leaves of the sections on what is to be done.

mod detail;
mod due;
mod nest;
mod owner;
mod pieces;
mod plain;
mod shape;
mod table;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(super) use crate::extract::action::detail::items;
use crate::extract::action::detail::{Found, item, settled};
pub(super) use crate::extract::action::due::with_year;
use crate::extract::action::shape::Shape;
use crate::extract::action::table::{Columns, Tables};
use crate::extract::action::told::told;
use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::model::action::Action;
use crate::vocab::meaning::{Cue, Label, Leftover, Meaning, SectionRole};

/// The action items, in order of the text. The items of lists that offer a choice are none.
pub(super) fn actions(scope: &Scope<'_>, choices: &BTreeSet<u32>) -> Vec<Action> {
    let shape = Shape::new(scope, choices);
    // What is to be done stands in its own part, else among the lessons.
    let (mut has_leaf, mut has_part) = (false, false);
    for (index, line) in scope.lines.iter().enumerate() {
        let is_row = matches!(line.kind, LineKind::Row(_, false));
        if line.roles.has(SectionRole::Actions) && (is_row || shape.is_leaf(scope, index)) {
            has_leaf = true;
            has_part |= scope.parts[line.part as usize].roles.has(SectionRole::Actions);
        }
    }
    let has_own = has_leaf || shape.has_headed();
    let tasks = if has_own { BTreeSet::new() } else { tasks(scope, &shape) };
    let (mut found, mut prose) = (Vec::new(), 0usize);
    let mut tables = Tables::default();
    for (index, line) in scope.lines.iter().enumerate() {
        let in_own = line.roles.has(SectionRole::Actions);
        if let LineKind::Row(table, is_head) = line.kind {
            if is_head {
                tables.head(scope, line, table, has_own);
            } else {
                found.extend(tables.row(scope, index, table).map(Found::told));
            }
            continue;
        }
        tables.is_open = false;
        let promises = in_own
            || tasks.contains(&line.part) && is_promise(scope, line)
            || !has_own && shape.is_announced(line);
        // What somebody else is quoted with are no measures of those who write.
        let is_headed = !has_leaf && !line.quoted && shape.is_headed(line);
        let is_leaf = is_headed || promises && shape.is_leaf(scope, index);
        let told = if has_part { Vec::new() } else { told(scope, index) };
        if !told.is_empty() {
            found.extend(told);
        } else if is_leaf {
            found.push(item(scope, index));
            let is_text = matches!(line.kind, LineKind::Text(_)) && !line.numbered;
            prose += usize::from(!is_headed && is_text);
        }
    }
    // One line alone is no list.
    if found.len() == 1 && prose == 1 {
        found.clear();
    }
    settled(found)
}

/// Whether the names of a table's columns say that each row is a measure, and by when.
pub(super) fn has_due_days(scope: &Scope<'_>, head: &Line) -> bool {
    let LineKind::Row(table, true) = head.kind else { return false };
    let columns = Columns::read(scope, table, &head.text);
    columns.tell_measures(false) && columns.labels.contains(&Some(Label::Due))
}

/// Whether an item says who does it, and by when.
pub(super) fn is_promised(scope: &Scope<'_>, index: usize) -> bool {
    let promised = items(scope, std::iter::once(index));
    promised.iter().any(|action| action.owner.is_some() && action.due.is_some())
}

/// "TBD", "none": a place that nobody filled in, or that says that there is nothing.
pub(super) fn is_blank(scope: &Scope<'_>, text: &Range<u32>) -> bool {
    scope
        .covering(text, |meaning| match meaning {
            Meaning::Leftover(Leftover::Alone | Leftover::Example | Leftover::Nothing) => Some(()),
            _ => None,
        })
        .is_some()
}

/// The parts of lessons that are tasks for the most part: of several insights one may well say what should be.
fn tasks(scope: &Scope<'_>, shape: &Shape) -> BTreeSet<u32> {
    let mut parts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (index, line) in scope.lines.iter().enumerate() {
        if line.roles.has(SectionRole::Lessons) && shape.is_leaf(scope, index) {
            let (lessons, promises) = parts.entry(line.part).or_default();
            *lessons += 1;
            *promises += usize::from(is_promise(scope, line));
        }
    }
    let is_tasks = |(_, (lessons, promises)): &(u32, (usize, usize))| promises * 2 >= *lessons;
    parts.into_iter().filter(is_tasks).map(|(part, _)| part).collect()
}

/// A lesson that was turned into a task says what is to be done.
fn is_promise(scope: &Scope<'_>, line: &Line) -> bool {
    scope
        .mentions(line.text.clone())
        .any(|mention| matches!(mention.meaning, Meaning::Cue(Cue::Plans | Cue::Prevents)))
}
