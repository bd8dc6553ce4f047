//! Lists that go on over several pages.

use serde::Serialize;

use crate::render::route;

/// Lists longer than this go on on another page.
pub const PAGE: usize = 100;
/// Lists of one value of a facet go on for so many pages; the years and the list of all incidents hold the
/// rest, and search finds it.
pub const MOST_PAGES: usize = 5;

/// Other pages of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub number: usize,
    /// How many pages.
    pub of: usize,
    /// The page before.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
    /// Things that stand on no page of this list.
    pub left: usize,
}

/// How many pages a list of this length has.
pub fn pages(length: usize, most: usize) -> usize {
    length.div_ceil(PAGE).clamp(1, most)
}

/// The pager of page `number` (from 1) of a list, or none when the list fits on one.
pub fn pager(
    number: usize,
    length: usize,
    most: usize,
    address: impl Fn(usize) -> String,
) -> Option<Pager> {
    let of = pages(length, most);
    (of > 1).then(|| Pager {
        number,
        of,
        before: (number > 1).then(|| route::encode(&address(number - 1))),
        after: (number < of).then(|| route::encode(&address(number + 1))),
        left: length.saturating_sub(of * PAGE),
    })
}
