//! Words that a mistyped word can be compared with.

use std::collections::BTreeMap;

use crate::index::search::letters::is_syllable;
use crate::index::search::terms::{Kind, Terms};

/// Shorter words are not corrected: too many others are one letter away.
const SHORTEST: usize = 5;

/// By their length the words that a reader may have meant, the most frequent first. A word of five letters may have
/// lost one, so the words begin at four.
pub(super) fn spelling(
    words: &Terms,
    aliases: &BTreeMap<String, Vec<String>>,
) -> BTreeMap<usize, Vec<String>> {
    let is_latin = |word: &[u16]| {
        word.len() + 1 >= SHORTEST && word.iter().all(|letter| (0x61..=0x7a).contains(letter))
    };
    let mut counted: Vec<(usize, String)> = (0..words.len())
        .filter(|&term| words.kind(term) == Kind::Exact && is_latin(words.letters(term)))
        .map(|term| (words.postings(term).len(), String::from_utf16_lossy(words.letters(term))))
        .collect();
    // Names of concepts count even if no document spells them out.
    let named = aliases.keys().flat_map(|key| key.split(' '));
    let known: Vec<String> = {
        let mut known: Vec<String> = counted.iter().map(|(_, word)| word.clone()).collect();
        known.sort_unstable();
        known
    };
    let mut added: Vec<(usize, String)> = named
        .filter(|word| is_latin(&word.encode_utf16().collect::<Vec<_>>()))
        .filter(|word| known.binary_search_by(|other| other.as_str().cmp(word)).is_err())
        .map(|word| (0, word.to_owned()))
        .collect();
    counted.append(&mut added);
    counted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    counted.dedup();
    let mut by_length: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (_, word) in counted {
        by_length.entry(word.len()).or_default().push(word);
    }
    by_length
}

/// So many Hangul words of a length are kept: those that most documents have.
const MOST: usize = 3000;

/// By their length the Hangul words that a reader may have meant, the most frequent first: the short ones that documents
/// have as words, and of the longer ones those that the vocabulary knows.
pub(super) fn hangul(
    words: &Terms,
    aliases: &BTreeMap<String, Vec<String>>,
    in_rows: &BTreeMap<String, Vec<u32>>,
) -> BTreeMap<usize, Vec<String>> {
    let is_hangul = |word: &str| word.chars().nth(1).is_some() && word.chars().all(is_syllable);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for term in (0..words.len()).filter(|&term| words.kind(term) == Kind::Exact) {
        let word = String::from_utf16_lossy(words.letters(term));
        if is_hangul(&word) {
            counts.insert(word, words.postings(term).len());
        }
    }
    for (word, postings) in in_rows {
        counts.entry(word.clone()).or_insert(postings.len());
    }
    for name in aliases.keys().filter(|name| is_hangul(name)) {
        counts.entry(name.clone()).or_default();
    }
    let mut counted: Vec<(usize, String)> =
        counts.into_iter().map(|(word, count)| (count, word)).collect();
    counted.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut by_length: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (_, word) in counted {
        let list = by_length.entry(word.chars().count()).or_default();
        if list.len() < MOST {
            list.push(word);
        }
    }
    by_length
}
