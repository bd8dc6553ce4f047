//! When it began, when it was noticed, when it was over, on which day: every time that says so, weighed.

mod agree;
mod columns;
mod label;
mod prose;
mod settle;
mod state;
mod timeline;
mod today;
mod told;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::extract::action::has_due_days;
use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::extract::time::{Stamp, TimeKind, TimeMention};
use crate::extract::timeline::Row;
use crate::model::fact::{Fact, RuleId};
use crate::model::when::{Moment, PartialDate};
use crate::vocab::meaning::SectionRole;

pub(super) use agree::RULE as AGREED;
pub(super) use label::label_of;
pub(super) use settle::{best_day, day_of_month, only_year, settle, shown_year};
pub(super) use timeline::from_timeline;
pub(super) use today::told_on;

/// Readings of the moments of an incident, not yet completed by its day.
#[derive(Default)]
pub(super) struct Moments {
    /// Days on which it could have begun.
    pub days: Vec<Fact<PartialDate>>,
    /// When the impact began.
    pub started: Vec<Reading>,
    /// When it was noticed.
    pub detected: Vec<Reading>,
    /// When the impact was less.
    pub mitigated: Vec<Reading>,
    /// When it was over.
    pub resolved: Vec<Reading>,
    /// Lengths that the text states, in minutes.
    pub lengths: Vec<Fact<f64>>,
    /// Of these, such as are written like a time of day, and may be the end.
    pub ends_or_lengths: Vec<Reading>,
}

/// A moment as read.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// What was read.
    pub moment: Moment,
    /// Where.
    pub range: Range<u32>,
    /// By which rule.
    pub rule: RuleId,
    /// How surely.
    pub certainty: f32,
    /// Where the range that it ends began: it cannot be before that.
    pub after: Option<Moment>,
    /// So many days after the day of the incident, where it has no date of its own.
    pub later: i8,
    /// It says which half of the day it means.
    pub has_half: bool,
    /// Minutes east of UTC, by the zone beside it.
    pub offset: Option<i16>,
    /// The day of a month that is not named beside it.
    pub day_of_month: Option<u8>,
    /// The day of the week that stands in place of a date.
    pub weekday: Option<u8>,
    /// So many minutes after the beginning, and no moment of its own.
    pub since_start: Option<f64>,
}

impl Reading {
    /// So many minutes after the beginning.
    fn later(minutes: f64, range: Range<u32>, rule: RuleId, certainty: f32) -> Self {
        Self {
            moment: Moment::default(),
            range,
            rule,
            certainty,
            after: None,
            later: 0,
            has_half: true,
            offset: None,
            day_of_month: None,
            weekday: None,
            since_start: Some(minutes),
        }
    }
}

/// Collects every reading but those of the timeline.
pub(super) fn moments(scope: &Scope<'_>, rows: &[Row]) -> Moments {
    let mut found = Moments::default();
    let entries: BTreeSet<usize> = rows.iter().map(|row| row.line).collect();
    let mut due = None;
    for (index, line) in scope.lines.iter().enumerate() {
        // The days of a table of measures are those by which they are due.
        if let LineKind::Row(table, is_head) = line.kind {
            if is_head {
                let is_timeline = line.roles.has(SectionRole::Timeline);
                due = (!is_timeline && has_due_days(scope, line)).then_some(table);
            }
            if due == Some(table) {
                continue;
            }
        }
        label::labelled(scope, index, &mut found);
        if !entries.contains(&index) {
            prose::prose(scope, index, &mut found);
        }
    }
    columns::columns(scope, &mut found);
    file_name(scope, &mut found);
    found
}

fn day(
    scope: &Scope<'_>,
    times: &[TimeMention],
    rule: RuleId,
    certainty: f32,
    found: &mut Moments,
) {
    if let Some(stamp) =
        times.iter().filter_map(TimeMention::first).find(|stamp| stamp.date.is_some())
        && let Some(date) = stamp.date
    {
        found.days.push(Fact::new(date, scope.span(stamp.start..stamp.end), rule, certainty));
    }
}

fn lengths(
    scope: &Scope<'_>,
    times: &[TimeMention],
    rule: RuleId,
    certainty: f32,
    found: &mut Moments,
) {
    for time in times {
        if let TimeKind::Length(minutes) = time.kind {
            found.lengths.push(Fact::new(
                minutes,
                scope.span(time.start..time.end),
                rule,
                certainty,
            ));
        }
    }
}

fn reading(stamp: &Stamp, rule: RuleId, certainty: f32) -> Reading {
    Reading {
        moment: stamp.moment(),
        range: stamp.start..stamp.end,
        rule,
        certainty,
        after: None,
        later: stamp.days_later,
        has_half: stamp.has_half,
        offset: stamp.zone.as_ref().and_then(|zone| zone.offset),
        day_of_month: stamp.day_of_month,
        weekday: stamp.weekday,
        since_start: None,
    }
}

/// A date in the name of the file.
fn file_name(scope: &Scope<'_>, found: &mut Moments) {
    let name = scope.source.path.as_str();
    let habits = crate::extract::time::Habits::default();
    for time in crate::extract::time::scan(name, &scope.vocab.clock, habits) {
        if let Some(date) = time.first().and_then(|stamp| stamp.date).filter(|date| date.is_whole())
        {
            let span = crate::base::span::Span::start_of(scope.source.id);
            found.days.push(Fact::new(date, span, RuleId::FILE_NAME, 0.5));
        }
    }
}
