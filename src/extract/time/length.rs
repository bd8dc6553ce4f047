//! Lengths of time: `2 hours 30 minutes`, `90-minute`, `2 and half hours`, `1hr:35mins`, `약 1시간 13분`, `3분37초`, `사흘간`.

use crate::extract::time::{Reader, token};

impl Reader<'_> {
    /// A length at a token, in minutes.
    pub(super) fn length(&self, at: usize) -> Option<(f64, usize)> {
        let special = self.half_an_hour(at).or_else(|| self.days_in_a_word(at));
        if let Some(found) = special.or_else(|| self.iso_length(at)) {
            return Some(found);
        }
        let (mut minutes, mut unit, mut next) = self.part(at)?;
        // Smaller parts follow: `2 hours, 30 minutes`, `1hr:35mins`, `2시간 30분`.
        loop {
            let mut after = next;
            while self.is(after, ',') || self.is(after, ':') || self.is(after, '&') {
                after += 1;
            }
            if self.word(after) == Some("and") {
                after += 1;
            }
            match self.part(after) {
                Some((more, smaller, end)) if smaller < unit => {
                    minutes += more;
                    unit = smaller;
                    next = end;
                }
                _ => break,
            }
        }
        // `1h30`
        if unit == 60.0 && self.glued(next) && self.digits(next) == 2 && !self.glued(next + 1) {
            let more = self.number(next).filter(|&more| more < 60)?;
            return Some((minutes + f64::from(more), next + 1));
        }
        // `one hour and a half`
        if self.word(next) == Some("and")
            && self.word(next + 1) == Some("a")
            && self.word(next + 2) == Some("half")
        {
            return Some((minutes + unit / 2.0, next + 3));
        }
        // `1시간 반`
        if unit >= 60.0 && self.word(next).is_some_and(|word| self.words.is_half_hour(word)) {
            return Some((minutes + unit / 2.0, next + 1));
        }
        Some((minutes, next))
    }

    /// `1:30 hours`: a time of day with a unit behind it; with two digits before the colon, `10:01 hrs`, it is that time.
    pub(super) fn hours_and_minutes(&self, at: usize) -> Option<(f64, usize)> {
        let (hours, minutes) = (self.number(at)?, self.number(at + 2)?);
        let is_clock = self.is(at + 1, ':') && self.glued(at + 1) && self.glued(at + 2);
        let counts = self.digits(at) == 1 && self.digits(at + 2) == 2 && minutes < 60;
        (is_clock && counts && self.is_hours(at + 3))
            .then(|| (f64::from(hours) * 60.0 + f64::from(minutes), at + 4))
    }

    /// `hrs`, `hours`: one letter alone may be anything.
    pub(super) fn is_hours(&self, at: usize) -> bool {
        let unit = self.word(at).and_then(|word| self.words.unit(word));
        unit == Some(60.0) && self.token(at).is_some_and(|unit| unit.text.len() > 1)
    }

    /// `PT1H30M`, `P1DT2H`: how machines write lengths.
    fn iso_length(&self, at: usize) -> Option<(f64, usize)> {
        let mut is_day = match self.token(at)?.text {
            "PT" => false,
            "P" => true,
            _ => return None,
        };
        let (mut minutes, mut next) = (0.0, at + 1);
        while let Some(number) = self.number(next).filter(|_| self.glued(next)) {
            let unit = self.token(next + 1).filter(|_| self.glued(next + 1))?;
            let factor = match (unit.text, is_day) {
                ("D" | "DT", true) => 1440.0,
                ("H", false) => 60.0,
                ("M", false) => 1.0,
                ("S", false) => 1.0 / 60.0,
                _ => return None,
            };
            is_day &= unit.text == "D";
            minutes += f64::from(number) * factor;
            next += 2;
        }
        (next > at + 1).then_some((minutes, next))
    }

    /// `이틀간`, `하루 반 동안`: a word that is a number of days, where it says how long and not how often.
    fn days_in_a_word(&self, at: usize) -> Option<(f64, usize)> {
        let (days, rest) = self.words.day_count(self.word(at)?)?;
        if !rest.is_empty() {
            return self.words.is_lasting(rest).then_some((days * 1440.0, at + 1));
        }
        let is_more = self.word(at + 1).is_some_and(|word| self.words.is_half_hour(word));
        let next = at + 1 + usize::from(is_more);
        let lasts = match self.token(next).map(|token| token.kind) {
            None | Some(token::Kind::Sign(_)) => true,
            Some(token::Kind::Word) => {
                self.word(next).is_some_and(|word| self.words.is_lasting(word))
            }
            Some(token::Kind::Number(_)) => false,
        };
        let days = days + if is_more { 0.5 } else { 0.0 };
        lasts.then_some((days * 1440.0, next))
    }

    /// A number and a unit: minutes, minutes in the unit, the token after.
    fn part(&self, at: usize) -> Option<(f64, f64, usize)> {
        let (mut number, mut next) = self.quantity(at)?;
        // `2 and half hours`, `2 and a half hours`, `2-and-a-half-hour`
        let mut after = self.skip_hyphen(next);
        if self.word(after) == Some("and") {
            after = self.skip_hyphen(after + 1);
            if self.word(after) == Some("a") {
                after = self.skip_hyphen(after + 1);
            }
            if self.word(after) == Some("half") {
                number += 0.5;
                next = after + 1;
            } else {
                return None;
            }
        }
        let mut at_unit = self.skip_hyphen(next);
        // `30여 분`: thirty and some.
        if self.word(at_unit).is_some_and(|word| self.words.is_and_more(word)) {
            at_unit += 1;
        }
        let word = self.word(at_unit)?;
        let token = self.token(at_unit)?;
        if token.text.is_ascii() {
            let unit = self.words.unit(word)?;
            // A bare `m`, `s` or `d` is a unit only right after its number, and `M` is a million; `3 h` is
            // how hours are written.
            let is_apart = !self.glued(at_unit) && token.text != "h";
            if word.len() == 1 && (is_apart || token.text == "M" || at_unit != next) {
                return None;
            }
            // `404s`, `502s`: answers of a server.
            if word == "s" && (400.0..600.0).contains(&number) {
                return None;
            }
            return Some((number * unit, unit, at_unit + 1));
        }
        // `하루` is a number of days by itself; `3시간` is a number and a unit.
        let word = self.words.without_and_more(word);
        let (unit, rest) = korean_unit(word, |name| self.words.unit(name))?;
        // Fractions and points on a scale: `10분의 1`, `2분기`, `3일 차`, `5분 이내` is a target.
        if rest.starts_with("의")
            || rest.starts_with("기")
            || rest.starts_with("차")
            || rest.starts_with("에") && unit == 1440.0
        {
            return None;
        }
        Some((number * unit, unit, at_unit + 1))
    }

    /// A number in digits, with decimals, or in words.
    fn quantity(&self, at: usize) -> Option<(f64, usize)> {
        if let Some(number) = self.number(at) {
            if self.is(at + 1, '.')
                && self.digits(at + 2) > 0
                && self.glued(at + 1)
                && self.glued(at + 2)
            {
                let text = format!("{}.{}", self.token(at)?.text, self.token(at + 2)?.text);
                return text.parse().ok().map(|number| (number, at + 3));
            }
            // `1,200 minutes`
            if self.is(at + 1, ',') && self.digits(at + 2) == 3 && self.glued(at + 2) {
                return Some((
                    f64::from(number) * 1000.0 + f64::from(self.number(at + 2)?),
                    at + 3,
                ));
            }
            // `1½ hours`
            let part = match self.token(at + 1).filter(|_| self.glued(at + 1)).map(|sign| sign.kind)
            {
                Some(token::Kind::Sign('½')) => 0.5,
                Some(token::Kind::Sign('¼')) => 0.25,
                Some(token::Kind::Sign('¾')) => 0.75,
                _ => return Some((f64::from(number), at + 1)),
            };
            return Some((f64::from(number) + part, at + 2));
        }
        let word = self.word(at)?;
        // `forty-five`
        if self.is(at + 1, '-')
            && self.glued(at + 1)
            && let Some(second) = self.word(at + 2)
            && let Some(number) = self.words.number(&format!("{word}-{second}"))
        {
            return Some((number, at + 3));
        }
        self.words.number(word).map(|number| (number, at + 1))
    }

    /// `half an hour`, `half hour`, `quarter of an hour`.
    fn half_an_hour(&self, at: usize) -> Option<(f64, usize)> {
        let part = self.words.number(self.word(at)?).filter(|&part| part < 1.0)?;
        let skip = |at: usize, words: &[&str]| {
            at + usize::from(self.word(at).is_some_and(|word| words.contains(&word)))
        };
        let next = self.skip_hyphen(skip(skip(at + 1, &["of"]), &["an", "a"]));
        let unit =
            self.word(next).and_then(|word| self.words.unit(word)).filter(|&unit| unit >= 60.0)?;
        Some((unit * part, next + 1))
    }

    fn skip_hyphen(&self, at: usize) -> usize {
        if self.is(at, '-') && self.glued(at) { at + 1 } else { at }
    }
}

/// The longest unit that a Hangul word begins with, and what follows it.
fn korean_unit(word: &str, unit: impl Fn(&str) -> Option<f64>) -> Option<(f64, &str)> {
    let mut ends: Vec<usize> =
        word.char_indices().map(|(at, letter)| at + letter.len_utf8()).take(2).collect();
    ends.reverse();
    ends.into_iter().find_map(|end| {
        let (name, rest) = word.split_at_checked(end)?;
        unit(name).map(|minutes| (minutes, rest))
    })
}
