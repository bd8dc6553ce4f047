//! Times of day: `9:45 PM`, `0300hrs`, `1727 UTC`, `8.35 AM`, `noon`, `13:17pm`.

use crate::extract::time::Reader;
use crate::model::when::Clock;
use crate::vocab::clock::Half;

/// A time of day as read, with what was odd about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Read {
    pub(super) clock: Clock,
    pub(super) half: Option<Half>,
    pub(super) slip: bool,
    /// `24:00` is the next day's midnight.
    pub(super) next_day: bool,
    /// So loosely written that it needs a zone, a half or a place that calls for a time.
    pub(super) loose: bool,
}

impl Read {
    /// A time of day by its digits.
    pub(super) fn new(hour: u32, minute: u32, second: u32) -> Option<Self> {
        let next_day = hour == 24 && minute == 0;
        let hour = if next_day { 0 } else { hour };
        let part = |number: u32| u8::try_from(number).ok();
        let clock = Clock::new(part(hour)?, part(minute)?, part(second)?)?;
        Some(Self { clock, half: None, slip: false, next_day, loose: false })
    }

    /// The same time in a half of the day. `13:17pm` is 13:17: the half says nothing that the hour does not. The hour
    /// after noon is 12 or 0: `0:30pm`, `오후 0시 30분`.
    pub(super) fn with_half(mut self, half: Option<Half>) -> Self {
        let Some(half) = half else { return self };
        self.half = Some(half);
        self.loose = false;
        match (half, self.clock.hour) {
            (_, 13..) => self.slip = true,
            (Half::Am, 0) => self.slip = true,
            (Half::Am, 12) => self.clock.hour = 0,
            (Half::Pm, hour) if hour < 12 => self.clock.hour = hour + 12,
            _ => {}
        }
        self
    }
}

impl Reader<'_> {
    /// A time of day at a token.
    pub(super) fn clock(&self, at: usize) -> Option<(Read, usize)> {
        if let Some(found) = self.korean_clock(at) {
            return Some(found);
        }
        if let Some(hour) = self.word(at).and_then(|word| self.words.named_hour(word)) {
            let read = Read::new(u32::from(hour), 0, 0)?;
            return Some((
                Read { half: Some(if hour == 12 { Half::Pm } else { Half::Am }), ..read },
                at + 1,
            ));
        }
        if let Some((read, next)) = self.clock_digits(at) {
            let (half, next) = self.half(next);
            let next = next + usize::from(half.is_none() && self.is_hours(next));
            return Some((read.with_half(half), next));
        }
        self.whole_hour(at).or_else(|| self.military(at))
    }

    /// `9:45`, `09:45:30`, `12;45`, `9h45`; `8.35` is loose.
    pub(super) fn clock_digits(&self, at: usize) -> Option<(Read, usize)> {
        let hour = self.number(at).filter(|_| self.digits(at) <= 2)?;
        let sign = [':', ';', '.', 'h']
            .into_iter()
            .find(|&sign| self.is(at + 1, sign) || sign == 'h' && self.word(at + 1) == Some("h"))?;
        if self.digits(at + 2) != 2
            || !self.glued(at + 1) && sign != ':'
            || !self.glued(at + 2) && sign != ':'
        {
            return None;
        }
        let minute = self.number(at + 2)?;
        let mut next = at + 3;
        let mut second = 0;
        if (self.is(next, ':') || self.is(next, '.') && sign == ':')
            && self.digits(next + 1) >= 2
            && self.glued(next + 1)
        {
            if self.digits(next + 1) == 2 {
                second = self.number(next + 1).filter(|&seconds| seconds < 60).unwrap_or(0);
            }
            next += 2;
            // Fractions of a second.
            if (self.is(next, '.') || self.is(next, ','))
                && self.digits(next + 1) >= 3
                && self.glued(next + 1)
            {
                next += 2;
            }
        }
        // `1.2.3` is a version, `10.0.0.1` an address.
        if sign == '.' && (self.is(next, '.') && self.digits(next + 1) > 0 || self.is(next, '%')) {
            return None;
        }
        let mut read = Read::new(hour, minute, second)?;
        // `1h30` may be how long; `13h42` is hardly that.
        let is_hour = hour >= 10 && self.word(next).is_none_or(|_| !self.glued(next));
        read.loose = sign == '.' || sign == 'h' && !is_hour;
        Some((read, next))
    }

    /// `5pm`, `5 PM`, `11p.m.`
    fn whole_hour(&self, at: usize) -> Option<(Read, usize)> {
        let hour = self.number(at).filter(|&hour| self.digits(at) <= 2 && hour <= 23)?;
        let (half, next) = self.half(at + 1);
        half?;
        // `5 a` could be `5 a day`: one letter must be glued on.
        if self.token(at + 1).is_some_and(|token| token.text.len() == 1)
            && !self.is(at + 2, '.')
            && !self.glued(at + 1)
        {
            return None;
        }
        Some((Read::new(hour, 0, 0)?.with_half(half), next))
    }

    /// `0300hrs`, `1727 UTC`, `1900`: four digits; loose unless `hrs` stands there.
    fn military(&self, at: usize) -> Option<(Read, usize)> {
        if self.digits(at) != 4 {
            return None;
        }
        let number = self.number(at)?;
        let mut read = Read::new(number / 100, number % 100, 0)?;
        if self.word(at + 1).and_then(|word| self.words.unit(word)) == Some(60.0) {
            return Some((read, at + 2));
        }
        let (half, next) = self.half(at + 1);
        if half.is_some() {
            return Some((read.with_half(half), next));
        }
        read.loose = true;
        Some((read, at + 1))
    }

    /// `in the morning`, `at night` after the digits: at night an hour up to five is past midnight.
    fn part_of_day(&self, at: usize) -> (Option<Half>, usize) {
        let mut name = at;
        while self.word(name).is_some_and(|word| self.words.leads_half(word)) {
            name += 1;
        }
        let Some(word) = self.word(name).filter(|word| word.len() > 3) else { return (None, at) };
        let half = self.words.half(word);
        let hour = self.number(at - 1).filter(|_| !self.is(at.saturating_sub(2), ':'));
        let hour = hour.or_else(|| self.number(at.checked_sub(3)?));
        let is_past_midnight =
            self.words.is_night(word) && hour.is_some_and(|hour| hour == 12 || hour < 6);
        match half {
            Some(_) if is_past_midnight => (Some(Half::Am), name + 1),
            Some(half) => (Some(half), name + 1),
            None => (None, at),
        }
    }

    /// `am`, `PM`, `p.m.`, `오후` after the digits.
    pub(super) fn half(&self, at: usize) -> (Option<Half>, usize) {
        let Some(word) = self.word(at) else { return (None, at) };
        // `p` `.` `m` `.`
        if word.len() == 1 && self.is(at + 1, '.') && self.word(at + 2) == Some("m") {
            let half = self.words.half(&format!("{word}.m"));
            let next = at + 3 + usize::from(self.is(at + 3, '.') && self.glued(at + 3));
            return (half, if half.is_some() { next } else { at });
        }
        if self.words.leads_half(word) {
            return self.part_of_day(at);
        }
        match self.words.half(word) {
            Some(half) if word.len() > 1 || self.glued(at) => {
                let next = at + 1;
                // `am.` at the end of a sentence keeps its dot.
                (Some(half), next)
            }
            _ => (None, at),
        }
    }
}
