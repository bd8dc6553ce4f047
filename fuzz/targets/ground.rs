//! What all targets stand on: the words, loaded once, and a text as a source.

use std::sync::{Arc, OnceLock};

use pmsite::base::path::RelPath;
use pmsite::base::source::Source;
use pmsite::base::span::{FileId, Span};
use pmsite::vocab::Vocabulary;

/// The built-in words.
pub fn vocabulary() -> &'static Vocabulary {
    static WORDS: OnceLock<Vocabulary> = OnceLock::new();
    WORDS.get_or_init(|| Vocabulary::load(&[]).value)
}

/// A document of this text.
pub fn source(text: &str) -> Source {
    Source { id: FileId(0), path: RelPath::known("a.md"), text: Arc::from(text) }
}

/// Stops unless a place of a text lies inside of it and between letters.
pub fn inside(source: &Source, span: Span) {
    if span.file == source.id {
        assert!(source.text.get(span.range()).is_some(), "{span:?}");
    }
}
