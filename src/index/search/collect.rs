//! Finds the units of every document and how much each one says about it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::index::Filed;
use crate::index::facet::{Facet, names};
use crate::index::search::letters::{initial, is_syllable};
use crate::index::search::terms::{Gram, Kind};
use crate::index::search::token::{Token, tokens};
use crate::vocab::Vocabulary;
use crate::vocab::search::Particles;

/// Words with their postings, in order of documents. A posting is `document << 3 | level`.
pub(super) type Words = BTreeMap<(String, Kind), Vec<u32>>;

/// What a unit is worth by where it stands.
const TITLE: f32 = 6.0;
const NAME: f32 = 4.0;
const HEADING: f32 = 3.0;
const BODY: f32 = 1.0;
/// The usual parameters of BM25: how soon a repeated unit says nothing new, how much long documents are held back.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.4;
/// The length that is neither held back nor brought forward, in units. Fixed, so that what a document is worth does
/// not depend on the other documents.
const USUAL: f32 = 350.0;
/// Worth is kept in so many levels.
const LEVELS: f32 = 8.0;
/// So many documents are counted by one thread before the counts are joined.
const CHUNK: usize = 512;

/// All units of all documents.
pub(super) fn collect(filed: &[Filed], vocab: &Vocabulary) -> (Words, Vec<Gram>) {
    let chunks: Vec<(Words, Vec<Gram>)> = filed
        .par_chunks(CHUNK)
        .enumerate()
        .map(|(number, chunk)| {
            let (mut words, mut grams) = (Words::new(), Vec::new());
            for (place, filed) in chunk.iter().enumerate() {
                let mut units = Units::default();
                units.document(filed, vocab);
                units.finish((number * CHUNK + place) as u32, &mut words, &mut grams);
            }
            (words, grams)
        })
        .collect();
    let mut words = Words::new();
    let mut grams = Vec::with_capacity(chunks.iter().map(|(_, grams)| grams.len()).sum());
    for (more, mut rows) in chunks {
        for (term, mut postings) in more {
            words.entry(term).or_default().append(&mut postings);
        }
        grams.append(&mut rows);
    }
    grams.par_sort_unstable();
    (words, grams)
}

/// The units of one document with what each is worth, before they are counted together.
#[derive(Default)]
struct Units {
    words: Vec<(String, Kind, f32)>,
    grams: Vec<(u128, f32)>,
    length: f32,
}

impl Units {
    fn document(&mut self, filed: &Filed, vocab: &Vocabulary) {
        let incident = &filed.case.incident;
        let visible = &filed.case.visible;
        let particles = &vocab.search.particles;
        self.text(incident.title(), TITLE, particles);
        self.initials(incident.title(), TITLE, particles);
        for service in names(Facet::Service, incident, vocab) {
            self.text(&service, NAME, particles);
            self.initials(&service, NAME, particles);
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
                self.words.push((concept(what, &name), Kind::Exact, NAME));
            }
        }
        let mut at = 0;
        let mut headings = visible.headings.iter().peekable();
        for line in visible.text.split_inclusive('\n') {
            while headings.next_if(|heading| heading.end <= at).is_some() {}
            let in_heading = headings.peek().is_some_and(|heading| heading.start <= at);
            self.text(line, if in_heading { HEADING } else { BODY }, particles);
            at += line.len() as u32;
        }
    }

    fn text(&mut self, text: &str, worth: f32, particles: &Particles) {
        for token in tokens(text, particles) {
            self.length += 1.0;
            match token {
                Token::Word(word) => {
                    for part in word.parts {
                        self.words.push((part, Kind::Exact, worth));
                    }
                    if word.stem != word.text {
                        self.words.push((word.stem, Kind::Stem, worth));
                    }
                    self.words.push((word.text, Kind::Exact, worth));
                }
                Token::Run(run) => {
                    self.length += run.words.len() as f32;
                    self.rows(run.syllables.chars(), worth);
                    let words = run.words.into_iter();
                    self.words.extend(words.map(|word| (word, Kind::Exact, worth)));
                }
                Token::Initials(initials) => self.rows(initials.chars(), worth),
            }
        }
    }

    /// The initials of the Hangul of a name: `ㄷㄷㄹ` for `데드락`.
    fn initials(&mut self, text: &str, worth: f32, particles: &Particles) {
        for token in tokens(text, particles) {
            if let Token::Run(run) = token {
                self.rows(run.syllables.chars().filter(|c| is_syllable(*c)).map(initial), worth);
            }
        }
    }

    /// From every letter the row of up to five that begins there.
    fn rows(&mut self, letters: impl Iterator<Item = char>, worth: f32) {
        let letters: Vec<char> = letters.collect();
        let rows = (0..letters.len()).map(|from| Gram::key(letters[from..].iter().copied()));
        self.grams.extend(rows.map(|key| (key, worth)));
    }

    /// Counts alike units together.
    fn finish(mut self, document: u32, words: &mut Words, grams: &mut Vec<Gram>) {
        let holds_back = 1.0 - LENGTH + LENGTH * self.length / USUAL;
        let posting = |worth: f32| {
            let level = worth / (worth + SATURATION) * LEVELS;
            document << 3 | (level as u32).min(LEVELS as u32 - 1)
        };
        // Only what the body says often counts for less in a long document.
        let add =
            |sum: f32, worth: f32| sum + if worth > BODY { worth } else { worth / holds_back };
        self.grams.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for same in self.grams.chunk_by(|a, b| a.0 == b.0) {
            let worth = same.iter().fold(0.0, |sum, (_, worth)| add(sum, *worth));
            grams.push(Gram::new(same[0].0, posting(worth)));
        }
        self.words.sort_unstable_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)).then(a.2.total_cmp(&b.2)));
        let mut rest = self.words.into_iter().peekable();
        while let Some((word, kind, worth)) = rest.next() {
            let mut sum = add(0.0, worth);
            while let Some((_, _, more)) = rest.next_if(|next| next.0 == word && next.1 == kind) {
                sum = add(sum, more);
            }
            words.entry((word, kind)).or_default().push(posting(sum));
        }
    }
}

/// The term that lists the documents of a concept.
pub(super) fn concept(what: &str, id: &str) -> String {
    format!("#{what}/{id}")
}
