//! Rows of Hangul: from every letter the one to five that follow. Kept as the letters of the documents until the rows are put
//! in order, a part at a time: all rows of all documents at once would take ten times the memory.

use std::ops::Range;

use rayon::prelude::*;

use crate::index::search::terms::{BODY, Kind, Terms, posting};

/// Longest row of Hangul that is a term.
pub(super) const LONGEST: usize = 5;
/// A letter takes so many bits of a row: there are 11,172 syllables and 30 consonants.
const BITS: u32 = 14;
/// A number that is no letter ends a run, and says what the run is worth.
const MARK: u16 = 1 << BITS;
/// Rows are put in order in about so many parts.
const PARTS: usize = 16;

/// The runs of Hangul of some documents.
#[derive(Default)]
pub(super) struct Rows {
    letters: Vec<u16>,
    documents: Vec<Document>,
}

struct Document {
    number: u32,
    /// Where its letters end.
    end: usize,
    holds_back: f32,
}

impl Rows {
    /// A run of the current document.
    pub(super) fn add(&mut self, letters: impl Iterator<Item = char>, worth: u16) {
        self.letters.extend(letters.filter_map(code));
        self.letters.push(MARK | worth);
    }

    /// The current document is read: this is its number, and what its body says is divided by so much.
    pub(super) fn finish(&mut self, number: u32, holds_back: f32) {
        self.documents.push(Document { number, end: self.letters.len(), holds_back });
    }

    /// The rows of all documents that begin with one of these letters, in no order.
    fn beginning(&self, first: &Range<u16>) -> Vec<Gram> {
        let mut grams = Vec::new();
        let mut found: Vec<u128> = Vec::new();
        let mut start = 0;
        for document in &self.documents {
            found.clear();
            let letters = &self.letters[start..document.end];
            // Where the run ends, and what it is worth.
            let (mut end, mut worth) = (letters.len(), 0);
            for (at, &letter) in letters.iter().enumerate().rev() {
                if letter >= MARK {
                    (end, worth) = (at, letter - MARK);
                } else if first.contains(&letter) {
                    found.push(row(&letters[at..end]) << 16 | u128::from(worth));
                }
            }
            start = document.end;
            found.sort_unstable();
            grams.extend(found.chunk_by(|a, b| a >> 16 == b >> 16).map(|same| {
                let worth = same.iter().map(|found| document.worth(*found as u16)).sum();
                Gram(same[0] >> 16 << 32 | u128::from(posting(document.number, worth)))
            }));
        }
        grams
    }
}

/// The row that some letters begin with.
fn row(letters: &[u16]) -> u128 {
    let letter = |place: u32| letters.get(place as usize).copied().map_or(0, u128::from);
    (0..LONGEST as u32).fold(0, |row, place| row << BITS | letter(place))
}

impl Document {
    fn worth(&self, worth: u16) -> f32 {
        if worth == BODY { f32::from(worth) / self.holds_back } else { f32::from(worth) }
    }
}

/// A row, and a posting. In order of the rows as their letters sort, then of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Gram(u128);

impl Gram {
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

/// A letter as a number that sorts as letters do.
fn code(letter: char) -> Option<u16> {
    match letter {
        '가'..='힣' => Some((letter as u32 - 0xac00) as u16 + 31),
        'ㄱ'..='ㅎ' => Some((letter as u32 - 0x3130) as u16),
        _ => None,
    }
}

/// The rows of all documents, whose parts come in order of the documents.
pub(super) fn unite(parts: &[Rows]) -> Terms {
    let mut terms = Terms::default();
    for first in ranges(parts) {
        let found: Vec<Vec<Gram>> = parts.par_iter().map(|part| part.beginning(&first)).collect();
        let mut grams = found.concat();
        drop(found);
        grams.par_sort_unstable();
        for same in grams.chunk_by(|a, b| a.row() == b.row()) {
            terms.push(same[0].letters(), Kind::Exact, same.iter().map(|gram| gram.0 as u32));
        }
    }
    terms
}

/// Ranges of letters that about as many rows begin with.
fn ranges(parts: &[Rows]) -> Vec<Range<u16>> {
    let mut counts = vec![0usize; usize::from(MARK)];
    for letter in parts.iter().flat_map(|part| &part.letters).filter(|letter| **letter < MARK) {
        counts[usize::from(*letter)] += 1;
    }
    let share = counts.iter().sum::<usize>() / PARTS;
    let mut ranges = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for (count, letter) in counts.into_iter().zip(0..) {
        sum += count;
        if sum > share {
            ranges.push(start..letter + 1);
            (start, sum) = (letter + 1, 0);
        }
    }
    ranges.push(start..MARK);
    ranges
}
