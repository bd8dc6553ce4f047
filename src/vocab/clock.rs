//! The words of dates and times, looked up one by one: months, weekdays, halves of the day, zones, units.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::FixedState;

use crate::vocab::lexicon::Lexicon;
use crate::vocab::pattern::{is_hangul, is_letter};

/// The sort of lexicon file that these words stand in.
const SORT: &str = "clock";

/// Words of the clock and the calendar, in lower case.
#[derive(Debug, Default)]
pub struct ClockWords {
    senses: HashMap<String, Sense, FixedState>,
    /// The lengths of these words by their first and last bytes: most words of a text are ruled out by one look.
    lengths: Vec<u64>,
    zones: BTreeMap<String, Option<i16>>,
    day_counts: Vec<(String, f64)>,
    /// The letters that these begin with.
    day_initials: BTreeSet<char>,
    lasting: Vec<String>,
    lasts_for: Vec<String>,
    over_in: Vec<String>,
    joins: Vec<String>,
    later: Vec<String>,
    gone_by: Vec<String>,
    mail_heads: Vec<String>,
    numbered_days: Vec<String>,
    parts_of_month: Vec<String>,
    periods: BTreeMap<String, u8>,
    told_days: Vec<(String, i64)>,
    and_more: Vec<String>,
    half_hours: Vec<String>,
    nights: Vec<String>,
    not_hours: Vec<String>,
    half_leads: Vec<String>,
    window_leads: Vec<String>,
    since: Vec<String>,
    until: Vec<String>,
    days_of_month: Vec<String>,
}

/// All that one word says of time: every word of a text is looked up, once.
#[derive(Clone, Copy, Debug, Default)]
struct Sense {
    month: Option<u8>,
    weekday: Option<u8>,
    half: Option<Half>,
    unit: Option<f64>,
    day: Option<i8>,
    number: Option<f64>,
    connector: Option<Connector>,
    named: Option<u8>,
    /// The name of some zone begins so.
    opens_zone: bool,
    /// The name of a day relative to the one before begins with it: `next`, `다음`.
    opens_day: bool,
}

/// What a word may have to do with times, as far as one look tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// A date, a time of day or a length may begin with it.
    pub opens_time: bool,
    /// The name of a zone may begin with it.
    pub opens_zone: bool,
    /// It is a unit or names an hour: there may be a time without digits.
    pub measures: bool,
}

/// A half of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Before noon.
    Am,
    /// After noon.
    Pm,
}

/// A word between two times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connector {
    /// From the first to the second.
    To,
    /// Belongs to the time that follows.
    At,
}

impl ClockWords {
    /// Collects the words of all languages.
    pub fn load(lexicon: &Lexicon) -> Self {
        let mut words = Self { lengths: vec![0; 256], ..Self::default() };
        for number in 1..=12u8 {
            for word in lexicon.list(SORT, &format!("month-{number}")) {
                words.sense(word).month = Some(number);
            }
        }
        for number in 1..=7u8 {
            for word in lexicon.list(SORT, &format!("weekday-{number}")) {
                words.sense(word).weekday = Some(number);
            }
        }
        for (key, half) in [("am", Half::Am), ("pm", Half::Pm)] {
            for word in lexicon.list(SORT, key) {
                words.sense(word).half = Some(half);
            }
        }
        for (key, connector) in [("to", Connector::To), ("at", Connector::At)] {
            for word in lexicon.list(SORT, key) {
                words.sense(word).connector = Some(connector);
            }
        }
        for (key, minutes) in [
            ("second", 1.0 / 60.0),
            ("minute", 1.0),
            ("hour", 60.0),
            ("day", 1440.0),
            ("week", 10_080.0),
        ] {
            for word in lexicon.list(SORT, key) {
                words.sense(word).unit = Some(minutes);
            }
        }
        for (key, hour) in [("noon", 12), ("midnight", 0)] {
            for word in lexicon.list(SORT, key) {
                words.sense(word).named = Some(hour);
            }
        }
        for entry in lexicon.list(SORT, "zones") {
            words.add_zone(entry);
        }
        for (name, value) in values(lexicon.list(SORT, "numbers")) {
            words.sense(name).number = Some(value);
        }
        for (name, days) in values(lexicon.list(SORT, "day-counts")) {
            words.day_initials.extend(name.chars().next());
            words.day_counts.push((name.to_owned(), days));
        }
        for (name, days) in values(lexicon.list(SORT, "relative-days")) {
            words.sense(name).day = Some(days as i8);
            let first = name.split_whitespace().next().unwrap_or_default();
            words.sense(first).opens_day = true;
        }
        for (name, month) in values(lexicon.list(SORT, "periods")) {
            words.periods.insert(name.to_owned(), month as u8);
        }
        let told_days = values(lexicon.list(SORT, "told-days"));
        words.told_days.extend(told_days.map(|(name, days)| (name.to_owned(), days as i64)));
        words.lists(lexicon);
        words
    }

    /// Words that only have to be known again.
    fn lists(&mut self, lexicon: &Lexicon) {
        let list = |key| lexicon.list(SORT, key).to_vec();
        self.lasting = list("lasting");
        self.and_more = list("and-more");
        self.half_hours = list("half-hour");
        self.nights = list("night");
        self.not_hours = list("not-hour");
        self.half_leads = list("half-leads");
        self.window_leads = list("window-leads");
        self.since = list("since");
        self.until = list("until");
        self.days_of_month = list("day-of-month");
        self.lasts_for = list("lasts-for");
        self.over_in = list("over-in");
        self.joins = list("joins");
        self.later = list("later");
        self.gone_by = list("gone-by");
        self.mail_heads = list("mail-heads");
        self.numbered_days = list("numbered-day");
        self.parts_of_month = list("part-of-month");
    }

    /// `utc = 0`, or `cst =` where the offset is uncertain.
    fn add_zone(&mut self, entry: &str) {
        let (name, offset) = entry.split_once('=').unwrap_or((entry, ""));
        let name = name.trim();
        // A line is taken apart into letters of one script each.
        let in_hangul = name.starts_with(is_hangul);
        let ends = |letter: char| !is_letter(letter) || is_hangul(letter) != in_hangul;
        self.sense(name.split(ends).next().unwrap_or_default()).opens_zone = true;
        self.zones.insert(name.to_owned(), offset.trim().parse().ok());
    }

    fn known(&self, word: &str) -> Option<&Sense> {
        let (place, length) = place_of(word)?;
        let is_possible = self.lengths.get(place).is_some_and(|lengths| lengths & length != 0);
        if is_possible { self.senses.get(word) } else { None }
    }

    fn sense(&mut self, word: &str) -> &mut Sense {
        if let Some((place, length)) = place_of(word) {
            self.lengths[place] |= length;
        }
        self.senses.entry(word.to_owned()).or_default()
    }

    /// What the word may have to do with times.
    pub fn hints(&self, word: &str) -> Hints {
        if !word.is_ascii() && self.day_count(word).is_some() {
            return Hints { opens_time: true, opens_zone: false, measures: true };
        }
        self.known(word).map_or_else(Hints::default, |sense| Hints {
            opens_time: sense.month.is_some()
                || sense.weekday.is_some()
                || sense.half.is_some()
                || sense.number.is_some()
                || sense.opens_day
                || sense.named.is_some(),
            opens_zone: sense.opens_zone,
            measures: sense.unit.is_some() || sense.named.is_some(),
        })
    }

    /// The number of days that a word names by itself, and what follows in it: `이틀간` is two days and `간`.
    pub fn day_count<'w>(&self, word: &'w str) -> Option<(f64, &'w str)> {
        if !self.day_initials.contains(&word.chars().next()?) {
            return None;
        }
        self.day_counts.iter().find_map(|(name, days)| Some((*days, word.strip_prefix(&**name)?)))
    }

    /// Whether a word after a number of days says that they went by: `동안`.
    pub fn is_lasting(&self, word: &str) -> bool {
        self.lasting.iter().any(|lasting| word.starts_with(lasting.as_str()))
    }

    /// Whether the word beside a length says that something went on for so long: `for`, the `째` of `10시간째`.
    pub fn lasts_for(&self, word: &str) -> bool {
        self.lasts_for.iter().any(|lasts| word == lasts || is_hangul_end(word, lasts))
    }

    /// Whether the word beside a length says that something came after so long: `within`, the `만에` of `10분만에`.
    pub fn over_in(&self, word: &str) -> bool {
        self.over_in.iter().any(|over| word == over || is_hangul_end(word, over))
    }

    /// Whether a word joins a clause to the one before: `and`.
    pub fn joins(&self, word: &str) -> bool {
        self.joins.iter().any(|joins| word == joins)
    }

    /// Whether a label stands beside the date of a mail: "From".
    pub fn heads_mail(&self, name: &str) -> bool {
        self.mail_heads.iter().any(|head| head == name)
    }

    /// A word beside a length that counts it from the beginning: `after 5 minutes`, `5분 뒤`.
    pub fn counts_on(&self, word: &str) -> bool {
        self.later.iter().any(|later| word == later || is_hangul_end(word, later))
    }

    /// Whether the word stands beside the number of a day: `Day 2`, `2일차`.
    pub fn counts_days(&self, word: &str) -> bool {
        self.numbered_days.iter().any(|day| day == word)
    }

    /// Whether a text ends with what makes a length one up to now: `over the last`, `최근`.
    pub fn ends_gone_by(&self, text: &str) -> bool {
        let is_letter = |letter: char| letter.is_alphanumeric();
        let mut heads = self.gone_by.iter().filter_map(|words| text.strip_suffix(words.as_str()));
        heads.any(|head| !head.ends_with(is_letter))
    }

    /// Whether the word says that a number is a little more: the `여` of `30여 분`.
    pub fn is_and_more(&self, word: &str) -> bool {
        self.and_more.iter().any(|more| more == word)
    }

    /// A unit without such a word in front: `여분` of `30여분`.
    pub fn without_and_more<'w>(&self, word: &'w str) -> &'w str {
        let bare = self.and_more.iter().find_map(|more| word.strip_prefix(more.as_str()));
        bare.filter(|bare| !bare.is_empty()).unwrap_or(word)
    }

    /// Whether the word adds half an hour to the hour before it.
    pub fn is_half_hour(&self, word: &str) -> bool {
        self.half_hours.iter().any(|half| half == word)
    }

    /// Whether twelve o'clock of this part of the day is midnight.
    pub fn is_night(&self, word: &str) -> bool {
        self.nights.iter().any(|night| night == word)
    }

    /// Whether a word that begins as the hour does is another word.
    pub fn is_not_hour(&self, word: &str) -> bool {
        self.not_hours.iter().any(|other| word.starts_with(other.as_str()))
    }

    /// Whether a part of the day may follow the word: the `in` and `the` of "5 in the morning".
    pub fn leads_half(&self, word: &str) -> bool {
        self.half_leads.iter().any(|lead| lead == word)
    }

    /// Whether two hours follow the word, the half of the day named once: "between 2 and 5 pm".
    pub fn leads_window(&self, word: &str) -> bool {
        self.window_leads.iter().any(|lead| lead == word)
    }

    /// Whether the word says that something goes on since the time beside it.
    pub fn is_since(&self, word: &str) -> bool {
        self.since.iter().any(|since| since == word)
    }

    /// Whether the word says that something went on until the time beside it.
    pub fn is_until(&self, word: &str) -> bool {
        self.until.iter().any(|until| until == word)
    }

    /// Whether a number before the word is a day of the month that is spoken of: `16일`, `16th`.
    pub fn is_day_of_month(&self, word: &str) -> bool {
        self.days_of_month.iter().any(|day| day == word)
    }

    /// 1 to 12.
    pub fn month(&self, word: &str) -> Option<u8> {
        self.known(word)?.month
    }

    /// The last month of a part of a year: `q2`, `2분기`.
    pub fn period(&self, word: &str) -> Option<u8> {
        self.periods.get(word).copied()
    }

    /// Whether a word beside a month says no more than which part of it, or nothing stands there.
    pub fn is_part(&self, word: &str) -> bool {
        word.is_empty() || self.parts_of_month.iter().any(|part| part == word)
    }

    /// 1 for Monday to 7 for Sunday.
    pub fn weekday(&self, word: &str) -> Option<u8> {
        self.known(word)?.weekday
    }

    /// Which half of the day.
    pub fn half(&self, word: &str) -> Option<Half> {
        self.known(word)?.half
    }

    /// Whether the word is a zone, and its minutes east of UTC where that is certain.
    pub fn zone(&self, name: &str) -> Option<Option<i16>> {
        self.zones.get(name).copied()
    }

    /// Minutes in a unit.
    pub fn unit(&self, word: &str) -> Option<f64> {
        self.known(word)?.unit
    }

    /// A number in words.
    pub fn number(&self, word: &str) -> Option<f64> {
        self.known(word)?.number
    }

    /// Days from the day on which somebody tells to the day that a text names by it: `yesterday` is -1, `오늘은` 0.
    pub fn told_day(&self, text: &str) -> Option<i64> {
        let is_letter = |letter: char| letter.is_alphanumeric();
        let is_named = |name: &str| {
            text.match_indices(name).any(|(at, name)| {
                let before = text.get(..at).is_some_and(|text| text.ends_with(is_letter));
                let rest = text.get(at + name.len()..).unwrap_or_default();
                !(before || name.is_ascii() && rest.starts_with(is_letter))
            })
        };
        self.told_days.iter().find(|(name, _)| is_named(name)).map(|&(_, days)| days)
    }

    /// Days from the day of the incident: `yesterday` is -1.
    pub fn relative_day(&self, word: &str) -> Option<i8> {
        self.known(word)?.day
    }

    /// Whether the name of such a day begins with the word.
    pub fn opens_day(&self, word: &str) -> bool {
        self.known(word).is_some_and(|sense| sense.opens_day)
    }

    /// What a word between two times says.
    pub fn connector(&self, word: &str) -> Option<Connector> {
        self.known(word)?.connector
    }

    /// The hour of `noon` and `midnight`.
    pub fn named_hour(&self, word: &str) -> Option<u8> {
        self.known(word)?.named
    }
}

/// Where the length of a word is noted, and its bit there.
fn place_of(word: &str) -> Option<(usize, u64)> {
    let (first, last) = (word.bytes().next()?, word.bytes().next_back()?);
    Some((usize::from(first.wrapping_mul(31).wrapping_add(last)), 1 << word.len().min(63)))
}

/// Whether a Korean word ends so, and says something before.
fn is_hangul_end(word: &str, end: &str) -> bool {
    end.starts_with(is_hangul) && word.len() > end.len() && word.ends_with(end)
}

/// Entries of the form `name = value`.
fn values(entries: &[String]) -> impl Iterator<Item = (&str, f64)> {
    entries.iter().filter_map(|entry| {
        let (name, value) = entry.split_once('=')?;
        Some((name.trim(), value.trim().parse().ok()?))
    })
}
