//! `pmsite extract`
#![expect(clippy::disallowed_methods, reason = "asks whether a path is a folder")]

use std::path::{Path, PathBuf};

use crate::base::path::RelPath;
use crate::case::Case;
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
    let bytes = match extract.format {
        Format::Jsonl => each(extract, printer, line)?.concat(),
        Format::Csv => csv(&each(extract, printer, Ok)?)?,
    };
    printer.data(&bytes)?;
    Ok(Outcome::Done)
}

/// What `make` makes of the facts of each document, which goes as soon as it is made use of. Findings are printed.
fn each<T: Send>(
    extract: &Extract,
    printer: &Printer,
    make: impl Fn(Record) -> Result<T, Failure> + Sync,
) -> Result<Vec<T>, Failure> {
    let mut made: Vec<T> = Vec::new();
    let mut findings: Vec<Diagnostic> = Vec::new();
    let named = |case: &Case, name: &Path| {
        make(record(case, &name.to_string_lossy().replace('\\', "/"), printer.words()))
    };
    for path in &extract.paths {
        if path.is_dir() {
            let (records, found) = folder(path, |case, below| named(case, &path.join(below)))?;
            made.extend(records.into_iter().collect::<Result<Vec<T>, Failure>>()?);
            findings.extend(found);
        } else {
            let Reading { cases, findings: found, .. } = one(path)?;
            for case in &cases {
                made.push(named(case, path)?);
            }
            findings.extend(found);
        }
    }
    printer.findings(&findings, &crate::base::source::SourceMap::default(), true);
    Ok(made)
}

/// What `make` makes of the documents of a folder and their paths in it. Where it is one of a site they are read as the site
/// reads them; else they are all that is below the folder, whatever a settings file there says of `content`.
fn folder<T: Send>(
    path: &Path,
    make: impl Fn(&Case, &Path) -> T + Sync,
) -> Result<(Vec<T>, Vec<Diagnostic>), Failure> {
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
    pipeline::read_below(&site, &name, |case| {
        let whole = Path::new(case.source.path.as_str());
        make(&case, whole.strip_prefix(name.as_str()).unwrap_or(whole))
    })
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

fn line(record: Record) -> Result<Vec<u8>, Failure> {
    let mut line = serde_json::to_vec(&record).map_err(unwritable)?;
    line.push(b'\n');
    Ok(line)
}

fn csv(records: &[Record]) -> Result<Vec<u8>, Failure> {
    data::table(records.iter()).map_err(unwritable)
}
