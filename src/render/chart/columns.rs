//! Columns: counts by quarter, or by class of length.

use std::fmt::Write;

use crate::base::escape::escape;
use crate::render::chart::{margin, open, rule, scale, tenth, word};

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// How high; nothing where it is not known.
    pub value: Option<f64>,
    /// What it was a year before.
    pub before: Option<f64>,
    /// What it says when a reader points at it.
    pub label: String,
    /// What stands below it; empty for most.
    pub tick: String,
    /// The tick stands between this column and the one before instead of below it.
    pub on_edge: bool,
}

const TOP: f64 = 8.0;
const FLOOR: f64 = 132.0;
const HEIGHT: u32 = 156;
/// How high the box is that stands for what is not known.
const GAP: f64 = 8.0;

/// The drawing. `title` says what it shows.
pub fn columns(columns: &[Column], title: &str) -> String {
    let most = columns
        .iter()
        .flat_map(|column| [column.value.unwrap_or_default(), column.before.unwrap_or_default()])
        .fold(0.0, f64::max);
    let steps = scale::steps(most);
    let top = steps.last().copied().unwrap_or(1.0);
    let y = |value: f64| FLOOR - (FLOOR - TOP) * value / top;
    let names: Vec<String> = steps.iter().map(f64::to_string).collect();
    let mut svg = open(margin(names.iter().map(String::as_str)), HEIGHT, title);
    for (&step, name) in steps.iter().zip(&names) {
        rule(&mut svg, y(step), name);
    }
    let width = 100.0 / columns.len().max(1) as f64;
    for (number, column) in columns.iter().enumerate() {
        let x = width * number as f64;
        let high = column.value.map_or(FLOOR - GAP, y);
        let (class, label) = (column.value.map_or(" class=\"gap\"", |_| ""), escape(&column.label));
        let _ = write!(
            svg,
            "<rect{class} x=\"{}%\" y=\"{}\" width=\"{}%\" height=\"{}\"><title>{label}</title></rect>",
            tenth(x + width * 0.12),
            tenth(high),
            tenth(width * 0.76),
            tenth(FLOOR - high),
        );
        if let Some(before) = column.before.filter(|before| *before > 0.0) {
            let y = tenth(y(before));
            let (from, to) = (tenth(x + width * 0.02), tenth(x + width * 0.98));
            let _ = write!(
                svg,
                "<line class=\"was\" x1=\"{from}%\" x2=\"{to}%\" y1=\"{y}\" y2=\"{y}\"/>"
            );
        }
        if !column.tick.is_empty() {
            let at = if column.on_edge { x } else { x + width / 2.0 };
            let anchor = if at > 96.0 { "end" } else { "middle" };
            word(&mut svg, at, FLOOR + 18.0, anchor, &column.tick);
        }
    }
    svg.push_str("</svg>");
    svg
}
