//! Places of a text that links lead to: headings, what its author marked, and links to them within the document.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use crate::base::path::slug;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::render::body::link::{decode_percent, shorten};
use crate::render::body::{Links, TITLE, Writer};

/// The places of a document, and the links to them, which may stand before them.
#[derive(Default)]
pub(super) struct Places {
    known: BTreeSet<String>,
    /// The id that the heading would have which repeats the page's title.
    title: Option<String>,
    links: Vec<Local>,
}

/// A link within the document.
struct Local {
    /// Its place in the events.
    at: usize,
    anchor: String,
    span: Span,
}

impl<L: Links> Writer<'_, L> {
    /// The id of a place: `s-` and its words, numbered from 1 where they stand again, as elsewhere on the web.
    pub(super) fn place(&mut self, words: &str) -> String {
        let id = self.ids.numbered(&format!("s-{}", slug(words)), "", 1);
        self.places.known.insert(id.clone());
        id
    }

    /// The heading goes that repeats the page's title, with all that begins at this event; links to it lead to the title.
    pub(super) fn place_title(&mut self, words: &str, at: usize) {
        self.places.title = Some(format!("s-{}", slug(words)));
        self.places.links.retain(|link| link.at < at);
    }

    /// A link within the document, whose tag is the next event.
    pub(super) fn link_within(&mut self, anchor: &str, range: &Range<usize>) -> String {
        let anchor = decode_percent(anchor);
        let href = format!("#s-{}", slug(&anchor));
        let span = self.span(range);
        self.places.links.push(Local { at: self.out.len(), anchor, span });
        href
    }

    /// Leads the links within the document to where their places are, now that all are known.
    pub(super) fn lead_links(&mut self) {
        let places = std::mem::take(&mut self.places);
        // Sites differ in what they make of signs between letters.
        let letters = |id: &str| -> String { id.chars().filter(|c| c.is_alphanumeric()).collect() };
        let loose: BTreeMap<String, &String> =
            places.known.iter().rev().map(|id| (letters(id), id)).collect();
        for Local { at, anchor, span } in places.links {
            let wanted = format!("s-{}", slug(&anchor));
            let known = [&wanted, &anchor].into_iter().find(|id| places.known.contains(*id));
            let is_title =
                || anchor.is_empty() || anchor == TOP || places.title.as_ref() == Some(&wanted);
            let target = match known.or_else(|| loose.get(&letters(&wanted)).copied()) {
                Some(id) => Some(id.as_str()),
                None => is_title().then_some(TITLE),
            };
            let markup = match target {
                Some(id) => format!("<a href=\"#{id}\">"),
                None => {
                    let finding = Diagnostic::new(&code::BROKEN_ANCHOR, span);
                    self.rendered.findings.push(finding.arg("anchor", shorten(&anchor)));
                    "<a>".to_owned()
                }
            };
            if let Some(event) = self.out.get_mut(at) {
                *event = Event::InlineHtml(CowStr::from(markup));
            }
        }
    }
}

/// What a browser takes for the top of a page.
const TOP: &str = "top";
