//! What a build leaves for the next one, in a folder of its own: what was read from each document, and which site came of
//! everything. All of it may be deleted at any time. A file that is not what was written is as if it were not there, and
//! one that cannot be written is not: nothing here ever fails.
#![expect(clippy::disallowed_methods, reason = "reads and writes the cache")]

pub mod documents;
pub mod site;
pub mod told;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::base::digest::{Digest, Digester};

/// Changes with everything that the program is made from: another program trusts nothing of this one.
const PROGRAM: &str = env!("BUILD_DIGEST");

/// The folder, or none.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    folder: Option<PathBuf>,
}

/// At the end of each file: the digest of what stands before it.
const SEAL: usize = 16;
/// A larger file, in bytes, is none: what is read from one may take some twenty times as much memory.
const LARGEST: u64 = 256 << 20;

impl Cache {
    /// The cache in a folder, which need not be there yet. A link to a folder is none: whoever wrote the documents may
    /// have laid it to a place that is not theirs.
    pub fn at(folder: Option<&Path>) -> Self {
        let is_link =
            |folder: &Path| fs::symlink_metadata(folder).is_ok_and(|about| !about.is_dir());
        Self { folder: folder.filter(|folder| !is_link(folder)).map(Path::to_path_buf) }
    }

    /// Whether there is anything to read from or write to.
    pub fn is_on(&self) -> bool {
        self.folder.is_some()
    }

    /// What was written under a name, if this program wrote it, and whole.
    fn load<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let file = self.folder.as_ref()?.join(name);
        let about = fs::symlink_metadata(&file).ok()?;
        let is_ours = about.is_file() && about.len() <= LARGEST;
        let bytes = is_ours.then(|| fs::read(&file).ok()).flatten()?;
        let (bytes, found) = bytes.split_at_checked(bytes.len().checked_sub(SEAL)?)?;
        if seal(bytes).0 != *found {
            return None;
        }
        postcard::from_bytes(bytes).ok()
    }

    /// Writes something under a name, or lets it be.
    fn save(&self, name: &str, what: &impl Serialize) {
        let Some(folder) = &self.folder else { return };
        let written = || -> io::Result<()> {
            let mut bytes = postcard::to_stdvec(what).map_err(io::Error::other)?;
            bytes.extend_from_slice(&seal(&bytes).0);
            if bytes.len() as u64 > LARGEST {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            prepare(folder)?;
            // Another build may write the same name at the same time. Whatever comes of that bears no right seal, or
            // is one of the two.
            let new = folder.join(format!("{name}.new"));
            let _ = fs::remove_file(&new);
            let mut file = fs::File::create_new(&new)?;
            file.write_all(&bytes)?;
            fs::rename(&new, folder.join(name))
        };
        let _ = written();
    }
}

fn seal(bytes: &[u8]) -> Digest {
    Digester::default().add(PROGRAM.as_bytes()).add(bytes).finish()
}

/// Makes the folder, for nobody else to read, and says in the ways that tools know that it is no work of anybody.
fn prepare(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    fs::write(folder.join(".gitignore"), "*\n")?;
    fs::write(folder.join("CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55\n")
}

#[cfg(test)]
mod tests;
