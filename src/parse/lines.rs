//! Lines of a source text, and whether they stand inside a code fence.

use std::ops::Range;

/// One line without its end.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// It stands in a block of code, or is one of its fences.
    pub(super) code: bool,
    /// It is text that stands where Markdown would take it for code.
    pub(super) habit: bool,
    /// Where a code block ends that no fence of its own line closes, and what to put there.
    pub(super) closes: Option<(usize, &'static str)>,
}

impl Line {
    /// What it says; it must be one of this text.
    pub(super) fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range.clone()).unwrap_or_default()
    }
}

/// The lines of `text` from byte `from` on.
pub(super) fn lines(text: &str, from: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = from;
    let bytes = text.as_bytes();
    let ends = memchr::memchr_iter(b'\n', bytes.get(from..).unwrap_or_default());
    for end in ends.map(|end| from + end).chain(std::iter::once(text.len())) {
        if start > end {
            break;
        }
        lines.push(Line { range: start..end, code: false, habit: false, closes: None });
        start = end + 1;
    }
    mark_code(text, &mut lines);
    lines
}

/// Tells which lines are code.
fn mark_code(text: &str, lines: &mut [Line]) {
    let marks: Vec<Option<(u8, usize, bool)>> =
        lines.iter().map(|line| fence_of(line.of(text))).collect();
    // Whether the next fence after a line can close one: a fence that names a language opens.
    let mut next_closes = vec![false; lines.len() + 1];
    for index in (0..lines.len()).rev() {
        next_closes[index] = marks[index].map_or(next_closes[index + 1], |(_, _, bare)| bare);
    }
    let last_end = lines.iter().rposition(|line| line.of(text).trim_end().ends_with("```"));
    let last_end = last_end.unwrap_or(0);
    let mut fence: Option<(u8, usize)> = None;
    for (index, line) in lines.iter_mut().enumerate() {
        let mark = marks[index];
        let inside = fence.is_some();
        match (fence, mark) {
            (None, Some((mark, length, _))) => fence = Some((mark, length)),
            (Some((open, least)), Some((mark, length, bare)))
                if mark == open && length >= least && bare =>
            {
                fence = None;
            }
            (Some((open, _)), None) if !next_closes[index + 1] => {
                line.closes = if let Some(at) = fence_at_end(line.of(text), open) {
                    Some((line.range.start + at, "\n"))
                } else if line.of(text).trim().is_empty() && last_end <= index {
                    // Nobody closed it: what follows the first blank line is text again.
                    Some((line.range.start, if open == b'~' { "~~~~\n" } else { "````\n" }))
                } else {
                    None
                };
                if line.closes.is_some() {
                    fence = None;
                }
            }
            _ => {}
        }
        line.code = inside || mark.is_some() && fence.is_some();
    }
}

/// ` done```  `: where the fence at the end of a line of code begins.
fn fence_at_end(line: &str, mark: u8) -> Option<usize> {
    let body = line.trim_end();
    let bare = body.trim_end_matches(char::from(mark));
    (body.len() - bare.len() >= 3 && !bare.is_empty()).then_some(bare.len())
}

/// The fence that a line opens or closes: its character, its length, and whether nothing follows.
fn fence_of(line: &str) -> Option<(u8, usize, bool)> {
    let body = line.trim_start();
    let mark = *body.as_bytes().first()?;
    if mark != b'`' && mark != b'~' {
        return None;
    }
    let length = body.bytes().take_while(|&byte| byte == mark).count();
    let rest = body.get(length..)?.trim();
    // A line of inline code may begin with backticks too.
    (length >= 3 && !(mark == b'`' && rest.contains('`'))).then_some((
        mark,
        length,
        rest.is_empty(),
    ))
}
