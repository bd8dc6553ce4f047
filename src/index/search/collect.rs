//! Reads every document: which units it has, and how much it says about each.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::case::Visible;
use crate::index::Filed;
use crate::index::facet::{Facet, names};
use crate::index::search::Text;
use crate::index::search::compound::compounds;
use crate::index::search::letters::{initial, is_syllable};
use crate::index::search::rows::Rows;
use crate::index::search::terms::BODY;
use crate::index::search::token::{Token, tokens};
use crate::index::search::words::Words;
use crate::parse::parse;
use crate::vocab::Vocabulary;
use crate::vocab::search::Particles;

/// What a unit is worth by where it stands.
const TITLE: u16 = 6;
const NAME: u16 = 4;
const HEADING: u16 = 3;
/// The usual parameter of BM25: how much long documents are held back.
const LENGTH: f32 = 0.4;
/// The length that is neither held back nor brought forward, in units. Fixed, so that what a document is worth does
/// not depend on the other documents.
const USUAL: f32 = 350.0;
/// Hangul words of so many syllables are asked for as words: they stand in many longer ones. The others are found by their rows.
const SHORT: usize = 3;
/// Documents are read in so many parts at once, each of which knows its own words.
const PARTS: usize = 16;

/// What some documents in a row have.
#[derive(Default)]
pub(super) struct Part {
    pub(super) words: Words,
    pub(super) rows: Rows,
    /// Units of the document that is being read.
    length: f32,
}

/// A document by its number, with what a reader sees of it.
pub(super) type Numbered<'a> = (u32, &'a Filed, Text<'a>);

/// Reads documents in order of their numbers, in parts in that order. What a reader sees of one goes as soon as it is read.
pub(super) fn collect(documents: Vec<Numbered<'_>>, vocab: &Vocabulary) -> Vec<Part> {
    let size = documents.len().div_ceil(PARTS).max(1);
    let parts = documents.into_par_iter().chunks(size).map(|some| {
        let mut part = Part::default();
        for (number, filed, text) in some {
            let see = || Cow::Owned(Visible::of(parse(&filed.case.source).value));
            let visible = text.unwrap_or_else(see);
            part.document(number, filed, &visible, vocab);
        }
        part
    });
    parts.collect()
}

impl Part {
    fn document(&mut self, number: u32, filed: &Filed, visible: &Visible, vocab: &Vocabulary) {
        self.length = 0.0;
        self.facts(filed, vocab);
        self.body(visible, &vocab.search.particles);
        let holds_back = 1.0 - LENGTH + LENGTH * self.length / USUAL;
        self.words.finish(number, holds_back);
        self.rows.finish(number, holds_back);
    }

    /// What is known about a document.
    fn facts(&mut self, filed: &Filed, vocab: &Vocabulary) {
        let incident = &filed.case.incident;
        let particles = &vocab.search.particles;
        self.text(incident.title(), TITLE, particles);
        self.initials(incident.title(), TITLE, particles);
        for service in names(Facet::Service, incident, vocab) {
            self.text(&service, NAME, particles);
            self.initials(&service, NAME, particles);
        }
        let severity = incident.severity.value();
        for name in incident.tags.iter().chain(severity) {
            self.text(name, NAME, particles);
        }
        // Whatever way the text writes its day.
        if let Some(day) = incident.date.value().filter(|date| date.is_whole()) {
            self.words.add(&concept(DAY, &day.to_string()), NAME);
        }
        for (facet, what) in [
            (Facet::Cause, "cause"),
            (Facet::Detection, "detection"),
            (Facet::Resolution, "resolution"),
        ] {
            for name in names(facet, incident, vocab) {
                if let Some(concept) = vocab.taxonomy.get(&name) {
                    // Less than what the title itself says, so that it comes first.
                    self.initials(&concept.ko, HEADING, particles);
                }
                self.words.add(&concept(what, &name), NAME);
            }
        }
    }

    /// What a document says.
    fn body(&mut self, visible: &Visible, particles: &Particles) {
        let mut at = 0;
        let mut headings = visible.headings.iter().peekable();
        for line in visible.text.split_inclusive('\n') {
            while headings.next_if(|heading| heading.end <= at).is_some() {}
            let in_heading = headings.peek().is_some_and(|heading| heading.start <= at);
            self.text(line, if in_heading { HEADING } else { BODY }, particles);
            at += line.len() as u32;
        }
    }

    fn text(&mut self, text: &str, worth: u16, particles: &Particles) {
        let Self { words, rows, length } = self;
        compounds(text, |compound| words.add(compound, worth));
        tokens(text, particles, |token| {
            *length += 1.0;
            match token {
                Token::Word(word) => {
                    words.add(&word.text, worth);
                    word.parts.iter().for_each(|part| words.add(part, worth));
                }
                Token::Run(run) => {
                    rows.add(run.syllables.chars(), worth);
                    for word in run.words() {
                        *length += 1.0;
                        if word.chars().nth(SHORT).is_none() {
                            words.add(word, worth);
                        }
                    }
                }
                Token::Initials(initials) => rows.add(initials.chars(), worth),
            }
        });
    }

    /// The initials of the Hangul of a name: `ㄷㄷㄹ` for `데드락`.
    fn initials(&mut self, text: &str, worth: u16, particles: &Particles) {
        tokens(text, particles, |token| {
            if let Token::Run(run) = token {
                let syllables = run.syllables.chars().filter(|letter| is_syllable(*letter));
                self.rows.add(syllables.map(initial), worth);
            }
        });
    }
}

/// What the terms of days begin with: nobody calls a day by another name.
pub(super) const DAY: &str = "day";

/// The term that lists the documents of a concept.
pub(super) fn concept(what: &str, id: &str) -> String {
    format!("#{what}/{id}")
}
