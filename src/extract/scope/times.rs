//! The times of a document, read by the habits that its other dates show.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::extract::line::Line;
use crate::extract::scope::Scope;
use crate::extract::section::Roles;
use crate::extract::time::{Habits, Reader, Stamp, TimeMention, ZoneMention};
use crate::model::kind::Lang;
use crate::model::when::PartialDate;
use crate::vocab::meaning::SectionRole;

impl Scope<'_> {
    /// Finds the times and zones of all lines.
    pub(super) fn find_times(&mut self) {
        let mut habits = Habits { korean: self.lang == Lang::Ko, ..Habits::default() };
        habits = self.observe(habits);
        let (mut times, mut zones) = self.scan_lines(habits);
        if let Some(day_first) = settled_by_names(&times) {
            habits.day_first = day_first;
            habits.month_first = !day_first;
            (times, zones) = self.scan_lines(habits);
        }
        (self.times, self.zones) = (times, zones);
    }

    fn scan_lines(&self, mut habits: Habits) -> (Vec<TimeMention>, Vec<ZoneMention>) {
        let (mut times, mut zones) = (Vec::new(), Vec::new());
        for line in &self.lines {
            habits.timeline = line.roles.has(SectionRole::Timeline);
            for piece in self.pieces(line) {
                let text = self.text(piece.clone());
                let reader = Reader::new(text, piece.start, &self.vocab.clock, habits);
                zones.extend(reader.zones());
                if reader.may_hold_times() {
                    times.extend(reader.times());
                }
            }
        }
        (times, zones)
    }

    /// A line, or its label and the value that is written right behind it: `**Date**3 May` is no word `Date3`.
    fn pieces(&self, line: &Line) -> Vec<Range<u32>> {
        let is_glued = |value: &Range<u32>| {
            let ends_there =
                self.strong_at(line.text.start).is_some_and(|strong| strong.end == value.start);
            ends_there && self.text(value.clone()).starts_with(char::is_alphanumeric)
        };
        match &line.label {
            Some(label) if is_glued(&label.value) => {
                vec![line.text.start..label.value.start, label.value.clone()]
            }
            _ => vec![line.text.clone()],
        }
    }

    /// Whether dates in digits name the day or the month first, where one of them can only be a day.
    fn observe(&self, mut habits: Habits) -> Habits {
        let text = &self.document.view.text;
        let bytes = text.as_bytes();
        let (mut firsts, mut seconds) = (BTreeSet::new(), BTreeSet::new());
        for at in memchr::memchr2_iter(b'/', b'-', bytes) {
            let digit = |at: usize| {
                bytes
                    .get(at)
                    .filter(|byte| byte.is_ascii_digit())
                    .map(|byte| u32::from(byte - b'0'))
            };
            let two = |at: usize| Some(digit(at)? * 10 + digit(at + 1)?);
            if at < 2
                || (at >= 3 && digit(at - 3).is_some())
                || bytes.get(at + 3) != Some(&bytes[at])
            {
                continue;
            }
            if let (Some(first), Some(second)) = (two(at - 2), two(at + 1)) {
                habits.day_first |= (13..=31).contains(&first) && second <= 12;
                habits.month_first |= first <= 12 && (13..=31).contains(&second);
                firsts.insert(first);
                seconds.insert(second);
            }
        }
        // Days differ more often than months: in `06/05 to 10/05` it is the second that stays.
        if !habits.day_first && !habits.month_first {
            habits.day_first = firsts.len() > 1 && seconds.len() == 1;
            habits.month_first = seconds.len() > 1 && firsts.len() == 1;
        }
        habits
    }

    /// A heading that is only a time of day belongs to the timeline before it, whatever its level; one that
    /// begins with a time or a day, as "20:04 UTC - Detection", where it stands below the timeline.
    pub(super) fn adopt_clock_headings(&mut self) {
        let mut timeline: Option<Roles> = None;
        let mut adopted: BTreeMap<u32, Roles> = BTreeMap::new();
        for number in 0..self.parts.len() {
            let part = &self.parts[number];
            if part.roles.has(SectionRole::Timeline) {
                timeline = Some(part.roles);
                continue;
            }
            let Some(roles) = timeline else { continue };
            let text = part.heading.map(|heading| self.lines[heading as usize].text.clone());
            let below = part
                .parent
                .is_some_and(|parent| self.parts[parent as usize].roles.has(SectionRole::Timeline));
            let is_clock = text.is_some_and(|text| {
                let Some(time) = self.times(text.clone()).first() else { return false };
                let is_alone = time.end + 2 >= text.end;
                let is_clock = time.first().is_some_and(|stamp| stamp.clock.is_some());
                time.start <= text.start + 2
                    && (below && time.first().is_some() || is_clock && is_alone)
            });
            if is_clock {
                self.parts[number].roles = roles;
                adopted.insert(number as u32, roles);
            } else {
                timeline = None;
            }
        }
        for line in &mut self.lines {
            if let Some(roles) = adopted.get(&line.part) {
                line.roles = *roles;
            }
        }
    }
}

/// Whether dates in digits that could be read either way name the day first, where one of the two readings
/// is a day that the text names in a clearer way.
fn settled_by_names(times: &[TimeMention]) -> Option<bool> {
    let (open, clear): (Vec<&Stamp>, Vec<&Stamp>) =
        times.iter().filter_map(TimeMention::first).partition(|stamp| stamp.ambiguous);
    let clear: BTreeSet<PartialDate> = clear.into_iter().filter_map(|stamp| stamp.date).collect();
    open.into_iter().filter_map(|stamp| stamp.date).find_map(|date| {
        let turned = PartialDate { month: date.day, day: date.month, ..date };
        match (clear.contains(&turned), clear.contains(&date)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    })
}
