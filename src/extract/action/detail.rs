//! What an action item tells besides what is to be done: who does it, until when, whether it is done, what it is about.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::model::action::{Action, Status, Term, Theme};
use crate::vocab::meaning::{Label, Meaning};

/// An item of a list, or a heading.
pub(in crate::extract) fn item(scope: &Scope<'_>, index: usize) -> Action {
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

/// An action of which only the words are known.
pub(super) fn blank(scope: &Scope<'_>, text: Range<u32>) -> Action {
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

/// Whether a heading is no measure but groups some, by their term or by whether they are done.
pub(super) fn groups(scope: &Scope<'_>, heading: &Range<u32>) -> bool {
    let says =
        |meaning: Meaning| matches!(meaning, Meaning::Term(_) | Meaning::Status(_)).then_some(());
    scope.covering(heading, says).is_some()
}

fn first_term(scope: &Scope<'_>, range: &Range<u32>) -> Option<Term> {
    scope.mentions(range.clone()).find_map(|mention| match mention.meaning {
        Meaning::Term(term) => Some(term),
        _ => None,
    })
}

/// `DONE: …`, `… - done`, `✅ …`, `(완료)`: at either end of the item.
pub(super) fn status(scope: &Scope<'_>, range: &Range<u32>) -> Option<Status> {
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
