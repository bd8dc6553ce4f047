//! Words that a mistyped word can be compared with.

use std::collections::BTreeMap;

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
