//! The words of findings, one file per language, and how blanks are filled.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::base::blanks;
use crate::base::hidden::printable;
use crate::diag::{Diagnostic, NEAREST, PHRASE, code, settings, told};

/// What is said of one kind of finding.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// One line: lower case, no full stop, `{blanks}` filled from the finding.
    pub message: String,
    /// Said in its place where it is known what was meant, which is `{nearest}`.
    #[serde(default)]
    pub meant: Option<String>,
    /// Beside the second place, where there is one.
    #[serde(default)]
    pub also: Option<String>,
    /// What to do about it.
    #[serde(default)]
    pub help: Option<String>,
    /// For the reference: what the rule looks for.
    pub what: String,
    /// For the reference: why it matters.
    pub why: String,
    /// For the reference: a text that has it.
    #[serde(default)]
    pub example: Option<String>,
}

/// The words of all findings in one language, and what the program itself says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    #[serde(rename = "findings")]
    texts: BTreeMap<String, Texts>,
    /// What the program says.
    phrases: BTreeMap<String, String>,
    /// What systems and parsers tell, and what is said in its place.
    told: BTreeMap<String, String>,
    #[serde(skip)]
    lang: String,
}

/// The languages that findings are said in, with their files.
const FILES: [(&str, &str); 2] = [
    ("en", include_str!("../../data/findings/en.toml")),
    ("ko", include_str!("../../data/findings/ko.toml")),
];

impl Catalog {
    /// The catalogue of a language; English for any other.
    pub fn of(lang: &str) -> Self {
        let file = FILES.iter().find(|(name, _)| *name == lang).unwrap_or(&FILES[0]);
        let read: Self = toml::from_str(file.1).unwrap_or_default();
        Self { lang: file.0.to_owned(), ..read }
    }

    /// All entries by the finding's name.
    pub fn texts(&self) -> &BTreeMap<String, Texts> {
        &self.texts
    }

    /// What the program says, by key.
    pub fn phrases(&self) -> &BTreeMap<String, String> {
        &self.phrases
    }

    /// A phrase with its blanks filled; the key where there is none. `{n?document|documents}` is the first of both where
    /// the blank `n` is 1.
    pub fn say(&self, key: &str, blanks: &[(&str, &dyn std::fmt::Display)]) -> String {
        blanks::fill(self.phrases.get(key).map_or(key, String::as_str), blanks::of(blanks))
    }

    /// The message of a finding, which may name a phrase of its own for it; its bare name where the catalogue has no words for it.
    pub fn message(&self, finding: &Diagnostic) -> String {
        let Some(texts) = self.texts.get(finding.code.name) else {
            return finding.code.name.to_owned();
        };
        if let Some(own) = phrase(finding, MESSAGE).and_then(|key| self.phrases.get(key)) {
            return self.fill(own, finding, DEEPEST);
        }
        let is_known = arg(finding, NEAREST).is_some();
        let meant = texts.meant.as_ref().filter(|_| is_known);
        self.fill(meant.unwrap_or(&texts.message), finding, DEEPEST)
    }

    /// What to do about it: the finding may name a phrase of its own for that.
    pub fn help(&self, finding: &Diagnostic) -> Option<String> {
        let own = phrase(finding, HELP).and_then(|key| self.phrases.get(key));
        let usual = || self.texts.get(finding.code.name)?.help.as_ref();
        Some(self.fill(own.or_else(usual)?, finding, DEEPEST))
    }

    /// What stands beside the second place.
    pub fn also(&self, finding: &Diagnostic) -> Option<String> {
        Some(self.fill(self.texts.get(finding.code.name)?.also.as_ref()?, finding, DEEPEST))
    }

    /// Fills the blanks of what is said of a finding.
    fn fill(&self, pattern: &str, finding: &Diagnostic, depth: usize) -> String {
        blanks::fill(pattern, |blank, text| match self.blank(blank, finding, depth) {
            Some(value) => {
                text.push_str(&value);
                true
            }
            None => false,
        })
    }

    /// What a blank stands for. Only what a template's error says has lines of its own: in all others stands what somebody
    /// wrote, who could make a line that means something to whoever reads a log.
    fn blank(&self, blank: &str, finding: &Diagnostic, depth: usize) -> Option<String> {
        if let Some(key) = phrase(finding, blank) {
            let phrase = self.phrases.get(key)?;
            return Some(self.fill(phrase, finding, depth.checked_sub(1)?));
        }
        if let Some(value) = arg(finding, blank) {
            let plain = TOLD.contains(&blank).then(|| told::plain(&self.told, value)).flatten();
            let value = plain.as_deref().unwrap_or(value);
            let has_lines = *finding.code == code::TEMPLATE;
            return Some(if has_lines { value.to_owned() } else { printable(value).into_owned() });
        }
        let setting = || settings::words(&self.lang).remove(arg(finding, "key")?);
        match blank {
            "is" => Some(setting()?.is),
            "example" => Some(setting()?.example),
            _ => None,
        }
    }
}

/// The blanks for what somebody else told, and the phrases that take the place of the message and of what to do.
const TOLD: [&str; 2] = ["why", "error"];
const MESSAGE: &str = "message";
const HELP: &str = "help";
/// A phrase may have blanks for phrases, and so on.
const DEEPEST: usize = 4;

/// The value of a blank.
fn arg<'a>(finding: &'a Diagnostic, blank: &str) -> Option<&'a str> {
    finding.args.iter().find(|(name, _)| name == blank).map(|(_, value)| value.as_str())
}

/// The key of the phrase that fills a blank.
fn phrase<'a>(finding: &'a Diagnostic, blank: &str) -> Option<&'a str> {
    let named = finding.args.iter().find(|(name, _)| name.strip_prefix(PHRASE) == Some(blank));
    named.map(|(_, key)| key.as_str())
}
