//! What an action item tells besides what is to be done: who does it, until when, whether it is done, what it is about.

use std::ops::Range;

use crate::extract::action::due;
use crate::extract::action::owner::{Owner, settle};
use crate::extract::action::pieces::Pieces;
use crate::extract::scope::Scope;
use crate::model::action::{Action, Status, Term, Theme};
use crate::model::when::PartialDate;
use crate::vocab::Mention;
use crate::vocab::meaning::{Label, Meaning};

/// A measure as it was found: who owns it is only settled where all are known.
pub(super) struct Found {
    pub(super) action: Action,
    /// The list or part that it stands in.
    list: u32,
    owner: Option<Owner>,
    day: Option<PartialDate>,
}

impl Found {
    /// A row of a table, whose columns told everything.
    pub(super) fn told(action: Action) -> Self {
        let owner = action.owner.as_deref().map(Owner::told);
        Self { action, list: u32::MAX, owner, day: None }
    }

    /// Whether somebody is surely named, or a day or state.
    pub(super) fn is_promised(&self) -> bool {
        let is_owned = self.owner.as_ref().is_some_and(Owner::is_sure);
        is_owned || self.action.due.is_some() || self.action.status.is_some()
    }
}

/// The measures of a document with their owners.
pub(super) fn settled(found: Vec<Found>) -> Vec<Action> {
    let (mut owners, mut actions) = (Vec::new(), Vec::new());
    for found in found {
        owners.push((found.list, found.owner));
        actions.push((found.action, found.day));
    }
    let settled = actions.into_iter().zip(settle(owners)).map(|((mut action, day), owner)| {
        action.owner = owner;
        if action.status != Some(Status::Done)
            && (action.owner.is_some() || action.status.is_some())
        {
            action.due = action.due.or(day);
        }
        action
    });
    settled.collect()
}

/// Items of lists, each a measure.
pub(in crate::extract) fn items(
    scope: &Scope<'_>,
    lines: impl Iterator<Item = usize>,
) -> Vec<Action> {
    settled(lines.map(|index| item(scope, index)).collect())
}

/// An item of a list, or a heading.
pub(super) fn item(scope: &Scope<'_>, index: usize) -> Found {
    let line = &scope.lines[index];
    let ticked = line.item.and_then(|place| place.task);
    part(scope, index, line.text.clone(), ticked)
}

/// What a part of a line promises, which may have a box.
pub(super) fn part(
    scope: &Scope<'_>,
    index: usize,
    text: Range<u32>,
    ticked: Option<bool>,
) -> Found {
    let line = &scope.lines[index];
    let pieces = Pieces::of(scope, &text);
    let mut action = blank(scope, text.clone());
    let said = status(scope, &text).or_else(|| pieces.state());
    let ticked = ticked.map(|done| if done { Status::Done } else { Status::Open });
    // What was given up is so, whatever its box says.
    action.status = said.filter(|said| *said == Status::Dropped).or(ticked).or(said);
    action.term = term(scope, index);
    // A day beside what is done is the one on which it was.
    if action.status != Some(Status::Done) {
        action.due = action.due.or_else(|| bracketed_day(scope, &text));
    }
    // Lists and parts are numbered alike: those of a kind follow each other.
    let list = line.item.map_or(line.part * 2 + 1, |place| place.list * 2);
    Found { action, list, owner: pieces.owner(), day: pieces.day() }
}

/// The day in the bracket that an item ends with, as in `… (platform team, 2024-04-01)`.
fn bracketed_day(scope: &Scope<'_>, item: &Range<u32>) -> Option<PartialDate> {
    let text = scope.text(item.clone()).trim_end_matches(['.', ' ']);
    let open = text.strip_suffix(')')?.rfind('(')?;
    let bracket = item.start + open as u32..item.start + text.len() as u32;
    let read = scope.times(bracket.clone()).iter().find_map(|time| time.first()?.date);
    read.or_else(|| due::period(scope, scope.text(bracket)))
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

/// `DONE: …`, `… - done`, `✅ …`, `(완료)`: at either end of the item. What is struck out is done, unless a word says that it was given up.
pub(super) fn status(scope: &Scope<'_>, range: &Range<u32>) -> Option<Status> {
    let edge = 24;
    let near_edge = |start: u32, end: u32| start < range.start + edge || end + edge > range.end;
    let mut found = None;
    for mention in scope.mentions(range.clone()) {
        if let Meaning::Status(status) = mention.meaning
            && near_edge(mention.start, mention.end)
            && set_off(scope, mention, range)
        {
            found = Some(status);
        }
    }
    let struck = scope.document.view.struck.iter().any(|struck| {
        struck.start <= range.start + 4 && range.end <= struck.end + 4 && struck.end > struck.start
    });
    if struck && found != Some(Status::Dropped) { Some(Status::Done) } else { found }
}

/// The end of the day that stands right after a place: `(done as of 2024-05-01)`.
fn day_after(scope: &Scope<'_>, place: u32, range: &Range<u32>) -> Option<u32> {
    let time = scope.times(place..range.end).first()?;
    scope.text(place..time.start).trim().is_empty().then_some(time.end)
}

/// The word stands by itself: at an end, in brackets, after a colon or dash or what is struck out, in bold at the end.
fn set_off(scope: &Scope<'_>, word: &Mention, range: &Range<u32>) -> bool {
    let end = day_after(scope, word.end, range).unwrap_or(word.end);
    let before = scope.text(range.start..word.start).trim_end_matches([' ', '*', '_']);
    let after = scope.text(end..range.end).trim_start_matches([' ', '*', '_']);
    let struck = scope.document.view.struck.iter();
    let place = range.start + before.len() as u32;
    let words = scope.text(word.start..word.end);
    let is_loud = words.len() > 2
        && words.bytes().all(|byte| byte.is_ascii_uppercase())
        && !before.ends_with(char::is_uppercase);
    let is_bold =
        is_loud || scope.strong_at(word.start).is_some_and(|strong| strong.end == word.end);
    let opens = before.is_empty()
        || before.ends_with(['(', '[', ':', '-', '–', '—', '|', '\t', ',', '.', '✅', '✔'])
        || is_bold && (after.is_empty() || after.starts_with('\t'))
        || struck.clone().any(|struck| struck.end == place);
    let closes = after.is_empty()
        || after.starts_with([')', ']', ':', '-', '–', '—', '|', '\t', ',', '.', '!', '('])
        || is_reference(scope, &(end..range.end));
    let is_sign = !words.contains(char::is_alphanumeric);
    opens && closes || is_sign && (opens || closes)
}

/// `in PR #12`, `with OPS-4711`: where it was done. A length of time is none.
fn is_reference(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    let text = scope.text(range.clone()).trim_end_matches(['.', ')', ' ']);
    let last = text.split_whitespace().last().unwrap_or_default();
    let is_number = last.contains(|sign: char| sign.is_ascii_digit()) && last.contains(['#', '-']);
    is_number
        && text.split_whitespace().count() <= MOST_REFERENCE
        && scope.times(range.clone()).is_empty()
}

/// So many words name where something was done.
const MOST_REFERENCE: usize = 4;

/// A date right after a word such as "due" or "by", after `~`, or in a bracket of its own.
fn due(scope: &Scope<'_>, range: &Range<u32>) -> Option<PartialDate> {
    let dated = scope.times(range.clone()).iter().find_map(|time| {
        let labelled = scope.mentions(range.start..time.start).any(|mention| {
            mention.meaning == Meaning::Label(Label::Due) && time.start - mention.end <= NEAR
        });
        let signed = scope.text(range.start..time.start).trim_end().ends_with(['~', '(']);
        time.first().and_then(|stamp| stamp.date).filter(|_| labelled || signed)
    });
    let labels =
        || scope.mentions(range.clone()).filter(|said| said.meaning == Meaning::Label(Label::Due));
    dated.or_else(|| labels().find_map(|label| due::behind(scope, label.end, range.end)))
}

/// Between the word and its date stand so many bytes at most: a colon, a particle, "is".
const NEAR: u32 = 8;
