//! Indented blocks: code, or text that is indented by habit, which Markdown would take for code.

use std::ops::Range;

use crate::parse::bullet::is_item;
use crate::parse::lines::Line;
use crate::parse::numbering::number;

/// From so many columns on Markdown takes a line for code.
pub(super) const CODE: usize = 4;

/// So many words with the bullet are more than a value.
const FEW_WORDS: usize = 5;

/// How far text is indented that would be code to Markdown, but is none: what stands deeper stays below it.
#[derive(Default)]
pub(super) struct Margin(usize);

impl Margin {
    /// How many columns a line stands within the margin; `opens` where it may be the first of such lines.
    pub(super) fn depth_of(&mut self, line: &str, opens: bool) -> usize {
        let columns = columns(line);
        if columns < self.0 {
            self.0 = 0;
        }
        if self.0 == 0 && columns >= CODE && opens {
            self.0 = columns;
        }
        columns - self.0
    }

    /// Whether the last line stood within one.
    pub(super) fn is_set(&self) -> bool {
        self.0 > 0
    }
}

/// How far a line is indented. A tab goes to the next of every fourth column.
pub(super) fn columns(line: &str) -> usize {
    let space = line.bytes().take_while(u8::is_ascii_whitespace);
    space.fold(0, after)
}

/// The column behind a blank that stands at one.
pub(super) fn after(at: usize, blank: u8) -> usize {
    if blank == b'\t' { at / CODE * CODE + CODE } else { at + 1 }
}

/// Tells which indented blocks are code, and which are text that its author indented by habit. A block, up to the next line
/// that is not indented, is one or the other as a whole: a log may have lines that read like a sentence or an item.
pub(super) fn tell_apart(text: &str, lines: &mut [Line]) {
    let mut above = Above::Opening;
    let mut index = 0;
    while index < lines.len() {
        // What belongs to an item is not looked at again from each of its lines.
        let block = if above == Above::Item { 0..0 } else { block(text, lines, index) };
        if block.is_empty() {
            above = above.then(lines[index].of(text), lines[index].code);
            index += 1;
            continue;
        }
        let is_text = is_text(text, &lines[block.clone()], above);
        for line in &mut lines[block.clone()] {
            line.code = !is_text;
            line.habit = is_text;
        }
        index = block.end;
    }
}

/// What stands above an indented block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    /// Nothing, or what names the text below it: a heading, a bold line.
    Opening,
    /// An item or a note, which what is indented belongs to.
    Item,
    /// A sentence that has ended.
    Ended,
    /// Text that goes on, as `The log said:`.
    Open,
}

impl Above {
    /// What stands above the line behind this one.
    fn then(self, line: &str, is_code: bool) -> Self {
        let body = line.trim_start();
        let indent = columns(line);
        let is_item = || {
            is_item(body) || number(body).is_some() || body.starts_with("[^") && body.contains("]:")
        };
        if body.is_empty() {
            self
        } else if !is_code && indent < CODE && is_item() {
            Self::Item
        } else if self == Self::Item
            && (is_code || indent > 0 || body.starts_with(|first: char| first.is_ascii_digit()))
        {
            self
        } else if is_code {
            Self::Open
        } else if self == Self::Opening && is_name(body) {
            self
        } else {
            Self::of(body.trim_end())
        }
    }

    fn of(body: &str) -> Self {
        let is_bold = || body.starts_with("**") && body.trim_end_matches(':').ends_with("**");
        if body.starts_with(['#', '■']) || body.starts_with(":::") || is_bold() {
            Self::Opening
        } else if ends_sentence(body) {
            Self::Ended
        } else {
            Self::Open
        }
    }
}

/// "Postmortem", as the first line of a report that somebody centred: it opens what follows as a heading does.
fn is_name(body: &str) -> bool {
    let body = body.trim_end();
    body.split(' ').count() <= 2 && body.chars().all(|sign| sign.is_alphabetic() || sign == ' ')
}

/// The indented lines from here on that stand below a blank line or a heading, up to the last that is not blank.
fn block(text: &str, lines: &[Line], first: usize) -> Range<usize> {
    let indented = |line: &Line| !line.code && columns(line.of(text)) >= CODE;
    let blank = |line: &Line| !line.code && line.of(text).trim().is_empty();
    let begins = !blank(&lines[first]) && indented(&lines[first]);
    let before = first.checked_sub(1).map(|before| &lines[before]);
    let apart = before.is_none_or(|line| blank(line) || line.of(text).starts_with('#'));
    if !begins || !apart {
        return first..first;
    }
    let further = lines[first..].iter().take_while(|line| blank(line) || indented(line));
    let blanks = |end: usize| lines[first..end].iter().rev().take_while(|line| blank(line)).count();
    let end = first + further.count();
    first..end - blanks(end)
}

/// Whether an indented block is no code.
fn is_text(text: &str, block: &[Line], above: Above) -> bool {
    let bodies = || block.iter().map(|line| line.of(text).trim()).filter(|body| !body.is_empty());
    let (Some(first), Some(last)) = (bodies().next(), bodies().next_back()) else { return false };
    let (all, code) = bodies().fold((0, 0), |(all, code), body| {
        (all + 1, code + usize::from(has_code(body) || has_call(body)))
    });
    is_prose(first)
        && (is_item(first)
            || match above {
                // One line of a whole part may have a sign in it that is one of code elsewhere.
                Above::Opening => code * 4 <= all,
                Above::Ended => {
                    code == 0 && ends_sentence(last) && first.split(' ').count() >= FEW_WORDS
                }
                Above::Item | Above::Open => false,
            })
}

/// Text that was indented by habit, not code: it begins with a letter or bullet and has no code in it. What begins
/// with a number is an item only where some words follow, as a time in a timeline.
fn is_prose(body: &str) -> bool {
    let words = body.trim_start_matches(['-', '*', '+', '•', ' ', '\t', '\u{a0}']);
    let counted = words.len() < body.len() && body.split(' ').count() >= FEW_WORDS;
    let begins = |letter: char| {
        letter.is_alphabetic() || letter == '*' || counted && letter.is_ascii_digit()
    };
    words.starts_with(begins)
        && body.split(' ').count() >= 2
        && !body.contains(CODE_SIGNS)
        && !body.ends_with('\\')
}

/// Signs that sentences do not have.
const CODE_SIGNS: [char; 5] = ['{', '}', ';', '$', '='];

/// Signs of code, and those of logs and tables.
fn has_code(body: &str) -> bool {
    body.contains(CODE_SIGNS) || body.contains(['<', '>', '|'])
}

/// `java.util.Arrays.copyOf(Arrays.java:3332)`: a name of parts, and what it is called with.
fn has_call(body: &str) -> bool {
    let mut calls = body.split(' ').filter_map(|word| word.split_once('('));
    calls.any(|(name, _)| name.contains(['.', '_', ':']))
}

fn ends_sentence(body: &str) -> bool {
    body.ends_with(['.', '!', '?', '。'])
}
