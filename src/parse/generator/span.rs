//! Marks within a line: short codes, attributes, links of notes.

use crate::parse::generator::places;
use crate::parse::prepare::Edit;

/// Adds what is to be edited in a line that begins at this byte.
pub(super) fn edits(line: &str, start: usize, edits: &mut Vec<Edit>) {
    if let Some(colon) = property(line) {
        edits.push(Edit::new(start + colon..start + colon + 1, ""));
    }
    if let Some(at) = block_name(line) {
        edits.push(Edit::new(start + at..start + line.len(), ""));
    }
    let mut from = 0;
    for at in places(line, [b'{', b'[']) {
        let rest = line.get(at..).unwrap_or_default();
        let made =
            || short_code(rest).or_else(|| attributes(line, at)).or_else(|| note_link(line, at));
        let made = (at >= from).then(made).flatten();
        let Some((length, with)) = made else { continue };
        // The mark of a picture goes with its link.
        let is_picture =
            rest.starts_with('[') && line.get(..at).is_some_and(|before| before.ends_with('!'));
        let begin = at - usize::from(is_picture);
        edits.push(Edit::new(start + begin..start + at + length, with));
        from = at + length;
    }
}

/// What stands before the sign that closes a mark.
fn until<'a>(rest: &'a str, close: &str) -> Option<&'a str> {
    let near = (0..=LONGEST.min(rest.len())).rev().find_map(|end| rest.get(..end))?;
    near.get(..near.find(close)?)
}

/// A mark has at most so many bytes, so that one that nobody closes costs no look at all that follows.
const LONGEST: usize = 500;

/// `{% include toc %}`, `{{< figure src="graph.png" >}}`: how long it is, and what it shows.
fn short_code(rest: &str) -> Option<(usize, String)> {
    for (open, close) in [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")] {
        let Some(inner) = rest.strip_prefix(open) else { continue };
        let inside = until(inner, close)?;
        return Some((open.len() + inside.len() + close.len(), shown(inside.trim())));
    }
    None
}

/// `{: .no_toc }`, `{:target="_blank"}`: how long it is where it ends a line or stands right behind a mark, and nothing to show.
/// `{:retry=>false}` is a program's.
fn attributes(line: &str, at: usize) -> Option<(usize, String)> {
    let inside = until(line.get(at..)?.strip_prefix("{:")?, "}")?;
    let length = inside.len() + "{:}".len();
    let is_last = line.get(at + length..)?.trim().is_empty();
    let is_behind = line.get(..at)?.ends_with([')', ']', '*', '_', '`', '~', '>']);
    let is_list = inside.starts_with([' ', '.', '#']) || inside.contains('=');
    (is_list && !inside.contains("=>") && (is_last || is_behind)).then_some((length, String::new()))
}

/// What a short code shows: a picture, an address, or nothing that stands in the text.
fn shown(code: &str) -> String {
    let (name, rest) = code.split_once(' ').unwrap_or((code, ""));
    let value = |key: &str| {
        let (_, value) = rest.split_once(&format!("{key}=\""))?;
        value.split_once('"').map(|(value, _)| value)
    };
    match (name, value("src")) {
        ("figure", Some(source)) => {
            let words = value("alt").or_else(|| value("caption")).or_else(|| value("title"));
            format!("![{}](<{source}>)", words.unwrap_or_default())
        }
        ("ref" | "relref", _) => rest.trim().trim_matches('"').to_owned(),
        _ => String::new(),
    }
}

/// `[[Payments outage|the other one]]`, `![[graph.png|400]]`: how long it is, and what it shows. A note has no address.
fn note_link(line: &str, at: usize) -> Option<(usize, String)> {
    let inner = line.get(at..)?.strip_prefix("[[")?;
    let inside = until(inner, "]]")?;
    let length = inside.len() + "[[]]".len();
    let after = line.get(at + length..).unwrap_or_default();
    // `[[1,2],[3,4]]` is a table of a program.
    let is_list = inside.contains([']', '[', '"'])
        || inside.contains(',') && !inside.contains(char::is_alphabetic);
    if inside.is_empty() || inside.starts_with(' ') || is_list || after.starts_with(['(', '[', ':'])
    {
        return None;
    }
    let (target, name) = inside.split_once('|').unwrap_or((inside, inside));
    let is_picture = line.get(..at).is_some_and(|before| before.ends_with('!'));
    Some((length, if is_picture { format!("![](<{target}>)") } else { name.to_owned() }))
}

/// `Date:: 2024-08-17`: where the second colon of a property stands.
fn property(line: &str) -> Option<usize> {
    let colon = line.find(":: ")?;
    let name = line.get(..colon)?.trim_start().trim_start_matches(['-', '*', ' ']);
    let is_name = name.chars().count() <= LONGEST_NAME
        && name.starts_with(char::is_alphabetic)
        && name.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '_'));
    is_name.then_some(colon + 1)
}

/// So many letters the name of a property has.
const LONGEST_NAME: usize = 32;

/// `… same message twice. ^rootcause`: where the name of a block begins that links lead to.
fn block_name(line: &str) -> Option<usize> {
    let (before, name) = line.trim_end().rsplit_once(" ^")?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    // `2 ^31` is a number.
    let has_letter = name.bytes().any(|byte| byte.is_ascii_alphabetic());
    (has_letter && name.len() > 1 && name.bytes().all(is_name)).then_some(before.len())
}
