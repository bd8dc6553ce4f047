//! A row of a table of Jira. Markdown's rows have one line.

use crate::import::wiki::words::{Held, marked};

/// A row with its cells. Markdown wants headings first.
pub(super) fn markdown(text: &str, is_first: bool) -> String {
    let mut held = Held::new(text);
    let text = held.take();
    let cells = cells(text.trim());
    let is_heading = cells.iter().all(|(is_heading, _)| *is_heading);
    let written: Vec<String> = cells.iter().map(|(_, cell)| written(cell, &held)).collect();
    let rule = format!("|{}", " --- |".repeat(cells.len()));
    let row = format!("| {} |", written.join(" | "));
    match (is_first, is_heading) {
        (true, true) => format!("{row}\n{rule}"),
        (true, false) => format!("|{}\n{rule}\n{row}", "  |".repeat(cells.len())),
        (false, _) => row,
    }
}

/// The cells of a row, and which of them are headings: two bars stand before these.
fn cells(row: &str) -> Vec<(bool, &str)> {
    let mut cells = Vec::new();
    let mut rest = row;
    while let Some(from) = rest.strip_prefix('|') {
        let (is_heading, from) = match from.strip_prefix('|') {
            Some(from) => (true, from),
            None => (false, from),
        };
        let end = from.find('|').unwrap_or(from.len());
        let (cell, after) = from.split_at_checked(end).unwrap_or((from, ""));
        // The last bars end the row.
        if !after.is_empty() || !cell.trim().is_empty() {
            cells.push((is_heading, cell));
        }
        rest = after;
    }
    cells
}

/// A cell in one line.
fn written(cell: &str, held: &Held) -> String {
    let lines = cell.lines().map(|line| {
        let line = line.trim();
        let item = line.trim_start_matches(['*', '#', '-']);
        let is_item = item.len() < line.len() && item.starts_with(' ');
        if is_item { format!("- {}", marked(item.trim())) } else { marked(line) }
    });
    let text = held.put_back(&lines.collect::<Vec<_>>().join("\n")).replace('|', "\\|");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("<br>")
}
