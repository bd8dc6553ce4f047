//! Nothing about what noticed it.

use crate::check::Subject;
use crate::check::fact::heading;
use crate::diag::{Diagnostic, code};
use crate::vocab::meaning::SectionRole;

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if subject.incident.detection.best().is_none() {
        findings
            .push(Diagnostic::new(&code::NO_DETECTION, heading(subject, SectionRole::Detection)));
    }
}
