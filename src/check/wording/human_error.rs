//! "Human error" as the only cause.

use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::model::cause::Role;

/// The cause's id in the taxonomy.
const HUMAN_ERROR: &str = "human-error";

/// The rule that reads causes in titles.
const IN_TITLE: &str = "cause/title";

/// Looks for it. Another cause that is read in the title alone is what broke, not why.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let mut error = None;
    for cause in &subject.incident.root_causes {
        if cause.fact.value.as_str() == HUMAN_ERROR && cause.role != Role::Contributing {
            error = Some(cause.fact.evidence);
        } else if cause.fact.rule.0 != IN_TITLE {
            return;
        }
    }
    findings.extend(error.map(|place| Diagnostic::new(&code::HUMAN_ERROR, place)));
}
