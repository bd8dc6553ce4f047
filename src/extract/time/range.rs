//! Moments and ranges: a date and a time of day put together, and two of them with something between.

use crate::extract::time::{Reader, Stamp, TimeKind, token};
use crate::model::when::Clock;
use crate::vocab::clock::Connector;

impl Reader<'_> {
    /// A range, or else a single moment.
    pub(super) fn range_or_moment(&self, at: usize) -> Option<(TimeKind, usize)> {
        if let Some(found) = self.day_range(at).or_else(|| self.hour_range(at)) {
            return Some(found);
        }
        if let Some(found) = self.dotted_range(at) {
            return Some(found);
        }
        let (mut first, next) = self.moment(at)?;
        // "10:02 UTC / 2:02 am PST to 11:10 UTC": what says it again in another zone is passed over.
        let again = self.again(&first, next);
        let from = again.as_ref().map_or(next, |(_, end)| *end);
        let Some(second) = self.joint(from).or_else(|| self.joined(from)) else {
            // The day behind both is that of both.
            let date = again.filter(|_| self.is(next, '/')).and_then(|(second, _)| second.date);
            first.date = first.date.or(date);
            return Some((TimeKind::Moment(first), next));
        };
        let Some((last, end)) = self.moment(second).or_else(|| self.alike(&first, next, second))
        else {
            return Some((TimeKind::Moment(first), next));
        };
        // `10:00 - July 5` is an entry and a date, not a range.
        if first.clock.is_some() != last.clock.is_some() {
            // `13:52 - 25 May 2023 (…)`: the day of that time, where nothing is told behind it.
            let is_day = first.date.is_none() && last.clock.is_none() && self.is(next, '-');
            let tells = self.token(end).is_some_and(|token| {
                token.kind == token::Kind::Word || token.is(':') || token.is('-')
            });
            if is_day && !tells {
                let date = last.date;
                let end_byte = last.end;
                return Some((TimeKind::Moment(Stamp { date, end: end_byte, ..first }), end));
            }
            return Some((TimeKind::Moment(first), next));
        }
        let (first, last) = settle(first, last);
        Some((TimeKind::Range(first, last), end))
    }

    /// A time of day, and the token behind it, that says the one before it again in another zone: `10:02 UTC / 19:02 KST`,
    /// `10:02 UTC (19:02 KST)`.
    fn again(&self, first: &Stamp, next: usize) -> Option<(Stamp, usize)> {
        let opens = self.is(next, '(');
        if !(opens || self.is(next, '/') || self.is(next, '=')) {
            return None;
        }
        let (second, end) = self.moment(next + 1)?;
        let is_other = first.zone.is_some()
            && second.zone.is_some()
            && second.zone != first.zone
            && second.clock.is_some();
        let is_closed = !opens || self.is(end, ')');
        (is_other && is_closed).then_some((second, end + usize::from(opens)))
    }

    /// `08h00 to 09h50`: the end of a range that is written as its beginning is.
    fn alike(&self, first: &Stamp, next: usize, second: usize) -> Option<(Stamp, usize)> {
        let sign = |at: usize| self.token(at).map(|token| token.text);
        let is_alike = first.clock.is_some()
            && next.checked_sub(2).and_then(sign) == sign(second + 1)
            && self.digits(second + 2) == 2;
        let (stamp, end) = self.clock_and_zone(second, &Stamp::default(), is_alike)?;
        let (start, end_byte) = (self.tokens[second].start, self.tokens[end - 1].end());
        Some((Stamp { start, end: end_byte, ..stamp }, end))
    }

    /// A date, a time of day, or both in either order.
    fn moment(&self, at: usize) -> Option<(Stamp, usize)> {
        let mut stamp = Stamp::default();
        let mut next;
        if let Some((dated, after)) = self.date(at) {
            self.put_date(&mut stamp, dated);
            next = after;
            if let Some((with_clock, after)) = self.clock_after_date(next, &stamp) {
                stamp = with_clock;
                next = self.year_behind(after, &mut stamp);
            }
        } else if let Some((dated, after)) = self.month_and_day(at)
            && let Some((with_clock, after)) = self.clock_after_date(
                after,
                &Stamp { date: Some(dated.date), weekday: dated.weekday, ..Stamp::default() },
            )
        {
            stamp = with_clock;
            next = after;
        } else if let Some((dated, after)) = self.month_and_day(at).filter(|&(_, after)| {
            // `30/05` alone in a timeline: the day of the entries below.
            self.habits.timeline && at == 0 && self.token(after).is_none()
        }) {
            self.put_date(&mut stamp, dated);
            next = after;
        } else if let Some((day, after)) = self.day_of_month(at)
            && let Some((with_clock, after)) =
                self.clock_after_date(after, &Stamp { day_of_month: Some(day), ..Stamp::default() })
        {
            stamp = with_clock;
            next = after;
        } else if let Some((weekday, after)) = self.weekday(at)
            && let Some((with_clock, after)) =
                self.clock_after_date(after, &Stamp { weekday: Some(weekday), ..Stamp::default() })
        {
            stamp = with_clock;
            next = after;
        } else if let Some((days, after)) = self.relative_day(at) {
            let later = Stamp { days_later: days, ..Stamp::default() };
            (stamp, next) = self.clock_after_date(after, &later)?;
        } else {
            (stamp, next) = self.clock_then_day(at)?;
        }
        stamp.start = self.tokens[at].start;
        stamp.end = self.tokens[next - 1].end();
        Some((stamp, next))
    }

    /// `Wed Sep 2 21:55:39 UTC 2015`: the year stands behind the time of day. Of "5 May 10:30 2000 users" it does not.
    fn year_behind(&self, at: usize, stamp: &mut Stamp) -> usize {
        let is_word = self.word(at + 1).is_some() && stamp.weekday.is_none();
        match self.year(at).filter(|_| !is_word) {
            Some(year) if stamp.date.is_some_and(|date| date.year.is_none()) => {
                stamp.date = stamp.date.map(|date| date.with_year(Some(year)));
                at + 1
            }
            _ => at,
        }
    }

    /// A time of day and the day behind it.
    fn clock_then_day(&self, at: usize) -> Option<(Stamp, usize)> {
        let (mut stamp, mut next) =
            self.clock_and_zone(at, &Stamp::default(), self.calls_for_time(at))?;
        if let Some((dated, after)) = self.date_after_clock(next) {
            self.put_date(&mut stamp, dated);
            next = after;
            if stamp.zone.is_none()
                && let Some((zone, after)) = self.zone(next)
            {
                stamp.zone = Some(zone);
                next = after;
            }
        } else if let Some((days, after)) = self.relative_day(self.skip_connectors(next)) {
            stamp.days_later += days;
            next = after;
        } else if let Some((day, after)) = self.day_of_month(self.skip_connectors(next)) {
            stamp.day_of_month = Some(day);
            next = after;
        }
        Some((stamp, next))
    }

    fn skip_connectors(&self, mut at: usize) -> usize {
        while self.word(at).is_some_and(|word| self.words.connector(word) == Some(Connector::At)) {
            at += 1;
        }
        at
    }

    /// `next day`, `다음 날`: so many days after the day before, and the token after.
    fn relative_day(&self, at: usize) -> Option<(i8, usize)> {
        let first = self.word(at)?;
        if let Some(days) = self.words.relative_day(first) {
            return Some((days, at + 1));
        }
        if !self.words.opens_day(first) {
            return None;
        }
        let days = self.words.relative_day(&format!("{first} {}", self.word(at + 1)?))?;
        Some((days, at + 2))
    }

    fn put_date(&self, stamp: &mut Stamp, dated: super::absolute_en::Dated) {
        stamp.date = Some(dated.date);
        stamp.ambiguous = dated.ambiguous;
        stamp.weekday = dated.weekday;
    }

    /// `T09:45`, `, 9:45`, `at 9:45`, ` - 9:45`, ` / 9:45`, `(9:45`, `@ 9:45` after a date.
    fn clock_after_date(&self, at: usize, stamp: &Stamp) -> Option<(Stamp, usize)> {
        let mut next = at;
        for _ in 0..3 {
            let skips = self.is(next, ',')
                || self.is(next, '@')
                || self.is(next, '(')
                || self.is(next, '|')
                || self.is(next, '·')
                || self.is(next, '.') && self.token(next + 1).is_some_and(|token| token.spaced)
                || (self.is(next, '-') || self.is(next, '/'))
                    && self.token(next + 1).is_some_and(|token| token.spaced)
                // `4 November -- 16:30`
                || self.is(next, '-') && self.is(next + 1, '-')
                // `5 May ~8 AM`; of a Korean date it says "until".
                || self.is(next, '~') && !self.glued(next) && self.glued(next + 1) && !self.habits.korean
                || self.is(next, ':') && self.token(next + 1).is_some_and(|token| token.spaced)
                || self.token(next).is_some_and(|token| token.text == "T" && !token.spaced)
                || self
                    .word(next)
                    .is_some_and(|word| self.words.connector(word) == Some(Connector::At));
            if !skips {
                break;
            }
            next += 1;
        }
        self.zone_and_clock(next, stamp).or_else(|| self.clock_and_zone(next, stamp, true))
    }

    /// `KST 03:14`, `(UTC) 18:30`: the zone stands before the time of day.
    fn zone_and_clock(&self, at: usize, stamp: &Stamp) -> Option<(Stamp, usize)> {
        let (zone, next) = self.opens_zone(at).then(|| self.zone(at)).flatten()?;
        let (stamp, end) = self.clock_and_zone(next, stamp, true)?;
        Some((Stamp { zone: Some(zone), ..stamp }, end))
    }

    /// A time of day and the zone behind it. Loose forms count where a time is called for or a zone follows.
    pub(super) fn clock_and_zone(
        &self,
        at: usize,
        stamp: &Stamp,
        called_for: bool,
    ) -> Option<(Stamp, usize)> {
        let (read, next) = self.clock(at)?;
        // `12:16 pm, GMT+1, 14 January`
        let set_off = || {
            let zone = self.is(next, ',').then(|| self.zone(next + 1)).flatten();
            // "10:15, EST customers call": the zone of the next word.
            zone.filter(|&(_, behind)| self.word(behind).is_none())
        };
        let zone = self.zone(next).or_else(|| set_off().filter(|_| !read.loose));
        if read.loose && zone.is_none() && !called_for {
            return None;
        }
        // `2024` after a date is a year that stands twice, not 20:24.
        if read.loose && self.year(at).is_some() && zone.is_none() {
            return None;
        }
        let mut stamp = Stamp {
            clock: Some(read.clock),
            has_half: read.half.is_some(),
            hour_digits: self.digits(at) as u8,
            slip: read.slip,
            days_later: stamp.days_later + i8::from(read.next_day),
            ..stamp.clone()
        };
        let mut next = next;
        if let Some((zone, after)) = zone {
            stamp.zone = Some(zone);
            next = after;
        }
        Some((stamp, next))
    }

    /// A loose time counts at the start of a line that goes on like an entry: `11.07: began`, `1727 - began`.
    fn calls_for_time(&self, at: usize) -> bool {
        let lead = (0..at).all(|before| {
            !matches!(self.tokens[before].kind, token::Kind::Number(_) | token::Kind::Word)
        });
        let after = self.clock(at).map_or(at + 1, |(_, next)| next);
        let opens = self.is(after, ':')
            || self.is(after, '-')
            || self.is(after, '~')
            || self.token(after).is_none();
        let is_entry = self.token(after).is_some_and(|token| {
            let is_name = token.text.starts_with(char::is_uppercase);
            // `08.55 first users …`, but not `10.50 euros` of something.
            let is_word = self.digits(at) == 2
                && token.text.len() > 2
                && self.words.unit(&token.lower).is_none();
            token.spaced && (is_name || is_word && token.kind == token::Kind::Word)
        });
        let two_digits = self.digits(at) == 2 || self.digits(at) == 4;
        lead && (opens || is_entry && (two_digits && self.is(at + 1, '.') || self.habits.timeline))
    }

    /// `on July 5`, `, July 5`, `(July 5)` after a time of day.
    pub(super) fn date_after_clock(&self, at: usize) -> Option<(super::absolute_en::Dated, usize)> {
        let mut next = at;
        let open = self.is(next, '(');
        for _ in 0..3 {
            let skips = self.is(next, ',')
                || self.is(next, '(')
                || self
                    .word(next)
                    .is_some_and(|word| self.words.connector(word) == Some(Connector::At));
            if !skips {
                break;
            }
            next += 1;
        }
        let (dated, after) = self.date(next)?;
        Some((dated, after + usize::from(open && self.is(after, ')'))))
    }

    /// What stands between the ends of a range: a dash, a tilde, `to`, `until`, `부터`.
    pub(super) fn joint(&self, at: usize) -> Option<usize> {
        let mut next = at;
        if (self.is(next, ',') || self.is(next, '('))
            && self
                .word(next + 1)
                .is_some_and(|word| self.words.connector(word) == Some(Connector::To))
        {
            next += 1;
        }
        let token = self.token(next)?;
        let is_sign =
            token.is('-') || token.is('~') || token.is('>') || token.is('/') && token.spaced;
        let is_word =
            self.word(next).is_some_and(|word| self.words.connector(word) == Some(Connector::To));
        if !is_sign && !is_word {
            return None;
        }
        next += 1;
        // `-->`, `to about`, `부터 약`
        while self.is(next, '-') || self.is(next, '>') || self.is(next, '~') {
            next += 1;
        }
        while self.word(next).is_some_and(|word| self.words.connector(word).is_some()) {
            next += 1;
        }
        Some(next)
    }

    /// A particle at the end of the time itself that says it begins a range: `14시 05분부터`.
    fn joined(&self, next: usize) -> Option<usize> {
        let word = self.word(next.checked_sub(1)?).filter(|word| !word.is_ascii())?;
        let mut ends = word.char_indices().skip(1).filter_map(|(at, _)| word.get(at..));
        ends.any(|end| self.words.connector(end) == Some(Connector::To)).then(|| {
            let mut after = next;
            while self.word(after).is_some_and(|word| self.words.connector(word).is_some())
                || self.is(after, '~')
                || self.is(after, '-')
            {
                after += 1;
            }
            after
        })
    }
}

/// Completes the ends of a range from each other: half of the day, date, zone, midnight.
pub(super) fn settle(mut first: Stamp, mut last: Stamp) -> (Stamp, Stamp) {
    if let (Some(from), Some(to)) = (&mut first.clock, last.clock) {
        // `2:00 – 5:00 PM`: both after noon; `11:00 – 1:00 PM`: the first before it.
        if !first.has_half
            && last.has_half
            && from.hour < 12
            && to.hour >= 12
            && from.hour + 12 <= to.hour
        {
            from.hour += 12;
            first.has_half = true;
        }
    }
    if let (Some(from), Some(to)) = (first.clock, &mut last.clock)
        && first.has_half
        && !last.has_half
        && (1..=12).contains(&to.hour)
        && last.date.is_none_or(|date| first.date == Some(date))
    {
        // `11:50 PM – 12:10`, `오후 2시 ~ 4시`: the half goes on, to the first such hour after the start.
        let morning = Clock { hour: to.hour % 12, ..*to };
        let evening = Clock { hour: to.hour % 12 + 12, ..*to };
        let next = if from < morning || evening <= from { morning } else { evening };
        *to = next;
        last.has_half = true;
    }
    if last.zone.is_none() {
        last.zone.clone_from(&first.zone);
    }
    if first.zone.is_none() {
        first.zone.clone_from(&last.zone);
    }
    match (first.date, last.date) {
        (Some(from), None) => {
            let wraps = matches!((first.clock, last.clock), (Some(from), Some(to)) if to < from);
            // `23:40 to 00:25 the next day` says so itself.
            last.date = Some(from.plus_days(i64::from(wraps && last.days_later == 0)));
        }
        (None, Some(to)) => {
            let wraps = matches!((first.clock, last.clock), (Some(from), Some(to)) if to < from);
            // "From 22:40 to 6:05 on June 8": the day is that of the whole, which is where it began.
            first.date = Some(to);
            last.date = Some(to.plus_days(i64::from(wraps)));
        }
        (Some(from), Some(to)) => {
            first.date = Some(from.with_year(to.year));
            last.date = Some(to.with_year(from.year));
        }
        (None, None) => {}
    }
    (first, last)
}
