//! The old site and the new one side by side: where the new one is made, how it takes the old one's place, whose folder that is,
//! and what a killed build left.
#![expect(clippy::disallowed_methods, reason = "exchanges folders")]

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::base::path::MARKER;

/// What people keep in an output folder that is a branch of its own: carried over, never ours.
pub(super) const KEPT: [&str; 3] = [".git", ".gitignore", ".gitattributes"];

/// The path from the root, links in the part that exists resolved.
pub(super) fn absolute(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Ok(path) => Ok(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let path = std::path::absolute(path)?;
            match (path.parent(), path.file_name()) {
                (Some(parent), Some(name)) => Ok(absolute(parent)?.join(name)),
                _ => Ok(path),
            }
        }
        Err(error) => Err(error),
    }
}

/// A hidden neighbour of the output folder: `.public.pmsite-new`.
pub(super) fn beside(output: &Path, what: &str) -> PathBuf {
    let name =
        output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    output.with_file_name(format!(".{name}.pmsite-{what}"))
}

/// Clears what a killed build left: a half-made site, or an old one that was about to go.
pub(super) fn recover(output: &Path) -> io::Result<()> {
    let (staging, old) = (beside(output, "new"), beside(output, "old"));
    if fs::symlink_metadata(output).is_err() && fs::symlink_metadata(&old).is_ok() {
        fs::rename(&old, output)?;
    }
    for left in [staging, old] {
        if fs::symlink_metadata(&left).is_ok() {
            // A `.git` folder that was on its way back goes home first.
            if fs::symlink_metadata(output).is_ok() {
                move_kept(&left, output)?;
            }
            fs::remove_dir_all(&left)?;
        }
    }
    Ok(())
}

/// Moves what people keep from one folder to the other, where that has none of the name. Files are not moved: the new
/// site has copies of them from the beginning.
pub(super) fn move_kept(from: &Path, to: &Path) -> io::Result<()> {
    for name in KEPT.into_iter().filter(|name| is_moved(&from.join(name))) {
        if fs::symlink_metadata(to.join(name)).is_err() {
            fs::rename(from.join(name), to.join(name))?;
        }
    }
    Ok(())
}

/// Whether there is a folder or a link.
fn is_moved(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|about| !about.is_file())
}

/// Whether a folder holds what people keep and what stands nowhere else.
pub(super) fn holds_kept(folder: &Path) -> bool {
    KEPT.iter().any(|name| is_moved(&folder.join(name)))
}

/// Whether a file at the top is none of the site: ours to mark the folder, or what people keep there.
pub(super) fn is_other(name: &OsStr) -> bool {
    name == MARKER || KEPT.iter().any(|kept| name == *kept)
}

/// Whether the folder may be replaced: it is not there, holds nothing, or holds a site of ours.
pub(super) fn is_ours(output: &Path) -> io::Result<bool> {
    let entries = match fs::read_dir(output) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
    };
    let mut others = false;
    for entry in entries {
        let name = entry?.file_name();
        if name == MARKER {
            return Ok(true);
        }
        others |= !KEPT.iter().any(|kept| name == *kept);
    }
    Ok(!others)
}

/// Exchanges two folders in one step where the system can, else in two.
pub(super) fn exchange(new: &Path, output: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, new, CWD, output, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            // Some file systems cannot exchange.
            Err(
                rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP,
            ) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let old = beside(output, "old");
    fs::rename(output, &old)?;
    match fs::rename(new, output) {
        Ok(()) => fs::rename(&old, new),
        Err(error) => {
            fs::rename(&old, output)?;
            Err(error)
        }
    }
}
