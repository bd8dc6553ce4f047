//! What one file gave us: its text, its facts, its findings.

use serde::{Deserialize, Serialize};

use std::ops::Range;

use crate::base::digest::Digest;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::Diagnostic;
use crate::model::incident::Incident;
use crate::parse::remark::Remark;

/// What a reader sees of a document, for the search. The index takes it and then lets it go.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Visible {
    /// The text without markup, a line for each block, cells divided by tabs.
    pub text: String,
    /// Where its headings stand, in bytes, in order.
    pub headings: Vec<Range<u32>>,
}

/// A document after reading. It keeps the text, which evidence points into, but not its structure:
/// that costs twenty times the text and is cheap to make again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    /// The text.
    pub source: Source,
    /// The facts.
    pub incident: Incident,
    /// What a reader sees of it; empty once it is indexed.
    pub visible: Visible,
    /// What was found while reading it, in order of the text.
    pub findings: Vec<Diagnostic>,
    /// What its author tells the checker.
    pub remarks: Vec<Remark>,
    /// Nothing of it can be published: it is empty, binary or unreadable.
    pub unpublishable: bool,
    /// What it was read from: its path, its bytes, the words and the settings. Nothing where nobody has to know.
    #[serde(skip)]
    pub of: Option<Digest>,
}

impl Case {
    /// Shows every place in a text that it points to.
    pub fn each_place(&mut self, mut see: impl FnMut(&mut Span)) {
        self.incident.each_place(&mut see);
        for finding in &mut self.findings {
            see(&mut finding.span);
            finding.also.iter_mut().for_each(&mut see);
        }
    }
}
