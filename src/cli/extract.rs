//! `pmsite extract`
#![expect(clippy::disallowed_methods, reason = "asks whether a path is a folder")]

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::base::path::RelPath;
use crate::cli::Outcome;
use crate::cli::args::{Extract, Format};
use crate::cli::document::{missing, name_of, site_of};
use crate::cli::print::{Printer, unwritable};
use crate::config::Site;
use crate::config::environment::Environment;
use crate::config::resolve::{Wishes, resolve};
use crate::diag::Diagnostic;
use crate::diag::failure::Failure;
use crate::pipeline::{self, Reading};
use crate::record::{Record, record};
use crate::render::data;

/// Prints the facts of documents, in the order of their paths.
pub(super) fn run(extract: &Extract, printer: &Printer) -> Result<Outcome, Failure> {
    let mut records: Vec<Record> = Vec::new();
    let mut findings: Vec<Diagnostic> = Vec::new();
    for path in &extract.paths {
        let (reading, above) =
            if path.is_dir() { folder(path)? } else { (one(path)?, RelPath::known("")) };
        records.par_extend(reading.cases.par_iter().map(|case| {
            let below = Path::new(case.source.path.as_str()).strip_prefix(above.as_str());
            let name = below.ok().filter(|_| path.is_dir()).map(|below| path.join(below));
            let name = name.unwrap_or_else(|| path.clone());
            record(case, &name.to_string_lossy().replace('\\', "/"), printer.words())
        }));
        findings.extend(reading.findings);
    }
    printer.findings(&findings, &crate::base::source::SourceMap::default(), true);
    printer.data(&match extract.format {
        Format::Jsonl => jsonl(&records)?,
        Format::Csv => csv(&records)?,
    })?;
    Ok(Outcome::Done)
}

/// The documents of a folder. Where it is one of a site they are read as the site reads them; else they are all that is
/// below the folder, whatever a settings file there says of `content`.
fn folder(path: &Path) -> Result<(Reading, RelPath), Failure> {
    let own = site(site_of(path)).ok();
    let place = own.and_then(|site| name_of(path, &site).ok().map(|name| (site, name)));
    let (site, name) = match place {
        Some((site, name)) => (site, name),
        None => {
            let mut site = site(Some(path.to_path_buf()))?;
            site.content = path.to_path_buf();
            (site, RelPath::known(""))
        }
    };
    let (vocab, _) = pipeline::vocabulary(&site)?;
    Ok((pipeline::read_below(&site, &vocab.value, &name)?, name))
}

/// One document, read as its site reads it: with the words of that site, and with what is said of it there.
pub(super) fn one(path: &Path) -> Result<Reading, Failure> {
    if !path.is_file() {
        return Err(missing(path));
    }
    let site = site(site_of(path))?;
    let (vocab, _) = pipeline::vocabulary(&site)?;
    let name = name_of(path, &site).unwrap_or_else(|_| RelPath::new(path));
    pipeline::single(&site, path, name, &vocab.value)
}

fn site(folder: Option<PathBuf>) -> Result<Site, Failure> {
    let environment = Environment::read();
    resolve(&Wishes { folder, environment, without_content: true, ..Wishes::default() })
}

fn jsonl(records: &[Record]) -> Result<Vec<u8>, Failure> {
    let line = |record: &Record| {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        Ok(line)
    };
    let lines: Result<Vec<Vec<u8>>, serde_json::Error> = records.par_iter().map(line).collect();
    lines.map(|lines| lines.concat()).map_err(unwritable)
}

fn csv(records: &[Record]) -> Result<Vec<u8>, Failure> {
    data::table(records.iter()).map_err(unwritable)
}
