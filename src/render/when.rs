//! Dates and lengths for people, in the words of a language.

use crate::index::statistics::line::Quarter;
use crate::index::statistics::series::Window;
use crate::model::when::{Moment, PartialDate};
use crate::render::strings::Strings;

/// `15 July 2024`, `15 July`, `July 2024`, `2024`; `2024년 7월 15일`.
pub fn date(date: PartialDate, strings: &Strings) -> String {
    let month = date
        .month
        .map(|month| strings.get(&format!("month_{month}")).to_owned())
        .unwrap_or_default();
    let year = date.year.unwrap_or_default();
    match (date.year, date.month, date.day) {
        (Some(_), Some(_), Some(day)) => {
            strings.fill("date_whole", &[("year", &year), ("month", &month), ("day", &day)])
        }
        (None, Some(_), Some(day)) => {
            strings.fill("date_yearless", &[("month", &month), ("day", &day)])
        }
        (Some(_), Some(_), None) => {
            strings.fill("date_month", &[("year", &year), ("month", &month)])
        }
        _ => strings.fill("date_year", &[("year", &year)]),
    }
}

/// The same in short, for lists: `15 Jul 2024`, `15 Jul`, `Jul 2024`, `2024`; `2024. 7. 15.`.
pub fn day(date: PartialDate, strings: &Strings) -> String {
    let number = date.month.unwrap_or_default();
    let name = strings.get(&format!("mon_{number}")).to_owned();
    let key = match (date.year, date.month, date.day) {
        (Some(_), Some(_), Some(_)) => "day_whole",
        (None, Some(_), Some(_)) => "day_yearless",
        (Some(_), Some(_), None) => "day_month",
        _ => "day_year",
    };
    strings.fill(
        key,
        &[
            ("year", &date.year.unwrap_or_default()),
            ("mon", &name),
            ("m", &number),
            ("day", &date.day.unwrap_or_default()),
        ],
    )
}

/// `2024 Q3`, `2024년 3분기`.
pub fn quarter(quarter: Quarter, strings: &Strings) -> String {
    strings.fill("quarter", &[("year", &quarter.year()), ("q", &quarter.number())])
}

/// `2022 Q1 to 2024 Q3`: the quarters that a chart shows.
pub fn window(window: Window, strings: &Strings) -> String {
    let last = Quarter(window.first.0 + window.length as i32 - 1);
    let (first, last) = (quarter(window.first, strings), quarter(last, strings));
    strings.fill("from_to", &[("a", &first), ("b", &last)])
}

/// `15 July 2024, 09:45`; the day alone or the time alone where that is all there is.
pub fn moment(moment: Moment, strings: &Strings) -> String {
    match (moment.date, moment.clock) {
        (Some(day), Some(clock)) => {
            strings.fill("date_time", &[("date", &date(day, strings)), ("time", &clock)])
        }
        (Some(day), None) => date(day, strings),
        (None, Some(clock)) => clock.to_string(),
        (None, None) => String::new(),
    }
}

/// `12 days`, `5 months`, `3 years`: a distance in days, in the largest unit of which there are two.
pub fn days(days: i32, strings: &Strings) -> String {
    let days = days.unsigned_abs() as usize;
    match days {
        0..61 => strings.count("days", days),
        61..730 => strings.count("months", (days as f64 / 30.44).round() as usize),
        _ => strings.count("years", (days as f64 / 365.25).round() as usize),
    }
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// `45 min`, `2 h 30 min`, `3 d 4 h`. Nothing below the second unit.
pub fn length(minutes: f64, strings: &Strings) -> String {
    let minutes = minutes.round().max(0.0) as i64;
    let (days, hours, rest) = (minutes / DAY, minutes % DAY / HOUR, minutes % HOUR);
    let blanks: [(&str, &dyn std::fmt::Display); 3] = [("d", &days), ("h", &hours), ("m", &rest)];
    let key = match (days, hours, rest) {
        (0, 0, _) => "length_m",
        (0, _, 0) => "length_h",
        (0, _, _) => "length_hm",
        (_, 0, _) => "length_d",
        _ => "length_dh",
    };
    strings.fill(key, &blanks)
}
