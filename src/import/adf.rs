//! Atlassian's document format, a tree of nodes, as Markdown. A node that is not known gives its text and is named.

use std::fmt::Write;

use serde_json::Value;

use crate::diag::Diagnostic;
use crate::import::document::{cell_of_lines, escaped, fenced};
use crate::import::lost;
use crate::import::ticket::text;

/// Deeper trees are cut: no person writes them.
const DEEPEST: usize = 64;

/// A document as Markdown. `key` names it in findings.
pub(super) fn markdown(document: &Value, key: &str, findings: &mut Vec<Diagnostic>) -> String {
    let mut unknown = Vec::new();
    let text = blocks(document, 0, &mut unknown);
    unknown.sort();
    unknown.dedup();
    findings.extend(unknown.into_iter().map(|kind| lost(format!("`{kind}` ({key})"))));
    text.trim().to_owned()
}

fn children(node: &Value) -> impl Iterator<Item = &Value> {
    node["content"].as_array().into_iter().flatten()
}

fn blocks(node: &Value, depth: usize, unknown: &mut Vec<String>) -> String {
    if depth > DEEPEST {
        return String::new();
    }
    let mut out = String::new();
    for child in children(node) {
        let inner = |unknown: &mut Vec<String>| blocks(child, depth + 1, unknown);
        let block = match child["type"].as_str().unwrap_or_default() {
            "paragraph" => inline(child, unknown),
            "heading" => {
                let level = child["attrs"]["level"].as_u64().unwrap_or(2).clamp(1, 6) as usize;
                format!("{} {}", "#".repeat(level), inline(child, unknown))
            }
            "bulletList" | "taskList" | "decisionList" => list(child, None, depth, unknown),
            "orderedList" => {
                let first = child["attrs"]["order"].as_u64().unwrap_or(1);
                list(child, Some(first as usize), depth, unknown)
            }
            "codeBlock" => {
                let language = text(&child["attrs"]["language"]);
                let code: String = children(child).map(|node| text(&node["text"])).collect();
                fenced(&language, &code)
            }
            "blockquote" | "panel" | "expand" | "nestedExpand" => {
                let title = text(&child["attrs"]["title"]);
                let inside = format!("{title}\n\n{}", inner(unknown));
                inside.trim().lines().fold(String::new(), |quote, line| quote + "> " + line + "\n")
            }
            "rule" => "---".to_owned(),
            "table" => table(child, depth, unknown),
            "doc" | "layoutSection" | "layoutColumn" | "mediaSingle" | "mediaGroup" => {
                inner(unknown)
            }
            // A file that stands elsewhere: its name is all that there is.
            "media" => {
                let name = text(&child["attrs"]["alt"]);
                unknown.push(if name.is_empty() { "media".to_owned() } else { name.clone() });
                escaped(&name)
            }
            kind => {
                unknown.push(kind.to_owned());
                if child["content"].is_array() { inner(unknown) } else { inline(child, unknown) }
            }
        };
        let _ = write!(out, "{}\n\n", block.trim_end());
    }
    out
}

fn list(node: &Value, first: Option<usize>, depth: usize, unknown: &mut Vec<String>) -> String {
    let mut out = String::new();
    for (number, item) in children(node).enumerate() {
        let sign = match (first, item["type"].as_str(), item["attrs"]["state"].as_str()) {
            (_, Some("taskItem"), Some("DONE")) => "- [x]".to_owned(),
            (_, Some("taskItem"), _) => "- [ ]".to_owned(),
            (Some(first), ..) => format!("{}.", first + number),
            _ => "-".to_owned(),
        };
        // Items of tasks hold words, items of other lists hold paragraphs.
        let holds_words = children(item).all(|child| child["content"].is_null());
        let inside =
            if holds_words { inline(item, unknown) } else { blocks(item, depth + 1, unknown) };
        let mut lines = inside.trim().lines().filter(|line| !line.is_empty());
        let _ = writeln!(out, "{sign} {}", lines.next().unwrap_or_default());
        // What follows belongs to the item if it stands below its words.
        let indent = " ".repeat(sign.find([' ', '[']).unwrap_or(sign.len()) + 1);
        for line in lines {
            let _ = writeln!(out, "{indent}{line}");
        }
    }
    out
}

fn table(node: &Value, depth: usize, unknown: &mut Vec<String>) -> String {
    let mut out = String::new();
    for (number, row) in children(node).enumerate() {
        let cells: Vec<String> = children(row)
            .map(|inside| cell_of_lines(&blocks(inside, depth + 1, unknown)))
            .collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
        if number == 0 {
            let _ = writeln!(out, "|{}", " --- |".repeat(cells.len()));
        }
    }
    out
}

fn inline(node: &Value, unknown: &mut Vec<String>) -> String {
    let mut out = String::new();
    for child in children(node) {
        let attributes = &child["attrs"];
        match child["type"].as_str().unwrap_or_default() {
            "text" => out += &marked(child),
            "hardBreak" => out.push('\n'),
            "mention" | "status" => out += &text(&attributes["text"]),
            "emoji" => {
                let sign = text(&attributes["text"]);
                out += &if sign.is_empty() { text(&attributes["shortName"]) } else { sign };
            }
            "inlineCard" | "blockCard" | "embedCard" => {
                let _ = write!(out, "<{}>", text(&attributes["url"]));
            }
            "date" => {
                let stamp: Option<i64> = text(&attributes["timestamp"]).parse().ok();
                let day = stamp.and_then(|stamp| jiff::Timestamp::from_millisecond(stamp).ok());
                let day = day.map(|day| day.to_zoned(jiff::tz::TimeZone::UTC).date().to_string());
                out += &day.unwrap_or_default();
            }
            kind => {
                unknown.push(kind.to_owned());
                out += &inline(child, unknown);
            }
        }
    }
    out
}

/// A piece of text with its marks.
fn marked(node: &Value) -> String {
    let marks = || node["marks"].as_array().into_iter().flatten();
    let is_code = marks().any(|mark| mark["type"] == "code");
    let mut said = text(&node["text"]);
    if !is_code {
        said = escaped(&said);
    }
    for mark in marks() {
        said = match mark["type"].as_str().unwrap_or_default() {
            "strong" => format!("**{said}**"),
            "em" => format!("*{said}*"),
            "code" => format!("`{said}`"),
            "strike" => format!("~~{said}~~"),
            "link" => format!("[{said}]({})", text(&mark["attrs"]["href"])),
            // Colours and the like say nothing.
            _ => said,
        };
    }
    said
}
