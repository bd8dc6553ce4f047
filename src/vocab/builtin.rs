//! The words that come with the program: `data/`, embedded.

use std::sync::Arc;

use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::FileId;

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../", $path)))),*]
    };
}

/// The files and their texts.
pub const FILES: &[(&str, &str)] = files![
    "data/taxonomy.toml",
    "data/search.toml",
    "data/secrets.toml",
    "data/lexicon/en/assertion.toml",
    "data/lexicon/en/blame.toml",
    "data/lexicon/en/boilerplate.toml",
    "data/lexicon/en/causes.toml",
    "data/lexicon/en/clock.toml",
    "data/lexicon/en/detection.toml",
    "data/lexicon/en/events.toml",
    "data/lexicon/en/headings.toml",
    "data/lexicon/en/impact.toml",
    "data/lexicon/en/labels.toml",
    "data/lexicon/en/leftovers.toml",
    "data/lexicon/en/levels.toml",
    "data/lexicon/en/people.toml",
    "data/lexicon/en/remarks.toml",
    "data/lexicon/en/resolution.toml",
    "data/lexicon/en/services.toml",
    "data/lexicon/en/severity.toml",
    "data/lexicon/en/status.toml",
    "data/lexicon/en/terms.toml",
    "data/lexicon/en/themes.toml",
    "data/lexicon/en/timeline.toml",
    "data/lexicon/en/words.toml",
    "data/lexicon/ko/assertion.toml",
    "data/lexicon/ko/blame.toml",
    "data/lexicon/ko/boilerplate.toml",
    "data/lexicon/ko/causes.toml",
    "data/lexicon/ko/clock.toml",
    "data/lexicon/ko/detection.toml",
    "data/lexicon/ko/events.toml",
    "data/lexicon/ko/headings.toml",
    "data/lexicon/ko/impact.toml",
    "data/lexicon/ko/labels.toml",
    "data/lexicon/ko/leftovers.toml",
    "data/lexicon/ko/levels.toml",
    "data/lexicon/ko/people.toml",
    "data/lexicon/ko/remarks.toml",
    "data/lexicon/ko/resolution.toml",
    "data/lexicon/ko/services.toml",
    "data/lexicon/ko/severity.toml",
    "data/lexicon/ko/status.toml",
    "data/lexicon/ko/terms.toml",
    "data/lexicon/ko/themes.toml",
    "data/lexicon/ko/timeline.toml",
    "data/lexicon/ko/words.toml",
];

/// The built-in word files.
pub fn sources() -> Vec<Source> {
    let numbered = FILES.iter().enumerate();
    numbered
        .map(|(index, (path, text))| Source {
            id: FileId::BUILT_IN.nth(index),
            path: RelPath::known(path),
            text: Arc::from(*text),
        })
        .collect()
}
