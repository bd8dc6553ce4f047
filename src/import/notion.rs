//! Notion's "Markdown & CSV": ids in the names of files, properties as lines below the title, links to files with
//! their names percent-encoded.

use std::collections::BTreeMap;

use crate::base::path::{RelPath, slug};
use crate::diag::Diagnostic;
use crate::import::bundle::Bundle;
use crate::import::document::Document;
use crate::import::{Imported, Names, link, lost};

/// The pages of an export.
pub(super) fn import(bundle: &Bundle, findings: &mut Vec<Diagnostic>) -> Vec<Imported> {
    let names = names(bundle, findings);
    let mut files = Vec::new();
    for (path, bytes) in &bundle.files {
        let Some(name) = names.get(path) else { continue };
        let bytes = if path.extension() == "md" {
            let text = String::from_utf8_lossy(bytes);
            let text = page(text.trim_start_matches('\u{feff}'));
            let moved = |target: &str| {
                let (file, fragment) = link::file(path, target)?;
                let there = names.get(&file)?;
                Some(format!("{}{fragment}", link::relative(name, there)))
            };
            link::rewrite(&text, moved).into_bytes()
        } else {
            bytes.clone()
        };
        files.push(Imported { path: name.clone(), bytes });
    }
    files
}

/// Where each file goes. Tables are left out: their rows are pages of the export, or it says which are not.
fn names(bundle: &Bundle, findings: &mut Vec<Diagnostic>) -> BTreeMap<RelPath, RelPath> {
    let mut given = Names::default();
    let mut names = BTreeMap::new();
    let titles: Vec<&str> = bundle.files.keys().map(|path| bare(path.stem())).collect();
    for (path, bytes) in &bundle.files {
        let ending = path.extension();
        if ending == "csv" {
            findings.extend(rows_without_page(path, bytes, &titles));
            continue;
        }
        let folders: Vec<String> = path
            .parent()
            .split('/')
            .filter(|part| !part.is_empty())
            .map(|part| slug(bare(part)))
            .collect();
        // A page that holds nothing but a table or a picture of its own is still a page.
        names.insert(path.clone(), given.name(&folders.join("/"), bare(path.stem()), &ending));
    }
    names
}

/// Rows of a table that have no page: their cells would be lost.
fn rows_without_page(path: &RelPath, bytes: &[u8], titles: &[&str]) -> Vec<Diagnostic> {
    // The same table again, with the columns that its view hides.
    if path.stem().ends_with("_all") {
        return Vec::new();
    }
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let mut lost_rows = Vec::new();
    for row in reader.records() {
        let title = match &row {
            Ok(row) => {
                row.get(0).unwrap_or_default().trim_start_matches('\u{feff}').trim().to_owned()
            }
            Err(error) => error.to_string(),
        };
        let is_page = titles.iter().any(|page| slug(page) == slug(&title));
        if !is_page && !title.is_empty() {
            lost_rows.push(lost(format!("`{title}` (`{path}`)")));
        }
    }
    lost_rows
}

/// The name without the id that Notion puts at its end.
fn bare(name: &str) -> &str {
    let name = name.strip_suffix("_all").unwrap_or(name);
    let is_id = |id: &str| {
        let digits = id.replace('-', "");
        (digits.len() == 32 || digits.len() == 4 && id.len() == 4 + 1 + 4)
            && digits.chars().all(|letter| letter.is_ascii_hexdigit())
    };
    match name.rsplit_once(' ') {
        Some((title, id)) if is_id(id) => title,
        _ => name,
    }
}

/// A page with its properties in a table, where they stand as lines of one paragraph.
fn page(text: &str) -> String {
    let mut lines = text.lines().peekable();
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
    document.body = lines.collect::<Vec<_>>().join("\n");
    document.markdown()
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
