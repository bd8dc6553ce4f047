//! Incidents over time, by quarter.

use std::collections::BTreeMap;

use crate::index::FiledId;
use crate::index::statistics::Statistics;
use crate::index::statistics::line::Quarter;

/// Charts show at most so many quarters: ten years.
pub const LONGEST: usize = 40;

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
    /// Minutes of all incidents whose length is known.
    pub minutes: f64,
    /// Lengths from start to detection.
    pub detect: Vec<f64>,
    /// Lengths from start to end.
    pub resolve: Vec<f64>,
}

impl Window {
    /// The quarters from the first to the last of some incidents; of more than [`LONGEST`] those that hold
    /// the most incidents, the latest of equals: one wrong year must not empty the chart.
    pub fn of(statistics: &Statistics, ids: impl Iterator<Item = FiledId>) -> Option<Self> {
        let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
        for id in ids {
            if let Some(quarter) = statistics.lines[id].quarter {
                *counts.entry(quarter.0).or_default() += 1;
            }
        }
        let counts: Vec<(i32, usize)> = counts.into_iter().collect();
        let (mut best, mut held, mut from) = (None, 0, 0);
        for (at, &(last, count)) in counts.iter().enumerate() {
            held += count;
            while last - counts[from].0 >= LONGEST as i32 {
                held -= counts[from].1;
                from += 1;
            }
            if best.is_none_or(|(most, _, _)| held >= most) {
                best = Some((held, counts[from].0, counts[at].0));
            }
        }
        best.map(|(_, first, last)| Self {
            first: Quarter(first),
            length: (last - first + 1) as usize,
        })
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
        let bucket = &mut buckets[place];
        bucket.incidents += 1;
        bucket.minutes += line.resolve.unwrap_or_default();
        bucket.detect.extend(line.detect);
        bucket.resolve.extend(line.resolve);
    }
    buckets
}
