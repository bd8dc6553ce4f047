//! Settings: `file` is what the user wrote, `layers` what everybody said and who, [`Site`] is what the
//! program uses and needs no further question.

pub mod file;
pub mod pattern;
pub mod schema;
mod shape;
pub mod environment;
pub mod layers;
pub mod resolve;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::base::path::RelPath;
use crate::config::pattern::Patterns;
use crate::diag::Severity;
use crate::model::kind::{Lang, Visibility};
use crate::model::when::PartialDate;

/// What a site is made from and how. Every value is decided.
#[derive(Clone, Debug)]
pub struct Site {
    /// Name of the site, where the user gave one; the theme has a name for the others.
    pub title: Option<String>,
    /// One sentence about it.
    pub description: Option<String>,
    /// Where it will be published, with a slash at the end; feeds, sitemap and canonical links need it.
    pub base_url: Option<String>,
    /// The site's own domain, published as `CNAME`.
    pub cname: Option<String>,
    /// The language of the pages at the top; the other language stands below its code.
    pub language: Lang,
    /// The folder of documents.
    pub content: PathBuf,
    /// The folder that is written.
    pub output: PathBuf,
    /// The folder for what the next build need not do again, if it may be kept.
    pub cache: Option<PathBuf>,
    /// The folder that holds `pmsite.toml`, `themes/` and `data/`.
    pub root: PathBuf,
    /// The theme's name.
    pub theme: String,
    /// Patterns of files that are not documents.
    pub ignore: Patterns,
    /// Documents that are never published, and files beside them.
    pub private: Patterns,
    /// Documents that are drafts, and files beside them.
    pub draft: Patterns,
    /// The ids of findings whose places are masked wherever they would show.
    pub redacted: Vec<&'static str>,
    /// Publish drafts too, marked.
    pub drafts: bool,
    /// Show pictures from other hosts, and allow those hosts in the Content-Security-Policy.
    pub remote_images: bool,
    /// Nothing is written while a secret would be published.
    pub withholds: bool,
    /// Documents larger than this are not published, in bytes.
    pub largest_document: u64,
    /// The day to reckon ages from; the newest date in the content where none is given.
    pub today: Option<PartialDate>,
    /// Severities that differ from the usual ones; `None` switches a finding off.
    pub severities: BTreeMap<String, Option<Severity>>,
}

impl Site {
    /// How much a finding matters on this site; `None` where it is switched off.
    pub fn severity(&self, code: &'static crate::diag::code::Code) -> Option<Severity> {
        // What is masked is worth knowing, and nothing to worry about.
        if self.redacted.contains(&code.id) {
            return Some(Severity::Note);
        }
        let set = self.severities.get(code.id).or_else(|| self.severities.get(code.name));
        set.copied().unwrap_or(Some(code.severity))
    }

    /// The settings that decide what is read from a document, written down. All others are named here, too, so that a
    /// new one is thought of.
    pub fn reading(&self) -> String {
        #[rustfmt::skip]
        let Self {
            private, draft, redacted, largest_document, severities,
            title: _, description: _, base_url: _, cname: _, language: _, content: _, output: _, cache: _, root: _,
            theme: _, ignore: _, drafts: _, remote_images: _, withholds: _, today: _,
        } = self;
        format!("{redacted:?} {severities:?} {largest_document} {private:?} {draft:?}")
    }

    /// Who may see the file at a path, by the settings alone.
    pub fn visibility(&self, path: &RelPath) -> Visibility {
        if self.private.covers(path) {
            Visibility::Private
        } else if self.draft.covers(path) {
            Visibility::Draft
        } else {
            Visibility::Public
        }
    }
}
