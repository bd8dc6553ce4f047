//! What other generators of sites and keepers of notes put among the text: their comments go, as those of HTML do, with
//! what raw HTML hides, and their blocks and short codes become what they show.
//!
//! Sources: the manuals of MkDocs Material (admonitions, tabs), Docusaurus (admonitions, MDX), Hugo (shortcodes),
//! Jekyll (Liquid, kramdown) and Obsidian (comments, links, properties).

mod block;
mod comment;
mod hidden;
mod span;

use memchr::memmem;

use crate::parse::lines::Line;
use crate::parse::prepare::Edit;

/// Without one of these there is nothing of the kind in a text.
const SIGNS: [&str; 17] = [
    "<", "%%", "{/*", "{%", "{{", "{:", "!!! ", "??? ", "???+", "=== \"", ":::", ":: ", "[[", "[!",
    " from '", " from \"", " ^",
];

/// Adds what is to be edited. Lines that are gone, or that others stand for, leave the list.
pub(super) fn edits(text: &str, lines: &mut Vec<Line>, edits: &mut Vec<Edit>) {
    if SIGNS.iter().all(|sign| memmem::find(text.as_bytes(), sign.as_bytes()).is_none()) {
        return;
    }
    let mut comments = comment::comments(text, lines);
    let hidden = hidden::elements(text, lines, &comments);
    comments.retain(|comment| comment::around(&hidden, comment.start).is_none());
    comments.extend(hidden);
    comments.sort_by_key(|gone| gone.start);
    comment::take_out(&comments, lines, edits);
    block::unfold(text, lines, edits);
    let others = edits.len();
    for line in lines.iter().filter(|line| !line.code) {
        span::edits(line.of(text), line.range.start, edits);
    }
    let mut at = 0;
    edits.retain(|edit| {
        at += 1;
        at <= others || !comment::touches(&comments, &edit.range)
    });
}

/// The places of a line, but those in code, where one of two signs stands.
fn places(line: &str, signs: [u8; 2]) -> impl Iterator<Item = usize> {
    let mut is_code = false;
    line.bytes().enumerate().filter_map(move |(at, byte)| {
        is_code ^= byte == b'`';
        (!is_code && signs.contains(&byte)).then_some(at)
    })
}
