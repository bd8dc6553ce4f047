//! Bullets and numbers of items as people type or paste them.

use std::ops::Range;

/// `2024. 5. 16.`, `- 5. 16. 10:15`: a date as Korean writes it is no number of an item. Where its first dot stands.
pub(super) fn dotted_date(body: &str) -> Option<usize> {
    let rest = body.trim_start_matches(['-', '*', '+', '>', ' ']);
    let number = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = number(rest);
    let dot = body.len() - rest.len() + first;
    let rest = rest.get(first..)?.strip_prefix(". ")?;
    let second = number(rest);
    let ends = rest.get(second..)?.strip_prefix('.')?;
    let is_date = matches!(first, 1 | 2 | 4) && matches!(second, 1 | 2);
    (is_date && (ends.is_empty() || ends.starts_with([' ', '(']))).then_some(dot)
}

/// `•`, `·`, `◦`, `.` and their kind, as people paste or type them: how many bytes to replace.
pub(super) fn odd_bullet(body: &str) -> Option<usize> {
    let mark = body.chars().next()?;
    let rest = body.get(mark.len_utf8()..)?;
    let space = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\t']).len();
    let first = rest.trim_start_matches([' ', '\u{a0}', '\t']).chars().next()?;
    let is_mark = match mark {
        _ if MARKS.contains(&mark) => true,
        '·' | '–' | '—' | 'ㆍ' | '※' | 'ㅇ' | 'ㅁ' | 'o' => space > 0,
        '.' => first.is_alphabetic(),
        _ => false,
    };
    is_mark.then_some(mark.len_utf8() + space)
}

/// `• one • two • three`: the bullets after the first, with the space around them, of a list that its author pasted into one line.
pub(super) fn run_on(body: &str) -> Vec<Range<usize>> {
    let mark = body.chars().next().filter(|mark| MARKS.contains(mark));
    let Some(mark) = mark else { return Vec::new() };
    let found = body.match_indices(mark).skip(1).filter_map(|(at, _)| {
        let before = body.get(..at)?;
        let rest = body.get(at + mark.len_utf8()..)?;
        let text = rest.trim_start();
        let start = before.trim_end().len();
        let is_apart = start < at && text.len() < rest.len() && !text.is_empty();
        is_apart.then_some(start..body.len() - text.len())
    });
    found.collect()
}

/// Signs that are nothing but bullets.
const MARKS: [char; 12] = ['•', '◦', '▪', '●', '○', '■', '∙', '‣', '⁃', '◾', '➢', '➤'];

/// `1.            text`: so many spaces after the mark of an item would make its text code.
pub(super) fn wide_mark(body: &str) -> Option<Range<usize>> {
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match (digits, body.as_bytes().get(digits)?) {
        (1..=9, b'.' | b')') => digits + 1,
        (0, b'-') => 1,
        _ => return None,
    };
    let rest = body.get(mark..)?;
    let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    (space >= 5 && space < rest.len()).then_some(mark..mark + space)
}

/// `* text` or `+ text`: one kind of bullet makes one list.
pub(super) fn is_bullet(body: &str) -> bool {
    body.strip_prefix(['*', '+']).is_some_and(|rest| {
        rest.starts_with([' ', '\t']) && rest.trim().chars().any(char::is_alphanumeric)
    })
}

/// Whether a line begins with a bullet, whichever.
pub(super) fn is_item(body: &str) -> bool {
    body.starts_with("- ") || is_bullet(body) || odd_bullet(body).is_some()
}
