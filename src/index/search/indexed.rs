//! What stands in the index before it is cut into shards. Of that of the last build comes that of this one: less what is gone,
//! with what is new.

use std::cmp::Ordering;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::base::digest::Digest;
use crate::index::search::collect::{self, Numbered};
use crate::index::search::terms::Terms;
use crate::index::search::{rows, words};
use crate::vocab::Vocabulary;

/// The terms of some documents.
#[derive(Default, Serialize, Deserialize)]
pub struct Indexed {
    /// What each document was read from, by its number; nothing where nobody knows.
    pub(super) documents: Vec<Option<Digest>>,
    pub(super) words: Terms,
    pub(super) rows: Terms,
}

impl Indexed {
    /// Indexes documents, which come in order of their numbers. Those that `before` knows are taken from there.
    pub(super) fn of(
        documents: Vec<Numbered<'_>>,
        vocab: &Vocabulary,
        before: Option<Self>,
    ) -> Self {
        let now: Vec<Option<Digest>> =
            documents.iter().map(|(_, filed, _)| filed.case.of).collect();
        let before = before.unwrap_or_default();
        let Some(moves) = before.moves(&now) else {
            return Self { documents: now, ..Self::new(documents, vocab) };
        };
        let mut is_new = vec![true; now.len()];
        for &number in moves.iter().flatten() {
            is_new[number as usize] = false;
        }
        let new = documents.into_iter().filter(|(number, ..)| is_new[*number as usize]).collect();
        let new = Self::new(new, vocab);
        let (words, rows) = rayon::join(
            || merged(&before.words, &moves, &new.words),
            || merged(&before.rows, &moves, &new.rows),
        );
        Self { documents: now, words, rows }
    }

    fn new(documents: Vec<Numbered<'_>>, vocab: &Vocabulary) -> Self {
        let parts = collect::collect(documents, vocab);
        let (words, rows): (Vec<_>, Vec<_>) =
            parts.into_iter().map(|part| (part.words, part.rows)).unzip();
        let (rows, words) = rayon::join(|| rows::unite(&rows), || words::unite(words));
        Self { documents: Vec::new(), words, rows }
    }

    /// For each document its number now; nothing for those that are gone. Nothing at all where it is of no use, or was not
    /// made by us.
    fn moves(&self, now: &[Option<Digest>]) -> Option<Vec<Option<u32>>> {
        let places = now.iter().zip(0..).filter_map(|(of, number)| Some(((*of)?, number)));
        let places: HashMap<Digest, u32> = places.collect();
        let number = |of: &Option<Digest>| places.get(of.as_ref()?).copied();
        let moves: Vec<Option<u32>> = self.documents.iter().map(number).collect();
        let is_in_order = moves.iter().flatten().is_sorted_by(|a, b| a < b);
        let any = moves.iter().flatten().next().is_some();
        let last = moves.len();
        (any && is_in_order && self.words.is_sound(last) && self.rows.is_sound(last))
            .then_some(moves)
    }
}

/// The terms of before, their documents renumbered, with those of new documents.
fn merged(before: &Terms, moves: &[Option<u32>], new: &Terms) -> Terms {
    let mut all = Terms::with_room(before.total() + new.total());
    let mut postings: Vec<u32> = Vec::new();
    let (mut old, mut other) = (0, 0);
    while old < before.len() || other < new.len() {
        let order = match (old < before.len(), other < new.len()) {
            (true, true) => before.key(old).cmp(&new.key(other)),
            (true, false) => Ordering::Less,
            _ => Ordering::Greater,
        };
        let (letters, kind) = if order.is_le() { before.key(old) } else { new.key(other) };
        postings.clear();
        if order.is_le() {
            let stay = before
                .postings(old)
                .iter()
                .filter_map(|posting| Some(moves[(posting >> 3) as usize]? << 3 | posting & 7));
            postings.extend(stay);
            old += 1;
        }
        if order.is_ge() {
            postings.extend_from_slice(new.postings(other));
            other += 1;
        }
        if order.is_eq() {
            postings.sort_unstable();
        }
        if !postings.is_empty() {
            all.push(letters.iter().copied(), kind, postings.iter().copied());
        }
    }
    all
}
