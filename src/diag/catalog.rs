//! The words of findings, one file per language, and how blanks are filled.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::base::blanks;
use crate::base::hidden::printable;
use crate::diag::{Diagnostic, NEAREST, code};

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
    phrases: BTreeMap<String, String>,
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
        toml::from_str(file.1).unwrap_or_default()
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

    /// The message of a finding; its bare name where the catalogue has no words for it.
    pub fn message(&self, finding: &Diagnostic) -> String {
        let Some(texts) = self.texts.get(finding.code.name) else {
            return finding.code.name.to_owned();
        };
        let is_known = finding.args.iter().any(|(name, _)| name == NEAREST);
        let meant = texts.meant.as_ref().filter(|_| is_known);
        fill(meant.unwrap_or(&texts.message), finding)
    }

    /// What to do about it.
    pub fn help(&self, finding: &Diagnostic) -> Option<String> {
        Some(fill(self.texts.get(finding.code.name)?.help.as_ref()?, finding))
    }

    /// What stands beside the second place.
    pub fn also(&self, finding: &Diagnostic) -> Option<String> {
        Some(fill(self.texts.get(finding.code.name)?.also.as_ref()?, finding))
    }
}

/// Fills the blanks of what is said of a finding. Only what a template's error says has lines of its own: in all others
/// stands what somebody wrote, who could make a line that means something to whoever reads a log.
fn fill(pattern: &str, finding: &Diagnostic) -> String {
    blanks::fill(pattern, |blank, text| {
        let Some((_, value)) = finding.args.iter().find(|(name, _)| name == blank) else {
            return false;
        };
        text.push_str(&if *finding.code == code::TEMPLATE {
            value.into()
        } else {
            printable(value)
        });
        true
    })
}
