//! Measures without bullets: lines that stand like a list, and which of them open or close it.

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::vocab::meaning::{Meaning, SectionRole};

/// Plain lines are measures where they stand like a list: several of them, none an opening or closing
/// remark, none a paragraph.
pub(super) fn is_plain_measure(scope: &Scope<'_>, index: usize, list: &PlainList) -> bool {
    let line = &scope.lines[index];
    let text = scope.line_text(line);
    // Where some lines begin in bold, the others say more about them.
    if list.bold > 1 && list.bold < list.lines && list.lines <= list.bold * MOST_BELOW {
        // What stands right above a list is its heading.
        let is_above = |next: &Line| next.kind == LineKind::Item;
        return begins_bold(scope, line) && !scope.lines.get(index + 1).is_some_and(is_above);
    }
    // Where lines are numbered, those without a number go on from one, and one above a list is its heading.
    if list.numbered > 1 {
        let is_above = |next: &Line| next.kind == LineKind::Item && next.part == line.part;
        return line.numbered && !scope.lines.get(index + 1).is_some_and(is_above);
    }
    if !stands_alone(scope, line)
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
    let sentences = scope.sentences_of(index).len();
    (list.first..=list.last).contains(&index)
        && (sentences <= MOST_SENTENCES || is_labelled(line))
        && text.len() >= SHORTEST_PLAIN
}

/// Whether a line is of no item, or of the one that is the heading of its part: "5. Preventive actions".
fn stands_alone(scope: &Scope<'_>, line: &Line) -> bool {
    let opener = scope.parts[line.part as usize].heading;
    let opener = opener.and_then(|heading| scope.lines[heading as usize].item);
    line.item.is_none_or(|place| opener.is_some_and(|opener| opener.number == place.number))
}

/// A longer line without a bullet or a label is a paragraph, and its neighbours are prose.
const LONGEST_PLAIN: usize = 320;
const MOST_SENTENCES: usize = 2;
/// A shorter one is a signature.
const SHORTEST_PLAIN: usize = 16;

/// So many lines at most, its own included, belong to one that begins in bold.
const MOST_BELOW: usize = 4;

fn begins_bold(scope: &Scope<'_>, line: &Line) -> bool {
    scope.strong_at(line.text.start).is_some()
}

/// The lines without bullets of one part.
#[derive(Clone, Copy, Default)]
pub(super) struct PlainList {
    first: usize,
    last: usize,
    pub(super) lines: usize,
    numbered: usize,
    bold: usize,
    pub(super) has_items: bool,
    is_prose: bool,
}

/// The plain lines of every part.
pub(super) fn plain_lists(scope: &Scope<'_>) -> Vec<PlainList> {
    let mut plain: Vec<Vec<usize>> = vec![Vec::new(); scope.parts.len()];
    let mut has_items = vec![false; scope.parts.len()];
    for (index, line) in scope.lines.iter().enumerate() {
        match line.kind {
            _ if line.opens => {}
            LineKind::Item | LineKind::Row(..) => has_items[line.part as usize] = true,
            LineKind::Text(_) if stands_alone(scope, line) => {
                plain[line.part as usize].push(index);
            }
            _ => {}
        }
    }
    let lists = plain.iter().zip(has_items);
    lists.map(|(lines, has_items)| PlainList::of(scope, lines, has_items)).collect()
}

impl PlainList {
    fn of(scope: &Scope<'_>, lines: &[usize], has_items: bool) -> Self {
        let body = body(scope, lines);
        let is_paragraph = |index: &usize| {
            let line = &scope.lines[*index];
            let long = scope.line_text(line).chars().count() > LONGEST_PLAIN
                || scope.sentences_of(*index).len() > MOST_SENTENCES;
            long && line.label.is_none() && !is_remark(scope, line)
        };
        let count = |is: &dyn Fn(&Line) -> bool| {
            lines.iter().filter(|index| is(&scope.lines[**index])).count()
        };
        Self {
            first: body.first().copied().unwrap_or(usize::MAX),
            last: body.last().copied().unwrap_or_default(),
            lines: lines.len(),
            numbered: count(&|line| line.numbered),
            bold: count(&|line| begins_bold(scope, line)),
            has_items,
            is_prose: body.iter().any(is_paragraph),
        }
    }
}

/// The lines of a list without those that open or close it.
fn body<'l>(scope: &Scope<'_>, lines: &'l [usize]) -> &'l [usize] {
    let remarks = |index: usize| {
        let line = &scope.lines[index];
        !is_labelled(line) && is_remark(scope, line)
    };
    // What stands above a line that says that measures follow opens the list, too.
    let announces = |index: &usize| remarks(*index) && names_measures(scope, &scope.lines[*index]);
    let near = lines.get(..lines.len().min(MOST_OPENING)).unwrap_or_default();
    let opening = match near.iter().rposition(announces) {
        Some(at) => at + 1,
        None => usize::from(lines.first().is_some_and(|first| remarks(*first))),
    };
    let mut body = lines.get(opening..).unwrap_or_default();
    let common = Common::of(scope, body);
    loop {
        body = match body {
            [rest @ .., last] if remarks(*last) || common.ends_before(scope, rest, *last) => rest,
            // A name below the closing words.
            [rest @ .., before, last] if remarks(*before) && signs(scope, *last) => rest,
            _ => return body,
        };
    }
}

/// What the lines of a list have in common, up to the first that differs: looked at once, as many lines may close it.
struct Common {
    /// So many are single sentences.
    single: usize,
    /// So many have no label.
    unlabelled: usize,
}

impl Common {
    fn of(scope: &Scope<'_>, lines: &[usize]) -> Self {
        let up_to = |is: &dyn Fn(usize) -> bool| {
            lines.iter().position(|line| !is(*line)).unwrap_or(lines.len())
        };
        Self {
            single: up_to(&|line| scope.sentences_of(line).len() <= 1),
            unlabelled: up_to(&|line| !is_labelled(&scope.lines[line])),
        }
    }

    /// Whether a line ends what a list of single sentences says: it has several, or stands apart below one paragraph of them.
    fn ends_before(&self, scope: &Scope<'_>, list: &[usize], last: usize) -> bool {
        let block = |index: usize| scope.lines[index].block;
        let (Some(&first), Some(&end)) = (list.first(), list.last()) else { return false };
        let is_paragraph = block(first) == block(end);
        list.len() >= FEWEST_ABOVE
            && (!is_labelled(&scope.lines[last]) || list.len() <= self.unlabelled)
            && (is_paragraph && block(last) != block(end)
                || scope.sentences_of(last).len() > 1 && list.len() <= self.single)
    }
}

/// So many lines at least make a list that something can stand apart from.
const FEWEST_ABOVE: usize = 3;
/// So many lines at most open a list.
const MOST_OPENING: usize = 3;
/// Who wrote a report signs with so many words at most.
const MOST_SIGNING: usize = 4;

fn signs(scope: &Scope<'_>, index: usize) -> bool {
    let text = scope.line_text(&scope.lines[index]);
    text.split_whitespace().count() <= MOST_SIGNING && !text.ends_with('.')
}

fn names_measures(scope: &Scope<'_>, line: &Line) -> bool {
    scope.says(&line.text, Meaning::Heading(SectionRole::Actions))
}

fn is_labelled(line: &Line) -> bool {
    line.label.as_ref().is_some_and(|label| !label.value.is_empty())
}

/// "These measures will ensure …", "By implementing these …", "To prevent this, we …".
fn is_remark(scope: &Scope<'_>, line: &Line) -> bool {
    let head = line.text.start..line.text.start + 4;
    let from = line.text.clone();
    scope
        .mentions(from)
        .any(|mention| mention.meaning == Meaning::Remark && head.contains(&mention.start))
}
