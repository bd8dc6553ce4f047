//! Elements of raw HTML that their author hides: by the attribute `hidden`, by their style, or in a `template`. A browser
//! shows none of them, so they go as comments do.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::parse::generator::comment::around;
use crate::parse::generator::places;
use crate::parse::lines::Line;

/// A tag of the text.
struct Tag<'a> {
    range: Range<usize>,
    name: &'a str,
    closes: bool,
    hides: bool,
}

/// A tag that is longer is none of an author.
const LONGEST: usize = 2000;

/// These have no end, and so nothing within.
const EMPTY: [&str; 6] = ["img", "input", "br", "hr", "link", "meta"];

/// These end with the paragraph that they stand in where nobody closes them; all others hold whatever follows.
const SHORT: [&str; 12] =
    ["p", "li", "dt", "dd", "td", "th", "tr", "span", "small", "summary", "label", "kbd"];

/// The hidden elements of the lines that are no code, from first to last.
pub(super) fn elements(text: &str, lines: &[Line], comments: &[Range<usize>]) -> Vec<Range<usize>> {
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let tags = tags(text, lines, comments);
    if !tags.iter().any(|tag| tag.hides) {
        return Vec::new();
    }
    let ends = ends(text, &tags);
    let mut hidden: Vec<Range<usize>> = Vec::new();
    for (tag, end) in tags.iter().zip(ends).filter(|(tag, _)| tag.hides) {
        if hidden.last().is_none_or(|last| last.end <= tag.range.start) {
            hidden.push(tag.range.start..end);
        }
    }
    hidden
}

/// All tags outside of code and comments.
fn tags<'a>(text: &'a str, lines: &[Line], comments: &[Range<usize>]) -> Vec<Tag<'a>> {
    let mut tags = Vec::new();
    let mut free = 0;
    for line in lines.iter().filter(|line| !line.code) {
        for at in places(line.of(text), [b'<', b'<']) {
            let start = line.range.start + at;
            let rest = text.get(start..).unwrap_or_default();
            if start < free || around(comments, start).is_some() {
                continue;
            }
            if rest.starts_with("<!--") {
                free = rest.find("-->").map_or(text.len(), |end| start + end);
            } else if let Some(tag) = tag(rest, start) {
                free = tag.range.end;
                tags.push(tag);
            }
        }
    }
    tags
}

/// The tag at the start of `rest`, which is byte `start` of the text.
fn tag(rest: &str, start: usize) -> Option<Tag<'_>> {
    let body = rest.strip_prefix('<')?;
    let closes = body.starts_with('/');
    let body = body.get(usize::from(closes)..)?;
    let length = body.bytes().take_while(u8::is_ascii_alphanumeric).take(MOST_LETTERS).count();
    let (name, attributes) = body.split_at_checked(length).filter(|(name, _)| !name.is_empty())?;
    let inside = attributes.get(..end_of(attributes)?)?;
    if !inside.is_empty() && !inside.starts_with(|sign: char| sign.is_whitespace() || sign == '/') {
        return None;
    }
    let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let hides = !closes && !is(&EMPTY) && (is(&["template"]) || is_hidden(inside));
    let end = start + 1 + usize::from(closes) + length + inside.len() + 1;
    Some(Tag { range: start..end, name, closes, hides })
}

/// No name of an element has more letters.
const MOST_LETTERS: usize = 32;

/// Where the `>` of a tag stands; between quotes there is none. A tag within another is none.
fn end_of(attributes: &str) -> Option<usize> {
    let mut quote = None;
    for (at, sign) in attributes.bytes().enumerate().take(LONGEST) {
        match (quote, sign) {
            (None, b'"' | b'\'') => quote = Some(sign),
            (None, b'>') => return Some(at),
            (None, b'<') => return None,
            (Some(open), sign) if open == sign => quote = None,
            _ => {}
        }
    }
    None
}

/// Whether the attributes of a tag hide its element.
fn is_hidden(mut attributes: &str) -> bool {
    loop {
        attributes =
            attributes.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '/');
        let is_end = |sign: char| sign.is_whitespace() || matches!(sign, '=' | '/');
        let (name, rest) = attributes.split_at(attributes.find(is_end).unwrap_or(attributes.len()));
        let (value, rest) = value(rest);
        if name.eq_ignore_ascii_case("hidden")
            || name.eq_ignore_ascii_case("style") && value.split(';').any(is_hiding)
        {
            return true;
        }
        if rest.len() >= attributes.len() {
            return false;
        }
        attributes = rest;
    }
}

/// The value of an attribute, and what follows it.
fn value(rest: &str) -> (&str, &str) {
    let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
        return ("", rest);
    };
    for quote in ['"', '\''] {
        if let Some(value) = value.strip_prefix(quote) {
            return value.split_once(quote).unwrap_or((value, ""));
        }
    }
    value.split_at(value.find(char::is_whitespace).unwrap_or(value.len()))
}

/// `display: none`, `visibility: hidden !important`.
fn is_hiding(declaration: &str) -> bool {
    let Some((property, value)) = declaration.split_once(':') else { return false };
    let value = value.split('!').next().unwrap_or_default().trim();
    [("display", "none"), ("visibility", "hidden"), ("visibility", "collapse")].iter().any(
        |(known, hides)| {
            property.trim().eq_ignore_ascii_case(known) && value.eq_ignore_ascii_case(hides)
        },
    )
}

/// Where the element of each tag ends.
fn ends(text: &str, tags: &[Tag<'_>]) -> Vec<usize> {
    let mut ends: Vec<Option<usize>> = vec![None; tags.len()];
    let mut open: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, tag) in tags.iter().enumerate() {
        let open = open.entry(tag.name.to_ascii_lowercase()).or_default();
        if !tag.closes {
            open.push(index);
        } else if let Some(begun) = open.pop() {
            ends[begun] = Some(tag.range.end);
        }
    }
    // Backwards, so that the next tag of a name is known, and nothing is looked for twice.
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    for (index, tag) in tags.iter().enumerate().rev().filter(|(_, tag)| !tag.closes) {
        let name = tag.name.to_ascii_lowercase();
        if tag.hides && ends[index].is_none() && SHORT.contains(&name.as_str()) {
            let limit = next.get(&name).copied().unwrap_or(text.len());
            ends[index] = Some(end_of_paragraph(text, tag.range.end, limit));
        }
        next.insert(name, tag.range.start);
    }
    ends.into_iter().map(|end| end.unwrap_or(text.len())).collect()
}

/// The end of the paragraph that a place stands in, or the limit where that comes first.
fn end_of_paragraph(text: &str, at: usize, limit: usize) -> usize {
    let rest = text.get(at..limit).unwrap_or_default();
    let mut end = at;
    for line in rest.split_inclusive('\n') {
        if end > at && line.trim().is_empty() {
            return end - 1;
        }
        end += line.len();
    }
    limit
}

#[cfg(test)]
mod tests {
    use super::elements;
    use crate::parse::lines::lines;

    fn left(text: &str) -> String {
        let mut left = String::new();
        let mut at = 0;
        for hidden in elements(text, &lines(text, 0), &[]) {
            left.push_str(text.get(at..hidden.start).unwrap());
            at = hidden.end;
        }
        left + text.get(at..).unwrap()
    }

    #[test]
    fn what_a_browser_does_not_show_goes() {
        let cases = [
            ("a <span hidden>b</span> c", "a  c"),
            ("a <SPAN class=x HIDDEN=\"\">b</Span> c", "a  c"),
            ("<div style='color: red; Display : none !important'>b</div>c", "c"),
            ("<p style=visibility:hidden>b</p>c", "c"),
            ("<div hidden>b <div>c</div> d</div>e", "e"),
            ("<div\n  hidden\n>\nb\n\nc\n</div>\ne", "\ne"),
            ("<template><p>b</p></template>c", "c"),
            ("<div hidden>b\n\nc", ""),
            ("<p hidden>b\n\nc", "\n\nc"),
            ("<li hidden>b<li>c</ul>", "<li>c</ul>"),
            ("<span hidden><b hidden>b</b></span><i hidden>c</i>d", "d"),
        ];
        for (text, expected) in cases {
            assert_eq!(left(text), expected, "{text}");
        }
    }

    #[test]
    fn what_a_browser_shows_stays() {
        let cases = [
            "`<span hidden>` b",
            "```\n<div hidden>\n```\nb",
            "<!-- <div hidden> --> b",
            "<span class=\"hidden\">b</span>",
            "<span title=\"hidden\">b</span>",
            "<span data-hidden aria-hidden=\"true\">b</span>",
            "<div style=\"display:block;overflow:hidden\">b</div>",
            "<https://example.org/hidden> <img hidden> b",
            "a < b hidden > c",
        ];
        for text in cases {
            assert_eq!(left(text), text);
        }
    }
}
