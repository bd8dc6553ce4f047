//! What an author tells the checker in a comment: `<!-- pmsite: ignore PM306 -->`. Such a comment is no part of the text.

use serde::{Deserialize, Serialize};

use std::ops::Range;

use crate::parse::lines::lines;

/// A comment that switches findings off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The comment.
    pub range: Range<u32>,
    /// The line that it speaks of: its own, or the next one with text where it stands alone.
    pub covers: Range<u32>,
    /// It speaks of the whole document.
    pub whole: bool,
    /// Codes or names of findings, as written, each with its place; none means all.
    pub codes: Vec<(String, Range<u32>)>,
    /// Nothing else stands on its line.
    pub(super) alone: bool,
}

const OPEN: &str = "<!-- pmsite:";
const CLOSE: &str = "-->";

/// The remarks of a text from byte `from` on; those inside code are code.
pub(super) fn remarks(text: &str, from: usize) -> Vec<Remark> {
    if memchr::memmem::find(text.as_bytes(), OPEN.as_bytes()).is_none() {
        return Vec::new();
    }
    let lines = lines(text, from);
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.code) {
        let words = line.of(text);
        let Some(open) = words.find(OPEN) else { continue };
        let Some(length) = words.get(open..).and_then(|rest| rest.find(CLOSE)) else { continue };
        let inner = open + OPEN.len()..open + length;
        let end = open + length + CLOSE.len();
        let rest = [words.get(..open), words.get(end..)];
        let alone = rest.into_iter().flatten().all(|words| words.trim().is_empty());
        let next = lines[index + 1..].iter().find(|line| {
            text.get(line.range.clone()).is_some_and(|words| !words.trim().is_empty())
        });
        let covered = if alone { next.unwrap_or(line) } else { line };
        let Some((whole, codes)) = wish(words.get(inner.clone()).unwrap_or_default()) else {
            continue;
        };
        let at = |range: Range<usize>| {
            (line.range.start + range.start) as u32..(line.range.start + range.end) as u32
        };
        found.push(Remark {
            range: at(open..end),
            covers: covered.range.start as u32..covered.range.end as u32,
            whole,
            codes: codes
                .into_iter()
                .map(|(code, range)| (code, at(inner.start + range.start..inner.start + range.end)))
                .collect(),
            alone,
        });
    }
    found
}

/// A code or name of a finding, and its place in the comment.
type Name = (String, Range<usize>);

/// ` ignore PM101, no-actions `: whether the whole document is meant, and the codes with their places.
fn wish(inner: &str) -> Option<(bool, Vec<Name>)> {
    let mut at = 0;
    let mut words = Vec::new();
    for word in inner.split_inclusive([' ', ',', '\t']) {
        let name = word.trim_matches([' ', ',', '\t']);
        if !name.is_empty() {
            words.push((name.to_owned(), at..at + name.len()));
        }
        at += word.len();
    }
    let whole = match words.first()?.0.as_str() {
        "ignore" => false,
        "ignore-file" => true,
        _ => return None,
    };
    Some((whole, words.split_off(1)))
}
