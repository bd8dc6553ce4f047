//! Databases: a table as CSV, and a folder with the pages of its rows. Where a page shows one that holds words alone,
//! the table stands in the page; one that holds reports becomes a list of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::base::path::{RelPath, slug};
use crate::diag::Diagnostic;
use crate::import::bundle::Bundle;
use crate::import::document::{Document, cell};
use crate::import::notion::bare;
use crate::import::{link, lost};

/// Ends the name of the same table with the columns that its view hides.
pub(super) const WHOLE: &str = "_all";
/// A box that is ticked, and one that is not, as a table of Notion and as a text says it.
const TICKS: [(&str, &str); 2] = [("Yes", "✅"), ("No", "⬜")];

/// The databases of an export, by their tables.
pub(super) struct Databases<'a> {
    all: BTreeMap<&'a RelPath, Database<'a>>,
    /// Pages that stand in a table with everything that they say.
    held: BTreeSet<&'a RelPath>,
}

struct Database<'a> {
    headings: Vec<String>,
    rows: Vec<(Vec<String>, Option<&'a RelPath>)>,
    /// Some row is a page with a text.
    holds_reports: bool,
    /// A page shows it.
    is_shown: bool,
}

impl<'a> Databases<'a> {
    pub(super) fn new(bundle: &'a Bundle, pages: &'a BTreeMap<RelPath, Document>) -> Self {
        let mut rows: BTreeMap<(&str, String), &RelPath> = BTreeMap::new();
        for (path, page) in pages {
            for name in [page.title.as_str(), bare(path.stem())] {
                rows.entry((path.parent(), slug(name))).or_insert(path);
            }
        }
        let mut all = BTreeMap::new();
        for (path, bytes) in &bundle.files {
            if path.extension() == "csv" && !path.stem().ends_with(WHOLE) {
                let folder = path.as_str().trim_end_matches(".csv");
                let whole = RelPath::known(&format!("{folder}{WHOLE}.csv"));
                let whole = bundle.files.get(&whole).filter(|whole| whole.len() >= bytes.len());
                let bytes = whole.unwrap_or(bytes);
                let page = |title: &str| rows.get(&(folder, slug(title))).copied();
                all.insert(path, Database::read(bytes, page, pages));
            }
        }
        let shown = pages.iter().flat_map(|(path, page)| {
            page.body.lines().filter_map(move |line| Some(only_link(path, line)?.1))
        });
        for path in shown {
            if let Some(database) = all.get_mut(&path) {
                database.is_shown = true;
            }
        }
        let held = all
            .values()
            .filter(|database| database.is_shown && !database.holds_reports)
            .flat_map(|database| database.rows.iter().filter_map(|(_, page)| *page))
            .collect();
        Self { all, held }
    }

    /// Whether a page stands in a table with everything that it says.
    pub(super) fn holds(&self, path: &RelPath) -> bool {
        self.held.contains(path)
    }

    /// Rows that have no page and stand in no table.
    pub(super) fn lost(&self) -> Vec<Diagnostic> {
        let hidden =
            self.all.iter().filter(|(_, database)| !database.is_shown || database.holds_reports);
        let rows = hidden.flat_map(|(path, database)| {
            let without = database.rows.iter().filter(|(_, page)| page.is_none());
            without.filter_map(|(cells, _)| cells.first()).map(move |title| (path, title))
        });
        rows.filter(|(_, title)| !title.is_empty())
            .map(|(path, title)| lost(format!("`{title}` (`{path}`)")))
            .collect()
    }

    /// A text with databases in place of the links to them, and whether one of them holds reports.
    pub(super) fn shown(&self, path: &RelPath, text: &str) -> (String, bool) {
        let mut out = String::new();
        let mut is_list = false;
        for line in text.lines() {
            let found =
                only_link(path, line).and_then(|(name, file)| Some((name, self.all.get(&file)?)));
            let Some((name, database)) = found else {
                out += line;
                out.push('\n');
                continue;
            };
            // A heading often says it already.
            if !out.trim_end().ends_with(name) {
                let _ = write!(out, "**{name}**\n\n");
            }
            is_list |= database.holds_reports;
            let rows = if database.holds_reports { database.list(path) } else { database.table() };
            let _ = writeln!(out, "{rows}");
        }
        (out, is_list)
    }
}

impl<'a> Database<'a> {
    fn read(
        bytes: &[u8],
        page: impl Fn(&str) -> Option<&'a RelPath>,
        pages: &BTreeMap<RelPath, Document>,
    ) -> Self {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut lines = reader.records().map(|line| match line {
            Ok(line) => line.iter().map(|cell| cell.trim().to_owned()).collect(),
            Err(error) => vec![error.to_string()],
        });
        let headings = lines.next().unwrap_or_default();
        let rows: Vec<(Vec<String>, Option<&RelPath>)> = lines
            .map(|cells: Vec<String>| {
                let page = cells.first().and_then(|title| page(title));
                (cells, page)
            })
            .collect();
        let has_text =
            |path: &RelPath| pages.get(path).is_some_and(|page| !page.body.trim().is_empty());
        let holds_reports = rows.iter().any(|(_, page)| page.is_some_and(has_text));
        Self { headings, rows, holds_reports, is_shown: false }
    }

    /// Links to the pages of its rows.
    fn list(&self, from: &RelPath) -> String {
        let pages = self.rows.iter().filter_map(|(cells, page)| Some((cells.first()?, (*page)?)));
        pages
            .map(|(title, page)| format!("- [{title}]({})\n", link::relative(from, page)))
            .collect()
    }

    /// Its rows with all their cells; in a column of boxes, boxes.
    fn table(&self) -> String {
        let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let are_boxes: Vec<bool> = (0..self.headings.len())
            .map(|column| {
                let mut cells = self.rows.iter().filter_map(|(cells, _)| cells.get(column));
                cells.all(|text| tick(text).is_some())
            })
            .collect();
        let mut out = row(self.headings.iter().map(|text| cell(text)).collect());
        let _ = writeln!(out, "|{}", " --- |".repeat(self.headings.len()));
        for (cells, _) in &self.rows {
            let text = |(column, text): (usize, &String)| {
                let sign = tick(text).filter(|_| are_boxes.get(column) == Some(&true));
                sign.map_or_else(|| cell(text), str::to_owned)
            };
            out += &row(cells.iter().enumerate().map(text).collect());
        }
        out
    }
}

/// The sign of a box.
fn tick(text: &str) -> Option<&'static str> {
    TICKS.iter().find(|(word, _)| *word == text).map(|(_, sign)| *sign)
}

/// The name and the file of a link that is all of a line.
fn only_link<'a>(path: &RelPath, line: &'a str) -> Option<(&'a str, RelPath)> {
    let (name, target) = line.trim().strip_prefix('[')?.split_once("](")?;
    let (file, _) = link::file(path, target.strip_suffix(')')?)?;
    Some((name, file))
}
