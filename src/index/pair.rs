//! Documents that belong together: one incident told in two languages, one text that stands twice.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use crate::base::span::Span;
use crate::case::Case;
use crate::diag::{Diagnostic, code};
use crate::index::{Archive, Filed, FiledId};
use crate::model::cause::CauseId;
use crate::model::incident::Incident;
use crate::model::kind::Lang;
use crate::model::when::PartialDate;

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

/// Of twins, the one whose name has no language leads, `x.md` before `x.ko.md`, else the first in order.
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

/// A finding for each document whose text stands in another one as well, or that tells of an incident
/// which began in the same minute as that of another and has the same causes.
pub(super) fn duplicates(archive: &Archive) -> Vec<Diagnostic> {
    let mut texts: BTreeMap<&str, FiledId> = BTreeMap::new();
    let mut incidents: BTreeMap<(String, Vec<&CauseId>), FiledId> = BTreeMap::new();
    let mut findings = Vec::new();
    for &id in &archive.by_path {
        let Filed { case, twin, .. } = &archive.filed[id];
        let span = Span::start_of(case.source.id);
        let mut told = |code, other: FiledId| {
            let other = &archive.filed[other].case.source.path;
            findings.push(Diagnostic::new(code, span).arg("other", other));
        };
        match texts.entry(case.source.text.trim()) {
            Entry::Occupied(first) => {
                told(&code::DUPLICATE_DOCUMENT, *first.get());
                continue;
            }
            Entry::Vacant(place) => {
                place.insert(id);
            }
        }
        let Some(key) = identity(&case.incident) else { continue };
        match incidents.entry(key) {
            Entry::Occupied(first) if Some(*first.get()) != *twin => {
                told(&code::DUPLICATE_INCIDENT, *first.get());
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => {
                place.insert(id);
            }
        }
    }
    findings
}

/// What two incidents hardly share: the minute in which they began, and their causes.
fn identity(incident: &Incident) -> Option<(String, Vec<&CauseId>)> {
    let start = incident.started_at.value()?;
    start.clock.filter(|_| start.date.is_some_and(PartialDate::is_whole))?;
    let mut causes: Vec<&CauseId> =
        incident.root_causes.iter().map(|cause| &cause.fact.value).collect();
    causes.sort();
    (!causes.is_empty()).then(|| (start.to_string(), causes))
}
