//! All terms in order, each with the documents that have it. Kept flat: there are millions.

use crate::index::search::collect::Words;

/// What a term stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Every term that begins so.
    Summary,
    /// What is written.
    Exact,
    /// Inflected words that have this in common.
    Stem,
}

/// Longest row of Hangul that is a term.
const LONGEST: usize = 5;
/// A letter takes so many bits of a row: there are 11,172 syllables and 30 consonants.
const BITS: u32 = 14;

/// A row of up to five letters of Hangul, and a posting. In order of the rows, then of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Gram(u128);

impl Gram {
    /// A row with a posting.
    pub(super) fn new(key: u128, posting: u32) -> Self {
        Self(key << 32 | u128::from(posting))
    }

    /// The row of the first five letters, as a number that sorts as the letters do.
    pub(super) fn key(letters: impl Iterator<Item = char>) -> u128 {
        let codes = letters.map(|letter| match letter {
            '가'..='힣' => letter as u128 - 0xac00 + 31,
            _ => letter as u128 - 0x3130,
        });
        let padded = codes.chain(std::iter::repeat(0)).take(LONGEST);
        padded.fold(0, |key, code| key << BITS | code)
    }

    fn row(self) -> u128 {
        self.0 >> 32
    }

    /// The letters of the row.
    fn letters(self) -> impl Iterator<Item = u16> {
        let row = self.row();
        (0..LONGEST as u32).rev().filter_map(move |place| match row >> (place * BITS) & 0x3fff {
            0 => None,
            code @ 1..=30 => Some(code as u16 + 0x3130),
            code => Some(code as u16 - 31 + 0xac00),
        })
    }
}

/// Terms in order of their UTF-16, as JavaScript compares them, then of their kind.
#[derive(Default)]
pub(super) struct Terms {
    letters: Vec<u16>,
    /// Where the letters of each term end.
    ends: Vec<u32>,
    kinds: Vec<Kind>,
    postings: Vec<u32>,
    /// Where the postings of each term end.
    stops: Vec<u32>,
}

impl Terms {
    pub(super) fn of_words(words: Words) -> Self {
        let mut sorted: Vec<(Vec<u16>, Kind, Vec<u32>)> = words
            .into_iter()
            .map(|((word, kind), postings)| (word.encode_utf16().collect(), kind, postings))
            .collect();
        sorted.sort_unstable_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let mut terms = Self::default();
        for (word, kind, postings) in sorted {
            terms.push(word, kind, postings);
        }
        terms
    }

    /// From rows in order.
    pub(super) fn of_grams(grams: Vec<Gram>) -> Self {
        let mut terms = Self::default();
        terms.postings.reserve_exact(grams.len());
        for same in grams.chunk_by(|a, b| a.row() == b.row()) {
            terms.push(same[0].letters(), Kind::Exact, same.iter().map(|gram| gram.0 as u32));
        }
        terms
    }

    fn push(
        &mut self,
        letters: impl IntoIterator<Item = u16>,
        kind: Kind,
        postings: impl IntoIterator<Item = u32>,
    ) {
        self.letters.extend(letters);
        self.ends.push(self.letters.len() as u32);
        self.kinds.push(kind);
        self.postings.extend(postings);
        self.stops.push(self.postings.len() as u32);
    }

    pub(super) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The letters of a term, as UTF-16.
    pub(super) fn letters(&self, term: usize) -> &[u16] {
        let start = term.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start as usize..self.ends[term] as usize]
    }

    pub(super) fn kind(&self, term: usize) -> Kind {
        self.kinds[term]
    }

    /// The documents of a term in order, each with its level: `document << 3 | level`.
    pub(super) fn postings(&self, term: usize) -> &[u32] {
        let start = term.checked_sub(1).map_or(0, |before| self.stops[before]);
        &self.postings[start as usize..self.stops[term] as usize]
    }
}
