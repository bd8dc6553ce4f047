//! What the site says, in one language: the strings of a theme.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use serde::Deserialize;

use crate::base::blanks::{fill, of};

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
    pub fn fill(&self, key: &str, blanks: &[(&str, &dyn Display)]) -> String {
        fill(self.get(key), of(blanks))
    }

    /// The string for a number of things. Blank `{n}`.
    pub fn count(&self, key: &str, number: usize) -> String {
        self.fill(&self.form(key, number), &[("n", &number)])
    }

    /// The key of the string for a number: `KEY_one` for one thing, where there is such a string, `KEY` for others.
    pub fn form<'a>(&self, key: &'a str, number: usize) -> Cow<'a, str> {
        let one = (number == 1).then(|| format!("{key}_one"));
        one.filter(|one| self.texts.contains_key(one)).map_or(Cow::Borrowed(key), Cow::Owned)
    }
}
