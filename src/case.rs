//! What one file gave us: its text, its facts, its findings.

use crate::base::source::Source;
use crate::diag::Diagnostic;
use crate::model::incident::Incident;
use crate::parse::remark::Remark;

/// A document after reading. It keeps the text, which evidence points into, but not its structure:
/// that costs twenty times the text and is cheap to make again.
#[derive(Clone, Debug)]
pub struct Case {
    /// The text.
    pub source: Source,
    /// The facts.
    pub incident: Incident,
    /// What was found while reading it, in order of the text.
    pub findings: Vec<Diagnostic>,
    /// What its author tells the checker.
    pub remarks: Vec<Remark>,
    /// Nothing of it can be published: it is empty, binary or unreadable.
    pub unpublishable: bool,
}
