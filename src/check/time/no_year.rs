//! A date without a year, and no year anywhere else.

use crate::check::Subject;
use crate::diag::{Diagnostic, code};

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if let Some(fact) = subject.incident.date.best()
        && fact.value.year.is_none()
    {
        findings.push(Diagnostic::new(&code::NO_YEAR, fact.evidence).arg("date", fact.value));
    }
}
