//! Lexicon files: which phrases mean what.
//!
//! A file `data/lexicon/LANG/SORT.toml` maps a meaning to its phrases (`pattern.rs` says how they are
//! written). A site's own file of the same name adds to ours; with `replace = true` it stands alone.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::model::action::{Status, Term, Theme};
use crate::model::kind::{Detection, Resolution};
use crate::model::timeline::EntryKind;
use crate::vocab::meaning::{
    Blame, Boilerplate, Cue, Event, Label, Leftover, Meaning, SectionRole, Share, Strength,
};
use crate::vocab::pattern::{Classes, Pattern, variants};
use crate::vocab::taxonomy::{Taxonomy, unreadable};

/// All phrases with their meanings, and the raw lists of the sorts that others read.
#[derive(Default)]
pub struct Lexicon {
    phrases: Vec<(Meaning, String, Pattern)>,
    /// `sort` → `key` → phrases, for the words of the clock, of people and of services.
    lists: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// By language, what `{name}` stands for.
    classes: BTreeMap<String, Classes>,
    /// The words that begin another clause, of all languages.
    breaks: BTreeSet<String>,
}

/// The value of a key: a list of phrases, or lists by strength.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Phrases(Vec<String>),
    Graded {
        #[serde(default)]
        strong: Vec<String>,
        #[serde(default)]
        plain: Vec<String>,
        #[serde(default)]
        unless: Vec<String>,
    },
    Replace(bool),
}

/// A file of entries: ours, then the site's own.
type Version<'a> = (&'a Source, BTreeMap<String, Entry>);

/// Sorts whose phrases are not searched for: those read one by one, and the lists that phrases name.
const LISTED: [&str; 3] = ["clock", "people", "services"];
const WORDS: &str = "words";
const BREAKS: &str = "breaks";

impl Lexicon {
    /// Reads all lexicon files.
    pub fn load(
        builtin: &[Source],
        site: &[Source],
        taxonomy: &Taxonomy,
        findings: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut files: BTreeMap<&str, Vec<Version<'_>>> = BTreeMap::new();
        for source in builtin.iter().chain(site) {
            let Some(name) = source.path.as_str().strip_prefix("data/lexicon/") else { continue };
            match toml::from_str::<BTreeMap<String, Entry>>(&source.text) {
                Ok(entries) => {
                    let versions = files.entry(name).or_default();
                    if entries.values().any(|entry| matches!(entry, Entry::Replace(true))) {
                        versions.clear();
                    }
                    versions.push((source, entries));
                }
                Err(error) => findings.push(unreadable(source, &error)),
            }
        }
        let mut lexicon = Self::default();
        // Phrases of any file may name the lists of `words.toml`.
        let (lists, phrases): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(name, _)| sort_of(name) == WORDS);
        for (name, versions) in lists.into_iter().chain(phrases) {
            for (source, entries) in versions {
                for (key, entry) in entries {
                    lexicon.add(name, &key, entry, taxonomy, source, findings);
                }
            }
        }
        lexicon
    }

    fn add(
        &mut self,
        name: &str,
        key: &str,
        entry: Entry,
        taxonomy: &Taxonomy,
        source: &Source,
        findings: &mut Vec<Diagnostic>,
    ) {
        let sort = sort_of(name);
        let lang = name.split('/').next().unwrap_or_default();
        if sort == WORDS
            && let Entry::Phrases(words) = entry
        {
            let classes = self.classes.entry(lang.to_owned()).or_default();
            let class = classes.entry(key.to_owned()).or_default();
            class.extend(words.iter().flat_map(|word| variants(&word.to_lowercase())));
            if key == BREAKS {
                self.breaks.extend(words);
            }
            return;
        }
        let Self { classes, lists, phrases: known, .. } = self;
        let none = Classes::new();
        let classes = classes.get(lang).unwrap_or(&none);
        let mut phrases = |strength: Strength, unless: bool, phrases: Vec<String>| {
            if LISTED.contains(&sort) {
                // An empty word would stand everywhere.
                let (empty, words): (Vec<_>, Vec<_>) =
                    phrases.into_iter().partition(|word| word.is_empty());
                if !empty.is_empty() {
                    findings.push(misplaced(source, key, &format!("an empty word in `{key}`")));
                }
                let list = lists.entry(sort.to_owned()).or_default();
                list.entry(key.to_owned()).or_default().extend(words);
                return;
            }
            let Some(meaning) = meaning(sort, key, strength, unless, taxonomy) else {
                findings.push(misplaced(
                    source,
                    key,
                    &format!("`{key}` means nothing in `{sort}`"),
                ));
                return;
            };
            for phrase in phrases {
                match Pattern::parse(&phrase, classes) {
                    Ok(pattern) => known.push((meaning, phrase, pattern)),
                    Err(why) => findings.push(misplaced(source, &phrase, &why)),
                }
            }
        };
        match entry {
            Entry::Phrases(list) => phrases(Strength::Strong, false, list),
            Entry::Graded { strong, plain, unless } => {
                phrases(Strength::Strong, false, strong);
                phrases(Strength::Plain, false, plain);
                phrases(Strength::Plain, true, unless);
            }
            Entry::Replace(_) => {}
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

    /// All searchable phrases: meanings, texts and patterns in the same order.
    pub fn into_phrases(self) -> (Vec<Meaning>, Vec<String>, Vec<Pattern>) {
        let mut parts = (Vec::new(), Vec::new(), Vec::new());
        for (meaning, text, pattern) in self.phrases {
            parts.0.push(meaning);
            parts.1.push(text);
            parts.2.push(pattern);
        }
        parts
    }
}

/// `en/causes.toml` holds causes.
fn sort_of(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.strip_suffix(".toml").unwrap_or(file)
}

/// What a key of a file means.
fn meaning(
    sort: &str,
    key: &str,
    strength: Strength,
    unless: bool,
    taxonomy: &Taxonomy,
) -> Option<Meaning> {
    Some(match sort {
        "headings" => Meaning::Heading(SectionRole::parse(key)?),
        "labels" => Meaning::Label(Label::parse(key)?),
        "causes" if unless => Meaning::Unless(taxonomy.number(key)?),
        "causes" => Meaning::Cause(taxonomy.number(key)?, strength),
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
        "resolution" if key == "slip" => Meaning::Slip,
        "resolution" if key == "purpose" => Meaning::Purpose,
        "resolution" if key == "changes" => Meaning::Changes,
        "resolution" => Meaning::Resolution(Resolution::parse(key)?, strength),
        "events" => Meaning::Event(Event::parse(key)?),
        "timeline" => Meaning::Entry(EntryKind::parse(key)?),
        "themes" => Meaning::Theme(Theme::parse(key)?),
        "terms" => Meaning::Term(Term::parse(key)?),
        "status" if key == "goes-on" => Meaning::GoesOn,
        "status" => Meaning::Status(Status::parse(key)?),
        "impact" => Meaning::Share(Share::parse(key)?),
        "severity" if key == "graded" => Meaning::Graded,
        "severity" => Meaning::Severity,
        "boilerplate" => Meaning::Boilerplate(Boilerplate::parse(key)?),
        "remarks" if key == "ordinal" => Meaning::Ordinal,
        "remarks" => Meaning::Remark,
        "blame" => Meaning::Blame(Blame::parse(key)?),
        "leftovers" => Meaning::Leftover(Leftover::parse(key)?),
        _ => return None,
    })
}

/// A finding at the first place where `what` stands in the file.
fn misplaced(source: &Source, what: &str, why: &str) -> Diagnostic {
    let start = source.text.find(what).unwrap_or(0) as u32;
    let span = Span::new(source.id, start..start + what.len() as u32);
    Diagnostic::new(&code::WORDS, span).arg("why", why)
}
