//! The tree of sections from the headings.

use crate::parse::document::{Block, BlockKind, Section};

/// The sections of a document, in order; a section's parent always stands before it.
pub fn outline(blocks: &[Block]) -> Vec<Section> {
    let mut sections = vec![Section { heading: None, level: 0, parent: None, blocks: 0..0 }];
    let mut open: Vec<u32> = vec![0];
    for (index, block) in blocks.iter().enumerate() {
        let index = index as u32;
        if let BlockKind::Heading { level, .. } = block.kind {
            while open.len() > 1
                && open.last().is_some_and(|&top| sections[top as usize].level >= level)
            {
                open.pop();
            }
            let parent = open.last().copied();
            open.push(sections.len() as u32);
            sections.push(Section { heading: Some(index), level, parent, blocks: index..index });
        }
        if let Some(last) = sections.last_mut() {
            last.blocks.end = index + 1;
        }
    }
    sections
}
