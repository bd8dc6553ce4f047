//! What was read from documents, in packs: so many files that one changed document writes little, and so few that reading
//! all of them takes no time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::digest::Digest;
use crate::base::path::RelPath;
use crate::base::span::FileId;
use crate::cache::Cache;
use crate::case::Case;

/// How many packs there are.
pub const PACKS: usize = 64;

/// The pack that a document belongs to.
pub fn pack_of(path: &RelPath) -> usize {
    usize::from(Digest::of(path.as_str().as_bytes()).0[0]) % PACKS
}

/// The documents of a pack as the last build left them.
#[derive(Default)]
pub struct Pack {
    cases: BTreeMap<RelPath, (Digest, Case)>,
}

#[derive(Deserialize)]
struct Stored(Digest, Case);

#[derive(Serialize)]
struct ToStore<'a>(Digest, &'a Case);

impl Pack {
    /// Reads a pack.
    pub fn load(cache: &Cache, number: usize) -> Self {
        let stored: Vec<Stored> = cache.load(&name(number)).unwrap_or_default();
        let cases =
            stored.into_iter().map(|Stored(key, case)| (case.source.path.clone(), (key, case)));
        Self { cases: cases.collect() }
    }

    /// How many documents it holds.
    pub(crate) fn len(&self) -> usize {
        self.cases.len()
    }

    /// What was read from a document of these contents, as file `id` of this run.
    pub fn take(&mut self, path: &RelPath, key: Digest, id: FileId) -> Option<Case> {
        let (_, mut case) = self.cases.remove(path).filter(|(stored, _)| *stored == key)?;
        case.source.id = id;
        case.of = Some(key);
        case.each_place(|place| place.file = id);
        Some(case)
    }
}

/// Writes a pack anew.
pub fn save(cache: &Cache, number: usize, cases: &[(Digest, &Case)]) {
    let cases: Vec<ToStore<'_>> = cases.iter().map(|&(key, case)| ToStore(key, case)).collect();
    cache.save(&name(number), &cases);
}

fn name(number: usize) -> String {
    format!("documents-{number:02}")
}
