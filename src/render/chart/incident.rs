//! One incident to scale: the level of service falls at the start, rises at mitigation and is back at the end.
//! The list below the drawing says the same in words.

use std::fmt::Write;

use crate::render::chart::tenth;

/// The moments of an incident in minutes from any origin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// The impact begins.
    pub start: Option<f64>,
    /// Somebody notices.
    pub detection: Option<f64>,
    /// The impact is less.
    pub mitigation: Option<f64>,
    /// All is well.
    pub resolution: Option<f64>,
    /// Other entries of the timeline.
    pub entries: Vec<f64>,
}

const WELL: u32 = 10;
const BETTER: u32 = 24;
const DOWN: u32 = 40;
/// Of the width, on either side: some of the time before and after.
const MARGIN: f64 = 0.05;

impl Course {
    /// The drawing, where the text gives two moments or more that differ.
    pub fn draw(&self) -> Option<String> {
        let moments = [self.start, self.detection, self.mitigation, self.resolution];
        let known = || moments.iter().flatten().copied();
        let first = known().min_by(f64::total_cmp)?;
        let last = known().max_by(f64::total_cmp)?;
        let length = (last - first) / (1.0 - 2.0 * MARGIN);
        if !length.is_normal() {
            return None;
        }
        let place = |minutes: f64| (minutes - first) / length + MARGIN;
        let mut svg =
            "<svg aria-hidden=true><svg viewBox=\"0 0 1000 56\" preserveAspectRatio=none>"
                .to_owned();
        let begin = place(self.start.unwrap_or(first));
        let end = self.resolution.map_or(1.0, place);
        let better = self.mitigation.map(place).filter(|at| begin < *at && *at < end);
        let across = |at: f64| (at * 1000.0).round();
        let mut path = format!("M0 {WELL}H{}V{DOWN}", across(begin));
        if let Some(at) = better {
            let _ = write!(path, "H{}V{BETTER}", across(at));
        }
        let _ = write!(path, "H{}", across(end));
        if self.resolution.is_some() {
            let _ = write!(path, "V{WELL}H1000");
        }
        let _ = write!(svg, "<path d=\"{path}\"/>");
        let ticks: String = self
            .entries
            .iter()
            .map(|&minutes| place(minutes))
            .filter(|at| (0.0..=1.0).contains(at))
            .map(|at| format!("M{} 50v6", across(at)))
            .collect();
        if !ticks.is_empty() {
            let _ = write!(svg, "<path class=ticks d=\"{ticks}\"/>");
        }
        svg.push_str("</svg>");
        let level = |minutes: f64| match place(minutes) {
            at if at < begin || at > end => WELL,
            at if better.is_some_and(|better| at >= better) => BETTER,
            _ => DOWN,
        };
        // Their shapes are the stylesheet's.
        let marks = [
            (self.start, "start", DOWN),
            (self.detection, "detection", self.detection.map_or(DOWN, level)),
            (self.mitigation, "mitigation", self.mitigation.map_or(DOWN, level)),
            (self.resolution, "resolution", WELL),
        ];
        for (minutes, class, y) in marks {
            if let Some(minutes) = minutes {
                let x = tenth(place(minutes) * 100.0);
                let _ = write!(svg, "<rect class={class} x={x}% y={y} />");
            }
        }
        svg.push_str("</svg>");
        Some(svg)
    }
}
