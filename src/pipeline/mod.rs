//! The order of the stages, and nothing else: the only place that calls them.

mod overrides;
mod read;
mod edition;
mod inputs;
mod kept_back;
mod own;
mod build;

use std::sync::Arc;

use rayon::prelude::*;

use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::case::Case;
use crate::check::{self, secret};
use crate::config::Site;
use crate::decode;
use crate::diag::failure::Failure;
use crate::diag::{Diagnosed, Diagnostic, Severity};
use crate::discover::{Found, Role, discover};
use crate::extract::scope::Scope;
use crate::parse::parse;
use crate::pipeline::edition::{is_shown, settle};
use crate::pipeline::own::{Own, Words};
use crate::render::inspect;
use crate::render::theme::Theme;
use crate::vocab::Vocabulary;

pub use crate::discover::DOCUMENTS;
pub use crate::pipeline::build::{Built, Order, build};
pub use crate::pipeline::edition::{Edition, Tools, edition, leading, publish, publish_at};
use crate::pipeline::read::is_refused_document;
pub use crate::pipeline::read::{
    Kept, Reading, case, facts, read, read_below, read_changed, single, text,
};

/// The words of a site: ours, and its own `data/`.
///
/// # Errors
/// When a file of `data/` cannot be read.
pub fn vocabulary(site: &Site) -> Result<(Diagnosed<Vocabulary>, Vec<Source>), Failure> {
    let Words { vocab, sources } = Own::read(site)?.words();
    Ok((vocab, sources))
}

/// Whether with a finding the site would show what it must not, and nobody said that it may.
pub fn is_exposure(finding: &Diagnostic) -> bool {
    finding.code.is_exposure() && finding.severity == Severity::Error
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

/// What can be mended without a doubt in the documents that are asked about, by path.
///
/// # Errors
/// When the folder or the words cannot be read.
pub fn fixes(site: &Site, is_asked: impl Fn(&RelPath) -> bool + Sync) -> Result<Vec<Fix>, Failure> {
    let vocab = vocabulary(site)?.0.value;
    let found = discover(site)?.value;
    let is_asked = |found: &Found| found.role == Role::Case && is_asked(&found.path);
    let fixes = found.into_par_iter().filter(|found| is_asked(found)).filter_map(|found| {
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

/// Everything that a build would find, without one. Documents that are not published are looked at, too. All is found, and
/// only the documents that are asked about are counted.
///
/// # Errors
/// When the folder, the words or the theme cannot be read.
pub fn check(site: &Site, is_asked: impl Fn(&RelPath) -> bool) -> Result<Checked, Failure> {
    let own = Own::read(site)?;
    let Words { vocab: Diagnosed { value: vocab, findings }, sources } = own.words();
    let theme = own.theme(site)?;
    let mut reading = read(site, &vocab, None)?;
    reading.findings.extend(findings);
    reading.sources.extend(sources);
    let refused = reading.findings.iter().filter(|finding| is_refused_document(finding));
    let refused =
        refused.filter_map(|finding| finding.args.iter().find(|(name, _)| name == "path"));
    let documents = reading.cases.iter().filter(|case| is_asked(&case.source.path)).count()
        + refused.filter(|(_, path)| is_asked(&RelPath::known(path))).count();
    let unpublished: Vec<Arc<Case>> =
        reading.cases.iter().filter(|case| !is_shown(case, site)).map(Arc::clone).collect();
    let Edition { archive, mut findings, mut sources, .. } = {
        let mut edition = edition(site.clone(), Tools::new(vocab, theme), reading);
        edition.findings.extend(inspect(&edition.scene()));
        edition
    };
    for case in &unpublished {
        findings.extend(case.findings.iter().cloned());
        sources.push(case.source.clone());
    }
    settle(&mut findings, &archive, site);
    secret::cover(&mut sources, &findings);
    Ok(Checked { documents, findings, sources })
}

/// The theme of a site: the default one, with the files of its own in their places.
///
/// # Errors
/// When there is no such theme, or a file of it is wrong.
pub fn theme(site: &Site) -> Result<Theme, Failure> {
    Own::read(site)?.theme(site)
}

/// The worst severity of some findings.
pub fn worst(findings: &[Diagnostic]) -> Option<Severity> {
    findings.iter().map(|finding| finding.severity).max()
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
