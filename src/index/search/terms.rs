//! All terms in order, each with the documents that have it. Kept flat: there are millions.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::index::search::letters::is_syllable;
use crate::index::search::meaning::{Meaning, best};

/// What a term stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Kind {
    /// Every term that begins so.
    Summary,
    /// What is written.
    Exact,
    /// Inflected words that have this in common.
    Stem,
    /// What the other language says for it.
    Meaning,
}

/// The usual parameter of BM25: how soon a repeated unit says nothing new.
const SATURATION: f32 = 1.2;
/// Worth is kept in so many levels.
const LEVELS: f32 = 8.0;

/// What a unit of the body is worth. Only what the body says counts for less in a long document.
pub(super) const BODY: u16 = 1;

/// A document that has a term, and how much it says about it: `document << 3 | level`.
pub(super) fn posting(document: u32, worth: f32) -> u32 {
    let level = worth / (worth + SATURATION) * LEVELS;
    document << 3 | (level as u32).min(LEVELS as u32 - 1)
}

/// Terms in order of their UTF-16, as JavaScript compares them, then of their kind.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Terms {
    letters: Vec<u16>,
    /// Where the letters of each term end.
    ends: Vec<u32>,
    kinds: Vec<Kind>,
    postings: Vec<u32>,
    /// Where the postings of each term end.
    stops: Vec<u32>,
    /// The words that meanings stand for, by term.
    others: BTreeMap<usize, String>,
}

impl Terms {
    /// Room for so many postings.
    pub(super) fn with_room(postings: usize) -> Self {
        Self { postings: Vec::with_capacity(postings), ..Self::default() }
    }

    /// Adds a term that comes after all others; its postings are in order of documents.
    pub(super) fn push(
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

    /// These terms as they are published: with meanings in their places, and without what nobody asks for. A stem is only looked
    /// up together with the word that is written like it, so it lists what that one does not say; a word of Hangul only adds to
    /// what its rows found, whatever its level.
    pub(super) fn published(&self, meanings: BTreeMap<Vec<u16>, Meaning>) -> Self {
        let mut all = Self::with_room(self.postings.len());
        let mut meanings = meanings.into_iter().peekable();
        for term in 0..self.len() {
            while let Some((letters, meaning)) =
                meanings.next_if(|(letters, _)| letters.as_slice() < self.letters(term))
            {
                all.push_meaning(letters, meaning);
            }
            let letters = self.letters(term);
            let postings = match self.kind(term) {
                Kind::Stem => self.beyond_exact(term),
                Kind::Exact if letters.first().is_some_and(|first| is_hangul(*first)) => {
                    self.postings(term).iter().map(|posting| posting & !7).collect()
                }
                _ => self.postings(term).to_vec(),
            };
            if !postings.is_empty() {
                all.push(letters.iter().copied(), self.kind(term), postings);
            }
        }
        meanings.for_each(|(letters, meaning)| all.push_meaning(letters, meaning));
        all
    }

    fn push_meaning(&mut self, letters: Vec<u16>, meaning: Meaning) {
        self.others.insert(self.len(), meaning.others);
        self.push(letters, Kind::Meaning, meaning.postings);
    }

    /// The postings of a stem that say more than those of the word that is written like it.
    fn beyond_exact(&self, stem: usize) -> Vec<u32> {
        let twin = stem.checked_sub(1).filter(|&twin| self.letters(twin) == self.letters(stem));
        let mut exact = twin.map_or(&[][..], |twin| self.postings(twin)).iter().peekable();
        let says_more = |posting: &u32| {
            while exact.next_if(|exact| *exact >> 3 < posting >> 3).is_some() {}
            exact.peek().is_none_or(|exact| *exact >> 3 != posting >> 3 || *exact < posting)
        };
        self.postings(stem).iter().copied().filter(says_more).collect()
    }

    /// The place of a term.
    pub(super) fn find(&self, letters: &[u16], kind: Kind) -> Option<usize> {
        let first = self.place(0..self.len(), |term| self.letters(term) < letters);
        let mut kinds = (first..self.len()).take_while(|&term| self.letters(term) == letters);
        kinds.find(|&term| self.kind(term) == kind)
    }

    /// The terms that begin so.
    pub(super) fn beginning(&self, letters: &[u16]) -> Range<usize> {
        let is_after =
            |term: usize| self.letters(term) < letters || self.letters(term).starts_with(letters);
        let first = self.place(0..self.len(), |term| self.letters(term) < letters);
        first..self.place(first..self.len(), is_after)
    }

    /// The first of some terms of which something is not true that is true of all before it.
    pub(super) fn place(&self, terms: Range<usize>, is: impl Fn(usize) -> bool) -> usize {
        let (mut low, mut high) = (terms.start, terms.end);
        while low < high {
            let middle = low + (high - low) / 2;
            if is(middle) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// The documents of all these terms as written, each with its highest level.
    pub(super) fn summary(&self, terms: Range<usize>) -> Vec<u32> {
        let exact = terms.filter(|&term| self.kind(term) == Kind::Exact);
        let mut all: Vec<u32> = exact.flat_map(|term| self.postings(term)).copied().collect();
        best(&mut all);
        all
    }

    /// The words that a meaning stands for.
    pub(super) fn others(&self, term: usize) -> Option<&str> {
        self.others.get(&term).map(String::as_str)
    }

    pub(super) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// How many postings there are.
    pub(super) fn total(&self) -> usize {
        self.postings.len()
    }

    /// What decides where a term stands.
    pub(super) fn key(&self, term: usize) -> (&[u16], Kind) {
        (self.letters(term), self.kind(term))
    }

    /// Whether these could be the terms of so many documents: everything is in order, and leads to what is there.
    pub(super) fn is_sound(&self, documents: usize) -> bool {
        let fits = |ends: &[u32], all: usize| {
            ends.len() == self.len()
                && ends.is_sorted()
                && ends.last().map_or(0, |last| *last as usize) == all
        };
        let in_order = |postings: &[u32]| {
            postings.is_sorted_by(|a, b| a >> 3 < b >> 3)
                && postings.last().is_some_and(|last| ((last >> 3) as usize) < documents)
        };
        fits(&self.ends, self.letters.len())
            && fits(&self.stops, self.postings.len())
            && self.others.is_empty()
            && (1..self.len()).all(|term| self.key(term - 1) < self.key(term))
            && (0..self.len())
                .all(|term| !self.letters(term).is_empty() && in_order(self.postings(term)))
    }

    /// The letters of a term, as UTF-16.
    pub(super) fn letters(&self, term: usize) -> &[u16] {
        let start = term.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start as usize..self.ends[term] as usize]
    }

    pub(super) fn kind(&self, term: usize) -> Kind {
        self.kinds[term]
    }

    /// The documents of a term in order, each with its level.
    pub(super) fn postings(&self, term: usize) -> &[u32] {
        let start = term.checked_sub(1).map_or(0, |before| self.stops[before]);
        &self.postings[start as usize..self.stops[term] as usize]
    }
}

/// Whether a term that begins so is a word of Hangul.
pub(super) fn is_hangul(first: u16) -> bool {
    char::from_u32(u32::from(first)).is_some_and(is_syllable)
}
