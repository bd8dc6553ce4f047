//! Words: which documents have each, and how much they say about it.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::index::search::terms::{BODY, Kind, Terms, posting};
use crate::index::search::token::stem;

/// The words of some documents, in the order in which they first came.
#[derive(Default)]
pub(super) struct Words {
    known: Vec<Known>,
    /// The places in `known` of what is written, and of stems.
    exact: HashMap<Box<str>, u32, FixedState>,
    stems: HashMap<Box<str>, u32, FixedState>,
    /// A word by its place, and a posting of it; document after document.
    postings: Vec<(u32, u32)>,
    /// The words of the document that is being read.
    current: Vec<Current>,
}

struct Known {
    letters: Box<str>,
    kind: Kind,
    /// The place of its stem, where that is something else.
    stem: Option<u32>,
    /// Where it stands in `current`, if it is there.
    at: usize,
}

/// A word of a document: what the body says of it counts for less in a long one.
struct Current {
    word: u32,
    body: u16,
    other: u16,
}

impl Words {
    /// A word of the current document, and its stem.
    pub(super) fn add(&mut self, word: &str, worth: u16) {
        let place = match self.exact.get(word) {
            Some(place) => *place,
            None => self.learn(word),
        };
        self.count(place, worth);
        if let Some(stem) = self.known[place as usize].stem {
            self.count(stem, worth);
        }
    }

    /// A word that was not known, with its stem.
    fn learn(&mut self, word: &str) -> u32 {
        let stem = stem(word);
        let stem = (stem != word).then(|| match self.stems.get(stem.as_str()) {
            Some(place) => *place,
            None => {
                let place = self.push(&stem, Kind::Stem, None);
                self.stems.insert(stem.into(), place);
                place
            }
        });
        let place = self.push(word, Kind::Exact, stem);
        self.exact.insert(word.into(), place);
        place
    }

    fn push(&mut self, letters: &str, kind: Kind, stem: Option<u32>) -> u32 {
        self.known.push(Known { letters: letters.into(), kind, stem, at: usize::MAX });
        self.known.len() as u32 - 1
    }

    fn count(&mut self, word: u32, worth: u16) {
        let known = &mut self.known[word as usize];
        if self.current.get(known.at).is_none_or(|current| current.word != word) {
            known.at = self.current.len();
            self.current.push(Current { word, body: 0, other: 0 });
        }
        let current = &mut self.current[known.at];
        let sum = if worth == BODY { &mut current.body } else { &mut current.other };
        *sum = sum.saturating_add(worth);
    }

    /// The current document is read: this is its number, and what its body says is divided by so much.
    pub(super) fn finish(&mut self, document: u32, holds_back: f32) {
        let postings = self.current.drain(..).map(|Current { word, body, other }| {
            (word, posting(document, f32::from(other) + f32::from(body) / holds_back))
        });
        self.postings.extend(postings);
    }
}

/// The words of all documents, whose parts come in order of the documents.
pub(super) fn unite(parts: Vec<Words>) -> Terms {
    let mut all = Words::default();
    // For each part the places of its words among all words.
    let places: Vec<Vec<u32>> = parts.iter().map(|part| all.learn_all(part)).collect();
    let mut counts: Vec<u32> = vec![0; all.known.len()];
    for (part, places) in parts.iter().zip(&places) {
        part.postings.iter().for_each(|&(word, _)| counts[places[word as usize] as usize] += 1);
    }
    let mut order: Vec<u32> = (0..all.known.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| {
        let (a, b) = (&all.known[a as usize], &all.known[b as usize]);
        a.letters.encode_utf16().cmp(b.letters.encode_utf16()).then(a.kind.cmp(&b.kind))
    });
    let total = counts.iter().sum::<u32>() as usize;
    // Where the postings of each word go.
    let mut next = vec![0; counts.len()];
    let mut end = 0;
    for &word in &order {
        next[word as usize] = end;
        end += counts[word as usize];
    }
    let mut postings = vec![0; total];
    for (part, places) in parts.into_iter().zip(&places) {
        for (word, posting) in part.postings {
            let next = &mut next[places[word as usize] as usize];
            postings[*next as usize] = posting;
            *next += 1;
        }
    }
    let mut terms = Terms::with_room(total);
    let mut rest = postings.as_slice();
    for word in order {
        let (mine, others) = rest.split_at(counts[word as usize] as usize);
        let known = &all.known[word as usize];
        terms.push(known.letters.encode_utf16(), known.kind, mine.iter().copied());
        rest = others;
    }
    terms
}

impl Words {
    /// The places of the words of a part among these.
    fn learn_all(&mut self, part: &Self) -> Vec<u32> {
        let place = |known: &Known| {
            let list = if known.kind == Kind::Stem { &self.stems } else { &self.exact };
            match list.get(&known.letters) {
                Some(place) => *place,
                None => {
                    let place = self.push(&known.letters, known.kind, None);
                    let list =
                        if known.kind == Kind::Stem { &mut self.stems } else { &mut self.exact };
                    list.insert(known.letters.clone(), place);
                    place
                }
            }
        };
        part.known.iter().map(place).collect()
    }
}
