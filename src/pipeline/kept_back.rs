//! What is kept back for what other documents are: guides beside reports, versions of what is private or a draft.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::base::path::RelPath;
use crate::base::span::Span;
use crate::cache::told::told;
use crate::case::Case;
use crate::diag::{Diagnostic, code};
use crate::index::pair;
use crate::model::fact::RuleId;
use crate::model::kind::Visibility;

/// Keeps back what its own text does not.
pub(super) fn settle(cases: &mut [Arc<Case>]) {
    guides(cases);
    versions(cases);
}

/// What lists the incidents of a folder, or says how to write one up, is none. One that stands alone in its folder may be
/// the incident itself.
fn guides(cases: &mut [Arc<Case>]) {
    let guides: Vec<usize> = (0..cases.len()).filter(|&id| is_guide(&cases[id])).collect();
    let folder = |case: &Case| case.source.path.parent().to_owned();
    let mut held: BTreeMap<String, usize> =
        guides.iter().map(|&id| (folder(&cases[id]), 0)).collect();
    for case in cases.iter().filter(|_| !guides.is_empty()) {
        for above in Path::new(case.source.path.as_str()).ancestors().skip(1) {
            if let Some(number) = above.to_str().and_then(|above| held.get_mut(above)) {
                *number += 1;
            }
        }
    }
    for id in guides {
        if held.get(&folder(&cases[id])).is_some_and(|&number| number > 1) {
            let case = Arc::make_mut(&mut cases[id]);
            case.incident.visibility = Visibility::Draft;
            case.findings.push(Diagnostic::new(&code::NO_REPORT, Span::start_of(case.source.id)));
            case.told = case.told.and_then(|_| told(case));
        }
    }
}

/// Whether a document is a guide by its name, or has the name of one and lists others or tells of nothing. Never if its author
/// gave a fact.
fn is_guide(case: &Case) -> bool {
    let name = case.source.path.stem().to_lowercase();
    let is_one = || GUIDES.contains(&name.as_str());
    let may_be = || MAY_BE_GUIDES.contains(&name.as_str()) && (case.is_list || tells_nothing(case));
    case.incident.visibility == Visibility::Public && (is_one() || may_be()) && !is_given(case)
}

/// Whether a document tells of nothing that happened at some time or for a reason that it calls one.
fn tells_nothing(case: &Case) -> bool {
    let incident = &case.incident;
    incident.started_at.value().is_none()
        && incident.duration_minutes.value().is_none()
        && incident.timeline.is_empty()
        && incident.actions.is_empty()
        && incident.root_causes.iter().all(|cause| cause.fact.rule == RuleId("cause/prose"))
}

/// Whether the author said outside the text when it was, how bad, or why.
fn is_given(case: &Case) -> bool {
    let incident = &case.incident;
    let rules = [
        incident.date.best().map(|fact| fact.rule),
        incident.started_at.best().map(|fact| fact.rule),
        incident.severity.best().map(|fact| fact.rule),
        incident.root_causes.first().map(|cause| cause.fact.rule),
    ];
    rules.into_iter().flatten().any(RuleId::is_given)
}

/// Names, without their endings, of what stands beside reports.
const GUIDES: [&str; 5] =
    ["_index", "contributing", "template", "_template", "postmortem-template"];
/// Names of such, and of reports that have a folder of their own.
const MAY_BE_GUIDES: [&str; 3] = ["readme", "index", "summary"];

/// What is kept back in one language tells the same in the others: all versions are kept back. Names alone decide, since one
/// that is not translated yet, or names no day, is one as well.
fn versions(cases: &mut [Arc<Case>]) {
    if cases.iter().all(|case| case.incident.visibility == Visibility::Public) {
        return;
    }
    let name = |case: &Case| pair::without_any_lang(&case.source.path);
    let mut strictest: BTreeMap<String, (Visibility, RelPath)> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.incident.visibility > Visibility::Public) {
        let seen = || (case.incident.visibility, case.source.path.clone());
        let known = strictest.entry(name(case)).or_insert_with(seen);
        if case.incident.visibility > known.0 {
            *known = seen();
        }
    }
    for case in cases {
        let Some((seen, path)) = strictest.get(&name(case)).cloned() else { continue };
        if seen <= case.incident.visibility {
            continue;
        }
        let case = Arc::make_mut(case);
        case.incident.visibility = seen;
        let finding = Diagnostic::new(&code::VERSION_KEPT_BACK, Span::start_of(case.source.id));
        case.findings.push(finding.arg("other", path));
        case.told = case.told.and_then(|_| told(case));
    }
}
