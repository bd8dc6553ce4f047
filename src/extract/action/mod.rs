//! Action items: the leaves of the sections on what is to be done.

mod detail;
mod table;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::extract::action::detail::{groups, item};
use crate::extract::action::table::{Columns, is_group, row, turned};
use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::model::action::Action;
use crate::parse::document::Place;
use crate::vocab::meaning::{Cue, Leftover, Meaning, SectionRole};

/// The action items, in order of the text.
pub(super) fn actions(scope: &Scope<'_>) -> Vec<Action> {
    let mut found = Vec::new();
    let mut columns: Option<Columns> = None;
    let mut table_is_open = false;
    let lists = plain_lists(scope);
    let headed = headed(scope, &lists);
    let unticked = unticked(scope);
    let is_leaf =
        |index: usize| !headed[scope.lines[index].part as usize] && is_leaf(scope, index, &lists);
    // What is to be done stands in its own part, else among the lessons.
    let has_leaf = scope.lines.iter().enumerate().any(|(index, line)| {
        let is_row = matches!(line.kind, LineKind::Row(_, false));
        line.roles.has(SectionRole::Actions) && (is_row || is_leaf(index))
    });
    let has_own = has_leaf || headed.contains(&true);
    for (index, line) in scope.lines.iter().enumerate() {
        let in_own = line.roles.has(SectionRole::Actions);
        if let LineKind::Row(table, true) = line.kind {
            let read = Columns::read(scope, table, &line.text);
            table_is_open = read.tell_measures();
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
            || !has_own && is_task(line, &unticked);
        let is_headed = !has_leaf && headed[line.part as usize] && line.opens;
        if is_headed || promises && is_leaf(index) {
            found.push(item(scope, index));
        }
    }
    found
}

/// Whether a line has a box to tick in a list where not all is done, and is no part of what was.
fn is_task(line: &Line, unticked: &BTreeSet<u32>) -> bool {
    let was = [SectionRole::Timeline, SectionRole::Appendix, SectionRole::Response];
    let is_open = |place: Place| place.task.is_some() && unticked.contains(&place.list);
    line.item.is_some_and(is_open) && !line.roles.any(&was)
}

/// The lists that have a box without a tick.
fn unticked(scope: &Scope<'_>) -> BTreeSet<u32> {
    let items = scope.lines.iter().filter_map(|line| line.item);
    items.filter(|place| place.task == Some(false)).map(|place| place.list).collect()
}

/// The parts whose headings are measures: several below one heading of measures, with nothing but prose in them.
fn headed(scope: &Scope<'_>, lists: &[PlainList]) -> Vec<bool> {
    let mut is_parent = vec![false; scope.parts.len()];
    for parent in scope.parts.iter().filter_map(|part| part.parent) {
        is_parent[parent as usize] = true;
    }
    // Of each part, how many below it are such, and whether one is not.
    let mut below = vec![(0usize, false); scope.parts.len()];
    let names = |number: usize| {
        let part = &scope.parts[number];
        let parent = part.parent.filter(|&parent| {
            scope.parts[parent as usize].own.has(SectionRole::Actions) && part.own.is_empty()
        })?;
        let heading = &scope.lines[part.heading? as usize];
        let is_measure = !is_parent[number]
            && lists[number].lines > 0
            && !lists[number].has_items
            && part.label.is_none()
            && !groups(scope, &heading.text);
        Some((parent as usize, is_measure))
    };
    for (parent, is_measure) in (0..scope.parts.len()).filter_map(names) {
        below[parent].0 += usize::from(is_measure);
        below[parent].1 |= !is_measure;
    }
    let all = |number: usize| {
        names(number)
            .is_some_and(|(parent, _)| below[parent].0 >= FEWEST_HEADED && !below[parent].1)
    };
    (0..scope.parts.len()).map(all).collect()
}

/// One heading alone below another is a part of it.
const FEWEST_HEADED: usize = 2;

/// A line that is a measure by itself: an item without items of its own, or a line of a list without bullets.
fn is_leaf(scope: &Scope<'_>, index: usize, lists: &[PlainList]) -> bool {
    let line = &scope.lines[index];
    // A part that is quoted with its heading is the author's own.
    let heading = scope.parts[line.part as usize].heading;
    let is_quote = line.quoted && heading.is_none_or(|at| !scope.lines[at as usize].quoted);
    if line.opens || is_quote || is_blank(scope, &line.text) {
        return false;
    }
    match line.kind {
        LineKind::Heading(..) | LineKind::Row(..) => false,
        LineKind::Item => {
            let parent = line.item.is_some_and(|place| place.has_children);
            !parent && scope.line_text(line).chars().any(char::is_alphanumeric)
        }
        LineKind::Text(_) => is_plain_measure(scope, index, &lists[line.part as usize]),
    }
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

/// Plain lines are measures where they stand like a list: several of them, none an opening or closing
/// remark, none a paragraph.
fn is_plain_measure(scope: &Scope<'_>, index: usize, list: &PlainList) -> bool {
    let line = &scope.lines[index];
    let text = scope.line_text(line);
    // Where lines are numbered, those without a number go on from one, and one above a list is its heading.
    if list.numbered > 1 {
        let is_above = |next: &Line| next.kind == LineKind::Item && next.part == line.part;
        return line.numbered && !scope.lines.get(index + 1).is_some_and(is_above);
    }
    if line.item.is_some()
        || list.has_items
        || list.is_prose
        || list.lines < 2
        || text.ends_with([':', '：'])
    {
        return false;
    }
    // A sentence that goes on over the end of the line before.
    let before = index.checked_sub(1).map(|before| scope.line_text(&scope.lines[before]));
    let goes_on = text.starts_with(char::is_lowercase)
        && before.is_some_and(|before| before.ends_with(char::is_alphanumeric));
    if goes_on && line.kind == LineKind::Text(false) {
        return false;
    }
    let labelled = line.label.as_ref().is_some_and(|label| !label.value.is_empty());
    let edge = index == list.first || index == list.last;
    let is_remark = edge && !labelled && is_remark(scope, line);
    let sentences = scope.sentences_of(index).len();
    !is_remark && (sentences <= MOST_SENTENCES || labelled) && text.len() >= SHORTEST_PLAIN
}

/// A longer line without a bullet or a label is a paragraph, and its neighbours are prose.
const LONGEST_PLAIN: usize = 320;
const MOST_SENTENCES: usize = 2;
/// A shorter one is a signature.
const SHORTEST_PLAIN: usize = 16;

/// The lines without bullets of one part.
#[derive(Clone, Copy, Default)]
struct PlainList {
    first: usize,
    last: usize,
    lines: usize,
    numbered: usize,
    has_items: bool,
    is_prose: bool,
}

/// The plain lines of every part.
fn plain_lists(scope: &Scope<'_>) -> Vec<PlainList> {
    let mut lists = vec![PlainList::default(); scope.parts.len()];
    for (index, line) in scope.lines.iter().enumerate() {
        let list = &mut lists[line.part as usize];
        match line.kind {
            LineKind::Item | LineKind::Row(..) => list.has_items = true,
            LineKind::Text(_) if line.item.is_none() && !line.opens => {
                if list.lines == 0 {
                    list.first = index;
                }
                list.lines += 1;
                list.numbered += usize::from(line.numbered);
                list.last = index;
                let text = scope.line_text(line);
                let paragraph = text.chars().count() > LONGEST_PLAIN
                    || scope.sentences_of(index).len() > MOST_SENTENCES;
                list.is_prose |= paragraph && line.label.is_none() && !is_remark(scope, line);
            }
            _ => {}
        }
    }
    lists
}

/// "These measures will ensure …", "By implementing these …", "To prevent this, we …".
fn is_remark(scope: &Scope<'_>, line: &Line) -> bool {
    let head = line.text.start..line.text.start + 4;
    let from = line.text.clone();
    scope
        .mentions(from)
        .any(|mention| mention.meaning == Meaning::Remark && head.contains(&mention.start))
}
