//! `pmsite check`

use crate::base::source::SourceMap;
use crate::cli::Outcome;
use crate::cli::args::Check;
use crate::cli::build::{denied, wishes};
use crate::cli::print::Printer;
use crate::config::resolve::resolve;
use crate::diag::failure::Failure;
use crate::pipeline;

/// Reads the documents and reports what was found, without building anything.
pub(super) fn run(check: &Check, printer: &Printer) -> Result<Outcome, Failure> {
    let site = resolve(&wishes(&check.site)?)?;
    let checked = pipeline::check(&site)?;
    printer.findings(&checked.findings, &SourceMap::new(&checked.sources), check.concise);
    printer.note(&printer.say(
        "checked",
        &[("documents", &checked.documents), ("findings", &checked.findings.len())],
    ));
    Ok(denied(&checked.findings, Some(check.deny)))
}
