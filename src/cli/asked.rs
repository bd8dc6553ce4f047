//! What a check is asked about: a document, a folder of some, what changed since a revision, or all of the site.

use std::collections::BTreeSet;

use crate::base::path::RelPath;
use crate::base::source::SourceMap;
use crate::cli::changed::changed;
use crate::config::Site;
use crate::diag::Diagnostic;
use crate::diag::failure::Failure;

/// Files of the content folder are numbered from 0; others, such as word lists, from here.
pub(super) const FIRST_OTHER: u32 = 1 << 31;

/// The documents and other files that findings are told of.
pub(super) struct Asked {
    part: Option<RelPath>,
    changed: Option<Changed>,
}

/// What changed since a revision.
struct Changed {
    /// Named from the content folder.
    documents: BTreeSet<String>,
    /// Named from the site's own folder; nothing where that is in no repository, so that nobody knows what of its words changed.
    others: Option<BTreeSet<String>>,
}

impl Asked {
    /// What is in a part of the documents, if one is named, and changed since a revision, if one is.
    ///
    /// # Errors
    /// When git does not know the revision.
    pub(super) fn new(
        part: Option<RelPath>,
        since: Option<&str>,
        site: &Site,
    ) -> Result<Self, Failure> {
        let changed = match since {
            None => None,
            Some(revision) => Some(Changed {
                documents: changed(&site.content, revision)?,
                others: changed(&site.root, revision).ok(),
            }),
        };
        Ok(Self { part, changed })
    }

    /// Whether nothing is left out.
    pub(super) fn is_all(&self) -> bool {
        self.part.is_none() && self.changed.is_none()
    }

    /// Whether it is about a file of the content folder.
    pub(super) fn covers(&self, path: &RelPath) -> bool {
        self.part.as_ref().is_none_or(|part| path.is_within(part))
            && self.changed.as_ref().is_none_or(|changed| changed.documents.contains(path.as_str()))
    }

    /// Whether it is about another file of the site, such as a word list.
    fn covers_other(&self, path: &RelPath) -> bool {
        let others = self.changed.as_ref().and_then(|changed| changed.others.as_ref());
        self.part.is_none() && others.is_none_or(|others| others.contains(path.as_str()))
    }

    /// Whether a finding is told: it stands in such a file, or says that one cannot be read.
    pub(super) fn tells(&self, finding: &Diagnostic, sources: &SourceMap<'_>) -> bool {
        let names =
            |(name, path): &(_, String)| *name == "path" && self.covers(&RelPath::known(path));
        match sources.get(finding.span.file) {
            Some(source) if source.id.0 < FIRST_OTHER => self.covers(&source.path),
            Some(source) => self.covers_other(&source.path),
            None => self.is_all() || finding.args.iter().any(names),
        }
    }
}
