//! Words of a text that are marked: the evidence of facts.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use crate::parse::prepare::Prepared;
use crate::render::body::address::addresses;
use crate::render::body::{Links, Mark, Writer};

/// The prepared ranges of marks, in order, none overlapping another.
pub(super) fn places(prepared: &Prepared, marks: &[Mark]) -> Vec<(Range<usize>, String)> {
    let mut places: Vec<(Range<usize>, String)> = marks
        .iter()
        .map(|mark| (prepared.range_of(mark.span.start..mark.span.end), mark.id.clone()))
        .filter(|(range, _)| !range.is_empty())
        .collect();
    places.sort_by_key(|(range, _)| range.start);
    let mut end = 0;
    places.retain(|(range, _)| {
        let apart = range.start >= end;
        if apart {
            end = range.end;
        }
        apart
    });
    places
}

impl<L: Links> Writer<'_, L> {
    /// Writes text; where it `goes_on` with something else, an address at its end is not known whole.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>, goes_on: bool) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        if text.len() != range.len() {
            // Written otherwise than it reads: marked as a whole or not at all.
            let id = self.mark_at(&range);
            self.open_mark(id.as_deref());
            self.out.push(Event::Text(CowStr::from(text.to_owned())));
            self.close_mark(id.is_some());
            return;
        }
        let mut links = if self.link_open.is_empty() && !self.in_raw_link {
            addresses(text)
        } else {
            Vec::new()
        };
        links.retain(|link| !goes_on || link.end < text.len());
        let mut at = range.start;
        let from = self.marks.partition_point(|(mark, _)| mark.end <= range.start);
        let touched: Vec<(Range<usize>, String)> = self.marks[from..]
            .iter()
            .take_while(|(mark, _)| mark.start < range.end)
            .cloned()
            .collect();
        for (mark, id) in touched {
            let (start, end) = (mark.start.max(range.start), mark.end.min(range.end));
            self.piece(text, &links, at - range.start..start - range.start);
            let first = mark.start >= range.start || !self.is_used(&id);
            self.open_mark(Some(if first { id.as_str() } else { "" }));
            self.piece(text, &links, start - range.start..end - range.start);
            self.close_mark(true);
            at = end;
        }
        self.piece(text, &links, at - range.start..range.len());
    }

    /// Writes a piece of a text with the addresses that lie within it.
    fn piece(&mut self, text: &str, links: &[Range<usize>], range: Range<usize>) {
        let from = links.partition_point(|link| link.start < range.start);
        let mut at = range.start;
        for link in links[from..].iter().take_while(|link| link.end <= range.end) {
            self.words(text, at..link.start);
            self.open_link(text.get(link.clone()).unwrap_or_default());
            self.words(text, link.clone());
            self.html("</a>".to_owned());
            at = link.end;
        }
        self.words(text, at..range.end);
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        if let Some(words) = text.get(range).filter(|words| !words.is_empty()) {
            self.out.push(Event::Text(CowStr::from(words.to_owned())));
        }
    }

    pub(super) fn mark_at(&self, range: &Range<usize>) -> Option<String> {
        let from = self.marks.partition_point(|(mark, _)| mark.end <= range.start);
        let (mark, id) = self.marks.get(from)?;
        (mark.start < range.end).then(|| if self.is_used(id) { String::new() } else { id.clone() })
    }

    fn is_used(&self, id: &str) -> bool {
        self.rendered.anchors.contains_key(id)
    }

    pub(super) fn open_mark(&mut self, id: Option<&str>) {
        match id {
            None => {}
            Some("") => self.html("<mark>".to_owned()),
            Some(id) => {
                self.rendered.anchors.insert(id.to_owned(), id.to_owned());
                self.html(format!("<mark id=\"{id}\">"));
            }
        }
    }

    pub(super) fn close_mark(&mut self, open: bool) {
        if open {
            self.html("</mark>".to_owned());
        }
    }
}
