//! How bad a level of severity is.

use std::collections::BTreeMap;

use crate::vocab::lexicon::Lexicon;

/// The sort of lexicon file that levels in words stand in, a key for each number of a code.
const SORT: &str = "levels";
const NUMBERS: [&str; 4] = ["1", "2", "3", "4"];

/// Levels in words, in lower case, and the number that a code of the same weight has.
#[derive(Debug, Default)]
pub struct Levels(BTreeMap<String, u32>);

impl Levels {
    /// Collects the words of all languages.
    pub fn load(lexicon: &Lexicon) -> Self {
        let words = (1..).zip(NUMBERS).flat_map(|(number, key)| {
            lexicon.list(SORT, key).iter().map(move |word| (word.to_lowercase(), number))
        });
        Self(words.collect())
    }

    /// The number of a level, less for worse: that of its code, `SEV2`, or of its word. Nothing where neither says it.
    pub fn number(&self, level: &str) -> Option<u32> {
        let digits: String = level.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok().or_else(|| self.0.get(level.trim().to_lowercase().as_str()).copied())
    }
}
