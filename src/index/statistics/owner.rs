//! Who owns what was promised: one person is written in several ways, and several may stand in one cell.

use std::collections::BTreeMap;

use crate::vocab::Vocabulary;
use crate::vocab::meaning::{Leftover, Meaning};
use crate::vocab::pattern::is_hangul;

/// A name that stands beside others has so many words at most.
const MOST_WORDS: usize = 4;

/// Each owner that a text names, as written, with what all ways to write it have in common.
pub fn each<'o>(owner: &'o str, vocab: &Vocabulary) -> Vec<(String, String)> {
    let mut parts = vec![owner];
    for sign in [",", ";", "·", "、", " / ", " + "] {
        parts = parts.iter().flat_map(|part| part.split(sign)).collect();
    }
    let people = &vocab.people;
    let names = |part: &str| {
        let part = part.trim();
        let is_word = |word: &str| people.is_named(word) || people.is_group(word);
        part.starts_with('@') || part.chars().all(is_hangul) || part.split_whitespace().any(is_word)
    };
    // "CI/CD" and "Search and recommendations" may be one team: only persons and teams are divided.
    let joins = vocab.services.joins.iter().map(|join| format!(" {join} "));
    for sign in ["/", "&", "+"].map(str::to_owned).into_iter().chain(joins) {
        let divided = |part: &&'o str| -> Vec<&'o str> {
            let divided: Vec<&str> = part.split(sign.as_str()).collect();
            if divided.iter().all(|part| names(part)) { divided } else { vec![*part] }
        };
        parts = parts.iter().flat_map(divided).collect();
    }
    let is_name = |part: &&str| (1..=MOST_WORDS).contains(&part.split_whitespace().count());
    if !parts.iter().all(is_name) {
        parts = vec![owner];
    }
    let names = parts.into_iter().map(|part| bare(part).to_owned());
    let keyed = names.map(|name| {
        let key = name.strip_prefix('@').unwrap_or(&name);
        let key = key.split_once('@').map_or(key, |(local, _)| local).to_lowercase();
        (name, key)
    });
    keyed.filter(|(name, key)| !key.is_empty() && !is_nobody(name, vocab)).collect()
}

/// The way to write a name that is shown: not a handle or an address, with a capital, the most frequent.
pub fn best(spellings: BTreeMap<String, usize>) -> Option<String> {
    let rank = |(name, count): &(String, usize)| {
        (!name.contains('@'), name.starts_with(char::is_uppercase), *count)
    };
    spellings.into_iter().rev().max_by_key(rank).map(|(name, _)| name)
}

/// A name without the bracket behind it: `Ann (SRE)`.
fn bare(part: &str) -> &str {
    let name = part.split(['(', '（']).next().unwrap_or_default();
    let name = if name.trim().is_empty() { part } else { name };
    name.trim_matches(|sign: char| !sign.is_alphanumeric() && sign != '@')
}

fn is_nobody(name: &str, vocab: &Vocabulary) -> bool {
    let is_none = |meaning| {
        matches!(meaning, Meaning::Leftover(Leftover::Alone | Leftover::Nothing | Leftover::Nobody))
    };
    vocab
        .find(name)
        .iter()
        .any(|said| is_none(said.meaning) && said.start == 0 && said.end as usize == name.len())
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{best, each};
    use crate::vocab::Vocabulary;

    #[test]
    fn one_person_is_one_owner() {
        let vocab = Vocabulary::load(&[]).value;
        let keys = |owner: &str| -> Vec<String> {
            each(owner, &vocab).into_iter().map(|(_, key)| key).collect()
        };
        let spellings = ["Ann", "ann", "@ann", "Ann (SRE)", "ann@example.org", "**Ann**"];
        let all: BTreeSet<String> = spellings.iter().flat_map(|owner| keys(owner)).collect();
        assert_eq!(all, BTreeSet::from(["ann".to_owned()]));
        assert_eq!(keys("Ann, Bob"), ["ann", "bob"]);
        assert_eq!(keys("Bob / TBD"), ["bob"]);
        assert_eq!(keys("Unassigned"), [""; 0]);
        for team in
            ["Platform team", "CI/CD team", "R&D", "Trust & Safety", "Search and recommendations"]
        {
            assert_eq!(keys(team), [team.to_lowercase()]);
        }
        assert_eq!(keys("@ann/@bob"), ["ann", "bob"]);
        assert_eq!(keys("Ann and Peter"), ["ann", "peter"]);
        assert_eq!(keys("docs / front"), ["docs", "front"]);
        let shown =
            BTreeMap::from([("@ann".to_owned(), 5), ("Ann".to_owned(), 1), ("ann".to_owned(), 2)]);
        assert_eq!(best(shown).as_deref(), Some("Ann"));
    }
}
