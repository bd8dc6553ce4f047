//! Action items: the leaves of the sections on what is to be done.

use std::ops::Range;

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::timeline::table::{cells, column_labels};
use crate::model::action::{Action, Status, Term, Theme};
use crate::vocab::meaning::{Cue, Label, Leftover, Meaning, SectionRole};

/// The action items, in order of the text.
pub(super) fn actions(scope: &Scope<'_>) -> Vec<Action> {
    let mut found = Vec::new();
    let mut columns: Option<(u32, Vec<Option<Label>>)> = None;
    let mut table_is_open = false;
    let lists = plain_lists(scope);
    // What is to be done stands in its own part, else among the lessons.
    let has_own = scope.lines.iter().enumerate().any(|(index, line)| {
        let is_row = matches!(line.kind, LineKind::Row(_, false));
        line.roles.has(SectionRole::Actions) && (is_row || is_leaf(scope, index, &lists))
    });
    for (index, line) in scope.lines.iter().enumerate() {
        if let LineKind::Row(table, true) = line.kind {
            let labels = column_labels(scope, &line.text);
            table_is_open = labels.contains(&Some(Label::Action))
                && labels
                    .iter()
                    .any(|label| matches!(label, Some(Label::Owner | Label::Due | Label::Status)));
            columns = Some((table, labels));
            continue;
        }
        if let LineKind::Row(table, false) = line.kind {
            if line.roles.has(SectionRole::Actions) || table_is_open {
                let labels = columns.as_ref().filter(|(known, _)| *known == table);
                found.extend(row(scope, line, labels.map_or(&[], |(_, labels)| labels.as_slice())));
            }
            continue;
        }
        table_is_open = false;
        let promises = line.roles.has(SectionRole::Actions)
            || !has_own && line.roles.has(SectionRole::Lessons) && is_promise(scope, line);
        if promises && is_leaf(scope, index, &lists) {
            found.push(item(scope, index));
        }
    }
    found
}

/// A line that is a measure by itself: an item without items of its own, or a line of a list without bullets.
fn is_leaf(scope: &Scope<'_>, index: usize, lists: &[PlainList]) -> bool {
    let line = &scope.lines[index];
    if line.opens || line.quoted || is_blank(scope, &line.text) {
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

fn item(scope: &Scope<'_>, index: usize) -> Action {
    let line = &scope.lines[index];
    let mut action = blank(scope, line.text.clone());
    action.status = line
        .item
        .and_then(|place| place.task)
        .map(|done| if done { Status::Done } else { Status::Open })
        .or_else(|| status(scope, &line.text));
    action.term = term(scope, index);
    if let Some(pieces) = closing_bracket(scope, &line.text) {
        action.owner = owner(scope, &pieces);
        if action.status != Some(Status::Done) {
            let times = pieces.iter().flat_map(|piece| scope.times(piece.clone()));
            action.due = action.due.or(times.filter_map(|time| time.first()?.date).next());
        }
    }
    action
}

/// The parts of the bracket that an item ends with, as in `… (platform team, 2024-04-01)`.
fn closing_bracket(scope: &Scope<'_>, item: &Range<u32>) -> Option<Vec<Range<u32>>> {
    let text = scope.text(item.clone()).trim_end_matches(['.', ' ']);
    let inner = text.strip_suffix(')')?;
    let open = inner.rfind('(')? + 1;
    let mut start = item.start + open as u32;
    let pieces = inner.get(open..)?.split([',', ';']).map(|piece| {
        let lead = (piece.len() - piece.trim_start().len()) as u32;
        let range = start + lead..start + lead + piece.trim().len() as u32;
        start += piece.len() as u32 + 1;
        range
    });
    Some(pieces.collect())
}

/// An owner has so many words at most.
const LONGEST_OWNER: usize = 4;

/// Who does it: `owner: platform team`, `@mira`, or a name beside a date.
fn owner(scope: &Scope<'_>, pieces: &[Range<u32>]) -> Option<String> {
    let named = pieces.iter().find_map(|piece| {
        let text = scope.text(piece.clone());
        let (label, name) = text.split_once(':')?;
        let label = piece.start..piece.start + label.len() as u32;
        let is_owner =
            scope.mentions(label).any(|mention| mention.meaning == Meaning::Label(Label::Owner));
        is_owner.then(|| name.trim().to_owned())
    });
    let handle = || {
        let mut texts = pieces.iter().map(|piece| scope.text(piece.clone()));
        texts.find(|text| text.starts_with('@') && !text.contains(' ')).map(str::to_owned)
    };
    let is_timed = |piece: &Range<u32>| !scope.times(piece.clone()).is_empty();
    let beside = || {
        let name = pieces.iter().find(|piece| {
            let text = scope.text((*piece).clone());
            let says = |mention: &crate::vocab::Mention| {
                matches!(mention.meaning, Meaning::Status(_) | Meaning::Term(_))
            };
            !is_timed(piece)
                && text.split_whitespace().count() <= LONGEST_OWNER
                && text.chars().any(char::is_alphabetic)
                && !scope.mentions((*piece).clone()).any(says)
        })?;
        pieces.iter().any(is_timed).then(|| scope.text(name.clone()).to_owned())
    };
    named.or_else(handle).or_else(beside).filter(|name| !name.is_empty())
}

/// A row: the column that names the measure, else the longest cell.
fn row(scope: &Scope<'_>, line: &Line, columns: &[Option<Label>]) -> Option<Action> {
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
    let mut action = blank(scope, text);
    action.span = scope.span(line.text.clone());
    action.owner = of(Label::Owner)
        .map(|cell| scope.text(cell).to_owned())
        .filter(|owner| owner.chars().any(char::is_alphanumeric));
    action.due = of(Label::Due).and_then(|cell| {
        scope.times(cell).iter().find_map(|time| time.last().or(time.first())?.date)
    });
    action.status = of(Label::Status)
        .and_then(|cell| status(scope, &cell))
        .or_else(|| status(scope, &line.text));
    Some(action)
}

fn blank(scope: &Scope<'_>, text: Range<u32>) -> Action {
    Action {
        text: scope.text(text.clone()).split_whitespace().collect::<Vec<_>>().join(" "),
        theme: theme(scope, &text),
        term: None,
        owner: None,
        due: due(scope, &text),
        status: None,
        span: scope.span(text),
    }
}

/// The first theme that the item names; a longer phrase at the same place leads.
fn theme(scope: &Scope<'_>, text: &Range<u32>) -> Option<Theme> {
    let mut best: Option<(u32, std::cmp::Reverse<u32>, Theme)> = None;
    for mention in scope.mentions(text.clone()) {
        if let Meaning::Theme(theme) = mention.meaning {
            let key = (mention.start, std::cmp::Reverse(mention.end), theme);
            if best.is_none_or(|known| key < known) {
                best = Some(key);
            }
        }
    }
    best.map(|(_, _, theme)| theme)
}

/// The term of the nearest heading above that names one, else of the item's own first words.
fn term(scope: &Scope<'_>, index: usize) -> Option<Term> {
    let mut part = Some(scope.lines[index].part);
    while let Some(number) = part {
        let above = &scope.parts[number as usize];
        if let Some(heading) = above.heading
            && let Some(term) = first_term(scope, &scope.lines[heading as usize].text)
        {
            return Some(term);
        }
        part = above.parent;
    }
    let line = &scope.lines[index].text;
    first_term(scope, &(line.start..line.end.min(line.start + 24)))
}

fn first_term(scope: &Scope<'_>, range: &Range<u32>) -> Option<Term> {
    scope.mentions(range.clone()).find_map(|mention| match mention.meaning {
        Meaning::Term(term) => Some(term),
        _ => None,
    })
}

/// `DONE: …`, `… - done`, `✅ …`, `(완료)`: at either end of the item.
fn status(scope: &Scope<'_>, range: &Range<u32>) -> Option<Status> {
    let edge = 24;
    let near_edge = |start: u32, end: u32| start < range.start + edge || end + edge > range.end;
    let struck = scope.document.view.struck.iter().any(|struck| {
        struck.start <= range.start + 4 && range.end <= struck.end + 4 && struck.end > struck.start
    });
    if struck {
        return Some(Status::Done);
    }
    let text = scope.text(range.clone());
    let mut found = None;
    for mention in scope.mentions(range.clone()) {
        if let Meaning::Status(status) = mention.meaning
            && near_edge(mention.start, mention.end)
            && set_off(
                text,
                (mention.start - range.start) as usize,
                (day_after(scope, mention.end, range).unwrap_or(mention.end) - range.start)
                    as usize,
            )
        {
            found = Some(status);
        }
    }
    found
}

/// The end of the day that stands right after a place: `(done as of 2024-05-01)`.
fn day_after(scope: &Scope<'_>, place: u32, range: &Range<u32>) -> Option<u32> {
    let time = scope.times(place..range.end).first()?;
    scope.text(place..time.start).trim().is_empty().then_some(time.end)
}

/// The word stands by itself: at an end, in brackets, after a colon or dash.
fn set_off(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).unwrap_or_default().trim_end_matches([' ', '*', '_']);
    let after = text.get(end..).unwrap_or_default().trim_start_matches([' ', '*', '_']);
    let opens = before.is_empty()
        || before.ends_with(['(', '[', ':', '-', '–', '—', '|', '\t', ',', '.', '✅', '✔']);
    let closes = after.is_empty()
        || after.starts_with([')', ']', ':', '-', '–', '—', '|', '\t', ',', '.', '!', '(']);
    let is_sign = text.get(start..end).is_some_and(|word| !word.chars().any(char::is_alphanumeric));
    opens && closes || is_sign && (opens || closes)
}

/// A date right after a word such as "due" or "by", after `~`, or in a bracket of its own.
fn due(scope: &Scope<'_>, range: &Range<u32>) -> Option<crate::model::when::PartialDate> {
    scope.times(range.clone()).iter().find_map(|time| {
        let labelled = scope.mentions(range.start..time.start).any(|mention| {
            mention.meaning == Meaning::Label(Label::Due) && time.start - mention.end <= NEAR
        });
        let signed = scope.text(range.start..time.start).trim_end().ends_with(['~', '(']);
        time.first().and_then(|stamp| stamp.date).filter(|_| labelled || signed)
    })
}

/// Between the word and its date stand so many bytes at most: a colon, a particle, "is".
const NEAR: u32 = 8;
