//! Words that tell the name of a service from what stands beside it.

use std::collections::BTreeSet;

use crate::vocab::lexicon::Lexicon;
use crate::vocab::pattern::is_hangul;

/// The sort of lexicon file that these words stand in.
const SORT: &str = "services";
/// So many syllables behind a Korean word are its particle or ending.
const PARTICLE: usize = 3;

/// What is known of names of services, in lower case.
#[derive(Debug, Default)]
pub struct ServiceWords {
    /// What stands between two names.
    pub joins: Vec<String>,
    bearers: Vec<String>,
    kinds: BTreeSet<String>,
    vague: BTreeSet<String>,
    determiners: BTreeSet<String>,
    compounds: BTreeSet<String>,
    endings: BTreeSet<String>,
}

impl ServiceWords {
    /// Collects the words of all languages.
    pub fn load(lexicon: &Lexicon) -> Self {
        let words = |key: &str| lexicon.list(SORT, key).iter().map(|word| word.to_lowercase());
        Self {
            joins: words("joins").collect(),
            bearers: words("bearers").collect(),
            kinds: words("kinds").collect(),
            vague: words("vague").collect(),
            determiners: words("determiners").collect(),
            compounds: words("compounds").collect(),
            endings: words("endings").collect(),
        }
    }

    /// Whether a text may have a word in it that says so of what stands before it: quick, since most have none.
    pub fn may_bear(&self, text: &str) -> bool {
        self.bearers.iter().any(|bearer| {
            let mut windows = text.as_bytes().windows(bearer.len());
            windows.any(|window| window.eq_ignore_ascii_case(bearer.as_bytes()))
        })
    }

    /// Where the word ends that says of what stands before it that it is a service, and begins, within a word of the text:
    /// `service`, `서비스가`, `결제서비스`.
    pub fn bearer(&self, word: &str) -> Option<(usize, usize)> {
        let mut bearers = self.bearers.iter();
        bearers.find_map(|bearer| {
            if !bearer.starts_with(is_hangul) {
                return word.eq_ignore_ascii_case(bearer).then_some((0, word.len()));
            }
            let at = word.rfind(bearer.as_str())?;
            let end = at + bearer.len();
            let rest = word.get(end..)?;
            let is_particle = rest.chars().all(is_hangul) && rest.chars().count() <= PARTICLE;
            is_particle.then_some((at, end))
        })
    }

    /// Whether a word says which of them is meant: `the`.
    pub fn is_determiner(&self, word: &str) -> bool {
        self.determiners.contains(&word.to_lowercase())
    }

    /// Whether a word names nothing: what kind of thing it is, whose, or how much of it. Korean ones with what stands behind them.
    pub fn is_general(&self, word: &str) -> bool {
        let sets = [&self.kinds, &self.vague, &self.determiners];
        let lists = [&self.bearers, &self.joins];
        with_or_without_particle(word, |word| {
            sets.iter().any(|set| set.contains(word))
                || lists.iter().any(|list| list.iter().any(|known| known == word))
        })
    }

    /// Whether a word right behind "service" makes it something else: "service account".
    pub fn makes_compound(&self, word: &str) -> bool {
        with_or_without_particle(word, |word| self.compounds.contains(word))
    }

    /// Whether a Korean word goes on to the next one, as an adjective or a verb does, and so is no name by itself.
    pub fn leads_on(&self, word: &str) -> bool {
        self.endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }
}

/// Whether a word is known, a Korean one also by what stands before its particle.
fn with_or_without_particle(word: &str, is_known: impl Fn(&str) -> bool) -> bool {
    let lower = word.to_lowercase();
    let mut ends = lower.char_indices().rev().take(PARTICLE);
    is_known(&lower)
        || lower.starts_with(is_hangul)
            && ends.any(|(at, _)| lower.get(..at).is_some_and(&is_known))
}
