//! An action item whose day has passed, and that is not done.

use crate::check::action::open;
use crate::diag::{Diagnostic, code};
use crate::model::incident::Incident;
use crate::model::when::PartialDate;

/// Looks for it.
pub(in crate::check) fn check(
    incident: &Incident,
    today: PartialDate,
    findings: &mut Vec<Diagnostic>,
) {
    for action in open(&incident.actions) {
        if let Some(due) = action.due.filter(|_| action.is_late(today)) {
            let finding = Diagnostic::new(&code::OVERDUE, action.span);
            findings.push(finding.arg("due", due).arg("today", today));
        }
    }
}
