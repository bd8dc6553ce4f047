//! Keeps builds of the same folder apart.
#![expect(clippy::disallowed_methods, reason = "locks the output folder")]

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Keeps a second build out of the same folder.
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// The lock, or nothing when another build holds it.
    pub(super) fn take(path: &Path) -> io::Result<Option<Self>> {
        loop {
            let file = File::options().create(true).truncate(false).write(true).open(path)?;
            match file.try_lock() {
                // The build before us may have removed the file between our opening and our locking it.
                Ok(()) if is_same(&file, path) => {
                    return Ok(Some(Self { path: path.to_path_buf(), _file: file }));
                }
                Ok(()) => {}
                Err(fs::TryLockError::WouldBlock) => return Ok(None),
                Err(fs::TryLockError::Error(error)) => return Err(error),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let about = (file.metadata(), fs::metadata(path));
    matches!(about, (Ok(open), Ok(there)) if open.ino() == there.ino() && open.dev() == there.dev())
}

#[cfg(not(unix))]
fn is_same(_: &File, _: &Path) -> bool {
    true
}
