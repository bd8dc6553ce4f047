//! Two language versions of one incident that say different things of it.

use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::index::{Archive, Filed};
use crate::model::fact::Field;
use crate::model::incident::Incident;
use crate::model::when::{Moment, PartialDate};
use crate::vocab::levels::Levels;

/// Lengths are two different ones that lie further apart than these minutes, and than this share of the longer: "some
/// two hours" is 118 minutes.
const MINUTES: f64 = 5.0;
const TOLERANCE: f64 = 0.1;
const MINUTES_A_DAY: i64 = 1440;

/// A finding for each fact of a version that differs from that of the version which leads.
pub(super) fn differences(archive: &Archive, levels: &Levels) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for &id in &archive.by_path {
        let Filed { case, twin: Some(leader), leads: false, .. } = &archive.filed[id] else {
            continue;
        };
        let leader = &archive.filed[*leader].case;
        for Difference { fact, place, here, there } in
            differing(&case.incident, &leader.incident, levels)
        {
            let finding = Diagnostic::new(&code::VERSIONS_DIFFER, place)
                .arg("fact", fact)
                .arg("here", here)
                .arg("there", there);
            findings.push(finding.arg("other", &leader.source.path));
        }
    }
    findings
}

/// What two versions say of a fact.
struct Difference {
    /// Its name in the data.
    fact: &'static str,
    place: Span,
    here: String,
    there: String,
}

/// Of two moments and the length between them only the first that differs: the others follow from it.
fn differing(one: &Incident, other: &Incident, levels: &Levels) -> Vec<Difference> {
    let shift = offset(one).zip(offset(other)).map_or(0, |(here, there)| here - there);
    let moments = |a: &Moment, b: &Moment| are_apart(*a, *b, shift);
    let start = difference("started_at", &one.started_at, &other.started_at, moments);
    // A day may be another one in another zone.
    let date = difference("date", &one.date, &other.date, |a, b| shift == 0 && !a.agrees_with(*b));
    let when = date
        .or(start)
        .or_else(|| difference("resolved_at", &one.resolved_at, &other.resolved_at, moments))
        .or_else(|| {
            let lengths = (&one.duration_minutes, &other.duration_minutes);
            difference("duration_minutes", lengths.0, lengths.1, |a, b| {
                (a - b).abs() > MINUTES.max(TOLERANCE * a.max(*b))
            })
        });
    let severity = difference("severity", &one.severity, &other.severity, |a, b| {
        levels.number(a).zip(levels.number(b)).is_some_and(|(a, b)| a != b)
    });
    when.into_iter().chain(severity).collect()
}

/// What two versions say of a fact, where both say something and it differs.
fn difference<T: ToString>(
    fact: &'static str,
    one: &Field<T>,
    other: &Field<T>,
    differ: impl Fn(&T, &T) -> bool,
) -> Option<Difference> {
    let (here, there) = (one.best()?, other.best()?);
    differ(&here.value, &there.value).then(|| Difference {
        fact,
        place: here.evidence,
        here: here.value.to_string(),
        there: there.value.to_string(),
    })
}

/// Minutes east of UTC.
fn offset(incident: &Incident) -> Option<i64> {
    incident.time_zone.value()?.offset.map(i64::from)
}

/// Whether two moments are two different minutes, when the clock of the first is `shift` minutes ahead of that of the
/// other. Where one has no day they are those of any.
fn are_apart(one: Moment, other: Moment, shift: i64) -> bool {
    let (Some(here), Some(there)) = (one.clock, other.clock) else { return false };
    let minutes = here.seconds() / 60 - there.seconds() / 60 - shift;
    let day = |at: Moment| at.date.and_then(PartialDate::civil);
    match day(one).zip(day(other)).map(|(here, there)| there.until(here)) {
        Some(Ok(days)) => minutes + i64::from(days.get_days()) * MINUTES_A_DAY != 0,
        _ => minutes % MINUTES_A_DAY != 0,
    }
}
