//! `pmsite check`
#![expect(clippy::disallowed_methods, reason = "asks whether a path is a document")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::base::source::{Source, SourceMap};
use crate::cli::Outcome;
use crate::cli::args::{Check, Report};
use crate::cli::asked::Asked;
use crate::cli::baseline;
use crate::cli::build::{denied, wishes};
use crate::cli::document::{missing, name_of, site_around, site_of};
use crate::cli::fix::fix;
use crate::cli::print::{Printer, unwritable};
use crate::config::Site;
use crate::config::resolve::resolve;
use crate::diag::failure::Failure;
use crate::diag::report::{self, Located, locate};
use crate::diag::sarif::sarif;
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
    let asked = Asked::new(part, check.since.as_deref(), &site)?;
    if check.diff || check.fix {
        let mended = fix(&site, |path| asked.covers(path), check.diff, printer)?;
        if check.diff {
            return Ok(if mended { Outcome::Denied } else { Outcome::Done });
        }
    }
    let mut checked = pipeline::check(&site, |path| asked.covers(path))?;
    let told = told(check, &checked, &asked, &site, printer)?;
    let mut told = told.into_iter();
    checked.findings.retain(|_| told.next().unwrap_or(true));
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
    match check.format {
        Report::Text => {
            let sources = SourceMap::new(&checked.sources);
            printer.findings(&checked.findings, &sources, check.concise);
            Ok(())
        }
        Report::Json => {
            printer.data(&report::json(&located(checked, site, printer)).map_err(unwritable)?)
        }
        Report::Sarif => {
            let log = sarif(&located(checked, site, printer), printer.words());
            printer.data(format!("{log:#}\n").as_bytes())
        }
        Report::Github => printer.data(report::github(&located(checked, site, printer)).as_bytes()),
    }
}

fn located(checked: &Checked, site: &Site, printer: &Printer) -> Vec<Located> {
    let sources = SourceMap::new(&checked.sources);
    locate(&checked.findings, &sources, printer.words(), |source| path(source, site))
}

/// A file as it is called from the current folder.
fn path(source: &Source, site: &Site) -> String {
    let folder = if source.id.is_of_content() { &site.content } else { &site.root };
    let path = folder.join(source.path.as_str());
    let path = path.to_string_lossy().replace('\\', "/");
    path.trim_start_matches("./").to_owned()
}

/// Which findings are told: those in what is asked about that no baseline knows. A baseline that is written takes them, and
/// keeps of the others what it had of them.
fn told(
    check: &Check,
    checked: &Checked,
    asked: &Asked,
    site: &Site,
    printer: &Printer,
) -> Result<Vec<bool>, Failure> {
    let sources = SourceMap::new(&checked.sources);
    let is_asked = checked.findings.iter().map(|finding| asked.tells(finding, &sources));
    let Some(file) = &check.baseline else { return Ok(is_asked.collect()) };
    let findings: Vec<(Located, bool)> =
        located(checked, site, printer).into_iter().zip(is_asked).collect();
    let is_new = check.write_baseline && (asked.is_all() || !file.exists());
    let mut known = if is_new { BTreeSet::new() } else { baseline::read(file)? };
    if check.write_baseline {
        let is_kept = |(finding, is_asked): &&(Located, bool)| {
            *is_asked || known.contains(&finding.fingerprint)
        };
        known = baseline::write(file, findings.iter().filter(is_kept).map(|(finding, _)| finding))?;
    }
    let is_told =
        |(finding, is_asked): &(Located, bool)| *is_asked && !known.contains(&finding.fingerprint);
    Ok(findings.iter().map(is_told).collect())
}
