//! Facts of one document that contradict each other.

use crate::diag::{Diagnostic, code};
use crate::extract::scope::Scope;
use crate::model::fact::RuleId;
use crate::model::incident::Incident;

/// A stated length may differ from the computed one by this share, or by so many minutes.
const TOLERANCE: f64 = 0.1;
const MINUTES: f64 = 5.0;

/// Looks for contradictions.
pub(super) fn check(scope: &Scope<'_>, incident: &Incident, findings: &mut Vec<Diagnostic>) {
    order(incident, findings);
    length(incident, findings);
    slips(scope, findings);
    if let [first, second, ..] = incident.severity.readings()
        && first.certainty >= 0.9
        && second.certainty >= 0.9
        && !first.value.eq_ignore_ascii_case(&second.value)
    {
        let finding = Diagnostic::new(&code::SEVERITY_TWICE, second.evidence).also(first.evidence);
        findings.push(finding.arg("first", &first.value).arg("second", &second.value));
    }
}

/// Detected or resolved before it began.
fn order(incident: &Incident, findings: &mut Vec<Diagnostic>) {
    let Some(start) = incident.started_at.best() else { return };
    let pairs = [
        (&code::DETECTED_FIRST, incident.detected_at.best()),
        (&code::RESOLVED_FIRST, incident.resolved_at.best()),
    ];
    for (code, other) in pairs {
        if let Some(other) = other
            && other.value.date.is_some() == start.value.date.is_some()
            && other.value.precedes(start.value) == Some(true)
            && other.value.clock.is_some()
            && start.value.clock.is_some()
        {
            let finding = Diagnostic::new(code, other.evidence).also(start.evidence);
            findings.push(finding.arg("time", other.value).arg("start", start.value));
        }
    }
}

/// The length that the text states against that between its own two ends.
fn length(incident: &Incident, findings: &mut Vec<Diagnostic>) {
    let readings = incident.duration_minutes.readings();
    let Some(computed) = readings.first().filter(|fact| fact.rule == RuleId::COMPUTED) else {
        return;
    };
    let Some(stated) = readings.get(1).filter(|fact| fact.certainty >= 0.7) else { return };
    let gap = (stated.value - computed.value).abs();
    if gap > MINUTES && gap > computed.value * TOLERANCE {
        let finding =
            Diagnostic::new(&code::DURATION_DIFFERS, stated.evidence).also(computed.evidence);
        findings.push(
            finding.arg("stated", stated.value.round()).arg("computed", computed.value.round()),
        );
    }
}

/// Times and dates that cannot be as written.
fn slips(scope: &Scope<'_>, findings: &mut Vec<Diagnostic>) {
    for time in scope.all_times() {
        for stamp in [time.first(), time.last()].into_iter().flatten() {
            let span = scope.span(stamp.start..stamp.end);
            let text = scope.text(stamp.start..stamp.end);
            if stamp.slip {
                let clock = stamp.clock.map(|clock| clock.to_string()).unwrap_or_default();
                findings.push(
                    Diagnostic::new(&code::CLOCK_SLIP, span).arg("text", text).arg("time", clock),
                );
            }
            if stamp.ambiguous {
                let date = stamp.date.map(|date| date.to_string()).unwrap_or_default();
                findings.push(
                    Diagnostic::new(&code::AMBIGUOUS_DATE, span)
                        .arg("text", text)
                        .arg("date", date),
                );
            }
            if let (Some(weekday), Some(date)) =
                (stamp.weekday, stamp.date.and_then(|date| date.civil()))
            {
                let real = date.weekday().to_monday_one_offset() as u8;
                if real != weekday {
                    let finding = Diagnostic::new(&code::WEEKDAY_DIFFERS, span);
                    findings.push(finding.arg("text", text).arg("date", date));
                }
            }
        }
    }
}
