//! What one file gave us: its text, its facts, its findings.

use serde::{Deserialize, Serialize};

use std::ops::Range;

use crate::base::digest::Digest;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::Diagnostic;
use crate::model::incident::Incident;
use crate::parse::document::{BlockKind, Document};
use crate::parse::remark::Remark;

/// What a reader sees of a document, for the search. The index takes it and then lets it go.
#[derive(Clone, Debug, Default)]
pub struct Visible {
    /// The text without markup, a line for each block, cells divided by tabs.
    pub text: String,
    /// Where its headings stand, in bytes, in order.
    pub headings: Vec<Range<u32>>,
}

impl Visible {
    /// What is seen of a document that was taken apart.
    pub fn of(document: Document) -> Self {
        let headings = document.blocks.iter();
        let headings = headings.filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
        Self {
            headings: headings.map(|block| block.text.clone()).collect(),
            text: document.view.text,
        }
    }
}

/// A document after reading. It keeps the text, which evidence points into, but not its structure:
/// that costs twenty times the text and is cheap to make again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    /// The text.
    pub source: Source,
    /// The facts.
    pub incident: Incident,
    /// What a reader sees of it; nothing once it is indexed, and where it was read in another build: it can be found out
    /// from the text.
    #[serde(skip)]
    pub visible: Option<Visible>,
    /// What was found while reading it, in order of the text.
    pub findings: Vec<Diagnostic>,
    /// What its author tells the checker.
    pub remarks: Vec<Remark>,
    /// Nothing of it can be published: it is empty, binary or unreadable.
    pub unpublishable: bool,
    /// Most of what it says leads to other documents.
    pub is_list: bool,
    /// What it was read from: its path, its bytes, the words and the settings. Nothing where nobody has to know.
    #[serde(skip)]
    pub of: Option<Digest>,
    /// What others than its own page and the search may tell of it. Nothing where nobody has to know.
    pub told: Option<Digest>,
}

impl Case {
    /// Shows every place in a text that it points to.
    pub fn each_place(&mut self, mut see: impl FnMut(&mut Span)) {
        self.incident.each_place(&mut see);
        self.findings.iter_mut().for_each(|finding| finding.each_place(&mut see));
    }
}
