//! The causes: ids that never change, names in both languages, what qualifies.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::base::nearest::nearest;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::model::cause::CauseId;
use crate::model::kind::{Lang, Resolution};
use crate::vocab::sheet::unknown;

/// One cause.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// The id, stable for ever: data and addresses use it.
    pub id: String,
    /// What kind of thing went wrong.
    pub group: Spanned<String>,
    /// The English name.
    pub en: String,
    /// The Korean name.
    pub ko: String,
    /// What qualifies, in English.
    pub is: String,
    /// What qualifies, in Korean.
    #[serde(default)]
    pub is_ko: String,
    /// Other causes lead to it as well: the share of its weight that it keeps where it is named as their result.
    #[serde(default)]
    pub outcome: Option<f32>,
    /// What it happens to serves others: "Gateway down" as a title tells what was down, not why.
    #[serde(default)]
    pub serves: bool,
    /// The measure that speaks for it: an incident that setting right a configuration ended had a wrong one.
    #[serde(default)]
    pub remedy: Option<Spanned<String>>,
    /// More general causes that this one makes needless where both describe one fact.
    #[serde(default)]
    pub over: Vec<Spanned<String>>,
    /// Causes whose words, where they begin within this one's, say only what this one's say.
    #[serde(default)]
    pub claims: Vec<Spanned<String>>,
    /// How names in code end that speak for it where the text tells the cause: files and functions that were at fault.
    #[serde(default)]
    pub code: Vec<String>,
}

/// A group of causes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The id.
    pub id: String,
    /// The English name.
    pub en: String,
    /// The Korean name.
    pub ko: String,
    /// What the group is about, in English.
    #[serde(default)]
    pub is: String,
    /// The same in Korean.
    #[serde(default)]
    pub is_ko: String,
}

impl Concept {
    /// What it is called.
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::Ko { &self.ko } else { &self.en }
    }

    /// What qualifies, in English where it is not said in Korean.
    pub fn meaning(&self, lang: Lang) -> &str {
        if lang == Lang::Ko && !self.is_ko.is_empty() { &self.is_ko } else { &self.is }
    }
}

impl Group {
    /// What it is called.
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::Ko { &self.ko } else { &self.en }
    }

    /// What it is about, in English where it is not said in Korean.
    pub fn meaning(&self, lang: Lang) -> &str {
        if lang == Lang::Ko && !self.is_ko.is_empty() { &self.is_ko } else { &self.is }
    }
}

/// All causes, in the order of the file; a cause's number is its place in that order.
#[derive(Clone, Debug, Default)]
pub struct Taxonomy {
    concepts: Vec<Concept>,
    ids: Vec<CauseId>,
    groups: Vec<Group>,
    numbers: BTreeMap<String, u16>,
    /// The numbers of ids that a site writes otherwise than ours are written, by how ours would be.
    others: BTreeMap<String, u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Start from nothing instead of the built-in causes.
    #[serde(default)]
    replace: bool,
    #[serde(default)]
    group: Vec<Group>,
    #[serde(default)]
    cause: Vec<Concept>,
}

/// The name of the file in `data/`.
pub const FILE: &str = "data/taxonomy.toml";

impl Taxonomy {
    /// The built-in causes, then the site's own: a known id is replaced, a new one added.
    pub fn load(builtin: &[Source], site: &[Source], findings: &mut Vec<Diagnostic>) -> Self {
        let mut taxonomy = Self::default();
        for source in builtin.iter().filter(|source| source.path.as_str() == FILE) {
            taxonomy.read(source, findings);
        }
        for source in site.iter().filter(|source| source.path.as_str() == FILE) {
            for concept in taxonomy.read(source, findings) {
                taxonomy.look_up(&concept, source, findings);
            }
        }
        taxonomy
    }

    /// Adds what a file says; its causes.
    fn read(&mut self, source: &Source, findings: &mut Vec<Diagnostic>) -> Vec<Concept> {
        match toml::from_str::<File>(&source.text) {
            Ok(file) => {
                let concepts = file.cause.clone();
                self.add(file);
                concepts
            }
            Err(error) => {
                findings.push(unreadable(source, &error));
                Vec::new()
            }
        }
    }

    /// A finding for each group, cause or measure that a cause of a site refers to and that is not there.
    fn look_up(&self, concept: &Concept, source: &Source, findings: &mut Vec<Diagnostic>) {
        let Concept { group, over, claims, remedy, .. } = concept;
        let mut groups = self.groups.iter().map(|known| known.id.as_str());
        if !groups.any(|known| known == group.get_ref()) {
            let finding = Diagnostic::new(&code::UNKNOWN_GROUP, source.span(group.span()));
            let known: Vec<&str> = self.groups.iter().map(|known| known.id.as_str()).collect();
            let right = nearest(group.get_ref(), known.iter().copied());
            findings.push(finding.arg("id", group.get_ref()).nearest(right).allowed(known));
        }
        for id in over.iter().chain(claims).filter(|id| self.number(id.get_ref()).is_none()) {
            let ids = self.concepts.iter().map(|concept| concept.id.as_str());
            let finding = Diagnostic::new(&code::UNKNOWN_CAUSE, source.span(id.span()));
            findings.push(finding.arg("id", id.get_ref()).nearest(nearest(id.get_ref(), ids)));
        }
        if let Some(kind) =
            remedy.as_ref().filter(|kind| Resolution::parse(kind.get_ref()).is_none())
        {
            let known = || Resolution::ALL.iter().map(|kind| kind.as_str());
            let finding = unknown(source, kind.get_ref(), kind.span());
            let finding = finding.nearest(nearest(kind.get_ref(), known())).allowed(known());
            findings.push(finding.phrase("help", "takes_one_of"));
        }
    }

    fn add(&mut self, file: File) {
        if file.replace {
            *self = Self::default();
        }
        for group in file.group {
            match self.groups.iter_mut().find(|known| known.id == group.id) {
                Some(known) => *known = group,
                None => self.groups.push(group),
            }
        }
        for concept in file.cause {
            match self.numbers.get(&concept.id) {
                Some(&number) => self.concepts[number as usize] = concept,
                None => {
                    let number = self.concepts.len() as u16;
                    let usual = concept.id.trim().to_lowercase().replace([' ', '_'], "-");
                    self.others.entry(usual).or_insert(number);
                    self.numbers.insert(concept.id.clone(), number);
                    self.ids.push(CauseId::new(&concept.id));
                    self.concepts.push(concept);
                }
            }
        }
    }

    /// All causes in order.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// All groups in order.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The group with this id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// The number of an id; `zebra-crossing` is that of `Zebra Crossing`, too.
    pub fn number(&self, id: &str) -> Option<u16> {
        self.numbers.get(id).or_else(|| self.others.get(id)).copied()
    }

    /// The id with this number.
    pub fn id(&self, number: u16) -> CauseId {
        self.ids[number as usize].clone()
    }

    /// The cause with this id.
    pub fn get(&self, id: &str) -> Option<&Concept> {
        self.concepts.get(self.number(id)? as usize)
    }
}

/// A word file that is not TOML of the right shape, with the place that the reader names.
pub(crate) fn unreadable(source: &Source, error: &toml::de::Error) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let span = Span::new(source.id, range.start as u32..range.end as u32);
    let right = meant(error.message());
    Diagnostic::new(&code::WORDS, span).arg("why", error.message()).nearest(right)
}

/// The key that was probably meant by one that there is none of: the reader names all that there are, in quotation marks.
fn meant(told: &str) -> Option<&str> {
    let mut quoted = told.split('`').skip(1).step_by(2);
    let wrong = quoted.next().filter(|_| told.starts_with("unknown field"))?;
    nearest(wrong, quoted)
}
