//! Words of the other language: who looks for `캐시` also finds the documents that say `cache`, and the other way round.

use std::collections::BTreeMap;

use crate::index::search::letters::is_syllable;
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
        let postings = rows.summary(rows.beginning(&letters));
        (!postings.is_empty()).then_some((word, postings))
    });
    known.collect()
}

/// The words of the vocabulary that the other language has documents for. English words stand for all their inflections.
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
    let mut add = |word: &str, other: &str, lists: [&[u32]; 2]| {
        if lists.iter().any(|list| !list.is_empty()) {
            let meaning = meanings.entry(word.encode_utf16().collect()).or_default();
            meaning.others.push_str(other);
            meaning.others.push('\n');
            lists.iter().for_each(|list| meaning.postings.extend_from_slice(list));
        }
    };
    for (english, korean) in &vocab.words {
        let stem = stem(english);
        for korean in korean.iter().map(|word| joined(word)) {
            add(&korean, english, [postings(english, Kind::Exact), postings(&stem, Kind::Stem)]);
            let inside = in_rows.get(&korean).map_or(&[][..], Vec::as_slice);
            let whole = if inside.is_empty() { postings(&korean, Kind::Exact) } else { &[] };
            add(&stem, &korean, [inside, whole]);
        }
    }
    for meaning in meanings.values_mut() {
        meaning.others.pop();
        best(&mut meaning.postings);
    }
    meanings
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
