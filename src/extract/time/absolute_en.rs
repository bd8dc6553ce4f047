//! Dates as English and digits write them: `July 5th, 2024`, `5 Jul 2024`, `2024-07-05`, `05/07/24`.

use crate::extract::time::Reader;
use crate::model::when::PartialDate;
use crate::vocab::clock::Connector;

/// A date and what was odd about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated {
    pub(super) date: PartialDate,
    pub(super) ambiguous: bool,
    pub(super) weekday: Option<u8>,
}

impl Dated {
    /// `Mon 02.09.2024`: the day of the week says which number is the month, where both could be.
    fn by_weekday(self) -> Self {
        let turned = PartialDate { month: self.date.day, day: self.date.month, ..self.date };
        let falls_on = |date: PartialDate| {
            let day = date.civil().map(|day| day.weekday().to_monday_one_offset() as u8);
            day.is_some() && day == self.weekday
        };
        if self.ambiguous && !falls_on(self.date) && falls_on(turned) {
            return Self { date: turned, ambiguous: false, ..self };
        }
        Self { ambiguous: self.ambiguous && !falls_on(self.date), ..self }
    }
}

impl From<PartialDate> for Dated {
    fn from(date: PartialDate) -> Self {
        Self { date, ambiguous: false, weekday: None }
    }
}

impl Reader<'_> {
    /// A date at a token, weekday in front or behind included.
    pub(super) fn date(&self, at: usize) -> Option<(Dated, usize)> {
        if let Some((weekday, next)) = self.weekday(at) {
            let next = self.skip_signs(next, &[',', '.', '-']);
            let next = if self.word(next) == Some("the") { next + 1 } else { next };
            let (dated, next) = self.bare_date(next)?;
            return Some((Dated { weekday: Some(weekday), ..dated }.by_weekday(), next));
        }
        let (dated, next) = self.bare_date(at)?;
        let (dated, next) = self.with_weekday(dated, next);
        Some((dated.by_weekday(), next))
    }

    /// `2024-07-05 (Fri)`, `6월 5일(수)`, `5 July, Friday`: the day of the week behind a date.
    fn with_weekday(&self, dated: Dated, next: usize) -> (Dated, usize) {
        let open = self.is(next, '(');
        let inner = if open || self.is(next, ',') { next + 1 } else { next };
        if let Some((weekday, after)) = self.weekday(inner)
            && (!open || self.is(after, ')'))
            && (open || self.token(inner).is_some_and(|token| token.text.is_ascii()))
        {
            return (Dated { weekday: Some(weekday), ..dated }, after + usize::from(open));
        }
        (dated, next)
    }

    fn bare_date(&self, at: usize) -> Option<(Dated, usize)> {
        self.year_first(at)
            .or_else(|| self.korean_date(at))
            .or_else(|| self.month_name_first(at))
            .or_else(|| self.day_then_month_name(at))
            .or_else(|| self.three_numbers(at))
    }

    pub(super) fn weekday(&self, at: usize) -> Option<(u8, usize)> {
        let word = self.word(at)?;
        let weekday = self.words.weekday(word)?;
        // Short forms and Hangul are words of other meanings too, unless a dot, bracket or date follows.
        Some((weekday, at + 1 + usize::from(self.is(at + 1, '.'))))
    }

    fn skip_signs(&self, mut at: usize, signs: &[char]) -> usize {
        while signs.iter().any(|&sign| self.is(at, sign)) {
            at += 1;
        }
        at
    }

    /// `2024-07-05`, `2024/7/5`, `2024.07.05.`, `2024. 7. 5`, `2019-1-17`, `2024-07`, `20240705`.
    fn year_first(&self, at: usize) -> Option<(Dated, usize)> {
        let number = self.number(at)?;
        if self.digits(at) == 8 {
            let date = PartialDate::new(
                (number / 10_000) as i16,
                (number / 100 % 100) as u8,
                (number % 100) as u8,
            );
            return date.filter(|_| is_year(number / 10_000)).map(|date| (date.into(), at + 1));
        }
        let year = self.year(at)?;
        let sign = ['-', '/', '.'].into_iter().find(|&sign| self.is(at + 1, sign))?;
        if sign != '.' && self.token(at + 2)?.spaced && self.token(at + 1)?.spaced {
            return None;
        }
        let month = self.small(at + 2, 12)?;
        if self.is(at + 3, sign)
            && let Some(day) = self.small(at + 4, 31)
            && let Some(date) = PartialDate::new(year, month, day)
        {
            let next = at + 5;
            // `2024.07.05.2` is a version; in `2024.07.05.14:30` and `2024.07.05.14시` the time of day stands behind.
            let goes_on =
                self.is(next + 2, ':') || self.glued(next + 2) && self.word(next + 2).is_some();
            if self.is(next, sign)
                && self.glued(next + 1)
                && self.number(next + 1).is_some()
                && !goes_on
            {
                return None;
            }
            // A Korean date may end in a dot.
            let next =
                if sign == '.' && self.is(next, '.') && self.glued(next) { next + 1 } else { next };
            return Some((date.into(), next));
        }
        if sign == '-' && self.digits(at + 2) == 2 && !self.is(at + 3, '-') {
            return PartialDate::month_of(year, month).map(|date| (date.into(), at + 3));
        }
        None
    }

    /// `July 5th, 2024`, `Jul. 5`, `Jul, 5, 2024`, `July 2024`, `November 5th ’24`.
    fn month_name_first(&self, at: usize) -> Option<(Dated, usize)> {
        let month = self.month(at)?;
        let next = self.skip_signs(at + 1, &['.', '/', '-']);
        // `Oct, 10, 2023`; "in May, 10 of them" is no date.
        let set_off = self.is(next, ',');
        let next = next + usize::from(set_off);
        if let Some(year) = self.year(next).filter(|_| !set_off) {
            return PartialDate::month_of(year, month).map(|date| (date.into(), next + 1));
        }
        let next = if self.word(next) == Some("the") { next + 1 } else { next };
        let day = self.small(next, 31)?;
        // `May 5:00` is no date, `May 5: deployed` is one.
        if self.is_clock_after(next) || self.is(next + 1, '%') {
            return None;
        }
        let next = self.ordinal(next + 1);
        let (year, next) = self.trailing_year(next, false);
        if set_off && year.is_none() {
            return None;
        }
        self.dated(year, month, day, next)
    }

    /// `5 July 2024`, `5th of July`, `5th day of July`, `06/May/2022`, `25 october 2023`.
    pub(super) fn day_then_month_name(&self, at: usize) -> Option<(Dated, usize)> {
        let day = self.small(at, 31)?;
        let next = self.ordinal(at + 1);
        let next = self.skip_signs(next, &['/', '-', '.', ',']);
        let next = if self.word(next) == Some("day") { next + 1 } else { next };
        let next = if self.word(next) == Some("of") { next + 1 } else { next };
        let month = self.month(next)?;
        // `15Sep94`: a year of two digits right behind the letters.
        if self.glued(next) && self.glued(next + 1) && self.digits(next + 1) == 2 {
            let year = self.number(next + 1).map(short_year);
            return self.dated(year, month, day, next + 2);
        }
        let next = next + 1;
        let (year, next) = self.trailing_year(next, true);
        self.dated(year, month, day, next)
    }

    /// `05/16/23`, `25-10-2023`, `03, 14, 2024`, `25.06.14`.
    fn three_numbers(&self, at: usize) -> Option<(Dated, usize)> {
        let sign = ['/', '-', '.', ',']
            .into_iter()
            .find(|&sign| self.is(at + 1, sign) && self.is(at + 3, sign))?;
        let (first, second) = (self.number(at)?, self.number(at + 2)?);
        let goes_on = self.is(at + 5, sign)
            && self.glued(at + 5)
            && self.glued(at + 6)
            && self.number(at + 6).is_some();
        if self.digits(at) > 2 || self.digits(at + 2) > 2 || goes_on {
            return None;
        }
        // A list of numbers is no date unless its last is a year.
        if sign == ',' && self.digits(at + 4) != 4 {
            return None;
        }
        // `24.05.16`, `'24. 5. 16.`
        let quoted = at > 0 && self.is(at - 1, '\'') && self.glued(at);
        if self.habits.korean && self.digits(at) == 2 && (self.digits(at + 4) == 2 || quoted) {
            let date =
                PartialDate::new(2000 + first as i16, second as u8, self.small(at + 4, 31)?)?;
            let ends = sign == '.' && self.is(at + 5, '.') && self.glued(at + 5);
            return Some((date.into(), at + 5 + usize::from(ends)));
        }
        // `20.04.22` heads a timeline; elsewhere it is rather a version.
        let is_short = self.habits.timeline && [at, at + 2].map(|at| self.digits(at)) == [2, 2];
        if sign == '.' && self.digits(at + 4) != 4 && !is_short {
            return None;
        }
        let year = match self.digits(at + 4) {
            4 => self.year(at + 4)?,
            2 => 2000 + self.number(at + 4)? as i16,
            _ => return None,
        };
        // Who writes dots writes the day first.
        let by_habit = (self.habits.day_first || sign == '.') && !self.habits.month_first;
        let day_first = first > 12 || second <= 12 && by_habit;
        let (month, day) = if day_first { (second, first) } else { (first, second) };
        let date = PartialDate::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
        let open = first <= 12 && second <= 12 && first != second;
        let ambiguous = open && sign != '.' && !self.habits.day_first && !self.habits.month_first;
        Some((Dated { date, ambiguous, weekday: None }, at + 5))
    }

    /// `07-25` or `7/25(금)` right before a time of day: how tables and logs write days; `7. 25.` in Korean;
    /// `(7/25)` behind the word for it.
    pub(super) fn month_and_day(&self, at: usize) -> Option<(Dated, usize)> {
        let sign = ['-', '/', '.'].into_iter().find(|&sign| self.is(at + 1, sign))?;
        let dotted = self.habits.korean && sign == '.' && self.is(at + 3, '.');
        if dotted && !self.glued(at + 4) {
            let date = PartialDate::yearless(self.small(at, 12)?, self.small(at + 2, 31)?);
            return Some(self.with_weekday(date?.into(), at + 4));
        }
        if !self.glued(at + 2) || self.is(at + 3, sign) {
            return None;
        }
        let (first, second) = (self.small(at, 31)?, self.small(at + 2, 31)?);
        let day_first = first > 12 || self.habits.day_first && second <= 12;
        let date = if day_first && !self.habits.korean {
            PartialDate::yearless(second, first)
        } else {
            PartialDate::yearless(first, second)
        };
        let (dated, next) = self.with_weekday(date?.into(), at + 3);
        let is_aside = at > 0 && self.is(at - 1, '(') && self.is(next, ')');
        Some((dated, next + usize::from(is_aside)))
    }

    fn dated(&self, year: Option<i16>, month: u8, day: u8, next: usize) -> Option<(Dated, usize)> {
        let date = match year {
            Some(year) => PartialDate::new(year, month, day),
            None => PartialDate::yearless(month, day),
        };
        date.map(|date| (date.into(), next))
    }

    fn month(&self, at: usize) -> Option<u8> {
        let token = self.token(at)?;
        let word = self.word(at)?;
        // `may` is a verb, `mar` and `sep` are parts of names: months are written with a capital,
        // but for the careless, who write the whole name next to a number.
        let capital = token.text.starts_with(|letter: char| letter.is_ascii_uppercase());
        self.words.month(word).filter(|_| capital || word != "may" && word.len() > 3)
    }

    /// A year after a day and month: `, 2024`, `’24`, `of 2024`; of `14-Jan-19` also two digits.
    fn trailing_year(&self, at: usize, short: bool) -> (Option<i16>, usize) {
        let mut next = self.skip_signs(at, &[',', '.', '/', '-']);
        if self.word(next) == Some("of") {
            next += 1;
        }
        if let Some(year) = self.year(next) {
            return (Some(year), next + 1);
        }
        if self.is(next, '\'') && self.digits(next + 1) == 2 {
            return (self.number(next + 1).map(short_year), next + 2);
        }
        if short
            && (self.is(at, '/') || self.is(at, '-'))
            && self.digits(next) == 2
            && self.glued(next)
        {
            return (self.number(next).map(|year| 2000 + year as i16), next + 1);
        }
        (None, at)
    }

    /// Whether a number is the hour of `5:00`.
    fn is_clock_after(&self, at: usize) -> bool {
        self.is(at + 1, ':')
            && self.glued(at + 1)
            && self.glued(at + 2)
            && self.number(at + 2).is_some()
    }

    /// Skips the `th` of `5th`.
    pub(super) fn ordinal(&self, at: usize) -> usize {
        let is_ordinal =
            self.word(at).is_some_and(|word| matches!(word, "st" | "nd" | "rd" | "th"));
        if is_ordinal && self.token(at).is_some_and(|token| token.text.len() == 2) {
            at + 1
        } else {
            at
        }
    }

    /// A year of four digits that an incident may have.
    pub(super) fn year(&self, at: usize) -> Option<i16> {
        let year = self.number(at)?;
        (self.digits(at) == 4 && is_year(year)).then_some(year as i16)
    }

    /// `the 16th`, `16일`: a day whose month stands elsewhere.
    pub(super) fn day_of_month(&self, at: usize) -> Option<(u8, usize)> {
        let day = self.small(at, 31).filter(|_| at == 0 || !self.glued(at))?;
        let is_led = at > 0
            && self
                .word(at - 1)
                .is_some_and(|word| self.words.connector(word) == Some(Connector::At));
        let is_ordinal = self.ordinal(at + 1) > at + 1 && is_led;
        let is_named = self.word(at + 1).is_some_and(|word| self.words.is_day_of_month(word));
        (self.glued(at + 1) && (is_ordinal || is_named)).then_some((day, at + 2))
    }

    /// A number of one or two digits from 1 to `most`.
    pub(super) fn small(&self, at: usize, most: u8) -> Option<u8> {
        let number = u8::try_from(self.number(at)?).ok()?;
        (self.digits(at) <= 2 && (1..=most).contains(&number)).then_some(number)
    }
}

/// The year that two digits mean: from 1990 to 2089.
fn short_year(digits: u32) -> i16 {
    let digits = digits as i16;
    if digits >= 90 { 1900 + digits } else { 2000 + digits }
}

/// The oldest public postmortems are of the 1990s.
fn is_year(year: u32) -> bool {
    (1990..=2099).contains(&year)
}
