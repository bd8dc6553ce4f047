//! The parts of a document: which lines are headings of any kind, and what stands below them.

use std::ops::Range;

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::section::{Part, Roles};
use crate::extract::sentence::sentences;
use crate::model::action::Status;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Label, Meaning, SectionRole};

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
        for index in 0..self.lines.len() {
            // An item's part ends with the item.
            while open.last().is_some_and(|&top| self.is_behind(index, &parts[top as usize])) {
                open.pop();
            }
            if let Some(heading) = self.heading(index, is_free(&parts, &open)) {
                while open.len() > 1
                    && open.last().is_some_and(|&top| parts[top as usize].level >= heading.level)
                {
                    open.pop();
                }
                let parent = open.last().copied();
                let above = parent.map_or(Roles::NONE, |above| parts[above as usize].roles);
                // A question is about what was, not about what is to be done.
                let asks = self.line_text(&self.lines[index]).ends_with(['?', '？']);
                let mut roles = below(above, heading.roles, asks);
                // "Short-term fixes" below "Fixes and prevention": measures by the time that they take.
                if above.has(SectionRole::Actions)
                    && heading.roles.is_within(&[SectionRole::Resolution, SectionRole::Response])
                    && self.names_open_term(index)
                {
                    roles = above;
                }
                // What entries are grouped by, as "Detection:" and "Fix:", is still the timeline.
                if heading.level > ITEM
                    && above.has(SectionRole::Timeline)
                    && !roles.any(&[SectionRole::Actions, SectionRole::Lessons])
                {
                    roles.add(SectionRole::Timeline);
                }
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
            if let Some(label) = &line.label
                && !line.opens
                && !label.roles.is_empty()
                && !line.roles.any(&[SectionRole::Actions, SectionRole::Timeline])
            {
                line.roles = label.roles;
            }
        }
        self.parts = parts;
    }

    /// Whether a line stands behind the item that a part is made of.
    fn is_behind(&self, index: usize, part: &Part) -> bool {
        if part.level <= ITEM {
            return false;
        }
        let place = self.lines[index].item;
        let opener = part.heading.and_then(|heading| self.lines[heading as usize].item);
        let is_same =
            place.is_some_and(|place| opener.is_some_and(|opener| opener.number == place.number));
        !is_same && place.map_or(0, |place| place.depth) <= part.level - ITEM
    }

    /// Whether a heading names the time that measures take, and does not say that they were taken.
    fn names_open_term(&self, index: usize) -> bool {
        let says = |wanted: fn(&Meaning) -> bool| {
            self.mentions(self.lines[index].text.clone()).any(|mention| wanted(&mention.meaning))
        };
        says(|meaning| matches!(meaning, Meaning::Term(_)))
            && !says(|meaning| matches!(meaning, Meaning::Status(Status::Done)))
    }

    /// The first heading is the title unless it is the heading of a section and says nothing else.
    fn find_title_line(&self) -> Option<u32> {
        let index =
            self.lines.iter().position(|line| matches!(line.kind, LineKind::Heading(..)))?;
        let text = &self.lines[index].text;
        let (_, covered) = self.covered(text, |meaning| match meaning {
            Meaning::Heading(_) | Meaning::Label(_) => Some(()),
            _ => None,
        });
        (covered * 10 < self.letters(text) * NOTHING_ELSE).then_some(index as u32)
    }

    /// What a line opens, if it is a heading of any kind; in a part that is free no marked heading has said yet what it is
    /// about.
    fn heading(&self, index: usize, is_free: bool) -> Option<Heading> {
        let line = &self.lines[index];
        let text = self.line_text(line);
        match line.kind {
            LineKind::Heading(level, guessed) => {
                let (found, covered) = self.covered(&line.text, heading_role);
                let is_title = self.title_line == Some(index as u32);
                let enough = covered * 10 >= self.letters(&line.text) * 3
                    || level > 1 && self.ends_with_measures(&line.text);
                let roles = if is_title || !enough { Roles::NONE } else { collect(found) };
                let label = self.label_of(&line.text);
                if guessed && roles.is_empty() && label.is_none() && !is_title {
                    return None;
                }
                Some(Heading { level: if guessed { BARE } else { level * 10 }, roles, label })
            }
            LineKind::Row(..) => None,
            _ => {
                if let Some(heading) = self.introduces(index) {
                    return Some(heading);
                }
                if let Some(label) = &line.label {
                    let alone = label.value.is_empty();
                    let below = match line.kind {
                        LineKind::Item => line.item.is_some_and(|place| place.has_children),
                        _ => true,
                    };
                    if alone && below {
                        let known = !label.roles.is_empty() || label.meaning.is_some();
                        let level = self.level_of(line, known);
                        return Some(Heading { level, roles: label.roles, label: label.meaning });
                    }
                    if !alone {
                        return None;
                    }
                }
                let by_mark = is_free.then(|| self.mark_heading(index)).flatten();
                by_mark.or_else(|| self.bare_heading(line, text))
            }
        }
    }

    /// Whether a longer heading comes to a name of measures in the end: "What the network team has as action items".
    fn ends_with_measures(&self, heading: &Range<u32>) -> bool {
        let is_name = |mention: &Mention| {
            mention.meaning == Meaning::Heading(SectionRole::Actions)
                && self.letters(&(mention.start..mention.end)) >= LETTERS_OF_NAME
                && self.letters(&(mention.end..heading.end)) == 0
        };
        self.mentions(heading.clone()).any(is_name)
    }

    /// "We took these measures:" before a list: a sentence that opens a list of measures.
    fn introduces(&self, index: usize) -> Option<Heading> {
        let line = &self.lines[index];
        let next = self.lines.get(index + 1)?;
        if next.kind != LineKind::Item || line.item.is_some() {
            return None;
        }
        // The last sentence of a paragraph opens what follows it.
        let last = sentences(self.line_text(line), line.text.start).pop()?;
        if last.len() > LONGEST_INTRODUCTION {
            return None;
        }
        let says = |meaning: Meaning| {
            self.mentions(last.clone()).any(|mention| mention.meaning == meaning)
        };
        let points = self.text(last.clone()).ends_with([':', '：']) || says(Meaning::Remark);
        let measures = says(Meaning::Heading(SectionRole::Actions));
        // What was done at the time is not what is to be done.
        let ahead = says(Meaning::Cue(Cue::Plans))
            || says(Meaning::Cue(Cue::Prevents))
            || says(Meaning::Heading(SectionRole::Lessons));
        (points && measures && ahead).then(|| Heading {
            level: BARE + 5,
            roles: Roles::only(SectionRole::Actions),
            label: None,
        })
    }

    /// `■ Root cause`, `1) Root cause`: written as an item, but what it names stands beside it or behind its list.
    fn mark_heading(&self, index: usize) -> Option<Heading> {
        let line = &self.lines[index];
        let place = line.item.filter(|place| line.kind == LineKind::Item && !place.has_children)?;
        let roles = self.names_part(line).filter(|_| place.depth == 1)?;
        let next = self.lines.get(index + 1)?;
        let is_beside = next.kind == LineKind::Item
            && next.item.is_some_and(|next| next.depth == place.depth)
            && self.names_part(next).is_none();
        let is_behind = matches!(next.kind, LineKind::Text(_))
            && next.item.is_none_or(|next| next.number == place.number);
        let label = self.label_of(&line.text);
        (is_beside || is_behind).then_some(Heading { level: BARE, roles, label })
    }

    /// The roles of a part that a line names, and says nothing else.
    fn names_part(&self, line: &Line) -> Option<Roles> {
        let roles = collect(self.covering_all(&line.text, heading_role));
        (!roles.is_empty()).then_some(roles)
    }

    /// A line without any mark that is a heading all the same: bold, or a known title alone on its line.
    fn bare_heading(&self, line: &Line, text: &str) -> Option<Heading> {
        let letters = text.chars().count();
        if letters > LONGEST_HEADING || text.split_whitespace().count() > MOST_WORDS {
            return None;
        }
        let bold =
            self.strong_at(line.text.start).is_some_and(|strong| strong.end + 2 >= line.text.end);
        let first = matches!(line.kind, LineKind::Text(true));
        let roles = collect(self.covering_all(&line.text, heading_role));
        let label = self.label_of(&line.text);
        let item = matches!(line.kind, LineKind::Item);
        if item && !line.item.is_some_and(|place| place.has_children) {
            return None;
        }
        // A question by itself asks what the lines below it answer.
        if roles.is_empty() && first && text.ends_with(['?', '？']) {
            let (found, covered) = self.covered(&line.text, heading_role);
            if covered * 10 >= self.letters(&line.text) * 3 {
                let roles = collect(found);
                return Some(Heading { level: self.level_of(line, true), roles, label: None });
            }
        }
        let known = !roles.is_empty() || label.is_some();
        if known && !text.ends_with(['.', ',']) {
            return Some(Heading { level: self.level_of(line, true), roles, label });
        }
        if bold && (first || item) && !text.ends_with('.') {
            let (found, covered) = self.covered(&line.text, heading_role);
            let roles = if covered * 10 >= self.letters(&line.text) * 3 {
                collect(found)
            } else {
                Roles::NONE
            };
            let known = !roles.is_empty();
            return Some(Heading { level: self.level_of(line, known) - 5, roles, label: None });
        }
        if item && text.chars().count() <= 40 && line.item.is_some_and(|place| place.has_children) {
            return Some(Heading {
                level: self.level_of(line, false),
                roles: Roles::NONE,
                label: None,
            });
        }
        None
    }

    fn level_of(&self, line: &Line, known: bool) -> u8 {
        match (line.kind, line.item) {
            (LineKind::Item, Some(place)) => ITEM + place.depth.min(60),
            _ if known => BARE,
            _ => BARE + 5,
        }
    }

    fn label_of(&self, range: &Range<u32>) -> Option<Label> {
        self.covering(range, |meaning| match meaning {
            Meaning::Label(label) => Some(label),
            _ => None,
        })
    }
}

/// Whether no marked heading above has said yet what the lines below it are about.
fn is_free(parts: &[Part], open: &[u32]) -> bool {
    let mut above = open.iter().rev().map(|&part| &parts[part as usize]);
    above.find(|part| part.level < BARE).is_none_or(|part| part.roles.is_empty())
}

/// A heading of any kind.
struct Heading {
    level: u8,
    roles: Roles,
    label: Option<Label>,
}

/// Parts that are no measures wherever they stand.
const NOT_MEASURES: [SectionRole; 5] = [
    SectionRole::Timeline,
    SectionRole::Lessons,
    SectionRole::Praise,
    SectionRole::Criticism,
    SectionRole::Appendix,
];

/// Levels of headings without marks, below all marked ones; those of items lie deepest.
const BARE: u8 = 80;
const ITEM: u8 = 100;
const LONGEST_HEADING: usize = 80;
const LONGEST_INTRODUCTION: usize = 240;
/// A name of measures has so many letters at least where it only ends a heading.
const LETTERS_OF_NAME: usize = 4;
const MOST_WORDS: usize = 10;

fn heading_role(meaning: Meaning) -> Option<SectionRole> {
    match meaning {
        Meaning::Heading(role) => Some(role),
        _ => None,
    }
}

fn collect(found: Vec<SectionRole>) -> Roles {
    let mut roles = Roles::NONE;
    for role in found {
        roles.add(role);
    }
    roles
}

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
