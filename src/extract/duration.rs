//! How long it lasted: as the text states it, or between the two ends.

use crate::extract::scope::Scope;
use crate::extract::when::AGREED;
use crate::model::fact::{Fact, Field, RuleId};
use crate::model::incident::Incident;
use crate::model::when::Moment;

/// Texts are full of lengths of time; only those that are said of the incident count.
const SURE: f32 = 0.6;
/// A stated length must be so much surer than the ends.
const CLEARLY: f32 = 0.09;
/// A stated length may differ from the computed one by this share, or by so many minutes.
const TOLERANCE: f64 = 0.1;
const MINUTES: f64 = 5.0;

/// The lengths that are said of the incident.
pub(super) fn stated(mut lengths: Vec<Fact<f64>>) -> Field<f64> {
    lengths.retain(|fact| fact.certainty >= SURE);
    Field::of(lengths)
}

/// The time between the two ends, where both are known, leads over the length that the text states;
/// but not where it is another length and an end of it is clearly less sure than what the text states.
pub(super) fn compute(scope: &Scope<'_>, incident: &mut Incident) {
    let stated = incident.duration_minutes.best();
    if stated.is_some_and(|fact| fact.rule.is_given()) {
        return;
    }
    let (Some(start), Some(end)) = (incident.started_at.best(), incident.resolved_at.best()) else {
        return;
    };
    // What the stated length chose is no better measure of it.
    if stated.is_some() && (start.rule == AGREED || end.rule == AGREED) {
        return;
    }
    let passed = start.value.minutes_until(end.value);
    let is_dated = start.value.date.is_some();
    let shift = if is_dated { between_zones(scope, start, end) } else { 0.0 };
    // Names of a place's zone in winter and in summer are mixed up, as PST and PDT: an hour is no other place.
    let shift = if shift.abs() > 60.0 { shift } else { 0.0 };
    // A text that names one minute for both hardly tells the two ends; an author who gives them does.
    let are_given = start.rule.is_given() && end.rule.is_given();
    let is_length = |&minutes: &f64| minutes > 0.0 || minutes == 0.0 && are_given;
    let Some(minutes) = passed.map(|passed| passed + shift).filter(is_length) else { return };
    let certainty = start.certainty.min(end.certainty);
    let computed = Fact::new(minutes, end.evidence, RuleId::COMPUTED, certainty);
    if stated
        .is_some_and(|fact| fact.certainty > certainty + CLEARLY && differ(fact.value, minutes))
    {
        incident.duration_minutes.follow(computed);
    } else {
        incident.duration_minutes.lead(computed);
    }
}

/// Minutes that clocks of the zones beside two moments differ by: 10:30 UTC to 20:30 KST is an hour.
pub fn between_zones(scope: &Scope<'_>, start: &Fact<Moment>, end: &Fact<Moment>) -> f64 {
    let offset = |fact: &Fact<Moment>| {
        let stamps = scope.all_times().iter().flat_map(|time| [time.first(), time.last()]);
        let mut told = stamps.flatten().filter(|at| scope.span(at.start..at.end) == fact.evidence);
        told.next()?.zone.as_ref()?.offset
    };
    let both = offset(start).zip(offset(end));
    both.map_or(0.0, |(start, end)| f64::from(start) - f64::from(end))
}

/// Whether a stated and a computed length, in minutes, are two different ones.
pub fn differ(stated: f64, computed: f64) -> bool {
    let gap = (stated - computed).abs();
    gap > MINUTES && gap > computed * TOLERANCE
}
