//! A stated length against that between the incident's own two ends.

use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::extract::duration;
use crate::model::fact::RuleId;

/// How surely the length must be said of the incident.
const SURE: f32 = 0.7;

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let readings = subject.incident.duration_minutes.readings();
    let computed = readings.iter().find(|fact| fact.rule == RuleId::COMPUTED);
    let stated = readings.iter().find(|fact| fact.rule != RuleId::COMPUTED);
    let (Some(computed), Some(stated)) = (computed, stated) else { return };
    if stated.certainty >= SURE && duration::differ(stated.value, computed.value) {
        let finding =
            Diagnostic::new(&code::DURATION_DIFFERS, stated.evidence).also(computed.evidence);
        let finding = finding.arg("stated", stated.value.round());
        findings.push(finding.arg("computed", computed.value.round()));
    }
}
