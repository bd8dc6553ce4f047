//! What a check is asked about: a document, a folder of some, what changed since a revision, or all of the site.

use std::collections::BTreeSet;

use crate::base::path::RelPath;
use crate::base::source::SourceMap;
use crate::cli::changed::changed;
use crate::config::Site;
use crate::diag::failure::Failure;
use crate::diag::{Diagnostic, code};

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

    /// Whether a finding is told: it stands in such a file, or names one that cannot be read or is gone. What would be published
    /// in spite of its author is always told.
    pub(super) fn tells(&self, finding: &Diagnostic, sources: &SourceMap<'_>) -> bool {
        let source = sources.get(finding.span.file);
        let named =
            || finding.args.iter().filter(|(name, _)| *name == "path").map(|(_, path)| path);
        let covers = |path: &String| match source {
            Some(source) => source.path.join(path).is_some_and(|path| self.covers(&path)),
            None => self.covers(&RelPath::known(path)),
        };
        let stands_in = source.is_some_and(|source| match source.id.is_of_content() {
            true => self.covers(&source.path),
            false => self.covers_other(&source.path),
        });
        self.is_all() || stands_in || named().any(covers) || *finding.code == code::KEEPS_NOTHING
    }
}
