//! Which places of a text are evidence, and which anchor each has on the page.

use crate::base::span::Span;
use crate::index::Filed;
use crate::model::fact::Field;
use crate::render::body::{Mark, Rendered};

/// The evidence of a document: places with anchors, and which anchor a place has.
pub struct Evidence {
    places: Vec<Span>,
}

impl Evidence {
    /// The places that the facts were read from; overlapping ones are one.
    pub fn of(filed: &Filed) -> Self {
        let incident = &filed.case.incident;
        let mut spans: Vec<Span> = Vec::new();
        fn best<T>(field: &Field<T>, spans: &mut Vec<Span>) {
            spans.extend(
                field.best().filter(|fact| !fact.rule.is_given()).map(|fact| fact.evidence),
            );
        }
        best(&incident.date, &mut spans);
        best(&incident.started_at, &mut spans);
        best(&incident.detected_at, &mut spans);
        best(&incident.mitigated_at, &mut spans);
        best(&incident.resolved_at, &mut spans);
        best(&incident.time_zone, &mut spans);
        best(&incident.duration_minutes, &mut spans);
        best(&incident.severity, &mut spans);
        best(&incident.affected_percent, &mut spans);
        best(&incident.detection, &mut spans);
        spans.extend(incident.services.iter().map(|fact| fact.evidence));
        spans.extend(incident.resolution.iter().map(|fact| fact.evidence));
        spans.extend(incident.dismissed.iter().map(|fact| fact.evidence));
        spans.extend(incident.root_causes.iter().map(|cause| cause.fact.evidence));
        spans.retain(|span| span.end > span.start && span.file == filed.case.source.id);
        spans.sort();
        let mut places: Vec<Span> = Vec::new();
        for span in spans {
            match places.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => places.push(span),
            }
        }
        Self { places }
    }

    /// The marks for the text.
    pub fn marks(&self) -> Vec<Mark> {
        let numbered = self.places.iter().enumerate();
        numbered.map(|(number, &span)| Mark { span, id: format!("e-{}", number + 1) }).collect()
    }

    /// The anchor of a place in this body.
    pub fn anchor(&self, span: Span, body: &Rendered) -> Option<String> {
        let at = self.places.partition_point(|place| place.end < span.end);
        let found = self.places.get(at).is_some_and(|place| place.contains(span));
        let id = (found && span.end > span.start).then(|| format!("e-{}", at + 1))?;
        body.anchors.get(&id).cloned()
    }
}
