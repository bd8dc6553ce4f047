//! Files as values become a site: in a folder, swapped in whole, or in memory.

pub mod folder;
pub mod memory;

use std::fs::File;
use std::io;
use std::path::Path;

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

/// Opens a picture. It may have become something else since it was found: a link is not followed, and a pipe not
/// waited for.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}
