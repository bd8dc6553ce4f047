//! Pages as HTML: exports of Google Docs and of Confluence. Which files of them are documents, and where links lead.

mod convert;
mod google;
mod table;
mod task;

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::base::file::File;
use crate::base::path::{RelPath, slug};
use crate::diag::Diagnostic;
use crate::diag::catalog::Catalog;
use crate::import::bundle::Bundle;
use crate::import::document::Document;
use crate::import::html::convert::{ICONS, is_space, page};
use crate::import::{Names, link, lost};

/// What Confluence calls the list of pages of a space.
const INDEX: &str = "index.html";

/// The pages of an export.
pub(super) fn import(
    bundle: &Bundle,
    words: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> Vec<File> {
    let spaces = spaces(bundle);
    let mut given = Names::default();
    let mut names: BTreeMap<RelPath, RelPath> = BTreeMap::new();
    let mut pages = BTreeMap::new();
    for (path, bytes) in &bundle.files {
        // The list of pages that Confluence puts beside them.
        if path.file_name() == INDEX && spaces.contains(path.parent()) {
            findings.push(lost(format!("`{path}`")));
            continue;
        }
        if !is_page(path) {
            continue;
        }
        let document = page(path, &String::from_utf8_lossy(bytes), words, findings);
        let title = if document.title.is_empty() { path.stem() } else { &document.title };
        names.insert(path.clone(), given.name("", title, "md"));
        pages.insert(path.clone(), document);
    }
    for path in lists(&pages) {
        // A page that lists others is no report.
        pages.entry(path).and_modify(|page| page.give("draft", true));
    }
    let shown: Vec<RelPath> = pages.iter().flat_map(|(path, page)| targets(path, page)).collect();
    for path in bundle.files.keys().filter(|path| !pages.contains_key(*path)) {
        if shown.contains(path) {
            let folder = path.parent().split('/').map(slug).collect::<Vec<_>>().join("/");
            names.insert(path.clone(), given.name(&folder, path.stem(), &path.extension()));
        } else if !["html", "htm", "css", "js"].contains(&path.extension().as_str())
            && !path.as_str().contains(ICONS)
        {
            findings.push(lost(format!("`{path}`")));
        }
    }
    let mut files = Vec::new();
    for (path, name) in &names {
        let bytes = match pages.get(path) {
            Some(page) => {
                let moved = |target: &str| moved(path, target, name, &names);
                link::rewrite(&page.markdown(), moved).into_bytes()
            }
            None => bundle.files.get(path).cloned().unwrap_or_default(),
        };
        files.push(File { path: name.clone(), bytes });
    }
    files
}

/// The folders of an export where pages of Confluence lie.
fn spaces(bundle: &Bundle) -> BTreeSet<&str> {
    let pages = bundle.files.iter().filter(|(path, bytes)| {
        is_page(path) && path.file_name() != INDEX && is_space(&String::from_utf8_lossy(bytes))
    });
    pages.map(|(path, _)| path.parent()).collect()
}

fn is_page(path: &RelPath) -> bool {
    ["html", "htm"].contains(&path.extension().as_str())
}

/// Pages that say nothing but where others are.
fn lists(pages: &BTreeMap<RelPath, Document>) -> Vec<RelPath> {
    let lists = pages.iter().filter(|(path, page)| {
        let leads = |target: &str| {
            link::file(path, target).is_some_and(|(file, _)| pages.contains_key(&file))
        };
        link::is_list(&page.body, leads)
    });
    lists.map(|(path, _)| path.clone()).collect()
}

/// Where a link leads now: to the file under its new name, or past the host that counts clicks.
fn moved(
    path: &RelPath,
    target: &str,
    name: &RelPath,
    names: &BTreeMap<RelPath, RelPath>,
) -> Option<String> {
    if let Some(rest) = target.strip_prefix("https://www.google.com/url?q=") {
        let real = rest.split('&').next().unwrap_or(rest);
        return Some(percent_decode_str(real).decode_utf8_lossy().into_owned());
    }
    let (file, fragment) = link::file(path, target)?;
    Some(format!("{}{fragment}", link::relative(name, names.get(&file)?)))
}

/// The files that a page leads to.
fn targets(path: &RelPath, page: &Document) -> Vec<RelPath> {
    let mut targets = Vec::new();
    link::rewrite(&page.body, |target| {
        targets.extend(link::file(path, target).map(|(file, _)| file));
        None
    });
    targets
}
