//! Text becomes units of search: words with their parts and stem, runs of Hangul with their words.
//!
//! `themes/default/static/search/tokens.js` does the same, unit for unit; `tests/cases/search/vectors.tsv` tests both.

use crate::index::search::letters::{alike, is_closed, is_consonant, is_syllable, lower};
use crate::vocab::search::Particles;

/// A unit of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// Letters and digits of any script but Hangul.
    Word(Word),
    /// Hangul words with nothing but spaces between them.
    Run(Run),
    /// Consonants that stand by themselves: how people abbreviate Korean.
    Initials(String),
}

/// A word, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// All of it.
    pub text: String,
    /// What it is put together from: `mySql2` is `my`, `sql` and a digit, which is too short to count.
    pub parts: Vec<String>,
    /// What its English inflections have in common.
    pub stem: String,
}

/// Hangul words in a row.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Run {
    /// All syllables, without the spaces.
    pub syllables: String,
    /// The words, without their particles.
    pub words: Vec<String>,
    /// It follows other letters directly and is nothing but their particle: `DB에서`.
    pub is_particle: bool,
}

/// Words longer than this are cut: what follows is no word that anyone types.
const LONGEST: usize = 64;
/// A word is at least this long without its particle, in syllables.
const SHORTEST: usize = 2;

/// The units of a text, in order.
pub fn tokens(text: &str, particles: &Particles) -> Vec<Token> {
    let text = alike(text);
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let start = at;
        if is_syllable(letter) {
            let follows = start > 0 && is_letter(letters[start - 1]);
            let (run, end) = run(&letters, start, follows, particles);
            tokens.push(Token::Run(run));
            at = end;
        } else if is_consonant(letter) {
            at = end_of(&letters, start, is_consonant);
            tokens.push(Token::Initials(letters[start..at].iter().collect()));
        } else if is_letter(letter) {
            at = end_of(&letters, start, is_letter);
            tokens.push(Token::Word(word(&letters[start..at])));
        } else {
            at += 1;
        }
    }
    tokens
}

fn end_of(letters: &[char], from: usize, is: impl Fn(char) -> bool) -> usize {
    letters[from..].iter().position(|&letter| !is(letter)).map_or(letters.len(), |n| from + n)
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() && !is_syllable(letter) && !is_consonant(letter)
}

/// The run that begins here, and where it ends. Line ends and tabs end it, spaces do not.
fn run(letters: &[char], start: usize, follows: bool, particles: &Particles) -> (Run, usize) {
    let mut run = Run::default();
    let mut at = start;
    let mut end = start;
    while at < letters.len() && is_syllable(letters[at]) {
        end = end_of(letters, at, is_syllable);
        let word: String = letters[at..end].iter().collect();
        run.syllables.push_str(&word);
        run.is_particle = follows && at == start && is_particle(&word, particles);
        if !run.is_particle {
            run.words.push(bare(&word, particles).to_owned());
        }
        at = end_of(letters, end, |letter| letter == ' ');
    }
    (run, end)
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

fn word(letters: &[char]) -> Word {
    let whole: String = letters.iter().take(LONGEST).collect();
    let mut parts = Vec::new();
    let mut from = 0;
    for at in 1..letters.len().min(LONGEST) {
        if parts_at(letters, at) {
            parts.push(&letters[from..at]);
            from = at;
        }
    }
    let parts = if from == 0 {
        Vec::new()
    } else {
        parts.push(&letters[from..letters.len().min(LONGEST)]);
        let parts = parts.into_iter().filter(|part| part.len() > 1);
        parts.map(|part| lower(&part.iter().collect::<String>())).collect()
    };
    let text = lower(&whole);
    let stem = stem(&text);
    Word { text, parts, stem }
}

/// Whether a new part begins here: `my|Sql`, `HTTP|Server`, `http|2`.
fn parts_at(letters: &[char], at: usize) -> bool {
    let (before, here) = (letters[at - 1], letters[at]);
    if before.is_numeric() != here.is_numeric() {
        return true;
    }
    here.is_uppercase()
        && (before.is_lowercase()
            || (before.is_uppercase()
                && letters.get(at + 1).is_some_and(|next| next.is_lowercase())))
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
