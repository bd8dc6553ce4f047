//! Small drawings inside the rows of a table; the numbers beside them say the same.

use std::fmt::Write;

use crate::index::statistics::spread::Spread;
use crate::render::chart::scale::Lengths;
use crate::render::chart::{tenth, word};

/// Counts by quarter as a row of small columns.
pub fn spark(values: &[usize], most: usize) -> String {
    let mut path = String::new();
    for (number, &value) in values.iter().enumerate().filter(|(_, value)| **value > 0) {
        let high = (value * 20).div_ceil(most.max(1));
        let _ = write!(path, "M{} 20v-{high}h8v{high}z", number * 10 + 1);
    }
    format!(
        "<svg class=\"spark\" viewBox=\"0 0 {} 20\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>",
        values.len() * 10
    )
}

/// The median as a dot and a line to the 90th percentile.
pub fn reach(spread: Spread, scale: Lengths) -> String {
    let at = |minutes: f64| tenth(2.0 + 96.0 * scale.place(minutes));
    let (middle, high) = (at(spread.median), at(spread.p90));
    format!(
        "<svg class=\"lane\" aria-hidden=\"true\"><line class=\"reach\" x1=\"{middle}%\" x2=\"{high}%\" y1=\"10\" y2=\"10\"/>\
         <circle class=\"p90\" cx=\"{high}%\" cy=\"10\" r=\"3\"/><circle cx=\"{middle}%\" cy=\"10\" r=\"4.5\"/></svg>"
    )
}

/// The marks above a column of [`reach`].
pub fn axis(scale: Lengths, name: impl Fn(f64) -> String) -> String {
    let mut svg = "<svg class=\"lane\" aria-hidden=\"true\">".to_owned();
    let marks: Vec<f64> = scale.marks().collect();
    for (number, &mark) in marks.iter().enumerate() {
        let anchor = match number {
            0 => "start",
            last if last + 1 == marks.len() => "end",
            _ => "middle",
        };
        word(&mut svg, 2.0 + 96.0 * scale.place(mark), 14.0, anchor, &name(mark));
    }
    svg.push_str("</svg>");
    svg
}

/// Days as dots on a line; `places` are from 0 to 1.
pub fn lane(places: impl Iterator<Item = f64>) -> String {
    let mut svg =
        "<svg class=\"lane\" aria-hidden=\"true\"><line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"10\" y2=\"10\"/>".to_owned();
    for place in places {
        let _ = write!(svg, "<circle cx=\"{}%\" cy=\"10\" r=\"4.5\"/>", tenth(2.0 + 96.0 * place));
    }
    svg.push_str("</svg>");
    svg
}

/// A share of a hundred as a bar.
pub fn bar(percent: usize) -> String {
    format!("<svg class=\"bar\" width=\"{percent}%\" height=\"8\" aria-hidden=\"true\"></svg>")
}

/// A share as a dot on the range that holds the true one, with another share as a line; all from 0 to 1.
pub fn share([own, low, high, other]: [f64; 4]) -> String {
    let [own, low, high, other] = [own, low, high, other].map(|share| tenth(1.0 + 98.0 * share));
    format!(
        "<svg class=\"lane\" aria-hidden=\"true\"><line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"10\" y2=\"10\"/>\
         <line class=\"band\" x1=\"{low}%\" x2=\"{high}%\" y1=\"10\" y2=\"10\"/>\
         <line class=\"ref\" x1=\"{other}%\" x2=\"{other}%\" y1=\"2\" y2=\"18\"/>\
         <circle cx=\"{own}%\" cy=\"10\" r=\"4.5\"/></svg>"
    )
}
