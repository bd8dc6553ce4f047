//! The order of the stages, and nothing else: the only place that calls them.

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::{FileId, Span};
use crate::case::{Case, Visible};
use crate::check::{self, Ignores, secret};
use crate::config::Site;
use crate::decode::{self, decode};
use crate::diag::failure::Failure;
use crate::diag::{Diagnosed, Diagnostic, Severity, code};
use crate::discover::{self, Found, Role, discover};
use crate::emit::Report;
use crate::emit::folder::Folder;
use crate::extract::extract;
use crate::extract::given::Overrides;
use crate::extract::scope::Scope;
use crate::index::{self, Archive, Counts, index};
use crate::model::incident::Incident;
use crate::model::kind::{Lang, Visibility};
use crate::parse::document::{BlockKind, Document};
use crate::parse::parse;
use crate::render::theme::{Theme, ThemeFile};
use crate::render::{Asset, Scene, asset, forbidden, inspect, render};
use crate::vocab::Vocabulary;

/// What a folder holds, read.
pub struct Reading {
    /// Its documents, by path.
    pub cases: Vec<Case>,
    /// Files that documents may show or link to, by path.
    pub assets: Vec<Asset>,
    /// Findings that belong to no document.
    pub findings: Vec<Diagnostic>,
    /// Texts that those findings stand in.
    pub sources: Vec<Source>,
    /// Documents that could not be read at all.
    pub refused: usize,
}

/// What a build did.
pub struct Built {
    /// How many documents became what.
    pub counts: Counts,
    /// Documents that could not be read at all.
    pub refused: usize,
    /// All findings, in order of the texts.
    pub findings: Vec<Diagnostic>,
    /// The texts that they stand in.
    pub sources: Vec<Source>,
    /// The files written.
    pub report: Report,
    /// Nothing was written, because a secret would have been published.
    pub withheld: bool,
}

/// The words of a site: ours, and its own `data/`.
///
/// # Errors
/// When a file of `data/` cannot be read.
pub fn vocabulary(site: &Site) -> Result<(Diagnosed<Vocabulary>, Vec<Source>), Failure> {
    let files = discover::own_files(&site.root.join("data"))?;
    let sources: Vec<Source> = files
        .into_iter()
        .filter(|file| file.path.extension() == "toml")
        .enumerate()
        .map(|(number, file)| Source {
            id: FileId(u32::MAX - 2000 + number as u32),
            path: RelPath::known(&format!("data/{}", file.path)),
            text: Arc::from(String::from_utf8_lossy(&file.bytes).as_ref()),
        })
        .collect();
    Ok((Vocabulary::load(&sources), sources))
}

/// discover → decode → parse → extract.
///
/// # Errors
/// When the folder cannot be read.
pub fn read(site: &Site, vocab: &Vocabulary) -> Result<Reading, Failure> {
    let Diagnosed { value: found, mut findings } = discover(site)?;
    let of = |role: Role| found.iter().filter(move |found| found.role == role);
    let (overrides, sources) = overrides(site, of(Role::Overrides), &mut findings);
    let documents: Vec<&Found> = of(Role::Case).collect();
    let cases: Vec<Result<Case, Diagnostic>> =
        documents.par_iter().map(|found| case(found, site, vocab, &overrides)).collect();
    let assets = of(Role::Asset)
        .map(|found| Asset { path: found.path.clone(), file: found.file.clone() })
        .collect();
    let mut reading =
        Reading { cases: Vec::with_capacity(cases.len()), assets, findings, sources, refused: 0 };
    for case in cases {
        match case {
            Ok(case) => reading.cases.push(case),
            Err(finding) => reading.findings.push(finding),
        }
    }
    reading.refused = reading.findings.iter().filter(|finding| finding.code.is_refusal()).count();
    let paths: Vec<&RelPath> = reading.cases.iter().map(|case| &case.source.path).collect();
    reading.findings.extend(overrides.unmatched(&paths));
    reading.findings.retain_mut(|finding| set_severity(site, finding));
    Ok(reading)
}

/// What authors say of documents in `overrides.toml`, beside the content or in it.
fn overrides<'a>(
    site: &Site,
    found: impl Iterator<Item = &'a Found>,
    findings: &mut Vec<Diagnostic>,
) -> (Overrides, Vec<Source>) {
    let mut sources = Vec::new();
    let beside = Found {
        id: FileId(u32::MAX - 3000),
        path: RelPath::known("overrides.toml"),
        file: site.root.join("overrides.toml"),
        role: Role::Overrides,
    };
    let mut overrides = Overrides::default();
    let inside: Vec<Found> = found.cloned().collect();
    let beside = (site.root != site.content && beside.file.is_file()).then_some(beside);
    for found in beside.into_iter().chain(inside) {
        match decode::read::read(&found, site.largest_document) {
            Ok(Some(bytes)) => {
                let source = decode(found.id, found.path.clone(), bytes).value;
                overrides.add(&source, findings);
                sources.push(source);
            }
            Ok(None) => {
                findings.push(refused(&code::FILE_TOO_LARGE, &found, site.largest_document))
            }
            Err(error) => findings.push(refused(&code::UNREADABLE_FILE, &found, error)),
        }
    }
    (overrides, sources)
}

fn refused(code: &'static code::Code, found: &Found, why: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::new(code, Span::nowhere()).arg("path", &found.path).arg("why", why)
}

/// One document, or why it cannot be read.
pub fn case(
    found: &Found,
    site: &Site,
    vocab: &Vocabulary,
    overrides: &Overrides,
) -> Result<Case, Diagnostic> {
    let bytes = match decode::read::read(found, site.largest_document) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(refused(&code::FILE_TOO_LARGE, found, site.largest_document)),
        Err(error) => return Err(refused(&code::UNREADABLE_FILE, found, error)),
    };
    let mut case = document(found.id, found.path.clone(), bytes, vocab, overrides, &site.redacted);
    case.incident.visibility = case.incident.visibility.max(site.visibility(&found.path));
    case.findings.retain_mut(|finding| set_severity(site, finding));
    Ok(case)
}

/// decode → screen → parse → extract → check for the bytes of one document.
fn document(
    id: FileId,
    path: RelPath,
    bytes: Vec<u8>,
    vocab: &Vocabulary,
    overrides: &Overrides,
    redacted: &[&str],
) -> Case {
    let Diagnosed { value: source, mut findings } = decode(id, path, bytes);
    let Diagnosed { value: source, findings: secrets } =
        secret::screen(source, &vocab.secrets, redacted);
    findings.extend(secrets);
    let unpublishable = source.text.trim().is_empty();
    let mut visible = Visible::default();
    let mut remarks = Vec::new();
    let incident = if unpublishable {
        if findings.is_empty() {
            findings.push(Diagnostic::new(&code::EMPTY_DOCUMENT, Span::start_of(source.id)));
        }
        Incident::unknown(Lang::En)
    } else {
        let mut document = parse(&source);
        findings.extend(document.findings);
        let scope = Scope::new(&source, &document.value, vocab);
        let incident = extract(&scope, overrides.of(&source.path));
        findings.extend(incident.findings);
        findings.extend(check::check(&scope, &incident.value));
        drop(scope);
        remarks = std::mem::take(&mut document.value.remarks);
        visible = see(document.value);
        incident.value
    };
    findings.sort_by_key(|finding| (finding.span.start, finding.code.id));
    findings.dedup();
    let ignores = Ignores::of(std::iter::once((source.id, remarks.as_slice())));
    findings.retain(|finding| ignores.keeps(finding));
    check::bound(&mut findings);
    Case { source, incident, visible, findings, remarks, unpublishable }
}

/// What a reader sees of a document.
fn see(document: Document) -> Visible {
    let headings = document.blocks.iter();
    let headings = headings.filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
    Visible {
        headings: headings.map(|block| block.text.clone()).collect(),
        text: document.view.text,
    }
}

/// A document that is not a file: what the bytes would give under this name.
pub fn text(path: &str, bytes: Vec<u8>, vocab: &Vocabulary) -> Case {
    document(FileId(0), RelPath::known(path), bytes, vocab, &Overrides::default(), &[])
}

/// One document by itself.
///
/// # Errors
/// When there is no such file. The inner result is as for any document of a folder.
pub fn single(
    site: &Site,
    path: &std::path::Path,
    vocab: &Vocabulary,
) -> Result<Result<Case, Diagnostic>, Failure> {
    let name = path
        .file_name()
        .ok_or_else(|| Failure::new(&code::NO_DOCUMENT).arg("path", path.display()))?;
    let found = Found {
        id: FileId(0),
        path: RelPath::new(std::path::Path::new(name)),
        file: path.to_path_buf(),
        role: Role::Case,
    };
    Ok(case(&found, site, vocab, &Overrides::default()))
}

/// Gives a finding the severity that the site wants; false when it is switched off.
fn set_severity(site: &Site, finding: &mut Diagnostic) -> bool {
    match site.severity(finding.code) {
        Some(severity) => {
            finding.severity = severity;
            true
        }
        None => false,
    }
}

/// The whole site: everything from the folder to the output.
///
/// # Errors
/// For IO, settings and templates; never for content.
pub fn build(site: &Site, force: bool) -> Result<Built, Failure> {
    let (Diagnosed { value: vocab, mut findings }, mut sources) = vocabulary(site)?;
    let theme = theme(site)?;
    let output = Folder::open(&site.output, &site.content, force)?;
    let mut reading = read(site, &vocab)?;
    findings.append(&mut reading.findings);
    sources.append(&mut reading.sources);
    for case in &mut reading.cases {
        // What is not published leaves no trace, and its findings would be one.
        if case.incident.visibility == Visibility::Public || site.drafts {
            findings.extend(case.findings.iter().cloned());
            sources.push(case.source.clone());
        }
        case.incident.settle();
    }
    let (archive, more) = file(std::mem::take(&mut reading.cases), site, &vocab);
    findings.extend(more);
    let assets = publishable(reading.assets, &archive, site, &vocab, &mut findings, &mut sources);
    let scene = Scene::new(&archive, site, &theme, &vocab, &assets);
    let withheld = site.withholds && findings.iter().any(is_open_secret);
    let report = if withheld {
        findings.extend(inspect(&scene));
        Report::default()
    } else {
        findings.extend(render(&scene, |file| output.put(file))?);
        output.commit()?
    };
    settle(&mut findings, &archive, site);
    secret::cover(&mut sources, &findings);
    let (counts, refused) = (archive.counts, reading.refused);
    Ok(Built { counts, refused, findings, sources, report, withheld })
}

/// Whether a finding is a secret that nothing masks and that nobody said is none.
pub fn is_open_secret(finding: &Diagnostic) -> bool {
    finding.code.is_secret() && finding.severity == Severity::Error
}

/// Files beside the documents that are text, and may hold what must not be published.
const TEXTS: [&str; 4] = ["csv", "json", "log", "svg"];
/// Their numbers, above those of documents.
const FIRST_ASSET: u32 = 1 << 30;

/// The files beside the documents that are published: those that documents mention, without drawings that run
/// something, and without those that hold what the site masks.
fn publishable(
    assets: Vec<Asset>,
    archive: &Archive,
    site: &Site,
    vocab: &Vocabulary,
    findings: &mut Vec<Diagnostic>,
    sources: &mut Vec<Source>,
) -> Vec<Asset> {
    let mut assets = asset::mentioned(assets, archive, site);
    let mut number = FIRST_ASSET;
    assets.retain(|asset| {
        let ending = asset.path.extension();
        if !TEXTS.contains(&ending.as_str()) {
            return true;
        }
        number += 1;
        let (id, path) = (FileId(number), asset.path.clone());
        let found = Found { id, path, file: asset.file.clone(), role: Role::Asset };
        let bytes = match decode::read::read(&found, site.largest_document) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                findings.push(refused(&code::FILE_TOO_LARGE, &found, site.largest_document));
                return false;
            }
            Err(error) => {
                findings.push(refused(&code::UNREADABLE_FILE, &found, error));
                return false;
            }
        };
        let source = decode(id, found.path, bytes).value;
        let runs = forbidden::in_drawing(&source.text).filter(|_| ending == "svg");
        let mut secrets = secret::screen(source, &vocab.secrets, &site.redacted);
        let masked =
            secrets.findings.iter().any(|finding| site.redacted.contains(&finding.code.id));
        let is_open = runs.is_none() && !masked;
        if let Some(what) = runs {
            let finding = Diagnostic::new(&code::UNSAFE_HTML, Span::start_of(id));
            secrets.findings.push(finding.arg("what", what));
        }
        secrets.findings.retain_mut(|finding| set_severity(site, finding));
        if !secrets.findings.is_empty() {
            sources.push(secrets.value);
        }
        findings.append(&mut secrets.findings);
        is_open
    });
    assets
}

/// The archive of documents, and what is found by looking at all of them.
fn file(cases: Vec<Case>, site: &Site, vocab: &Vocabulary) -> (Archive, Vec<Diagnostic>) {
    let wishes = index::Wishes { drafts: site.drafts, today: site.today };
    let Diagnosed { value: archive, mut findings } = index(cases, vocab, wishes);
    if let Some(today) = archive.today {
        findings.extend(
            archive.filed.iter().flat_map(|filed| check::aged(&filed.case.incident, today)),
        );
    }
    (archive, findings)
}

/// Leaves out what the site or an author does not want to hear, and puts the rest in order.
fn settle(findings: &mut Vec<Diagnostic>, archive: &Archive, site: &Site) {
    let documents = archive.filed.iter().map(|filed| &filed.case);
    let ignores = Ignores::of(documents.map(|case| (case.source.id, case.remarks.as_slice())));
    findings.retain(|finding| ignores.keeps(finding));
    check::bound(findings);
    findings.retain_mut(|finding| set_severity(site, finding));
    findings.sort_by_key(|finding| (finding.span.file, finding.span.start, finding.code.id));
    findings.dedup();
}

/// A document that can be mended.
pub struct Fix {
    /// Its path below the content folder.
    pub path: RelPath,
    /// The file.
    pub file: std::path::PathBuf,
    /// Its bytes as they are.
    pub before: Vec<u8>,
    /// Its text as it should be.
    pub after: String,
}

/// What can be mended without a doubt, by path.
///
/// # Errors
/// When the folder or the words cannot be read.
pub fn fixes(site: &Site) -> Result<Vec<Fix>, Failure> {
    let vocab = vocabulary(site)?.0.value;
    let found = discover(site)?.value;
    let fixes =
        found.into_par_iter().filter(|found| found.role == Role::Case).filter_map(|found| {
            let before = decode::read::read(&found, site.largest_document).ok()??;
            let text = decode::mended(before.clone())?;
            // What is read is without the mark that a file may begin with.
            let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let mark = text.len() - bare.len();
            let source = Source { id: found.id, path: found.path.clone(), text: Arc::from(bare) };
            let document = parse(&source).value;
            let after = check::fix::mend(&Scope::new(&source, &document, &vocab));
            let after = format!("{}{after}", text.get(..mark).unwrap_or_default());
            (after.as_bytes() != before).then_some(Fix {
                path: found.path,
                file: found.file,
                before,
                after,
            })
        });
    Ok(fixes.collect())
}

/// What a check found.
pub struct Checked {
    /// Documents looked at, those that could not be read included.
    pub documents: usize,
    /// All findings, in order of the texts.
    pub findings: Vec<Diagnostic>,
    /// The texts that they stand in.
    pub sources: Vec<Source>,
}

/// Everything that a build would find, without one. Documents that are not published are looked at, too.
///
/// # Errors
/// When the folder, the words or the theme cannot be read.
pub fn check(site: &Site) -> Result<Checked, Failure> {
    let (Diagnosed { value: vocab, mut findings }, mut sources) = vocabulary(site)?;
    let theme = theme(site)?;
    let mut reading = read(site, &vocab)?;
    findings.append(&mut reading.findings);
    sources.append(&mut reading.sources);
    let documents = reading.cases.len() + reading.refused;
    for case in &mut reading.cases {
        findings.append(&mut case.findings);
        sources.push(case.source.clone());
    }
    let (archive, more) = file(std::mem::take(&mut reading.cases), site, &vocab);
    findings.extend(more);
    let assets = publishable(reading.assets, &archive, site, &vocab, &mut findings, &mut sources);
    findings.extend(inspect(&Scene::new(&archive, site, &theme, &vocab, &assets)));
    settle(&mut findings, &archive, site);
    secret::cover(&mut sources, &findings);
    Ok(Checked { documents, findings, sources })
}

/// The theme of a site: the default one, with the files of its own in their places.
///
/// # Errors
/// When there is no such theme, or a file of it is wrong.
pub fn theme(site: &Site) -> Result<Theme, Failure> {
    let folder = site.root.join("themes").join(&site.theme);
    let files = discover::own_files(&folder)?;
    if files.is_empty() && site.theme != "default" {
        return Err(Failure::new(&code::NO_THEME)
            .arg("name", &site.theme)
            .arg("path", folder.display()));
    }
    Theme::load(
        files.into_iter().map(|file| ThemeFile { path: file.path, bytes: file.bytes }).collect(),
    )
}

/// The worst severity of some findings.
pub fn worst(findings: &[Diagnostic]) -> Option<Severity> {
    findings.iter().map(|finding| finding.severity).max()
}
