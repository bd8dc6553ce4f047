//! What the site says, in one language: the strings of a theme.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The strings of one language by their keys.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Strings {
    texts: BTreeMap<String, String>,
}

impl Strings {
    /// All strings.
    pub fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// Adds and replaces strings.
    pub fn extend(&mut self, other: Self) {
        self.texts.extend(other.texts);
    }

    /// The string with this key; the key itself where there is none, so that a gap shows.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The string with its blanks filled.
    pub fn fill(&self, key: &str, blanks: &[(&str, &dyn std::fmt::Display)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in blanks {
            text = text.replace(&format!("{{{name}}}"), &value.to_string());
        }
        text
    }

    /// The string for a number: `KEY_one` for one thing, `KEY` for others. Blank `{n}`.
    pub fn count(&self, key: &str, number: usize) -> String {
        let one = format!("{key}_one");
        let key = if number == 1 && self.texts.contains_key(&one) { &one } else { key };
        self.fill(key, &[("n", &number)])
    }
}
