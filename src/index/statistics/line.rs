//! One incident as numbers: when, how long, how much was promised.

use jiff::civil::{Date, date};

use crate::model::incident::Incident;
use crate::model::when::Moment;

/// An incident as numbers. What the text does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The day it began, in days since the first of January 1970.
    pub day: Option<i32>,
    /// The quarter it began in; known from a month alone.
    pub quarter: Option<Quarter>,
    /// Weekday (Monday is 0) and hour of the start, wall clock.
    pub hour: Option<(u8, u8)>,
    /// Minutes from the start to detection.
    pub detect: Option<f64>,
    /// Minutes from the start to the end.
    pub resolve: Option<f64>,
    /// Actions promised.
    pub promised: usize,
    /// Those that are not known to be done.
    pub open: usize,
}

/// A quarter of a year; quarters that follow each other are neighbouring numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter(pub i32);

impl Quarter {
    /// The quarter of a month (1 to 12).
    pub fn of(year: i16, month: u8) -> Self {
        Self(i32::from(year) * 4 + (i32::from(month) - 1) / 3)
    }

    /// Its year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(4)
    }

    /// 1 to 4.
    pub fn number(self) -> i32 {
        self.0.rem_euclid(4) + 1
    }
}

/// Longer than this is a slip of the pen, not an incident: thirty years.
const LONGEST: f64 = 30.0 * 366.0 * 24.0 * 60.0;

impl Line {
    /// The line of an incident.
    pub fn of(incident: &Incident) -> Self {
        let date = incident.date.value().copied();
        let civil = date.and_then(|date| date.civil());
        Self {
            day: civil.and_then(days),
            quarter: date.and_then(|date| Some(Quarter::of(date.year?, date.month?))),
            hour: incident.started_at.value().and_then(|&start| hour(start, civil)),
            detect: minutes(detection(incident)),
            resolve: minutes(incident.duration_minutes.value().copied()),
            promised: incident.actions.len(),
            open: incident.actions.iter().filter(|action| action.is_open()).count(),
        }
    }
}

fn minutes(minutes: Option<f64>) -> Option<f64> {
    minutes.filter(|minutes| (0.0..=LONGEST).contains(minutes)).map(f64::round)
}

/// Minutes from the start to detection, where both say enough. Noticed before it began counts as at once.
fn detection(incident: &Incident) -> Option<f64> {
    let (start, detected) = (incident.started_at.value()?, incident.detected_at.value()?);
    let minutes = start.minutes_until(*detected)?;
    Some(minutes.max(0.0))
}

fn hour(start: Moment, fallback: Option<Date>) -> Option<(u8, u8)> {
    let day = start.date.and_then(|date| date.civil()).or(fallback)?;
    Some((day.weekday().to_monday_zero_offset() as u8, start.clock?.hour))
}

/// Days since the first of January 1970.
pub fn days(day: Date) -> Option<i32> {
    date(1970, 1, 1).until(day).ok().map(|span| span.get_days())
}
