//! Paths as values: inside the folder that was read, inside the folder that is written.

use std::fmt;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Its presence in a folder says that a site stands there which we made, and may replace.
pub const MARKER: &str = ".pmsite";

/// A path below the folder that was read, with `/` between its parts and in NFC, so that the same
/// folder reads the same on every system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RelPath(String);

impl RelPath {
    /// The path as text; parts that are not UTF-8 show the replacement character.
    pub fn new(path: &Path) -> Self {
        let parts: Vec<String> = path
            .components()
            .filter_map(|part| match part {
                Component::Normal(name) => Some(name.to_string_lossy().nfc().collect()),
                _ => None,
            })
            .collect();
        Self(parts.join("/"))
    }

    /// A path that a program wrote, such as the name of a built-in file.
    pub fn known(path: &str) -> Self {
        Self(path.to_owned())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The last part without its ending.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// The ending in lower case, without the dot.
    pub fn extension(&self) -> String {
        self.file_name().rsplit_once('.').map_or_else(String::new, |(_, end)| end.to_lowercase())
    }

    /// The folder that holds it; empty at the top.
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(parent, _)| parent)
    }

    /// Whether it is this path or stands below it; everything stands below the empty one.
    pub fn is_within(&self, above: &Self) -> bool {
        Path::new(&self.0).starts_with(&above.0)
    }

    /// Where a relative link written in this file leads, or `None` when it leaves the folder.
    pub fn join(&self, link: &str) -> Option<Self> {
        let mut parts: Vec<&str> =
            self.parent().split('/').filter(|part| !part.is_empty()).collect();
        if link.starts_with('/') {
            parts.clear();
        }
        for part in link.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        Some(Self(parts.join("/").nfc().collect()))
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// A place in the published site. It cannot be absolute, climb, be empty or hide, so nothing is ever
/// written outside the output folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct OutPath(String);

impl OutPath {
    /// The path, or `None` when it could leave the output folder.
    pub fn new(path: impl Into<String>) -> Option<Self> {
        let path = path.into();
        let whole = path.split('/').all(|part| {
            !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0', ':'])
        });
        (whole && !path.is_empty()).then_some(Self(path))
    }

    /// As text, `/` between the parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `../` as often as it takes to come back to the top.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

impl TryFrom<String> for OutPath {
    type Error = &'static str;

    fn try_from(path: String) -> Result<Self, Self::Error> {
        Self::new(path).ok_or("leaves the folder")
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Longest slug in bytes. File systems allow 255 bytes a name; this leaves room for endings and numbers.
const LONGEST_SLUG: usize = 160;

/// A name for an address: lower case letters and digits of any script joined by `-`. Korean stays Korean.
pub fn slug(text: &str) -> String {
    if text.is_ascii() {
        // The same, without asking the tables of Unicode.
        return join(text.len(), text.chars().map(|letter| letter.to_ascii_lowercase()));
    }
    join(text.len(), text.nfkc().flat_map(char::to_lowercase).nfc())
}

fn join(length: usize, letters: impl Iterator<Item = char>) -> String {
    let mut slug = String::with_capacity(length);
    for letter in letters {
        // Hangul is asked for first: the tables of all scripts take long to search.
        if matches!(letter, '가'..='힣' | '_') || letter.is_alphanumeric() {
            if slug.len() + letter.len_utf8() > LONGEST_SLUG {
                break;
            }
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') && letter != '\'' && letter != '’' {
            slug.push('-');
        }
    }
    let slug = slug.trim_matches('-');
    if is_reserved(slug) { format!("{slug}-1") } else { slug.to_owned() }
}

/// Names that Windows keeps for devices, whatever their ending, and those of our own lists: `index`, `page-2`.
fn is_reserved(name: &str) -> bool {
    let page = name.strip_prefix("page-");
    matches!(name, "con" | "prn" | "aux" | "nul" | "index")
        || page.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        || (name.len() == 4
            && (name.starts_with("com") || name.starts_with("lpt"))
            && name.ends_with(|digit: char| digit.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
