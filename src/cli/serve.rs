//! `pmsite serve`
#![expect(clippy::disallowed_methods, reason = "asks whether the folder is there")]

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::base::source::SourceMap;
use crate::cli::Outcome;
use crate::cli::args::Serve;
use crate::cli::build::wishes;
use crate::cli::print::Printer;
use crate::diag::failure::Failure;
use crate::diag::{Diagnostic, Severity, code};
use crate::serve::{News, Order, serve};

/// Serves the site until it is interrupted, and says what changes.
pub(super) fn run(wanted: &Serve, printer: &Printer) -> Result<Outcome, Failure> {
    let mut wishes = wishes(&wanted.site)?;
    // A mistake in a site is shown until it is mended; a folder that is not there was mistyped.
    if let Some(path) = wishes.folder.as_deref().filter(|path| !path.exists()) {
        return Err(Failure::new(&code::NO_FOLDER).arg("path", path.display()));
    }
    wishes.theme.clone_from(&wanted.theme);
    // Whoever writes a document wants to see it before others do.
    wishes.drafts = !wanted.no_drafts;
    let order = Order { wishes, host: wanted.host, port: wanted.port, lang: printer.lang() };
    let known = RefCell::new(BTreeSet::new());
    serve(&order, &|news| match news {
        News::Listening(url) => {
            printer.note(&printer.say("serving", &[("url", &url)]));
            if wanted.open && open::that_detached(&url).is_err() {
                printer.note(&printer.say("no_browser", &[]));
            }
        }
        News::Made { documents, findings, sources } => {
            let sources = SourceMap::new(sources);
            let new = unseen(findings, &known);
            printer.findings(new, &sources, true);
            let all = findings.len();
            printer.note(&printer.say("made", &[("documents", &documents), ("findings", &all)]));
        }
        News::Failed(failure) => printer.failure(failure),
    })?;
    Ok(Outcome::Done)
}

/// Errors and warnings that were not told before. A finding that went away and comes back is new again.
fn unseen<'a>(
    findings: &'a [Diagnostic],
    known: &RefCell<BTreeSet<String>>,
) -> Vec<&'a Diagnostic> {
    let told = findings.iter().filter(|finding| finding.severity != Severity::Note);
    let named: Vec<(String, &Diagnostic)> =
        told.map(|finding| (format!("{finding:?}"), finding)).collect();
    let before = known.replace(named.iter().map(|(name, _)| name.clone()).collect());
    named
        .into_iter()
        .filter(|(name, _)| !before.contains(name))
        .map(|(_, finding)| finding)
        .collect()
}
