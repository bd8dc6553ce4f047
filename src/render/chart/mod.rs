//! Drawings as SVG markup: columns over time, ranges on a scale of lengths, small lines for tables.
//!
//! A drawing is as wide as its place and keeps the size of its letters: positions across are per cent, heights
//! are pixels, and what must stretch stands in an inner picture that does. Numbers are rounded to a tenth.

pub mod scale;
pub mod columns;
pub mod ranges;
pub mod inline;
pub mod incident;

use std::fmt::Write;

use crate::base::escape::escape;

/// A tenth is as fine as anyone sees, and prints the same everywhere.
fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// Opens a drawing with what it says to those who do not see it.
fn open(class: &str, height: u32, title: &str) -> String {
    format!(
        "<svg class=\"{class}\" role=\"img\" width=\"100%\" height=\"{height}\"><title>{}</title>",
        escape(title)
    )
}

/// A word at a place; `anchor` is `start`, `middle` or `end`.
fn word(out: &mut String, x: f64, y: f64, anchor: &str, text: &str) {
    let _ = write!(
        out,
        "<text x=\"{}%\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
        tenth(x),
        tenth(y),
        escape(text)
    );
}

/// A line across the drawing, and what it stands for in the margin before it: so far as the drawing keeps free, which is
/// the same on a telephone.
fn rule(out: &mut String, y: f64, text: &str) {
    let (line, base, text) = (tenth(y), tenth(y + 4.0), escape(text));
    let _ = write!(
        out,
        "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{line}\" y2=\"{line}\"/>\
         <text x=\"-6\" y=\"{base}\" text-anchor=\"end\">{text}</text>"
    );
}

/// The class of a drawing whose margin holds these words.
fn margin<'a>(mut words: impl Iterator<Item = &'a str>) -> &'static str {
    if words.any(|word| word.chars().count() > SHORT) { "chart far" } else { "chart" }
}

/// Words of so many letters stand in a narrow margin.
const SHORT: usize = 3;

#[cfg(test)]
mod tests;
