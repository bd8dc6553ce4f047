//! Cuts a sorted list of terms into shards, so that whatever begins alike stands in one shard, or is summed up in one.
//!
//! A reader of the index asks for all terms that begin with what was typed. Where those fit into a shard, they stand in the
//! same one. Where they do not, a summary of them begins a shard: all their documents, under what they have in common.
//! So every question is answered by one shard.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use crate::base::hash::Hash;
use crate::index::search::Shard;
use crate::index::search::terms::{Kind, Terms};
use crate::index::search::write::Writer;

/// Shards are about this long, in bytes.
const SHARD: usize = 8 * 1024;
/// Of a small archive: it has few anyway, and a query loads several.
const SMALL_SHARD: usize = 4 * 1024;
/// So many documents are a small archive.
const SMALL: usize = 5000;

/// A piece that is not divided further.
struct Piece {
    terms: Range<usize>,
    /// It is a summary of these terms, which have so many letters in common.
    summary: Option<usize>,
    size: usize,
}

/// The shards of all terms. `sums_up` says for a first letter whether terms that begin with it are summed up.
pub(super) fn shards(terms: &Terms, sums_up: impl Fn(u16) -> bool + Sync) -> Vec<Shard> {
    let documents = (0..terms.len()).filter_map(|term| terms.postings(term).last());
    let documents = documents.max().map_or(1, |last| (last >> 3) as usize + 1);
    let mut sums = Vec::with_capacity(terms.len() + 1);
    sums.push(0);
    for term in 0..terms.len() {
        sums.push(sums[term] + guess(terms.postings(term).len(), documents));
    }
    let shard_size = if documents < SMALL { SMALL_SHARD } else { SHARD };
    let mut planner = Planner {
        terms,
        sums,
        documents,
        shard: shard_size,
        sums_up: &sums_up,
        pieces: Vec::new(),
    };
    if terms.len() > 0 {
        planner.divide(0..terms.len());
    }
    let groups = pack(planner.pieces, shard_size);
    let shards = groups.par_iter().enumerate().map(|(number, group)| {
        let before = number.checked_sub(1).and_then(|number| groups[number].last());
        shard(terms, group, before)
    });
    named(shards.collect())
}

/// Gives shards their names, a different one to each.
fn named(mut shards: Vec<Shard>) -> Vec<Shard> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for shard in &mut shards {
        let mut hash = Hash::default();
        hash.add(&shard.body);
        shard.name = hash.finish_apart(&mut taken);
    }
    shards
}

/// About how many bytes a list takes: a byte for each small gap between documents, more for larger ones.
fn guess(postings: usize, documents: usize) -> usize {
    let gap = documents / postings.max(1);
    6 + postings
        * match gap {
            0..93 => 1,
            93..2013 => 2,
            _ => 3,
        }
}

struct Planner<'a, F> {
    terms: &'a Terms,
    /// The guessed size of all terms before each.
    sums: Vec<usize>,
    documents: usize,
    shard: usize,
    sums_up: &'a F,
    pieces: Vec<Piece>,
}

impl<F: Fn(u16) -> bool> Planner<'_, F> {
    /// Terms that begin alike stay together if they are small enough; else they are divided by their next letter.
    fn divide(&mut self, range: Range<usize>) {
        let size = self.sums[range.end] - self.sums[range.start];
        let (first, last) = (self.terms.letters(range.start), self.terms.letters(range.end - 1));
        if size <= self.shard || first == last {
            self.pieces.push(Piece { terms: range, summary: None, size });
            return;
        }
        let shared = common(first, last);
        if shared > 0 && (self.sums_up)(first[0]) {
            let all =
                self.documents.min(range.clone().map(|term| self.terms.postings(term).len()).sum());
            let size = guess(all, self.documents);
            self.pieces.push(Piece { terms: range.clone(), summary: Some(shared), size });
        }
        let mut start = range.start;
        while start < range.end {
            let next = self.terms.letters(start).get(shared).copied();
            let alike = |term: usize| self.terms.letters(term).get(shared).copied() == next;
            let end = self.terms.place(start..range.end, alike);
            self.divide(start..end);
            start = end;
        }
    }
}

fn common(one: &[u16], other: &[u16]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

/// Neighbouring pieces share a shard while there is room; a summary always begins one.
fn pack(pieces: Vec<Piece>, shard: usize) -> Vec<Vec<Piece>> {
    let mut groups: Vec<Vec<Piece>> = Vec::new();
    let mut size = 0;
    for piece in pieces {
        let fits = size + piece.size <= shard && piece.summary.is_none();
        match groups.last_mut() {
            Some(group) if fits => {
                size += piece.size;
                group.push(piece);
            }
            _ => {
                size = piece.size;
                groups.push(vec![piece]);
            }
        }
    }
    groups
}

fn shard(terms: &Terms, group: &[Piece], before: Option<&Piece>) -> Shard {
    let mut writer = Writer::default();
    for piece in group {
        match piece.summary {
            Some(shared) => {
                let letters = &terms.letters(piece.terms.start)[..shared];
                let postings = terms.summary(piece.terms.clone());
                writer.term(letters, Kind::Summary, None, &postings);
            }
            None => {
                for term in piece.terms.clone() {
                    let (kind, others) = (terms.kind(term), terms.others(term));
                    writer.term(terms.letters(term), kind, others, terms.postings(term));
                }
            }
        }
    }
    let first = terms.letters(group[0].terms.start);
    let is_summary = group[0].summary.is_some();
    // As much of the first term as it takes to tell it from what stands before.
    let length = match (group[0].summary, before) {
        (Some(shared), _) => shared,
        (None, None) => 0,
        (None, Some(before)) => {
            let last = match before.summary {
                Some(shared) => &terms.letters(before.terms.start)[..shared],
                None => terms.letters(before.terms.end - 1),
            };
            let length = (common(last, first) + 1).min(first.len());
            // Not between the halves of a letter.
            length + usize::from(matches!(first.get(length), Some(0xdc00..=0xdfff)))
        }
    };
    Shard {
        name: String::new(),
        first: String::from_utf16_lossy(&first[..length]),
        is_summary,
        body: writer.finish(),
    }
}
