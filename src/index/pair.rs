//! Documents that belong together: one incident told in two languages, one text that stands twice.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::span::Span;
use crate::case::Case;
use crate::diag::{Diagnostic, code};
use crate::index::{Filed, FiledId};
use crate::model::kind::Lang;

/// For each case its twin: `x.md` and `x.ko.md`, or `x.en.md` and `x.ko.md`.
pub(super) fn twins(cases: &[Arc<Case>]) -> Vec<Option<FiledId>> {
    let mut by_name: BTreeMap<String, Vec<FiledId>> = BTreeMap::new();
    for (id, case) in cases.iter().enumerate() {
        let path = &case.source.path;
        let name = format!("{}/{}", path.parent(), bare(path.stem()));
        by_name.entry(name).or_default().push(id);
    }
    let mut twins = vec![None; cases.len()];
    for ids in by_name.values() {
        if let [a, b] = ids[..]
            && cases[a].incident.lang != cases[b].incident.lang
            && (is_marked(cases[a].source.path.stem()) || is_marked(cases[b].source.path.stem()))
        {
            twins[a] = Some(b);
            twins[b] = Some(a);
        }
    }
    twins
}

/// The name without its language.
fn bare(stem: &str) -> &str {
    match stem.rsplit_once('.') {
        Some((name, lang)) if Lang::parse(lang).is_some() => name,
        _ => stem,
    }
}

fn is_marked(stem: &str) -> bool {
    bare(stem).len() < stem.len()
}

/// Of twins, the one whose name has no language leads, else the first in order.
pub(super) fn choose_leaders(filed: &mut [Filed]) {
    for id in 0..filed.len() {
        let Some(twin) = filed[id].twin else { continue };
        let marked = |id: FiledId| is_marked(filed[id].case.source.path.stem());
        filed[id].leads = match (marked(id), marked(twin)) {
            (false, true) => true,
            (true, false) => false,
            _ => id < twin,
        };
    }
}

/// A finding for each document whose text stands in another one as well.
pub(super) fn duplicates(filed: &[Filed], by_path: &[FiledId]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<&str, FiledId> = BTreeMap::new();
    let mut findings = Vec::new();
    for &id in by_path {
        let source = &filed[id].case.source;
        match seen.get(source.text.trim()) {
            Some(&first) => {
                let finding = Diagnostic::new(&code::DUPLICATE_DOCUMENT, Span::start_of(source.id));
                findings.push(finding.arg("other", &filed[first].case.source.path));
            }
            None => {
                seen.insert(source.text.trim(), id);
            }
        }
    }
    findings
}
