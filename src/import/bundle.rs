//! The files of an export: a file, a folder, or an archive, which may hold archives again. Bounded, since an
//! archive of a few bytes can hold more than any disk.
#![expect(clippy::disallowed_methods, reason = "reads what is to be imported")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use encoding_rs::EUC_KR;
use walkdir::WalkDir;
use zip::ZipArchive;

use crate::base::path::RelPath;
use crate::base::unique::Names;
use crate::diag::Diagnostic;
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::import::lost;

/// The files of an export.
#[derive(Debug, Default)]
pub struct Bundle {
    /// What the user called it.
    pub name: String,
    /// By path.
    pub files: BTreeMap<RelPath, Vec<u8>>,
    /// Files that were left out.
    pub findings: Vec<Diagnostic>,
}

/// A file larger than this is no postmortem and no picture of one.
const LARGEST: u64 = 64 * 1024 * 1024;
/// All files together, and as much again for the archives in an archive.
const MOST: u64 = 2 * 1024 * 1024 * 1024;
/// Files that a document is made from. Beside one an archive is something that is attached.
const DOCUMENTS: [&str; 5] = ["md", "html", "htm", "json", "csv"];

/// How much may still be read.
struct Room {
    files: u64,
    archives: u64,
}

impl Bundle {
    /// Reads what stands at a path.
    ///
    /// # Errors
    /// When it cannot be read, or is an archive that is broken.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let cannot = |error: io::Error| Failure::io(&code::CANNOT_READ, path, &error);
        let mut bundle = Self { name: path.display().to_string(), ..Self::default() };
        let mut room = Room { files: MOST, archives: MOST };
        if path.is_dir() {
            for entry in WalkDir::new(path).sort_by_file_name() {
                let entry = entry.map_err(|error| cannot(error.into()))?;
                if entry.file_type().is_file() {
                    let below = entry.path().strip_prefix(path).unwrap_or(entry.path());
                    let file = File::open(entry.path()).map_err(cannot)?;
                    bundle.add(RelPath::new(below), file, &mut room).map_err(cannot)?;
                }
            }
        } else if RelPath::new(path).extension() == "zip" {
            let file = File::open(path).map_err(cannot)?;
            bundle.unpack(file, true, &mut room).map_err(cannot)?;
        } else {
            let name = path.file_name().map(Path::new).unwrap_or(path);
            let file = File::open(path).map_err(cannot)?;
            bundle.add(RelPath::new(name), file, &mut room).map_err(cannot)?;
        }
        Ok(bundle)
    }

    /// Takes a file, or names it where it is too large or another has its place.
    fn add(&mut self, path: RelPath, file: impl Read, room: &mut Room) -> io::Result<()> {
        if is_hidden(&path) {
            return Ok(());
        }
        match bounded(file, LARGEST.min(room.files))? {
            Some(bytes) if self.files.get(&path).is_none_or(|other| *other == bytes) => {
                room.files -= bytes.len() as u64;
                self.files.insert(path, bytes);
            }
            _ => self.findings.push(lost(&path)),
        }
        Ok(())
    }

    /// Takes the files of an archive, and those of the archives that it is made of.
    fn unpack(
        &mut self,
        archive: impl Read + Seek,
        goes_down: bool,
        room: &mut Room,
    ) -> io::Result<()> {
        let mut archive = ZipArchive::new(archive)?;
        let is_inner = |path: &RelPath| goes_down && path.extension() == "zip";
        let (inner, files): (Vec<_>, Vec<_>) =
            entries(&mut archive)?.into_iter().partition(|(_, path)| is_inner(path));
        for (number, path) in files {
            self.add(path, archive.by_index(number)?, room)?;
        }
        let is_document = |path: &RelPath| DOCUMENTS.contains(&path.extension().as_str());
        let has_documents = self.files.keys().any(is_document);
        let mut names = Names::default();
        for (number, path) in inner {
            let file = archive.by_index(number)?;
            if has_documents {
                self.add(path, file, room)?;
            } else if !is_hidden(&path) {
                self.take_inner(&path, file, room, &mut names);
            }
        }
        Ok(())
    }

    /// Takes the files of an archive in an archive. Parts of one export lie in one folder; where a file has the place of
    /// another, the archive is another export, and all of it goes below its name, for its pages name its pictures.
    fn take_inner(&mut self, path: &RelPath, file: impl Read, room: &mut Room, names: &mut Names) {
        let mut inner = Self::default();
        let is_whole = match bounded(file, room.archives) {
            Ok(Some(bytes)) => {
                room.archives -= bytes.len() as u64;
                inner.unpack(io::Cursor::new(bytes), false, room).is_ok()
            }
            Ok(None) => {
                room.archives = 0;
                false
            }
            Err(_) => false,
        };
        if !is_whole {
            self.findings.push(lost(path));
        }
        self.findings.append(&mut inner.findings);
        let (folder, stem) = (path.parent(), path.stem());
        let wish = if folder.is_empty() { stem.to_owned() } else { format!("{folder}/{stem}") };
        let mut below = String::new();
        let is_taken = |below: &str, (path, bytes): (&RelPath, &Vec<u8>)| {
            self.files.get(&placed(below, path)).is_some_and(|other| other != bytes)
        };
        while inner.files.iter().any(|file| is_taken(&below, file)) {
            below = names.name(&wish, "") + "/";
        }
        self.files
            .extend(inner.files.into_iter().map(|(path, bytes)| (placed(&below, &path), bytes)));
    }
}

/// The path of a file of an archive below the name of the archive.
fn placed(below: &str, path: &RelPath) -> RelPath {
    RelPath::known(&format!("{below}{path}"))
}

/// What systems put beside the files of a person.
fn is_hidden(path: &RelPath) -> bool {
    path.as_str().split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// The bytes of a file, unless there are more than this.
fn bounded(file: impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// The files of an archive with their numbers.
fn entries(archive: &mut ZipArchive<impl Read + Seek>) -> io::Result<Vec<(usize, RelPath)>> {
    let mut entries = Vec::new();
    for number in 0..archive.len() {
        let file = archive.by_index_raw(number)?;
        if !file.is_file() {
            continue;
        }
        let raw = file.name_raw();
        // Archives that were made on a Korean system may say nothing of their encoding.
        let name = match std::str::from_utf8(raw) {
            Ok(name) => name.to_owned(),
            Err(_) => EUC_KR.decode(raw).0.into_owned(),
        };
        entries.push((number, RelPath::new(Path::new(&name.replace('\\', "/")))));
    }
    Ok(entries)
}
