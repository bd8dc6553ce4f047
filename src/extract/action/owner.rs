//! Who is to do what an item asks for: a label, a handle, or a name that stands apart where owners stand.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::extract::action::due;
use crate::extract::scope::Scope;
use crate::model::action::Status;
use crate::model::when::PartialDate;
use crate::vocab::Mention;
use crate::vocab::meaning::{Label, Leftover, Meaning};
use crate::vocab::pattern::is_hangul;

/// Where in an item an owner stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// Behind a label, or beside a day: nothing of the others follows from it.
    Told,
    /// In brackets at the end.
    Bracket,
    /// Behind a dash, an arrow or the like at the end.
    Dash,
    /// `@mira` at the end.
    Handle,
    /// Before a colon, a dash or in brackets at the beginning.
    Lead,
    /// Before "will".
    Verb,
}

/// Who may be meant.
pub(super) struct Owner {
    /// As written.
    name: String,
    slot: Slot,
    is_sure: bool,
}

impl Owner {
    /// One whom a column names.
    pub(super) fn told(name: &str) -> Self {
        Self { name: name.to_owned(), slot: Slot::Told, is_sure: true }
    }

    /// Whether its words or its place show that it is one.
    pub(super) fn is_sure(&self) -> bool {
        self.is_sure
    }
}

/// Decides of each item of a document who owns it. A name that nothing shows to be one is one where the same owns another
/// item, or where the items of its list have owners in that place for the most part.
pub(super) fn settle(found: Vec<(u32, Option<Owner>)>) -> Vec<Option<String>> {
    let (mut lists, mut slots) = (BTreeMap::new(), BTreeMap::new());
    let mut known = BTreeSet::new();
    for (list, owner) in &found {
        *lists.entry(*list).or_insert(0usize) += 1;
        let Some(owner) = owner else { continue };
        let (sure, unsure) = slots.entry((*list, owner.slot)).or_insert((0usize, 0usize));
        *(if owner.is_sure { sure } else { unsure }) += 1;
        if owner.is_sure {
            known.insert(owner.name.to_lowercase());
        }
    }
    let is_usual = |list: u32, slot: Slot| {
        let (sure, unsure) = slots.get(&(list, slot)).copied().unwrap_or_default();
        slot != Slot::Verb && sure >= unsure && (sure + unsure) * 2 >= lists[&list]
    };
    let mut owners = Vec::with_capacity(found.len());
    for (list, owner) in found {
        let owner = owner.filter(|owner| {
            let is_known = || known.contains(&owner.name.to_lowercase());
            owner.is_sure || is_known() || is_usual(list, owner.slot)
        });
        owners.push(owner.map(|owner| owner.name));
    }
    owners
}

/// What stands before a piece of an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
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
const LONGEST: usize = 2000;
/// What has more parts lists something.
const MOST_PIECES: usize = 50;
/// An owner has so many words at most: behind a label, and without one.
const LONGEST_OWNER: usize = 4;
const LONGEST_NAME: usize = 3;
/// A name in Hangul has so many syllables at most.
const SYLLABLES: usize = 6;
/// What an item begins with up to a colon is no longer than this, in bytes.
const LONGEST_LEAD: usize = 40;

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

    /// Who does it, or may be meant to.
    pub(super) fn owner(&self) -> Option<Owner> {
        if let Some(named) = self.labelled() {
            return (!is_nobody(self.scope, &named)).then(|| self.found(&named, Slot::Told, true));
        }
        let (handle, mut apart, mut lead) = (self.handle(), self.apart(), self.lead());
        let sure = [&handle, &apart, &lead]
            .iter()
            .position(|found| found.as_ref().is_some_and(|owner| owner.is_sure));
        match sure {
            Some(0) => handle,
            Some(1) => apart.take(),
            Some(_) => lead.take(),
            None => apart.or(handle).or(lead),
        }
    }

    /// The day that stands apart.
    pub(super) fn day(&self) -> Option<PartialDate> {
        let led = || {
            let first = self.scope.times(self.item.clone()).first()?;
            let (name, _) = self.lead_of(first.end)?;
            let is_lead = first.start == self.item.start && self.class(&name).is_some();
            first.first()?.date.filter(|_| is_lead)
        };
        let apart = self.pieces.iter().skip(1);
        let mut days =
            apart.filter_map(|piece| due::alone(self.scope, &self.without_state(piece).0));
        let behind = || {
            let mut handles = self
                .pieces
                .iter()
                .filter_map(|piece| Some(self.handle_of(piece)?.0.end..piece.range.end));
            handles.find_map(|rest| due::alone(self.scope, &rest))
        };
        days.next().or_else(behind).or_else(led)
    }

    /// Whether it is done, where a piece says nothing else but when.
    pub(super) fn state(&self) -> Option<Status> {
        let apart = self.pieces.iter().skip(1).filter(|piece| self.is_fact(piece));
        apart.filter_map(|piece| self.without_state(piece).1).next_back()
    }

    fn found(&self, range: &Range<u32>, slot: Slot, is_sure: bool) -> Owner {
        Owner { name: self.text(range).to_owned(), slot, is_sure }
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
                    let is_meant = match piece.before {
                        Before::Bracket | Before::Dash => self.is_name(&value),
                        Before::Comma => self.class(&value) == Some(true),
                        Before::Nothing | Before::Closed => false,
                    };
                    begins && is_meant && rest.starts_with(' ')
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

    /// `@mira`: what a piece begins with, or what stands at the end or before a day. An address stands alone.
    fn handle(&self) -> Option<Owner> {
        let found = self.pieces.iter().filter_map(|piece| self.handle_of(piece));
        let (found, is_sure) =
            found.max_by_key(|(found, is_sure)| (*is_sure, u32::MAX - found.start))?;
        let name = self.text(&found).trim_end_matches([':', '.']);
        let found = found.start..found.start + name.len() as u32;
        Some(self.found(&found, Slot::Handle, is_sure))
    }

    fn handle_of(&self, piece: &Piece) -> Option<(Range<u32>, bool)> {
        let text = self.text(&piece.range);
        let is_apart = matches!(piece.before, Before::Bracket | Before::Dash);
        if !text.contains('@') {
            return None;
        }
        if is_apart && is_address(text) {
            return Some((piece.range.clone(), true));
        }
        let words: Vec<&str> = text.split(' ').collect();
        let place = |at: usize| {
            piece.range.start + words[..at].iter().map(|word| word.len() as u32 + 1).sum::<u32>()
        };
        let first = words.iter().position(|word| is_handle(word))?;
        let count = words[first..].iter().take_while(|word| is_handle(word)).count();
        let end = place(first + count) - 1;
        let found = place(first)..end;
        let rest = end..piece.range.end;
        if self.scope.code_at(found.start).is_some() {
            return None;
        }
        let has_day = due::alone(self.scope, &rest).is_some()
            || self.pieces.iter().skip(1).any(|piece| self.is_fact(piece));
        let name = self.text(&found).get(1..).unwrap_or_default();
        // `@Transactional` is no person: a capital is one where it stands apart or has a day.
        if first == 0 && (is_apart || has_day || !name.starts_with(char::is_uppercase)) {
            return Some((found, true));
        }
        let is_end = self.text(&rest).trim().is_empty() && first > 0;
        let is_known = name.starts_with(is_hangul) || self.scope.vocab.people.given.contains(name);
        let next = self.pieces.iter().find(|next| next.range.start >= piece.range.end);
        let is_last = next.is_none_or(|next| self.is_fact(next));
        (is_end && is_last || due::alone(self.scope, &rest).is_some())
            .then_some((found, has_day || is_known))
    }

    /// A name that stands apart beside a day or a state, or at the end.
    fn apart(&self) -> Option<Owner> {
        let is_set = |piece: &Piece| matches!(piece.before, Before::Bracket | Before::Dash);
        // Beside it, or beside further names.
        let is_beside = |at: usize| {
            let other = |piece: &&Piece| self.class(&piece.range).is_none();
            let next = self.pieces.get(at + 1..).and_then(|rest| rest.iter().find(other));
            let before = at.checked_sub(1).filter(|&at| at > 0).map(|at| &self.pieces[at]);
            next.is_some_and(|piece| self.is_fact(piece))
                || before.is_some_and(|piece| self.is_fact(piece))
        };
        let named = self.pieces.iter().enumerate().skip(1).find_map(|(at, piece)| {
            if let Some(name) = self.behind_day(piece) {
                return Some((at, name));
            }
            let class = self.class(&piece.range)?;
            let is_apart = is_set(piece) || piece.before == Before::Comma && class;
            (is_apart && is_beside(at)).then(|| (at, piece.range.clone()))
        });
        if let Some((at, range)) = named {
            return Some(self.found(&self.with_others(at, range), Slot::Told, true));
        }
        // What stands behind it may be a number of a ticket.
        let is_number = |piece: &Piece| {
            let text = self.text(&piece.range);
            text.contains(|sign: char| sign.is_ascii_digit()) && !text.contains(' ')
        };
        let last = self.pieces.iter().rposition(|piece| !is_number(piece)).filter(|&at| at > 0)?;
        let bracket =
            self.pieces[..=last].iter().rposition(|piece| !(piece.before == Before::Bracket));
        let first = bracket.map_or(last, |at| (at + 1).min(last)).max(1);
        let (at, class) =
            (first..=last).find_map(|at| Some((at, self.class(&self.pieces[at].range)?)))?;
        let piece = &self.pieces[at];
        let slot = if piece.before == Before::Dash { Slot::Dash } else { Slot::Bracket };
        let range = self.with_others(at, piece.range.clone());
        is_set(piece).then(|| self.found(&range, slot, class))
    }

    /// `2024-10-09 민지`: the name.
    fn behind_day(&self, piece: &Piece) -> Option<Range<u32>> {
        let time = self.scope.times(piece.range.clone()).last()?;
        let name = self.text(&(time.end..piece.range.end.max(time.end))).trim_start();
        let name = piece.range.end - name.len() as u32..piece.range.end;
        let is_alone = time.start == piece.range.start && piece.before != Before::Comma;
        (is_alone && self.class(&name) == Some(true)).then_some(name)
    }

    /// A name with those that follow it behind commas.
    fn with_others(&self, at: usize, name: Range<u32>) -> Range<u32> {
        let mut end = name.end;
        for next in &self.pieces[at + 1..] {
            let between = self.text(&(end..next.range.start)).trim();
            if !matches!(between, "," | "/") || self.class(&next.range).is_none() {
                break;
            }
            end = next.range.end;
        }
        name.start..end
    }

    /// What an item begins with: `Mira: …`, `Mira — …`, `[Mira] …`, "Mira will …".
    fn lead(&self) -> Option<Owner> {
        let time = self.scope.times(self.item.clone()).first();
        let start = time
            .filter(|time| time.start == self.item.start)
            .map_or(self.item.start, |time| time.end);
        let (name, slot) = self.lead_of(start)?;
        let class = self.class(&name)?;
        Some(self.found(&name, slot, class))
    }

    fn lead_of(&self, start: u32) -> Option<(Range<u32>, Slot)> {
        let text = self.text(&(start..self.item.end.max(start)));
        let body = text.trim_start_matches([' ', '[', '(', ']', ')']);
        let start = start + (text.len() - body.len()) as u32;
        let head = beginning(body, LONGEST_LEAD);
        let verbs = &self.scope.vocab.people.promises;
        let spaces = head.match_indices(' ').take(2).map(|(at, _)| at);
        let verb = spaces.filter(|at| {
            let next = head.get(at + 1..).unwrap_or_default().split(' ').next();
            next.is_some_and(|next| verbs.contains(next))
        });
        let sign = head.char_indices().find(|(at, sign)| match sign {
            ':' | '：' => true,
            ']' | ')' => text.len() > body.len(),
            '—' | '–' | '-' => head.get(..*at).is_some_and(|head| head.ends_with(' ')),
            _ => false,
        });
        let (end, slot) = match (verb.last(), sign) {
            (_, Some((end, _))) => (end, Slot::Lead),
            (Some(end), None) => (end, Slot::Verb),
            (None, None) => return None,
        };
        let name = head.get(..end)?.trim_end();
        Some((start..start + name.len() as u32, slot))
    }

    /// Nothing but a day, or whether it is done.
    fn is_fact(&self, piece: &Piece) -> bool {
        let (rest, state) = self.without_state(piece);
        let is_nothing = !self.text(&rest).contains(char::is_alphanumeric);
        is_nothing && state.is_some() || due::alone(self.scope, &rest).is_some()
    }

    /// A piece without the words for its state at its ends.
    fn without_state(&self, piece: &Piece) -> (Range<u32>, Option<Status>) {
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
    fn is_name(&self, range: &Range<u32>) -> bool {
        self.class(range).is_some()
    }

    /// Whether something can be a name, and whether its words show that it is: a known one, a team, initials.
    fn class(&self, range: &Range<u32>) -> Option<bool> {
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
        let is_one = words.len() == 1 || !text.contains(is_hangul);
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

/// `@mira`, `@mira/@jonas`
fn is_handle(word: &str) -> bool {
    let is_plain = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '.');
    word.trim_end_matches([':', '.']).split('/').all(|word| {
        let name = word.strip_prefix('@').unwrap_or_default();
        name.chars().nth(1).is_some() && name.chars().all(is_plain)
    })
}

/// The first bytes of a text, so many at most.
fn beginning(text: &str, most: usize) -> &str {
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
