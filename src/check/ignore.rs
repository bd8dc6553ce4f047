//! What authors switch off in a comment beside the place: `<!-- pmsite: ignore PM306 -->`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::base::nearest::nearest;
use crate::base::source::Source;
use crate::base::span::{FileId, Span};
use crate::check::MOST;
use crate::diag::{Diagnostic, code};
use crate::parse::remark::Remark;

/// The remarks of all documents that have any.
#[derive(Default)]
pub struct Ignores {
    documents: BTreeMap<FileId, Silence>,
}

impl Ignores {
    /// Collects the remarks of documents.
    pub fn of<'a>(documents: impl Iterator<Item = (FileId, &'a [Remark])>) -> Self {
        let mut documents = documents.filter(|(_, remarks)| !remarks.is_empty()).peekable();
        // Most documents have none, and this runs for each.
        if documents.peek().is_none() {
            return Self::default();
        }
        let known = known();
        Self { documents: documents.map(|(id, of)| (id, Silence::of(of, &known))).collect() }
    }

    /// Whether the author wants to hear of a finding.
    pub fn keeps(&self, finding: &Diagnostic) -> bool {
        self.documents.get(&finding.span.file).is_none_or(|silence| !silence.covers(finding))
    }
}

/// What the author of one document does not want to hear of.
#[derive(Default)]
struct Silence {
    /// Wherever it stands.
    anywhere: Names,
    /// What is said of the document as a whole stands nowhere in its text: a remark that names it holds wherever it
    /// is written.
    of_document: BTreeSet<&'static str>,
    /// In these lines, by place.
    lines: Vec<(Range<u32>, Names)>,
}

impl Silence {
    fn of(remarks: &[Remark], known: &Known) -> Self {
        let mut silence = Self::default();
        for remark in remarks {
            let names = Names::of(remark, known);
            silence.of_document.extend(&names.ids);
            if remark.whole {
                silence.anywhere.all |= names.all;
                silence.anywhere.ids.extend(names.ids);
            } else {
                silence.lines.push((remark.covers.clone(), names));
            }
        }
        silence.lines.sort_by_key(|(line, _)| line.start);
        silence
    }

    fn covers(&self, finding: &Diagnostic) -> bool {
        let span = finding.span;
        let of_document = span.start == 0 && span.end == 0;
        let after = self.lines.partition_point(|(line, _)| line.start <= span.end);
        // Two remarks speak of the same line or of different ones, so the ends are in order, too.
        let here = self.lines[..after].iter().rev().take_while(|(line, _)| span.start <= line.end);
        self.anywhere.hold(finding)
            || of_document && self.of_document.contains(finding.code.id)
            || here.into_iter().any(|(_, names)| names.hold(finding))
    }
}

/// Findings by their ids, or all.
#[derive(Default)]
struct Names {
    all: bool,
    ids: BTreeSet<&'static str>,
}

impl Names {
    fn of(remark: &Remark, known: &Known) -> Self {
        let ids = remark.codes.iter().filter_map(|(name, _)| known.get(&name.to_ascii_lowercase()));
        Self { all: remark.codes.is_empty(), ids: ids.copied().collect() }
    }

    fn hold(&self, finding: &Diagnostic) -> bool {
        self.all || self.ids.contains(finding.code.id)
    }
}

/// The ids of findings by what they may be called, in lower case.
type Known = BTreeMap<String, &'static str>;

fn known() -> Known {
    let names = code::ALL.iter().flat_map(|code| [(code.id, code.id), (code.name, code.id)]);
    names.map(|(name, id)| (name.to_ascii_lowercase(), id)).collect()
}

/// A finding for each name in a remark that is the name of no finding.
pub(super) fn unknown(source: &Source, remarks: &[Remark], findings: &mut Vec<Diagnostic>) {
    if remarks.is_empty() {
        return;
    }
    let known = known();
    let names = remarks.iter().flat_map(|remark| &remark.codes);
    let unknown = names.filter(|(name, _)| !known.contains_key(&name.to_ascii_lowercase()));
    for (number, (name, range)) in unknown.enumerate() {
        let finding = Diagnostic::new(&code::UNKNOWN_FINDING, Span::new(source.id, range.clone()));
        // More are not told of.
        let names = code::ALL.iter().flat_map(|code| [code.id, code.name]);
        let right = if number < MOST { nearest(name, names) } else { None };
        findings.push(finding.arg("name", name).nearest(right));
    }
}
