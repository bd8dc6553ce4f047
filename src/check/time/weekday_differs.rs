//! A weekday that does not fit the date beside it.

use crate::check::Subject;
use crate::check::time::stamps;
use crate::diag::{Diagnostic, code};

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    for stamp in stamps(subject) {
        let Some(weekday) = stamp.weekday else { continue };
        let Some(date) = stamp.date.and_then(|date| date.civil()) else { continue };
        if date.weekday().to_monday_one_offset() as u8 != weekday {
            let range = stamp.start..stamp.end;
            let finding = Diagnostic::new(&code::WEEKDAY_DIFFERS, scope.span(range.clone()));
            findings.push(finding.arg("text", scope.text(range)).arg("date", date));
        }
    }
}
