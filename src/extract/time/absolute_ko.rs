//! Dates and times of day as Korean writes them: `2024년 8월 23일(금) 오후 11시 23분`.

use crate::extract::time::Reader;
use crate::extract::time::absolute_en::Dated;
use crate::extract::time::clock::Read;
use crate::model::when::PartialDate;
use crate::vocab::clock::Half;

impl Reader<'_> {
    /// `2024년 8월 23일`, `8월 23일`, `2024년 8월`, `24년 8월 23일`.
    pub(super) fn korean_date(&self, at: usize) -> Option<(Dated, usize)> {
        let mut next = at;
        let mut year = None;
        if self.unit_is(at + 1, "년") {
            year = match self.digits(at) {
                4 => Some(self.year(at)?),
                2 => Some(2000 + self.number(at)? as i16),
                _ => return None,
            };
            next = at + 2;
        }
        let month = self.small(next, 12)?;
        if !self.unit_is(next + 1, "월") {
            return None;
        }
        if self.unit_is(next + 3, "일")
            && let Some(day) = self.small(next + 2, 31)
        {
            let date = match year {
                Some(year) => PartialDate::new(year, month, day)?,
                None => PartialDate::yearless(month, day)?,
            };
            return Some((date.into(), next + 4));
        }
        let date = PartialDate::month_of(year?, month)?;
        Some((date.into(), next + 2))
    }

    /// `오후 11시 23분`, `23시`, `오전 10:15`, `3시 반`, `새벽 2시쯤`.
    pub(super) fn korean_clock(&self, at: usize) -> Option<(Read, usize)> {
        let half = self.word(at).and_then(|word| self.words.half(word));
        let start = at + usize::from(half.is_some());
        let hour = self.number(start).filter(|_| self.digits(start) <= 2)?;
        if half.is_some() && self.is(start + 1, ':') {
            let (read, next) = self.clock_digits(start)?;
            return Some((read.with_half(half), next));
        }
        if !self.is_hour(start + 1) {
            return None;
        }
        let mut next = start + 2;
        let mut minute = 0;
        let mut second = 0;
        // `14시반`, `2시반부터`
        let glued = self.word(start + 1).and_then(|word| word.strip_prefix("시"));
        if glued.is_some_and(|rest| self.words.is_half_hour(rest)) {
            minute = 30;
        } else if self.unit_is(next + 1, "분")
            && let Some(minutes) = self.number(next).filter(|&minutes| minutes < 60)
        {
            minute = minutes;
            next += 2;
            if self.unit_is(next + 1, "초")
                && let Some(seconds) = self.number(next).filter(|&seconds| seconds < 60)
            {
                second = seconds;
                next += 2;
            }
        } else if self.word(next).is_some_and(|word| self.words.is_half_hour(word)) {
            minute = 30;
            next += 1;
        }
        let read = Read::new(hour, minute, second)?;
        // At night an hour from 12 to 5 is past midnight, as `새벽`; `밤` and `저녁` are before it.
        let half = match half {
            Some(Half::Pm)
                if hour == 12 && self.word(at).is_some_and(|word| self.words.is_night(word)) =>
            {
                Some(Half::Am)
            }
            half => half,
        };
        Some((read.with_half(half), next))
    }

    /// `시`, with a particle or not, but not `시간`.
    fn is_hour(&self, at: usize) -> bool {
        self.unit_is(at, "시") && self.word(at).is_some_and(|word| !self.words.is_not_hour(word))
    }

    /// A word that begins with this unit and belongs to the number before it.
    fn unit_is(&self, at: usize, unit: &str) -> bool {
        let Some(word) = self.word(at) else { return false };
        let Some(rest) = word.strip_prefix(unit) else { return false };
        // `3일간`, `3일째`, `5분간` are lengths.
        self.number(at.wrapping_sub(1)).is_some() && !rest.starts_with(['간', '째', '동'])
    }
}
