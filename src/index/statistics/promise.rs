//! What was promised more than once: actions of different incidents that say nearly the same, in one language
//! or in both.
//!
//! An action is the set of its words and of the concepts that the vocabulary finds in it. Two actions of one
//! language are alike by words and concepts, two of different languages by concepts and by what both
//! write in Latin letters. Rare words weigh more than frequent ones, which makes a list of stop words needless.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::base::digest::{Digest, Digester};
use crate::base::hash::Hash;
use crate::index::{Archive, FiledId};
use crate::model::action::Action;
use crate::model::kind::Lang;
use crate::vocab::Vocabulary;
use crate::vocab::meaning::Meaning;
use crate::vocab::pattern::is_word;

/// One promise, made by several incidents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Its actions, the oldest first.
    pub made: Vec<Promised>,
}

/// An action by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Promised {
    /// The document.
    pub id: FiledId,
    /// Its place among the document's actions.
    pub action: usize,
}

/// From this likeness on two actions are one promise.
const ALIKE: f64 = 0.5;
/// Actions of different languages need so much more of it.
const ACROSS: f64 = 0.7;
/// An action with fewer words says too little to be compared.
const FEWEST: usize = 3;
/// So many earlier promises that share a word are looked at, the latest first: more would make the work grow
/// with the square of the actions.
const LOOK_BACK: usize = 24;

/// Promises, and what all that they were found from is known by.
pub type Kept = (Digest, Vec<Promise>);

/// What all actions are known by; `wishes` is of settings and words.
pub(in crate::index) fn digest(archive: &Archive, wishes: &Digester) -> Digest {
    let mut digester = wishes.clone();
    for id in archive.leading() {
        let incident = &archive.filed[id].case.incident;
        digester.add(&id.to_le_bytes()).add(&incident.actions.len().to_le_bytes());
        digester.add(incident.lang.as_str().as_bytes());
        for action in &incident.actions {
            digester.add(action.text.as_bytes());
        }
    }
    digester.finish()
}

/// All promises that were made by more than one incident, the most often made first.
pub(in crate::index) fn promises(archive: &Archive, vocab: &Vocabulary) -> Vec<Promise> {
    let filed: Vec<FiledId> = archive.leading().rev().collect();
    let mut said: Vec<Said> = filed
        .par_iter()
        .flat_map_iter(|&id| {
            let incident = &archive.filed[id].case.incident;
            let numbered = incident.actions.iter().enumerate();
            numbered.map(move |(action, of)| {
                Said::of(Promised { id, action }, of, incident.lang, vocab)
            })
        })
        .collect();
    said.retain(|said| said.words.len() >= FEWEST);
    let weights = Weights::of(&said);
    for said in &mut said {
        said.weights = said.words.iter().map(|&word| weights.weight(word)).collect();
    }
    let mut promises: Vec<Promise> = group(&said)
        .into_iter()
        .filter(|promise| promise.made.iter().any(|made| made.id != promise.made[0].id))
        .collect();
    promises.sort_by_key(|promise| {
        (
            std::cmp::Reverse(promise.made.len()),
            promise.made.last().map(|made| (made.id, made.action)),
        )
    });
    promises
}

/// What an action says.
struct Said {
    place: Promised,
    lang: Lang,
    /// All words and concepts, sorted, each once.
    words: Vec<Word>,
    /// How much each of them weighs, in the same order.
    weights: Vec<f64>,
}

/// A word, as the hash of its stem or of the concept that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Word {
    hash: u64,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    /// What kind of measure: shared by too many actions to say much by itself.
    Theme,
    /// A cause or a remedy, the same in both languages.
    Concept,
    /// A word in Latin letters or a number, which either language may write.
    Latin,
    /// A pair of syllables.
    Hangul,
}

impl Said {
    fn of(place: Promised, action: &Action, lang: Lang, vocab: &Vocabulary) -> Self {
        let text = without_remark(&action.text);
        let mut words: Vec<Word> =
            vocab.find(text).iter().filter_map(|mention| concept(mention.meaning)).collect();
        for run in text.split(|letter: char| !is_word(letter)).filter(|run| !run.is_empty()) {
            stems(run, &mut words);
        }
        words.sort_unstable();
        words.dedup();
        Self { place, lang, words, weights: Vec::new() }
    }

    /// Its words with their weights.
    fn weighed(&self) -> impl Iterator<Item = (Word, f64)> {
        self.words.iter().copied().zip(self.weights.iter().copied())
    }
}

/// The text without the remark in brackets at its end, which names people and days.
fn without_remark(text: &str) -> &str {
    let text = text.trim_end_matches(['.', ' ']);
    match text.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        Some(at) if at > text.len() / 3 => text.get(..at).unwrap_or(text),
        _ => text,
    }
}

fn concept(meaning: Meaning) -> Option<Word> {
    let (kind, name) = match meaning {
        Meaning::Theme(theme) => (Kind::Theme, hash(theme.as_str())),
        Meaning::Resolution(resolution, _) => (Kind::Concept, hash(resolution.as_str())),
        Meaning::Cause(cause, _) => (Kind::Concept, u64::from(cause)),
        _ => return None,
    };
    Some(Word { hash: name, kind })
}

/// Adds a run of letters as words: the beginning of a Latin word, the pairs of syllables of a Korean one.
fn stems(run: &str, words: &mut Vec<Word>) {
    let letters: Vec<char> = run.chars().flat_map(char::to_lowercase).collect();
    let word = |letters: &[char], kind: Kind| {
        let mut hash = Hash::default();
        for letter in letters {
            hash.write(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
        Word { hash: hash.number(), kind }
    };
    let is_latin = |letter: &char| letter.is_ascii();
    for part in letters.chunk_by(|a, b| is_latin(a) == is_latin(b)) {
        if part.iter().all(is_latin) {
            let stem = part.strip_suffix(&['s']).filter(|stem| stem.len() >= 3).unwrap_or(part);
            words.push(word(&stem[..stem.len().min(STEM)], Kind::Latin));
        } else if part.len() == 1 {
            words.push(word(part, Kind::Hangul));
        } else {
            words.extend(part.windows(2).map(|pair| word(pair, Kind::Hangul)));
        }
    }
}

/// So many letters of a Latin word tell it from others and leave its ending out.
const STEM: usize = 5;

/// A number for a word: the same on every machine, so that ties fall the same way.
fn hash(text: &str) -> u64 {
    let mut hash = Hash::default();
    hash.write(text.as_bytes());
    hash.number()
}

/// How much each word weighs: the rarer, the more.
struct Weights {
    words: Vec<(Word, f64)>,
}

impl Weights {
    fn of(said: &[Said]) -> Self {
        let mut all: Vec<Word> = said.iter().flat_map(|said| said.words.iter().copied()).collect();
        all.par_sort_unstable();
        let count = said.len() as f64;
        let words = all
            .chunk_by(|a, b| a == b)
            .map(|same| (same[0], (1.0 + count / same.len() as f64).ln()))
            .collect();
        Self { words }
    }

    fn weight(&self, word: Word) -> f64 {
        let at = self.words.binary_search_by(|(known, _)| known.cmp(&word));
        at.map_or(0.0, |at| self.words[at].1)
    }
}

/// Puts each action to the earlier promise that it is most like, or makes it a new one.
fn group(said: &[Said]) -> Vec<Promise> {
    let mut promises: Vec<Promise> = Vec::new();
    // Each promise stands for itself by its first action.
    let mut first: Vec<usize> = Vec::new();
    let mut by_word: HashMap<Word, Vec<usize>, FixedState> = HashMap::default();
    for (number, action) in said.iter().enumerate() {
        let mut candidates: Vec<usize> = Vec::new();
        let keys = keys(action);
        for key in &keys {
            let known = by_word.get(key).map_or(&[][..], Vec::as_slice);
            candidates.extend(known.iter().rev().take(LOOK_BACK));
        }
        candidates.sort_unstable();
        candidates.dedup();
        let likeness = |&promise: &usize| (promise, likeness(&said[first[promise]], action));
        let best = candidates
            .iter()
            .map(likeness)
            .filter(|(_, likeness)| *likeness >= ALIKE)
            .max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        match best {
            Some((promise, _)) => promises[promise].made.push(action.place),
            None => {
                for key in keys {
                    by_word.entry(key).or_default().push(promises.len());
                }
                first.push(number);
                promises.push(Promise { made: vec![action.place] });
            }
        }
    }
    promises
}

/// The words by which an action is found: two that are alike share one of the heavier half of their words.
fn keys(said: &Said) -> Vec<Word> {
    let mut words: Vec<(f64, Word)> =
        said.weights.iter().copied().zip(said.words.iter().copied()).collect();
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let half = words.len().div_ceil(2);
    // Concepts are how the other language finds it.
    let (heavy, light) = words.split_at(half);
    let concepts = light.iter().filter(|(_, word)| word.kind == Kind::Concept);
    heavy.iter().chain(concepts).map(|&(_, word)| word).collect()
}

/// From 0 to 1: the weight of what both say over the weight of what either says.
fn likeness(one: &Said, other: &Said) -> f64 {
    let across = one.lang != other.lang;
    let (mut shared, mut all, mut telling) = (0.0, 0.0, 0);
    let (mut a, mut b) = (one.weighed().peekable(), other.weighed().peekable());
    loop {
        let order = match (a.peek(), b.peek()) {
            (Some((one, _)), Some((other, _))) => one.cmp(other),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => break,
        };
        let word = match order {
            std::cmp::Ordering::Less => a.next(),
            std::cmp::Ordering::Greater => b.next(),
            std::cmp::Ordering::Equal => {
                a.next();
                b.next()
            }
        };
        let Some((word, weight)) = word else { break };
        if order.is_eq() {
            shared += weight;
            all += weight;
            telling += usize::from(word.kind != Kind::Theme);
        } else if !across || counts_across(word, if order.is_lt() { one } else { other }) {
            all += weight;
        }
    }
    // Between languages one word in common, or the kind of measure alone, is not a promise in common.
    if all == 0.0 || across && telling < 2 {
        return 0.0;
    }
    // What is compared across languages is little, so it must agree better.
    if across { shared / all * ACROSS } else { shared / all }
}

/// Whether a word that the other language's action lacks speaks against their being the same: concepts do, and
/// so do the Latin words of a Korean one, which an English one would have as well.
fn counts_across(word: Word, of: &Said) -> bool {
    match word.kind {
        Kind::Theme | Kind::Concept => true,
        Kind::Latin => of.lang == Lang::Ko,
        Kind::Hangul => false,
    }
}
