//! A time of the 24-hour clock with am or pm.

use crate::check::Subject;
use crate::check::time::stamps;
use crate::diag::{Diagnostic, code};

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    for stamp in stamps(subject).filter(|stamp| stamp.slip) {
        let range = stamp.start..stamp.end;
        let clock = stamp.clock.map(|clock| clock.to_string()).unwrap_or_default();
        let finding = Diagnostic::new(&code::CLOCK_SLIP, scope.span(range.clone()));
        findings.push(finding.arg("text", scope.text(range)).arg("time", clock));
    }
}
