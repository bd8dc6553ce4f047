//! Rules about times.

pub(super) mod ambiguous_date;
pub(super) mod clock_slip;
pub(super) mod detected_first;
pub(super) mod duration_differs;
pub(super) mod future_date;
pub(super) mod mitigated_first;
pub(super) mod no_year;
pub(super) mod no_zone;
pub(super) mod resolved_first;
pub(super) mod timeline_backwards;
pub(super) mod weekday_differs;
pub(super) mod zone_out_of_season;

use crate::check::Subject;
use crate::diag::Diagnostic;
use crate::diag::code::Code;
use crate::extract::duration::between_zones;
use crate::extract::time::Stamp;
use crate::model::fact::Field;
use crate::model::when::Moment;

/// Every day or time of day that the text names, both ends of ranges.
fn stamps<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a Stamp> {
    let times = subject.scope.all_times().iter();
    times.flat_map(|time| [time.first(), time.last()]).flatten()
}

/// A moment of the incident that lies before its start, also where the two are told in different zones.
fn before_start(
    subject: &Subject<'_>,
    field: &Field<Moment>,
    code: &'static Code,
    findings: &mut Vec<Diagnostic>,
) {
    let Some((start, other)) = subject.incident.started_at.best().zip(field.best()) else { return };
    let shift = between_zones(subject.scope, start, other);
    let passed = start.value.minutes_near(other.value);
    if passed.is_some_and(|passed| passed + shift < 0.0) {
        let finding = Diagnostic::new(code, other.evidence).also(start.evidence);
        findings.push(finding.arg("time", other.value).arg("start", start.value));
    }
}
