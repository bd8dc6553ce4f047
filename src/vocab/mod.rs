//! What words mean: the lexicons of both languages and the taxonomy of causes, ready to search.
//!
//! Words are data. They stand in `data/`, a site may add its own, and nothing here knows documents.

pub mod pattern;
pub mod matcher;
pub mod meaning;
mod sheet;
pub mod levels;
pub mod lexicon;
pub mod taxonomy;
pub mod clock;
pub mod people;
pub mod services;
pub mod search;
pub mod secret;
pub mod builtin;

use crate::base::source::Source;
use crate::diag::{Diagnosed, Diagnostic};
use crate::vocab::clock::ClockWords;
use crate::vocab::levels::Levels;
use crate::vocab::lexicon::Lexicon;
use crate::vocab::matcher::Matcher;
use crate::vocab::meaning::Meaning;
use crate::vocab::people::People;
use crate::vocab::search::SearchWords;
use crate::vocab::secret::Secrets;
use crate::vocab::services::ServiceWords;
use crate::vocab::taxonomy::Taxonomy;

/// All words that this run knows.
pub struct Vocabulary {
    /// The causes and what they are called.
    pub taxonomy: Taxonomy,
    /// Months, weekdays, zones, units.
    pub clock: ClockWords,
    /// Which level of severity is worse.
    pub levels: Levels,
    /// What tells a person by the name.
    pub people: People,
    /// What tells the name of a service.
    pub services: ServiceWords,
    /// Particles and aliases.
    pub search: SearchWords,
    /// What must not be published looks like this.
    pub secrets: Secrets,
    meanings: Vec<Meaning>,
    matcher: Matcher,
}

/// A phrase in a text and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What it means.
    pub meaning: Meaning,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Vocabulary {
    /// Reads the built-in words and then the site's own, which add to them or replace them. A phrase
    /// that cannot be read is left out with a finding.
    pub fn load(site: &[Source]) -> Diagnosed<Self> {
        let mut findings: Vec<Diagnostic> = Vec::new();
        let builtin = builtin::sources();
        let taxonomy = Taxonomy::load(&builtin, site, &mut findings);
        let lexicon = Lexicon::load(&builtin, site, &taxonomy, &mut findings);
        let clock = ClockWords::load(&lexicon);
        let levels = Levels::load(&lexicon);
        let people = People::load(&lexicon);
        let services = ServiceWords::load(&lexicon);
        let search = SearchWords::load(&builtin, site, &mut findings);
        let secrets = Secrets::load(&builtin, site, &mut findings);
        let breaks = lexicon.breaks();
        let (meanings, patterns) = lexicon.into_phrases();
        let numbered =
            patterns.into_iter().enumerate().map(|(entry, pattern)| (entry as u32, pattern));
        let matcher = Matcher::new(numbered, breaks);
        let value =
            Self { taxonomy, clock, levels, people, services, search, secrets, meanings, matcher };
        Diagnosed { value, findings }
    }

    /// All phrases of the lexicons that stand in `text`, by place.
    pub fn find(&self, text: &str) -> Vec<Mention> {
        let found = self.matcher.find(text).into_iter();
        found
            .map(|mention| Mention {
                meaning: self.meanings[mention.entry as usize],
                start: mention.start,
                end: mention.end,
            })
            .collect()
    }
}
