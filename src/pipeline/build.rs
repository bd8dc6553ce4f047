//! The whole site, once: from the folder to the output, and no further than needed where the last build has been.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use crate::base::digest::{Digest, Digester};
use crate::base::path::RelPath;
use crate::base::progress::{Part, Progress, Stage};
use crate::base::source::Source;
use crate::base::span::{FileId, Span};
use crate::cache::Cache;
use crate::cache::site::{self, Left};
use crate::check::secret;
use crate::config::Site;
use crate::diag::failure::Failure;
use crate::diag::{Diagnostic, code};
use crate::emit::folder::Folder;
use crate::emit::{Report, Sink};
use crate::index::Counts;
use crate::index::search::Indexed;
use crate::index::statistics::promise::Kept;
use crate::pipeline::edition::{Screened, settle};
use crate::pipeline::inputs::Inputs;
use crate::pipeline::own::{Own, Words};
use crate::pipeline::{Edition, Reading, Tools, edition, facts, is_exposure, publish};
use crate::render::known::{Bodies, Last};
use crate::render::theme::Theme;
use crate::render::{inspect, route};

/// How a site is to be built.
#[derive(Clone, Copy, Debug, Default)]
pub struct Order<'a> {
    /// A file of facts to take in place of documents.
    pub from: Option<&'a Path>,
    /// Replace an output folder that is not ours.
    pub force: bool,
}

/// What a build did.
pub struct Built {
    /// How many documents became what.
    pub counts: Counts,
    /// Documents that could not be read at all.
    pub refused: usize,
    /// All findings, in order of the texts.
    pub findings: Vec<Diagnostic>,
    /// The texts that they stand in; those without any may be left out.
    pub sources: Vec<Source>,
    /// The files of the site.
    pub report: Report,
    /// Nothing was written, because a secret would have been published.
    pub withheld: bool,
}

/// The whole site: everything from the folder, or from a file of facts, to the output.
///
/// # Errors
/// For IO, settings and templates; never for content.
pub fn build(site: &Site, order: Order<'_>, progress: Progress<'_>) -> Result<Built, Failure> {
    let facts = order.from.map(Path::to_path_buf);
    let read: Vec<_> = Own::places(site).into_iter().chain(facts).collect();
    let mut output = Folder::open(&site.output, &read, order.force)?;
    progress.begins(Stage::Discover, 0);
    let own = Own::read(site)?;
    if let Some(file) = order.from {
        return from_facts(site, file, &own, output, progress);
    }
    let folder = site.cache.as_deref().filter(|folder| !output.holds(folder));
    let cache = Cache::at(folder);
    let (inputs, left) =
        rayon::join(|| Inputs::find(site, own), || Left::load(&cache, output.path()));
    let mut inputs = inputs?;
    let mut known = Known::default();
    if let Some(left) = left {
        progress.begins(Stage::Look, 0);
        inputs.look(site);
        let is_same = inputs.digest(site) == Some(left.inputs)
            && inputs.assets(left.assets.keys()) == left.assets
            && output.is_as_left(&left.files);
        let texts = || inputs.texts(site, &cache, &left.documents);
        if let Some(texts) = is_same.then(texts).flatten() {
            return Ok(again(left, texts));
        }
        let mut files = left.files.into_owned();
        if left.theme != inputs.own.theme_digest() {
            // Of the same values it makes other pages.
            files.values_mut().for_each(|file| file.of = None);
        }
        output.keep(files);
        let promises = left.promises.map(Cow::into_owned);
        known = Known { bodies: left.bodies.into_owned(), told: left.told, promises };
    }
    progress.begins(Stage::Words, 0);
    let (words, theme) = rayon::join(|| inputs.own.words(), || inputs.own.theme(site));
    let theme = theme?;
    progress.begins(Stage::Read, inputs.len());
    let path = output.path().to_path_buf();
    let (reading, index) = rayon::join(
        || inputs.read(site, &words.vocab.value, &cache, progress),
        || cache.is_on().then(|| site::load_index(&cache, &path).unwrap_or_default()),
    );
    let (wishes, theme_digest) = (inputs.wishes(site), inputs.own.theme_digest());
    let before = index.map(|index| (Before { wishes, theme: theme_digest, known }, index));
    let made = make(site, words, theme, reading?, &output, before, progress)?;
    let is_whole = !made.built.withheld && made.built.report.unread.is_empty();
    let remembered = || {
        if cache.is_on() && is_whole {
            remember(&cache, site, &path, &inputs, &made);
        }
    };
    let ((), cleared) = rayon::join(remembered, || output.clear());
    cleared.map(|()| made.built)
}

/// The whole site from a file of facts.
fn from_facts(
    site: &Site,
    file: &Path,
    own: &Own,
    output: Folder,
    progress: Progress<'_>,
) -> Result<Built, Failure> {
    progress.begins(Stage::Words, 0);
    let (words, theme) = (own.words(), own.theme(site)?);
    let reading = facts(site, file, &words.vocab.value)?;
    let built = make(site, words, theme, reading, &output, None, progress)?.built;
    output.clear().map(|()| built)
}

/// What was made, and what the next build may want to know of it.
struct Made {
    built: Built,
    screened: Screened,
    known: Known,
    indexed: Option<Indexed>,
}

/// What a build finds out that may hold for the next one.
#[derive(Default)]
struct Known {
    /// What was found while making pages.
    bodies: Bodies,
    /// Of all that pages are made from but the texts of documents.
    told: Option<Digest>,
    /// What several incidents promised.
    promises: Option<Kept>,
}

/// What the last build knew, where this one is to be remembered.
struct Before {
    /// What pages are made of besides documents and themes.
    wishes: Digester,
    theme: Digest,
    known: Known,
}

/// From what was read to the output.
fn make(
    site: &Site,
    words: Words,
    theme: Theme,
    mut reading: Reading,
    output: &Folder,
    before: Option<(Before, Indexed)>,
    progress: Progress<'_>,
) -> Result<Made, Failure> {
    progress.begins(Stage::Index, 0);
    reading.findings.extend(words.vocab.findings);
    reading.sources.extend(words.sources);
    let mut edition = edition(site.clone(), Tools::new(words.vocab.value, theme), reading);
    let (mut known, mut indexed, mut promised) = (Known::default(), None, None);
    let withheld = site.withholds && edition.findings.iter().any(is_exposure);
    let report = if withheld {
        edition.findings.extend(inspect(&edition.scene()));
        Report::default()
    } else {
        progress.begins(Stage::Search, 0);
        let (mut before, index) = before.unzip();
        promised = before.as_mut().map(|Before { wishes, known, .. }| {
            edition.archive.know_promises(known.promises.take(), wishes)
        });
        known.told = before.as_ref().and_then(|before| edition.told(&before.wishes, before.theme));
        let tells_the_same = known.told.is_some()
            && before.as_ref().is_some_and(|before| before.known.told == known.told);
        indexed = edition.finish(index, tells_the_same);
        progress.begins(Stage::Render, 0);
        let last = before.map(|Before { wishes, known, .. }| {
            Last::new(wishes, known.bodies, output, tells_the_same)
        });
        let findings = publish(&edition, last.as_ref(), |file| {
            progress.turns(Part::Write);
            let put = output.put(file);
            progress.done();
            progress.turns(Part::Page);
            put
        })?;
        known.bodies = last.map(Last::into_bodies).unwrap_or_default();
        edition.findings.extend(findings);
        progress.begins(Stage::Finish, 0);
        let report = output.commit()?;
        edition.findings.extend(gone(&report));
        report
    };
    let Edition { archive, refused, mut findings, mut sources, screened, .. } = edition;
    settle(&mut findings, &archive, site);
    secret::cover(&mut sources, &findings);
    let counts = archive.counts;
    let built = Built { counts, refused, findings, sources, report, withheld };
    known.promises = promised.zip(archive.into_promises());
    Ok(Made { built, screened, known, indexed })
}

/// Files beside the documents that went while the site was built.
fn gone(report: &Report) -> impl Iterator<Item = Diagnostic> {
    let below = route::asset("");
    report.unread.iter().filter_map(move |(path, why)| {
        let path = path.as_str().strip_prefix(&below)?;
        let finding = Diagnostic::new(&code::UNREADABLE_FILE, Span::nowhere());
        Some(finding.arg("path", path).arg("why", why))
    })
}

/// What the last build did, where there is nothing else to do. These are the texts of documents that findings stand in.
fn again(left: Left<'_>, mut sources: Vec<Source>) -> Built {
    let files = left.files.into_owned();
    let kept = files.len();
    let findings = left.findings.into_owned();
    secret::cover(&mut sources, &findings);
    sources.extend(left.sources.into_iter().map(Cow::into_owned));
    Built {
        counts: left.counts,
        refused: left.refused,
        findings,
        sources,
        report: Report { files, kept, ..Report::default() },
        withheld: false,
    }
}

/// Leaves the next build what it needs to know of this one.
fn remember(cache: &Cache, site: &Site, output: &Path, inputs: &Inputs, made: &Made) {
    let Some(digest) = inputs.digest(site) else { return };
    let Made { built, screened, known, .. } = made;
    let mut assets = screened.clone();
    let below = route::asset("");
    for (path, written) in &built.report.files {
        let path = path.as_str().strip_prefix(&below);
        let Some((path, digest)) = path.zip(written.digest) else { continue };
        let before = assets.insert(RelPath::known(path), digest);
        if before.is_some_and(|before| before != digest) {
            // It changed while it was read.
            return;
        }
    }
    let places = built.findings.iter().flat_map(|finding| [Some(finding.span), finding.also]);
    let named: BTreeSet<FileId> = places.flatten().map(|place| place.file).collect();
    let (documents, others): (Vec<FileId>, Vec<FileId>) =
        named.into_iter().partition(|&id| inputs.keeps(id));
    let sources = built.sources.iter().filter(|source| others.binary_search(&source.id).is_ok());
    let left = Left {
        output: site::path(output),
        inputs: digest,
        assets,
        files: Cow::Borrowed(&built.report.files),
        theme: inputs.own.theme_digest(),
        told: known.told,
        promises: known.promises.as_ref().map(Cow::Borrowed),
        bodies: Cow::Borrowed(&known.bodies),
        counts: built.counts,
        refused: built.refused,
        findings: Cow::Borrowed(&built.findings),
        sources: sources.map(Cow::Borrowed).collect(),
        documents,
    };
    rayon::join(
        || left.save(cache, output),
        || {
            if let Some(indexed) = &made.indexed {
                site::save_index(cache, output, indexed);
            }
        },
    );
}
