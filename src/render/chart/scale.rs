//! Scales: round steps for counts, and the steps in which people think of lengths of time.

/// The steps of an axis from zero to at least `most`: up to four, at 1, 2 or 5 times a power of ten.
pub fn steps(most: f64) -> Vec<f64> {
    let mut step = 1.0;
    'found: for power in 0..9 {
        for factor in [1.0, 2.0, 5.0] {
            step = factor * 10f64.powi(power);
            if most <= step * 4.0 {
                break 'found;
            }
        }
    }
    let count = (most / step).ceil().max(1.0) as usize;
    (0..=count).map(|number| number as f64 * step).collect()
}

/// Lengths that an axis of lengths is marked with, in minutes: 1, 10, 60 minutes, 6 hours, 1, 7, 30, 365 days.
pub const LENGTHS: [f64; 8] = [1.0, 10.0, 60.0, 360.0, 1440.0, 10080.0, 43200.0, 525_600.0];

/// A scale of lengths on which each step is the same factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lengths {
    low: f64,
    high: f64,
}

impl Lengths {
    /// From the mark below the least of some lengths to the mark above the greatest.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let (mut least, mut most) = (f64::MAX, 0.0_f64);
        for value in values {
            least = least.min(value);
            most = most.max(value);
        }
        let low = LENGTHS.iter().rev().copied().find(|&mark| mark <= least).unwrap_or(LENGTHS[0]);
        let high = LENGTHS.iter().copied().find(|&mark| mark >= most && mark > low);
        Self { low, high: high.unwrap_or(LENGTHS[LENGTHS.len() - 1]) }
    }

    /// Where a length stands, from 0 to 1.
    pub fn place(&self, minutes: f64) -> f64 {
        let (low, high) = (self.low.ln(), self.high.ln());
        ((minutes.max(1.0).ln() - low) / (high - low)).clamp(0.0, 1.0)
    }

    /// The marks of the axis.
    pub fn marks(&self) -> impl Iterator<Item = f64> {
        let Self { low, high } = *self;
        LENGTHS.into_iter().filter(move |&mark| low <= mark && mark <= high)
    }
}
