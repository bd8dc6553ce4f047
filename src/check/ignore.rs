//! What authors switch off in a comment beside the place: `<!-- pmsite: ignore PM306 -->`.

use std::collections::BTreeMap;

use crate::base::nearest::nearest;
use crate::base::source::Source;
use crate::base::span::{FileId, Span};
use crate::check::MOST;
use crate::diag::{Diagnostic, code};
use crate::parse::remark::Remark;

/// The remarks of all documents that have any.
#[derive(Default)]
pub struct Ignores<'a> {
    documents: BTreeMap<FileId, &'a [Remark]>,
}

impl<'a> Ignores<'a> {
    /// Collects the remarks of documents.
    pub fn of(documents: impl Iterator<Item = (FileId, &'a [Remark])>) -> Self {
        Self { documents: documents.filter(|(_, remarks)| !remarks.is_empty()).collect() }
    }

    /// Whether the author wants to hear of a finding.
    pub fn keeps(&self, finding: &Diagnostic) -> bool {
        let remarks = self.documents.get(&finding.span.file).copied().unwrap_or_default();
        !remarks.iter().any(|remark| covers(remark, finding))
    }
}

/// A remark speaks of a line, or of the whole document. What is said of a document as a whole stands
/// nowhere in its text: a remark that names it holds wherever it is written.
fn covers(remark: &Remark, finding: &Diagnostic) -> bool {
    let names = remark
        .codes
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case(finding.code.id) || name == finding.code.name);
    let span = finding.span;
    let here = span.start <= remark.covers.end && remark.covers.start <= span.end;
    let of_document = span.start == 0 && span.end == 0;
    names && (remark.whole || here || of_document)
        || remark.codes.is_empty() && (remark.whole || here)
}

/// A finding for each name in a remark that is the name of no finding.
pub(super) fn unknown(source: &Source, remarks: &[Remark], findings: &mut Vec<Diagnostic>) {
    let names = remarks.iter().flat_map(|remark| &remark.codes);
    for (number, (name, range)) in names.enumerate() {
        let known = || code::ALL.iter().flat_map(|code| [code.id, code.name]);
        if !known().any(|known| known.eq_ignore_ascii_case(name)) {
            let finding =
                Diagnostic::new(&code::UNKNOWN_FINDING, Span::new(source.id, range.clone()));
            // More are not told of.
            let right = if number < MOST { nearest(name, known()) } else { None };
            let right = right.unwrap_or("-");
            findings.push(finding.arg("name", name).arg("nearest", right));
        }
    }
}
