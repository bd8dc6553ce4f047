//! The structure of a document.

use std::ops::Range;

use crate::parse::front_matter::FrontMatter;
use crate::parse::remark::Remark;
use crate::parse::text::TextView;

/// A parsed document.
#[derive(Clone, Debug)]
pub struct Document {
    /// What the author said before the text.
    pub front: Option<FrontMatter>,
    /// The visible text.
    pub view: TextView,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// Its sections, in order. The first has no heading and holds what stands before the first heading.
    pub sections: Vec<Section>,
    /// What its author tells the checker.
    pub remarks: Vec<Remark>,
}

/// A block of visible text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the visible text.
    pub text: Range<u32>,
    /// Its bytes in the source.
    pub source: Range<u32>,
    /// How many quotes it stands in.
    pub quotes: u8,
    /// The innermost list item that it stands in.
    pub item: Option<Place>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading, 1 to 6. Those of plain text are guessed from their shape.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Guessed from shape.
        guessed: bool,
    },
    /// A paragraph, inside an item or not.
    Paragraph,
    /// The first text of a list item.
    Item,
    /// A row of a table. Cells are divided by tabs in the visible text.
    Row {
        /// Which table, from 0.
        table: u32,
        /// The row of column names.
        head: bool,
    },
    /// Code; its text is not part of the prose.
    Code,
}

/// A list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which item of the document, from 0.
    pub number: u32,
    /// Which list of the document, from 0.
    pub list: u32,
    /// 1 for a top-level list.
    pub depth: u8,
    /// Numbered.
    pub ordered: bool,
    /// Ticked or not, where there is a box.
    pub task: Option<bool>,
    /// It holds further items.
    pub has_children: bool,
}

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's block; none for what stands before the first heading.
    pub heading: Option<u32>,
    /// 0 without a heading, else 1 to 6.
    pub level: u8,
    /// The section that it is part of.
    pub parent: Option<u32>,
    /// Its blocks, heading included, subsections excluded.
    pub blocks: Range<u32>,
}
