//! The pieces that an item is divided into by its signs, and what each of them can be: a day, a state, a name.

use std::ops::Range;

use crate::extract::action::due;
use crate::extract::scope::Scope;
use crate::model::action::Status;
use crate::vocab::Mention;
use crate::vocab::meaning::{Label, Leftover, Meaning};
use crate::vocab::pattern::is_hangul;

/// What stands before a piece of an item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// The item begins with it.
    Nothing,
    /// A bracket opens, or a comma divides what stands in one.
    Bracket,
    /// A bracket closes.
    Closed,
    /// A dash, a slash, an arrow or a colon between blanks.
    Dash,
    /// A comma or a full stop.
    Comma,
}

/// A part of an item that signs divide from the others.
pub(super) struct Piece {
    pub(super) range: Range<u32>,
    pub(super) before: Before,
}

/// The pieces of an item.
pub(super) struct Pieces<'s, 'a> {
    pub(super) scope: &'s Scope<'a>,
    pub(super) item: Range<u32>,
    pub(super) pieces: Vec<Piece>,
}

/// A longer item is a paragraph, in bytes.
const LONGEST: usize = 2000;
/// What has more parts lists something.
const MOST_PIECES: usize = 50;
/// An owner has so many words at most: behind a label, and without one.
pub(super) const LONGEST_OWNER: usize = 4;
pub(super) const LONGEST_NAME: usize = 3;
/// A name in Hangul has so many syllables at most.
const SYLLABLES: usize = 6;

impl<'s, 'a> Pieces<'s, 'a> {
    /// Divides an item; what belongs to a day divides nothing.
    pub(super) fn of(scope: &'s Scope<'a>, item: &Range<u32>) -> Self {
        let whole = scope.text(item.clone());
        let text = beginning(whole, LONGEST);
        let item = item.start..item.start + text.len() as u32;
        let (mut pieces, mut start, mut before) = (Vec::new(), item.start, Before::Nothing);
        let mut depth = 0usize;
        for (at, sign) in text.char_indices() {
            let place = item.start + at as u32;
            let rest = text.get(at + sign.len_utf8()..).unwrap_or_default();
            let is_apart =
                || rest.starts_with(' ') && text.get(..at).is_some_and(|head| head.ends_with(' '));
            let next = match sign {
                '(' | '[' | '（' => Before::Bracket,
                ')' | ']' | '）' => Before::Closed,
                '—' | '–' | '-' | '/' | '|' | '→' if is_apart() => Before::Dash,
                ':' if is_apart() && !is_labelled(scope, &item, place) => Before::Dash,
                '📅' | '🗓' => Before::Dash,
                ',' | ';' if depth > 0 => Before::Bracket,
                '.' if is_initial(text.get(..at)) => continue,
                ',' | ';' | '.' if rest.starts_with(' ') => Before::Comma,
                _ => continue,
            };
            if in_time(scope, &item, place) {
                continue;
            }
            if pieces.len() == MOST_PIECES {
                break;
            }
            depth = match sign {
                '(' | '[' | '（' => depth + 1,
                ')' | ']' | '）' => depth.saturating_sub(1),
                _ => depth,
            };
            pieces.extend(piece(scope, start..place, before));
            (start, before) = (place + sign.len_utf8() as u32, next);
        }
        pieces.extend(piece(scope, start..item.end, before));
        Self { scope, item, pieces }
    }

    /// Whether it is done, where a piece says nothing else but when.
    pub(super) fn state(&self) -> Option<Status> {
        let apart = self.pieces.iter().skip(1).filter(|piece| self.is_fact(piece));
        apart.filter_map(|piece| self.without_state(piece).1).next_back()
    }

    pub(super) fn text(&self, range: &Range<u32>) -> &'a str {
        self.scope.text(range.clone())
    }

    /// Nothing but a day, or whether it is done.
    pub(super) fn is_fact(&self, piece: &Piece) -> bool {
        let (rest, state) = self.without_state(piece);
        let is_nothing = !self.text(&rest).contains(char::is_alphanumeric);
        is_nothing && state.is_some() || due::alone(self.scope, &rest).is_some()
    }

    /// A piece without the words for its state at its ends.
    pub(super) fn without_state(&self, piece: &Piece) -> (Range<u32>, Option<Status>) {
        let mut rest = piece.range.clone();
        let mut state = None;
        for said in self.scope.mentions(piece.range.clone()) {
            let Meaning::Status(status) = said.meaning else { continue };
            // "완료 예정일" asks for a day.
            let is_label = |name: &Mention| {
                matches!(name.meaning, Meaning::Label(_))
                    && name.start <= said.start
                    && name.end > said.end
            };
            if self.scope.mentions(piece.range.clone()).any(is_label) {
                continue;
            }
            if said.start == rest.start && said.end <= rest.end {
                (rest.start, state) = (said.end, Some(status));
            } else if said.end == rest.end && said.start >= rest.start {
                (rest.end, state) = (said.start, Some(status));
            }
        }
        (rest, state)
    }

    /// Written like a name, and no word that says something else.
    pub(super) fn is_name(&self, range: &Range<u32>) -> bool {
        self.class(range).is_some()
    }

    /// Whether something can be a name, and whether its words show that it is: a known one, a team, initials.
    pub(super) fn class(&self, range: &Range<u32>) -> Option<bool> {
        let text = self.text(range);
        let words: Vec<&str> = text
            .split(|sign: char| sign.is_whitespace() || matches!(sign, '/' | '&'))
            .filter(|word| !word.is_empty())
            .take(LONGEST_OWNER + 1)
            .collect();
        let is_short = (1..=LONGEST_OWNER).contains(&words.len());
        let is_said = text.chars().filter(|letter| letter.is_alphabetic()).nth(1).is_some();
        let has_digit = text.contains(|sign: char| sign.is_ascii_digit());
        if !is_short || !is_said || has_digit || is_nobody(self.scope, range) {
            return None;
        }
        let people = &self.scope.vocab.people;
        let is_hangul_name =
            |word: &str| word.chars().all(is_hangul) && word.chars().count() <= SYLLABLES;
        let is_written = |word: &&str| {
            word.starts_with(|letter: char| letter.is_uppercase() || letter == '@')
                || is_hangul_name(word)
                || people.is_group(word)
                || people.units.contains(&word.to_lowercase())
        };
        let is_known = words.iter().any(|word| people.is_named(word))
            || words.last().is_some_and(|word| people.is_group(word))
            || words.len() > 1 && words[0].len() == 2 && words[0].ends_with('.');
        let is_code = self.scope.code_at(range.start).is_some();
        let is_like = words.iter().all(is_written) || words.len() == 1 && is_known;
        if is_known && is_like && !is_code {
            return Some(true);
        }
        let means =
            |meaning| !matches!(meaning, Meaning::Label(Label::Owner) | Meaning::Leftover(_));
        let is_unit = words.iter().all(|word| people.units.contains(&word.to_lowercase()));
        let is_other =
            !is_unit && self.scope.mentions(range.clone()).any(|said| means(said.meaning));
        let is_one = text.split_whitespace().nth(1).is_none() || !text.contains(is_hangul);
        (is_like && is_one && words.len() <= LONGEST_NAME && !is_code && !is_other).then_some(false)
    }
}

/// Whether a cell or a value says that nobody owns it yet, or says nothing.
pub(super) fn is_nobody(scope: &Scope<'_>, text: &Range<u32>) -> bool {
    let is_none = |meaning| match meaning {
        Meaning::Leftover(Leftover::Alone | Leftover::Nothing | Leftover::Nobody) => Some(()),
        _ => None,
    };
    !scope.text(text.clone()).contains(char::is_alphanumeric)
        || scope.covering(text, is_none).is_some()
}

/// The first bytes of a text, so many at most.
pub(super) fn beginning(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// `H.`: the point behind a letter of a name ends nothing.
fn is_initial(before: Option<&str>) -> bool {
    let mut letters = before.unwrap_or_default().chars().rev();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none_or(|letter| !letter.is_alphanumeric())
}

/// Whether a label stands right before a place.
fn is_labelled(scope: &Scope<'_>, item: &Range<u32>, place: u32) -> bool {
    let is_label = |meaning| matches!(meaning, Meaning::Label(_));
    scope.mentions(item.start..place).any(|said| is_label(said.meaning) && said.end + 1 == place)
}

fn in_time(scope: &Scope<'_>, item: &Range<u32>, place: u32) -> bool {
    let times = scope.times(item.clone());
    let after = times.partition_point(|time| time.start <= place);
    after.checked_sub(1).is_some_and(|at| place < times[at].end)
}

fn piece(scope: &Scope<'_>, range: Range<u32>, before: Before) -> Option<Piece> {
    let text = scope.text(range.clone());
    let body = text.trim_matches([' ', '.', '\u{fe0f}']);
    let start =
        range.start + (text.len() - text.trim_start_matches([' ', '.', '\u{fe0f}']).len()) as u32;
    (!body.is_empty()).then(|| Piece { range: start..start + body.len() as u32, before })
}
