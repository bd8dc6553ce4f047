//! No day on which it happened.

use crate::check::Subject;
use crate::diag::{Diagnostic, code};

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if subject.incident.date.best().is_none() {
        findings.push(Diagnostic::new(&code::NO_DATE, subject.start()));
    }
}
