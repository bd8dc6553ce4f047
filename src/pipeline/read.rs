//! discover → decode → parse → extract → check: a folder becomes cases, as many at a time as there are processors.
#![expect(clippy::disallowed_methods, reason = "asks what links of documents lead to")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::path::RelPath;
use crate::base::progress::{Part, Progress};
use crate::base::source::Source;
use crate::base::span::{FileId, Span};
use crate::case::{Case, Visible};
use crate::check::{self, Ignores, secret};
use crate::config::Site;
use crate::decode::read::{Stamp, stamp};
use crate::decode::{self, decode};
use crate::diag::failure::Failure;
use crate::diag::{Diagnosed, Diagnostic, code};
use crate::discover::{Found, Role, discover, role_of};
use crate::extract::extract;
use crate::extract::given::Overrides;
use crate::extract::scope::Scope;
use crate::facts;
use crate::model::incident::Incident;
use crate::model::kind::Lang;
use crate::parse::{listing, parse};
use crate::pipeline::{kept_back, overrides};
use crate::pipeline::{set_severity, vocabulary};
use crate::render::Asset;
use crate::vocab::Vocabulary;

/// What a folder holds, read.
#[derive(Default)]
pub struct Reading {
    /// Its documents, by path.
    pub cases: Vec<Arc<Case>>,
    /// Files that documents may show or link to, by path.
    pub assets: Vec<Asset>,
    /// Findings that belong to no document.
    pub findings: Vec<Diagnostic>,
    /// Texts that those findings stand in.
    pub sources: Vec<Source>,
    /// Documents that could not be read at all.
    pub refused: usize,
}

/// Documents that were read before: those that have not changed since are not read again. The readings that lost
/// are forgotten, since only `explain` shows them.
#[derive(Default)]
pub struct Kept {
    cases: BTreeMap<RelPath, KeptCase>,
    /// All files of the folder, and those that were refused.
    listing: Option<Diagnosed<Vec<Found>>>,
    /// What authors said of documents in `overrides.toml`.
    overrides: Vec<Arc<str>>,
    /// How many files are new since the first reading. Numbers stay as they are, because facts point into files by them.
    later: usize,
}

struct KeptCase {
    id: FileId,
    file: PathBuf,
    stamp: Option<Stamp>,
    case: Result<Arc<Case>, Diagnostic>,
}

/// discover → decode → parse → extract.
///
/// # Errors
/// When the folder cannot be read.
pub fn read(site: &Site, vocab: &Vocabulary, kept: Option<&mut Kept>) -> Result<Reading, Failure> {
    read_listed(site, vocab, discover(site)?, kept, None)
}

/// As [`read`], of the documents in this folder of the content alone: what `make` makes of each, and the findings that belong
/// to none. A document goes when it is made use of: all of them would take ten times the memory.
///
/// # Errors
/// When the folder or the words cannot be read.
pub fn read_below<T: Send>(
    site: &Site,
    folder: &RelPath,
    make: impl Fn(Case) -> T + Sync,
) -> Result<(Vec<T>, Vec<Diagnostic>), Failure> {
    let (words, listing) = rayon::join(|| vocabulary(site), || discover(site));
    let (vocab, mut listing) = (words?.0.value, listing?);
    let is_whole = folder.as_str().is_empty();
    listing.value.retain(|found| found.role == Role::Overrides || found.path.is_within(folder));
    let Listed { documents, assets, mut findings, overrides, .. } =
        Listed::of(site, &vocab, listing)?;
    let read = |found: &Found| case(found, site, &vocab, &overrides).map(&make);
    let cases: Vec<Result<T, Diagnostic>> = documents.par_iter().map(read).collect();
    let (mut made, mut read) = (Vec::with_capacity(cases.len()), Vec::with_capacity(cases.len()));
    for (case, found) in cases.into_iter().zip(&documents) {
        match case {
            Ok(case) => {
                made.push(case);
                read.push(&found.path);
            }
            Err(finding) => findings.push(finding),
        }
    }
    // What names a document elsewhere is not idle.
    if is_whole {
        findings.extend(idle(site, &read, &assets, &overrides));
    }
    findings.retain_mut(|finding| set_severity(site, finding));
    Ok((made, findings))
}

/// As [`read`], where only these files have changed since.
///
/// # Errors
/// When the folder cannot be read.
pub fn read_changed(
    site: &Site,
    vocab: &Vocabulary,
    kept: &mut Kept,
    changed: &[PathBuf],
) -> Result<Reading, Failure> {
    // Files that come or go, or that are no documents, change more than themselves.
    let files: BTreeSet<&Path> = kept.cases.values().map(|kept| kept.file.as_path()).collect();
    let known = changed.iter().all(|path| files.contains(path.as_path()) && path.is_file());
    // What is named is read, even if its length and its time are those that it had.
    let named: BTreeSet<&Path> = changed.iter().map(PathBuf::as_path).collect();
    kept.cases
        .values_mut()
        .filter(|kept| named.contains(kept.file.as_path()))
        .for_each(|kept| kept.stamp = None);
    match kept.listing.clone().filter(|_| known) {
        Some(listing) => read_listed(site, vocab, listing, Some(kept), Some(changed)),
        None => read(site, vocab, Some(kept)),
    }
}

/// Reads the files of a listing; of kept ones only those that have changed, where it is known which.
fn read_listed(
    site: &Site,
    vocab: &Vocabulary,
    listing: Diagnosed<Vec<Found>>,
    mut kept: Option<&mut Kept>,
    changed: Option<&[PathBuf]>,
) -> Result<Reading, Failure> {
    if let Some(kept) = &mut kept {
        kept.listing = Some(listing.clone());
    }
    let Listed { documents, assets, findings, sources, overrides } =
        Listed::of(site, vocab, listing)?;
    let read = |found: &Found| case(found, site, vocab, &overrides);
    let cases = match kept {
        None => documents.par_iter().map(|found| read(found).map(Arc::new)).collect(),
        Some(kept) => kept.read(documents, changed, &sources, read),
    };
    Ok(gather(site, cases, &assets, findings, sources, &overrides))
}

/// The files of a listing by what they are, and what was said of documents there.
struct Listed {
    documents: Vec<Found>,
    assets: Vec<Found>,
    findings: Vec<Diagnostic>,
    sources: Vec<Source>,
    overrides: Overrides,
}

impl Listed {
    fn of(
        site: &Site,
        vocab: &Vocabulary,
        listing: Diagnosed<Vec<Found>>,
    ) -> Result<Self, Failure> {
        let Diagnosed { value: mut documents, mut findings } = listing;
        let of = |role: Role| documents.iter().filter(move |found| found.role == role);
        let mut sources = overrides::files(site, of(Role::Overrides))?;
        let overrides = overrides::screened(site, vocab, &mut sources, &mut findings)?;
        let assets: Vec<Found> = of(Role::Asset).cloned().collect();
        documents.retain(|found| found.role == Role::Case);
        Ok(Self { documents, assets, findings, sources, overrides })
    }
}

/// Puts what was read together.
pub(super) fn gather(
    site: &Site,
    cases: Vec<Result<Arc<Case>, Diagnostic>>,
    assets: &[Found],
    findings: Vec<Diagnostic>,
    sources: Vec<Source>,
    overrides: &Overrides,
) -> Reading {
    let asset = |found: &Found| Asset { path: found.path.clone(), file: found.file.clone() };
    let refused = findings.iter().filter(|finding| is_refused_document(finding)).count();
    let assets_read = assets.iter().map(asset).collect();
    let mut reading =
        Reading { assets: assets_read, findings, sources, refused, ..Reading::default() };
    for case in cases {
        match case {
            Ok(case) => reading.cases.push(case),
            Err(finding) => {
                reading.refused += 1;
                reading.findings.push(finding);
            }
        }
    }
    kept_back::settle(&mut reading.cases);
    let paths: Vec<&RelPath> = reading.cases.iter().map(|case| &case.source.path).collect();
    reading.findings.extend(idle(site, &paths, assets, overrides));
    reading.findings.retain_mut(|finding| set_severity(site, finding));
    reading
}

/// What authors and settings say of documents and files that are not there.
fn idle(
    site: &Site,
    documents: &[&RelPath],
    assets: &[Found],
    overrides: &Overrides,
) -> Vec<Diagnostic> {
    let mut findings = overrides.unmatched(documents);
    let paths = || documents.iter().copied().chain(assets.iter().map(|asset| &asset.path));
    for (key, patterns) in [("publish.private", &site.private), ("publish.draft", &site.draft)] {
        let idle = |pattern: &str| {
            // What names one file or folder names it in vain once that is called otherwise.
            let is_path = !pattern.contains(['*', '?', '[', '{']);
            let (code, name) = if is_path {
                (&code::KEEPS_NOTHING, "path")
            } else {
                (&code::IDLE_PATTERN, "pattern")
            };
            Diagnostic::new(code, Span::nowhere()).arg("key", key).arg(name, pattern)
        };
        findings.extend(patterns.idle(paths()).into_iter().map(idle));
    }
    findings
}

/// Whether a document was found that is not read. Pictures and folders are none.
pub(super) fn is_refused_document(finding: &Diagnostic) -> bool {
    let is_document = |(name, path): &(_, String)| {
        *name == "path" && role_of(&RelPath::known(path)) == Some(Role::Case)
    };
    finding.code.is_refusal() && finding.args.iter().any(is_document)
}

impl Kept {
    /// Reads what is new or has changed, and forgets what is gone. The order is that of `found`.
    fn read(
        &mut self,
        mut found: Vec<Found>,
        changed: Option<&[PathBuf]>,
        overrides: &[Source],
        case: impl Fn(&Found) -> Result<Case, Diagnostic> + Sync,
    ) -> Vec<Result<Arc<Case>, Diagnostic>> {
        let overrides: Vec<Arc<str>> =
            overrides.iter().map(|source| Arc::clone(&source.text)).collect();
        if overrides != self.overrides {
            self.overrides = overrides;
            self.cases.clear();
        }
        if self.cases.is_empty() {
            self.later = 0;
        } else {
            for found in &mut found {
                found.id = self.cases.get(&found.path).map_or_else(
                    || {
                        self.later += 1;
                        FileId::LATER.nth(self.later)
                    },
                    |before| before.id,
                );
            }
        }
        let before = std::mem::take(&mut self.cases);
        let changed: Option<BTreeSet<&PathBuf>> = changed.map(|changed| changed.iter().collect());
        let now: Vec<(RelPath, KeptCase)> = found
            .into_par_iter()
            .map(|found| {
                let known = before.get(&found.path);
                let is_same =
                    changed.as_ref().is_some_and(|changed| !changed.contains(&found.file));
                let stamp = match known {
                    Some(known) if is_same => known.stamp,
                    _ => stamp(&found),
                };
                let known = known.filter(|known| stamp.is_some() && known.stamp == stamp);
                let case = match known {
                    Some(known) => known.case.clone(),
                    None => case(&found).map(|mut case| {
                        case.incident.settle();
                        Arc::new(case)
                    }),
                };
                let Found { id, path, file, .. } = found;
                (path, KeptCase { id, file, stamp, case })
            })
            .collect();
        let cases = now.iter().map(|(_, kept)| kept.case.clone()).collect();
        self.cases = now.into_iter().collect();
        cases
    }
}

pub(super) fn refused(
    code: &'static code::Code,
    found: &Found,
    why: impl std::fmt::Display,
) -> Diagnostic {
    Diagnostic::new(code, Span::nowhere()).arg("path", &found.path).arg("why", why)
}

/// One document, or why it cannot be read.
pub fn case(
    found: &Found,
    site: &Site,
    vocab: &Vocabulary,
    overrides: &Overrides,
) -> Result<Case, Diagnostic> {
    let bytes = bytes(found, site)?;
    Ok(document(found, bytes, site, vocab, overrides, Progress::default()))
}

/// The bytes of a document, or why there are none.
pub(super) fn bytes(found: &Found, site: &Site) -> Result<Vec<u8>, Diagnostic> {
    match decode::read::read(found, site.largest_document) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(refused(&code::FILE_TOO_LARGE, found, site.largest_document)),
        Err(error) => Err(refused(&code::UNREADABLE_FILE, found, error)),
    }
}

/// A document of these bytes, as the settings want it.
pub(super) fn document(
    found: &Found,
    bytes: Vec<u8>,
    site: &Site,
    vocab: &Vocabulary,
    overrides: &Overrides,
    progress: Progress<'_>,
) -> Case {
    let (id, path) = (found.id, found.path.clone());
    let mut case = stages(id, path, bytes, vocab, overrides, &site.redacted, progress);
    case.incident.visibility = case.incident.visibility.max(site.visibility(&found.path));
    case.findings.retain_mut(|finding| set_severity(site, finding));
    case
}

/// decode → screen → parse → extract → check for the bytes of one document.
fn stages(
    id: FileId,
    path: RelPath,
    bytes: Vec<u8>,
    vocab: &Vocabulary,
    overrides: &Overrides,
    redacted: &[&str],
    progress: Progress<'_>,
) -> Case {
    let Diagnosed { value: source, mut findings } = decode(id, path, bytes);
    progress.turns(Part::Screen);
    let Diagnosed { value: source, findings: secrets } =
        secret::screen(source, &vocab.secrets, redacted);
    findings.extend(secrets);
    let unpublishable = source.text.trim().is_empty();
    let mut visible = None;
    let mut remarks = Vec::new();
    let mut is_list = false;
    let incident = if unpublishable {
        if findings.is_empty() {
            findings.push(Diagnostic::new(&code::EMPTY_DOCUMENT, Span::start_of(source.id)));
        }
        Incident::unknown(Lang::En)
    } else {
        progress.turns(Part::Parse);
        let mut document = parse(&source);
        findings.extend(document.findings);
        progress.turns(Part::Extract);
        let scope = Scope::new(&source, &document.value, vocab);
        let incident = extract(&scope, overrides.of(&source.path));
        findings.extend(incident.findings);
        progress.turns(Part::Check);
        findings.extend(check::check(&scope, &incident.value));
        drop(scope);
        remarks = std::mem::take(&mut document.value.remarks);
        is_list = listing::is_list(&document.value);
        visible = Some(Visible::of(document.value));
        incident.value
    };
    findings.sort_by_key(|finding| (finding.span.start, finding.code.id));
    findings.dedup();
    let ignores = Ignores::of(std::iter::once((source.id, remarks.as_slice())));
    findings.retain(|finding| ignores.keeps(finding));
    check::bound(&mut findings);
    Case {
        source,
        incident,
        visible,
        findings,
        remarks,
        unpublishable,
        is_list,
        of: None,
        told: None,
    }
}

/// The documents of a file of facts, as `pmsite extract` prints it. A line that is none is a finding.
///
/// # Errors
/// When the file cannot be read.
pub fn facts(site: &Site, path: &Path, vocab: &Vocabulary) -> Result<Reading, Failure> {
    let name = path.display().to_string();
    let text =
        decode::read::all(path).map_err(|error| Failure::io(&code::CANNOT_READ, path, &error))?;
    let lines: Vec<(usize, &str)> =
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect();
    let cases: Vec<Result<Case, Diagnostic>> = lines
        .par_iter()
        .map(|&(number, line)| {
            let id = FileId(number as u32);
            // What must not be published is masked before anything reads it, as in documents.
            let line = Source { id, path: RelPath::new(path), text: Arc::from(line) };
            let line = secret::screen(line, &vocab.secrets, &site.redacted);
            let mut case = facts::case(id, &line.value.text, vocab)
                .map_err(|why| facts::refused(&name, number + 1, &why))?;
            case.findings.extend(line.findings.into_iter().map(|mut finding| {
                finding.span = Span::start_of(id);
                finding.also = None;
                finding
            }));
            case.findings.retain_mut(|finding| set_severity(site, finding));
            Ok(case)
        })
        .collect();
    let mut reading = Reading::default();
    for case in cases {
        match case {
            Ok(case) => reading.cases.push(Arc::new(case)),
            Err(finding) => reading.findings.push(finding),
        }
    }
    reading.refused = reading.findings.len();
    kept_back::settle(&mut reading.cases);
    Ok(reading)
}

/// A document that is not a file: what the bytes would give under this name.
pub fn text(path: &str, bytes: Vec<u8>, vocab: &Vocabulary) -> Case {
    let (overrides, progress) = (Overrides::default(), Progress::default());
    stages(FileId(0), RelPath::known(path), bytes, vocab, &overrides, &[], progress)
}

/// What a path that somebody named leads to: such a link is meant.
pub(super) fn followed(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// One document by itself, which its site calls `name`: as for any document of a folder.
///
/// # Errors
/// When what is said of documents cannot be read.
pub fn single(
    site: &Site,
    path: &Path,
    name: RelPath,
    vocab: &Vocabulary,
) -> Result<Reading, Failure> {
    let inside = Found {
        id: FileId(1),
        path: RelPath::known("overrides.toml"),
        file: followed(&site.content.join("overrides.toml")),
        role: Role::Overrides,
    };
    let inside = Some(inside).filter(|found| found.file.is_file());
    // What is wrong there is told where all documents are read.
    let mut sources = overrides::files(site, inside.iter())?;
    let overrides = overrides::screened(site, vocab, &mut sources, &mut Vec::new())?;
    let found = Found { id: FileId(0), path: name, file: followed(path), role: Role::Case };
    let mut reading = Reading::default();
    match case(&found, site, vocab, &overrides) {
        Ok(case) => reading.cases.push(case.into()),
        Err(finding) => reading.findings.push(finding),
    }
    Ok(reading)
}
