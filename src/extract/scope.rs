//! What the rules look at: a document's lines, parts, sentences, phrases and times, each found once.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::source::Source;
use crate::base::span::Span;
use crate::extract::line::{Line, LineKind, lines};
use crate::extract::section::{Part, Roles};
use crate::extract::sentence::sentences;
use crate::extract::time::{Habits, Reader, Stamp, TimeMention, ZoneMention};
use crate::model::kind::Lang;
use crate::model::when::PartialDate;
use crate::parse::document::Document;
use crate::vocab::meaning::{Cue, Label, Meaning, SectionRole};
use crate::vocab::pattern::is_letter;
use crate::vocab::{Mention, Vocabulary};

/// A document as the rules see it.
pub struct Scope<'a> {
    /// The text as written.
    pub source: &'a Source,
    /// Its structure.
    pub document: &'a Document,
    /// The words.
    pub vocab: &'a Vocabulary,
    /// The main language of the prose.
    pub lang: Lang,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Its parts; the first has no heading.
    pub parts: Vec<Part>,
    /// Its sentences with their lines.
    pub sentences: Vec<(Range<u32>, u32)>,
    /// The line that is the document's title, if one is.
    pub title_line: Option<u32>,
    mentions: Vec<Mention>,
    times: Vec<TimeMention>,
    zones: Vec<ZoneMention>,
}

impl<'a> Scope<'a> {
    /// Looks at a document.
    pub fn new(source: &'a Source, document: &'a Document, vocab: &'a Vocabulary) -> Self {
        let lang = language(&document.view.text);
        let mut scope = Self {
            source,
            document,
            vocab,
            lang,
            lines: Vec::new(),
            parts: Vec::new(),
            sentences: Vec::new(),
            title_line: None,
            mentions: vocab.find(&document.view.text),
            times: Vec::new(),
            zones: Vec::new(),
        };
        scope.lines = lines(&scope);
        scope.find_parts();
        scope.find_times();
        scope.adopt_clock_headings();
        scope.find_sentences();
        scope
    }

    /// The visible text of a range.
    pub fn text(&self, range: Range<u32>) -> &'a str {
        let text: &'a str = &self.document.view.text;
        text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// The text of a line.
    pub fn line_text(&self, line: &Line) -> &'a str {
        self.text(line.text.clone())
    }

    /// The place of visible text in the source.
    pub fn span(&self, range: Range<u32>) -> Span {
        Span::new(self.source.id, self.document.view.source(range))
    }

    /// The phrases that begin in a range and end in it.
    pub fn mentions(&self, range: Range<u32>) -> impl Iterator<Item = &Mention> {
        let from = self.mentions.partition_point(|mention| mention.start < range.start);
        self.mentions[from..]
            .iter()
            .take_while(move |mention| mention.start < range.end)
            .filter(move |mention| mention.end <= range.end)
    }

    /// The times of a range.
    pub fn times(&self, range: Range<u32>) -> &[TimeMention] {
        let from = self.times.partition_point(|time| time.start < range.start);
        let to = self.times.partition_point(|time| time.start < range.end);
        &self.times[from..to.max(from)]
    }

    /// The zones that are named in a range, beside a time or not.
    pub fn zones(&self, range: Range<u32>) -> &[ZoneMention] {
        let from = self.zones.partition_point(|zone| zone.start < range.start);
        let to = self.zones.partition_point(|zone| zone.start < range.end);
        &self.zones[from..to.max(from)]
    }

    /// All zones that are named.
    pub fn all_zones(&self) -> &[ZoneMention] {
        &self.zones
    }

    /// All times.
    pub fn all_times(&self) -> &[TimeMention] {
        &self.times
    }

    /// The number of the line that holds a byte.
    pub fn line_at(&self, byte: u32) -> usize {
        self.lines.partition_point(|line| line.text.start <= byte).saturating_sub(1)
    }

    /// The sentences of a line.
    pub fn sentences_of(&self, line: usize) -> &[(Range<u32>, u32)] {
        let from = self.sentences.partition_point(|(_, owner)| (*owner as usize) < line);
        let to = self.sentences.partition_point(|(_, owner)| (*owner as usize) <= line);
        &self.sentences[from..to]
    }

    /// The sentence that holds a byte; the line where no sentence does.
    pub fn sentence_at(&self, byte: u32) -> Range<u32> {
        let after = self.sentences.partition_point(|(range, _)| range.start <= byte);
        match after.checked_sub(1).map(|index| self.sentences[index].0.clone()) {
            Some(range) if range.end >= byte => range,
            _ => self.lines.get(self.line_at(byte)).map_or(byte..byte, |line| line.text.clone()),
        }
    }

    /// The bold text that begins at a byte.
    pub fn strong_at(&self, byte: u32) -> Option<Range<u32>> {
        let strong = &self.document.view.strong;
        let from = strong.partition_point(|range| range.start < byte);
        strong.get(from).filter(|range| range.start == byte && range.end > byte).cloned()
    }

    /// Whether this is in the name of a file, a host or a package in code: `pnpm-lock.yaml` tells nothing
    /// of locks.
    pub fn in_path(&self, at: u32) -> bool {
        self.code_at(at).is_some_and(|code| code.contains(['/', '.']))
    }

    /// The code that holds a byte, where the author marked it as such.
    pub fn code_at(&self, byte: u32) -> Option<&'a str> {
        let code = &self.document.view.code;
        let after = code.partition_point(|range| range.start <= byte);
        let range = code.get(after.checked_sub(1)?).filter(|range| byte < range.end)?;
        Some(self.text(range.clone()))
    }

    /// The meaning of the phrase that covers most of a short text, brackets and numbering aside.
    pub fn covering<T: Copy>(
        &self,
        range: &Range<u32>,
        pick: impl Fn(Meaning) -> Option<T>,
    ) -> Option<T> {
        let whole = self.letters(range);
        let mut best: Option<(usize, T)> = None;
        for mention in self.mentions(range.clone()) {
            let Some(value) = pick(mention.meaning) else { continue };
            if self.in_brackets(range.start, mention.start) {
                continue;
            }
            let covered = self.letters(&(mention.start..mention.end));
            if covered * 10 >= whole * 7 && best.is_none_or(|(most, _)| covered > most) {
                best = Some((covered, value));
            }
        }
        best.map(|(_, value)| value)
    }

    /// The meanings of phrases that together cover most of a short text.
    pub fn covering_all<T: Copy>(
        &self,
        range: &Range<u32>,
        pick: impl Fn(Meaning) -> Option<T>,
    ) -> Vec<T> {
        let (found, covered) = self.covered(range, pick);
        if covered * 10 >= self.letters(range) * 7 { found } else { Vec::new() }
    }

    /// The meanings of the longest phrases of a range, and how many letters they cover.
    pub fn covered<T: Copy>(
        &self,
        range: &Range<u32>,
        pick: impl Fn(Meaning) -> Option<T>,
    ) -> (Vec<T>, usize) {
        if range.len() > LONGEST_COVERED {
            return (Vec::new(), 0);
        }
        let mut picked: Vec<(u32, u32, T)> = Vec::new();
        for mention in self.mentions(range.clone()) {
            let Some(value) = pick(mention.meaning) else { continue };
            let inside = |outer: &(u32, u32, T)| outer.0 <= mention.start && mention.end <= outer.1;
            if picked
                .iter()
                .any(|outer| inside(outer) && (outer.0, outer.1) != (mention.start, mention.end))
            {
                continue;
            }
            picked.retain(|inner| {
                !(mention.start <= inner.0 && inner.1 < mention.end
                    || mention.start < inner.0 && inner.1 <= mention.end)
            });
            picked.push((mention.start, mention.end, value));
        }
        let mut covered = 0;
        let mut at = range.start;
        for &(start, end, _) in &picked {
            let start = start.max(at);
            if end > start {
                covered += self.letters(&(start..end));
                at = end;
            }
        }
        (picked.into_iter().map(|(_, _, value)| value).collect(), covered)
    }

    /// Whether a bracket that opens after `from` is still open at `at`.
    fn in_brackets(&self, from: u32, at: u32) -> bool {
        let before = self.text(from..at);
        let last = before.rfind(['(', '[', '（', ')', ']', '）']);
        last.is_some_and(|last| {
            before.get(last..).is_some_and(|rest| rest.starts_with(['(', '[', '（']))
        })
    }

    /// Letters and digits outside brackets.
    fn letters(&self, range: &Range<u32>) -> usize {
        let mut depth = 0usize;
        let mut count = 0;
        for letter in self.text(range.clone()).chars() {
            match letter {
                '(' | '[' | '（' => depth += 1,
                ')' | ']' | '）' => depth = depth.saturating_sub(1),
                letter if depth == 0 && is_letter(letter) => count += 1,
                _ => {}
            }
        }
        count
    }

    /// Finds the parts and tells each line which one it is in.
    fn find_parts(&mut self) {
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
            // An item's part ends with the item's list.
            let depth = self.lines[index].item.map_or(0, |place| place.depth);
            while open.last().is_some_and(|&top| {
                let level = parts[top as usize].level;
                level > ITEM && depth <= level - ITEM
            }) {
                open.pop();
            }
            if let Some(heading) = self.heading(index) {
                while open.len() > 1
                    && open.last().is_some_and(|&top| parts[top as usize].level >= heading.level)
                {
                    open.pop();
                }
                let parent = open.last().copied();
                let above = parent.map_or(Roles::NONE, |above| parts[above as usize].roles);
                // A question is about what was, not about what is to be done.
                let asks = self.line_text(&self.lines[index]).ends_with(['?', '？']);
                let roles = below(above, heading.roles, asks);
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

    /// The first heading is the title unless it is the heading of a section.
    fn find_title_line(&self) -> Option<u32> {
        let index =
            self.lines.iter().position(|line| matches!(line.kind, LineKind::Heading(..)))?;
        let known = self.covering_all(&self.lines[index].text, |meaning| match meaning {
            Meaning::Heading(_) | Meaning::Label(_) => Some(()),
            _ => None,
        });
        known.is_empty().then_some(index as u32)
    }

    /// What a line opens, if it is a heading of any kind.
    fn heading(&self, index: usize) -> Option<Heading> {
        let line = &self.lines[index];
        let text = self.line_text(line);
        match line.kind {
            LineKind::Heading(level, guessed) => {
                let (found, covered) = self.covered(&line.text, heading_role);
                let is_title = self.title_line == Some(index as u32);
                let enough = covered * 10 >= self.letters(&line.text) * 3;
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
                self.bare_heading(line, text)
            }
        }
    }

    /// "We took these measures:" before a list: a sentence that opens a list of measures.
    fn introduces(&self, index: usize) -> Option<Heading> {
        let line = &self.lines[index];
        let text = self.line_text(line);
        let next = self.lines.get(index + 1)?;
        if !text.ends_with([':', '：'])
            || next.kind != LineKind::Item
            || line.item.is_some()
            || text.len() > LONGEST_INTRODUCTION
        {
            return None;
        }
        let says = |meaning: Meaning| {
            self.mentions(line.text.clone()).any(|mention| mention.meaning == meaning)
        };
        let measures = says(Meaning::Heading(SectionRole::Actions));
        // What was done at the time is not what is to be done.
        let ahead = says(Meaning::Cue(Cue::Plans))
            || says(Meaning::Cue(Cue::Prevents))
            || says(Meaning::Heading(SectionRole::Lessons));
        (measures && ahead).then(|| Heading {
            level: BARE + 5,
            roles: Roles::only(SectionRole::Actions),
            label: None,
        })
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

    fn find_times(&mut self) {
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

    /// A heading that is only a time of day belongs to the timeline before it, whatever its level.
    fn adopt_clock_headings(&mut self) {
        let mut timeline: Option<Roles> = None;
        for number in 0..self.parts.len() {
            let part = &self.parts[number];
            if part.roles.has(SectionRole::Timeline) {
                timeline = Some(part.roles);
                continue;
            }
            let Some(roles) = timeline else { continue };
            let text = part.heading.map(|heading| self.lines[heading as usize].text.clone());
            let is_clock = text.is_some_and(|text| {
                let [time] = self.times(text.clone()) else { return false };
                time.first().is_some_and(|stamp| stamp.clock.is_some())
                    && time.start <= text.start + 2
                    && time.end + 2 >= text.end
            });
            if is_clock {
                self.parts[number].roles = roles;
                for line in self.lines.iter_mut().filter(|line| line.part as usize == number) {
                    line.roles = roles;
                }
            } else {
                timeline = None;
            }
        }
    }

    fn find_sentences(&mut self) {
        let mut found = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            for range in sentences(self.text(line.text.clone()), line.text.start) {
                found.push((range, index as u32));
            }
        }
        self.sentences = found;
    }
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
/// A text of more bytes is not short: no phrases cover most of it, and looking takes the square of their number.
const LONGEST_COVERED: usize = 2000;
const LONGEST_INTRODUCTION: usize = 240;
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

/// Korean if at least one letter in eight is Hangul: Korean engineers write many English words.
fn language(text: &str) -> Lang {
    let (mut hangul, mut latin) = (0usize, 0usize);
    for letter in text.chars() {
        match letter {
            '가'..='힣' => hangul += 1,
            'a'..='z' | 'A'..='Z' => latin += 1,
            _ => {}
        }
    }
    if hangul * 7 >= latin && hangul > 0 { Lang::Ko } else { Lang::En }
}
