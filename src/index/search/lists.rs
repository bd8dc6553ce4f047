//! What is known of documents without a look at their words: what they are narrowed down by, and names for what results
//! show of them. Pages that lead to the search ask for it, and nobody waits for the words then.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::base::hash::Hash;
use crate::index::Filed;
use crate::index::search::column::{self, Column};
use crate::index::search::{number, write};
use crate::model::kind::Lang;
use crate::vocab::Vocabulary;

/// So many texts of documents share a folder, which is named after all of them.
pub const SHELF: usize = 100;

/// A value for each document, from the oldest on.
pub struct Lists {
    /// What documents can be narrowed down by.
    pub columns: Vec<Column>,
    /// The length of each incident in minutes and one more; 0 where it is not known.
    pub minutes: String,
    /// For each language its documents that are told in another one as well: how far each is from the one before, less one,
    /// and from its twin, twice, and one more where the twin is older.
    pub versions: BTreeMap<Lang, String>,
    /// Names for what results show of documents, a name for every [`SHELF`] of them.
    pub shelves: Vec<String>,
}

/// Looks at the published documents.
pub fn lists(filed: &[Filed], vocab: &Vocabulary) -> Lists {
    let documents: Vec<&Filed> = filed.iter().rev().collect();
    let columns = column::columns(filed, vocab);
    let minutes = column::minutes(&documents);
    let mut taken = BTreeSet::new();
    let shelves: Vec<Hash> = documents.par_chunks(SHELF).map(shelf).collect();
    let shelves = shelves.into_iter().map(|shelf| shelf.finish_apart(&mut taken)).collect();
    Lists { columns, minutes, versions: versions(filed), shelves }
}

/// The documents of incidents that are told in several languages, by language.
fn versions(filed: &[Filed]) -> BTreeMap<Lang, String> {
    let mut versions: BTreeMap<Lang, (String, usize)> = BTreeMap::new();
    for (id, document) in filed.iter().enumerate().rev() {
        let Some(twin) = document.twin else { continue };
        let (data, next) = versions.entry(document.case.incident.lang).or_default();
        let place = number(filed.len(), id);
        write::number(data, (place - *next) as u32);
        write::number(data, 2 * id.abs_diff(twin) as u32 + u32::from(twin > id));
        *next = place + 1;
    }
    versions.into_iter().map(|(lang, (data, _))| (lang, data)).collect()
}

/// What results show of some documents. How it is written may differ in the next version.
fn shelf(documents: &[&Filed]) -> Hash {
    let mut hash = Hash::default();
    hash.add(env!("CARGO_PKG_VERSION"));
    for Filed { case, slug, .. } in documents {
        let incident = &case.incident;
        hash.add(slug);
        hash.add(incident.title());
        hash.add(incident.lang.as_str());
        hash.add(&format!("{:?}", incident.date.value()));
        hash.add(&format!("{:?}", incident.duration_minutes.value()));
        hash.add(&format!("{:?}", incident.severity.value()));
        incident.services.iter().for_each(|fact| hash.add(&fact.value));
        hash.add(&case.source.text);
    }
    hash
}
