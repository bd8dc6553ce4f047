//! The times of a document, read by the habits that its other dates show.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::extract::scope::Scope;
use crate::extract::section::Roles;
use crate::extract::time::{Habits, Reader, TimeMention, ZoneMention};
use crate::model::kind::Lang;
use crate::model::when::PartialDate;
use crate::vocab::meaning::{Label, SectionRole};

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
            let text = self.text(line.text.clone());
            let reader = Reader::new(text, line.text.start, &self.vocab.clock, habits);
            zones.extend(reader.zones());
            if reader.may_hold_times() {
                times.extend(reader.times());
            }
        }
        (times, zones)
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

    /// A timeline with no entry of its own, told by phases below headings of the same kind: "Timeline", "Detection",
    /// "Actions taken", "Escalation". Those with entries belong to it, up to the next part of the report.
    pub(super) fn adopt_phases(&mut self) {
        let mut timed = vec![false; self.parts.len()];
        for line in self.lines.iter().filter(|line| !line.opens) {
            timed[line.part as usize] |= self.begins_with_clock(line.text.clone());
        }
        let mut level: Option<u8> = None;
        let mut adopted = vec![false; self.parts.len()];
        for (number, part) in self.parts.iter().enumerate() {
            if part.roles.has(SectionRole::Timeline) {
                let is_bare = part.own.has(SectionRole::Timeline) && !timed[number];
                level = is_bare.then_some(part.level);
            } else if level.is_some_and(|level| part.level < level)
                || part.own.any(&NO_PHASES)
                    && !part.label.is_some_and(|label| MOMENTS.contains(&label))
            {
                level = None;
            } else if level.is_some() {
                adopted[number] = timed[number];
            }
        }
        for (part, _) in self.parts.iter_mut().zip(&adopted).filter(|(_, adopted)| **adopted) {
            part.roles.add(SectionRole::Timeline);
        }
        for line in self.lines.iter_mut().filter(|line| adopted[line.part as usize]) {
            line.roles.add(SectionRole::Timeline);
        }
    }

    fn begins_with_clock(&self, text: Range<u32>) -> bool {
        let start = text.start;
        self.times(text).first().is_some_and(|time| {
            time.start <= start + 2 && time.first().is_some_and(|stamp| stamp.clock.is_some())
        })
    }
}

/// What phases are called that are one moment.
const MOMENTS: [Label; 4] = [Label::Started, Label::Detected, Label::Mitigated, Label::Resolved];

/// Parts that are no phases of what happened.
const NO_PHASES: [SectionRole; 8] = [
    SectionRole::Summary,
    SectionRole::Impact,
    SectionRole::Cause,
    SectionRole::Actions,
    SectionRole::Lessons,
    SectionRole::Praise,
    SectionRole::Criticism,
    SectionRole::Appendix,
];

/// Whether dates in digits that could be read either way name the day first, where one of the two readings
/// is a day that the text names in a clearer way.
fn settled_by_names(times: &[TimeMention]) -> Option<bool> {
    // "From 10:05 to 10:20 on 8/4/2025": the day of the one end is that of the other, and as open.
    let is_open = |time: &&TimeMention| {
        time.first().is_some_and(|stamp| stamp.ambiguous)
            || time.last().is_some_and(|stamp| stamp.ambiguous)
    };
    let (open, clear): (Vec<&TimeMention>, Vec<&TimeMention>) = times.iter().partition(is_open);
    let date = |time: &TimeMention| time.first().and_then(|stamp| stamp.date);
    let clear: BTreeSet<PartialDate> = clear.into_iter().filter_map(date).collect();
    open.into_iter().filter_map(date).find_map(|date| {
        let turned = PartialDate { month: date.day, day: date.month, ..date };
        match (clear.contains(&turned), clear.contains(&date)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    })
}
