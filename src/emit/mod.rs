//! Files as values become a site: in a folder, swapped in whole, or in memory.

pub mod folder;
pub mod memory;

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files written.
    pub written: usize,
    /// Their bytes.
    pub bytes: u64,
}
