//! The grammar of dates, times, ranges, lengths and zones, for both languages. What a time is the time
//! *of* is not decided here.

mod token;
mod absolute_en;
mod absolute_ko;
mod clock;
mod length;
mod range;
mod short;
mod zone;

use crate::extract::time::token::{Token, tokens};
use crate::model::when::{Clock, Moment, PartialDate, Zone};
use crate::vocab::clock::ClockWords;

/// A time in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    /// What it says.
    pub kind: TimeKind,
    /// First byte in the visible text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// What a time says.
#[derive(Clone, Debug, PartialEq)]
pub enum TimeKind {
    /// A day, a time of day, or both.
    Moment(Stamp),
    /// From one to the other.
    Range(Stamp, Stamp),
    /// So many minutes.
    Length(f64),
    /// Minutes from the beginning, as in `T+5m`.
    Offset(f64),
}

/// A day, a time of day, or both, as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stamp {
    /// The day.
    pub date: Option<PartialDate>,
    /// The time of day.
    pub clock: Option<Clock>,
    /// A half of the day was named.
    pub has_half: bool,
    /// The zone beside it.
    pub zone: Option<Zone>,
    /// 1 to 7, the weekday that stands beside it.
    pub weekday: Option<u8>,
    /// Day and month could be the other way round.
    pub ambiguous: bool,
    /// Something like `13:17pm`, mended.
    pub slip: bool,
    /// Days after the date, or after the day before where there is none: `24:00`, `the next day`.
    pub days_later: i8,
    /// The day of a month that stands elsewhere: `on the 16th at 21:40`, `16일 21:40`.
    pub day_of_month: Option<u8>,
    /// The digits of the hour: `3:20` may be of either half of the day, `03:20` is hardly.
    pub hour_digits: u8,
    /// First and last byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Stamp {
    /// The moment it names.
    pub fn moment(&self) -> Moment {
        let date = self.date.map(|date| date.plus_days(i64::from(self.days_later)));
        Moment { date, clock: self.clock }
    }
}

impl TimeMention {
    /// The moment it names or begins with.
    pub fn first(&self) -> Option<&Stamp> {
        match &self.kind {
            TimeKind::Moment(stamp) | TimeKind::Range(stamp, _) => Some(stamp),
            TimeKind::Length(_) | TimeKind::Offset(_) => None,
        }
    }

    /// The moment it ends with, of a range.
    pub fn last(&self) -> Option<&Stamp> {
        match &self.kind {
            TimeKind::Range(_, stamp) => Some(stamp),
            _ => None,
        }
    }
}

/// How a document writes dates in digits, as far as it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// Some date has a first part above 12.
    pub day_first: bool,
    /// Some date has a second part above 12.
    pub month_first: bool,
    /// The text is Korean: two-digit years come first.
    pub korean: bool,
    /// The line is part of a timeline: what it begins with is a time if it can be one.
    pub timeline: bool,
}

/// A zone that the text names.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneMention {
    /// The zone.
    pub zone: Zone,
    /// First byte in the visible text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// All times of a text by itself.
pub fn scan(text: &str, words: &ClockWords, habits: Habits) -> Vec<TimeMention> {
    Reader::new(text, 0, words, habits).times()
}

/// The tokens of a line and the words that give them meaning.
pub struct Reader<'a> {
    tokens: Vec<Token<'a>>,
    words: &'a ClockWords,
    habits: Habits,
}

impl<'a> Reader<'a> {
    /// Takes a line apart that begins at byte `start` of the visible text.
    pub fn new(line: &'a str, start: u32, words: &'a ClockWords, habits: Habits) -> Self {
        Self { tokens: tokens(line, start, words), words, habits }
    }

    /// Whether there may be times at all: digits, or words such as `noon`, `two hours`, `사흘`.
    pub fn may_hold_times(&self) -> bool {
        let is_letters = |at: usize| {
            self.token(at).is_some_and(|token| token.text.starts_with(char::is_alphanumeric))
        };
        self.tokens.iter().enumerate().any(|(at, token)| match token.kind {
            token::Kind::Number(_) => true,
            token::Kind::Word => {
                // A whole word, not the Hangul behind a Latin one.
                token.hints.measures
                    && !(self.glued(at) && is_letters(at - 1))
                    && !(self.glued(at + 1) && is_letters(at + 1))
            }
            token::Kind::Sign(_) => false,
        })
    }

    /// All times of the line.
    pub fn times(&self) -> Vec<TimeMention> {
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            match self.time_at(at) {
                Some((kind, next)) => {
                    let (start, end) = (self.tokens[at].start, self.tokens[next - 1].end());
                    mentions.push(TimeMention { kind, start, end });
                    at = next;
                }
                None => at += 1,
            }
        }
        same_half(&mut mentions);
        mentions
    }

    /// All zones that the line names anywhere.
    pub fn zones(&self) -> Vec<ZoneMention> {
        let mut zones = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            match self.opens_zone(at).then(|| self.zone(at)).flatten() {
                Some((zone, next)) if !zone.name.starts_with(['+', '-']) && zone.name.len() > 1 => {
                    let (start, end) = (self.tokens[at].start, self.tokens[next - 1].end());
                    zones.push(ZoneMention { zone, start, end });
                    at = next;
                }
                _ => at += 1,
            }
        }
        zones
    }

    /// The first day that the line names without its month: `on the 16th`, `지난 16일`.
    pub fn first_day_of_month(&self) -> Option<(u8, std::ops::Range<u32>)> {
        (0..self.tokens.len()).find_map(|at| {
            let (day, next) = self.day_of_month(at)?;
            let goes_on = |token: &Token<'_>| token.kind == token::Kind::Word && token.spaced;
            // "on the 16th floor" is no day; "on the 16th the workers stopped" is one.
            let is_named = self.token(next).is_some_and(goes_on)
                && self.word(next).is_some_and(|word| self.words.connector(word).is_none())
                && self.word(next).is_some_and(str::is_ascii);
            let lasts = self.word(next).is_some_and(|word| self.words.is_lasting(word));
            (!is_named && !lasts).then(|| (day, self.tokens[at].start..self.tokens[next - 1].end()))
        })
    }

    fn token(&self, at: usize) -> Option<&Token<'a>> {
        self.tokens.get(at)
    }

    fn number(&self, at: usize) -> Option<u32> {
        self.token(at)?.number()
    }

    fn digits(&self, at: usize) -> usize {
        self.token(at).filter(|token| token.number().is_some()).map_or(0, |token| token.text.len())
    }

    fn is(&self, at: usize, sign: char) -> bool {
        self.token(at).is_some_and(|token| token.is(sign))
    }

    /// Nothing stands between this token and the one before.
    fn glued(&self, at: usize) -> bool {
        at > 0 && self.token(at).is_some_and(|token| !token.spaced)
    }

    /// A word in lower case.
    fn word(&self, at: usize) -> Option<&str> {
        let token = self.token(at)?;
        (token.kind == token::Kind::Word).then_some(&*token.lower)
    }

    /// A time of any kind at a token, and the token after it.
    fn time_at(&self, at: usize) -> Option<(TimeKind, usize)> {
        if self.opens(at) && self.may_begin(at) { self.any(at) } else { None }
    }

    fn any(&self, at: usize) -> Option<(TimeKind, usize)> {
        if let Some((minutes, next)) = self.offset(at) {
            return Some((TimeKind::Offset(minutes), next));
        }
        if let Some((minutes, next)) = self.hours_and_minutes(at) {
            return Some((TimeKind::Length(minutes), next));
        }
        if let Some(found) = self.range_or_moment(at) {
            return Some(found);
        }
        self.length(at).map(|(minutes, next)| (TimeKind::Length(minutes), next))
    }

    /// A time begins at a number or a word that is not the tail of something else, such as `v1.2` or `$30`.
    fn may_begin(&self, at: usize) -> bool {
        if !self.glued(at) {
            return true;
        }
        let before = &self.tokens[at - 1];
        let follows_word =
            self.glued(at - 1) && self.tokens[at - 2].text.starts_with(char::is_alphanumeric);
        match before.kind {
            // The `1` of `GMT+1` is no day.
            token::Kind::Sign('+') if follows_word => false,
            // `rows[9:12]` is a slice, `Restored[09:12]` an entry.
            token::Kind::Sign('[') if follows_word => {
                self.digits(at) > 1 || !self.tokens[at - 2].text.is_ascii()
            }
            token::Kind::Number(_) => false,
            token::Kind::Word => {
                // `At11:15`, `T08:19`, `약3시간`; but not `v2` or `p99`.
                self.words.connector(&before.lower).is_some()
                    || !before.text.is_ascii()
                    || before.text == "T" && self.is(at + 1, ':')
            }
            token::Kind::Sign(sign) => {
                !matches!(sign, '.' | '_' | '$' | '#' | '/' | '=' | '₩' | '%' | '@')
            }
        }
    }

    /// Whether any rule begins with such a token: most words of a text are ruled out by one look.
    fn opens(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        match token.kind {
            token::Kind::Number(_) => true,
            token::Kind::Sign(_) => false,
            token::Kind::Word => {
                token.hints.opens_time
                    || matches!(&*token.lower, "t" | "half" | "p" | "pt")
                    // `forty-five` is looked up as a whole.
                    || self.is(at + 1, '-') && self.glued(at + 1)
            }
        }
    }

    /// `T+5m`, `T0`, `T-10 min`: minutes from the beginning.
    fn offset(&self, at: usize) -> Option<(f64, usize)> {
        let token = self.token(at)?;
        if token.text != "T" && token.text != "t" {
            return None;
        }
        let mut next = at + 1;
        // `T0+15m` counts from T0.
        let is_sign = self.is(next + 1, '+') || self.is(next + 1, '-');
        if self.token(next).is_some_and(|token| token.text == "0")
            && is_sign
            && (next..next + 3).all(|at| self.glued(at))
            && self.number(next + 2).is_some()
        {
            next += 1;
        }
        let sign = if self.is(next, '+') {
            next += 1;
            1.0
        } else if self.is(next, '-') {
            next += 1;
            -1.0
        } else {
            1.0
        };
        let number = f64::from(self.number(next)?);
        // `T+00:05`, but `T08:19` is a time of day, and `T1078` a number of something.
        let signed = next > at + 1;
        if !self.glued(next) || !signed && self.digits(next) > 3 {
            return None;
        }
        next += 1;
        // "T0: 14:00" says when T0 was.
        if self.is(next, ':')
            && self.glued(next + 1)
            && let Some(minutes) = self.number(next + 1)
        {
            if !signed {
                return None;
            }
            return Some((sign * (number * 60.0 + f64::from(minutes)), next + 2));
        }
        match self.word(next).and_then(|word| self.words.unit(word)) {
            Some(unit) => Some((sign * number * unit, next + 1)),
            None => Some((sign * number, next)),
        }
    }
}

/// "오후 2시 32분 … 3시 20분", "2:05 pm … 2:30": the half of the day goes on, for so many seconds at most.
pub(in crate::extract) const SAME_HALF: i64 = 6 * 60 * 60;

/// The times of a line after noon that name their half of the day only once.
fn same_half(mentions: &mut [TimeMention]) {
    let mut before: Option<Stamp> = None;
    for mention in mentions {
        let (TimeKind::Moment(stamp) | TimeKind::Range(stamp, _)) = &mut mention.kind else {
            continue;
        };
        if let (Some(from), Some(to)) =
            (before.as_ref().and_then(|before| before.clock), stamp.clock)
            && !stamp.has_half
            && stamp.date.is_none()
            && (1..12).contains(&to.hour)
            && stamp.hour_digits == 1
        {
            let later = Clock { hour: to.hour + 12, ..to };
            if (-SAME_HALF / 2..=SAME_HALF).contains(&(later.seconds() - from.seconds())) {
                stamp.clock = Some(later);
                stamp.has_half = true;
            }
        }
        let last = mention.last().or(mention.first()).cloned();
        before = last
            .filter(|stamp| stamp.has_half && stamp.clock.is_some_and(|clock| clock.hour >= 12));
    }
}

#[cfg(test)]
mod tests;
