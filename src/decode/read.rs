//! Reads the bytes of a found file.
#![expect(clippy::disallowed_methods, reason = "reads documents")]

use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use crate::base::digest::Digest;
use crate::discover::{Found, open};

/// The bytes of a file, or `None` when it is larger than `limit`.
///
/// # Errors
/// When the file cannot be read, or is no longer a file.
pub fn read(found: &Found, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let file = open(&found.file)?;
    let length = file.metadata()?.len();
    if length > limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(length as usize + 1);
    // A file may grow while it is read.
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// What the bytes of a file are known by, however many they are.
///
/// # Errors
/// When the file cannot be read.
pub fn digest(found: &Found) -> io::Result<Digest> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut open(&found.file)?, &mut hasher)?;
    Ok(Digest::from(hasher.finalize()))
}

/// When a file was last written, and its length: a file with the same stamp is not read again.
pub type Stamp = (SystemTime, u64);

/// The stamp of a file; nothing where the system does not tell.
pub fn stamp(found: &Found) -> Option<Stamp> {
    let about = std::fs::metadata(&found.file).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// The whole text of a file that is no document: facts.
///
/// # Errors
/// When it cannot be read, or is not UTF-8.
pub fn all(file: &Path) -> io::Result<String> {
    if file == Path::new("-") {
        io::read_to_string(io::stdin())
    } else {
        std::fs::read_to_string(file)
    }
}
