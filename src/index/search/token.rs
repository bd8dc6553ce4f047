//! Text becomes units of search: words with their parts, runs of Hangul with their words.
//!
//! `themes/default/static/search/tokens.js` does the same, unit for unit; `tests/cases/search/vectors.tsv` tests both.

use std::ops::Range;

use crate::index::search::letters::{alike, is_closed, is_consonant, is_syllable, lower};
use crate::vocab::search::Particles;

/// A unit of a text.
#[derive(Clone, Copy, Debug)]
pub enum Token<'a> {
    /// Letters and digits of any script but Hangul.
    Word(&'a Word),
    /// Hangul words with nothing but spaces between them.
    Run(&'a Run),
    /// Consonants that stand by themselves: how people abbreviate Korean.
    Initials(&'a str),
}

/// A word, in lower case.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// All of it.
    pub text: String,
    /// What it is put together from: `mySql2` is `my`, `sql` and a digit, which is too short to count.
    pub parts: Vec<String>,
}

/// Hangul words in a row.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// All syllables, without the spaces.
    pub syllables: String,
    /// It follows other letters directly and is nothing but their particle: `DB에서`.
    pub is_particle: bool,
    /// Where the words stand in `syllables`, without their particles.
    words: Vec<Range<usize>>,
}

/// Words longer than this are cut: what follows is no word that anyone types.
const LONGEST: usize = 64;
/// A word is at least this long without its particle, in syllables.
const SHORTEST: usize = 2;

/// Shows the units of a text, in order. This runs for everything that is published, so nothing is kept of a unit
/// once the next one is shown.
pub fn tokens(text: &str, particles: &Particles, mut see: impl FnMut(Token<'_>)) {
    let text = alike(text);
    let (mut word, mut run) = (Word::default(), Run::default());
    let mut rest: &str = &text;
    let mut follows_word = false;
    while let Some(letter) = rest.chars().next() {
        let follows = std::mem::take(&mut follows_word);
        if is_syllable(letter) {
            rest = run.read(rest, follows, particles);
            see(Token::Run(&run));
        } else if is_consonant(letter) {
            let (initials, after) = split(rest, is_consonant);
            see(Token::Initials(initials));
            rest = after;
        } else if is_letter(letter) {
            let (letters, after) = split(rest, is_letter);
            word.read(letters);
            see(Token::Word(&word));
            rest = after;
            follows_word = true;
        } else {
            rest = split(rest, |letter| !is_unit(letter)).1;
        }
    }
}

/// The letters that a text begins with, and what comes after them.
fn split(text: &str, is: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|letter| !is(letter)).unwrap_or(text.len()))
}

/// Hangul is asked for first: the tables of all scripts take long to search.
fn is_unit(letter: char) -> bool {
    is_syllable(letter) || is_consonant(letter) || letter.is_alphanumeric()
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || (!is_syllable(letter) && !is_consonant(letter) && letter.is_alphanumeric())
}

impl Run {
    /// The words, without their particles.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter_map(|range| self.syllables.get(range.clone()))
    }

    /// The run that a text begins with, and what comes after it. Line ends and tabs end it, spaces do not.
    fn read<'a>(&mut self, text: &'a str, follows: bool, particles: &Particles) -> &'a str {
        self.syllables.clear();
        self.words.clear();
        let mut rest = text;
        loop {
            let (word, after) = split(rest, is_syllable);
            let start = self.syllables.len();
            self.syllables.push_str(word);
            self.is_particle = follows && start == 0 && is_particle(word, particles);
            if !self.is_particle {
                self.words.push(start..start + bare(word, particles).len());
            }
            let next = after.trim_start_matches(' ');
            if !next.starts_with(is_syllable) {
                return after;
            }
            rest = next;
        }
    }
}

impl Word {
    /// Letters as a word.
    fn read(&mut self, letters: &str) {
        let end = letters.char_indices().nth(LONGEST).map_or(letters.len(), |(end, _)| end);
        let kept = letters.split_at(end).0;
        self.parts.clear();
        if !is_plain(kept) {
            self.divide(kept, letters);
        }
        if kept.is_ascii() {
            self.text.clear();
            self.text.push_str(kept);
            self.text.make_ascii_lowercase();
        } else {
            self.text = lower(kept);
        }
    }

    /// The parts of what is kept of the letters.
    fn divide(&mut self, kept: &str, letters: &str) {
        let mut rest = kept;
        let mut start = 0;
        let mut before = None;
        let mut following = letters.chars().skip(1);
        for (at, here) in kept.char_indices() {
            let next = following.next();
            if before.is_some_and(|before| parts_at(before, here, next)) {
                let (part, after) = rest.split_at(at - start);
                self.part(part);
                (rest, start) = (after, at);
            }
            before = Some(here);
        }
        if start > 0 {
            self.part(rest);
        }
    }

    fn part(&mut self, part: &str) {
        if part.chars().nth(1).is_some() {
            self.parts.push(lower(part));
        }
    }
}

fn is_particle(word: &str, particles: &Particles) -> bool {
    [&particles.any, &particles.closed, &particles.open]
        .iter()
        .any(|list| list.iter().any(|particle| particle == word))
}

/// The word without its particle: the longest that fits the letter before it.
pub fn bare<'a>(word: &'a str, particles: &Particles) -> &'a str {
    let mut bare = word;
    for (list, wants_closed) in
        [(&particles.any, None), (&particles.closed, Some(true)), (&particles.open, Some(false))]
    {
        for particle in list {
            // Most differ in the last byte already, and this runs for every word.
            if particle.as_bytes().last() != word.as_bytes().last() {
                continue;
            }
            let Some(rest) = word.strip_suffix(particle.as_str()) else { continue };
            let fits = rest
                .chars()
                .next_back()
                .is_some_and(|last| wants_closed.is_none_or(|wants| fits(last, wants, particle)));
            if fits && rest.chars().count() >= SHORTEST && rest.len() < bare.len() {
                bare = rest;
            }
        }
    }
    bare
}

/// `로` and what begins with it follows ㄹ as if it were a vowel.
fn fits(last: char, wants_closed: bool, particle: &str) -> bool {
    const RIEUL: u32 = 8;
    let after_rieul = (last as u32).wrapping_sub(0xac00) % 28 == RIEUL;
    if after_rieul && particle.starts_with('로') {
        return !wants_closed;
    }
    is_closed(last) == wants_closed
}

/// Most words are plain: they have no parts.
fn is_plain(word: &str) -> bool {
    let mut letters = word.bytes();
    letters.next().is_some_and(|letter| letter.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_lowercase())
}

/// Whether a new part begins here: `my|Sql`, `HTTP|Server`, `http|2`.
fn parts_at(before: char, here: char, next: Option<char>) -> bool {
    if before.is_numeric() != here.is_numeric() {
        return true;
    }
    here.is_uppercase()
        && (before.is_lowercase()
            || (before.is_uppercase() && next.is_some_and(char::is_lowercase)))
}

/// What the plural, `-ed` and `-ing` have in common with the word itself. Not a word of the language:
/// it only has to come out alike.
pub fn stem(word: &str) -> String {
    let mut stem = word.to_owned();
    if word.len() < 4 || !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return stem;
    }
    if stem.ends_with("es")
        && ["sses", "xes", "ches", "shes", "zes"].iter().any(|end| stem.ends_with(end))
    {
        stem.truncate(stem.len() - 2);
    } else if stem.ends_with('s') && !["ss", "us", "is"].iter().any(|end| stem.ends_with(end)) {
        stem.truncate(stem.len() - 1);
    }
    for end in ["ing", "ed"] {
        let Some(rest) = stem.strip_suffix(end) else { continue };
        let has_vowel = rest.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        if rest.len() > 2 && has_vowel && !(end == "ed" && rest.ends_with('e')) {
            stem.truncate(rest.len());
            undouble(&mut stem);
            break;
        }
    }
    if stem.len() > 3 && stem.ends_with("ie") {
        stem.truncate(stem.len() - 1);
    }
    if stem.len() > 3 && stem.ends_with('e') {
        stem.truncate(stem.len() - 1);
    }
    if stem.len() > 2 && stem.ends_with('i') {
        stem.truncate(stem.len() - 1);
        stem.push('y');
    }
    stem
}

/// `stopp` is `stop`; `roll`, `pass` and `buzz` stay.
fn undouble(stem: &mut String) {
    let bytes = stem.as_bytes();
    if let [.., before, last] = bytes
        && before == last
        && !matches!(last, b'l' | b's' | b'z' | b'a' | b'e' | b'i' | b'o' | b'u')
    {
        stem.truncate(stem.len() - 1);
    }
}
