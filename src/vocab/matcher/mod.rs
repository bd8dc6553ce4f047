//! Finds all phrases of all lexicons in one pass over a text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::vocab::pattern::{Element, Pattern, Word, is_hangul};

/// A place where a phrase stands. `entry` is what the caller registered the phrase under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The number given to [`Matcher::new`].
    pub entry: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte; a Korean ending is not part of it.
    pub end: u32,
}

impl Mention {
    /// As indices into the text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Up to so many Hangul syllables after a word count as its particle or ending.
const LONGEST_ENDING: usize = 4;
/// Up to so many characters may join two neighbouring words: a space, a hyphen, a quote and a space.
const LONGEST_JOINT: usize = 4;

/// All phrases, ready to search.
pub struct Matcher {
    automaton: AhoCorasick,
    words: Vec<Word>,
    /// For each word the phrases that begin with it.
    begins: Vec<Vec<u32>>,
    patterns: Vec<Compiled>,
    /// Words that begin another clause: no gap leaps over them.
    breaks: BTreeSet<String>,
}

struct Compiled {
    entry: u32,
    elements: Vec<Step>,
}

struct Step {
    /// In order.
    words: Vec<u32>,
    optional: bool,
    gap: u8,
}

#[derive(Clone, Copy)]
struct Hit {
    word: u32,
    start: u32,
    end: u32,
}

impl Matcher {
    /// A matcher of these phrases, whose gaps stop at the words of `breaks`.
    ///
    /// # Errors
    /// When the phrases are too many for one automaton.
    pub fn new(
        phrases: impl IntoIterator<Item = (u32, Pattern)>,
        breaks: BTreeSet<String>,
    ) -> Result<Self, String> {
        let mut numbers: BTreeMap<Word, u32> = BTreeMap::new();
        let mut patterns = Vec::new();
        for (entry, pattern) in phrases {
            let elements = pattern.elements.into_iter().map(|element| step(element, &mut numbers));
            patterns.push(Compiled { entry, elements: elements.collect() });
        }
        let mut words = vec![None; numbers.len()];
        for (word, number) in numbers {
            words[number as usize] = Some(word);
        }
        let words: Vec<Word> = words.into_iter().flatten().collect();
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(words.iter().map(|word| &word.text))
            .map_err(|error| error.to_string())?;
        let mut begins = vec![Vec::new(); words.len()];
        for (number, pattern) in patterns.iter().enumerate() {
            for &word in &pattern.elements[0].words {
                begins[word as usize].push(number as u32);
            }
        }
        Ok(Self { automaton, words, begins, patterns, breaks })
    }

    /// A matcher that finds nothing.
    pub fn empty() -> Self {
        let automaton = AhoCorasick::builder().build([""; 0]);
        Self {
            automaton: automaton.expect("no words make an automaton"),
            words: Vec::new(),
            begins: Vec::new(),
            patterns: Vec::new(),
            breaks: BTreeSet::new(),
        }
    }

    /// All places of all phrases, by place. A phrase that stands twice at one place (by two spellings)
    /// is reported once, with its longest reading.
    pub fn find(&self, text: &str) -> Vec<Mention> {
        let hits = self.hits(text);
        let mut mentions = Vec::new();
        for (index, hit) in hits.iter().enumerate() {
            for &number in &self.begins[hit.word as usize] {
                let pattern = &self.patterns[number as usize];
                if let Some(end) =
                    self.complete(text, &hits, index, hit.end, &pattern.elements[1..])
                {
                    mentions.push(Mention { entry: pattern.entry, start: hit.start, end });
                }
            }
        }
        mentions
            .sort_by_key(|mention| (mention.start, mention.entry, std::cmp::Reverse(mention.end)));
        mentions.dedup_by_key(|mention| (mention.start, mention.entry));
        mentions
    }

    /// All words at their places, in order.
    fn hits(&self, text: &str) -> Vec<Hit> {
        let bytes = text.as_bytes();
        let mut hits = Vec::with_capacity(text.len() / 12);
        for found in self.automaton.find_overlapping_iter(text) {
            let word = &self.words[found.pattern().as_usize()];
            let (start, end) = (found.start(), found.end());
            if word.from_start && joins_before(text, bytes, start) {
                continue;
            }
            if word.to_end && bytes.get(end).is_some_and(|byte| is_word_byte(*byte)) {
                continue;
            }
            hits.push(Hit { word: found.pattern().as_u32(), start: start as u32, end: end as u32 });
        }
        hits.sort_by_key(|hit| (hit.start, hit.end));
        let addresses = addresses(text);
        hits.retain(|hit| {
            let at = hit.start as usize;
            let after = addresses.partition_point(|address| address.start <= at);
            after.checked_sub(1).is_none_or(|index| addresses[index].end <= at)
        });
        hits
    }

    /// Where the phrase ends if its remaining `steps` follow; the farthest end of all ways to fill them.
    fn complete(
        &self,
        text: &str,
        hits: &[Hit],
        from: usize,
        end: u32,
        steps: &[Step],
    ) -> Option<u32> {
        let Some((step, rest)) = steps.split_first() else { return Some(end) };
        let reach = end as usize + reach_of(step.gap);
        let mut best = None;
        for (index, hit) in hits.iter().enumerate().skip(from + 1) {
            if hit.start < end {
                continue;
            }
            if hit.start as usize > reach {
                break;
            }
            let between = || text.get(end as usize..hit.start as usize).unwrap_or("\n");
            if step.words.binary_search(&hit.word).is_ok()
                && follows(between(), step.gap)
                && (step.gap == 0 || !self.breaks(between()))
            {
                best = best.max(self.complete(text, hits, index, hit.end, rest));
            }
        }
        if step.optional {
            best = best.max(self.complete(text, hits, from, end, rest));
        }
        best
    }

    /// Whether another clause begins: at a sign that sets apart, or at a word such as "but".
    fn breaks(&self, between: &str) -> bool {
        between.contains(['(', ')', ':', '|', '—', '–', '→'])
            || between
                .split(|letter: char| !letter.is_alphanumeric())
                .any(|word| self.breaks.contains(word))
    }
}

/// The addresses of a text, in order: what stands in them was not written to be read.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, ')' | '>' | '"' | '|');
    let mut addresses: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices("://") {
        // An address within an address ends where that does.
        if addresses.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let (before, rest) = text.split_at(at);
        let scheme = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        addresses.push(at - scheme..at + rest.find(ends).unwrap_or(rest.len()));
    }
    addresses
}

/// Whether the letter before `at` belongs to the same word as the letter at it.
fn joins_before(text: &str, bytes: &[u8], at: usize) -> bool {
    let first_is_ascii = bytes.get(at).is_some_and(u8::is_ascii);
    if first_is_ascii {
        return at > 0 && is_word_byte(bytes[at - 1]);
    }
    text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(is_hangul)
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

fn step(element: Element, numbers: &mut BTreeMap<Word, u32>) -> Step {
    let words = element.words.into_iter().map(|word| {
        let next = numbers.len() as u32;
        *numbers.entry(word).or_insert(next)
    });
    let mut words: Vec<u32> = words.collect();
    words.sort_unstable();
    words.dedup();
    Step { words, optional: element.optional, gap: element.gap }
}

/// The farthest that the next word may begin, in bytes.
fn reach_of(gap: u8) -> usize {
    LONGEST_ENDING * 3 + LONGEST_JOINT * 3 + usize::from(gap) * 24
}

/// Whether `between` may stand between two words of a phrase with so many words of gap.
fn follows(between: &str, gap: u8) -> bool {
    let mut letters = between.chars().peekable();
    let mut ending = 0;
    while ending < LONGEST_ENDING && letters.next_if(|letter| is_hangul(*letter)).is_some() {
        ending += 1;
    }
    let (mut words, mut joint, mut in_word, mut last) = (0u8, 0usize, false, ' ');
    for letter in letters {
        if matches!(letter, '\n' | '\t' | ';') || (letter == ' ' && matches!(last, '.' | '!' | '?'))
        {
            return false;
        }
        if letter.is_alphanumeric() {
            if !in_word {
                words += 1;
                joint = 0;
            }
            in_word = true;
        } else {
            in_word = false;
            joint += 1;
        }
        let parts = matches!(letter, ',' | '.' | '!' | '?' | ':');
        if words > gap || joint > LONGEST_JOINT || (gap == 0 && parts) {
            return false;
        }
        last = letter;
    }
    true
}

#[cfg(test)]
mod tests;
