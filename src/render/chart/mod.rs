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

/// A line across the drawing.
fn rule(out: &mut String, from: f64, y: f64) {
    let (from, y) = (tenth(from), tenth(y));
    let _ = write!(out, "<line class=\"grid\" x1=\"{from}%\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>");
}

#[cfg(test)]
mod tests;
