//! `pmsite check`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::base::path::RelPath;
use crate::base::source::{Source, SourceMap};
use crate::cli::Outcome;
use crate::cli::args::{Check, Report};
use crate::cli::baseline;
use crate::cli::build::{denied, wishes};
use crate::cli::changed::changed;
use crate::cli::fix::fix;
use crate::cli::print::Printer;
use crate::config::resolve::resolve;
use crate::config::{Site, file};
use crate::diag::failure::Failure;
use crate::diag::report::{self, Located, locate};
use crate::diag::sarif::sarif;
use crate::diag::{Diagnostic, code};
use crate::pipeline::{self, Checked};

/// Reads the documents and reports what was found, without building anything.
pub(super) fn run(check: &Check, printer: &Printer) -> Result<Outcome, Failure> {
    let mut wishes = wishes(&check.site)?;
    // A document is checked as a part of its site: its links and its twins are looked for there.
    let document = wishes.folder.clone().filter(|path| path.is_file());
    if let Some(document) = &document {
        wishes.folder = site_of(document);
    }
    let site = resolve(&wishes)?;
    let document = document.map(|document| name_of(&document, &site)).transpose()?;
    if check.diff || check.fix {
        let mended = fix(&site, document.as_deref(), check.diff, printer)?;
        if check.diff {
            return Ok(if mended { Outcome::Denied } else { Outcome::Done });
        }
    }
    let mut checked = pipeline::check(&site)?;
    if let Some(name) = document {
        checked.documents = 1;
        keep_changed(&mut checked, &BTreeSet::from([name]));
    }
    if let Some(revision) = &check.since {
        keep_changed(&mut checked, &changed(&site.content, revision)?);
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

/// The folder to read for one document: the nearest above it that has settings; without any the current one whose
/// `content/` holds it, else the folder that it stands in.
fn site_of(document: &Path) -> Option<PathBuf> {
    let named = |folder: &Path| PathBuf::from(".").join(folder);
    let whole = document.canonicalize().unwrap_or_default();
    let above = document.ancestors().skip(1).map(named);
    let mut above = above.chain(whole.ancestors().skip(1).map(Path::to_path_buf));
    let with_settings = above.find(|folder| folder.join(file::NAME).is_file());
    let is_content = || {
        let content = Path::new(file::CONTENT).canonicalize();
        content.is_ok_and(|content| whole.starts_with(content))
    };
    with_settings.or_else(|| document.parent().filter(|_| !is_content()).map(named))
}

/// What a document is called in its site.
fn name_of(document: &Path, site: &Site) -> Result<String, Failure> {
    let within = |folder: &Path| {
        let document = document.canonicalize().ok()?;
        Some(document.strip_prefix(folder.canonicalize().ok()?).ok()?.to_path_buf())
    };
    within(&site.content)
        .map(|path| RelPath::new(&path).to_string())
        .ok_or_else(|| Failure::new(&code::NO_DOCUMENT).arg("path", document.display()))
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

/// Leaves only what stands in these files, named from the content folder, or says that they cannot be read.
fn keep_changed(checked: &mut Checked, changed: &BTreeSet<String>) {
    let sources = SourceMap::new(&checked.sources);
    let names = |finding: &Diagnostic| {
        finding.args.iter().any(|(name, path)| *name == "path" && changed.contains(path))
    };
    checked.findings.retain(|finding| match sources.get(finding.span.file) {
        Some(source) => changed.contains(source.path.as_str()),
        None => names(finding),
    });
}
