//! Comments that the author's own tool does not show.

use std::ops::Range;

use crate::parse::generator::places;
use crate::parse::lines::Line;
use crate::parse::prepare::Edit;

/// How comments begin and end: of Obsidian, MDX, Liquid and Hugo.
const COMMENTS: [(&str, &str); 5] = [
    (NOTE, NOTE),
    ("{/*", "*/}"),
    ("{% comment %}", "{% endcomment %}"),
    ("{{< comment >}}", "{{< /comment >}}"),
    ("{{% comment %}}", "{{% /comment %}}"),
];
const NOTE: &str = "%%";

/// Where comments stand. One that nobody closes is text.
pub(super) fn comments(text: &str, lines: &[Line]) -> Vec<Range<usize>> {
    let mut comments: Vec<Range<usize>> = Vec::new();
    // What is closed nowhere behind a place is not looked for again behind the next one.
    let mut open_only = [false; COMMENTS.len()];
    for line in lines.iter().filter(|line| !line.code) {
        let words = line.of(text);
        for at in places(words, [b'%', b'{']) {
            let start = line.range.start + at;
            if comments.last().is_some_and(|last| start < last.end) {
                continue;
            }
            let Some(kind) = kind(words, at).filter(|&kind| !open_only[kind]) else { continue };
            let (open, close) = COMMENTS[kind];
            let inside = start + open.len();
            let within_line =
                open == NOTE && words.get(..at).is_some_and(|before| !before.trim().is_empty());
            let limit = if within_line { line.range.end } else { text.len() };
            let found = text.get(inside..limit).and_then(|rest| rest.find(close));
            // "100 %% of uploads and 50 %% of logins"
            let is_share = |at: usize| open == NOTE && is_share(text, at);
            if within_line && is_share(start) && found.is_none_or(|end| is_share(inside + end)) {
                continue;
            }
            match found {
                Some(length) => comments.push(start..inside + length + close.len()),
                None => open_only[kind] = !within_line,
            }
        }
    }
    comments
}

/// Takes comments out, and the lines that are nothing else.
pub(super) fn take_out(comments: &[Range<usize>], lines: &mut Vec<Line>, edits: &mut Vec<Edit>) {
    edits.extend(comments.iter().map(|comment| Edit::new(comment.clone(), "")));
    lines.retain_mut(|line| {
        if let Some(comment) =
            around(comments, line.range.start).filter(|comment| comment.start < line.range.start)
        {
            line.range.start = comment.end.min(line.range.end);
            line.code = false;
            return comment.end < line.range.end;
        }
        if let Some(comment) = around(comments, line.range.end) {
            line.range.end = comment.start;
        }
        true
    });
}

/// Whether the sign at a place is that of a percentage: a number before it, and other words behind it.
fn is_share(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    let number = before.rsplit(|letter: char| letter.is_whitespace()).next().unwrap_or_default();
    let behind = text.get(at + NOTE.len()..).unwrap_or_default();
    number.starts_with(|letter: char| letter.is_ascii_digit())
        && number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        && behind.starts_with(' ')
}

/// The comment that a place stands in.
pub(super) fn around(comments: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let before = comments.partition_point(|comment| comment.start <= at);
    let last = before.checked_sub(1).and_then(|index| comments.get(index));
    last.filter(|comment| at < comment.end)
}

/// Whether a range begins in a comment or holds the beginning of one.
pub(super) fn touches(comments: &[Range<usize>], range: &Range<usize>) -> bool {
    let first = comments.partition_point(|comment| comment.end <= range.start);
    comments
        .get(first)
        .is_some_and(|comment| comment.start <= range.start || comment.start < range.end)
}

/// Which comment begins at a place of a line.
fn kind(words: &str, at: usize) -> Option<usize> {
    let rest = words.get(at..)?;
    let kind = COMMENTS.iter().position(|(open, _)| rest.starts_with(open))?;
    let is_apart = words
        .get(..at)
        .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace));
    (COMMENTS[kind].0 != NOTE || is_apart).then_some(kind)
}
