//! How an incident went: its moments with their distances from the start, and the drawing to scale.

use serde::Serialize;

use crate::model::fact::Field;
use crate::model::incident::Incident;
use crate::model::when::Moment;
use crate::render::chart::incident::Course;
use crate::render::strings::Strings;
use crate::render::view::incident::ValueView;
use crate::render::when;

/// How an incident went.
#[derive(Clone, Debug, Serialize)]
pub struct CourseView {
    /// The drawing; empty where the text gives fewer than two moments that differ.
    pub svg: String,
    /// Start, detection, mitigation and end, those that are known.
    pub moments: Vec<MomentView>,
}

/// One moment.
#[derive(Clone, Debug, Serialize)]
pub struct MomentView {
    /// `start`, `detection`, `mitigation`, `resolution`.
    pub key: &'static str,
    /// What it is called.
    pub name: String,
    /// When, with its evidence.
    pub value: ValueView,
    /// How long after the start; empty for the start itself and where it is not known.
    pub after: String,
}

/// The course of an incident; `tell` gives a moment its evidence.
pub fn course(
    incident: &Incident,
    strings: &Strings,
    tell: impl Fn(&Field<Moment>, String) -> Option<ValueView>,
) -> Option<CourseView> {
    let fields = [
        ("start", "fact_started", &incident.started_at),
        ("detection", "fact_detected", &incident.detected_at),
        ("mitigation", "fact_mitigated", &incident.mitigated_at),
        ("resolution", "fact_resolved", &incident.resolved_at),
    ];
    let origin = fields.iter().find_map(|(_, _, field)| field.value().copied())?;
    let start = incident.started_at.value().copied();
    let day = incident.date.value().copied();
    let moments = fields.iter().filter_map(|(key, name, field)| {
        let moment = *field.value()?;
        // The day stands in the heading of the page: here only where it is another one.
        let shown = match moment.clock {
            Some(_) if moment.date == day => Moment { date: None, ..moment },
            _ => moment,
        };
        let after = start.filter(|_| *key != "start").and_then(|start| start.minutes_near(moment));
        Some(MomentView {
            key,
            name: strings.get(name).to_owned(),
            value: tell(field, when::moment(shown, strings))?,
            after: after
                // It may be noticed at once; where it ended in the minute in which it began no length is known.
                .filter(|&minutes| minutes > 0.0 || minutes == 0.0 && *key == "detection")
                .map(|minutes| {
                    strings.fill("after_start", &[("a", &when::length(minutes, strings))])
                })
                .unwrap_or_default(),
        })
    });
    let moments: Vec<MomentView> = moments.collect();
    let svg = drawing(incident, origin).draw().unwrap_or_default();
    Some(CourseView { svg, moments })
}

fn drawing(incident: &Incident, origin: Moment) -> Course {
    let place = |field: &Field<Moment>| origin.minutes_near(*field.value()?);
    let start = place(&incident.started_at);
    let length = incident.duration_minutes.value().copied();
    Course {
        start,
        detection: place(&incident.detected_at),
        mitigation: place(&incident.mitigated_at),
        resolution: place(&incident.resolved_at).or_else(|| Some(start? + length?)),
        entries: incident
            .timeline
            .iter()
            .filter_map(|entry| origin.minutes_near(entry.at))
            .collect(),
    }
}
