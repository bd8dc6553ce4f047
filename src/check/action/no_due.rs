//! Action items that name no day.

use crate::check::Subject;
use crate::check::action::open;
use crate::diag::{Diagnostic, code};

/// Looks for it; one finding for all of them, at the first.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let mut without = open(&subject.incident.actions).filter(|action| action.due.is_none());
    let Some(first) = without.next() else { return };
    let count = 1 + without.count();
    let all = open(&subject.incident.actions).count();
    findings.push(Diagnostic::new(&code::NO_DUE, first.span).arg("count", count).arg("all", all));
}
