//! Lexicon files: which phrases mean what.
//!
//! A file `data/lexicon/LANG/SORT.toml` maps a meaning to its phrases (`pattern.rs` says how they are
//! written). A site's own file of the same name adds to ours; with `replace = true` it stands alone.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;

use crate::base::nearest::nearest;
use crate::base::source::Source;
use crate::diag::{Diagnostic, code};
use crate::model::action::{Status, Term, Theme};
use crate::model::kind::{Detection, Resolution};
use crate::model::timeline::EntryKind;
use crate::vocab::meaning::{
    Blame, Boilerplate, Cue, Event, Label, Leftover, Meaning, SectionRole, Share, Strength,
};
use crate::vocab::pattern::{Classes, Pattern, variants};
use crate::vocab::sheet::{Entry, Grade, Sheet, unknown};
use crate::vocab::taxonomy::Taxonomy;

/// All phrases with their meanings, and the raw lists of the sorts that others read.
#[derive(Default)]
pub struct Lexicon {
    phrases: Vec<(Meaning, Pattern)>,
    /// `sort` → `key` → phrases, for the words of the clock, of people and of services.
    lists: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// By language, what `{name}` stands for.
    classes: BTreeMap<String, Classes>,
    /// The sorts and keys of our own files.
    known: BTreeSet<(String, String)>,
    /// The words that begin another clause, of all languages.
    breaks: BTreeSet<String>,
}

/// Sorts whose phrases are not searched for: those read one by one, and the lists that phrases name.
const LISTED: [&str; 4] = ["clock", "levels", "people", "services"];
const WORDS: &str = "words";
const CAUSES: &str = "causes";
const BREAKS: &str = "breaks";

impl Lexicon {
    /// Reads all lexicon files.
    pub fn load(
        builtin: &[Source],
        site: &[Source],
        taxonomy: &Taxonomy,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut files: BTreeMap<&str, Vec<Sheet<'_>>> = BTreeMap::new();
        let mut known = BTreeSet::new();
        for (at, source) in builtin.iter().chain(site).enumerate() {
            let Some(name) = source.path.as_str().strip_prefix("data/lexicon/") else { continue };
            let sheet = Sheet::read(source, findings);
            if at < builtin.len() {
                let keys = sheet.entries.iter().map(|entry| entry.key.get_ref().clone());
                known.extend(keys.map(|key| (sort_of(name).to_owned(), key)));
            }
            let versions = files.entry(name).or_default();
            if sheet.replaces {
                versions.clear();
            }
            versions.push(sheet);
        }
        let mut lexicon = Self { known, ..Self::default() };
        // Phrases of any file may name the lists of `words.toml`.
        let (lists, phrases): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(name, _)| sort_of(name) == WORDS);
        for (name, sheets) in lists.into_iter().chain(phrases) {
            for Sheet { source, entries, .. } in sheets {
                for entry in entries {
                    lexicon.add(name, entry, taxonomy, source, findings);
                }
            }
        }
        lexicon
    }

    fn add(
        &mut self,
        name: &str,
        entry: Entry,
        taxonomy: &Taxonomy,
        source: &Source,
        findings: &mut Vec<Diagnostic>,
    ) {
        let (sort, key) = (sort_of(name), entry.key.get_ref().as_str());
        let lang = name.split('/').next().unwrap_or_default();
        if sort == WORDS {
            self.name(lang, key, entry.phrases);
        } else if LISTED.contains(&sort) && self.known.contains(&(sort.to_owned(), key.to_owned()))
        {
            self.list_words(sort, key, entry.phrases, source, findings);
        } else if let Some(meaning) = meaning(sort, key, entry.grade, taxonomy) {
            let none = Classes::new();
            let classes = self.classes.get(lang).unwrap_or(&none);
            for phrase in entry.phrases {
                let (place, phrase) = (phrase.span(), phrase.into_inner());
                match Pattern::parse(&phrase, classes) {
                    Ok(pattern) => self.phrases.push((meaning, pattern)),
                    Err(part) => findings.push(misplaced(source, &phrase, part, place)),
                }
            }
        } else {
            findings.push(self.strange(sort, key, taxonomy, source, entry.key.span()));
        }
    }

    /// A finding for a key that means nothing in files of a sort. Their keys are those of our own files; causes are those of
    /// the taxonomy, and too many to be listed.
    fn strange(
        &self,
        sort: &str,
        key: &str,
        taxonomy: &Taxonomy,
        source: &Source,
        place: Range<usize>,
    ) -> Diagnostic {
        let finding = unknown(source, key, place);
        if sort == CAUSES {
            let ids = taxonomy.concepts().iter().map(|concept| concept.id.as_str());
            return finding.nearest(nearest(key, ids)).phrase("help", "meaning_causes");
        }
        let of_sort: BTreeSet<&str> =
            self.known.iter().filter(|(of, _)| of == sort).map(|(_, key)| key.as_str()).collect();
        let right = nearest(key, of_sort.iter().copied());
        finding.nearest(right).allowed(of_sort).phrase("help", "meaning_keys")
    }

    /// A list that phrases may name.
    fn name(&mut self, lang: &str, key: &str, words: Vec<Spanned<String>>) {
        let classes = self.classes.entry(lang.to_owned()).or_default();
        let class = classes.entry(key.to_owned()).or_default();
        for word in words {
            class.extend(variants(&word.get_ref().to_lowercase()));
            if key == BREAKS {
                self.breaks.insert(word.into_inner());
            }
        }
    }

    /// A list of words that are read one by one. An empty word would stand everywhere.
    fn list_words(
        &mut self,
        sort: &str,
        key: &str,
        words: Vec<Spanned<String>>,
        source: &Source,
        findings: &mut Vec<Diagnostic>,
    ) {
        let list =
            self.lists.entry(sort.to_owned()).or_default().entry(key.to_owned()).or_default();
        for word in words {
            if word.get_ref().is_empty() {
                findings.push(misplaced(source, "", "", word.span()));
            } else {
                list.push(word.into_inner());
            }
        }
    }

    /// The words that begin another clause, of all languages: `breaks` of `words.toml`.
    pub fn breaks(&self) -> BTreeSet<String> {
        self.breaks.clone()
    }

    /// The phrases of one key of a sort that is read word by word.
    pub fn list(&self, sort: &str, key: &str) -> &[String] {
        self.lists.get(sort).and_then(|keys| keys.get(key)).map_or(&[], Vec::as_slice)
    }

    /// All searchable phrases: meanings and patterns in the same order.
    pub fn into_phrases(self) -> (Vec<Meaning>, Vec<Pattern>) {
        self.phrases.into_iter().unzip()
    }
}

/// `en/causes.toml` holds causes.
fn sort_of(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.strip_suffix(".toml").unwrap_or(file)
}

/// What a key of a file means.
fn meaning(sort: &str, key: &str, grade: Grade, taxonomy: &Taxonomy) -> Option<Meaning> {
    let strength = if grade == Grade::Strong { Strength::Strong } else { Strength::Plain };
    Some(match sort {
        "headings" => Meaning::Heading(SectionRole::parse(key)?),
        "labels" => Meaning::Label(Label::parse(key)?),
        CAUSES if grade == Grade::Unless => Meaning::Unless(taxonomy.number(key)?),
        CAUSES => Meaning::Cause(taxonomy.number(key)?, strength),
        "assertion" => Meaning::Cue(Cue::parse(key)?),
        "detection" if key == "missed" => Meaning::Missed,
        "detection" if key == "sooner" => Meaning::Sooner,
        "detection" if key == "further" => Meaning::Further,
        "detection" if key == "thing" => Meaning::Thing,
        "detection" if key == "recipient" => Meaning::Recipient,
        "detection" => match key.strip_suffix("-implied") {
            Some(kind) => Meaning::Implied(Detection::parse(kind)?),
            None => Meaning::Detection(Detection::parse(key)?, strength),
        },
        "resolution" if key == "failed" => Meaning::Failed,
        "resolution" if key == "undone" => Meaning::Undone,
        "resolution" if key == "turns" => Meaning::Turns,
        "resolution" if key == "purpose" => Meaning::Purpose,
        "resolution" if key == "changes" => Meaning::Changes,
        "resolution" => Meaning::Resolution(Resolution::parse(key)?, strength),
        "events" => Meaning::Event(Event::parse(key)?),
        "timeline" => Meaning::Entry(EntryKind::parse(key)?),
        "themes" => Meaning::Theme(Theme::parse(key)?),
        "terms" => Meaning::Term(Term::parse(key)?),
        "status" if key == "goes-on" => Meaning::GoesOn,
        "status" if key == "yes" => Meaning::Answer(true),
        "status" if key == "no" => Meaning::Answer(false),
        "status" => Meaning::Status(Status::parse(key)?),
        "impact" => Meaning::Share(Share::parse(key)?),
        "severity" if key == "graded" => Meaning::Graded,
        "severity" => Meaning::Severity,
        "boilerplate" => Meaning::Boilerplate(Boilerplate::parse(key)?),
        "remarks" if key == "ordinal" => Meaning::Ordinal,
        "remarks" if key == "posted" => Meaning::Posted,
        "remarks" => Meaning::Remark,
        "blame" => Meaning::Blame(Blame::parse(key)?),
        "leftovers" => Meaning::Leftover(Leftover::parse(key)?),
        _ => return None,
    })
}

/// A phrase of which a part cannot stand where it does.
fn misplaced(source: &Source, phrase: &str, part: &str, place: Range<usize>) -> Diagnostic {
    Diagnostic::new(&code::WRONG_PHRASE, source.span(place)).arg("phrase", phrase).arg("part", part)
}
