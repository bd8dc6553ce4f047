//! What others than its own page and the search may tell of a document: its facts and findings, with the words that they
//! were read from and where those stand. Who mends a sentence beside them changes no other page.

use crate::base::digest::{Digest, Digester};
use crate::base::source::LineIndex;
use crate::base::span::{FileId, Span};
use crate::case::Case;

/// The digest of it. A place counts as line and column, which is how others tell of it.
pub fn told(case: &Case) -> Option<Digest> {
    let Case { source, unpublishable, .. } = case;
    let (mut incident, mut findings) = (case.incident.clone(), case.findings.clone());
    let lines = LineIndex::new(&source.text);
    let mut digester = Digester::default();
    let mut see = |place: &mut Span| {
        if place.file == source.id {
            digester.add(source.slice(*place).as_bytes());
            let at = lines.position(&source.text, place.start);
            (place.start, place.end) = (at.line, at.column);
        }
        // The number of a file changes with the files before it.
        place.file = FileId(0);
    };
    incident.each_place(&mut see);
    findings.iter_mut().for_each(|finding| finding.each_place(&mut see));
    let facts = postcard::to_stdvec(&(&source.path, incident, findings, unpublishable)).ok()?;
    Some(digester.add(&facts).finish())
}
