//! Wall-clock times as written: dates that may lack a year or a day, moments that may lack a date, zones.

use serde::{Deserialize, Serialize};

use std::fmt;

use jiff::civil;

/// A date with the parts that the text gives. Prints as `2024-07-15`, `--07-15`, `2024-07` or `2024`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct PartialDate {
    /// Four digits.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

impl PartialDate {
    /// A whole date, if there is such a day.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let date = Self { year: Some(year), month: Some(month), day: Some(day) };
        date.exists().then_some(date)
    }

    /// A day without a year, if some year has it.
    pub fn yearless(month: u8, day: u8) -> Option<Self> {
        let date = Self { year: None, month: Some(month), day: Some(day) };
        date.exists().then_some(date)
    }

    /// A month of a year.
    pub fn month_of(year: i16, month: u8) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self {
            year: Some(year),
            month: Some(month),
            day: None,
        })
    }

    /// Whether year, month and day are all known.
    pub fn is_whole(self) -> bool {
        self.civil().is_some()
    }

    /// As a day of the calendar, where it is whole.
    pub fn civil(self) -> Option<civil::Date> {
        civil::Date::new(self.year?, self.month? as i8, self.day? as i8).ok()
    }

    /// The day `days` later. A date without a year moves as in a year that is not a leap year.
    pub fn plus_days(self, days: i64) -> Self {
        let (Some(month), Some(day)) = (self.month, self.day) else { return self };
        let year = self.year.unwrap_or(2023);
        let moved = civil::Date::new(year, month as i8, day as i8)
            .ok()
            .and_then(|date| date.checked_add(jiff::Span::new().try_days(days).ok()?).ok());
        moved.map_or(self, |date| Self {
            year: self.year.map(|_| date.year()),
            month: Some(date.month() as u8),
            day: Some(date.day() as u8),
        })
    }

    /// The same date with a year, where it had none.
    pub fn with_year(self, year: Option<i16>) -> Self {
        Self { year: self.year.or(year), ..self }
    }

    /// Whether both name the same day as far as each says.
    pub fn agrees_with(self, other: Self) -> bool {
        fn same<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
            !matches!((a, b), (Some(a), Some(b)) if a != b)
        }
        same(self.year, other.year) && same(self.month, other.month) && same(self.day, other.day)
    }

    fn exists(self) -> bool {
        // A leap year where none is given: 29 February without a year is a day.
        let year = self.year.unwrap_or(2024);
        match (self.month, self.day) {
            (Some(month), Some(day)) => civil::Date::new(year, month as i8, day as i8).is_ok(),
            (Some(month), None) => (1..=12).contains(&month),
            _ => self.year.is_some(),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(out, "{year:04}")?,
            None => out.write_str("-")?,
        }
        if let Some(month) = self.month {
            write!(out, "-{month:02}")?;
        }
        match self.day {
            Some(day) => write!(out, "-{day:02}"),
            None => Ok(()),
        }
    }
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Clock {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59; zero where the text gives none.
    pub second: u8,
}

impl Clock {
    /// A time of day, if there is such a one. `24:00` is midnight at the end of the day and not one of these.
    pub fn new(hour: u8, minute: u8, second: u8) -> Option<Self> {
        (hour < 24 && minute < 60 && second < 60).then_some(Self { hour, minute, second })
    }

    /// Seconds since midnight.
    pub fn seconds(self) -> i64 {
        i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second)
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}:{:02}", self.hour, self.minute)?;
        if self.second != 0 { write!(out, ":{:02}", self.second) } else { Ok(()) }
    }
}

/// A point in time as the text gives it: a date, a time of day, or both.
/// Prints as `2024-07-15T09:45`, `--07-15T09:45`, `T09:45` or a bare date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Moment {
    /// The day.
    pub date: Option<PartialDate>,
    /// The time of day.
    pub clock: Option<Clock>,
}

/// In minutes.
const HALF_A_DAY: f64 = 720.0;

impl Moment {
    /// Minutes from this moment to a later one. Where neither has a date, a time of day that lies
    /// before this one is taken to be of the next day.
    pub fn minutes_until(self, later: Self) -> Option<f64> {
        let seconds = match (self.clock, later.clock) {
            (Some(from), Some(to)) => to.seconds() - from.seconds(),
            _ => return None,
        };
        let days = match (self.date, later.date) {
            (Some(from), Some(to)) => {
                let year = from.year.or(to.year).unwrap_or(2023);
                let from = from.with_year(Some(year)).civil()?;
                let to = to.with_year(Some(year)).civil()?;
                i64::from(from.until(to).ok()?.get_days())
            }
            (None, None) => i64::from(seconds < 0),
            _ => return None,
        };
        Some((days * 86_400 + seconds) as f64 / 60.0)
    }

    /// Minutes from this moment to one of the same incident, less than none where that lies before it. Where neither has a
    /// date, the nearer of the two days counts.
    pub fn minutes_near(self, other: Self) -> Option<f64> {
        let passed = self.minutes_until(other)?;
        let is_dated = self.date.is_some();
        Some(if !is_dated && passed > HALF_A_DAY { passed - 2.0 * HALF_A_DAY } else { passed })
    }

    /// The moment so many minutes later, where a time of day is known.
    pub fn plus_minutes(self, minutes: f64) -> Option<Self> {
        let total = self.clock?.seconds() / 60 + minutes.round() as i64;
        let (days, rest) = (total.div_euclid(1440), total.rem_euclid(1440));
        let clock = Clock::new((rest / 60) as u8, (rest % 60) as u8, 0)?;
        Some(Self { date: self.date.map(|date| date.plus_days(days)), clock: Some(clock) })
    }

    /// Orders two moments of one incident, where both say enough.
    pub fn precedes(self, other: Self) -> Option<bool> {
        match (self.date, other.date) {
            (Some(a), Some(b)) if a != b => {
                let year = a.year.or(b.year).unwrap_or(2023);
                Some(a.with_year(Some(year)) < b.with_year(Some(year)))
            }
            _ => Some(self.clock?.seconds() < other.clock?.seconds()),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(date) = self.date {
            date.fmt(out)?;
        }
        match self.clock {
            Some(clock) => write!(out, "T{clock}"),
            None => Ok(()),
        }
    }
}

/// A time zone as written, and its distance from UTC where the name has one meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// Such as `PST`, `GMT+1`, `Kigali time`.
    pub name: String,
    /// Minutes east of UTC.
    pub offset: Option<i16>,
}

impl Zone {
    /// `-08:00`, where the offset is known.
    pub fn utc_offset(&self) -> Option<String> {
        let minutes = self.offset?;
        let sign = if minutes < 0 { '-' } else { '+' };
        Some(format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60))
    }
}

#[cfg(test)]
mod tests;
