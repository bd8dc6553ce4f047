//! A document as it is written: front matter, a title, a table of what is known of it, its text.

use std::fmt::Write;

use serde_json::Value;

/// A document in parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    /// Keys of front matter with their values.
    pub(super) front: Vec<(&'static str, Value)>,
    /// The title.
    pub(super) title: String,
    /// What is known of it, by labels.
    pub(super) rows: Vec<(String, String)>,
    /// Its text, in Markdown.
    pub(super) body: String,
}

impl Document {
    /// Says something in front matter, unless there is nothing to say.
    pub(super) fn give(&mut self, key: &'static str, value: impl Into<Value>) {
        let value = value.into();
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        if !empty {
            self.front.push((key, value));
        }
    }

    /// Puts something into the table, unless there is nothing to put.
    pub(super) fn row(&mut self, label: impl Into<String>, value: impl Into<String>) {
        let value = value.into();
        if !value.trim().is_empty() {
            self.rows.push((label.into(), value));
        }
    }

    /// A part of the text with its heading.
    pub(super) fn part(&mut self, heading: &str, text: &str) {
        if !text.trim().is_empty() {
            let _ = write!(self.body, "\n\n## {heading}\n\n{}", text.trim());
        }
    }

    /// The whole as Markdown. Values of front matter are JSON, which is YAML as well.
    pub(super) fn markdown(&self) -> String {
        let mut text = String::new();
        if !self.front.is_empty() {
            text.push_str("---\n");
            for (key, value) in &self.front {
                let _ = writeln!(text, "{key}: {value}");
            }
            text.push_str("---\n\n");
        }
        if !self.title.is_empty() {
            let _ = write!(text, "# {}\n\n", line(&self.title));
        }
        if !self.rows.is_empty() {
            text.push_str("| | |\n| --- | --- |\n");
            for (label, value) in &self.rows {
                let _ = writeln!(text, "| {} | {} |", cell(label), cell(value));
            }
            text.push('\n');
        }
        text.push_str(self.body.trim());
        format!("{}\n", text.trim_end())
    }
}

/// A text on one line.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in a cell of a table.
pub(super) fn cell(text: &str) -> String {
    line(text).replace('|', "\\|")
}

/// A text of several lines in a cell of a table.
pub(super) fn cell_of_lines(text: &str) -> String {
    let lines = text.lines().map(cell).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("<br>")
}

/// A text whose headings stand below those of the document that it becomes a part of.
pub(super) fn below(text: &str) -> String {
    let mut is_code = false;
    let mut out = String::new();
    for line in text.lines() {
        is_code ^= line.trim_start().starts_with("```");
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let is_heading =
            !is_code && level > 0 && line.get(level..).is_some_and(|rest| rest.starts_with(' '));
        if is_heading && level < 5 {
            out.push_str("##");
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Code between fences that nothing in it can end.
pub(super) fn fenced(language: &str, code: &str) -> String {
    let longest = code.split(|sign| sign != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", code.trim_end_matches('\n'))
}

/// Words that are no markup.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if ['\\', '*', '`', '<'].contains(&sign) {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}
