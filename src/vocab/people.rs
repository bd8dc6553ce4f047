//! Words that tell whether something that stands where a name may stand is the name of a person.

use std::collections::BTreeSet;

use crate::vocab::lexicon::Lexicon;
use crate::vocab::pattern::is_hangul;

/// The sort of lexicon file that these words stand in.
const SORT: &str = "people";
/// A name in Hangul that no document lists has so many syllables.
const SYLLABLES: usize = 3;

/// What is known of names, in lower case.
#[derive(Debug, Default)]
pub struct People {
    /// Given names that are not also other words.
    pub given: BTreeSet<String>,
    /// What may stand before a name.
    pub titles: BTreeSet<String>,
    /// Labels before the names of people.
    pub listings: BTreeSet<String>,
    /// What only goes on about people.
    pub clauses: BTreeSet<String>,
    /// What teams are named after, which other things may be as well.
    pub units: BTreeSet<String>,
    /// What stands between a name and what somebody promised to do.
    pub promises: BTreeSet<String>,
    groups: BTreeSet<String>,
    ranks: BTreeSet<String>,
    given_behind: BTreeSet<String>,
    surnames: BTreeSet<String>,
    others: BTreeSet<String>,
    particles: BTreeSet<String>,
}

impl People {
    /// Collects the words of all languages.
    pub fn load(lexicon: &Lexicon) -> Self {
        let words = |key: &str| lexicon.list(SORT, key).iter().map(|word| word.to_lowercase());
        Self {
            given: words("given").collect(),
            titles: words("title").collect(),
            listings: words("listing").collect(),
            clauses: words("clause").collect(),
            units: words("unit").collect(),
            promises: words("promise").collect(),
            groups: words("group").collect(),
            ranks: words("rank").collect(),
            given_behind: words("given-behind").collect(),
            surnames: words("surname").collect(),
            others: words("not-name").collect(),
            particles: words("particle").collect(),
        }
    }

    /// Whether a word names something else than a person: a group, a part of a product. Words of Hangul by how they end.
    pub fn is_other(&self, word: &str) -> bool {
        if word.starts_with(is_hangul) {
            return self.others.iter().any(|other| word.ends_with(other.as_str()));
        }
        self.others.contains(&word.to_lowercase())
    }

    /// Whether a word has the shape of a full name in Hangul.
    pub fn is_korean_name(&self, word: &str) -> bool {
        let mut letters = word.chars();
        let surname = letters.next().map(String::from).unwrap_or_default();
        word.chars().count() == SYLLABLES
            && word.chars().all(is_hangul)
            && self.surnames.contains(&surname)
            && !self.is_other(word)
    }

    /// Whether a word is known to name a person: `mira`, `mira.chen`, `김민지`, `김과장`, `민지님`.
    pub fn is_named(&self, word: &str) -> bool {
        if word.starts_with(is_hangul) {
            let is_ranked = |rank: &String| {
                word.strip_suffix(rank.as_str()).is_some_and(|name| !name.is_empty())
            };
            let mut letters = word.chars();
            letters.next();
            let given = letters.as_str();
            return self.ranks.iter().any(is_ranked)
                || self.is_korean_name(word) && self.given_behind.contains(given);
        }
        let lower = word.trim_start_matches('@').to_lowercase();
        self.given.contains(lower.split('.').next().unwrap_or_default())
    }

    /// Whether a word is, or ends with, what only teams are called.
    pub fn is_group(&self, word: &str) -> bool {
        if word.ends_with(is_hangul) {
            return self.groups.iter().any(|group| word.ends_with(group.as_str()));
        }
        self.groups.contains(&word.to_lowercase())
    }

    /// A word without the particle or ending that says whose something is or who does it; none where it has none.
    pub fn bare<'a>(&self, word: &'a str) -> Option<&'a str> {
        let without =
            self.particles.iter().filter_map(|particle| word.strip_suffix(particle.as_str()));
        without.filter(|bare| !bare.is_empty()).min_by_key(|bare| bare.len())
    }
}
