//! What the site says, in one language: the strings of a theme.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};

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

    /// The string with its blanks filled; what stands between braces and is none of them stays.
    pub fn fill(&self, key: &str, blanks: &[(&str, &dyn Display)]) -> String {
        let mut rest = self.get(key);
        let mut text = String::with_capacity(rest.len() + 32);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let named = after.split_once('}').and_then(|(name, tail)| {
                Some((blanks.iter().find(|(blank, _)| *blank == name)?.1, tail))
            });
            rest = match named {
                Some((value, tail)) => {
                    let _ = write!(text, "{value}");
                    tail
                }
                None => {
                    text.push('{');
                    after
                }
            };
        }
        text.push_str(rest);
        text
    }

    /// The string for a number: `KEY_one` for one thing, `KEY` for others. Blank `{n}`.
    pub fn count(&self, key: &str, number: usize) -> String {
        if number == 1 {
            let one = format!("{key}_one");
            if self.texts.contains_key(&one) {
                return self.fill(&one, &[("n", &number)]);
            }
        }
        self.fill(key, &[("n", &number)])
    }
}
