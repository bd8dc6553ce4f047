//! Which files beside the documents are published: those that a published document mentions by name, and no
//! others. A picture of a private report must not be found by guessing its address.

use aho_corasick::AhoCorasick;

use crate::config::Site;
use crate::index::Archive;
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
    let mut seen = vec![false; assets.len()];
    for filed in &archive.filed {
        for found in automaton.find_overlapping_iter(&*filed.case.source.text) {
            seen[found.pattern().as_usize() / 3] = true;
        }
    }
    assets.into_iter().zip(seen).filter_map(|(asset, seen)| seen.then_some(asset)).collect()
}
