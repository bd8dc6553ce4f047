//! How often values stand together: cause with cause, cause with service, cause with what detected it.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

use crate::index::facet::Facet;
use crate::index::{Archive, FiledId};

/// Of an incident with more values than this only the first so many are paired: a list of a thousand
/// services says nothing about each of them.
pub const MOST: usize = 12;

/// Of an incident with more values than this only the first so many are counted beside others: each of its values has
/// a page, and each page counts them.
const COUNTED: usize = 100;

/// How many incidents have a value of one facet and a value of another, by their places.
pub fn pairs(
    archive: &Archive,
    one: Facet,
    other: Facet,
    ids: impl Iterator<Item = FiledId>,
) -> BTreeMap<(u32, u32), usize> {
    let mut counts: HashMap<(u32, u32), usize, FixedState> = HashMap::default();
    for id in ids {
        for &a in archive.facets.places(one, id).iter().take(MOST) {
            for &b in archive.facets.places(other, id).iter().take(MOST) {
                if one != other || a != b {
                    *counts.entry((a, b)).or_default() += 1;
                }
            }
        }
    }
    counts.into_iter().collect()
}

/// How many incidents have each value of a facet, the most frequent first, then in the order of the facet.
/// The second number says of how many incidents the facet is known.
pub fn tally(
    archive: &Archive,
    facet: Facet,
    ids: impl Iterator<Item = FiledId>,
) -> (Vec<(u32, usize)>, usize) {
    let mut counts: HashMap<u32, usize, FixedState> = HashMap::default();
    let mut known = 0;
    for id in ids {
        let places = archive.facets.places(facet, id);
        known += usize::from(!places.is_empty());
        for &place in places.iter().take(COUNTED) {
            *counts.entry(place).or_default() += 1;
        }
    }
    let mut counts: Vec<(u32, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(place, count)| (std::cmp::Reverse(count), place));
    (counts, known)
}
