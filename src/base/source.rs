//! A decoded text and its lines. After decoding a text never changes, so every [`Span`] stays true.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::path::RelPath;
use crate::base::span::{FileId, Span};

/// One text of this run: a document, a settings file, a template, a word list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Its number.
    pub id: FileId,
    /// Where it stands below the folder that was read.
    pub path: RelPath,
    /// UTF-8 in NFC with `\n` line ends.
    pub text: Arc<str>,
}

/// A position for people: both count from one, columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Source {
    /// A place in this text.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span { file: self.id, start: range.start as u32, end: range.end as u32 }
    }

    /// The text of a place; empty when the place is not one of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line and column at a byte. Scans from the start: for many look-ups make a [`LineIndex`].
    pub fn position(&self, byte: u32) -> Position {
        LineIndex::new(&self.text).position(&self.text, byte)
    }
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
        Self { starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The line that holds `byte`, from 1.
    pub fn line(&self, byte: u32) -> u32 {
        self.starts.partition_point(|&start| start <= byte) as u32
    }

    /// The byte range of a line (from 1) without its line end; empty past the end.
    pub fn range(&self, text: &str, line: u32) -> Range<usize> {
        let index = (line as usize).saturating_sub(1);
        let Some(&start) = self.starts.get(index) else { return text.len()..text.len() };
        let end = self.starts.get(index + 1).map_or(text.len(), |&next| next as usize - 1);
        start as usize..end
    }

    /// The position of `byte` in `text`, which must be the text this index was made from.
    pub fn position(&self, text: &str, byte: u32) -> Position {
        let line = self.line(byte);
        let start = self.range(text, line).start;
        let column = text.get(start..byte as usize).map_or(0, |before| before.chars().count());
        Position { line, column: column as u32 + 1 }
    }
}

/// The texts of a run by their number, to turn places into lines and excerpts.
#[derive(Default)]
pub struct SourceMap<'a> {
    sources: std::collections::BTreeMap<FileId, &'a Source>,
}

impl<'a> SourceMap<'a> {
    /// A map of these texts.
    pub fn new(sources: impl IntoIterator<Item = &'a Source>) -> Self {
        Self { sources: sources.into_iter().map(|source| (source.id, source)).collect() }
    }

    /// The text with this number.
    pub fn get(&self, id: FileId) -> Option<&'a Source> {
        self.sources.get(&id).copied()
    }
}
