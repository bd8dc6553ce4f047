//! reStructuredText as Markdown, as far as postmortems use it: underlined titles, links, pictures, literal blocks.

use crate::parse::lines::Line;
use crate::parse::prepare::Edit;

/// The edits that turn reStructuredText into Markdown.
pub(super) fn edits(text: &str, lines: &[Line], edits: &mut Vec<Edit>) {
    let words: Vec<&str> = lines.iter().map(|line| line.of(text)).collect();
    // Adornments get their level in the order in which they first appear.
    let mut levels: Vec<(u8, bool)> = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let over = adornment(words[index]).filter(|_| {
            words.get(index + 2).is_some_and(|line| adornment(line) == adornment(words[index]))
        });
        let title = index + usize::from(over.is_some());
        let under = words.get(title + 1).and_then(|line| adornment(line));
        let named = words
            .get(title)
            .is_some_and(|line| !line.trim().is_empty() && adornment(line).is_none());
        if let (Some(mark), true) = (under, named) {
            let style = (mark, over.is_some());
            let level = levels.iter().position(|&known| known == style).unwrap_or_else(|| {
                levels.push(style);
                levels.len() - 1
            });
            if over.is_some() {
                edits.push(Edit::new(lines[index].range.clone(), ""));
            }
            let line = &lines[title].range;
            let indent = words[title].len() - words[title].trim_start().len();
            edits.push(Edit::new(
                line.start..line.start + indent,
                "#".repeat(level.min(5) + 1) + " ",
            ));
            edits.push(Edit::new(lines[title + 1].range.clone(), ""));
            index = title + 2;
            continue;
        }
        directive(words[index], lines[index].range.start, edits);
        links(words[index], lines[index].range.start, edits);
        index += 1;
    }
}

/// The character of a line of at least three equal marks.
fn adornment(line: &str) -> Option<u8> {
    let line = line.trim_end();
    let first = *line.as_bytes().first()?;
    (line.len() >= 3
        && br##"=-~^"'`#*+.:_"##.contains(&first)
        && line.bytes().all(|byte| byte == first))
    .then_some(first)
}

/// `.. image:: x` becomes a picture; other directives and comments leave their text.
fn directive(line: &str, start: usize, edits: &mut Vec<Edit>) {
    let body = line.trim_start();
    let indent = line.len() - body.len();
    if let Some(rest) = body.strip_prefix(".. ") {
        let whole = start + indent..start + line.len();
        match rest.split_once("::") {
            Some(("image" | "figure", target)) => {
                edits.push(Edit::new(whole, format!("![]({})", target.trim())));
            }
            Some(("note" | "warning" | "tip" | "important", text)) => {
                edits.push(Edit::new(whole, format!("> {}", text.trim())));
            }
            _ => edits.push(Edit::new(whole, "")),
        }
    } else if body.ends_with("::") && body.len() > 2 {
        edits.push(Edit::new(start + line.len() - 1..start + line.len(), "\n"));
    }
}

/// `` `text <url>`_ `` becomes a link. Each is looked for behind the one before it: from the beginning of the line would
/// take its square.
fn links(line: &str, start: usize, edits: &mut Vec<Edit>) {
    const END: &str = ">`_";
    let mut at = start;
    for piece in line.split_inclusive(END) {
        let from = at;
        at += piece.len();
        let Some(before) = piece.strip_suffix(END) else { continue };
        let Some((named, _)) = before.rsplit_once('<') else { continue };
        let Some((lead, _)) = named.rsplit_once('`') else { continue };
        let more = usize::from(line.get(at - start..).is_some_and(|tail| tail.starts_with('_')));
        edits.push(Edit::new(from + lead.len()..from + lead.len() + 1, "["));
        edits.push(Edit::new(from + named.trim_end().len()..from + named.len() + 1, "]("));
        edits.push(Edit::new(from + before.len()..at + more, ")"));
    }
}
