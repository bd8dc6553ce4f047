//! Over before it began.

use crate::check::Subject;
use crate::check::time::before_start;
use crate::diag::{Diagnostic, code};

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    before_start(subject, &subject.incident.resolved_at, &code::RESOLVED_FIRST, findings);
}
