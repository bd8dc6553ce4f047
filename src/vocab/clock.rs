//! The words of dates and times, looked up one by one: months, weekdays, halves of the day, zones, units.

use std::collections::BTreeMap;

use crate::vocab::lexicon::Lexicon;

/// The sort of lexicon file that these words stand in.
const SORT: &str = "clock";

/// Words of the clock and the calendar, in lower case.
#[derive(Debug, Default)]
pub struct ClockWords {
    months: BTreeMap<String, u8>,
    weekdays: BTreeMap<String, u8>,
    halves: BTreeMap<String, Half>,
    zones: BTreeMap<String, Option<i16>>,
    units: BTreeMap<String, f64>,
    days: BTreeMap<String, i8>,
    numbers: BTreeMap<String, f64>,
    connectors: BTreeMap<String, Connector>,
    named: BTreeMap<String, u8>,
    half_hours: Vec<String>,
    nights: Vec<String>,
    not_hours: Vec<String>,
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
        let mut words = Self::default();
        for number in 1..=12u8 {
            for word in lexicon.list(SORT, &format!("month-{number}")) {
                words.months.insert(word.clone(), number);
            }
        }
        for number in 1..=7u8 {
            for word in lexicon.list(SORT, &format!("weekday-{number}")) {
                words.weekdays.insert(word.clone(), number);
            }
        }
        for (key, half) in [("am", Half::Am), ("pm", Half::Pm)] {
            for word in lexicon.list(SORT, key) {
                words.halves.insert(word.clone(), half);
            }
        }
        for (key, connector) in [("to", Connector::To), ("at", Connector::At)] {
            for word in lexicon.list(SORT, key) {
                words.connectors.insert(word.clone(), connector);
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
                words.units.insert(word.clone(), minutes);
            }
        }
        for (key, hour) in [("noon", 12), ("midnight", 0)] {
            for word in lexicon.list(SORT, key) {
                words.named.insert(word.clone(), hour);
            }
        }
        for entry in lexicon.list(SORT, "zones") {
            let (name, offset) = entry.split_once('=').unwrap_or((entry, ""));
            words.zones.insert(name.trim().to_owned(), offset.trim().parse().ok());
        }
        for entry in lexicon.list(SORT, "numbers") {
            if let Some((name, value)) = entry.split_once('=')
                && let Ok(value) = value.trim().parse()
            {
                words.numbers.insert(name.trim().to_owned(), value);
            }
        }
        for entry in lexicon.list(SORT, "relative-days") {
            if let Some((name, value)) = entry.split_once('=')
                && let Ok(value) = value.trim().parse()
            {
                words.days.insert(name.trim().to_owned(), value);
            }
        }
        words.half_hours = lexicon.list(SORT, "half-hour").to_vec();
        words.nights = lexicon.list(SORT, "night").to_vec();
        words.not_hours = lexicon.list(SORT, "not-hour").to_vec();
        words
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

    /// 1 to 12.
    pub fn month(&self, word: &str) -> Option<u8> {
        self.months.get(word).copied()
    }

    /// 1 for Monday to 7 for Sunday.
    pub fn weekday(&self, word: &str) -> Option<u8> {
        self.weekdays.get(word).copied()
    }

    /// Which half of the day.
    pub fn half(&self, word: &str) -> Option<Half> {
        self.halves.get(word).copied()
    }

    /// Whether the word is a zone, and its minutes east of UTC where that is certain.
    pub fn zone(&self, name: &str) -> Option<Option<i16>> {
        self.zones.get(name).copied()
    }

    /// Minutes in a unit.
    pub fn unit(&self, word: &str) -> Option<f64> {
        self.units.get(word).copied()
    }

    /// A number in words.
    pub fn number(&self, word: &str) -> Option<f64> {
        self.numbers.get(word).copied()
    }

    /// Days from the day of the incident: `yesterday` is -1.
    pub fn relative_day(&self, word: &str) -> Option<i8> {
        self.days.get(word).copied()
    }

    /// What a word between two times says.
    pub fn connector(&self, word: &str) -> Option<Connector> {
        self.connectors.get(word).copied()
    }

    /// The hour of `noon` and `midnight`.
    pub fn named_hour(&self, word: &str) -> Option<u8> {
        self.named.get(word).copied()
    }
}
