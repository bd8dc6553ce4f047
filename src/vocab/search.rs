//! The words that the search knows: particles that Korean puts after a word, and what people call a concept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::source::Source;
use crate::diag::Diagnostic;
use crate::vocab::taxonomy::unreadable;

/// The name of the file in `data/`.
pub const FILE: &str = "data/search.toml";

/// Particles by the letter that they follow.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Particles {
    /// After any letter.
    pub any: Vec<String>,
    /// After a consonant.
    pub closed: Vec<String>,
    /// After a vowel.
    pub open: Vec<String>,
}

/// What the search knows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SearchWords {
    /// Endings of Korean words that are not part of them.
    pub particles: Particles,
    /// English words, in small letters, alone or two in a row, with what Korean says for them.
    pub words: BTreeMap<String, Vec<String>>,
    /// What a cause, a resolution or a detection is called, by its id.
    pub aliases: BTreeMap<String, Vec<String>>,
}

impl SearchWords {
    /// The built-in words and the site's own, which add to them.
    pub fn load(builtin: &[Source], site: &[Source], findings: &mut Vec<Diagnostic>) -> Self {
        let mut words = Self::default();
        for source in builtin.iter().chain(site).filter(|source| source.path.as_str() == FILE) {
            match toml::from_str::<Self>(&source.text) {
                Ok(more) => words.add(more),
                Err(error) => findings.push(unreadable(source, &error)),
            }
        }
        words
    }

    fn add(&mut self, more: Self) {
        unite(&mut self.particles.any, more.particles.any);
        unite(&mut self.particles.closed, more.particles.closed);
        unite(&mut self.particles.open, more.particles.open);
        for (word, korean) in more.words {
            unite(self.words.entry(word).or_default(), korean);
        }
        for (id, names) in more.aliases {
            unite(self.aliases.entry(id).or_default(), names);
        }
    }
}

/// Adds what is not there yet: a site may have a copy of our own file.
fn unite(known: &mut Vec<String>, more: Vec<String>) {
    for word in more {
        if !known.contains(&word) {
            known.push(word);
        }
    }
}
