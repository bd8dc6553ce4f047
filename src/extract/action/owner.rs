//! Who is to do what an item asks for: a label, a handle, or a name that stands apart where owners stand.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::extract::action::due;
use crate::extract::action::pieces::{
    Before, LONGEST_NAME, LONGEST_OWNER, Piece, Pieces, beginning, is_nobody,
};
use crate::model::when::PartialDate;
use crate::vocab::meaning::{Label, Meaning};
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

/// What an item begins with up to a colon is no longer than this, in bytes.
const LONGEST_LEAD: usize = 40;

impl Pieces<'_, '_> {
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

    fn found(&self, range: &Range<u32>, slot: Slot, is_sure: bool) -> Owner {
        Owner { name: self.text(range).to_owned(), slot, is_sure }
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
            (Some(end), sign) if sign.is_none_or(|(sign, _)| end < sign) => (end, Slot::Verb),
            (_, sign) => (sign?.0, Slot::Lead),
        };
        let name = head.get(..end)?.trim_end();
        Some((start..start + name.len() as u32, slot))
    }
}

/// `@mira`, `@mira/@jonas`
fn is_handle(word: &str) -> bool {
    let is_plain = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '.');
    word.trim_end_matches([':', '.']).split('/').all(|word| {
        let name = word.strip_prefix('@').unwrap_or_default();
        name.chars().nth(1).is_some() && name.chars().all(is_plain)
    })
}

/// `mira@example.org`
fn is_address(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    text.split_once('@').is_some_and(|(name, host)| {
        is_part(name) && is_part(host) && host.contains('.') && !host.contains('@')
    })
}
