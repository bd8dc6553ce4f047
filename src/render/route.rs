//! Addresses of pages, below the top of the site. Every link is made from these, relative to its page.

use percent_encoding::{AsciiSet, CONTROLS, percent_encode, utf8_percent_encode};

use crate::index::facet::Facet;
use crate::model::kind::Lang;

/// The page of a document.
pub fn incident(slug: &str) -> String {
    format!("incidents/{slug}.html")
}

/// A page of the list of all incidents; the first is 1.
pub fn incidents(page: usize) -> String {
    list("incidents", page)
}

/// A page that lists the values of a facet; the first is 1.
pub fn facet(facet: Facet, page: usize) -> String {
    list(facet.as_str(), page)
}

/// The page of one value; further pages of its list from 2.
pub fn value(facet: Facet, slug: &str, page: usize) -> String {
    entry(facet.as_str(), slug, page)
}

/// A page of the list that a folder is about.
fn list(folder: &str, page: usize) -> String {
    if page <= 1 { format!("{folder}/index.html") } else { format!("{folder}/page-{page}.html") }
}

/// A page of the list of one thing in a folder.
fn entry(folder: &str, name: &str, page: usize) -> String {
    if page <= 1 {
        format!("{folder}/{name}.html")
    } else {
        list(&format!("{folder}/{name}"), page)
    }
}

/// The feed of one value.
pub fn value_feed(facet: Facet, slug: &str) -> String {
    format!("{}/{slug}.xml", facet.as_str())
}

/// A page of trends: of all incidents, of the last so many quarters, or of one value.
pub fn trends(only: Option<(&str, &str)>, quarters: i32) -> String {
    match (only, quarters) {
        (Some((facet, slug)), _) => format!("trends/{facet}/{slug}.html"),
        (None, 0) => "trends/index.html".to_owned(),
        (None, quarters) => format!("trends/last-{quarters}.html"),
    }
}

/// What the trends page reads to combine filters, in its language.
pub const COMBINE: &str = "trends/data.js";
/// The incidents that it counts, at the top of the site: they are the same in every language.
pub const COMBINE_INCIDENTS: &str = "trends/incidents.js";
/// What the site was made from, and how well it was read.
pub const ABOUT: &str = "about.html";
/// The files of data.
pub const DATA: &str = "data/index.html";
/// The ledger of actions.
pub const LEDGER: &str = "actions/index.html";

/// The search page.
pub const SEARCH: &str = "search/index.html";

/// A page of all actions of one theme; further pages from 2.
pub fn actions(theme: &str, page: usize) -> String {
    entry("actions", theme, page)
}

/// Where a language stands: the site's own at the top, the other below its code.
pub fn prefix(lang: Lang, site: Lang) -> &'static str {
    match lang {
        _ if lang == site => "",
        Lang::En => "en/",
        Lang::Ko => "ko/",
    }
}

/// A file that documents show, under the path that it has in the content.
pub fn asset(path: &str) -> String {
    format!("files/{path}")
}

/// Signs that mean something in an address or in HTML.
const SIGNS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'%')
    .add(b'?')
    .add(b'#')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'[')
    .add(b']')
    .add(b'&');

/// An address as it stands in a link: spaces and signs encoded, other scripts kept for people to read.
pub fn encode(address: &str) -> String {
    // Most are made of nothing else.
    let is_plain = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'/' | b'-' | b'.' | b'_')
            || !byte.is_ascii()
    };
    if address.bytes().all(is_plain) {
        return address.to_owned();
    }
    let mut encoded = String::with_capacity(address.len());
    for letter in address.chars() {
        if letter.is_ascii() {
            encoded.extend(percent_encode(&[letter as u8], SIGNS));
        } else {
            encoded.push(letter);
        }
    }
    encoded
}

/// As [`encode`], with every letter outside ASCII encoded too: for feeds and sitemaps.
pub fn encode_all(address: &str) -> String {
    utf8_percent_encode(address, SIGNS).to_string()
}
