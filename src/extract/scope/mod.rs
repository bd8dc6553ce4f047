//! What the rules look at: a document's lines, parts, sentences, phrases and times, each found once.

mod headings;
mod parts;
mod times;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::base::source::Source;
use crate::base::span::Span;
use crate::extract::line::{Line, LineKind, lines};
use crate::extract::section::Part;
use crate::extract::sentence::sentences;
use crate::extract::shown::is_call;
use crate::extract::time::{TimeMention, ZoneMention};
use crate::model::kind::Lang;
use crate::parse::document::{BlockKind, Document};
use crate::vocab::clock::Connector;
use crate::vocab::meaning::Meaning;
use crate::vocab::pattern::{is_hangul, is_letter, lower};
use crate::vocab::{Mention, Vocabulary};

/// Longer lines are prose.
pub const LONGEST_TITLE: usize = 140;

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
    /// The lines of marked headings that hold the parts of a whole report.
    pub reports: BTreeSet<usize>,
    mentions: Vec<Mention>,
    /// For each [`STRETCH`] of the text the first phrase that begins in it or behind it: rules ask thousands of times which stand in
    /// a range.
    stretches: Vec<u32>,
    times: Vec<TimeMention>,
    zones: Vec<ZoneMention>,
}

impl<'a> Scope<'a> {
    /// Looks at a document.
    pub fn new(source: &'a Source, document: &'a Document, vocab: &'a Vocabulary) -> Self {
        let text = &document.view.text;
        let lang = language(document);
        let mentions = vocab.find(text);
        let mut scope = Self {
            source,
            document,
            vocab,
            lang,
            lines: Vec::new(),
            parts: Vec::new(),
            sentences: Vec::new(),
            title_line: None,
            reports: BTreeSet::new(),
            stretches: stretches(text, &mentions),
            mentions,
            times: Vec::new(),
            zones: Vec::new(),
        };
        scope.lines = lines(&scope);
        scope.find_parts();
        scope.find_times();
        scope.adopt_clock_headings();
        scope.adopt_phases();
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
    pub fn mentions(&self, range: Range<u32>) -> impl Iterator<Item = &Mention> + Clone {
        let stretch = self.stretches.get(range.start as usize / STRETCH);
        let near = stretch.map_or(self.mentions.len(), |&first| first as usize);
        let near = &self.mentions[near..];
        let before = near.iter().take_while(|mention| mention.start < range.start).count();
        near[before..]
            .iter()
            .take_while(move |mention| mention.start < range.end)
            .filter(move |mention| mention.end <= range.end)
    }

    /// All phrases, by place.
    pub fn all_mentions(&self) -> &[Mention] {
        &self.mentions
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

    /// Whether a line stands where the title does: it is the title, or a first line that is no prose.
    pub fn is_title(&self, line: usize) -> bool {
        let first = || {
            let text = self.line_text(&self.lines[line]);
            matches!(self.lines[line].kind, LineKind::Heading(..) | LineKind::Text(_))
                && self.sentences_of(line).len() == 1
                && text.chars().count() <= LONGEST_TITLE
                && !text.ends_with('.')
        };
        self.title_line == Some(line as u32) || line == 0 && first()
    }

    /// The bold text that begins at a byte.
    pub fn strong_at(&self, byte: u32) -> Option<Range<u32>> {
        let strong = &self.document.view.strong;
        let from = strong.partition_point(|range| range.start < byte);
        strong.get(from).filter(|range| range.start == byte && range.end > byte).cloned()
    }

    /// Where the link leads that holds a byte.
    pub fn link_at(&self, byte: u32) -> Option<&'a str> {
        let links = &self.document.view.links;
        let after = links.partition_point(|(range, _)| range.start <= byte);
        let (range, to) = links.get(after.checked_sub(1)?)?;
        (byte < range.end).then_some(to.as_str())
    }

    /// Whether this is in the name of a file, a host or a package in code: `pnpm-lock.yaml` tells nothing
    /// of locks.
    pub fn in_path(&self, at: u32) -> bool {
        self.code_at(at).is_some_and(|code| code.contains(['/', '.']))
    }

    /// Whether this is in a command with options, or in a call, that the author marked as code: `apk add --no-cache curl`
    /// tells nothing of caches. What a program said is told in code as well, and does name things.
    pub fn in_program(&self, at: u32) -> bool {
        self.code_at(at).is_some_and(|code| {
            let is_option = |rest: &str| {
                rest.strip_prefix('-').unwrap_or(rest).starts_with(|c: char| c.is_alphabetic())
            };
            is_call(code) || code.split(" -").skip(1).any(is_option)
        })
    }

    /// Whether these are words of a path that nobody marked as code: `/etc/redhat-release` is no release.
    pub fn in_bare_path(&self, words: &Range<u32>) -> bool {
        let (before, after) = self.around(words, |letter| !letter.is_whitespace());
        let (start, end) = (words.start - before.len() as u32, words.end + after.len() as u32);
        let path = self.text(start..end).trim_start_matches(['(', '[', '"', '\'']);
        let is_rooted = path.starts_with(['/', '~', '.']) && path.matches('/').count() > 1;
        let is_one = !self.text(words.clone()).contains(char::is_whitespace);
        is_one && (is_rooted || path.contains(":\\"))
    }

    /// The letters of a kind that stand right before and right behind a range: the rest of the name, the path or the address that
    /// it is a part of.
    pub fn around(
        &self,
        words: &Range<u32>,
        is_part: impl Fn(&char) -> bool,
    ) -> (&'a str, &'a str) {
        let text = self.document.view.text.as_str();
        let before = text.get(..words.start as usize).unwrap_or_default();
        let after = text.get(words.end as usize..).unwrap_or_default();
        let back = before.chars().rev().take(LONGEST_PATH).take_while(&is_part);
        let on = after.chars().take(LONGEST_PATH).take_while(&is_part);
        let back: usize = back.map(char::len_utf8).sum();
        let on: usize = on.map(char::len_utf8).sum();
        let start = before.len() - back;
        (before.get(start..).unwrap_or_default(), after.get(..on).unwrap_or_default())
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
        if range.len() > LONGEST_COVERED {
            return None;
        }
        let whole = OnceCell::new();
        let mut best: Option<(usize, T)> = None;
        for mention in self.mentions(range.clone()) {
            let Some(value) = pick(mention.meaning) else { continue };
            if self.in_brackets(range.start, mention.start) {
                continue;
            }
            let covered = self.letters(&(mention.start..mention.end));
            let whole = whole.get_or_init(|| self.letters(range));
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
        if found.is_empty() {
            return found;
        }
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
                covered += match self.translates(range, &(start..end)) {
                    Some(true) => self.letters(range),
                    Some(false) => 0,
                    None => self.letters(&(start..end)),
                };
                at = end;
            }
        }
        (picked.into_iter().map(|(_, _, value)| value).collect(), covered)
    }

    /// Whether a bracket that opens after `from` is still open at `at`.
    pub fn in_brackets(&self, from: u32, at: u32) -> bool {
        let before = self.text(from..at);
        let last = before.rfind(['(', '[', '（', ')', ']', '）']);
        last.is_some_and(|last| {
            before.get(last..).is_some_and(|rest| rest.starts_with(['(', '[', '（']))
        })
    }

    /// Of words in brackets, whether they are all that stands there, as in `사고 개요 (Summary)`: the same said
    /// again in another language. A longer name is no translation of them.
    fn translates(&self, range: &Range<u32>, words: &Range<u32>) -> Option<bool> {
        if !self.in_brackets(range.start, words.start) {
            return None;
        }
        let (head, inside) = self.text(range.start..words.start).rsplit_once(['(', '（', '['])?;
        let closes = matches!(self.text(words.end..range.end).trim_end(), ")" | "）" | "]");
        let is_name = (1..=TRANSLATED).contains(&head.split_whitespace().count());
        Some(closes && inside.is_empty() && is_name)
    }

    /// Whether a phrase of a range means this.
    pub fn says(&self, range: &Range<u32>, meaning: Meaning) -> bool {
        self.mentions(range.clone()).any(|mention| mention.meaning == meaning)
    }

    /// Letters and digits outside brackets.
    pub fn letters(&self, range: &Range<u32>) -> usize {
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

    fn find_sentences(&mut self) {
        let mut found: Vec<(Range<u32>, u32)> = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            for range in sentences(self.text(line.text.clone()), line.text.start) {
                match found.last_mut().filter(|(before, _)| before.start >= line.text.start) {
                    Some((before, _)) if self.leads_to_time(before, &range) => {
                        before.end = range.end
                    }
                    _ => found.push((range, index as u32)),
                }
            }
        }
        self.sentences = found;
    }

    /// "It began at approx. 06:00": a word before a time is shortened, and ends no sentence.
    fn leads_to_time(&self, before: &Range<u32>, behind: &Range<u32>) -> bool {
        let body = self.text(before.clone()).strip_suffix('.');
        let word = body.and_then(|body| body.split_whitespace().next_back());
        self.text(behind.clone()).starts_with(|first: char| first.is_ascii_digit())
            && word
                .is_some_and(|word| self.vocab.clock.connector(&lower(word)) == Some(Connector::At))
    }
}

/// The first phrase of each stretch of a text, or the first behind it.
fn stretches(text: &str, mentions: &[Mention]) -> Vec<u32> {
    let mut first = 0;
    let starts = (0..=text.len()).step_by(STRETCH).map(|start| {
        let before = |mention: &&Mention| (mention.start as usize) < start;
        first += mentions[first..].iter().take_while(before).count();
        first as u32
    });
    starts.collect()
}

/// So many bytes of a text hold few phrases.
const STRETCH: usize = 32;
/// A text of more bytes is not short: no phrases cover most of it, and looking takes the square of their number.
const LONGEST_COVERED: usize = 2000;
/// A path has so many letters at most on either side of a word.
const LONGEST_PATH: usize = 120;
/// A heading that its brackets translate has so many words at most.
const TRANSLATED: usize = 3;

/// How many Hangul syllables there are, by their bytes: letters need not be put together.
pub(super) fn syllables(text: &[u8]) -> usize {
    let bytes = text.iter().zip(text.iter().skip(1)).zip(text.iter().skip(2));
    let is_syllable = |((first, second), third): &((&u8, &u8), &u8)| match first {
        0xea => **second >= 0xb0,
        0xeb | 0xec => true,
        0xed => (**second, **third) <= (0x9e, 0xa3),
        _ => false,
    };
    bytes.filter(is_syllable).count()
}

/// Korean if at least one letter in eight is Hangul: Korean engineers write many English words. Only prose counts: no code,
/// no quotes, no names of people, and rows without Hangul (names of alerts, log lines) hardly.
fn language(document: &Document) -> Lang {
    let whole = document.view.text.as_str();
    if syllables(whole.as_bytes()) == 0 {
        return Lang::En;
    }
    let (mut latin, mut hangul) = (0, 0);
    for block in &document.blocks {
        if block.kind == BlockKind::Code || block.quotes > 0 {
            continue;
        }
        let text = document.view.slice(block.text.clone());
        // What stands between two quotation marks was said by somebody else.
        let is_even = memchr::memchr_iter(b'"', text.as_bytes()).count().is_multiple_of(2);
        for piece in text.split(|sign| sign == '"' && is_even).step_by(2) {
            let piece = if lists_names(piece) { "" } else { piece };
            let syllables = syllables(piece.as_bytes());
            let letters = piece.bytes().filter(u8::is_ascii_alphabetic).count();
            let is_machine = syllables == 0 && matches!(block.kind, BlockKind::Row { .. });
            latin += if is_machine { letters / ROWS } else { letters };
            hangul += syllables;
        }
    }
    let is_korean = |latin: usize, hangul: usize| hangul * 7 >= latin && hangul > 0;
    let is_all_code = latin + hangul == 0;
    let latin_of = |text: &str| text.bytes().filter(u8::is_ascii_alphabetic).count();
    let by_all = || is_korean(latin_of(whole), syllables(whole.as_bytes()));
    if is_korean(latin, hangul) || is_all_code && by_all() { Lang::Ko } else { Lang::En }
}

/// Letters of rows without Hangul count as so many times fewer.
const ROWS: usize = 4;

/// "Attendees: 김민지, 박서준": what stands behind a colon is a list of Korean names.
fn lists_names(text: &str) -> bool {
    let Some((_, list)) = text.split_once(':') else { return false };
    let is_name = |word: &str| {
        let word = word.trim();
        (NAME.0..=NAME.1).contains(&word.chars().count()) && word.chars().all(is_hangul)
    };
    list.contains(',') && list.split(',').all(is_name)
}

/// A Korean name has so many syllables.
const NAME: (usize, usize) = (2, 4);
