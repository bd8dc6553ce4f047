//! Which files beside the documents are published: those that a published document mentions by name, and no
//! others. A picture of a private report must not be found by guessing its address.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use crate::config::Site;
use crate::index::{Archive, Filed};
use crate::model::kind::Visibility;
use crate::render::{Asset, route};

/// The files to publish, in the same order.
pub fn mentioned(assets: Vec<Asset>, archive: &Archive, site: &Site) -> Vec<Asset> {
    let is_open = |asset: &Asset| match site.visibility(&asset.path) {
        Visibility::Public => true,
        Visibility::Draft => site.drafts,
        Visibility::Private => false,
    };
    let assets: Vec<Asset> = assets.into_iter().filter(is_open).collect();
    if assets.is_empty() {
        return assets;
    }
    // Links may be written as they are or with escapes, in any case of its hex digits.
    let names: Vec<String> = assets
        .iter()
        .flat_map(|asset| {
            let name = asset.path.file_name();
            [name.to_owned(), route::encode(name), route::encode_all(name)]
        })
        .collect();
    let Ok(automaton) = AhoCorasick::builder().ascii_case_insensitive(true).build(&names) else {
        return Vec::new();
    };
    let of = |filed: &Filed| -> BTreeSet<usize> {
        let found = automaton.find_overlapping_iter(&*filed.case.source.text);
        found.map(|found| found.pattern().as_usize() / 3).collect()
    };
    let seen: BTreeSet<usize> = archive.filed.par_iter().flat_map_iter(of).collect();
    let assets = assets.into_iter().enumerate();
    assets.filter_map(|(number, asset)| seen.contains(&number).then_some(asset)).collect()
}
