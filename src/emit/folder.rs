//! The output folder. A build is written beside it and takes its place in one step, so that whoever looks
//! sees the old site or the new one, whole. A failed or killed build leaves the old one standing.
#![expect(clippy::disallowed_methods, reason = "writes the site")]

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use crate::diag::code;
use crate::diag::failure::Failure;
use crate::emit::{Report, Sink, open};
use crate::render::{Body, Output};

/// Its presence says that the folder is ours to replace.
const MARKER: &str = ".pmsite";
/// What people keep in an output folder that is a branch of its own: carried over, never ours.
const KEPT: [&str; 3] = [".git", ".gitignore", ".gitattributes"];

/// An output folder that is being built.
pub struct Folder {
    output: PathBuf,
    staging: PathBuf,
    written: AtomicUsize,
    bytes: AtomicU64,
    /// Held until the end.
    _lock: Lock,
}

impl Folder {
    /// Prepares to replace `output`.
    ///
    /// # Errors
    /// When it holds something that pmsite did not make (unless `force`), when it holds `content`, when
    /// another build is at work, or when it cannot be written.
    pub fn open(output: &Path, content: &Path, force: bool) -> Result<Self, Failure> {
        let cannot = |error: io::Error| Failure::io(&code::CANNOT_WRITE, output, &error);
        let output = absolute(output).map_err(cannot)?;
        let content = content.canonicalize().map_err(cannot)?;
        if content.starts_with(&output) {
            return Err(Failure::new(&code::FOLDERS_OVERLAP)
                .arg("path", output.display())
                .arg("content", content.display()));
        }
        let parent = output.parent().unwrap_or(Path::new("/")).to_path_buf();
        fs::create_dir_all(&parent).map_err(cannot)?;
        let lock = Lock::take(&beside(&output, "lock")).map_err(cannot)?;
        let Some(lock) = lock else {
            return Err(Failure::new(&code::LOCKED).arg("path", output.display()));
        };
        recover(&output).map_err(cannot)?;
        if !force && !is_ours(&output).map_err(cannot)? {
            return Err(Failure::new(&code::NOT_OURS).arg("path", output.display()));
        }
        let staging = beside(&output, "new");
        fs::create_dir(&staging).map_err(cannot)?;
        Ok(Self {
            output,
            staging,
            written: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
            _lock: lock,
        })
    }

    fn create(&self, path: &Path) -> Result<File, Failure> {
        let cannot = |error: io::Error| Failure::io(&code::CANNOT_WRITE, path, &error);
        match File::create_new(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder).map_err(cannot)?;
                }
                File::create_new(path).map_err(cannot)
            }
            created => created.map_err(cannot),
        }
    }

    /// Puts the new site in the place of the old one.
    ///
    /// # Errors
    /// When the folders cannot be exchanged; the old site then still stands.
    pub fn commit(self) -> Result<Report, Failure> {
        let cannot = |error: io::Error| Failure::io(&code::CANNOT_WRITE, &self.output, &error);
        fs::write(
            self.staging.join(MARKER),
            concat!("made by pmsite ", env!("CARGO_PKG_VERSION"), "\n"),
        )
        .map_err(cannot)?;
        for name in KEPT {
            let from = self.output.join(name);
            if fs::symlink_metadata(&from).is_ok_and(|about| about.is_file()) {
                fs::copy(&from, self.staging.join(name)).map_err(cannot)?;
            }
        }
        let is_new = fs::symlink_metadata(&self.output).is_err();
        if is_new {
            fs::rename(&self.staging, &self.output).map_err(cannot)?;
        } else {
            exchange(&self.staging, &self.output).map_err(cannot)?;
            // The old site stands in the staging folder now; a `.git` folder goes back where it was.
            for name in KEPT {
                let from = self.staging.join(name);
                if fs::symlink_metadata(&from).is_ok_and(|about| about.is_dir()) {
                    fs::rename(&from, self.output.join(name)).map_err(cannot)?;
                }
            }
            fs::remove_dir_all(&self.staging).map_err(cannot)?;
        }
        Ok(Report {
            written: self.written.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
        })
    }
}

impl Sink for Folder {
    fn put(&self, file: Output) -> Result<(), Failure> {
        let path = self.staging.join(file.path.as_str());
        let write = |pieces: &[Vec<u8>]| -> Result<u64, Failure> {
            let mut out = self.create(&path)?;
            let written = pieces.iter().try_for_each(|piece| out.write_all(piece));
            written.map_err(|error| Failure::io(&code::CANNOT_WRITE, &path, &error))?;
            Ok(pieces.iter().map(|piece| piece.len() as u64).sum())
        };
        let bytes = match &file.body {
            Body::Bytes(bytes) => write(std::slice::from_ref(bytes))?,
            Body::Pieces(pieces) => write(pieces)?,
            Body::File(from) => {
                let mut source =
                    open(from).map_err(|error| Failure::io(&code::CANNOT_READ, from, &error))?;
                let mut out = self.create(&path)?;
                io::copy(&mut source, &mut out)
                    .map_err(|error| Failure::io(&code::CANNOT_WRITE, &path, &error))?
            }
        };
        self.written.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // After a commit there is nothing left here; after a failure the half-made site goes.
        let _ = fs::remove_dir_all(&self.staging);
    }
}

/// The path from the root, links in the part that exists resolved.
fn absolute(path: &Path) -> io::Result<PathBuf> {
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
fn beside(output: &Path, what: &str) -> PathBuf {
    let name =
        output.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    output.with_file_name(format!(".{name}.pmsite-{what}"))
}

/// Keeps a second build out of the same folder.
struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// The lock, or nothing when another build holds it.
    fn take(path: &Path) -> io::Result<Option<Self>> {
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

/// Clears what a killed build left: a half-made site, or an old one that was about to go.
fn recover(output: &Path) -> io::Result<()> {
    let (staging, old) = (beside(output, "new"), beside(output, "old"));
    if fs::symlink_metadata(output).is_err() && fs::symlink_metadata(&old).is_ok() {
        fs::rename(&old, output)?;
    }
    for left in [staging, old] {
        if fs::symlink_metadata(&left).is_ok() {
            // A `.git` folder that was on its way back goes home first.
            let git = left.join(".git");
            if fs::symlink_metadata(&git).is_ok_and(|about| about.is_dir())
                && fs::symlink_metadata(output.join(".git")).is_err()
                && fs::symlink_metadata(output).is_ok()
            {
                fs::rename(&git, output.join(".git"))?;
            }
            fs::remove_dir_all(&left)?;
        }
    }
    Ok(())
}

/// Whether the folder may be replaced: it is not there, holds nothing, or holds a site of ours.
fn is_ours(output: &Path) -> io::Result<bool> {
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
fn exchange(new: &Path, output: &Path) -> io::Result<()> {
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
