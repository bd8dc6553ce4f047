//! An incident that has not happened yet.

use crate::diag::{Diagnostic, code};
use crate::model::incident::Incident;
use crate::model::when::PartialDate;

/// Looks for it. A day of grace: it may be tomorrow elsewhere.
pub(in crate::check) fn check(
    incident: &Incident,
    today: PartialDate,
    findings: &mut Vec<Diagnostic>,
) {
    let latest = today.plus_days(1);
    if let Some(fact) = incident.date.best()
        && fact.value.is_whole()
        && fact.value > latest
    {
        let finding = Diagnostic::new(&code::FUTURE_DATE, fact.evidence);
        findings.push(finding.arg("date", fact.value).arg("today", today));
    }
}
