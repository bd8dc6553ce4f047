//! Documents that belong together: one incident told in two languages, one text that stands twice.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use crate::base::path::RelPath;
use crate::base::span::Span;
use crate::case::Case;
use crate::diag::{Diagnostic, code};
use crate::index::{Archive, Filed, FiledId};
use crate::model::cause::CauseId;
use crate::model::incident::Incident;
use crate::model::kind::Lang;
use crate::model::when::PartialDate;

/// For each case its twin: `x.md` and `x.ko.md`, or `x.en.md` and `x.ko.md`. A language may also stand behind `-` or `_`, or
/// be the name of a folder, as in `en/x.md` and `ko/x.md`: such names may have another reason, so the day has to be the same.
pub fn twins(cases: &[Arc<Case>]) -> Vec<Option<FiledId>> {
    let mut twins = vec![None; cases.len()];
    let dotted =
        |path: &RelPath| format!("{}/{}", path.parent(), without_lang(path.stem(), &['.']));
    pair(cases, &mut twins, dotted, |_, _| true);
    let day = |case: &Case| case.incident.date.value().copied();
    pair(cases, &mut twins, without_any_lang, |a, b| day(a).is_some() && day(a) == day(b));
    twins
}

/// Makes twins of two documents that have no twin yet and the same name, if one of their paths names a
/// language beside that name.
fn pair(
    cases: &[Arc<Case>],
    twins: &mut [Option<FiledId>],
    name: impl Fn(&RelPath) -> String,
    may: impl Fn(&Case, &Case) -> bool,
) {
    let mut by_name: BTreeMap<String, Vec<FiledId>> = BTreeMap::new();
    for (id, case) in cases.iter().enumerate().filter(|&(id, _)| twins[id].is_none()) {
        by_name.entry(name(&case.source.path)).or_default().push(id);
    }
    let is_marked = |case: &Case| name(&case.source.path) != plain(&case.source.path);
    for ids in by_name.into_values() {
        let [a, b] = ids[..] else { continue };
        let (one, other) = (&cases[a], &cases[b]);
        let differ = one.incident.lang != other.incident.lang;
        if differ && (is_marked(one) || is_marked(other)) && may(one, other) {
            twins[a] = Some(b);
            twins[b] = Some(a);
        }
    }
}

/// A path without its ending.
fn plain(path: &RelPath) -> String {
    format!("{}/{}", path.parent(), path.stem())
}

/// A name without the language behind one of the signs.
fn without_lang<'a>(stem: &'a str, signs: &[char]) -> &'a str {
    match stem.rsplit_once(signs) {
        Some((name, lang)) if Lang::parse(lang).is_some() => name,
        _ => stem,
    }
}

/// A path without its ending and whatever names a language in it.
pub fn without_any_lang(path: &RelPath) -> String {
    let is_kept = |folder: &&str| !folder.is_empty() && Lang::parse(folder).is_none();
    let folders = path.parent().split('/').filter(is_kept);
    let stem = without_lang(path.stem(), &['.', '-', '_']);
    let parent = folders.collect::<Vec<_>>().join("/");
    format!("{parent}/{stem}")
}

/// Of twins, the one whose path names fewer languages leads, `x.md` before `x.ko.md`, else the first in order.
pub(super) fn choose_leaders(filed: &mut [Filed]) {
    for id in 0..filed.len() {
        let Some(twin) = filed[id].twin else { continue };
        let langs = |id: FiledId| {
            let path = plain(&filed[id].case.source.path);
            path.split(['/', '.', '-', '_']).filter(|word| Lang::parse(word).is_some()).count()
        };
        filed[id].leads = (langs(id), id) < (langs(twin), twin);
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
