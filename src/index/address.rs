//! Addresses: the path of a document as a slug. Stable while the file keeps its name.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::path::slug;
use crate::base::span::Span;
use crate::base::unique::Names;
use crate::case::Case;
use crate::diag::{Diagnostic, code};

/// A slug for each case, in the same order. Of several that would be the same, the first by path keeps
/// it, and the others are numbered by the order of their paths.
pub(super) fn slugs(cases: &[Arc<Case>], findings: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut by_path: Vec<usize> = (0..cases.len()).collect();
    by_path.sort_by(|&a, &b| cases[a].source.path.cmp(&cases[b].source.path));
    let mut names = Names::default();
    let mut holders: BTreeMap<String, usize> = BTreeMap::new();
    let mut slugs = vec![String::new(); cases.len()];
    for id in by_path {
        let wanted = wish(&cases[id]);
        let slug = names.name(&wanted, "");
        if let Some(&other) = holders.get(&wanted) {
            let span = Span::start_of(cases[id].source.id);
            let finding = Diagnostic::new(&code::SAME_ADDRESS, span).arg("address", &wanted);
            findings.push(finding.arg("other", &cases[other].source.path));
        }
        holders.insert(slug.clone(), id);
        slugs[id] = slug;
    }
    slugs
}

/// The author's own slug, else the folders and the name of the file.
fn wish(case: &Case) -> String {
    if let Some(own) = case.incident.slug.as_deref().map(slug).filter(|own| !own.is_empty()) {
        return own;
    }
    let path = &case.source.path;
    let folders = path.parent().split('/').filter(|folder| !folder.is_empty());
    let parts: Vec<String> = folders
        .chain(std::iter::once(path.stem()))
        .map(slug)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() { "incident".to_owned() } else { parts.join("/") }
}
