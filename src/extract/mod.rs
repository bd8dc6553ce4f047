//! Structure becomes facts: rules look at a [`scope::Scope`] and offer readings, then the best is chosen.
//!
//! A rule is a function in a file named after its field. It knows nothing of the others; what one field
//! needs from another (the day of the incident for the times of its timeline) is handed on here.

pub mod time;
pub mod section;
pub mod line;
pub mod sentence;
pub mod scope;
pub mod given;
mod action;
mod cause;
mod detection;
mod impact;
mod resolution;
mod service;
mod severity;
mod timeline;
mod title;
mod when;
mod zone;

use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::Diagnosed;
use crate::extract::given::Given;
use crate::extract::scope::Scope;
use crate::extract::when::Moments;
use crate::model::fact::{Fact, Field, RuleId};
use crate::model::incident::Incident;
use crate::model::when::{Moment, PartialDate};

/// Reads the facts of a document. What the author said of it elsewhere (`overrides.toml`) wins over
/// front matter, which wins over the text.
pub fn extract(scope: &Scope<'_>, overrides: Option<&Given>) -> Diagnosed<Incident> {
    let vocab = scope.vocab;
    let mut findings = Vec::new();
    let mut incident = Incident::unknown(scope.lang);
    read(scope, &mut incident);
    if let Some(front) = &scope.document.front {
        given::apply(
            &Given::from(front),
            RuleId::FRONT_MATTER,
            vocab,
            &mut incident,
            &mut findings,
        );
    }
    if let Some(overrides) = overrides {
        given::apply(overrides, RuleId::OVERRIDE, vocab, &mut incident, &mut findings);
    }
    settle_title(scope.source, &mut incident);
    compute_duration(&mut incident);
    Diagnosed { value: incident, findings }
}

/// Texts are full of lengths of time; only those that are said of the incident count.
const SURE_LENGTH: f32 = 0.6;

/// Everything that the text says.
fn read(scope: &Scope<'_>, incident: &mut Incident) {
    incident.title = Field::of(title::titles(scope));
    let rows = timeline::rows(scope);
    let mut moments = when::moments(scope, &rows);
    let first_row = rows.iter().find_map(|row| row.stamp.as_ref()?.date.or(row.above));
    if let (Some(date), Some(row)) = (first_row, rows.first()) {
        let span = scope.span(scope.lines[row.line].text.clone());
        moments.days.push(Fact::new(date, span, RuleId("time/timeline"), 0.7));
    }
    if let Some(front) = &scope.document.front {
        moments.days.extend(Given::from(front).days(scope.vocab));
    }
    let day = when::best_day(&moments.days).map(|day| day.with_year(when::only_year(scope)));
    incident.timeline = timeline::entries(scope, &rows, day);
    when::from_timeline(scope, &rows, &incident.timeline, day, &mut moments);
    set_moments(scope, &moments, day, incident);
    incident.time_zone = Field::of(zone::zones(scope));
    moments.lengths.retain(|fact| fact.certainty >= SURE_LENGTH);
    incident.duration_minutes = Field::of(moments.lengths);
    incident.severity = Field::of(severity::severities(scope));
    incident.affected_percent = Field::of(impact::shares(scope));
    incident.services = service::services(scope);
    incident.detection = Field::of(detection::detections(scope, &rows));
    incident.resolution = resolution::resolutions(scope, &rows);
    let causes = cause::causes(scope, &rows, &incident.resolution);
    incident.root_causes = causes.asserted;
    incident.namings = causes.namings;
    incident.dismissed = causes.dismissed;
    incident.actions = action::actions(scope);
}

/// The moments, completed by the day of the incident, and the day itself.
fn set_moments(
    scope: &Scope<'_>,
    moments: &Moments,
    day: Option<PartialDate>,
    incident: &mut Incident,
) {
    let complete = |readings: &[when::Reading]| -> Field<Moment> {
        Field::of(
            readings
                .iter()
                .map(|reading| {
                    let moment = when::complete(reading, day);
                    Fact::new(
                        moment,
                        scope.span(reading.range.clone()),
                        reading.rule,
                        reading.certainty,
                    )
                })
                .collect(),
        )
    };
    incident.started_at = complete(&moments.started);
    if incident.started_at.best().is_none()
        && let Some(fact) = when::day_as_start(&moments.days)
    {
        incident.started_at.lead(fact);
    }
    incident.detected_at = complete(&moments.detected);
    incident.mitigated_at = complete(&moments.mitigated);
    incident.resolved_at = complete(&moments.resolved);
    let mut days: Vec<Fact<PartialDate>> = moments.days.clone();
    if let Some(fact) = incident.started_at.best()
        && let Some(date) = fact.value.date
    {
        // What a label, the title or the summary says of the start is the day; a row may come later.
        let certainty = if fact.rule == RuleId("time/timeline") { 0.9 } else { 0.98 };
        days.push(Fact::new(date, fact.evidence, fact.rule, certainty));
    }
    let year = day.and_then(|day| day.year);
    for fact in &mut days {
        fact.value = fact.value.with_year(year);
    }
    incident.date = Field::of(days);
}

/// A title there must be: the file's name, where nothing else is one.
fn settle_title(source: &Source, incident: &mut Incident) {
    if incident.title.best().is_none() {
        let name = source.path.stem().replace(['-', '_'], " ");
        incident.title.lead(Fact::new(name, Span::start_of(source.id), RuleId::FILE_NAME, 0.1));
    }
}

/// The time between the two ends, where both are known, leads over the length that the text states.
fn compute_duration(incident: &mut Incident) {
    if incident.duration_minutes.best().is_some_and(|fact| fact.rule.is_given()) {
        return;
    }
    let (Some(start), Some(end)) = (incident.started_at.best(), incident.resolved_at.best()) else {
        return;
    };
    if let Some(minutes) = start.value.minutes_until(end.value).filter(|&minutes| minutes > 0.0) {
        let certainty = start.certainty.min(end.certainty);
        let fact = Fact::new(minutes, end.evidence, RuleId::COMPUTED, certainty);
        incident.duration_minutes.lead(fact);
    }
}
