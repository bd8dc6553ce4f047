//! Which files beside the documents are published: those that a link or a picture of a published document leads to, and
//! no others. A picture of a private report must not be found by guessing its address, nor because another has its name.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use pulldown_cmark::{Event, Tag, TagEnd};
use rayon::prelude::*;

use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::config::Site;
use crate::index::{Archive, Filed};
use crate::model::kind::Visibility;
use crate::parse::markdown::events;
use crate::parse::prepared;
use crate::render::Asset;
use crate::render::body::file_of;
use crate::render::raw::{Piece, Reader};

/// The files to publish, in the same order.
pub fn published(mut assets: Vec<Asset>, archive: &Archive, site: &Site) -> Vec<Asset> {
    assets.retain(|asset| match site.visibility(&asset.path) {
        Visibility::Public => true,
        Visibility::Draft => site.drafts,
        Visibility::Private => false,
    });
    if assets.is_empty() {
        return assets;
    }
    // A document that names no file of these kinds is not taken apart for its links.
    let endings: BTreeSet<String> =
        assets.iter().map(|asset| format!(".{}", asset.path.extension())).collect();
    let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(endings).ok();
    let may_link = |text: &str| automaton.as_ref().is_none_or(|endings| endings.is_match(text));
    let linked = |filed: &Filed| {
        let source = &filed.case.source;
        if may_link(&source.text) { destinations(source) } else { Vec::new() }
    };
    let linked: BTreeSet<RelPath> = archive.filed.par_iter().flat_map_iter(linked).collect();
    assets.retain(|asset| linked.contains(&asset.path));
    assets
}

/// Where the links and pictures of a document lead below the folder that was read.
fn destinations(source: &Source) -> Vec<RelPath> {
    let prepared = prepared(source);
    let mut found = Vec::new();
    let mut add = |url: &str| found.extend(source.path.join(&file_of(url)));
    let mut tags = Reader::default();
    for (event, _) in events(&prepared.text) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                add(&dest_url);
            }
            Event::Html(markup) | Event::InlineHtml(markup) => {
                for piece in tags.read(&markup) {
                    if let Piece::Link { url } | Piece::Image { url, .. } = piece {
                        add(&url);
                    }
                }
            }
            Event::End(TagEnd::HtmlBlock) => drop(tags.end()),
            _ => {}
        }
    }
    found
}
