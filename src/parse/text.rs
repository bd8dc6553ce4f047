//! The visible text of a document, and the way from its bytes back to the source.

use std::ops::Range;

/// Visible text: what a reader sees, without markup. Blocks end with a line end, cells with a tab.
#[derive(Clone, Debug, Default)]
pub struct TextView {
    /// The text.
    pub text: String,
    /// Places in the source, by place in the text, ascending: from there on they run in step.
    anchors: Vec<Anchor>,
    /// Bold text.
    pub strong: Vec<Range<u32>>,
    /// Struck-out text.
    pub struck: Vec<Range<u32>>,
    /// Code within a line.
    pub code: Vec<Range<u32>>,
    /// Links: the text and where it leads.
    pub links: Vec<(Range<u32>, String)>,
}

#[derive(Clone, Copy, Debug)]
struct Anchor {
    view: u32,
    source: u32,
    /// The source place of what ends here.
    end: u32,
    /// Letter for letter as in the source; else the whole piece stands for the whole place.
    exact: bool,
}

impl TextView {
    /// Adds text that stands in the source at `source`, letter for letter (`exact`) or as something else
    /// that the whole of it stands for.
    pub fn push(&mut self, text: &str, source: Range<u32>, exact: bool) {
        if text.is_empty() {
            return;
        }
        self.anchors.push(Anchor {
            view: self.text.len() as u32,
            source: source.start,
            end: source.end,
            exact,
        });
        self.text.push_str(text);
    }

    /// Ends a line or a cell, once.
    pub fn end_with(&mut self, mark: char) {
        while self.text.ends_with(' ') {
            self.text.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with(['\n', mark]) {
            self.text.push(mark);
        }
    }

    /// How long the text is so far, in bytes.
    pub(crate) fn len(&self) -> u32 {
        self.text.len() as u32
    }

    /// The text of a range.
    pub fn slice(&self, range: Range<u32>) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// Where a range of the text stands in the source.
    pub fn source(&self, range: Range<u32>) -> Range<u32> {
        let start = self.source_of(range.start, false);
        let end = if range.end > range.start { self.source_of(range.end, true) } else { start };
        start..end.max(start)
    }

    /// What is visible of a range of the source.
    pub fn visible(&self, source: &Range<u32>) -> &str {
        let is_in = |anchor: &&Anchor| anchor.source < source.end && source.start < anchor.end;
        let ends = (self.anchors.iter().find(is_in), self.anchors.iter().rfind(is_in));
        let (Some(first), Some(last)) = ends else { return "" };
        let step = |anchor: &Anchor, at: u32| if anchor.exact { at - anchor.source } else { 0 };
        let start = first.view + step(first, source.start.max(first.source));
        let next = self.anchors.partition_point(|anchor| anchor.view <= last.view);
        let end = match self.anchors.get(next) {
            _ if last.exact => last.view + step(last, source.end.min(last.end)),
            Some(next) => next.view,
            None => self.len(),
        };
        self.slice(start..end)
    }

    /// The source byte of a text byte; for an end, the byte after the last one before it.
    fn source_of(&self, at: u32, is_end: bool) -> u32 {
        let after = self
            .anchors
            .partition_point(|anchor| if is_end { anchor.view < at } else { anchor.view <= at });
        let Some(anchor) = after.checked_sub(1).and_then(|index| self.anchors.get(index)) else {
            return self.anchors.first().map_or(0, |anchor| anchor.source);
        };
        match (anchor.exact, is_end) {
            (true, _) => (anchor.source + (at - anchor.view)).min(anchor.end),
            (false, true) => anchor.end,
            (false, false) => anchor.source,
        }
    }
}
