//! Nothing is promised.

use crate::check::Subject;
use crate::check::fact::heading;
use crate::diag::{Diagnostic, code};
use crate::vocab::meaning::SectionRole;

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if subject.incident.actions.is_empty() {
        findings.push(Diagnostic::new(&code::NO_ACTIONS, heading(subject, SectionRole::Actions)));
    }
}
