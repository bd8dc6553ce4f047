//! Blocks with a name: admonitions, tabs, fences of short codes. The name becomes a bold line, and what is indented below
//! it the text that it is.

use crate::parse::indent::{CODE, after, columns};
use crate::parse::lines::Line;
use crate::parse::prepare::Edit;

/// Unfolds them.
pub(super) fn unfold(text: &str, lines: &mut Vec<Line>, edits: &mut Vec<Edit>) {
    // How far the blocks that are open indent their text.
    let mut margins: Vec<usize> = Vec::new();
    let mut is_code = false;
    lines.retain_mut(|line| {
        let words = line.of(text);
        let is_blank = words.trim().is_empty();
        let open = margins.len();
        while !is_blank && margins.last().is_some_and(|&margin| columns(words) < margin) {
            margins.pop();
        }
        // A block ends with its indentation, whatever stands at its end.
        if margins.len() < open {
            edits.push(Edit::insert(line.range.start, "\n"));
        }
        let indent = indentation(words, margins.last().copied().unwrap_or(0));
        if indent > 0 {
            edits.push(Edit::new(line.range.start..line.range.start + indent, ""));
            line.range.start += indent;
        }
        let body = words.trim();
        let fence = (!line.code || is_code).then(|| fence(body)).flatten();
        if let Some(fence) = fence {
            is_code = fence != CLOSE;
            line.code = true;
            edits.push(Edit::new(line.range.clone(), fence));
            return true;
        }
        line.code |= is_code;
        if line.code {
            return true;
        }
        let behind = || text.get(line.range.end..).unwrap_or_default();
        let holds = || holds(behind(), columns(words) + CODE);
        let Some(mark) = mark(body, holds) else { return true };
        let (name, [before, behind]) = match mark {
            Mark::Holds(name) | Mark::Opens(name) => (name, ["\n**", "**\n"]),
            Mark::Quotes(name) => (name, ["> **", "**\n>"]),
        };
        if matches!(mark, Mark::Holds(_)) {
            margins.push(columns(words) + CODE);
        }
        let start = line.range.end - words.trim_start().len().min(line.range.len());
        if name.is_empty() {
            edits.push(Edit::new(start..line.range.end, ""));
        } else {
            let at = start + body.rfind(name).unwrap_or(0);
            edits.push(Edit::new(start..at, before));
            edits.push(Edit::new(at + name.len()..line.range.end, behind));
        }
        false
    });
}

/// What opens a block, and its name, if it has one.
enum Mark<'a> {
    /// What is indented below it belongs to it.
    Holds(&'a str),
    /// It has an end of its own, or holds nothing.
    Opens(&'a str),
    /// The rest of the quote belongs to it.
    Quotes(&'a str),
}

fn mark(body: &str, holds: impl Fn() -> bool) -> Option<Mark<'_>> {
    if let Some(rest) = body.strip_prefix("=== ") {
        return quoted(rest).map(Mark::Holds);
    }
    if let Some(rest) =
        ["!!! ", "??? ", "???+ "].iter().find_map(|opening| body.strip_prefix(opening))
    {
        let kinds = rest.split('"').next().unwrap_or_default().trim();
        let is_kind = |kind: &str| {
            kind.starts_with(|letter: char| letter.is_ascii_lowercase())
                && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        };
        let (kind, others) = kinds.split_once(' ').unwrap_or((kinds, ""));
        let name = quoted(rest);
        // Without a name in quotes further words are those that set it beside the text.
        let is_block = is_kind(kind)
            && others.split_whitespace().all(|word| match name {
                Some(_) => is_kind(word),
                None => matches!(word, "inline" | "end"),
            });
        return (is_block && holds()).then(|| Mark::Holds(name.unwrap_or(kind)));
    }
    if body.starts_with(":::") {
        return Some(Mark::Opens(container(body.trim_start_matches(':').trim())));
    }
    if let Some(name) = callout(body) {
        return Some(Mark::Quotes(name));
    }
    let is_import =
        body.starts_with("import ") && (body.contains(" from '") || body.contains(" from \""));
    (is_import && body.ends_with(['\'', '"', ';'])).then_some(Mark::Opens(""))
}

/// Whether the first line with words behind a mark is indented as far as what it holds.
fn holds(behind: &str, margin: usize) -> bool {
    let next = behind.lines().find(|line| !line.trim().is_empty());
    next.is_some_and(|line| columns(line) >= margin)
}

/// `danger[SEV1]`, `tip Restart it`, `note`, `{.warning}`: what is shown of it.
fn container(rest: &str) -> &str {
    let kind = rest.find(|sign: char| !sign.is_alphanumeric() && sign != '-').unwrap_or(rest.len());
    let (kind, name) = rest.split_at(kind);
    let bracketed = name.strip_prefix('[').and_then(|name| name.split_once(']'));
    let name = bracketed.map_or(name, |(name, _)| name);
    let name = name.split_once('{').map_or(name, |(name, _)| name).trim();
    if name.is_empty() { kind } else { name }
}

/// `> [!danger]- SEV-1`: what stands above the rest of the quote. The kinds that GitHub knows are set off as they are.
fn callout(body: &str) -> Option<&str> {
    let (kind, name) = body.strip_prefix('>')?.trim_start().strip_prefix("[!")?.split_once(']')?;
    let name = name.trim_start_matches(['+', '-']).trim();
    let is_known = GITHUB.iter().any(|known| known.eq_ignore_ascii_case(kind));
    let is_kind = kind.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_kind && !(is_known && name.is_empty())).then_some(if name.is_empty() { kind } else { name })
}

/// The kinds of quotes that are set off without us.
const GITHUB: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

fn quoted(rest: &str) -> Option<&str> {
    let (_, name) = rest.split_once('"')?;
    name.split_once('"').map(|(name, _)| name.trim())
}

const CLOSE: &str = "```";

/// A short code around code, as a fence.
fn fence(body: &str) -> Option<String> {
    let inner =
        |open: &str, close: &str| Some(body.strip_prefix(open)?.strip_suffix(close)?.trim());
    let code = inner("{%", "%}").or_else(|| inner("{{<", ">}}"))?;
    if matches!(code, "endhighlight" | "/highlight" | "/ highlight") {
        return Some(CLOSE.to_owned());
    }
    let language = code.strip_prefix("highlight ")?.split_whitespace().next()?;
    let is_name =
        language.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-#".contains(&byte));
    is_name.then(|| format!("{CLOSE}{language}"))
}

/// The bytes of the blank that a line begins with, up to so many columns.
fn indentation(line: &str, margin: usize) -> usize {
    let blank = line.bytes().take_while(|&byte| byte == b' ' || byte == b'\t');
    let ends = blank.scan(0, |at, byte| {
        *at = after(*at, byte);
        Some(*at)
    });
    ends.take_while(|&column| column <= margin).count()
}
