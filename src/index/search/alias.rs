//! What readers call a concept, in both languages, and the term that lists its documents.

use std::collections::BTreeMap;

use crate::index::search::collect::{DAY, concept};
use crate::index::search::terms::Terms;
use crate::index::search::token::{Token, stem, tokens};
use crate::model::kind::{Detection, Resolution};
use crate::vocab::Vocabulary;
use crate::vocab::search::Particles;

/// By the units of a name the terms of its concepts. Only concepts that some document has.
pub(super) fn aliases(words: &Terms, vocab: &Vocabulary) -> BTreeMap<String, Vec<String>> {
    let mut aliases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let present = concepts(words);
    let mut add = |term: &str, name: &str| {
        let key = key(name, &vocab.search.particles);
        let terms = aliases.entry(key).or_default();
        if present.binary_search_by(|known| known.as_str().cmp(term)).is_ok()
            && !terms.iter().any(|known| known == term)
        {
            terms.push(term.to_owned());
        }
    };
    for cause in vocab.taxonomy.concepts() {
        let term = concept("cause", &cause.id);
        add(&term, &cause.en);
        add(&term, &cause.ko);
    }
    for (id, names) in &vocab.search.aliases {
        let what = match () {
            () if Detection::parse(id).is_some() => "detection",
            () if Resolution::parse(id).is_some() => "resolution",
            () => "cause",
        };
        names.iter().for_each(|name| add(&concept(what, id), name));
    }
    aliases.retain(|key, terms| !key.is_empty() && !terms.is_empty());
    aliases
}

/// The concepts that documents have, in order.
fn concepts(words: &Terms) -> Vec<String> {
    let days = concept(DAY, "");
    let terms = (0..words.len()).map(|term| String::from_utf16_lossy(words.letters(term)));
    terms
        .skip_while(|term| !term.starts_with('#'))
        .take_while(|term| term.starts_with('#'))
        .filter(|term| !term.starts_with(&days))
        .collect()
}

/// A name as its units: stems of words with spaces between, Hangul without.
fn key(name: &str, particles: &Particles) -> String {
    let mut key = String::new();
    tokens(name, particles, |token| {
        if !key.is_empty() {
            key.push(' ');
        }
        match token {
            Token::Word(word) => key.push_str(&stem(&word.text)),
            Token::Run(run) => key.push_str(&run.syllables),
            Token::Initials(initials) => key.push_str(initials),
        }
    });
    key
}
