//! Links of an export: where they lead, and where they lead once files have new names.

use percent_encoding::percent_decode_str;

use crate::base::path::RelPath;

/// Rewrites the targets of links and pictures of a Markdown text.
pub(super) fn rewrite(text: &str, mut new: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (before, from) = rest.split_at(at + 2);
        out.push_str(before);
        let Some(length) = target(from) else {
            rest = from;
            continue;
        };
        let (written, after) = from.split_at(length);
        let bare = written.trim_start_matches('<').trim_end_matches('>');
        match new(bare) {
            Some(place) => out.push_str(&place),
            None => out.push_str(written),
        }
        rest = after;
    }
    out + rest
}

/// As deep as brackets stand within each other in a target of CommonMark.
const DEEPEST: usize = 32;

/// The length of a link's target: to the bracket that closes it, or to its title.
fn target(text: &str) -> Option<usize> {
    if let Some(inner) = text.strip_prefix('<') {
        let end = inner.find(['<', '>', '\n'])?;
        return inner.get(end..)?.starts_with('>').then_some(end + 2);
    }
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' if depth == DEEPEST => return None,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            '\n' => return None,
            ' ' if text.get(at + 1..)?.starts_with('"') => return Some(at),
            _ => {}
        }
    }
    None
}

/// The file of the export that a link leads to, and the rest of the link after `#`.
pub(super) fn file(from: &RelPath, link: &str) -> Option<(RelPath, String)> {
    if link.contains("://") || link.starts_with('#') || link.starts_with("mailto:") {
        return None;
    }
    let (path, fragment) = match link.split_once('#') {
        Some((path, fragment)) => (path, format!("#{fragment}")),
        None => (link, String::new()),
    };
    let path = path.split('?').next().unwrap_or(path);
    let path = percent_decode_str(path).decode_utf8_lossy();
    Some((from.join(&path)?, fragment))
}

/// Whether a text does nothing but lead to other pages: lines or rows that begin with a link to one, below a line that
/// introduces them. `leads` says whether a target is a page.
pub(super) fn is_list(text: &str, leads: impl Fn(&str) -> bool) -> bool {
    let is_link = |line: &str| {
        let words =
            line.trim_start_matches(|sign: char| " -*|.".contains(sign) || sign.is_ascii_digit());
        let target = words.strip_prefix('[').and_then(|words| words.split_once("]("));
        target.and_then(|(_, rest)| rest.get(..self::target(rest)?)).is_some_and(&leads)
    };
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_rule = |line: &str| line.starts_with("| ---");
    let is_heading = |(at, line): (usize, &&str)| {
        line.starts_with('#')
            || is_rule(line)
            || line.starts_with('|') && lines.get(at + 1).is_some_and(|next| is_rule(next))
    };
    let links = lines.iter().filter(|line| is_link(line)).count();
    let others =
        lines.iter().enumerate().filter(|(at, line)| !is_link(line) && !is_heading((*at, line)));
    let others: Vec<&&str> = others.map(|(_, line)| line).collect();
    match others.as_slice() {
        [] => links > 0,
        [one] => links > usize::from(!one.ends_with(':')),
        _ => false,
    }
}

/// How to get from one file to another, as Markdown wants it written.
pub(super) fn relative(from: &RelPath, to: &RelPath) -> String {
    let from: Vec<&str> = from.parent().split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.as_str().split('/').collect();
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(from.len() - same);
    let path = format!("{up}{}", to.get(same..).unwrap_or_default().join("/"));
    if path.contains([' ', '(', ')']) { format!("<{path}>") } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_pages_says_nothing_else() {
        let leads = |target: &str| target.ends_with(".html");
        let cases = [
            ("All of them:\n\n- [A](a.html) 2024", true),
            ("| Page | Day |\n| --- | --- |\n| [A](a.html) | 2024-03-05 |", true),
            ("## Pages\n\n1. [A](a.html)", true),
            ("The cache was down.\n\n- [A](a.html)", false),
            ("- [A](a.html)\n- [B](https://b.test)", false),
            ("", false),
        ];
        for (text, wanted) in cases {
            assert_eq!(is_list(text, leads), wanted, "{text}");
        }
    }

    #[test]
    fn a_target_ends_on_its_line() {
        let new = |link: &str| (link == "old.md").then(|| "new.md".to_owned());
        let cases = [
            ("[a](old.md) [b](<old.md>) [c](x(y).md)", "[a](new.md) [b](new.md) [c](x(y).md)"),
            ("[a](<b)\n[c](old.md)\n> quoted", "[a](<b)\n[c](new.md)\n> quoted"),
            ("[a](b\n[c](old.md \"C\")", "[a](b\n[c](new.md \"C\")"),
        ];
        for (text, wanted) in cases {
            assert_eq!(rewrite(text, new), wanted);
        }
        // Links that never end are not read to the end of the line from each of them.
        let hostile = "](".repeat(200_000);
        assert_eq!(rewrite(&hostile, new), hostile);
    }
}
