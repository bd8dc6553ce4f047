//! `pmsite extract`

use std::path::{Path, PathBuf};

use crate::cli::Outcome;
use crate::cli::args::{Extract, Format};
use crate::cli::print::Printer;
use crate::config::Site;
use crate::config::environment::Environment;
use crate::config::resolve::{Wishes, resolve};
use crate::diag::failure::Failure;
use crate::diag::{Diagnostic, code};
use crate::pipeline::{self, Reading};
use crate::record::{Record, record};
use crate::render::data;

/// Prints the facts of documents, in the order of their paths.
pub(super) fn run(extract: &Extract, printer: &Printer) -> Result<Outcome, Failure> {
    let mut records: Vec<Record> = Vec::new();
    let mut findings: Vec<Diagnostic> = Vec::new();
    for path in &extract.paths {
        let (reading, prefix) = read(path)?;
        for case in &reading.cases {
            let name = prefix.join(case.source.path.as_str());
            records.push(record(case, &name.to_string_lossy().replace('\\', "/"), printer.words()));
        }
        findings.extend(reading.findings);
    }
    printer.findings(&findings, &crate::base::source::SourceMap::default(), true);
    printer.data(&match extract.format {
        Format::Jsonl => jsonl(&records)?,
        Format::Csv => csv(&records)?,
    });
    Ok(Outcome::Done)
}

/// The documents of a folder, or the one document; and what stands before their paths.
pub(super) fn read(path: &Path) -> Result<(Reading, PathBuf), Failure> {
    let folder = if path.is_dir() { path.to_path_buf() } else { parent(path) };
    if !path.exists() {
        return Err(Failure::new(&code::NO_DOCUMENT).arg("path", path.display()));
    }
    let mut site = resolve(&Wishes {
        folder: Some(folder.clone()),
        environment: Environment::read(),
        ..Wishes::default()
    })?;
    // The documents asked for are those of this folder, whatever a settings file there says of `content`.
    site.content.clone_from(&folder);
    let (vocab, _) = pipeline::vocabulary(&site)?;
    let reading = if path.is_dir() {
        pipeline::read(&site, &vocab.value, None)?
    } else {
        one(&site, path, &vocab.value)?
    };
    Ok((reading, folder))
}

fn one(site: &Site, path: &Path, vocab: &crate::vocab::Vocabulary) -> Result<Reading, Failure> {
    let mut reading = Reading::default();
    match pipeline::single(site, path, vocab)? {
        Ok(case) => reading.cases.push(case.into()),
        Err(finding) => reading.findings.push(finding),
    }
    Ok(reading)
}

fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

fn jsonl(records: &[Record]) -> Result<Vec<u8>, Failure> {
    let mut lines = Vec::new();
    for record in records {
        serde_json::to_writer(&mut lines, record).map_err(|error| bad(&error))?;
        lines.push(b'\n');
    }
    Ok(lines)
}

fn csv(records: &[Record]) -> Result<Vec<u8>, Failure> {
    data::table(records.iter()).map_err(|error| bad(&error))
}

fn bad(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(&code::CANNOT_WRITE).arg("path", "stdout").arg("why", error)
}
