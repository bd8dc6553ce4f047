//! Text that is indented by habit, where Markdown would take it for code.

use crate::parse::lines::Line;

/// From so many columns on Markdown takes a line for code.
pub(super) const CODE: usize = 4;

/// So many words with the bullet are more than a value.
const FEW_WORDS: usize = 5;

/// How far text is indented that would be code to Markdown, but is none: what stands deeper stays below it.
#[derive(Default)]
pub(super) struct Margin(usize);

impl Margin {
    /// How many columns a line stands within the margin; `opens` where it may be the first of such lines.
    pub(super) fn depth_of(&mut self, line: &str, opens: impl FnOnce() -> bool) -> usize {
        let columns = columns(line);
        if columns < self.0 {
            self.0 = 0;
        }
        if self.0 == 0 && columns >= CODE && opens() {
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
fn columns(line: &str) -> usize {
    let space = line.bytes().take_while(u8::is_ascii_whitespace);
    space.fold(0, |at, byte| if byte == b'\t' { at / CODE * CODE + CODE } else { at + 1 })
}

/// Text that was indented by habit, not code: it begins with a letter or bullet and has no code in it. What begins
/// with a number is an item only where some words follow, as a time in a timeline.
pub(super) fn is_prose(body: &str) -> bool {
    let words = body.trim_start_matches(['-', '*', '+', '•', ' ', '\t', '\u{a0}']);
    let counted = words.len() < body.len() && body.split(' ').count() >= FEW_WORDS;
    let begins = |letter: char| {
        letter.is_alphabetic() || letter == '*' || counted && letter.is_ascii_digit()
    };
    words.starts_with(begins)
        && body.split(' ').count() >= 2
        && !body.contains(['{', '}', ';', '$', '='])
        && !body.ends_with('\\')
}

/// Whether a line follows a blank line, a heading, or one that is indented like code.
pub(super) fn after_blank(text: &str, lines: &[Line], index: usize) -> bool {
    let before = index.checked_sub(1).and_then(|before| text.get(lines[before].range.clone()));
    before
        .is_none_or(|line| line.trim().is_empty() || columns(line) >= CODE || line.starts_with('#'))
}
