//! The order of the stages, and nothing else: the only place that calls them.

use rayon::prelude::*;

use crate::base::span::Span;
use crate::case::Case;
use crate::config::Site;
use crate::decode::{self, decode};
use crate::diag::failure::Failure;
use crate::diag::{Diagnosed, Diagnostic, code};
use crate::discover::{Found, Role, discover};
use crate::extract::extract;
use crate::model::incident::Incident;
use crate::model::kind::Lang;
use crate::parse::parse;
use crate::vocab::Vocabulary;

/// What a folder holds, read.
pub struct Reading {
    /// Its documents, by path.
    pub cases: Vec<Case>,
    /// Pictures and other files that documents may show or link to.
    pub assets: Vec<Found>,
    /// Findings that belong to no document.
    pub findings: Vec<Diagnostic>,
}

/// discover → decode → parse → extract.
///
/// # Errors
/// When the folder cannot be read.
pub fn read(site: &Site, vocab: &Vocabulary) -> Result<Reading, Failure> {
    let Diagnosed { value: found, findings } = discover(site)?;
    let (documents, assets): (Vec<Found>, Vec<Found>) =
        found.into_iter().filter(|found| found.role != Role::Overrides).partition(|found| found.role == Role::Case);
    let cases: Vec<Result<Case, Diagnostic>> =
        documents.par_iter().map(|found| case(found, site, vocab)).collect();
    let mut reading = Reading { cases: Vec::with_capacity(cases.len()), assets, findings };
    for case in cases {
        match case {
            Ok(case) => reading.cases.push(case),
            Err(finding) => reading.findings.push(finding),
        }
    }
    Ok(reading)
}

/// One document, or why it cannot be read.
pub fn case(found: &Found, site: &Site, vocab: &Vocabulary) -> Result<Case, Diagnostic> {
    let refused = |code, why: String| {
        Diagnostic::new(code, Span::nowhere()).arg("path", &found.path).arg("why", why)
    };
    let bytes = match decode::read::read(found, site.largest_document) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(refused(&code::FILE_TOO_LARGE, site.largest_document.to_string())),
        Err(error) => return Err(refused(&code::UNREADABLE_FILE, error.to_string())),
    };
    let Diagnosed { value: source, mut findings } = decode(found.id, found.path.clone(), bytes);
    if source.text.trim().is_empty() {
        if findings.is_empty() {
            findings.push(Diagnostic::new(&code::EMPTY_DOCUMENT, Span::start_of(source.id)));
        }
        return Ok(Case { source, incident: Incident::unknown(Lang::En), findings, unpublishable: true });
    }
    let document = parse(&source);
    findings.extend(document.findings);
    let incident = extract(&source, &document.value, vocab, None);
    findings.extend(incident.findings);
    findings.retain_mut(|finding| match site.severity(finding.code) {
        Some(severity) => {
            finding.severity = severity;
            true
        }
        None => false,
    });
    findings.sort_by_key(|finding| (finding.span.start, finding.code.id));
    findings.dedup();
    Ok(Case { source, incident: incident.value, findings, unpublishable: false })
}
