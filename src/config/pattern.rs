//! Patterns of paths: `notes`, `internal/`, `2023/*.md`, `**/draft-*`.

use std::fmt;

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::base::path::RelPath;

/// Several patterns, ready to match.
#[derive(Clone)]
pub struct Patterns {
    written: Vec<String>,
    set: GlobSet,
    /// Which of the written patterns each glob is of.
    of: Vec<usize>,
}

impl Patterns {
    /// Reads patterns of paths below a folder of this name. `/notes` is one at its top, and `content/notes`, as a shell shows it
    /// from outside, means `notes`, too.
    ///
    /// # Errors
    /// When one of them is none; says which and why.
    pub fn new(patterns: &[String], folder: &str) -> Result<Self, globset::Error> {
        let (mut builder, mut of) = (GlobSetBuilder::new(), Vec::new());
        for (number, written) in patterns.iter().enumerate() {
            let pattern = written.trim_start_matches("./").trim_end_matches('/');
            let anchored = pattern.trim_start_matches('/');
            let inside = anchored.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            // A name without a folder means it anywhere, as people expect from `.gitignore`.
            let anywhere = (!pattern.contains('/')).then(|| format!("**/{pattern}"));
            for glob in std::iter::once(anchored).chain(inside).chain(anywhere.as_deref()) {
                builder.add(Glob::new(glob)?);
                of.push(number);
            }
        }
        Ok(Self { written: patterns.to_vec(), set: builder.build()?, of })
    }

    /// The patterns that none of these files or a folder of theirs matches.
    pub fn idle<'a>(&self, paths: impl Iterator<Item = &'a RelPath>) -> Vec<&str> {
        let mut idle = vec![true; self.written.len()];
        for path in paths.filter(|_| !self.set.is_empty()) {
            for glob in folders(path.as_str()).flat_map(|path| self.set.matches(path)) {
                idle[self.of[glob]] = false;
            }
        }
        let written = self.written.iter().zip(idle);
        written.filter(|(_, idle)| *idle).map(|(pattern, _)| pattern.as_str()).collect()
    }

    /// Whether a file or folder, or a folder that it stands in, matches.
    pub fn covers(&self, path: &RelPath) -> bool {
        !self.set.is_empty() && folders(path.as_str()).any(|path| self.set.is_match(path))
    }
}

/// The folders that a path stands in, and itself.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.filter_map(|end| path.get(..end))
}

impl fmt::Debug for Patterns {
    /// As they were written: how they are matched is not the same on every run.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written.fmt(out)
    }
}
