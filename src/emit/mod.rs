//! Files as values become files on disk: beside the old site, then swapped in whole.

pub mod folder;

/// What became of the files of a build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files written.
    pub written: usize,
    /// Their bytes.
    pub bytes: u64,
}
