//! The site that stands in the output folder, as the last build left it: what of it need not be written again.
#![expect(clippy::disallowed_methods, reason = "looks at the files of the site")]

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use foldhash::fast::FixedState;
use walkdir::{DirEntry, WalkDir};

use crate::base::digest::Digest;
use crate::base::path::OutPath;
use crate::discover::open;
use crate::emit::Written;

/// The files of the site before, by path and by what they were made of.
#[derive(Default)]
pub(super) struct Before {
    files: HashMap<OutPath, Written, FixedState>,
    made: HashMap<Digest, OutPath, FixedState>,
}

impl Before {
    /// The files as they were left.
    pub(super) fn of(files: BTreeMap<OutPath, Written>) -> Self {
        let made = files.iter().filter_map(|(path, left)| Some((left.of?, path.clone()))).collect();
        Self { files: files.into_iter().collect(), made }
    }

    /// The file of a path.
    pub(super) fn at(&self, path: &OutPath) -> Option<&Written> {
        self.files.get(path)
    }

    /// A file that was made of this.
    pub(super) fn made_of(&self, of: Digest) -> Option<(&OutPath, &Written)> {
        self.files.get_key_value(self.made.get(&of)?)
    }
}

/// Whether a file is as it was left.
pub(super) fn stands(file: &Path, left: &Written) -> bool {
    fs::symlink_metadata(file).is_ok_and(|about| {
        about.is_file()
            && about.len() == left.length
            && left.at.is_some()
            && about.modified().ok() == left.at
    })
}

/// Whether a file holds these bytes, and perhaps more.
pub(super) fn holds(file: &Path, pieces: &[Vec<u8>]) -> io::Result<bool> {
    let mut file = open(file)?;
    let mut found = Vec::new();
    for piece in pieces {
        found.resize(piece.len(), 0);
        file.read_exact(&mut found)?;
        if found != *piece {
            return Ok(false);
        }
    }
    Ok(true)
}

/// When a file was written; nothing where the system does not say.
pub(super) fn modified(file: &File) -> Option<SystemTime> {
    file.metadata().and_then(|about| about.modified()).ok()
}

/// How many files a folder holds, those at the top left out that are none of the site.
pub(super) fn count(output: &Path, is_other: impl Fn(&OsStr) -> bool) -> io::Result<usize> {
    let mut files = 0;
    let is_site = |entry: &DirEntry| entry.depth() != 1 || !is_other(entry.file_name());
    for entry in WalkDir::new(output).into_iter().filter_entry(is_site) {
        files += usize::from(!entry?.file_type().is_dir());
    }
    Ok(files)
}
