//! `pmsite check`

use crate::base::source::{Source, SourceMap};
use crate::cli::Outcome;
use crate::cli::args::Check;
use crate::cli::build::{denied, wishes};
use crate::cli::print::Printer;
use crate::config::resolve::resolve;
use crate::diag::Diagnostic;
use crate::diag::failure::Failure;
use crate::pipeline;

/// Reads the documents and reports what was found, without building anything.
pub(super) fn run(check: &Check, printer: &Printer) -> Result<Outcome, Failure> {
    let site = resolve(&wishes(&check.site)?)?;
    let (vocab, mut sources) = pipeline::vocabulary(&site)?;
    let mut reading = pipeline::read(&site, &vocab.value, None)?;
    let mut findings: Vec<Diagnostic> = vocab.findings;
    findings.append(&mut reading.findings);
    sources.append(&mut reading.sources);
    for case in &reading.cases {
        findings.extend(case.findings.iter().cloned());
    }
    sources.extend(reading.cases.iter().map(|case| case.source.clone()).collect::<Vec<Source>>());
    findings.sort_by_key(|finding| (finding.span.file, finding.span.start, finding.code.id));
    printer.findings(&findings, &SourceMap::new(&sources), check.concise);
    let documents = reading.cases.len() + reading.refused;
    printer
        .note(&printer.say("checked", &[("documents", &documents), ("findings", &findings.len())]));
    Ok(denied(&findings, Some(check.deny)))
}
