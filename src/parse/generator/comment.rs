//! Comments that the author's own tool does not show.

use std::ops::Range;

use crate::parse::generator::is_code;
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

/// Takes comments out, and says where they stand. One that nobody closes is text.
pub(super) fn take_out(
    text: &str,
    lines: &mut Vec<Line>,
    edits: &mut Vec<Edit>,
) -> Vec<Range<usize>> {
    let mut comments: Vec<Range<usize>> = Vec::new();
    // What is closed nowhere behind a place is not looked for again behind the next one.
    let mut open_only = [false; COMMENTS.len()];
    for line in lines.iter().filter(|line| !line.code) {
        let mut from = comments.last().map_or(0, |last| last.end).max(line.range.start);
        while let Some((kind, start)) = first(text, line, from, &open_only) {
            let (open, close) = COMMENTS[kind];
            let inside = start + open.len();
            let within_line = open == NOTE
                && text
                    .get(line.range.start..start)
                    .is_some_and(|before| !before.trim().is_empty());
            let limit = if within_line { line.range.end } else { text.len() };
            match text.get(inside..limit).and_then(|rest| rest.find(close)) {
                Some(length) => {
                    from = inside + length + close.len();
                    comments.push(start..from);
                }
                None if within_line => from = inside,
                None => open_only[kind] = true,
            }
        }
    }
    for comment in &comments {
        edits.push(Edit::new(comment.clone(), ""));
    }
    lines.retain_mut(|line| {
        if let Some(comment) =
            around(&comments, line.range.start).filter(|comment| comment.start < line.range.start)
        {
            line.range.start = comment.end.min(line.range.end);
            line.code = false;
            return comment.end < line.range.end;
        }
        if let Some(comment) = around(&comments, line.range.end) {
            line.range.end = comment.start;
        }
        true
    });
    comments
}

/// The comment that a place stands in.
pub(super) fn around(comments: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let before = comments.partition_point(|comment| comment.start <= at);
    let last = before.checked_sub(1).and_then(|index| comments.get(index));
    last.filter(|comment| at < comment.end)
}

/// The first comment that begins in a line from a place on: its kind and its place.
fn first(text: &str, line: &Line, from: usize, open_only: &[bool]) -> Option<(usize, usize)> {
    let words = text.get(line.range.clone())?;
    let rest = text.get(from..line.range.end)?;
    let begins = |kind: usize| {
        let (open, _) = COMMENTS[kind];
        let mut places = rest.match_indices(open).map(|(at, _)| from + at);
        places.find(|&at| {
            let within = at - line.range.start;
            let is_apart = words
                .get(..within)
                .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace));
            (open != NOTE || is_apart) && !is_code(words, within)
        })
    };
    (0..COMMENTS.len())
        .filter(|&kind| !open_only[kind])
        .filter_map(|kind| Some((begins(kind)?, kind)))
        .min()
        .map(|(at, kind)| (kind, at))
}
