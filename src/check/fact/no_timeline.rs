//! No entry that carries a time.

use crate::check::Subject;
use crate::check::fact::heading;
use crate::diag::{Diagnostic, code};
use crate::vocab::meaning::SectionRole;

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if subject.incident.timeline.is_empty() {
        findings.push(Diagnostic::new(&code::NO_TIMELINE, heading(subject, SectionRole::Timeline)));
    }
}
