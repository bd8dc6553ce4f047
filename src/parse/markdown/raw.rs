//! Raw HTML between Markdown: its text counts, its tags may begin a line, a block, a list or an item.

use std::ops::Range;

use crate::parse::document::BlockKind;
use crate::parse::html::{HtmlText, Piece};
use crate::parse::markdown::Reader;

/// What raw HTML is in the middle of.
#[derive(Default)]
pub(super) struct Raw {
    html: HtmlText,
    /// In a block of its own, and not between the words of a paragraph.
    is_block: bool,
    /// Where words begin that tags strike out, within one block.
    pub(super) struck: Vec<u32>,
    /// Of every list that tags have opened, how many lists and items stand around it.
    lists: Vec<(usize, usize)>,
}

impl Reader<'_> {
    /// Reads markup; its text stands in `range`.
    pub(super) fn markup(&mut self, markup: &str, range: Range<usize>) {
        let mut html = std::mem::take(&mut self.raw.html);
        html.read(markup, |piece| self.piece(piece, &range));
        self.raw.html = html;
    }

    /// A block of markup begins.
    pub(super) fn enter_raw(&mut self) {
        self.close();
        self.raw.is_block = true;
    }

    /// What tags have opened ends with their block: nobody may have closed it.
    pub(super) fn leave_raw(&mut self) {
        if let Some(&(lists, items)) = self.raw.lists.first() {
            self.lists.truncate(lists);
            self.items.truncate(items);
        }
        self.raw = Raw::default();
    }

    fn piece(&mut self, piece: Piece<'_>, range: &Range<usize>) {
        match piece {
            Piece::Text(text, at) => {
                let start = (range.start + at.start).min(range.end);
                self.text(text, start..(range.start + at.end).min(range.end));
            }
            Piece::Break => self.view.end_with('\n'),
            Piece::Struck(true) => self.raw.struck.push(self.view.len()),
            Piece::Struck(false) => {
                let end = self.view.len();
                self.view.struck.extend(self.raw.struck.pop().map(|start| start..end));
            }
            // In a cell a block is a line of its own, which the row goes on over.
            _ if self.table.is_some() => self.piece_of_cell(&piece, range),
            // The first paragraph of an item is the item's own text.
            Piece::Block if self.is_new_item() => {}
            Piece::Block => self.close(),
            Piece::Heading(level) => {
                self.begin(BlockKind::Heading { level, guessed: false }, range.clone());
            }
            Piece::Cell => {
                if self.open.is_some() {
                    self.cell();
                }
            }
            _ if !self.raw.is_block => self.close(),
            Piece::List(ordered) => {
                let around = (self.lists.len(), self.items.len());
                self.start_list(ordered, range.start);
                self.raw.lists.push(around);
            }
            Piece::ListEnd => self.end_raw_list(),
            Piece::Item => {
                if self.raw.lists.is_empty() {
                    self.piece(Piece::List(false), range);
                }
                self.end_raw_item();
                self.start_item(range.clone());
            }
            Piece::ItemEnd => self.end_raw_item(),
        }
    }

    /// What tags do within a cell of a Markdown table.
    fn piece_of_cell(&mut self, piece: &Piece<'_>, range: &Range<usize>) {
        let begins = self.view.text.ends_with('\t')
            || self.open.as_ref().is_none_or(|open| open.start == self.view.len());
        if !begins {
            self.view.end_with('\n');
        }
        if matches!(piece, Piece::Item) {
            self.text(BULLET, range.clone());
        }
    }

    fn is_new_item(&self) -> bool {
        let mut open = self.open.iter();
        open.any(|open| open.kind == BlockKind::Item && open.start == self.view.len())
    }

    fn end_raw_list(&mut self) {
        self.close();
        if let Some((lists, items)) = self.raw.lists.pop() {
            self.lists.truncate(lists);
            self.items.truncate(items);
        }
    }

    /// Ends the item of the innermost list that tags have opened, if one is open.
    fn end_raw_item(&mut self) {
        self.close();
        if let Some(&(_, items)) = self.raw.lists.last() {
            self.items.truncate(items);
        }
    }
}

/// What a reader sees before an item.
const BULLET: &str = "• ";
