//! Files as values become a site: in a folder, swapped in whole, or in memory.

mod before;
pub mod folder;
mod lock;
pub mod memory;
mod swap;

use std::collections::BTreeMap;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::base::digest::Digest;
use crate::base::path::OutPath;
use crate::diag::failure::Failure;
use crate::render::Output;

/// Where the files of a site go. May be used from several threads.
pub trait Sink: Sync {
    /// Takes one file.
    ///
    /// # Errors
    /// When the file cannot be written.
    fn put(&self, file: Output) -> Result<(), Failure>;
}

/// What became of the files of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The files of the site.
    pub files: BTreeMap<OutPath, Written>,
    /// How many of them stood there before, and were not written again.
    pub kept: usize,
    /// Files beside the documents that were found and can no longer be read, with the reason.
    pub unread: BTreeMap<OutPath, String>,
}

/// How a file was left: whoever changes it later changes this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Of its bytes, where it was copied from a file beside the documents.
    pub digest: Option<Digest>,
    /// How many bytes it holds.
    pub length: u64,
    /// What it was made of, where somebody said.
    pub of: Option<Digest>,
    /// When they were written; nothing where the system does not say.
    pub at: Option<SystemTime>,
}
