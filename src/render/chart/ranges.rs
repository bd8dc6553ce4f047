//! Ranges over time: for each quarter the median as a dot and a line up to the 90th percentile, on a scale of
//! lengths on which each step is the same factor.

use std::fmt::Write;

use crate::base::escape::escape;
use crate::index::statistics::spread::Spread;
use crate::render::chart::scale::Lengths;
use crate::render::chart::{margin, open, rule, tenth, word};

/// One quarter.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// Its spread; nothing where too few lengths are known.
    pub spread: Option<Spread>,
    /// What it says when a reader points at it.
    pub label: String,
    /// What stands below it; empty for most.
    pub tick: String,
}

const TOP: f64 = 10.0;
const FLOOR: f64 = 132.0;
const HEIGHT: u32 = 156;

/// The drawing. `title` says what it shows, `name` writes a length.
pub fn ranges(ranges: &[Range], title: &str, name: impl Fn(f64) -> String) -> String {
    let spreads = ranges.iter().filter_map(|range| range.spread);
    let scale = Lengths::of(spreads.flat_map(|spread| [spread.median, spread.p90]));
    let y = |minutes: f64| FLOOR - (FLOOR - TOP) * scale.place(minutes);
    let marks: Vec<(f64, String)> = scale.marks().map(|mark| (mark, name(mark))).collect();
    let mut svg = open(margin(marks.iter().map(|(_, name)| &**name)), HEIGHT, title);
    for (mark, name) in &marks {
        rule(&mut svg, y(*mark), name);
    }
    let width = 100.0 / ranges.len().max(1) as f64;
    for (number, range) in ranges.iter().enumerate() {
        let x = width * (number as f64 + 0.5);
        if let Some(spread) = range.spread {
            let (at, label) = (tenth(x), escape(&range.label));
            let (middle, high) = (tenth(y(spread.median)), tenth(y(spread.p90)));
            let _ = write!(
                svg,
                "<g><title>{label}</title><line class=\"reach\" x1=\"{at}%\" x2=\"{at}%\" y1=\"{middle}\" \
                 y2=\"{high}\"/><circle class=\"p90\" cx=\"{at}%\" cy=\"{high}\" r=\"3\"/>\
                 <circle cx=\"{at}%\" cy=\"{middle}\" r=\"4.5\"/></g>"
            );
        }
        if !range.tick.is_empty() {
            let anchor = if x > 96.0 { "end" } else { "middle" };
            word(&mut svg, x, FLOOR + 18.0, anchor, &range.tick);
        }
    }
    svg.push_str("</svg>");
    svg
}
