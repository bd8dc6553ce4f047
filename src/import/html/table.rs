//! Tables. Markdown's have one row of headings, and cells of one line each; no cell is left out.

use std::fmt::Write;

use htmd::Element;
use htmd::element_handler::{HandlerResult, Handlers};

use crate::import::html::convert::attribute;

/// Stand before cells and rows while a page is converted: characters that no text holds.
const CELL: char = '\u{2}';
const ROW: char = '\u{3}';
/// Before a cell: whether it is a heading, its columns and rows.
const HEADING: &str = "h";
/// A cell cannot be wider or higher: no person writes such.
const WIDEST: usize = 100;
/// Values in a cell beside its label are short, sentences are not.
const SHORT: usize = 40;

/// A cell of a table.
#[derive(Clone, Default)]
struct Cell {
    is_heading: bool,
    lines: Vec<String>,
}

/// Rows are their own; what groups them says nothing.
pub(super) fn rows(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    Some(handlers.walk_children(element.node).content.into())
}

/// A row, behind its sign.
pub(super) fn row(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    Some(format!("{ROW}{}", handlers.walk_children(element.node).content).into())
}

/// A cell, behind its sign.
pub(super) fn cell(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let span = |name: &str| {
        let span = attribute(&element, name).and_then(|text| text.trim().parse().ok());
        span.unwrap_or(1).clamp(1, WIDEST)
    };
    let kind = if element.tag == "th" { HEADING } else { "" };
    let text = handlers.walk_children(element.node).content;
    Some(format!("{CELL}{kind},{},{},{text}", span("colspan"), span("rowspan")).into())
}

/// A table as Markdown.
pub(super) fn table(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let content = handlers.walk_children(element.node).content;
    let mut parts = content.split(ROW);
    let caption = parts.next().unwrap_or_default().trim().to_owned();
    let raw: Vec<&str> = parts.collect();
    let grid = grid(&raw);
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    let text = match width {
        0 => String::new(),
        // A box around a text.
        1 => raw.iter().map(|row| texts(row).collect::<String>() + "\n\n").collect(),
        _ => markdown(&grid, width),
    };
    Some(format!("\n\n{caption}\n\n{}\n\n", text.trim_end()).into())
}

/// The texts of a row's cells.
fn texts(row: &str) -> impl Iterator<Item = &str> {
    row.split(CELL).skip(1).filter_map(|cell| cell.splitn(4, ',').nth(3))
}

/// Cells in their columns: what spans several leaves the others empty.
fn grid(rows: &[&str]) -> Vec<Vec<Cell>> {
    let mut grid = Vec::new();
    let mut below: Vec<usize> = Vec::new();
    for row in rows {
        let mut cells: Vec<Cell> = Vec::new();
        let skip = |cells: &mut Vec<Cell>, below: &mut Vec<usize>| {
            while let Some(rest) = below.get_mut(cells.len()).filter(|rest| **rest > 0) {
                *rest -= 1;
                cells.push(Cell::default());
            }
        };
        for written in row.split(CELL).skip(1) {
            skip(&mut cells, &mut below);
            let mut parts = written.splitn(4, ',');
            let is_heading = parts.next() == Some(HEADING);
            let mut number = || {
                let number = parts.next().and_then(|text| text.parse::<usize>().ok());
                number.unwrap_or(1).clamp(1, WIDEST)
            };
            let (columns, rows) = (number(), number());
            let first = Cell { is_heading, lines: lines(parts.next().unwrap_or_default()) };
            let others = std::iter::repeat_n(Cell { is_heading, lines: Vec::new() }, columns - 1);
            for cell in std::iter::once(first).chain(others) {
                let column = cells.len();
                below.resize(below.len().max(column + 1), 0);
                below[column] = rows - 1;
                cells.push(cell);
            }
        }
        skip(&mut cells, &mut below);
        grid.push(cells);
    }
    grid.retain(|cells| !cells.is_empty());
    grid
}

/// The lines of a cell, each a piece of Markdown of its own.
fn lines(text: &str) -> Vec<String> {
    let mut is_code = false;
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with("```") {
            is_code = !is_code;
        } else if is_code {
            lines.push(format!("`{line}`"));
        } else {
            lines.push(line.trim_start_matches('#').trim().replace('|', "\\|"));
        }
    }
    lines
}

fn markdown(grid: &[Vec<Cell>], width: usize) -> String {
    let mut rows = grid.iter();
    let headings = match grid.first() {
        Some(first) if is_headings(first, grid) => rows.next(),
        _ => None,
    };
    let mut out = written(headings.map_or(&[], Vec::as_slice), width);
    let _ = writeln!(out, "|{}", " --- |".repeat(width));
    rows.for_each(|row| out += &written(row, row.len()));
    out
}

/// Whether the first row names the columns. Where no cell is a heading, the first of two columns may be labels: then
/// there is a value beside the first of them, and values hold digits.
fn is_headings(first: &[Cell], grid: &[Vec<Cell>]) -> bool {
    if grid.iter().flatten().any(|cell| cell.is_heading) {
        return first.iter().all(|cell| cell.is_heading || cell.lines.is_empty());
    }
    let holds_digit =
        |cell: &Cell| cell.lines.iter().any(|line| line.contains(|c: char| c.is_ascii_digit()));
    first.len() > 2 || !first.iter().skip(1).any(holds_digit)
}

fn written(row: &[Cell], width: usize) -> String {
    let has_label = row.first().is_some_and(|cell| cell.is_heading)
        && row.iter().skip(1).any(|cell| !cell.is_heading);
    let mut out = String::from("|");
    for column in 0..width {
        let lines = row.get(column).map_or(&[][..], |cell| cell.lines.as_slice());
        let are_values = has_label
            && lines.iter().all(|line| line.chars().count() <= SHORT && !line.ends_with('.'));
        let text = lines.join(if are_values { ", " } else { "<br>" });
        let _ = write!(out, " {text}{}|", if text.is_empty() { "" } else { " " });
    }
    out + "\n"
}
