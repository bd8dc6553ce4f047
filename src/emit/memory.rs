//! A site in memory, for the local server: files come as they are asked for, and nothing is written.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Mutex, MutexGuard};

use crate::base::held::held;
use crate::base::path::OutPath;
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::discover::open;
use crate::emit::Sink;
use crate::render::{Body, Output};

/// The files that were made so far.
#[derive(Default)]
pub struct Memory {
    files: Mutex<BTreeMap<OutPath, Body>>,
}

impl Memory {
    /// The bytes of a file, if it was made. A picture is read anew each time: it may have changed.
    ///
    /// # Errors
    /// When the picture cannot be read.
    pub fn get(&self, path: &OutPath) -> Result<Option<Vec<u8>>, Failure> {
        let from = match self.files().get(path) {
            None => return Ok(None),
            Some(Body::Bytes(bytes) | Body::Made { bytes: Some(bytes), .. }) => {
                return Ok(Some(bytes.clone()));
            }
            Some(Body::Pieces(pieces)) => return Ok(Some(pieces.concat())),
            // Nobody told it of a build before.
            Some(Body::Made { bytes: None, .. } | Body::Left) => return Ok(None),
            Some(Body::File(from)) => from.clone(),
        };
        let mut bytes = Vec::new();
        let read = open(&from).and_then(|mut file| file.read_to_end(&mut bytes));
        read.map_err(|error| Failure::io(&code::CANNOT_READ, &from, &error))?;
        Ok(Some(bytes))
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<OutPath, Body>> {
        held(&self.files)
    }
}

impl Sink for Memory {
    fn put(&self, file: Output) -> Result<(), Failure> {
        self.files().insert(file.path, file.body);
        Ok(())
    }
}
