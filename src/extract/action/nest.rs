//! Items within items: which of them are measures, and which only tell something of the one above.

use std::collections::BTreeMap;

use crate::extract::action::detail::groups;
use crate::extract::action::table::DETAILS;
use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;

/// What a line is within its list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Nest {
    /// No item, or one that stands by itself.
    Alone,
    /// It groups those below it.
    Above,
    /// Numbered in a way that Markdown does not know, below an item.
    Below,
    /// A measure; what stands below it tells its owner, its date or the like.
    Owns,
    /// It tells something of the measure above.
    Detail,
}

/// What every line is within its list.
pub(super) fn nests(scope: &Scope<'_>) -> Vec<Nest> {
    let mut nests = vec![Nest::Alone; scope.lines.len()];
    let children = children(scope);
    for (&parent, below) in &children {
        let is_known = |child: &usize| {
            let label = scope.lines[*child].label.as_ref();
            label.and_then(|label| label.meaning).is_some_and(|meaning| DETAILS.contains(&meaning))
        };
        let tells = below.iter().any(is_known);
        nests[parent] = if tells { Nest::Owns } else { Nest::Above };
        for &child in below {
            // A numbered line above a list is its heading.
            let list = |line: &Line| line.item.map(|place| place.list);
            let is_text = matches!(scope.lines[child].kind, LineKind::Text(_))
                && scope.lines.get(child + 1).is_none_or(|next| {
                    next.kind != LineKind::Item || list(next) == list(&scope.lines[child])
                });
            if tells {
                nests[child] = Nest::Detail;
            } else if nests[child] == Nest::Alone && is_text {
                nests[child] = Nest::Below;
            }
        }
    }
    nests
}

/// The name of the label that an item begins with, if it is no group.
pub(super) fn name(scope: &Scope<'_>, line: &Line) -> Option<String> {
    let label = line.label.as_ref()?;
    (!groups(scope, &label.name)).then(|| scope.text(label.name.clone()).to_lowercase())
}

/// The items with those that stand right below them. A numbered item alone before a list with bullets is above it,
/// though Markdown wants spaces for that; so is one that goes on in lines with numbers of another kind.
fn children(scope: &Scope<'_>) -> BTreeMap<usize, Vec<usize>> {
    let mut lengths: BTreeMap<u32, usize> = BTreeMap::new();
    let items = scope.lines.iter().filter(|line| line.kind == LineKind::Item);
    for place in items.filter_map(|line| line.item) {
        *lengths.entry(place.list).or_default() += 1;
    }
    let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut adopted: BTreeMap<u32, usize> = BTreeMap::new();
    let mut open: Vec<usize> = Vec::new();
    let mut last: Option<usize> = None;
    for (index, line) in scope.lines.iter().enumerate() {
        let Some(place) = line.item else {
            open.clear();
            last = None;
            continue;
        };
        let depth = |at: usize| scope.lines[at].item.map_or(0, |place| place.depth);
        if line.kind != LineKind::Item {
            // Lines with numbers of their own.
            if let Some(&item) = open.last().filter(|_| line.numbered) {
                children.entry(item).or_default().push(index);
            }
            continue;
        }
        if let Some(before) = last
            && let Some(above) = scope.lines[before].item
            && above.ordered
            && !place.ordered
            && above.depth == place.depth
            && lengths.get(&above.list) == Some(&1)
        {
            adopted.insert(place.list, before);
        }
        while open.last().is_some_and(|&top| depth(top) >= place.depth) {
            open.pop();
        }
        if let Some(&parent) = adopted.get(&place.list).or(open.last()) {
            children.entry(parent).or_default().push(index);
        }
        open.push(index);
        last = Some(index);
    }
    // One line with a number goes on from its item, unless that is a heading.
    children.retain(|&parent, below| {
        let is_list = below.len() > 1 || scope.lines[parent].opens;
        is_list || scope.lines[below[0]].kind == LineKind::Item
    });
    children
}
