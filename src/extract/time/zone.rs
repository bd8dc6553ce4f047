//! Time zones: `PST`, `(UTC)`, `GMT+1`, `+09:00`, `West Africa Time (WAT)`, `US/Pacific`.

use crate::extract::time::Reader;
use crate::extract::time::token::Kind;
use crate::model::when::Zone;

/// The longest name of a zone, in words and signs: `America/New_York`.
const LONGEST: usize = 5;

impl Reader<'_> {
    /// The zone at a token: after a time, or wherever one is named.
    pub(super) fn zone(&self, at: usize) -> Option<(Zone, usize)> {
        let open = self.is(at, '(') || self.is(at, '[');
        let start = at + usize::from(open);
        let (zone, mut next) = self.bare_zone(start)?;
        if open {
            if !(self.is(next, ')') || self.is(next, ']')) {
                // `(UTC, 24 h)`: the zone is there, the bracket stays open.
                return Some((zone, next));
            }
            next += 1;
        }
        // `West Africa Time (WAT)`: the short name is the one that people use.
        if zone.name.contains(' ')
            && self.is(next, '(')
            && let Some((short, after)) = self.bare_zone(next + 1)
            && self.is(after, ')')
        {
            return Some((short, after + 1));
        }
        Some((zone, next))
    }

    /// Whether the name of a zone may begin at a token, or behind the bracket that it is.
    pub(super) fn opens_zone(&self, at: usize) -> bool {
        let start = at + usize::from(self.is(at, '(') || self.is(at, '['));
        self.token(start).is_some_and(|token| token.hints.opens_zone)
    }

    fn bare_zone(&self, at: usize) -> Option<(Zone, usize)> {
        self.signed_offset(at).or_else(|| self.named_zone(at))
    }

    fn named_zone(&self, at: usize) -> Option<(Zone, usize)> {
        let token = self.token(at).filter(|token| token.hints.opens_zone)?;
        for words in (1..=LONGEST.min(self.tokens.len() - at)).rev() {
            let name = self.name(at, words);
            let Some(offset) = self.words.zone(&name.to_lowercase()) else { continue };
            // Short names are words of the language too (`eat`, `cat`, `west`): they need capitals.
            let short = words == 1 && token.text.is_ascii();
            if short
                && (token.text.len() > 5
                    || !token.text.chars().all(|letter| letter.is_ascii_uppercase()))
            {
                continue;
            }
            if short && token.text.len() == 1 && !self.glued(at) {
                continue;
            }
            let zone = Zone { name, offset };
            return Some(self.shifted(zone, at + words));
        }
        None
    }

    /// The text of so many tokens as written, one space where there was any.
    fn name(&self, at: usize, words: usize) -> String {
        let mut name = String::new();
        for (index, token) in
            self.tokens[at..(at + words).min(self.tokens.len())].iter().enumerate()
        {
            if index > 0 && token.spaced {
                name.push(' ');
            }
            name.push_str(token.text);
        }
        name
    }

    /// `GMT+1`, `UTC-5`, `EAT + 3`, `UTC+09:00`.
    fn shifted(&self, zone: Zone, at: usize) -> (Zone, usize) {
        let sign = match self.token(at).map(|token| token.kind) {
            Some(Kind::Sign('+')) => 1,
            Some(Kind::Sign('-')) if self.glued(at) && self.glued(at + 1) => -1,
            _ => return (zone, at),
        };
        let Some(hours) =
            self.number(at + 1).filter(|&hours| hours <= 14 && self.digits(at + 1) <= 2)
        else {
            return (zone, at);
        };
        // `UTC-10:30` is `UTC` and the end of a range, unless nothing else could be meant.
        let (minutes, next) =
            if self.is(at + 2, ':') && self.digits(at + 3) == 2 && self.glued(at + 2) {
                (self.number(at + 3).unwrap_or(0), at + 4)
            } else {
                (0, at + 2)
            };
        let ends_range =
            |word: &str| self.words.half(word).is_some() || self.words.zone(word).is_some();
        if self.word(next).is_some_and(ends_range) {
            return (zone, at);
        }
        let letter = if sign > 0 { '+' } else { '-' };
        let tail: String = self.tokens[at + 1..next].iter().map(|token| token.text).collect();
        let is_base = matches!(zone.name.to_ascii_uppercase().as_str(), "UTC" | "GMT");
        let shift = sign * (hours as i16 * 60 + minutes as i16);
        let offset = if is_base { Some(shift) } else { zone.offset };
        (Zone { name: format!("{}{letter}{tail}", zone.name), offset }, next)
    }

    /// Whether the `30` of `08:19:30` stands before a token.
    fn ends_seconds(&self, at: usize) -> bool {
        at >= 5
            && (at - 4..at).all(|part| self.glued(part))
            && self.is(at - 2, ':')
            && self.is(at - 4, ':')
            && self.number(at - 5).is_some()
    }

    /// `+0100`, `+09:00` right after a time.
    fn signed_offset(&self, at: usize) -> Option<(Zone, usize)> {
        let sign = match self.token(at)?.kind {
            Kind::Sign('+') => 1,
            Kind::Sign('-') if self.glued(at) => -1,
            _ => return None,
        };
        if !self.glued(at + 1) {
            return None;
        }
        let number = self.number(at + 1)? as i16;
        let (offset, next) = match self.digits(at + 1) {
            4 if number % 100 < 60 && number <= 1400 => {
                ((number / 100) * 60 + number % 100, at + 2)
            }
            // `13:30-13:45` is a range; only a time with seconds goes on with such an offset.
            2 if number <= 14
                && self.is(at + 2, ':')
                && self.digits(at + 3) == 2
                && (sign > 0 || self.ends_seconds(at)) =>
            {
                (number * 60 + self.number(at + 3)? as i16, at + 4)
            }
            _ => return None,
        };
        // `-0800` after a date is a zone; `10:00-1130` is a range.
        if sign < 0 && self.digits(at + 1) == 4 && !number.to_string().ends_with("00") {
            return None;
        }
        let text: String = self.tokens[at..next].iter().map(|token| token.text).collect();
        Some((Zone { name: text, offset: Some(sign * offset) }, next))
    }
}
