//! Ranges that leave something out: days of one month, hours of one half of the day, dots for colons.

use crate::extract::time::clock::Read;
use crate::extract::time::range::settle;
use crate::extract::time::{Reader, Stamp, TimeKind};
use crate::model::when::PartialDate;

impl Reader<'_> {
    /// `10.00-12.00 on 8 June`: dots may stand in any number, but hardly before a day.
    pub(super) fn dotted_range(&self, at: usize) -> Option<(TimeKind, usize)> {
        let (read, next) = self.clock_digits(at).filter(|_| self.is(at + 1, '.'))?;
        let second = self.joint(next)?;
        let (last, end) = self.clock_digits(second).filter(|_| self.is(second + 1, '.'))?;
        let (dated, after) = self.date_after_clock(end).filter(|_| self.half(end).0.is_none())?;
        let stamp = |read: Read, from: usize, to: usize| Stamp {
            clock: Some(read.clock),
            start: self.tokens[from].start,
            end: self.tokens[to - 1].end(),
            ..Stamp::default()
        };
        let (mut first, last) = (stamp(read, at, next), stamp(last, second, end));
        first.date = Some(dated.date);
        let (first, last) = settle(first, last);
        Some((TimeKind::Range(first, last), after))
    }

    /// `January 14-19, 2026`, `14-19 January 2026`, `8월 14~16일`.
    pub(super) fn day_range(&self, at: usize) -> Option<(TimeKind, usize)> {
        if let Some(found) = self.days_of_month(at) {
            return Some(found);
        }
        let between = |next: usize| self.is(next, '-') || self.is(next, '~');
        let month_first = self.date(at).and_then(|(dated, next)| {
            let next_day = between(next).then(|| self.small(next + 1, 31)).flatten()?;
            let is_clock =
                self.is(next + 2, ':') || self.clock(next + 1).is_some_and(|(read, _)| !read.loose);
            (!is_clock && dated.date.day.is_some_and(|day| day < next_day))
                .then_some((dated, next, next_day))
        })?;
        let (dated, next, last_day) = month_first;
        let mut end = next + 2;
        let mut date = dated.date;
        if self.is(end, ',') || date.year.is_none() {
            let after = if self.is(end, ',') { end + 1 } else { end };
            if let Some(year) = self.year(after) {
                date.year = Some(year);
                end = after + 1;
            }
        }
        let last = PartialDate { day: Some(last_day), ..date };
        let stamp = |date| Stamp {
            date: Some(date),
            start: self.tokens[at].start,
            end: self.tokens[end - 1].end(),
            ..Stamp::default()
        };
        Some((TimeKind::Range(stamp(date), stamp(last)), end))
    }

    /// `29 to 30 November 2022`, `14–19 January 2026`: the month stands behind the last day. A dash between spaces sets off
    /// another number, as in `SEV 2 - 14 March`.
    fn days_of_month(&self, at: usize) -> Option<(TimeKind, usize)> {
        let day = self.small(at, 31)?;
        let next = self.ordinal(at + 1);
        let last_at = self.joint(next).filter(|_| self.word(next).is_some() || self.glued(next))?;
        let (last, end) = self.day_then_month_name(last_at)?;
        let is_later = last.date.day.is_some_and(|last| day < last);
        let date = PartialDate { day: Some(day), ..last.date };
        let stamp = |date, from: usize, to: usize| Stamp {
            date: Some(date),
            start: self.tokens[from].start,
            end: self.tokens[to - 1].end(),
            ..Stamp::default()
        };
        let (first, last) = (stamp(date, at, at + 1), stamp(last.date, last_at, end));
        is_later.then_some((TimeKind::Range(first, last), end))
    }

    /// `10~11시`, `2-4pm`, `1900 and 2100 UTC`, `between 2 and 5 in the morning`: the second end says what the first leaves out.
    pub(super) fn hour_range(&self, at: usize) -> Option<(TimeKind, usize)> {
        let number = self.number(at)?;
        let (hour, minute) = match self.digits(at) {
            1 | 2 => (number, 0),
            4 => (number / 100, number % 100),
            _ => return None,
        };
        let is_sign = self.is(at + 1, '-') || self.is(at + 1, '~');
        let is_led = at > 0 && self.word(at - 1).is_some_and(|word| self.words.leads_window(word));
        let is_worded = (self.digits(at) == 4 || is_led) && self.joint(at + 1) == Some(at + 2);
        if !is_sign && !is_worded {
            return None;
        }
        // "between 10 and 11:30 am": the end alone may have minutes.
        let has_minutes = is_led && is_worded && self.is(at + 3, ':');
        if self.is(at + 3, ':') && !has_minutes || self.is(at + 3, '/') || self.is(at + 3, '-') {
            return None;
        }
        // "from 0100 to 0150" may count anything: four digits need a zone, or what stands for hours.
        let (mut last, mut next) = self.clock_and_zone(at + 2, &Stamp::default(), false)?;
        if has_minutes && !last.has_half && last.zone.is_none() {
            return None;
        }
        if let Some((dated, after)) = self.date_after_clock(next).filter(|_| is_worded) {
            last.date = Some(dated.date);
            next = after;
        }
        let read = Read::new(hour, minute, 0)?;
        let first = Stamp { clock: Some(read.clock), zone: last.zone.clone(), ..Stamp::default() };
        let (mut first, mut last) = settle(first, last);
        first.start = self.tokens[at].start;
        first.end = self.tokens[at].end();
        last.start = self.tokens[at + 2].start;
        last.end = self.tokens[next - 1].end();
        Some((TimeKind::Range(first, last), next))
    }
}
