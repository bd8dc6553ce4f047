//! Notion's "Markdown & CSV": ids in the names of files, properties as lines below the title, links to files with
//! their names percent-encoded, databases as tables beside the pages of their rows.

mod database;
mod page;
mod task;

use std::collections::BTreeMap;

use crate::base::file::File;
use crate::base::path::{RelPath, slug};
use crate::diag::Diagnostic;
use crate::diag::catalog::Catalog;
use crate::import::bundle::Bundle;
use crate::import::document::Document;
use crate::import::notion::database::Databases;
use crate::import::{Names, link};

/// The pages of an export.
pub(super) fn import(
    bundle: &Bundle,
    words: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> Vec<File> {
    let pages: BTreeMap<RelPath, Document> = bundle
        .files
        .iter()
        .filter(|(path, _)| path.extension() == "md")
        .map(|(path, bytes)| {
            let mut page = page::read(&String::from_utf8_lossy(bytes));
            page.body = task::read(&page.body, words);
            (path.clone(), page)
        })
        .collect();
    let databases = Databases::new(bundle, &pages);
    findings.extend(databases.lost());
    let mut given = Names::default();
    let mut names = BTreeMap::new();
    for path in bundle.files.keys() {
        if path.extension() != "csv" && !databases.holds(path) {
            names.insert(path.clone(), name(path, &mut given));
        }
    }
    let file = |(path, name): (&RelPath, &RelPath)| {
        let bytes = match pages.get(path) {
            Some(page) => written(path, page.clone(), &names, &databases).into_bytes(),
            None => bundle.files.get(path).cloned().unwrap_or_default(),
        };
        File { path: name.clone(), bytes }
    };
    names.iter().map(file).collect()
}

/// A page under its new name, with what it shows of databases.
fn written(
    path: &RelPath,
    mut page: Document,
    names: &BTreeMap<RelPath, RelPath>,
    databases: &Databases<'_>,
) -> String {
    let (body, is_list) = databases.shown(path, &page.body);
    page.body = body;
    // A page that lists the reports is none.
    if is_list {
        page.give("draft", true);
    }
    for (_, value) in &mut page.rows {
        *value = page::relations(value, |target| {
            target.contains("://")
                || link::file(path, target).is_some_and(|(file, _)| names.contains_key(&file))
        });
    }
    let moved = |target: &str| {
        let (file, fragment) = link::file(path, target)?;
        let there = names.get(&file)?;
        Some(format!("{}{fragment}", link::relative(names.get(path)?, there)))
    };
    link::rewrite(&page.markdown(), moved)
}

/// The name of a file without ids, below folders without ids.
fn name(path: &RelPath, given: &mut Names) -> RelPath {
    let folders = path.parent().split('/').filter(|part| !part.is_empty());
    let folders: Vec<String> = folders.map(|part| slug(bare(part))).collect();
    given.name(&folders.join("/"), bare(path.stem()), &path.extension())
}

/// The name without the id that Notion puts at its end.
fn bare(name: &str) -> &str {
    let name = name.strip_suffix(database::WHOLE).unwrap_or(name);
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
