//! A file as a value: one that was read whole, or that is to be written.

use crate::base::path::RelPath;

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it stands, below a folder that whoever has it knows.
    pub path: RelPath,
    /// What it holds.
    pub bytes: Vec<u8>,
}
