//! Text that is indented by habit, where Markdown would take it for code.

use crate::parse::lines::Line;

/// How far text is indented that would be code to Markdown, but is none: what stands deeper stays below it.
#[derive(Default)]
pub(super) struct Habit {
    columns: usize,
}

impl Habit {
    /// How many bytes of indentation a line has too much; `opens` where it may be the first of such lines.
    pub(super) fn drop(&mut self, line: &str, opens: bool, is_text: bool) -> usize {
        let mut columns = 0;
        let space = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
        let ends: Vec<usize> = space
            .map(|byte| {
                columns += if byte == b'\t' { 4 - columns % 4 } else { 1 };
                columns
            })
            .collect();
        if columns < 4 {
            self.columns = 0;
        } else if self.columns == 0 && opens {
            self.columns = columns;
        }
        let is_within = self.columns > 0 && columns >= self.columns && is_text;
        if is_within { ends.iter().filter(|end| **end <= self.columns).count() } else { 0 }
    }
}

/// Text that was indented by habit, not code: it begins with a letter or bullet and has no code in it.
pub(super) fn is_prose(body: &str) -> bool {
    let words = body.trim_start_matches(['-', '*', '+', '•', ' ']);
    words.starts_with(|letter: char| letter.is_alphabetic() || letter == '*')
        && body.split(' ').count() >= 2
        && !body.contains(['{', '}', ';', '$', '='])
        && !body.ends_with('\\')
}

pub(super) fn after_blank(text: &str, lines: &[Line], index: usize) -> bool {
    let before =
        lines[..index].iter().rev().map(|line| text.get(line.range.clone()).unwrap_or_default());
    let mut before = before;
    before.next().is_none_or(|line| {
        line.trim().is_empty()
            || line.starts_with("    ")
            || line.starts_with('\t')
            || line.starts_with('#')
    })
}
