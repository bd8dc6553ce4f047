//! Lines of a source text, and whether they stand inside a code fence.

use std::ops::Range;

/// One line without its end.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// It stands in a fenced code block, or is one of its fences.
    pub(super) code: bool,
}

/// The lines of `text` from byte `from` on.
pub(super) fn lines(text: &str, from: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = from;
    let mut fence: Option<(u8, usize)> = None;
    let bytes = text.as_bytes();
    let ends = memchr::memchr_iter(b'\n', bytes.get(from..).unwrap_or_default());
    for end in ends.map(|end| from + end).chain(std::iter::once(text.len())) {
        if start > end {
            break;
        }
        let line = text.get(start..end).unwrap_or_default();
        let mark = fence_of(line);
        let inside = fence.is_some();
        match (fence, mark) {
            (None, Some((mark, length, _))) => fence = Some((mark, length)),
            (Some((open, least)), Some((mark, length, bare)))
                if mark == open && length >= least && bare =>
            {
                fence = None;
            }
            _ => {}
        }
        lines.push(Line { range: start..end, code: inside || mark.is_some() && fence.is_some() });
        start = end + 1;
    }
    lines
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
