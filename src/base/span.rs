//! A place in a text: a file and a range of its bytes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A file of this run. Numbers follow the sorted order of paths, so they are the same on every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// Documents are numbered from 0. Whatever else a run reads is numbered far above them, each kind from a place of its own.
impl FileId {
    /// Documents that a server finds after it has begun.
    pub const LATER: Self = Self::of_kind(3);
    /// Texts beside documents.
    pub const ASSET: Self = Self::of_kind(4);
    /// Settings that variables give.
    pub const VARIABLE: Self = Self::of_kind(5);
    /// The file of overrides beside the content.
    pub const OVERRIDES: Self = Self::of_kind(6);
    /// A site's own words.
    pub const OWN_WORDS: Self = Self::of_kind(7);
    /// The words that the program brings.
    pub const BUILT_IN: Self = Self::of_kind(8);
    /// A file of a theme.
    pub const THEME: Self = Self::of_kind(9);
    /// The file of settings.
    pub const SETTINGS: Self = Self::of_kind(10);
    /// No file.
    pub const NONE: Self = Self(u32::MAX);

    const fn of_kind(kind: u32) -> Self {
        Self(kind << 28)
    }

    /// Whether it stands in the folder of documents, and not elsewhere in the site or in the program.
    pub fn is_of_content(self) -> bool {
        self < Self::VARIABLE
    }

    /// The file so many behind this one.
    pub fn nth(self, at: usize) -> Self {
        Self(self.0.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)))
    }
}

/// A byte range of one decoded text. Both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `range` of `file`.
    pub fn new(file: FileId, range: Range<u32>) -> Self {
        Self { file, start: range.start, end: range.end.max(range.start) }
    }

    /// The very beginning of `file`: where a finding about a whole document stands.
    pub fn start_of(file: FileId) -> Self {
        Self { file, start: 0, end: 0 }
    }

    /// No place at all: a finding about the run itself.
    pub fn nowhere() -> Self {
        Self::start_of(FileId::NONE)
    }

    /// The range as indices into the text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies inside this place.
    pub fn contains(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}
