//! The output folder. A build is written beside it and takes its place in one step, so that whoever looks
//! sees the old site or the new one, whole. A failed or killed build leaves the old one standing.
#![expect(clippy::disallowed_methods, reason = "writes the site")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use rayon::prelude::*;

use crate::base::digest::Digest;
use crate::base::held::held;
use crate::base::path::{MARKER, OutPath};
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::discover::open;
use crate::emit::before::{Before, count, holds, modified, stands};
use crate::emit::lock::Lock;
use crate::emit::swap::{
    KEPT, absolute, beside, exchange, holds_kept, is_other, is_ours, move_kept, recover,
};
use crate::emit::{Report, Sink, Written};
use crate::render::known::Standing;
use crate::render::{Body, Output};

/// An output folder that is being built.
pub struct Folder {
    output: PathBuf,
    staging: PathBuf,
    /// What of the site that stands there need not be written again.
    before: Before,
    files: Mutex<BTreeMap<OutPath, Written>>,
    kept: AtomicUsize,
    /// Files beside the documents that are gone.
    unread: Mutex<BTreeMap<OutPath, String>>,
    /// Held until the end.
    _lock: Lock,
}

impl Folder {
    /// Prepares to replace `output`.
    ///
    /// # Errors
    /// When it holds something that pmsite did not make (unless `force`), when something of `read`, what the build reads,
    /// would go with it, when another build is at work, or when it cannot be written.
    pub fn open(output: &Path, read: &[PathBuf], force: bool) -> Result<Self, Failure> {
        let cannot = |error: io::Error| Failure::io(&code::CANNOT_WRITE, output, &error);
        let output = absolute(output).map_err(cannot)?;
        for path in read.iter().filter_map(|path| path.canonicalize().ok()) {
            // A folder among the documents may hold the site, where no document stood in it.
            let replaced =
                force && output.starts_with(&path) && !is_ours(&output).map_err(cannot)?;
            if replaced || path.starts_with(&output) {
                return Err(Failure::new(&code::FOLDERS_OVERLAP)
                    .arg("path", output.display())
                    .arg("content", path.display()));
            }
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
            before: Before::default(),
            files: Mutex::default(),
            kept: AtomicUsize::new(0),
            unread: Mutex::default(),
            _lock: lock,
        })
    }

    /// Where it stands, links resolved.
    pub fn path(&self) -> &Path {
        &self.output
    }

    /// Whether a path stands in it, and goes with the old site.
    pub fn holds(&self, path: &Path) -> bool {
        absolute(path).is_ok_and(|path| path.starts_with(&self.output))
    }

    /// Whether the folder holds these files as they were left, and nothing else.
    pub fn is_as_left(&self, files: &BTreeMap<OutPath, Written>) -> bool {
        let files: Vec<(&OutPath, &Written)> = files.iter().collect();
        self.output.join(MARKER).is_file()
            && count(&self.output, is_other).is_ok_and(|found| found == files.len())
            && files.par_iter().all(|(path, left)| stands(&self.output.join(path.as_str()), left))
    }

    /// Lets files that are the same as ones of the site before, which were left like this, stay as they are.
    pub fn keep(&mut self, files: BTreeMap<OutPath, Written>) {
        self.before = Before::of(files);
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

    /// Puts the new site in the place of the old one, which then waits beside it for [`Self::clear`].
    ///
    /// # Errors
    /// When the folders cannot be exchanged; the old site then still stands.
    pub fn commit(&self) -> Result<Report, Failure> {
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
            move_kept(&self.staging, &self.output).map_err(|error| {
                let undone = move_kept(&self.output, &self.staging);
                let undone = undone.and_then(|()| exchange(&self.staging, &self.output));
                cannot(undone.err().unwrap_or(error))
            })?;
        }
        let files = std::mem::take(&mut *held(&self.files));
        let unread = std::mem::take(&mut *held(&self.unread));
        Ok(Report { files, kept: self.kept.load(Ordering::Relaxed), unread })
    }

    /// Removes the old site, as many folders of it at a time as there are processors.
    ///
    /// # Errors
    /// When something of it cannot be removed.
    pub fn clear(self) -> Result<(), Failure> {
        let cannot = |error: io::Error| Failure::io(&code::CANNOT_WRITE, &self.staging, &error);
        if fs::symlink_metadata(&self.staging).is_err() {
            return Ok(());
        }
        let entries = fs::read_dir(&self.staging).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let removed = entries.map_err(cannot)?.par_iter().try_for_each(|entry| {
            let is_folder = entry.file_type()?.is_dir();
            if is_folder { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) }
        });
        removed.and_then(|()| fs::remove_dir(&self.staging)).map_err(cannot)
    }

    /// Writes a file, and says when.
    fn write(&self, path: &OutPath, pieces: &[Vec<u8>]) -> Result<Option<SystemTime>, Failure> {
        let path = self.staging.join(path.as_str());
        let mut out = self.create(&path)?;
        let written = pieces.iter().try_for_each(|piece| out.write_all(piece));
        written.map_err(|error| Failure::io(&code::CANNOT_WRITE, &path, &error))?;
        Ok(modified(&out))
    }

    /// The file of the site before that shows this file beside the documents as it is.
    fn shown(&self, from: &Path, path: &OutPath) -> Option<&Written> {
        let left = self.before.at(path)?;
        let mut file = open(from).ok()?;
        if file.metadata().ok()?.len() != left.length {
            return None;
        }
        let mut hasher = blake3::Hasher::default();
        io::copy(&mut file, &mut hasher).ok()?;
        (left.digest == Some(Digest::from(hasher.finalize()))).then_some(left)
    }

    /// Copies a file, and says what it was.
    fn copy(&self, mut source: File, path: &OutPath) -> Result<Written, Failure> {
        let path = self.staging.join(path.as_str());
        let mut out = self.create(&path)?;
        let mut digester = Through { out: &mut out, digest: blake3::Hasher::default() };
        let length = io::copy(&mut source, &mut digester)
            .map_err(|error| Failure::io(&code::CANNOT_WRITE, &path, &error))?;
        let digest = Some(Digest::from(digester.digest.finalize()));
        Ok(Written { digest, length, of: None, at: modified(&out) })
    }

    /// Gives the new site a file of the old one, if it is as it was left.
    fn take_over(&self, path: &OutPath, (old, left): (&OutPath, &Written)) -> Option<Written> {
        if !stands(&self.output.join(old.as_str()), left) {
            return None;
        }
        self.link(path, old).then_some(*left)
    }

    /// Gives the new site a file of the old one. Its bytes are then in both, and stay where they are when the old one
    /// goes. Not where the file system has no such links.
    fn link(&self, path: &OutPath, old: &OutPath) -> bool {
        let old = self.output.join(old.as_str());
        let new = self.staging.join(path.as_str());
        // There is perhaps no such folder yet.
        let made_room = || new.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok());
        let linked =
            fs::hard_link(&old, &new).is_ok() || made_room() && fs::hard_link(&old, &new).is_ok();
        self.kept.fetch_add(usize::from(linked), Ordering::Relaxed);
        linked
    }

    /// Puts bytes where the file of the old site does not hold the same.
    fn put_pieces(&self, path: &OutPath, pieces: &[Vec<u8>]) -> Result<Written, Failure> {
        let length = pieces.iter().map(|piece| piece.len() as u64).sum();
        let old = self.before.at(path).filter(|left| left.length == length);
        let is_same = |_: &_| holds(&self.output.join(path.as_str()), pieces).unwrap_or(false);
        match old.filter(is_same).and_then(|left| self.take_over(path, (path, left))) {
            Some(left) => Ok(left),
            None => Ok(Written { digest: None, length, of: None, at: self.write(path, pieces)? }),
        }
    }

    /// Puts a file of the old site, of which [`Standing`] said just now that it stands.
    fn put_old(
        &self,
        path: &OutPath,
        old: Option<(&OutPath, &Written)>,
    ) -> Result<Written, Failure> {
        let missing = || Failure::new(&code::CANNOT_READ).arg("path", path).arg("why", "?");
        let (old, left) = old.ok_or_else(missing)?;
        if self.link(path, old) {
            return Ok(*left);
        }
        let old = self.output.join(old.as_str());
        let source = open(&old).map_err(|error| Failure::io(&code::CANNOT_READ, &old, &error))?;
        Ok(Written { of: left.of, ..self.copy(source, path)? })
    }

    /// Puts a file that stands beside the documents. It may be gone since it was found: then the site does without.
    fn put_file(&self, path: &OutPath, from: &Path) -> Result<Option<Written>, Failure> {
        let old = self.shown(from, path);
        match old.and_then(|left| self.take_over(path, (path, left))) {
            Some(left) => Ok(Some(left)),
            None => match open(from) {
                Ok(source) => self.copy(source, path).map(Some),
                Err(error) => {
                    held(&self.unread).insert(path.clone(), error.to_string());
                    Ok(None)
                }
            },
        }
    }
}

/// Writes on, and takes the digest on the way.
struct Through<'a> {
    out: &'a mut File,
    digest: blake3::Hasher,
}

impl Write for Through<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Sink for Folder {
    fn put(&self, file: Output) -> Result<(), Failure> {
        let path = &file.path;
        let (written, of) = match &file.body {
            Body::Bytes(bytes) => (self.put_pieces(path, std::slice::from_ref(bytes))?, None),
            Body::Pieces(pieces) => (self.put_pieces(path, pieces)?, None),
            Body::File(from) => match self.put_file(path, from)? {
                Some(written) => (written, None),
                None => return Ok(()),
            },
            Body::Made { of, bytes: Some(bytes) } => {
                (self.put_pieces(path, std::slice::from_ref(bytes))?, Some(*of))
            }
            Body::Made { of, bytes: None } => {
                (self.put_old(path, self.before.made_of(*of))?, Some(*of))
            }
            Body::Left => {
                let written = self.put_old(path, self.before.at(path).map(|left| (path, left)))?;
                (written, written.of)
            }
        };
        let written = Written { of, ..written };
        held(&self.files).insert(file.path, written);
        Ok(())
    }
}

impl Standing for Folder {
    fn is_made_of(&self, of: Digest) -> bool {
        let found = self.before.made_of(of);
        found.is_some_and(|(path, left)| stands(&self.output.join(path.as_str()), left))
    }

    fn is_at(&self, path: &OutPath) -> bool {
        let found = self.before.at(path);
        found.is_some_and(|left| stands(&self.output.join(path.as_str()), left))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // After a commit there is nothing left here; after a failure the half-made site goes. Where not even the old one
        // could be put back, it waits for the next build.
        if !holds_kept(&self.staging) {
            let _ = fs::remove_dir_all(&self.staging);
        }
    }
}
