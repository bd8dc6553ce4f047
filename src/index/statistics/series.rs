//! Incidents over time, by quarter.

use std::collections::BTreeMap;

use crate::index::FiledId;
use crate::index::statistics::Statistics;
use crate::index::statistics::line::{Line, Quarter};

/// Charts show at most so many quarters: twenty-five years.
pub const LONGEST: usize = 100;

/// Where a chart would be longer, an incident alone that is further than this from all others has a wrong year.
const FAR: i32 = 60;

/// The quarters that a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub first: Quarter,
    /// How many.
    pub length: usize,
}

/// What happened in one quarter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bucket {
    /// Incidents.
    pub incidents: usize,
    /// Minutes of the incidents whose length is known.
    minutes: f64,
    /// Lengths from start to detection.
    pub detect: Vec<f64>,
    /// Lengths from start to end.
    pub resolve: Vec<f64>,
}

impl Bucket {
    /// Counts an incident.
    pub fn add(&mut self, line: &Line) {
        self.incidents += 1;
        self.minutes += line.resolve.unwrap_or_default();
        self.detect.extend(line.detect);
        self.resolve.extend(line.resolve);
    }

    /// Minutes of all incidents whose length is known; nothing where there were some and none has a length.
    pub fn minutes(&self) -> Option<f64> {
        (self.incidents == 0 || !self.resolve.is_empty()).then_some(self.minutes)
    }
}

impl Window {
    /// The quarters from the first to the last of some incidents; of more than [`LONGEST`] the newest. One wrong year must
    /// not empty the chart.
    pub fn of(statistics: &Statistics, ids: impl Iterator<Item = FiledId>) -> Option<Self> {
        let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
        for id in ids {
            if let Some(quarter) = statistics.lines[id].quarter {
                *counts.entry(quarter.0).or_default() += 1;
            }
        }
        let counts: Vec<(i32, usize)> = counts.into_iter().collect();
        let mut counts = counts.as_slice();
        let is_far = |(at, count): (i32, usize), next: i32| count == 1 && (next - at).abs() > FAR;
        while let [first, rest @ ..] = counts
            && let [(next, _), ..] = rest
            && is_long(counts)
            && is_far(*first, *next)
        {
            counts = rest;
        }
        while let [rest @ .., (next, _), last] = counts
            && is_long(counts)
            && is_far(*last, *next)
        {
            counts = counts.get(..=rest.len()).unwrap_or_default();
        }
        let &(last, _) = counts.last()?;
        let &(first, _) = counts.iter().find(|(quarter, _)| last - quarter < LONGEST as i32)?;
        Some(Self { first: Quarter(first), length: (last - first + 1) as usize })
    }

    /// The place of a quarter in the window.
    pub fn place(&self, quarter: Quarter) -> Option<usize> {
        let place = usize::try_from(quarter.0 - self.first.0).ok()?;
        (place < self.length).then_some(place)
    }

    /// The quarters in order.
    pub fn quarters(&self) -> impl Iterator<Item = Quarter> {
        let first = self.first.0;
        (0..self.length as i32).map(move |place| Quarter(first + place))
    }
}

/// Whether quarters in order are too many for a chart.
fn is_long(counts: &[(i32, usize)]) -> bool {
    matches!(counts, [(first, _), .., (last, _)] if last - first >= LONGEST as i32)
}

/// The quarters of a window with the incidents of each.
pub fn buckets(
    statistics: &Statistics,
    window: Window,
    ids: impl Iterator<Item = FiledId>,
) -> Vec<Bucket> {
    let mut buckets = vec![Bucket::default(); window.length];
    for id in ids {
        let line = &statistics.lines[id];
        let Some(place) = line.quarter.and_then(|quarter| window.place(quarter)) else { continue };
        buckets[place].add(line);
    }
    buckets
}
