//! Who is to do what an item asks for: a label, a handle, or a name that stands apart beside a day.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::model::kind::Lang;
use crate::model::when::PartialDate;
use crate::vocab::meaning::{Label, Leftover, Meaning};
use crate::vocab::pattern::is_hangul;

/// What stands before a piece of an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The item begins with it.
    Nothing,
    /// A bracket opens, or a comma divides what stands in one.
    Bracket,
    /// A bracket closes.
    Closed,
    /// A dash, a slash or an arrow between blanks.
    Dash,
    /// A comma or a full stop.
    Comma,
}

/// A part of an item that signs divide from the others.
struct Piece {
    range: Range<u32>,
    before: Before,
}

/// The pieces of an item.
pub(super) struct Pieces<'s, 'a> {
    scope: &'s Scope<'a>,
    item: Range<u32>,
    pieces: Vec<Piece>,
}

/// A longer item is a paragraph, in bytes.
const LONGEST: u32 = 2000;
/// An owner has so many words at most: behind a label, and without one.
const LONGEST_OWNER: usize = 4;
const LONGEST_NAME: usize = 3;
/// A name in Hangul has so many syllables at most.
const SYLLABLES: usize = 6;
/// So many letters beside a day belong to it: `까지`.
const PARTICLE: usize = 3;

impl<'s, 'a> Pieces<'s, 'a> {
    /// Divides an item; what belongs to a day divides nothing.
    pub(super) fn of(scope: &'s Scope<'a>, item: &Range<u32>) -> Self {
        let item = item.start..item.end.min(item.start.saturating_add(LONGEST));
        let text = scope.text(item.clone());
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
                '📅' | '🗓' => Before::Dash,
                ',' | ';' if depth > 0 => Before::Bracket,
                ',' | ';' | '.' if rest.starts_with(' ') => Before::Comma,
                _ => continue,
            };
            if in_time(scope, &item, place) {
                continue;
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

    /// Who does it, and whether that stands beside a day.
    pub(super) fn owner(&self) -> Option<String> {
        if let Some(named) = self.labelled() {
            return (!is_nobody(self.scope, &named)).then(|| self.text(&named).to_owned());
        }
        let found = self.handle().or_else(|| self.beside()).or_else(|| self.person())?;
        Some(self.text(&found).to_owned())
    }

    /// The day that stands apart.
    pub(super) fn day(&self) -> Option<PartialDate> {
        let day = self.pieces.iter().skip(1).find(|piece| self.is_day(piece))?;
        let read = self.scope.times(day.range.clone()).iter().find_map(|time| time.first()?.date);
        read.or_else(|| self.short_day(day))
    }

    fn text(&self, range: &Range<u32>) -> &'a str {
        self.scope.text(range.clone())
    }

    /// `owner: platform team`, wherever a piece begins so or a name stands behind it; `담당자 민지` where it stands apart.
    fn labelled(&self) -> Option<Range<u32>> {
        let is_owner = |meaning| meaning == Meaning::Label(Label::Owner);
        let mut labels =
            self.scope.mentions(self.item.clone()).filter(|said| is_owner(said.meaning));
        labels.find_map(|label| {
            let at = self.pieces.partition_point(|piece| piece.range.start <= label.start);
            let piece = self.pieces.get(at.checked_sub(1)?)?;
            let begins = piece.range.start == label.start;
            let rest = self.text(&(label.end..piece.range.end.max(label.end)));
            let body = rest.trim_start().strip_prefix([':', '：', '=']);
            let start = piece.range.end - body.unwrap_or(rest).trim_start().len() as u32;
            let value = self.name_at(start, piece.range.end)?;
            let is_told = match body {
                Some(_) if begins => piece.before != Before::Nothing || self.is_name(&value),
                Some(_) => {
                    let words = self.text(&(piece.range.start..label.start));
                    words.split_whitespace().count() >= LONGEST_NAME && self.is_name(&value)
                }
                None => {
                    let is_apart = matches!(piece.before, Before::Bracket | Before::Dash);
                    begins && is_apart && rest.starts_with(' ') && self.is_name(&value)
                }
            };
            is_told.then_some(value)
        })
    }

    /// What stands there up to the next label or day, if it is short enough for a name.
    fn name_at(&self, start: u32, end: u32) -> Option<Range<u32>> {
        let is_due = |meaning| meaning == Meaning::Label(Label::Due);
        let mut stops = self.scope.mentions(start..end).filter(|said| is_due(said.meaning));
        let day = self.scope.times(start..end).first().map_or(end, |time| time.start);
        let end = stops.next().map_or(end, |label| label.start).min(day);
        let name = self.text(&(start..end)).trim_end_matches([' ', '.', ':', '~']);
        let is_short = (1..=LONGEST_OWNER).contains(&name.split_whitespace().count());
        let is_said = is_short && name.contains(char::is_alphanumeric);
        is_said.then(|| start..start + name.len() as u32)
    }

    /// `@mira`: what a piece begins with, or what only days and other handles follow. An address stands alone.
    fn handle(&self) -> Option<Range<u32>> {
        let is_handle = |word: &str| {
            let name = word.strip_prefix('@').unwrap_or_default();
            let is_plain = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '.');
            name.chars().nth(1).is_some() && name.trim_end_matches([':', '.']).chars().all(is_plain)
        };
        let goes_on =
            |piece: &Piece| self.is_day(piece) || self.text(&piece.range).starts_with('@');
        let last = self.pieces.iter().rposition(|piece| !goes_on(piece)).unwrap_or(0);
        let has_day = self.pieces.iter().any(|piece| self.is_day(piece));
        self.pieces.iter().enumerate().find_map(|(at, piece)| {
            let text = self.text(&piece.range);
            let is_apart = matches!(piece.before, Before::Bracket | Before::Dash);
            let words: Vec<&str> = text.split(' ').collect();
            let leading = words.iter().take_while(|word| is_handle(word)).count();
            let trailing = words.iter().rev().take_while(|word| is_handle(word)).count();
            // `@Transactional` is no person: a capital is one where it stands apart or has a day.
            let is_meant = |word: &str| is_apart || has_day || !word.starts_with(is_capital_handle);
            let is_meant = |word: &&str| is_meant(word.get(1..).unwrap_or_default());
            let found = if leading > 0 && words.first().is_some_and(is_meant) {
                let len = words[..leading].join(" ").len();
                piece.range.start..piece.range.start + len as u32
            } else if trailing > 0 && at >= last && words.last().is_some_and(is_meant) {
                let len = words[words.len() - trailing..].join(" ").len();
                piece.range.end - len as u32..piece.range.end
            } else if is_apart && is_address(text) {
                piece.range.clone()
            } else {
                return None;
            };
            let name = self.text(&found).trim_end_matches([':', '.']);
            let is_code = self.scope.code_at(found.start).is_some();
            (!is_code).then(|| found.start..found.start + name.len() as u32)
        })
    }

    /// A name that stands apart beside a day: any few words in the bracket that ends the item, else what is written like a name.
    fn beside(&self) -> Option<Range<u32>> {
        let (last, rest) = self.pieces.split_last()?;
        if last.before == Before::Bracket {
            let inside = rest.iter().rev().take_while(|piece| piece.before == Before::Bracket);
            let bracket: Vec<&Piece> = inside.chain([last]).collect();
            let timed = |piece: &&Piece| {
                self.is_day(piece) || !self.scope.times(piece.range.clone()).is_empty()
            };
            let mut names = bracket.iter().filter(|piece| !timed(piece) && self.may_own(piece));
            if let Some(name) = names.next_back().filter(|_| bracket.iter().any(timed)) {
                return Some(name.range.clone());
            }
        }
        self.pieces.iter().enumerate().skip(1).find_map(|(at, piece)| {
            let is_apart = match piece.before {
                Before::Bracket | Before::Dash => self.is_name(&piece.range),
                Before::Comma => self.is_person(&piece.range),
                Before::Nothing | Before::Closed => false,
            };
            let day = |at: usize| self.pieces.get(at).is_some_and(|piece| self.is_day(piece));
            if is_apart {
                return (day(at + 1) || at > 1 && day(at - 1)).then(|| piece.range.clone());
            }
            // `2024-10-09 민지`
            let time = self.scope.times(piece.range.clone()).last()?;
            let name = self.text(&(time.end..piece.range.end.max(time.end))).trim_start();
            let name = piece.range.end - name.len() as u32..piece.range.end;
            let is_alone = time.start == piece.range.start && piece.before != Before::Comma;
            (is_alone && self.is_person(&name)).then_some(name)
        })
    }

    /// A name that no other word begins with, at the end of an item: `(Mira)`, `→ Mira`.
    fn person(&self) -> Option<Range<u32>> {
        let (last, rest) = self.pieces.split_last()?;
        let is_apart = matches!(last.before, Before::Bracket | Before::Dash) && !rest.is_empty();
        (is_apart && self.is_person(&last.range)).then(|| last.range.clone())
    }

    /// Nothing but a day, with what says that it is one.
    fn is_day(&self, piece: &Piece) -> bool {
        let [time] = self.scope.times(piece.range.clone()) else {
            return self.short_day(piece).is_some();
        };
        let is_due = |meaning| meaning == Meaning::Label(Label::Due);
        let label = self.scope.mentions(piece.range.start..time.start);
        let from = label.filter(|said| is_due(said.meaning)).map(|said| said.end).last();
        let around = [from.unwrap_or(piece.range.start)..time.start, time.end..piece.range.end];
        let beside: usize = around.iter().map(|range| self.scope.letters(range)).sum();
        time.first().is_some_and(|stamp| stamp.date.is_some()) && beside <= PARTICLE
    }

    /// `~10/9`, in Korean: month and day.
    fn short_day(&self, piece: &Piece) -> Option<PartialDate> {
        let text = self.text(&piece.range).trim_matches([' ', '~']);
        let (month, day) = text.split_once(['/', '.']).filter(|_| self.scope.lang == Lang::Ko)?;
        PartialDate::yearless(month.parse().ok()?, day.parse().ok()?)
    }

    /// A few words that say nothing else.
    fn may_own(&self, piece: &Piece) -> bool {
        let text = self.text(&piece.range);
        let says = |meaning| matches!(meaning, Meaning::Status(_) | Meaning::Term(_));
        text.split_whitespace().count() <= LONGEST_OWNER
            && text.contains(char::is_alphabetic)
            && !self.scope.mentions(piece.range.clone()).any(|said| says(said.meaning))
            && !is_nobody(self.scope, &piece.range)
    }

    /// Written like a name, and no word that says something else.
    fn is_name(&self, range: &Range<u32>) -> bool {
        let text = self.text(range);
        let is_written = |word: &str| {
            let is_capital =
                word.starts_with(|letter: char| letter.is_uppercase() || letter == '@');
            is_capital || word.chars().all(is_hangul) && word.chars().count() <= SYLLABLES
        };
        let means =
            |meaning| !matches!(meaning, Meaning::Label(Label::Owner) | Meaning::Leftover(_));
        let words = text.split_whitespace();
        (1..=LONGEST_NAME).contains(&words.clone().count())
            && text.chars().filter(|letter| letter.is_alphabetic()).nth(1).is_some()
            && words.clone().all(is_written)
            && !is_nobody(self.scope, range)
            && !text.contains(|sign: char| sign.is_ascii_digit())
            && !self.scope.mentions(range.clone()).any(|said| means(said.meaning))
    }

    /// Written like a name, and known to be one.
    fn is_person(&self, range: &Range<u32>) -> bool {
        let people = &self.scope.vocab.people;
        let first = self.text(range).split_whitespace().next().unwrap_or_default();
        let is_known = people.given.contains(&first.to_lowercase()) || people.is_korean_name(first);
        is_known && self.is_name(range)
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

fn is_capital_handle(letter: char) -> bool {
    letter.is_uppercase()
}

/// `mira@example.org`
fn is_address(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    text.split_once('@').is_some_and(|(name, host)| {
        is_part(name) && is_part(host) && host.contains('.') && !host.contains('@')
    })
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
