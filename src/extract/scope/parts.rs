//! The parts of a document: which lines are headings of any kind, and what stands below them.

use std::collections::BTreeSet;

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::scope::headings::{BARE, Heading, ITEM};
use crate::extract::section::{Part, Roles};
use crate::vocab::meaning::{Meaning, SectionRole};

/// So many tenths of the letters of a section's heading say which section it is, where it might be a title.
const NOTHING_ELSE: usize = 9;

impl Scope<'_> {
    /// Finds the parts and tells each line which one it is in.
    pub(super) fn find_parts(&mut self) {
        let root = Part {
            heading: None,
            level: 0,
            parent: None,
            roles: Roles::NONE,
            own: Roles::NONE,
            label: None,
        };
        let mut parts = vec![root];
        let mut open: Vec<u32> = vec![0];
        self.title_line = self.find_title_line();
        self.reports = self.whole_reports();
        for index in 0..self.lines.len() {
            // An item's part ends with the item.
            while open.last().is_some_and(|&top| self.is_behind(index, &parts[top as usize])) {
                open.pop();
            }
            if let Some(mut heading) = self.heading(index, is_free(&parts, &open)) {
                if self.reports.contains(&index) {
                    heading.roles = Roles::NONE;
                }
                if self.title_line != Some(index as u32)
                    && !heading.roles.has(SectionRole::Summary)
                    && self.rules_out(&self.lines[index].text)
                {
                    heading.roles = Roles::only(SectionRole::FalseLead);
                }
                while open.len() > 1
                    && open.last().is_some_and(|&top| parts[top as usize].level >= heading.level)
                {
                    open.pop();
                }
                let parent = open.last().copied();
                let above = parent.map_or(Roles::NONE, |above| parts[above as usize].roles);
                let roles = self.roles_of(index, &heading, above);
                open.push(parts.len() as u32);
                parts.push(Part {
                    heading: Some(index as u32),
                    level: heading.level,
                    parent,
                    roles,
                    own: heading.roles,
                    label: heading.label,
                });
                self.lines[index].opens = true;
            }
            let part = open.last().copied().unwrap_or(0);
            let line = &mut self.lines[index];
            line.part = part;
            line.roles = parts[part as usize].roles;
            // In a part about two things a label says which of them.
            let is_mixed = line.roles.has(SectionRole::Actions)
                && line.roles.any(&[SectionRole::Resolution, SectionRole::Response]);
            if let Some(label) = &line.label
                && !line.opens
                && !label.roles.is_empty()
                && (is_mixed || !line.roles.any(&[SectionRole::Actions, SectionRole::Timeline]))
            {
                line.roles = label.roles;
            }
        }
        self.parts = parts;
    }

    /// The marked headings that hold a whole report, as "Task 1": whatever they are called, they are no part of it.
    fn whole_reports(&self) -> BTreeSet<usize> {
        let mut whole = BTreeSet::new();
        let mut open: Vec<(u8, usize, Roles)> = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            let LineKind::Heading(level, false) = line.kind else { continue };
            while open.last().is_some_and(|(above, ..)| *above >= level) {
                open.pop();
            }
            if let Some((_, holder, parts)) = open.last_mut() {
                let named = self.names_part(line).unwrap_or(Roles::NONE);
                REPORT.into_iter().filter(|role| named.has(*role)).for_each(|role| parts.add(role));
                if REPORT.into_iter().filter(|role| parts.has(*role)).count() >= PARTS_OF_REPORT {
                    whole.insert(*holder);
                }
            }
            open.push((level, index, Roles::NONE));
        }
        whole
    }

    /// What the lines below a heading are about.
    fn roles_of(&self, index: usize, heading: &Heading, above: Roles) -> Roles {
        // A question is about what was, not about what is to be done.
        let asks = self.line_text(&self.lines[index]).ends_with(['?', '？']);
        // "Short-term fixes" below "Fixes and prevention": measures by the time that they take.
        let is_term = above.has(SectionRole::Actions)
            && heading.roles.is_within(&[SectionRole::Resolution, SectionRole::Response])
            && self.names_term(index);
        // "Adding verification" below "Prevention" is a measure, "Verification" may be none.
        let is_theme = above == Roles::only(SectionRole::Actions)
            && heading.roles.has(SectionRole::Appendix)
            && (self.names_part(&self.lines[index]).is_none() || self.names_theme(index));
        let mut roles = if is_term || is_theme { above } else { below(above, heading.roles, asks) };
        // What entries are grouped by, as "Detection:" and "Fix:", is still the timeline.
        if heading.level > ITEM
            && above.has(SectionRole::Timeline)
            && !roles.any(&[SectionRole::Actions, SectionRole::Lessons])
        {
            roles.add(SectionRole::Timeline);
        }
        roles
    }

    /// Whether a line stands behind the item or the quote that a part is made of.
    fn is_behind(&self, index: usize, part: &Part) -> bool {
        let heading = part.heading.map(|heading| &self.lines[heading as usize]);
        // What somebody else is quoted with ends with the quote.
        if part.level >= BARE
            && heading.is_some_and(|line| line.quoted)
            && !self.lines[index].quoted
        {
            return true;
        }
        // A table of the document's versions, or of who wrote it, ends what a line above it names.
        let is_row = |line: &Line| matches!(line.kind, LineKind::Row(..));
        if part.level >= BARE && part.own == Roles::only(SectionRole::Appendix) {
            let before = index.checked_sub(1).map(|before| &self.lines[before]);
            if before.is_some_and(is_row) && !is_row(&self.lines[index]) {
                return true;
            }
        }
        if part.level <= ITEM {
            return false;
        }
        let place = self.lines[index].item;
        place.map_or(0, |place| place.depth) <= part.level - ITEM
    }

    /// Whether a heading names the time that measures take.
    fn names_term(&self, index: usize) -> bool {
        let mut mentions = self.mentions(self.lines[index].text.clone());
        mentions.any(|mention| matches!(mention.meaning, Meaning::Term(_)))
    }

    /// Whether a heading names what measures may be about.
    fn names_theme(&self, index: usize) -> bool {
        let mut mentions = self.mentions(self.lines[index].text.clone());
        mentions.any(|mention| matches!(mention.meaning, Meaning::Theme(_)))
    }

    /// The first heading is the title unless it is the heading of a section and says nothing else.
    fn find_title_line(&self) -> Option<u32> {
        let index =
            self.lines.iter().position(|line| matches!(line.kind, LineKind::Heading(..)))?;
        let text = &self.lines[index].text;
        // "Follow-ups from me:" below the first lines of a plain text names what follows it.
        let opens = matches!(self.lines[index].kind, LineKind::Heading(2.., true))
            && self.text(text.clone()).ends_with([':', '：']);
        if opens {
            return None;
        }
        let (_, covered) = self.covered(text, |meaning| match meaning {
            Meaning::Heading(_) | Meaning::Label(_) => Some(()),
            _ => None,
        });
        (covered * 10 < self.letters(text) * NOTHING_ELSE).then_some(index as u32)
    }
}

/// Parts that a report has, and a part of it hardly.
const REPORT: [SectionRole; 5] = [
    SectionRole::Summary,
    SectionRole::Impact,
    SectionRole::Timeline,
    SectionRole::Cause,
    SectionRole::Actions,
];
/// So many different ones of them make a report.
const PARTS_OF_REPORT: usize = 3;

/// Whether no marked heading above has said yet what the lines below it are about.
fn is_free(parts: &[Part], open: &[u32]) -> bool {
    let mut above = open.iter().rev().map(|&part| &parts[part as usize]);
    above.find(|part| part.level < BARE).is_none_or(|part| part.roles.is_empty())
}

/// Parts that are no measures wherever they stand: "Task 1" may hold a whole report.
const NOT_MEASURES: [SectionRole; 6] = [
    SectionRole::Timeline,
    SectionRole::Cause,
    SectionRole::Lessons,
    SectionRole::Praise,
    SectionRole::Criticism,
    SectionRole::Appendix,
];

/// What a part is about, by its own heading and by the part that it stands in.
fn below(above: Roles, own: Roles, asks: bool) -> Roles {
    match (own.is_empty(), asks && above.has(SectionRole::Actions)) {
        (true, true) => Roles::NONE,
        (true, false) => above,
        // Measures are told by what they do: "Detection", "Mitigation" below "Action items".
        (false, _) if above == Roles::only(SectionRole::Actions) && !own.any(&NOT_MEASURES) => {
            above
        }
        (false, _) => own,
    }
}
