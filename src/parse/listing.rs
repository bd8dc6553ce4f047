//! Whether a document is a list of others: most of what it says leads to one of them.

use std::path::Path;

use crate::parse::document::{Block, BlockKind, Document};

/// So many others at least make a list.
const FEWEST: usize = 2;

/// Whether most blocks of a document, headings left out, lead to documents beside it.
pub fn is_list(document: &Document) -> bool {
    let is_told = |block: &&Block| {
        !matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Row { head: true, .. })
    };
    let mut links = document.view.links.iter().peekable();
    let leads = |block: &&Block| {
        while links.next_if(|(at, _)| at.start < block.text.start).is_some() {}
        std::iter::from_fn(|| links.next_if(|(at, _)| at.start < block.text.end))
            .fold(false, |leads, (_, address)| leads | is_document(address))
    };
    let told = document.blocks.iter().filter(is_told).count();
    let leading = document.blocks.iter().filter(is_told).filter(leads).count();
    leading >= FEWEST && leading * 2 > told
}

/// Whether an address is that of a document beside the one that names it.
fn is_document(address: &str) -> bool {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
    !address.contains("://") && ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

/// How documents end, as authors and as generators of sites name them.
const ENDINGS: [&str; 5] = ["md", "markdown", "txt", "rst", "html"];
