//! The search index: every word and every row of up to five Hangul syllables of every published document, ready
//! to be read a few kilobytes at a time.
//!
//! `token` says what the units are, `collect` finds them in the documents, `terms` puts them in order, `plan` cuts them into
//! shards, `write` makes text of the shards. Documents are numbered as in the archive, newest first, so equal ranks stay
//! in that order.

mod letters;
pub mod token;
mod collect;
mod terms;
mod plan;
mod write;
pub mod column;
mod alias;
mod spelling;

use std::collections::BTreeMap;

use crate::base::hash::Hash;
use crate::index::Filed;
use crate::index::search::column::Column;
use crate::index::search::terms::Terms;
use crate::vocab::Vocabulary;

/// The index of an archive, as the texts that the page reads.
#[derive(Default)]
pub struct Search {
    /// Changes whenever anything that can be found changes.
    pub version: String,
    /// Words, their stems, and concepts.
    pub words: Vec<Shard>,
    /// Rows of one to five Hangul syllables, and initials.
    pub grams: Vec<Shard>,
    /// Words of five letters or so to compare a mistyped word with, by length, frequent ones first.
    pub spelling: BTreeMap<usize, Vec<String>>,
    /// What readers call the concepts that occur, as units, to the terms of `words` that list their documents.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// What documents can be narrowed down by.
    pub columns: Vec<Column>,
    /// The length of each incident in minutes and one more; 0 where it is not known.
    pub minutes: String,
}

/// A piece of a sorted list of terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Every term of this shard is this or comes after it; every term of the one before comes before it.
    pub first: String,
    /// It begins with a summary: all documents that have a term which begins with `first`.
    pub is_summary: bool,
    /// Its terms and their documents.
    pub body: String,
}

/// Indexes the published documents.
pub fn search(filed: &[Filed], vocab: &Vocabulary) -> Search {
    let (words, grams) = collect::collect(filed, vocab);
    let words = Terms::of_words(words);
    let aliases = alias::aliases(&words, vocab);
    let spelling = spelling::spelling(&words, &aliases);
    let mut search = Search {
        version: String::new(),
        // Prefixes are asked for of words that are spelt with letters, not of Hangul, which is found by its rows.
        words: plan::shards(&words, |first| {
            !(0xac00..=0xd7a3).contains(&first) && first != u16::from(b'#')
        }),
        spelling,
        aliases,
        columns: column::columns(filed, vocab),
        minutes: column::minutes(filed),
        grams: Vec::new(),
    };
    drop(words);
    search.grams = plan::shards(&Terms::of_grams(grams), |_| true);
    search.version = version(&search, filed);
    search
}

/// A name for this state of the index.
fn version(search: &Search, filed: &[Filed]) -> String {
    let mut hash = Hash::default();
    hash.add(env!("CARGO_PKG_VERSION"));
    for shard in search.words.iter().chain(&search.grams) {
        hash.add(&shard.body);
    }
    for column in &search.columns {
        hash.add(&column.data);
    }
    hash.add(&search.minutes);
    for filed in filed {
        hash.add(&filed.slug);
        hash.add(filed.case.incident.title());
        hash.add(&filed.case.visible.text);
    }
    hash.finish()
}
