//! Published shares of root causes, from `data/base-rates.toml`.

use serde::Deserialize;

use crate::model::kind::Lang;

/// A study that published shares.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Study {
    /// Its anchor.
    pub id: String,
    /// Where it is published.
    pub url: String,
    /// What it counted, in English.
    pub en: String,
    /// The same in Korean.
    pub ko: String,
    /// How many, and what speaks against comparing, in English.
    pub sample_en: String,
    /// The same in Korean.
    pub sample_ko: String,
    /// Its shares.
    pub rate: Vec<Rate>,
}

/// One published share.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// What was counted, in English.
    pub en: String,
    /// The same in Korean.
    pub ko: String,
    /// Per cent, as published.
    pub percent: f64,
    /// The causes of our taxonomy that come nearest.
    pub causes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    source: Vec<Study>,
}

/// All studies, in the order of the file. A test reads the file, so it is never empty.
pub fn studies() -> Vec<Study> {
    let file = toml::from_str::<File>(include_str!("../../data/base-rates.toml"));
    file.map(|file| file.source).unwrap_or_default()
}

impl Study {
    /// What it counted.
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::Ko { &self.ko } else { &self.en }
    }

    /// How many it counted.
    pub fn sample(&self, lang: Lang) -> &str {
        if lang == Lang::Ko { &self.sample_ko } else { &self.sample_en }
    }
}

impl Rate {
    /// What was counted.
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::Ko { &self.ko } else { &self.en }
    }
}
