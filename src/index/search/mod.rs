//! The search index: every word and every row of up to five Hangul syllables of every published document, ready
//! to be read a few kilobytes at a time.
//!
//! `token` says what the units are and `compound` what is written as one of them, `collect` finds them in the documents, `words` and `rows` count them, `terms` keeps them in
//! order, `indexed` from one build to the next, `plan` cuts them into shards, `write` makes text of the shards. Documents are numbered from the oldest, unlike in the
//! archive: so a new one leaves the numbers of the others, and most files, as they are.

mod letters;
pub mod compound;
pub mod token;
mod collect;
mod indexed;
mod terms;
mod words;
mod rows;
mod plan;
mod write;
pub mod column;
pub mod lists;
mod alias;
mod meaning;
mod spelling;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::case::Visible;
use crate::index::search::collect::Numbered;
use crate::index::search::terms::Terms;
use crate::index::{Filed, FiledId};
use crate::vocab::Vocabulary;

pub use crate::index::search::indexed::Indexed;

/// The index of an archive, as the texts that the page reads.
#[derive(Default)]
pub struct Search {
    /// Words, their stems, and concepts.
    pub words: Vec<Shard>,
    /// Rows of one to five Hangul syllables, and initials.
    pub grams: Vec<Shard>,
    /// Words of five letters or so to compare a mistyped word with, by length, frequent ones first.
    pub spelling: BTreeMap<usize, Vec<String>>,
    /// The same of Hangul words.
    pub hangul: BTreeMap<usize, Vec<String>>,
    /// What readers call the concepts that occur, as units, to the terms of `words` that list their documents.
    pub aliases: BTreeMap<String, Vec<String>>,
}

/// A piece of a sorted list of terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Its name among the shards of its list, which changes with its content.
    pub name: String,
    /// Every term of this shard is this or comes after it; every term of the one before comes before it.
    pub first: String,
    /// It begins with a summary: all documents that have a term which begins with `first`.
    pub is_summary: bool,
    /// Its terms and their documents.
    pub body: String,
}

/// What a reader sees of a document, where somebody knows.
pub type Text<'a> = Option<Cow<'a, Visible>>;

/// Indexes the published documents, of each of which a reader sees one of `texts`. Where the last build left its index, what has
/// not changed is taken from there, and the new one is given back.
pub fn search(
    filed: &[Filed],
    texts: Vec<Text<'_>>,
    vocab: &Vocabulary,
    before: Option<Indexed>,
) -> (Search, Option<Indexed>) {
    let is_kept = before.is_some();
    let Indexed { documents, words, rows } = Indexed::of(numbered(filed, texts), vocab, before);
    let (grams, in_rows) = grams(&rows, vocab);
    // Rows are most of the index: they go before the words are published, unless somebody wants them.
    let rows = is_kept.then_some(rows);
    let search = publish(&words, grams, &in_rows, vocab);
    (search, rows.map(|rows| Indexed { documents, words, rows }))
}

fn numbered<'a>(filed: &'a [Filed], texts: Vec<Text<'a>>) -> Vec<Numbered<'a>> {
    let documents = filed.iter().zip(texts).rev().zip(0..);
    documents.map(|((filed, text), number)| (number, filed, text)).collect()
}

/// The shards of rows, and the Korean words of the vocabulary that stand in them.
fn grams(rows: &Terms, vocab: &Vocabulary) -> (Vec<Shard>, BTreeMap<String, Vec<u32>>) {
    (plan::shards(rows, |_| true), meaning::in_rows(rows, &vocab.search))
}

fn publish(
    words: &Terms,
    grams: Vec<Shard>,
    in_rows: &BTreeMap<String, Vec<u32>>,
    vocab: &Vocabulary,
) -> Search {
    let meanings = meaning::meanings(words, in_rows, &vocab.search);
    let words = words.published(meanings);
    // Prefixes are asked for of words that are spelt with letters, not of Hangul, which is found by its rows.
    let sums_up = |first| !terms::is_hangul(first) && first != u16::from(b'#');
    let (word_shards, (aliases, spelling, hangul)) = rayon::join(
        || plan::shards(&words, sums_up),
        || {
            let aliases = alias::aliases(&words, vocab);
            let spelling = spelling::spelling(&words, &aliases);
            let hangul = spelling::hangul(&words, &aliases, in_rows);
            (aliases, spelling, hangul)
        },
    );
    Search { words: word_shards, grams, spelling, hangul, aliases }
}

/// The number of a document in the index of so many, and back.
pub fn number(documents: usize, id: FiledId) -> usize {
    documents - 1 - id
}
