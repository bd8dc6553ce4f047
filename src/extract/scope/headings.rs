//! Headings of any kind: what a line opens, marked or not.

use std::ops::Range;

use crate::extract::line::{Labelled, Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::section::Roles;
use crate::extract::sentence::sentences;
use crate::model::kind::Lang;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Label, Meaning, SectionRole};

/// A heading of any kind.
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) roles: Roles,
    pub(super) label: Option<Label>,
}

/// Signs behind the name of a part where it goes on to say what that is.
const SIGNS: [&str; 5] = [": ", "：", " — ", " – ", " - "];

/// `3. Timeline`: a shorter text before a full stop is a number.
const SHORTEST_NAME: usize = 6;
/// So many bytes stand at most before the lessons that a sentence is about: "The lessons …".
const DETERMINER: u32 = 4;

impl Scope<'_> {
    /// What a line opens, if it is a heading of any kind; in a part that is free no marked heading has said yet what it is
    /// about.
    pub(super) fn heading(&self, index: usize, is_free: bool) -> Option<Heading> {
        let line = &self.lines[index];
        let text = self.line_text(line);
        match line.kind {
            LineKind::Heading(level, guessed) => {
                let (found, covered) = self.covered(&line.text, heading_role);
                let is_title = self.title_line == Some(index as u32);
                let enough = covered * 10 >= self.letters(&self.first_sentence(&line.text)) * 3;
                let named = self.named_before_sign(&line.text).filter(|_| !is_title && !guessed);
                let roles = if let Some(roles) = named {
                    roles
                } else if is_title || !enough || self.only_qualifies(&line.text) {
                    Roles::NONE
                } else {
                    self.translated(&line.text, collect(found))
                };
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
                        if label.roles.is_empty() && self.stands_above_measures(line) {
                            return Some(self.measures(line));
                        }
                        let known = !label.roles.is_empty() || label.meaning.is_some();
                        let level = self.level_of(line, known);
                        return Some(Heading { level, roles: label.roles, label: label.meaning });
                    }
                    if !alone {
                        return self.opening_label(line);
                    }
                }
                let by_mark = is_free.then(|| self.mark_heading(index)).flatten();
                by_mark.or_else(|| self.bare_heading(line, text))
            }
        }
    }

    /// "Fix: one query instead of four", "해결 — 캐시 제거": the name of a part, and behind a sign what ended it.
    fn named_before_sign(&self, heading: &Range<u32>) -> Option<Roles> {
        let text = self.text(heading.clone());
        let end = SIGNS.iter().filter_map(|sign| text.find(sign)).min()?;
        let roles =
            collect(self.covering_all(&(heading.start..heading.start + end as u32), heading_role));
        // "Fix: action items" names another part behind its sign.
        let behind =
            collect(self.covering_all(&(heading.start + end as u32..heading.end), heading_role));
        let is_fix = roles == Roles::only(SectionRole::Resolution);
        is_fix.then_some(if behind.is_empty() { roles } else { behind })
    }

    /// "Timeline (UTC), 3 to 4 May. All times are rough": what a heading says behind its first full stop names nothing.
    fn first_sentence(&self, heading: &Range<u32>) -> Range<u32> {
        let end = self.text(heading.clone()).find(". ").filter(|&end| end >= SHORTEST_NAME);
        heading.start..end.map_or(heading.end, |end| heading.start + end as u32)
    }

    /// `Prevention: from now on we will:`: the name of a part, and words that open what stands below it.
    fn opening_label(&self, line: &Line) -> Option<Heading> {
        let label = line.label.as_ref().filter(|label| !label.roles.is_empty())?;
        let opens = line.item.is_none()
            && (self.line_text(line).ends_with([':', '：']) || self.tells_first_entry(label));
        let level = self.level_of(line, true);
        opens.then_some(Heading { level, roles: label.roles, label: label.meaning })
    }

    /// `Timeline: 8:10 AM: the alert fires`: the first entry stands beside the name.
    fn tells_first_entry(&self, label: &Labelled) -> bool {
        let value = self.text(label.value.clone());
        let (clock, told) = value.split_once(": ").or(value.split_once(" - ")).unwrap_or_default();
        label.roles == Roles::only(SectionRole::Timeline)
            && clock.starts_with(|letter: char| letter.is_ascii_digit())
            && clock.len() <= LONGEST_CLOCK
            && told.contains(char::is_alphabetic)
    }

    /// What a heading is about whose last bracket says whether it means measures: "How we fixed and improved it (Resolution)".
    fn translated(&self, heading: &Range<u32>, roles: Roles) -> Roles {
        if !roles.has(SectionRole::Actions) {
            return roles;
        }
        let text = self.text(heading.clone());
        let name = || {
            let inner = text.strip_suffix([')', '）'])?;
            let (_, name) = inner.rsplit_once(['(', '（'])?;
            let end = heading.start + inner.len() as u32;
            Some(end - name.len() as u32..end)
        };
        let Some(name) = name() else { return roles };
        let said = collect(self.covering_all(&name, heading_role));
        if !said.is_empty() && said.intersect(roles) == said { said } else { roles }
    }

    /// Whether a short Korean word of measures stands before what a heading is about: "improvement, before and after".
    fn only_qualifies(&self, heading: &Range<u32>) -> bool {
        let (found, covered) = self.covered(heading, heading_role);
        let is_short = self.lang == Lang::Ko && found == [SectionRole::Actions] && covered < 3;
        let is_last = |mention: &Mention| {
            mention.meaning == Meaning::Heading(SectionRole::Actions)
                && self.letters(&(mention.end..heading.end)) <= 1
        };
        is_short
            && covered * 2 < self.letters(heading)
            && !self.mentions(heading.clone()).any(is_last)
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
        let says = |meaning: Meaning| self.says(&last, meaning);
        let points = self.text(last.clone()).ends_with([':', '：']) || says(Meaning::Remark);
        let measures = says(Meaning::Heading(SectionRole::Actions));
        // What was done at the time is not what is to be done.
        let ahead = self
            .mentions(line.text.clone())
            .any(|mention| matches!(mention.meaning, Meaning::Cue(Cue::Plans | Cue::Prevents)));
        // "To prevent this we will change two things:"
        let promises = self.text(last.clone()).ends_with([':', '：'])
            && says(Meaning::Cue(Cue::Plans))
            && says(Meaning::Cue(Cue::Prevents));
        // "The lessons that we take from this are as follows:"
        let role = if points && measures && ahead || promises {
            SectionRole::Actions
        } else if self.text(last.clone()).ends_with([':', '：'])
            && self.mentions(last.clone()).any(|words| {
                words.meaning == Meaning::Heading(SectionRole::Lessons)
                    && words.start - last.start <= DETERMINER
            })
        {
            SectionRole::Lessons
        } else {
            return None;
        };
        Some(Heading { level: BARE + 5, roles: Roles::only(role), label: None })
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
        // One of several items that goes on in a sentence is no heading, though it may be called like a part; one above
        // lines with numbers of their own is.
        let before = self.lines[..index].iter().rfind(|line| line.kind == LineKind::Item);
        let is_one_of_several = before.is_some_and(|before| {
            !before.opens && before.item.is_some_and(|before| before.list == place.list)
        });
        let is_behind = matches!(next.kind, LineKind::Text(_))
            && (next.numbered || !is_one_of_several)
            && next.item.is_none_or(|next| next.number == place.number);
        let label = self.label_of(&line.text);
        (is_beside || is_behind).then_some(Heading { level: BARE, roles, label })
    }

    /// "DNS — ruled out": what stands below a verdict that is set apart by a sign was not the cause.
    pub(super) fn rules_out(&self, heading: &Range<u32>) -> bool {
        self.mentions(heading.clone()).any(|mention| {
            let subject = self.text(heading.start..mention.start).trim_end();
            mention.meaning == Meaning::Cue(Cue::RulesOut)
                && [" -", "–", "—", ":", "(", "→"].iter().any(|sign| subject.ends_with(sign))
        })
    }

    /// The roles of a part that a line names, and says nothing else.
    pub(super) fn names_part(&self, line: &Line) -> Option<Roles> {
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
        if roles.is_empty() && self.stands_above_measures(line) {
            return Some(self.measures(line));
        }
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
        if item {
            return Some(Heading {
                level: self.level_of(line, false),
                roles: Roles::NONE,
                label: None,
            });
        }
        None
    }

    /// A line without a mark that opens a list of measures.
    fn measures(&self, line: &Line) -> Heading {
        let roles = Roles::only(SectionRole::Actions);
        Heading { level: self.level_of(line, true), roles, label: self.label_of(&line.text) }
    }

    /// Whether a short line above a list is about measures in the main: "Follow-ups from me:".
    fn stands_above_measures(&self, line: &Line) -> bool {
        let text = self.line_text(line);
        let is_above = match line.item {
            Some(place) => line.kind == LineKind::Item && place.has_children,
            None => {
                let after = self.lines.partition_point(|other| other.text.start < line.text.end);
                self.lines.get(after).is_some_and(|next| next.kind == LineKind::Item)
            }
        };
        let (found, covered) = self.covered(&line.text, heading_role);
        is_above
            && !text.ends_with(['.', ',', '?'])
            && text.split_whitespace().count() <= MOST_WORDS_ABOVE
            && found.iter().all(|role| *role == SectionRole::Actions)
            && !found.is_empty()
            && covered * 2 >= self.letters(&line.text)
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
            // "SEV-1" is a level, and not the name of one.
            Meaning::Label(Label::Severity) if self.text(range.clone()).ends_with(is_digit) => None,
            Meaning::Label(label) => Some(label),
            _ => None,
        })
    }
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

/// Levels of headings without marks, below all marked ones; those of items lie deepest.
pub(super) const BARE: u8 = 80;
pub(super) const ITEM: u8 = 100;
const LONGEST_HEADING: usize = 80;
/// The time before an entry is so long at most.
const LONGEST_CLOCK: usize = 32;
const MOST_WORDS: usize = 10;
const MOST_WORDS_ABOVE: usize = 6;

pub(super) fn heading_role(meaning: Meaning) -> Option<SectionRole> {
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
    // "Summary of the fix", "details of the fix" tell the fix.
    if roles.is_within(&[SectionRole::Summary, SectionRole::Resolution])
        && roles.has(SectionRole::Resolution)
    {
        return Roles::only(SectionRole::Resolution);
    }
    // "The fix and how it was verified", "해결과 대안": what is beside it does not make the fix a reference.
    if roles.any(&[SectionRole::Resolution, SectionRole::Cause]) {
        return roles.without(SectionRole::Appendix);
    }
    roles
}
