//! Words of the other language: who looks for `캐시` also finds the documents that say `cache`, and the other way round.

use std::collections::BTreeMap;

use crate::index::search::letters::is_syllable;
use crate::index::search::rows::LONGEST;
use crate::index::search::terms::{Kind, Terms};
use crate::index::search::token::stem;
use crate::vocab::search::SearchWords;

/// A word, and the documents that say it in the other language.
#[derive(Default)]
pub(super) struct Meaning {
    /// Their words for it, with line ends between, so that the page can mark them.
    pub(super) others: String,
    /// Their postings.
    pub(super) postings: Vec<u32>,
}

/// Korean words of the vocabulary, without spaces, with the documents that have them. Words of one syllable are left
/// out: they stand in many others, and `words` knows where they stand by themselves.
pub(super) fn in_rows(rows: &Terms, vocab: &SearchWords) -> BTreeMap<String, Vec<u32>> {
    let korean = vocab.words.values().flatten().map(|word| joined(word));
    let known = korean.filter(|word| word.chars().nth(1).is_some()).filter_map(|word| {
        let letters: Vec<u16> = word.encode_utf16().collect();
        // A word that is longer than any row has several, and a document must have all of them.
        let parts = letters.windows(LONGEST.min(letters.len()));
        let lists = parts.map(|part| rows.summary(rows.beginning(part)));
        let postings = lists.reduce(|all, list| shared(&all, &list)).unwrap_or_default();
        (!postings.is_empty()).then_some((word, postings))
    });
    known.collect()
}

/// The words of the vocabulary that the other language has documents for. English words stand for all their inflections;
/// of several in a row a document has to have each.
pub(super) fn meanings(
    words: &Terms,
    in_rows: &BTreeMap<String, Vec<u32>>,
    vocab: &SearchWords,
) -> BTreeMap<Vec<u16>, Meaning> {
    let postings = |word: &str, kind| {
        let letters: Vec<u16> = word.encode_utf16().collect();
        words.find(&letters, kind).map_or(&[][..], |term| words.postings(term))
    };
    let mut meanings: BTreeMap<Vec<u16>, Meaning> = BTreeMap::new();
    let mut add = |word: &str, other: &str, list: &[u32]| {
        if !list.is_empty() {
            let meaning = meanings.entry(word.encode_utf16().collect()).or_default();
            meaning.others.push_str(other);
            meaning.others.push('\n');
            meaning.postings.extend_from_slice(list);
        }
    };
    for (english, korean) in &vocab.words {
        let stems: Vec<String> = english.split(' ').map(stem).collect();
        let forms = english.split(' ').zip(&stems).map(|(word, stem)| {
            let mut all = [postings(word, Kind::Exact), postings(stem, Kind::Stem)].concat();
            best(&mut all);
            all
        });
        let in_words = forms.reduce(|all, list| shared(&all, &list)).unwrap_or_default();
        for korean in korean.iter().map(|word| joined(word)) {
            add(&korean, english, &in_words);
            let inside = in_rows.get(&korean).map_or(&[][..], Vec::as_slice);
            let whole = if inside.is_empty() { postings(&korean, Kind::Exact) } else { inside };
            add(&stems.join(" "), &korean, whole);
        }
    }
    for meaning in meanings.values_mut() {
        meaning.others.pop();
        best(&mut meaning.postings);
    }
    meanings
}

/// The documents of both lists, each with its lower level.
fn shared(one: &[u32], other: &[u32]) -> Vec<u32> {
    let mut others = other.iter().copied().peekable();
    let both = one.iter().filter_map(|posting| {
        while others.next_if(|other| other >> 3 < posting >> 3).is_some() {}
        others.next_if(|other| other >> 3 == posting >> 3).map(|other| other.min(*posting))
    });
    both.collect()
}

/// Each document once, in order, with its highest level.
pub(super) fn best(postings: &mut Vec<u32>) {
    let documents = postings.iter().max().map_or(0, |last| (last >> 3) as usize + 1);
    if postings.len() < documents / SPARSE {
        postings.sort_unstable_by(|a, b| b.cmp(a));
        postings.dedup_by_key(|posting| *posting >> 3);
        postings.reverse();
        return;
    }
    // From 1, for 0 says that a document is none of them.
    let mut levels = vec![0; documents];
    for posting in postings.drain(..) {
        let level = &mut levels[(posting >> 3) as usize];
        *level = (*level).max((posting & 7) + 1);
    }
    let found = (0..).zip(levels).filter(|(_, level)| *level > 0);
    postings.extend(found.map(|(document, level)| document << 3 | (level - 1)));
}

/// Fewer postings than one in so many documents are sorted; for more a place for each document is sooner filled.
const SPARSE: usize = 16;

/// Hangul without the spaces in between.
fn joined(word: &str) -> String {
    word.chars().filter(|letter| is_syllable(*letter)).collect()
}
