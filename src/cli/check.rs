//! `pmsite check`
#![expect(clippy::disallowed_methods, reason = "asks whether a path is a document")]

use std::path::{Path, PathBuf};

use crate::base::path::RelPath;
use crate::base::source::{Source, SourceMap};
use crate::cli::Outcome;
use crate::cli::args::{Check, Report};
use crate::cli::baseline;
use crate::cli::build::{denied, wishes};
use crate::cli::changed::changed;
use crate::cli::document::{missing, name_of, site_around, site_of};
use crate::cli::fix::fix;
use crate::cli::print::Printer;
use crate::config::Site;
use crate::config::resolve::resolve;
use crate::diag::failure::Failure;
use crate::diag::report::{self, Located, locate};
use crate::diag::sarif::sarif;
use crate::diag::{Diagnostic, code};
use crate::pipeline::{self, Checked, DOCUMENTS};

/// Reads the documents and reports what was found, without building anything.
pub(super) fn run(check: &Check, printer: &Printer) -> Result<Outcome, Failure> {
    let mut wishes = wishes(&check.site)?;
    // A document, or a folder of some, is checked as a part of its site: its links and its twins are looked for there.
    let is_part = |path: &PathBuf| path.is_file() || site_around(path).is_some();
    let part = wishes.folder.clone().filter(is_part);
    if let Some(part) = &part {
        wishes.folder = site_of(part);
    } else if let Some(path) = wishes.folder.as_deref().filter(|path| is_lost(path)) {
        return Err(missing(path));
    }
    let site = resolve(&wishes)?;
    let part = part.map(|part| name_of(&part, &site)).transpose()?;
    if check.diff || check.fix {
        let mended = fix(&site, part.as_ref(), check.diff, printer)?;
        if check.diff {
            return Ok(if mended { Outcome::Denied } else { Outcome::Done });
        }
    }
    let mut checked = pipeline::check(&site, part.as_ref())?;
    if let Some(part) = &part {
        keep(&mut checked, |path| RelPath::known(path).is_within(part), |_| false);
    }
    if let Some(revision) = &check.since {
        let documents = changed(&site.content, revision)?;
        // Where the site itself is in no repository, nobody knows what of its words changed: all of it is told.
        let others = changed(&site.root, revision).ok();
        let is_told = |path: &str| others.as_ref().is_none_or(|others| others.contains(path));
        keep(&mut checked, |path| documents.contains(path), is_told);
    }
    if let Some(file) = &check.baseline {
        let known = if check.write_baseline {
            baseline::write(file, &located(&checked, &site, printer))?
        } else {
            baseline::read(file)?
        };
        let is_known = located(&checked, &site, printer)
            .iter()
            .map(|finding| known.contains(&finding.fingerprint))
            .collect::<Vec<bool>>();
        let mut is_known = is_known.into_iter();
        checked.findings.retain(|_| !is_known.next().unwrap_or(false));
    }
    print(check, &checked, &site, printer)?;
    printer.note(&printer.say(
        "checked",
        &[("documents", &checked.documents), ("findings", &checked.findings.len())],
    ));
    Ok(denied(&checked.findings, Some(check.deny)))
}

/// Whether a path is called as a document is, and leads to nothing.
fn is_lost(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    !path.exists() && DOCUMENTS.contains(&&*ending)
}

fn print(check: &Check, checked: &Checked, site: &Site, printer: &Printer) -> Result<(), Failure> {
    let bad = |error: serde_json::Error| {
        Failure::new(&code::CANNOT_WRITE).arg("path", "stdout").arg("why", error)
    };
    match check.format {
        Report::Text => {
            let sources = SourceMap::new(&checked.sources);
            printer.findings(&checked.findings, &sources, check.concise);
        }
        Report::Json => printer.data(&report::json(&located(checked, site, printer)).map_err(bad)?),
        Report::Sarif => {
            let log = sarif(&located(checked, site, printer), printer.words());
            printer.data(format!("{log:#}\n").as_bytes());
        }
        Report::Github => printer.data(report::github(&located(checked, site, printer)).as_bytes()),
    }
    Ok(())
}

/// Files of the content folder are numbered from 0; others, such as word lists, from here.
const FIRST_OTHER: u32 = 1 << 31;

fn located<'a>(checked: &'a Checked, site: &Site, printer: &Printer) -> Vec<Located<'a>> {
    let sources = SourceMap::new(&checked.sources);
    locate(&checked.findings, &sources, printer.words(), |source| path(source, site))
}

/// A file as it is called from the current folder.
fn path(source: &Source, site: &Site) -> String {
    let folder = if source.id.0 < FIRST_OTHER { &site.content } else { &site.root };
    let path = folder.join(source.path.as_str());
    let path = path.to_string_lossy().replace('\\', "/");
    path.trim_start_matches("./").to_owned()
}

/// Leaves only what stands in these files, named from the content folder, or says that they cannot be read, and what
/// stands in those files of the site, named from its own folder, that are to be told of.
fn keep(checked: &mut Checked, is_asked: impl Fn(&str) -> bool, is_told: impl Fn(&str) -> bool) {
    let sources = SourceMap::new(&checked.sources);
    let names = |finding: &Diagnostic| {
        finding.args.iter().any(|(name, path)| *name == "path" && is_asked(path))
    };
    checked.findings.retain(|finding| match sources.get(finding.span.file) {
        Some(source) if source.id.0 < FIRST_OTHER => is_asked(source.path.as_str()),
        Some(source) => is_told(source.path.as_str()),
        None => names(finding),
    });
}
