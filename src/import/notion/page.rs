//! A page: its title, its properties, its text.

use crate::import::document::Document;

/// Reads a page. Its properties stand as lines of one paragraph below its title.
pub(super) fn read(text: &str) -> Document {
    let mut lines = text.trim_start_matches('\u{feff}').lines().peekable();
    let mut document = Document::default();
    if let Some(title) = lines.peek().and_then(|line| line.strip_prefix("# ")) {
        title.trim().clone_into(&mut document.title);
        lines.next();
    }
    while lines.peek().is_some_and(|line| line.trim().is_empty()) {
        lines.next();
    }
    let first: Vec<&str> = lines.clone().take_while(|line| !line.trim().is_empty()).collect();
    let properties: Vec<(&str, &str)> = first.iter().filter_map(|line| property(line)).collect();
    // A sentence with a colon is no property: either all lines are properties or none is.
    if !first.is_empty() && properties.len() == first.len() {
        for (label, value) in properties {
            document.row(label, value);
            lines.next();
        }
    }
    document.body = callouts(lines);
    document
}

/// `Severity: SEV2`
fn property(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let is_label = !label.is_empty()
        && label.chars().count() <= 40
        && !label.starts_with(['-', '*', '>', '|', '#', '!', '[', '`', '<'])
        && (value.is_empty() || value.starts_with(' '));
    is_label.then_some((label.trim(), value.trim()))
}

/// Boxes are written as elements of HTML; Markdown's word for them is a quotation.
fn callouts<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    let mut is_inside = false;
    for line in lines {
        match line.trim() {
            "<aside>" => is_inside = true,
            "</aside>" => is_inside = false,
            text if is_inside => out += format!("> {text}").trim_end(),
            _ => out += line,
        }
        out.push('\n');
    }
    out
}

/// A relation names pages and where they are, `Orders (Services/Orders.md), Search (…)`: links, as far as they lead
/// somewhere, else the names.
pub(super) fn relations(value: &str, leads: impl Fn(&str) -> bool) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, from)) = rest.split_once(" (") {
        let Some((target, after)) = from.split_once(')') else { break };
        let is_page = target.ends_with(".md") || target.contains("://www.notion.so/");
        if !is_page || target.contains(' ') {
            out += before;
            out += " (";
            rest = from;
            continue;
        }
        let (others, name) =
            before.rsplit_once(", ").map_or(("", before), |(others, name)| (others, name));
        if before.len() > name.len() {
            out += others;
            out += ", ";
        }
        out += &if leads(target) { format!("[{name}]({target})") } else { name.to_owned() };
        rest = after;
    }
    out + rest
}
