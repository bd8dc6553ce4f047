//! A date in digits whose day could be its month.

use crate::check::Subject;
use crate::check::time::stamps;
use crate::diag::{Diagnostic, code};

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    for stamp in stamps(subject).filter(|stamp| stamp.ambiguous) {
        let range = stamp.start..stamp.end;
        let date = stamp.date.map(|date| date.to_string()).unwrap_or_default();
        let finding = Diagnostic::new(&code::AMBIGUOUS_DATE, scope.span(range.clone()));
        findings.push(finding.arg("text", scope.text(range)).arg("date", date));
    }
}
