//! "Human error" as the only cause.

use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::model::cause::Role;

/// The cause's id in the taxonomy.
const HUMAN_ERROR: &str = "human-error";

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let causes = &subject.incident.root_causes;
    if let [only] = &causes[..]
        && only.fact.value.as_str() == HUMAN_ERROR
        && only.role != Role::Contributing
    {
        findings.push(Diagnostic::new(&code::HUMAN_ERROR, only.fact.evidence));
    }
}
