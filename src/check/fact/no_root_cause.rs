//! No cause that the taxonomy knows.

use crate::check::Subject;
use crate::check::fact::heading;
use crate::diag::{Diagnostic, code};
use crate::vocab::meaning::SectionRole;

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if subject.incident.root_causes.is_empty() {
        findings.push(Diagnostic::new(&code::NO_ROOT_CAUSE, heading(subject, SectionRole::Cause)));
    }
}
