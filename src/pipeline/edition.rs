//! index → render: everything that pages are made from, and the pages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::base::digest::{Digest, Digester};
use crate::base::path::{OutPath, RelPath};
use crate::base::source::Source;
use crate::base::span::{FileId, Span};
use crate::case::Case;
use crate::check::{self, Ignores, secret};
use crate::config::Site;
use crate::decode::{self, decode};
use crate::diag::failure::Failure;
use crate::diag::{Diagnosed, Diagnostic, code};
use crate::discover::{Found, Role};
use crate::emit::Sink;
use crate::index::search::Indexed;
use crate::index::{self, Archive, index};
use crate::model::kind::Visibility;
use crate::pipeline::read::{Reading, refused};
use crate::pipeline::set_severity;
use crate::render::highlight::Highlighter;
use crate::render::known::Last;
use crate::render::theme::Theme;
use crate::render::{Asset, Output, Scene, asset, forbidden, render, render_at};
use crate::vocab::Vocabulary;

/// What makes pages out of documents and stays the same from edition to edition.
#[derive(Clone)]
pub struct Tools {
    /// The words.
    pub vocab: Arc<Vocabulary>,
    /// The templates.
    pub theme: Arc<Theme>,
    /// The grammars of code.
    pub highlighter: Arc<Highlighter>,
}

/// Everything that pages are made from.
pub struct Edition {
    /// The settings.
    pub site: Site,
    /// The documents.
    pub archive: Archive,
    /// All findings, in order of the texts.
    pub findings: Vec<Diagnostic>,
    /// The texts that they stand in.
    pub sources: Vec<Source>,
    /// Documents that could not be read at all.
    pub refused: usize,
    pub(super) tools: Tools,
    assets: Vec<Asset>,
    /// The files beside the documents that were looked into.
    pub(super) screened: Screened,
}

/// Files by what they are known by.
pub(super) type Screened = BTreeMap<RelPath, Digest>;

impl Tools {
    /// The tools of a site.
    pub fn new(vocab: Vocabulary, theme: Theme) -> Self {
        Self { vocab: Arc::new(vocab), theme: Arc::new(theme), highlighter: Arc::default() }
    }
}

impl Edition {
    /// Makes now what otherwise waits until it is asked for: for those who publish all of it, or, where all others tell what
    /// they told, only what is made from texts. From the index that the last build left comes that of this one.
    pub fn finish(&mut self, before: Option<Indexed>, tells_the_same: bool) -> Option<Indexed> {
        self.archive.finish(&self.tools.vocab, before, !tells_the_same)
    }

    /// The digest of all that pages are made from but the texts of documents, if that is known of each of them. `wishes` is
    /// of settings and words.
    pub(super) fn told(&self, wishes: &Digester, theme: Digest) -> Option<Digest> {
        let mut digester = wishes.clone();
        digester.add(&theme.0);
        digester.add(format!("{:?} {}", self.archive.counts, self.refused).as_bytes());
        for asset in &self.assets {
            digester.add(asset.path.as_str().as_bytes());
        }
        for filed in &self.archive.filed {
            digester.add(&filed.case.told?.0);
        }
        Some(digester.finish())
    }

    /// What rendering needs.
    pub fn scene(&self) -> Scene<'_> {
        let Tools { vocab, theme, highlighter } = &self.tools;
        Scene {
            highlighter: Arc::clone(highlighter),
            ..Scene::new(&self.archive, &self.site, theme, vocab, &self.assets)
        }
    }
}

/// Files what was read.
pub fn edition(site: Site, tools: Tools, reading: Reading) -> Edition {
    let Reading { cases, assets, mut findings, mut sources, refused } = reading;
    for case in &cases {
        // What is not published leaves no trace, and its findings would be one.
        if is_shown(case, &site) {
            findings.extend(case.findings.iter().cloned());
            sources.push(case.source.clone());
        }
    }
    let (archive, more) = file(cases, &site, &tools.vocab);
    findings.extend(more);
    let mut screened = Screened::new();
    let assets = asset::published(assets, &archive, &site);
    let mut found = (&mut findings, &mut sources);
    let assets = publishable(assets, &site, &tools.vocab, &mut found, &mut screened);
    settle(&mut findings, &archive, &site);
    secret::cover(&mut sources, &findings);
    Edition { site, archive, findings, sources, refused, tools, assets, screened }
}

/// Whether a document is published, or would be as a draft.
pub(super) fn is_shown(case: &Case, site: &Site) -> bool {
    case.incident.visibility == Visibility::Public || site.drafts
}

/// Renders the whole site, but what `last` knows to stand there.
///
/// # Errors
/// When a template is wrong, or `put` fails.
pub fn publish(
    edition: &Edition,
    last: Option<&Last<'_>>,
    put: impl Fn(Output) -> Result<(), Failure> + Sync,
) -> Result<Vec<Diagnostic>, Failure> {
    render(&Scene { last, ..edition.scene() }, put)
}

/// Renders the one file at `path` into a sink, and says whether the site has such a file.
///
/// # Errors
/// As for [`publish`].
pub fn publish_at(edition: &Edition, path: &OutPath, sink: &impl Sink) -> Result<bool, Failure> {
    render_at(&edition.scene(), path, |file| sink.put(file))
}

/// Files beside the documents that are text, and may hold what must not be published.
const TEXTS: [&str; 4] = ["csv", "json", "log", "svg"];

/// Of the files that documents mention those that are published: without drawings that run
/// something, and without those that hold what the site masks.
fn publishable(
    mut assets: Vec<Asset>,
    site: &Site,
    vocab: &Vocabulary,
    (findings, sources): &mut (&mut Vec<Diagnostic>, &mut Vec<Source>),
    screened: &mut Screened,
) -> Vec<Asset> {
    let mut read = 0;
    assets.retain(|asset| {
        let ending = asset.path.extension();
        if !TEXTS.contains(&ending.as_str()) {
            return true;
        }
        read += 1;
        let (id, path) = (FileId::ASSET.nth(read), asset.path.clone());
        let found = Found { id, path, file: asset.file.clone(), role: Role::Asset };
        let bytes = match decode::read::read(&found, site.largest_document) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                // Nobody knows what it holds, so nobody can say that it has not changed.
                screened.insert(asset.path.clone(), Digest::default());
                findings.push(refused(&code::FILE_TOO_LARGE, &found, site.largest_document));
                return false;
            }
            Err(error) => {
                screened.insert(asset.path.clone(), Digest::default());
                findings.push(refused(&code::UNREADABLE_FILE, &found, error));
                return false;
            }
        };
        screened.insert(asset.path.clone(), Digest::of(&bytes));
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

/// The paths of the published documents that stand for their incidents: of translations only one does.
pub fn leading(cases: &[Arc<Case>], site: &Site, vocab: &Vocabulary) -> BTreeSet<String> {
    let archive = file(cases.to_vec(), site, vocab).0;
    archive.leading().map(|id| archive.filed[id].case.source.path.to_string()).collect()
}

/// The archive of documents, and what is found by looking at all of them.
fn file(cases: Vec<Arc<Case>>, site: &Site, vocab: &Vocabulary) -> (Archive, Vec<Diagnostic>) {
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
pub(super) fn settle(findings: &mut Vec<Diagnostic>, archive: &Archive, site: &Site) {
    let documents = archive.filed.iter().map(|filed| &filed.case);
    let ignores = Ignores::of(documents.map(|case| (case.source.id, case.remarks.as_slice())));
    findings.retain(|finding| ignores.keeps(finding));
    check::bound(findings);
    findings.retain_mut(|finding| set_severity(site, finding));
    findings.sort_by_key(|finding| (finding.span.file, finding.span.start, finding.code.id));
    findings.dedup();
}
