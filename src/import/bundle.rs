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
/// All files together.
const MOST: u64 = 2 * 1024 * 1024 * 1024;

impl Bundle {
    /// Reads what stands at a path.
    ///
    /// # Errors
    /// When it cannot be read, or is an archive that is broken.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let cannot = |error: io::Error| Failure::io(&code::CANNOT_READ, path, &error);
        let mut bundle = Self { name: path.display().to_string(), ..Self::default() };
        let mut room = MOST;
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

    /// Takes a file, or names it where it is too large.
    fn add(&mut self, path: RelPath, file: impl Read, room: &mut u64) -> io::Result<()> {
        if path.as_str().split('/').any(|part| part.starts_with('.') || part == "__MACOSX") {
            return Ok(());
        }
        let mut bytes = Vec::new();
        let limit = LARGEST.min(*room);
        file.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            self.findings.push(lost(&path));
        } else {
            *room -= bytes.len() as u64;
            self.files.insert(path, bytes);
        }
        Ok(())
    }

    /// Takes the files of an archive, and those of archives in it.
    fn unpack(
        &mut self,
        archive: impl Read + Seek,
        goes_down: bool,
        room: &mut u64,
    ) -> io::Result<()> {
        let mut archive = ZipArchive::new(archive)?;
        for number in 0..archive.len() {
            let file = archive.by_index(number)?;
            if !file.is_file() {
                continue;
            }
            let raw = file.name_raw();
            // Archives that were made on a Korean system may say nothing of their encoding.
            let name = match std::str::from_utf8(raw) {
                Ok(name) => name.to_owned(),
                Err(_) => EUC_KR.decode(raw).0.into_owned(),
            };
            let path = RelPath::new(Path::new(&name.replace('\\', "/")));
            if path.extension() == "zip" && goes_down {
                let mut bytes = Vec::new();
                file.take(*room).read_to_end(&mut bytes)?;
                self.unpack(io::Cursor::new(bytes), false, room)?;
            } else {
                self.add(path, file, room)?;
            }
        }
        Ok(())
    }
}
