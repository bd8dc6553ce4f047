//! Finds all phrases of all lexicons in one pass over a text.

mod lists;
mod places;
mod trie;

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use foldhash::fast::FixedState;

use crate::vocab::matcher::lists::Lists;
use crate::vocab::matcher::places::Places;
use crate::vocab::matcher::trie::Trie;
use crate::vocab::pattern::{Element, Pattern, Word, is_hangul, is_word};

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

/// Up to so many Hangul syllables after a word count as its particle or ending.
const LONGEST_ENDING: usize = 4;
/// An aside in brackets has so many bytes at most.
const LONGEST_ASIDE: usize = 160;
/// Up to so many characters may join two neighbouring words: a space, a hyphen, a quote and a space.
const LONGEST_JOINT: usize = 4;

/// The words and sets of words of all phrases, each numbered once.
#[derive(Default)]
struct Numbering {
    numbers: HashMap<Word, u32, FixedState>,
    sets: BTreeMap<Vec<u32>, u32>,
}

impl Numbering {
    /// The numbers of the words that may fill an element, in order.
    fn words_of(&mut self, element: Element) -> Vec<u32> {
        let words = element.words.into_iter().map(|word| {
            let next = self.numbers.len() as u32;
            *self.numbers.entry(word).or_insert(next)
        });
        let mut words: Vec<u32> = words.collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    fn step(&mut self, element: Element) -> Step {
        let (optional, gap) = (element.optional, element.gap);
        let words = self.words_of(element);
        let next = self.sets.len() as u32;
        Step { set: *self.sets.entry(words).or_insert(next), optional, gap }
    }

    /// All words by their numbers.
    fn words(&self) -> Vec<Word> {
        let mut words: Vec<(u32, &Word)> =
            self.numbers.iter().map(|(word, number)| (*number, word)).collect();
        words.sort_unstable();
        words.into_iter().map(|(_, word)| word.clone()).collect()
    }
}

/// All phrases, ready to search.
pub struct Matcher {
    /// The texts of words.
    texts: Trie,
    /// For each text the words that are written so: they differ in where they may stand.
    spelled: Lists<Spelled>,
    /// For each word the phrases that begin with it.
    begins: Lists<Begin>,
    /// For each word the sets that hold it, of those that phrases go on with.
    sets: Lists<u32>,
    /// How many sets there are.
    set_count: usize,
    patterns: Vec<Compiled>,
    /// Words that begin another clause: no gap leaps over them.
    breaks: BTreeSet<String>,
}

/// A word of some text.
#[derive(Clone, Copy)]
struct Spelled {
    word: u32,
    from_start: bool,
    to_end: bool,
}

struct Compiled {
    entry: u32,
    /// What follows the first word.
    rest: Vec<Step>,
}

struct Step {
    /// Any word of this set.
    set: u32,
    optional: bool,
    gap: u8,
}

/// A phrase that a word begins.
#[derive(Clone, Copy)]
struct Begin {
    pattern: u32,
    /// The first further word that may not be missing: most phrases are ruled out because it does not follow.
    needs: Option<Next>,
}

/// A word that has to follow.
#[derive(Clone, Copy)]
struct Next {
    /// Any word of this set.
    set: u32,
    /// The farthest that it may begin, in bytes.
    reach: u32,
}

impl Next {
    fn of(steps: &[Step]) -> Option<Self> {
        let at = steps.iter().position(|step| !step.optional)?;
        // Behind a word that may be missing it may begin anywhere.
        let reach = if at == 0 { reach_of(steps[at].gap) as u32 } else { u32::MAX };
        Some(Self { set: steps[at].set, reach })
    }
}

/// A word of some phrase in the text.
#[derive(Clone, Copy)]
struct Hit {
    start: u32,
    end: u32,
    word: u32,
}

impl Matcher {
    /// A matcher of these phrases, whose gaps stop at the words of `breaks`.
    pub fn new(
        phrases: impl IntoIterator<Item = (u32, Pattern)>,
        breaks: BTreeSet<String>,
    ) -> Self {
        let mut numbering = Numbering::default();
        let mut patterns = Vec::new();
        let mut firsts = Vec::new();
        for (entry, pattern) in phrases {
            let mut elements = pattern.elements.into_iter();
            firsts.push(elements.next().map(|first| numbering.words_of(first)).unwrap_or_default());
            let rest = elements.map(|element| numbering.step(element)).collect();
            patterns.push(Compiled { entry, rest });
        }
        let words = numbering.words();
        let mut texts: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (number, word) in words.iter().enumerate() {
            texts.entry(&word.text).or_default().push(number as u32);
        }
        let words = &words;
        let spelled = texts.values().enumerate().flat_map(|(text, spelled)| {
            spelled.iter().map(move |&number| {
                let Word { from_start, to_end, .. } = words[number as usize];
                (text as u32, Spelled { word: number, from_start, to_end })
            })
        });
        let spelled = Lists::new(texts.len(), spelled);
        let begins =
            firsts.iter().zip(&patterns).enumerate().flat_map(|(number, (first, pattern))| {
                let begin = Begin { pattern: number as u32, needs: Next::of(&pattern.rest) };
                first.iter().map(move |&word| (word, begin))
            });
        let begins = Lists::new(words.len(), begins);
        let sets =
            numbering.sets.iter().flat_map(|(set, number)| set.iter().map(|&word| (word, *number)));
        let sets = Lists::new(words.len(), sets);
        let set_count = numbering.sets.len();
        let texts = Trie::new(&texts.into_keys().collect::<Vec<_>>());
        Self { texts, spelled, begins, sets, set_count, patterns, breaks }
    }

    /// All places of all phrases, by place. A phrase that stands twice at one place (by two spellings)
    /// is reported once, with its longest reading.
    pub fn find(&self, text: &str) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let hits = self.hits(text);
        let mut places = Places::new(self.set_count, hits.len() * 8);
        // From the last word to the first: what a phrase goes on with is known when its first word comes.
        for hit in hits {
            let begins = self.begins.of(hit.word);
            let behind = if begins.is_empty() { None } else { past_aside(text, hit.end) };
            for begin in begins {
                let goes_on = |next: Next| {
                    let within = |end| places.has(next.set, end, next.reach);
                    within(hit.end) || behind.is_some_and(within)
                };
                if !begin.needs.is_none_or(goes_on) {
                    continue;
                }
                let pattern = &self.patterns[begin.pattern as usize];
                if let Some(end) = self.complete(text, &places, hit.end, &pattern.rest) {
                    mentions.push(Mention { entry: pattern.entry, start: hit.start, end });
                }
            }
            places.add(self.sets.of(hit.word), hit.start, hit.end);
        }
        mentions.reverse();
        for same in mentions.chunk_by_mut(|one, next| one.start == next.start) {
            same.sort_unstable_by_key(|mention| (mention.entry, std::cmp::Reverse(mention.end)));
        }
        mentions.dedup_by_key(|mention| (mention.start, mention.entry));
        mentions
    }

    /// All words at their places, from the last to the first.
    fn hits(&self, text: &str) -> Vec<Hit> {
        let bytes = text.as_bytes();
        let mut hits = Vec::with_capacity(text.len() / 2);
        let mut addresses = addresses(text);
        for (start, &first) in bytes.iter().enumerate().rev() {
            // Only words that begin in Hangul may stand within others.
            let is_within = || start > 0 && first.is_ascii() && is_word_byte(bytes[start - 1]);
            if !self.texts.has_first(first) || is_within() {
                continue;
            }
            addresses.truncate(addresses.partition_point(|address| address.start <= start));
            if addresses.last().is_some_and(|address| start < address.end) {
                continue;
            }
            let joins_before = LazyCell::new(|| joins_before(text, bytes, start));
            self.texts.beginnings(&bytes[start..], |text, length| {
                let end = start + length;
                let joins_after = bytes.get(end).is_some_and(|byte| is_word_byte(*byte));
                for spelled in self.spelled.of(text) {
                    if !(spelled.to_end && joins_after || spelled.from_start && *joins_before) {
                        hits.push(Hit { word: spelled.word, start: start as u32, end: end as u32 });
                    }
                }
            });
        }
        hits
    }

    /// Where the phrase ends if its remaining `steps` follow; the farthest end of all ways to fill them.
    fn complete(&self, text: &str, places: &Places, end: u32, steps: &[Step]) -> Option<u32> {
        if steps.is_empty() {
            return Some(end);
        }
        let behind = || self.follow(text, places, past_aside(text, end)?, steps);
        self.follow(text, places, end, steps).or_else(behind)
    }

    /// The same where no aside stands between.
    fn follow(&self, text: &str, places: &Places, end: u32, steps: &[Step]) -> Option<u32> {
        let (step, rest) = steps.split_first()?;
        let mut best = None;
        for place in places.within(step.set, end, reach_of(step.gap) as u32) {
            let between = text.get(end as usize..place.start as usize).unwrap_or("\n");
            // One space stands between most.
            let goes_on = || follows(between, step.gap) && (step.gap == 0 || !self.breaks(between));
            if between == " " || goes_on() {
                best = best.max(self.complete(text, places, place.end, rest));
            }
        }
        if step.optional {
            best = best.max(self.complete(text, places, end, rest));
        }
        best
    }

    /// Whether another clause begins: at a sign that sets apart, or at a word such as "but".
    fn breaks(&self, between: &str) -> bool {
        between.contains(['(', ')', ':', '|', '—', '–', '→'])
            || between.split(|letter: char| !is_word(letter)).any(|word| self.breaks.contains(word))
    }
}

/// Where an aside ends that stands right behind a word: "a fallback (queue, cache) is missing".
fn past_aside(text: &str, end: u32) -> Option<u32> {
    let rest = text.as_bytes().get(end as usize..)?;
    let open = usize::from(rest.first() == Some(&b' '));
    if rest.get(open) != Some(&b'(') {
        return None;
    }
    let inside = rest.get(open + 1..)?;
    let inside = inside.get(..inside.len().min(LONGEST_ASIDE))?;
    let close = memchr::memchr3(b')', b'(', b'\n', inside)?;
    (inside.get(close) == Some(&b')')).then_some(end + (open + close) as u32 + 2)
}

/// The addresses of a text, in order: what stands in them was not written to be read.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, ')' | '>' | '"' | '|');
    let mut addresses: Vec<Range<usize>> = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "://") {
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

/// The farthest that the next word may begin, in bytes.
fn reach_of(gap: u8) -> usize {
    LONGEST_ENDING * 3 + LONGEST_JOINT * 3 + usize::from(gap) * 24
}

/// Whether `between` may stand between two words of a phrase with so many words of gap.
fn follows(between: &str, gap: u8) -> bool {
    // The rest of a word that is known by its beginning, as of `roll* back` in "rolled back", is no word between.
    let between = between.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
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
        if is_word(letter) {
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
