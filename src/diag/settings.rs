//! What is said of each setting: one file per language.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What is said of a setting.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What it does.
    pub is: String,
    /// A value as one would write it.
    pub example: String,
}

/// The languages that settings are described in, with their files.
const FILES: [(&str, &str); 2] = [
    ("en", include_str!("../../data/settings/en.toml")),
    ("ko", include_str!("../../data/settings/ko.toml")),
];

/// What is said of each setting, by its path; English for a language that we do not know.
pub fn words(lang: &str) -> BTreeMap<String, Words> {
    let file = FILES.iter().find(|(name, _)| *name == lang).unwrap_or(&FILES[0]);
    toml::from_str(file.1).unwrap_or_default()
}
