//! Plain text as Markdown: headings and lists by their shape, everything else letter for letter.

use std::ops::Range;

use crate::parse::bullet::{dotted_date, odd_bullet, run_on, wide_mark};
use crate::parse::lines::Line;
use crate::parse::marked;
use crate::parse::numbering::{Nesting, number};
use crate::parse::prepare::Edit;

/// A heading is at most so many characters and words.
const LONGEST_HEADING: usize = 64;
const MOST_WORDS: usize = 9;
/// A line from here on is a paragraph, so a short line after it may be a heading without a blank line between.
const PARAGRAPH: usize = 70;

/// The edits that turn plain text into Markdown.
pub(super) fn edits(text: &str, lines: &[Line], edits: &mut Vec<Edit>) {
    let words: Vec<&str> = lines.iter().map(|line| line.of(text)).collect();
    let marks = marked::marks(words.iter().copied());
    let mut indents: Vec<usize> = Vec::new();
    let mut nesting = Nesting::default();
    for (index, line) in lines.iter().enumerate() {
        let start = line.range.start;
        let body = words[index].trim();
        let indent = words[index].len() - words[index].trim_start().len();
        if body.is_empty() {
            continue;
        }
        escape(words[index], start, edits);
        let is_item = bullet(body).is_some();
        let below = nesting.below(indent, body, is_item);
        if is_underline(body) {
            continue;
        }
        if let Some(mark) = marked::mark(words[index], &marks) {
            indents.clear();
            edits.push(Edit::new(start..start + mark, "\n## "));
        } else if let Some(mark) = bullet(body) {
            while indents.last().is_some_and(|&open| open > indent) {
                indents.pop();
            }
            if indents.last() != Some(&indent) {
                indents.push(indent);
            }
            let depth = " ".repeat(below + 2 * (indents.len() - 1));
            list_items(body, start..start + indent, mark, &depth, edits);
        } else if number(body).is_some() && dotted_date(body).is_none() {
            indents.clear();
            at_margin(body, start..start + indent, edits);
        } else if is_heading(&words, index) {
            indents.clear();
            let first = words[..index].iter().all(|line| line.trim().is_empty());
            let joined = index > 0 && !words[index - 1].trim().is_empty();
            let lead = if first {
                "# "
            } else if joined {
                "\n## "
            } else {
                "## "
            };
            edits.push(Edit::new(start..start + indent, lead));
        } else if indent > 0 && indents.last().is_none_or(|&open| indent <= open) {
            edits.push(Edit::new(start..start + indent, ""));
        } else if indent > 0 {
            let depth = "  ".repeat(indents.len());
            edits.push(Edit::new(start..start + indent, depth));
        } else {
            // A line at the margin after a list is no part of it.
            if !indents.is_empty() && index > 0 && !words[index - 1].trim().is_empty() {
                edits.push(Edit::insert(start, "\n"));
            }
            indents.clear();
        }
    }
}

/// The item that a line begins with, and those that its author pasted behind it.
fn list_items(body: &str, indent: Range<usize>, mark: usize, depth: &str, edits: &mut Vec<Edit>) {
    let at = indent.end;
    edits.push(Edit::new(indent.start..at + mark, format!("{depth}- ")));
    edits.extend(
        run_on(body)
            .into_iter()
            .map(|further| Edit::new(at + further.start..at + further.end, format!("\n{depth}- "))),
    );
}

/// A numbered line begins at the margin, with one space behind its number.
fn at_margin(body: &str, indent: Range<usize>, edits: &mut Vec<Edit>) {
    if let Some(wide) = wide_mark(body) {
        let from = indent.end;
        edits.push(Edit::new(from + wide.start..from + wide.end, " "));
    }
    edits.push(Edit::new(indent, ""));
}

/// Letters that Markdown would take for markup.
fn escape(line: &str, start: usize, edits: &mut Vec<Edit>) {
    for (at, letter) in line.char_indices() {
        if matches!(letter, '<' | '`' | '\\' | '[') {
            edits.push(Edit::insert(start + at, "\\"));
        }
    }
    let indent = line.len() - line.trim_start().len();
    if line.trim_start().starts_with(['#', '>', '|', '~']) {
        edits.push(Edit::insert(start + indent, "\\"));
    }
    if let Some(dot) = dotted_date(line.trim_start()) {
        edits.push(Edit::insert(start + indent + dot, "\\"));
    }
}

/// How many bytes of bullet a line begins with, the space after it included.
fn bullet(body: &str) -> Option<usize> {
    if let Some(rest) = body.strip_prefix(['-', '*', '+']) {
        let text = rest.trim_start();
        let is_item = text.starts_with(|letter: char| !matches!(letter, '-' | '*' | '+'));
        return (is_item && rest.starts_with([' ', '\t'])).then_some(body.len() - text.len());
    }
    odd_bullet(body)
}

/// A line of `=` or `-` below a title makes it a heading in Markdown as well.
fn is_underline(body: &str) -> bool {
    body.len() >= 3
        && (body.bytes().all(|byte| byte == b'=') || body.bytes().all(|byte| byte == b'-'))
}

/// A short line that opens something: it stands apart from what is before, something follows, and it
/// does not end like a sentence.
fn is_heading(words: &[&str], index: usize) -> bool {
    let body = words[index].trim();
    if !is_short(body) {
        return false;
    }
    let before = index.checked_sub(1).map(|before| words[before].trim());
    let apart = before.is_none_or(|line| line.is_empty() || line.chars().count() >= PARAGRAPH);
    let next = words.get(index + 1).map(|line| line.trim());
    let follows = match next {
        None => false,
        Some("") => words.get(index + 2).is_some_and(|line| !line.trim().is_empty()),
        Some(_) => true,
    };
    if body.ends_with([':', '：']) {
        return follows && (apart || next.is_some_and(|line| !is_short(line)));
    }
    // Short lines in a row are a list without bullets, not headings.
    let alone = next.is_none_or(|line| line.is_empty() || !is_short(line));
    apart && follows && alone
}

fn is_short(body: &str) -> bool {
    body.starts_with(|letter: char| {
        letter.is_uppercase() || letter.is_alphabetic() && !letter.is_ascii()
    }) && body.chars().count() <= LONGEST_HEADING
        && body.split_whitespace().count() <= MOST_WORDS
        && !body.ends_with(['.', ',', ';', '!', '?', '…', ')', '"'])
        && !body.trim_end_matches([':', '：']).contains([':', '：'])
}
