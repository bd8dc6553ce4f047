//! What is kept back for what other documents are: guides beside reports, versions of what is private or a draft.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::base::span::Span;
use crate::cache::told::told;
use crate::case::Case;
use crate::diag::{Diagnostic, code};
use crate::index::pair;
use crate::model::fact::RuleId;
use crate::model::kind::Visibility;

/// What lists the incidents of a folder, or says how to write one up, is none. One that stands alone in its folder may be
/// the incident itself.
pub(super) fn guides(cases: &mut [Arc<Case>]) {
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

/// Whether a document has the name of a guide, and tells of nothing that happened at some time or for a reason that it
/// calls one.
fn is_guide(case: &Case) -> bool {
    let incident = &case.incident;
    GUIDES.contains(&case.source.path.stem().to_lowercase().as_str())
        && incident.visibility == Visibility::Public
        && incident.started_at.value().is_none()
        && incident.duration_minutes.value().is_none()
        && incident.timeline.is_empty()
        && incident.actions.is_empty()
        && incident.root_causes.iter().all(|cause| cause.fact.rule == RuleId("cause/prose"))
}

/// Names, without their endings, of what stands beside reports.
const GUIDES: [&str; 8] = [
    "readme",
    "index",
    "_index",
    "contributing",
    "summary",
    "template",
    "_template",
    "postmortem-template",
];

/// What is kept back in one language tells the same in the other: both versions are kept back.
pub(super) fn versions(cases: &mut [Arc<Case>]) {
    if cases.iter().all(|case| case.incident.visibility == Visibility::Public) {
        return;
    }
    for (id, twin) in pair::twins(cases).into_iter().enumerate() {
        let Some(twin) = twin else { continue };
        let (seen, path) = (cases[twin].incident.visibility, cases[twin].source.path.clone());
        if seen <= cases[id].incident.visibility {
            continue;
        }
        let case = Arc::make_mut(&mut cases[id]);
        case.incident.visibility = seen;
        let finding = Diagnostic::new(&code::VERSION_KEPT_BACK, Span::start_of(case.source.id));
        case.findings.push(finding.arg("other", path));
        case.told = case.told.and_then(|_| told(case));
    }
}
