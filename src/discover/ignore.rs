//! Patterns of files that are not documents, from the settings.

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::base::path::RelPath;
use crate::config::Site;
use crate::diag::code;
use crate::diag::failure::Failure;

/// The patterns of a site.
pub(super) struct Ignore {
    patterns: GlobSet,
}

impl Ignore {
    /// Reads the patterns.
    pub(super) fn new(site: &Site) -> Result<Self, Failure> {
        let mut builder = GlobSetBuilder::new();
        for pattern in &site.ignore {
            let wrong = |error: globset::Error| Failure::new(&code::SETTINGS).arg("why", error);
            builder.add(Glob::new(pattern).map_err(wrong)?);
            // A name without a folder means it anywhere, as people expect from `.gitignore`.
            if !pattern.contains('/') {
                builder.add(Glob::new(&format!("**/{pattern}")).map_err(wrong)?);
            }
        }
        let patterns =
            builder.build().map_err(|error| Failure::new(&code::SETTINGS).arg("why", error))?;
        Ok(Self { patterns })
    }

    /// Whether a file or folder is to be left out.
    pub(super) fn covers(&self, path: &RelPath) -> bool {
        self.patterns.is_match(path.as_str())
    }
}
