//! How bad a level of severity is, and what makes another of it.

use std::collections::BTreeMap;

use crate::vocab::lexicon::Lexicon;
use crate::vocab::pattern::is_hangul;

/// The sort of lexicon file that levels in words stand in, a key for each number of a code.
const SORT: &str = "levels";
const NUMBERS: [&str; 4] = ["1", "2", "3", "4"];

/// Levels in words, in lower case, and the number that a code of the same weight has.
#[derive(Debug, Default)]
pub struct Levels {
    numbers: BTreeMap<String, u32>,
    change: Vec<String>,
    leaves: Vec<String>,
    former: Vec<String>,
}

impl Levels {
    /// Collects the words of all languages.
    pub fn load(lexicon: &Lexicon) -> Self {
        let words = (1..).zip(NUMBERS).flat_map(|(number, key)| {
            lexicon.list(SORT, key).iter().map(move |word| (word.to_lowercase(), number))
        });
        let list = |key: &str| lexicon.list(SORT, key).to_vec();
        Self {
            numbers: words.collect(),
            change: list("change"),
            leaves: list("leaves"),
            former: list("former"),
        }
    }

    /// The number of a level, less for worse: that of its code, `SEV2`, or of its word. Nothing where neither says it.
    pub fn number(&self, level: &str) -> Option<u32> {
        let digits: String = level.chars().filter(char::is_ascii_digit).collect();
        digits
            .parse()
            .ok()
            .or_else(|| self.numbers.get(level.trim().to_lowercase().as_str()).copied())
    }

    /// Whether a text says that a level became another. Words of Hangul by how they begin.
    pub fn change(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '-';
        text.split(|letter| !is_part(letter)).any(|word| {
            let says = |known: &String| {
                word == known || known.starts_with(is_hangul) && word.starts_with(known.as_str())
            };
            self.change.iter().any(says)
        })
    }

    /// Whether a level that stands between these two texts is one that was, or never was.
    pub fn is_former(&self, before: &str, behind: &str) -> bool {
        let word = before.split_whitespace().next_back().unwrap_or_default();
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let behind = behind.trim_start();
        let leaves = |known: &String| {
            let rest = behind.strip_prefix(known.as_str());
            rest.is_some_and(|rest| rest.starts_with(' ') || known.starts_with(is_hangul))
        };
        self.former.iter().any(|known| word.eq_ignore_ascii_case(known))
            || self.leaves.iter().any(leaves)
    }
}
