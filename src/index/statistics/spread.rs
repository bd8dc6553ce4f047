//! How lengths spread: the middle, and how bad it gets. Never a mean: one long incident would speak for all.

/// Fewer values than this are told one by one and not summed up.
pub const SMALL: usize = 5;

/// The spread of some values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// How many values.
    pub known: usize,
    /// Half of the values are at most this.
    pub median: f64,
    /// Nine in ten are at most this.
    pub p90: f64,
}

impl Spread {
    /// The spread of values in any order, or nothing of none.
    pub fn of(mut values: Vec<f64>) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        values.sort_by(f64::total_cmp);
        Some(Self {
            known: values.len(),
            median: percentile(&values, 50),
            p90: percentile(&values, 90),
        })
    }

    /// There are enough values to sum them up.
    pub fn is_enough(&self) -> bool {
        self.known >= SMALL
    }
}

/// The value below which `percent` of a sorted list lie, drawn straight between neighbours; whole minutes.
fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let reach = (sorted.len() - 1) * percent;
    let (at, rest) = (reach / 100, reach % 100);
    let low = sorted[at];
    let high = sorted[(at + 1).min(sorted.len() - 1)];
    (low + (high - low) * rest as f64 / 100.0).round()
}

/// The interval that holds the true share with 95 % certainty, in per cent (Wilson). Small samples give wide
/// ones, which is the point.
pub fn interval(part: usize, all: usize) -> (f64, f64) {
    if all == 0 {
        return (0.0, 100.0);
    }
    let (n, share, z) = (all as f64, part as f64 / all as f64, 1.96);
    let middle = share + z * z / (2.0 * n);
    let reach = z * ((share * (1.0 - share) + z * z / (4.0 * n)) / n).sqrt();
    let scale = 100.0 / (1.0 + z * z / n);
    (((middle - reach) * scale).max(0.0), ((middle + reach) * scale).min(100.0))
}
