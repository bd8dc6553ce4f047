//! The archive in numbers: each incident as a line, and what only all of them together can tell.
//!
//! Everything here is counted in one pass or after one sort, so that a hundred thousand incidents take
//! about ten times as long as ten thousand.

pub mod line;
pub mod spread;
pub mod series;
pub mod counts;
pub mod recurrence;
pub mod owner;
pub mod promise;
pub mod ledger;

use std::collections::BTreeMap;

use crate::index::Archive;
use crate::index::facet::Facet;
use crate::index::statistics::ledger::Ledger;
use crate::index::statistics::line::Line;
use crate::index::statistics::recurrence::Streak;

/// What the archive is in numbers.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    /// One line for each document, in the order of the archive.
    pub lines: Vec<Line>,
    /// The first and the last day of any incident, in days since 1970.
    pub days: (i32, i32),
    /// Every action by theme.
    pub ledger: Ledger,
    /// Causes that came back on the same service, the latest return first.
    streaks: Vec<Streak>,
    /// The places in `streaks` of those of a cause or a service.
    streaks_of: BTreeMap<(Facet, u32), Vec<usize>>,
}

impl Statistics {
    /// Counts an archive whose facets are known.
    pub fn of(archive: &Archive) -> Self {
        let lines: Vec<Line> =
            archive.filed.iter().map(|filed| Line::of(&filed.case.incident)).collect();
        let days = || lines.iter().filter_map(|line| line.day);
        let days = (days().min().unwrap_or(0), days().max().unwrap_or(0));
        let streaks = recurrence::streaks(archive);
        let mut streaks_of: BTreeMap<(Facet, u32), Vec<usize>> = BTreeMap::new();
        for (place, streak) in streaks.iter().enumerate() {
            streaks_of.entry((Facet::Cause, streak.cause)).or_default().push(place);
            streaks_of.entry((Facet::Service, streak.service)).or_default().push(place);
        }
        Self { lines, days, ledger: Ledger::of(archive), streaks, streaks_of }
    }

    /// Causes that came back on the same service, the latest return first.
    pub fn streaks(&self) -> impl Iterator<Item = &Streak> {
        self.streaks.iter()
    }

    /// Those of one cause or one service, by its place among the values of the facet.
    pub fn streaks_of(&self, facet: Facet, place: u32) -> impl Iterator<Item = &Streak> {
        let places = self.streaks_of.get(&(facet, place)).map_or(&[][..], Vec::as_slice);
        places.iter().map(|&place| &self.streaks[place])
    }
}

#[cfg(test)]
mod tests;
