//! Patterns of paths: `notes`, `internal/`, `2023/*.md`, `**/draft-*`.

use std::fmt;

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::base::path::RelPath;

/// Several patterns, ready to match.
#[derive(Clone)]
pub struct Patterns {
    written: Vec<String>,
    set: GlobSet,
}

impl Patterns {
    /// Reads patterns.
    ///
    /// # Errors
    /// When one of them is none; says which and why.
    pub fn new(patterns: &[String]) -> Result<Self, globset::Error> {
        let mut builder = GlobSetBuilder::new();
        for pattern in patterns {
            let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
            builder.add(Glob::new(pattern)?);
            // A name without a folder means it anywhere, as people expect from `.gitignore`.
            if !pattern.contains('/') {
                builder.add(Glob::new(&format!("**/{pattern}"))?);
            }
        }
        Ok(Self { written: patterns.to_vec(), set: builder.build()? })
    }

    /// Whether a file or folder, or a folder that it stands in, matches.
    pub fn covers(&self, path: &RelPath) -> bool {
        let path = path.as_str();
        !self.set.is_empty()
            && path
                .match_indices('/')
                .map(|(at, _)| at)
                .chain([path.len()])
                .any(|end| path.get(..end).is_some_and(|path| self.set.is_match(path)))
    }
}

impl fmt::Debug for Patterns {
    /// As they were written: how they are matched is not the same on every run.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written.fmt(out)
    }
}
