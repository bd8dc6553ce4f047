//! Which files there are: a sorted walk that never leaves the folder and names what it leaves out.
#![expect(clippy::disallowed_methods, reason = "walks the content folder")]

mod open;

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::base::file::File;
use crate::base::path::{MARKER, RelPath};
use crate::base::span::{FileId, Span};
use crate::config::Site;
use crate::diag::failure::Failure;
use crate::diag::{Diagnosed, Diagnostic, code};

pub use open::open;

/// What a file is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A document.
    Case,
    /// What the author says about documents: `overrides.toml`.
    Overrides,
    /// Anything that a document may show or link to: a picture, a log.
    Asset,
}

/// One file that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its number, by the order of paths.
    pub id: FileId,
    /// Its path below the content folder.
    pub path: RelPath,
    /// Where to read it.
    pub file: PathBuf,
    /// What it is to us.
    pub role: Role,
}

/// Endings of documents.
pub const DOCUMENTS: [&str; 4] = ["md", "markdown", "txt", "rst"];
/// Endings of files that documents show or link to. Others stay at home: a folder may hold anything.
const ASSETS: [&str; 13] =
    ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "pdf", "csv", "log", "json"];

/// What stands among documents and is none: the margins of a GitHub wiki, and the texts of packages that a tool installed.
const FURNITURE: [&str; 4] = ["_Sidebar.md", "_Footer.md", "_Header.md", "node_modules"];

/// Walks the content folder.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn discover(site: &Site) -> Result<Diagnosed<Vec<Found>>, Failure> {
    let cannot = |error: &std::io::Error| Failure::io(&code::CANNOT_READ, &site.content, error);
    let root = site.content.canonicalize().map_err(|error| cannot(&error))?;
    std::fs::read_dir(&root).map_err(|error| cannot(&error))?;
    let output = site.output.canonicalize().ok();
    let walk = WalkDir::new(&root).sort_by_file_name().into_iter().filter_entry(|entry| {
        entry.depth() == 0
            || !is_hidden(entry.path())
                && !entry.file_name().to_str().is_some_and(|name| FURNITURE.contains(&name))
                && !site.ignore.covers(&below(&root, entry.path()))
                && output.as_deref() != Some(entry.path())
                && !is_site(entry)
    });
    let mut files: Vec<(RelPath, Seen)> = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) if entry.depth() == 0 || entry.file_type().is_dir() => {}
            Ok(entry) => {
                let path = below(&root, entry.path());
                if let Some(seen) = look_at(&root, &path, entry.path(), entry.file_type()) {
                    files.push((path, seen));
                }
            }
            Err(error) => {
                let path =
                    error.path().map_or_else(|| RelPath::known("."), |path| below(&root, path));
                files.push((path, Seen::Refused(&code::UNREADABLE_FILE, why(&error))));
            }
        }
    }
    Ok(number(files))
}

/// Whether a folder holds a site that a build wrote: its texts are none that somebody wrote.
fn is_site(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && entry.path().join(MARKER).is_file()
}

/// What became of one entry of the walk.
enum Seen {
    Taken(PathBuf, Role),
    Refused(&'static code::Code, String),
}

fn look_at(root: &Path, path: &RelPath, file: &Path, kind: std::fs::FileType) -> Option<Seen> {
    if kind.is_symlink() {
        // A link that stays inside leads to what is read where it stands.
        return match file.canonicalize() {
            Ok(target) if target.starts_with(root) => None,
            Ok(target) => (role_of(path).is_some() || target.is_dir())
                .then(|| Seen::Refused(&code::OUTSIDE_LINK, target.display().to_string())),
            Err(error) => {
                role_of(path).map(|_| Seen::Refused(&code::UNREADABLE_FILE, error.to_string()))
            }
        };
    }
    let role = role_of(path)?;
    if !kind.is_file() {
        return Some(Seen::Refused(&code::NOT_A_FILE, String::new()));
    }
    // Documents are read anyway, but a picture only when the site is written.
    let error = (role == Role::Asset).then(|| is_readable(file).err()).flatten();
    Some(match error {
        Some(error) => Seen::Refused(&code::UNREADABLE_FILE, error.to_string()),
        None => Seen::Taken(file.to_path_buf(), role),
    })
}

#[cfg(unix)]
fn is_readable(file: &Path) -> std::io::Result<()> {
    Ok(rustix::fs::access(file, rustix::fs::Access::READ_OK)?)
}

#[cfg(not(unix))]
fn is_readable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Numbers everything in the order of paths, and turns what was refused into findings.
fn number(mut files: Vec<(RelPath, Seen)>) -> Diagnosed<Vec<Found>> {
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let mut found: Vec<Found> = Vec::new();
    let mut findings = Vec::new();
    for (index, (path, seen)) in files.into_iter().enumerate() {
        match seen {
            // Systems that keep the letters of names as they come may hold a name twice: composed and in parts.
            Seen::Taken(..) if found.last().is_some_and(|last| last.path == path) => {
                findings.push(Diagnostic::new(&code::SAME_NAME, Span::nowhere()).arg("path", path));
            }
            Seen::Taken(file, role) => {
                found.push(Found { id: FileId(index as u32), path, file, role })
            }
            Seen::Refused(code, why) => {
                let finding = Diagnostic::new(code, Span::nowhere());
                findings.push(finding.arg("path", path).arg("why", why));
            }
        }
    }
    Diagnosed { value: found, findings }
}

/// What a file of this name is to us; nothing for most.
pub fn role_of(path: &RelPath) -> Option<Role> {
    let ending = path.extension();
    if path.as_str() == "overrides.toml" {
        return Some(Role::Overrides);
    }
    if DOCUMENTS.contains(&ending.as_str()) {
        return Some(Role::Case);
    }
    ASSETS.contains(&ending.as_str()).then_some(Role::Asset)
}

fn below(root: &Path, path: &Path) -> RelPath {
    RelPath::new(path.strip_prefix(root).unwrap_or(path))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// The reason alone, without the path that the walker's error repeats.
fn why(error: &walkdir::Error) -> String {
    error.io_error().map_or_else(|| error.to_string(), ToString::to_string)
}

/// The names of the folders in a folder of the site, sorted.
pub fn folders(folder: &Path) -> Vec<String> {
    let entries = WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name();
    let folders = entries.into_iter().flatten().filter(|entry| entry.path().is_dir());
    folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// All files below a folder of the site, sorted; nothing when there is no such folder.
///
/// # Errors
/// When one of them cannot be read.
pub fn own_files(folder: &Path) -> Result<Vec<File>, Failure> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            Failure::new(&code::CANNOT_READ).arg("path", folder.display()).arg("why", error)
        })?;
        if entry.file_type().is_file() && !is_hidden(entry.path()) {
            let bytes = std::fs::read(entry.path())
                .map_err(|error| Failure::io(&code::CANNOT_READ, entry.path(), &error))?;
            files.push(File { path: below(folder, entry.path()), bytes });
        }
    }
    Ok(files)
}
