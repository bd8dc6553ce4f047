//! A stated length against that between the incident's own two ends.

use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::model::fact::RuleId;

/// The two may differ by this share, or by so many minutes.
const TOLERANCE: f64 = 0.1;
const MINUTES: f64 = 5.0;
/// How surely the length must be said of the incident.
const SURE: f32 = 0.7;

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let readings = subject.incident.duration_minutes.readings();
    let Some(computed) = readings.first().filter(|fact| fact.rule == RuleId::COMPUTED) else {
        return;
    };
    let Some(stated) = readings.get(1).filter(|fact| fact.certainty >= SURE) else { return };
    let gap = (stated.value - computed.value).abs();
    if gap > MINUTES && gap > computed.value * TOLERANCE {
        let finding =
            Diagnostic::new(&code::DURATION_DIFFERS, stated.evidence).also(computed.evidence);
        let finding = finding.arg("stated", stated.value.round());
        findings.push(finding.arg("computed", computed.value.round()));
    }
}
