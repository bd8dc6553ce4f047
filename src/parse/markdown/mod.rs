//! The visible text and blocks that the Markdown events of a prepared text make.

mod events;
mod heading;
mod raw;
mod shortcode;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::parse::document::{Block, BlockKind, Place};
use crate::parse::markdown::raw::Raw;
use crate::parse::markdown::shortcode::shortcodes;
use crate::parse::prepare::Prepared;
use crate::parse::text::TextView;

pub use crate::parse::markdown::events::{Events, events, plain_text};

/// Lists that are nested deeper are a finding, quotes end there: text that nobody could follow.
pub(super) const DEEPEST: usize = 64;

/// The visible text and the blocks of a prepared document.
pub fn read(
    prepared: &Prepared,
    source: &Source,
    findings: &mut Vec<Diagnostic>,
) -> (TextView, Vec<Block>) {
    let mut reader = Reader::new(prepared);
    for (event, range) in events(&prepared.text) {
        reader.event(&event, range);
    }
    if let Some(at) = reader.too_deep {
        let at = prepared.source_of(at as u32);
        findings.push(Diagnostic::new(&code::TOO_DEEP, Span::new(source.id, at..at)));
    }
    reader.finish()
}

/// Makes the visible text and the blocks, event by event.
pub struct Reader<'a> {
    prepared: &'a Prepared,
    view: TextView,
    blocks: Vec<Block>,
    /// The block that text now goes to.
    open: Option<Open>,
    lists: Vec<(u32, bool)>,
    items: Vec<Place>,
    counts: Counts,
    quotes: u8,
    /// Inside a table: its number, and whether this is the row of names.
    table: Option<(u32, bool)>,
    marks: Vec<(Mark, u32)>,
    link: Option<(u32, String)>,
    image: u32,
    code: bool,
    raw: Raw,
    too_deep: Option<usize>,
}

#[derive(Default)]
struct Counts {
    lists: u32,
    items: u32,
    tables: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Strong,
    Struck,
}

struct Open {
    kind: BlockKind,
    start: u32,
    source: Range<u32>,
}

impl<'a> Reader<'a> {
    /// Nothing is read yet.
    pub fn new(prepared: &'a Prepared) -> Self {
        Self {
            prepared,
            view: TextView::default(),
            blocks: Vec::new(),
            open: None,
            lists: Vec::new(),
            items: Vec::new(),
            counts: Counts::default(),
            quotes: 0,
            table: None,
            marks: Vec::new(),
            link: None,
            image: 0,
            code: false,
            raw: Raw::default(),
            too_deep: None,
        }
    }

    /// What was read.
    pub fn finish(mut self) -> (TextView, Vec<Block>) {
        self.close();
        (self.view, self.blocks)
    }

    /// Reads the next event.
    pub fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text(text, range),
            Event::Code(text) => {
                let from = self.view.len();
                // Between one or more backticks, and a space where the code begins with one.
                let inside =
                    self.prepared.text.get(range.clone()).and_then(|all| all.find(&**text));
                let start = range.start + inside.unwrap_or(0);
                let place = if inside.is_some() { start..start + text.len() } else { range };
                self.text(text, place);
                self.view.code.push(from..self.view.len());
            }
            Event::SoftBreak => self.text(" ", range),
            Event::HardBreak => self.view.end_with('\n'),
            Event::Html(markup) | Event::InlineHtml(markup) => self.markup(markup, range),
            Event::TaskListMarker(done) => {
                if let Some(item) = self.items.last_mut() {
                    item.task = Some(*done);
                }
                let task = self.items.last().copied();
                if let Some(block) = self.blocks.last_mut()
                    && self.open.is_none()
                {
                    block.item = task;
                }
            }
            Event::Rule => self.close(),
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                let guessed = self.prepared.guessed;
                self.begin(BlockKind::Heading { level: level_of(*level), guessed }, range);
            }
            Tag::Paragraph => {
                // The first paragraph of an item is the item's own text.
                let first_of_item = self.open.as_ref().is_some_and(|open| {
                    open.kind == BlockKind::Item && open.start == self.view.len()
                });
                if !first_of_item {
                    self.begin(BlockKind::Paragraph, range);
                }
            }
            Tag::CodeBlock(_) => {
                self.begin(BlockKind::Code, range);
                self.code = true;
            }
            Tag::List(number) => self.start_list(number.is_some(), range.start),
            Tag::Item => self.start_item(range),
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_add(1);
            }
            Tag::Table(_) => {
                self.close();
                self.table = Some((self.counts.tables, false));
                self.counts.tables += 1;
            }
            Tag::TableHead | Tag::TableRow => {
                let head = matches!(tag, Tag::TableHead);
                if let Some((table, _)) = self.table {
                    self.begin(BlockKind::Row { table, head }, range);
                }
            }
            Tag::Strong => self.marks.push((Mark::Strong, self.view.len())),
            Tag::Strikethrough => self.marks.push((Mark::Struck, self.view.len())),
            Tag::Link { dest_url, .. } => self.link = Some((self.view.len(), dest_url.to_string())),
            Tag::Image { .. } => self.image += 1,
            Tag::HtmlBlock => self.enter_raw(),
            Tag::FootnoteDefinition(_) => self.close(),
            _ => {}
        }
    }

    fn start_list(&mut self, ordered: bool, at: usize) {
        self.close();
        // Only for the first of its lists: an item may hold any number of them.
        if let Some(item) = self.items.last_mut()
            && !std::mem::replace(&mut item.has_children, true)
        {
            let parent = item.number;
            let mut earlier = self.blocks.iter_mut().rev();
            if let Some(block) = earlier.find(|block| {
                block.kind == BlockKind::Item
                    && block.item.is_some_and(|place| place.number == parent)
            }) && let Some(place) = &mut block.item
            {
                place.has_children = true;
            }
        }
        self.lists.push((self.counts.lists, ordered));
        self.counts.lists += 1;
        if self.lists.len() > DEEPEST {
            self.too_deep.get_or_insert(at);
        }
    }

    fn start_item(&mut self, range: Range<usize>) {
        let (list, ordered) = self.lists.last().copied().unwrap_or((0, false));
        let depth = self.lists.len().min(255) as u8;
        let number = self.counts.items;
        self.counts.items += 1;
        self.close();
        let item = Place { number, list, depth, ordered, task: None, has_children: false };
        self.items.push(item);
        self.begin(BlockKind::Item, range);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableHead | TagEnd::TableRow => {
                self.close()
            }
            TagEnd::CodeBlock => {
                self.close();
                self.code = false;
            }
            TagEnd::Item => {
                self.close();
                self.items.pop();
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Table => self.table = None,
            TagEnd::TableCell => self.cell(),
            TagEnd::Strong | TagEnd::Strikethrough => {
                if let Some((mark, from)) = self.marks.pop() {
                    let range = from..self.view.len();
                    match mark {
                        Mark::Strong => self.view.strong.push(range),
                        Mark::Struck => self.view.struck.push(range),
                    }
                }
            }
            TagEnd::Link => {
                if let Some((from, to)) = self.link.take() {
                    self.view.links.push((from..self.view.len(), to));
                }
            }
            TagEnd::Image => self.image = self.image.saturating_sub(1),
            TagEnd::HtmlBlock => {
                self.close();
                self.leave_raw();
            }
            _ => {}
        }
    }

    /// Ends a cell. An empty cell leaves its tab: columns keep their places.
    fn cell(&mut self) {
        while self.view.text.ends_with(' ') {
            self.view.text.pop();
        }
        self.view.text.push('\t');
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        // What stands in a picture is its description, not the report's words.
        if self.image > 0 {
            return;
        }
        if self.open.is_none() {
            self.begin(BlockKind::Paragraph, range.clone());
        }
        if self.code {
            put(&mut self.view, self.prepared, text, range);
            return;
        }
        self.part_label(text);
        // Text that is not as long as its source stands for the whole of it.
        let exact = text.len() == range.len();
        let mut push = |piece: Range<usize>| {
            let place = if exact {
                range.start + piece.start..range.start + piece.end
            } else {
                range.clone()
            };
            match text.get(piece).unwrap_or_default() {
                "\u{a0}" => put(&mut self.view, self.prepared, " ", place),
                words => put(&mut self.view, self.prepared, words, place),
            }
        };
        let mut at = 0;
        for (start, end) in shortcodes(text).into_iter().chain([(text.len(), text.len())]) {
            let piece = text.get(at..start).unwrap_or_default();
            // Searched for as text: the last byte of the letter alone is one of many others.
            for (space, mark) in piece.match_indices("\u{a0}") {
                push(at..start - piece.len() + space);
                at = start - piece.len() + space + mark.len();
                push(at - mark.len()..at);
            }
            push(at..start);
            at = end;
        }
    }

    /// `**Duration**May 2`: bold words that open a line, and a value right behind them that begins like another word.
    fn part_label(&mut self, next: &str) {
        let Some(strong) = self.view.strong.last().filter(|strong| strong.end == self.view.len())
        else {
            return;
        };
        let opens = match self.view.text.get(..strong.start as usize) {
            Some(before) => before.is_empty() || before.ends_with(['\n', '\t']),
            None => false,
        };
        let is_word = self.view.slice(strong.clone()).ends_with(|letter: char| {
            letter.is_lowercase() || letter.is_alphabetic() && !letter.is_ascii()
        });
        let begins =
            next.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit());
        if opens && is_word && begins && strong.end > strong.start + 1 {
            self.view.text.push(' ');
        }
    }

    fn begin(&mut self, kind: BlockKind, range: Range<usize>) {
        self.close();
        self.view.end_with('\n');
        let source = self.prepared.source(range);
        self.open = Some(Open { kind, start: self.view.len(), source });
    }

    fn close(&mut self) {
        self.raw.struck.clear();
        let Some(open) = self.open.take() else { return };
        while self.view.text.len() > open.start as usize
            && self.view.text.ends_with([' ', '\n', '\t'])
        {
            self.view.text.pop();
        }
        let text = open.start..self.view.len();
        self.view.end_with('\n');
        let item = self.items.last().copied();
        // An item whose text is a nested list or a picture has no block of its own, but is counted.
        if text.is_empty() && open.kind != BlockKind::Item {
            return;
        }
        self.blocks.push(Block {
            kind: open.kind,
            text,
            source: open.source,
            quotes: self.quotes,
            item,
        });
    }
}

/// Adds text of a prepared range: piece by piece where it is the prepared text letter for letter, else as a whole.
fn put(view: &mut TextView, prepared: &Prepared, text: &str, range: Range<usize>) {
    if prepared.text.get(range.clone()) != Some(text) {
        return view.push(text, prepared.source(range), false);
    }
    for piece in prepared.pieces(range) {
        let text = prepared.text.get(piece.clone()).unwrap_or_default();
        view.push(text, prepared.source(piece.clone()), prepared.is_kept(&piece));
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
