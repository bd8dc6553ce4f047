//! Opens what was found as a file.
#![expect(clippy::disallowed_methods, reason = "reads documents and what they show")]

use std::fs::File;
use std::io;
use std::path::Path;

/// Opens a file. It may have become something else since it was found: a link out of the folder is not followed, and a pipe
/// not waited for.
///
/// # Errors
/// When it cannot be read, or is no longer a file.
pub fn open(path: &Path) -> io::Result<File> {
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
