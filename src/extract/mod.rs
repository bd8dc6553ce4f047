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
pub mod duration;
mod impact;
mod resolution;
mod service;
pub mod several;
mod severity;
mod shown;
mod timeline;
mod title;
pub mod translation;

pub mod void;
mod when;
mod zone;

use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::Diagnosed;
use crate::extract::given::Given;
use crate::extract::scope::Scope;
use crate::extract::translation::Translation;
use crate::extract::void::Void;
use crate::model::fact::{Fact, Field, RuleId};
use crate::model::incident::Incident;

/// Reads the facts of a document. What the author said of it elsewhere (`overrides.toml`) wins over
/// front matter, which wins over the text.
pub fn extract(scope: &Scope<'_>, overrides: Option<&Given>) -> Diagnosed<Incident> {
    let vocab = scope.vocab;
    let mut findings = Vec::new();
    let mut incident = Incident::unknown(scope.lang);
    let void = Void::of(scope);
    let left = void.left(scope.document);
    let left = left.as_ref().map(|left| Scope::new(scope.source, left, vocab));
    read(left.as_ref().unwrap_or(scope), &mut incident);
    // A task that is struck out or not ticked is one all the same.
    incident.actions = action::actions(scope, &void.choices);
    void.without_examples(scope, &mut incident.actions);
    if let Some(again) = Translation::of(scope) {
        again.leave_measures(scope, &mut incident.actions);
    }
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
    given::complete(&mut incident);
    settle_due(&mut incident);
    settle_title(scope.source, &mut incident);
    duration::compute(left.as_ref().unwrap_or(scope), &mut incident);
    Diagnosed { value: incident, findings }
}

/// Everything that the text says.
fn read(scope: &Scope<'_>, incident: &mut Incident) {
    incident.title = Field::of(title::titles(scope));
    let mut rows = timeline::rows(scope);
    if let Some(again) = Translation::of(scope) {
        again.leave_entries(&mut rows);
    }
    let mut moments = when::moments(scope, &rows);
    if let (Some(date), Some(row)) = (timeline::entries::first_day(&rows), rows.first()) {
        let span = scope.span(scope.lines[row.line].text.clone());
        moments.days.push(Fact::new(date, span, RuleId("time/timeline"), 0.7));
    }
    let front = scope.document.front.as_ref().map(Given::from);
    moments.days.extend(front.iter().flat_map(|front| front.days(scope.vocab)));
    let posted = front.as_ref().and_then(|front| front.posted_day(scope.vocab));
    moments.days.extend(posted.and_then(|posted| when::told_on(scope, posted)));
    let day = when::best_day(&moments.days).map(|day| {
        let day = when::day_of_month(scope, day);
        let day = day.with_year(when::shown_year(scope, day));
        let day = day.with_year(when::only_year(scope, day));
        day.with_year(front.as_ref().and_then(|front| front.year_of(day, scope.vocab)))
    });
    incident.timeline = timeline::entries::entries(scope, &rows, day);
    when::from_timeline(scope, &rows, &incident.timeline, day, &mut moments);
    if !several::incidents(scope).is_empty() {
        // Several incidents have no end and no length in common.
        moments.resolved.clear();
        moments.lengths.clear();
        moments.ends_or_lengths.clear();
    }
    when::settle(scope, &mut moments, day, incident);
    incident.time_zone = Field::of(zone::zones(scope));
    incident.duration_minutes = duration::stated(moments.lengths);
    incident.severity = Field::of(severity::severities(scope));
    incident.affected_percent = Field::of(impact::shares(scope));
    incident.services = service::services(scope);
    incident.detection = Field::of(detection::detections(scope, &rows));
    incident.resolution = resolution::resolutions(scope, &rows);
    let causes = cause::causes(scope, &rows, incident);
    resolution::mended(scope, &causes.asserted, &mut incident.resolution);
    incident.root_causes = causes.asserted;
    incident.namings = causes.namings;
    incident.dismissed = causes.dismissed;
}

/// Days of promises without a year are of the incident's; a month without one is no day.
fn settle_due(incident: &mut Incident) {
    let date = incident.date.best().map(|date| date.value);
    for action in &mut incident.actions {
        let due = action.due.map(|due| date.map_or(due, |date| action::with_year(due, date)));
        action.due = due.filter(|due| due.year.is_some() || due.day.is_some());
    }
}

/// A title there must be: the file's name, where nothing else is one.
fn settle_title(source: &Source, incident: &mut Incident) {
    if incident.title.best().is_none() {
        let name = source.path.stem().replace(['-', '_'], " ");
        incident.title.lead(Fact::new(name, Span::start_of(source.id), RuleId::FILE_NAME, 0.1));
    }
}
