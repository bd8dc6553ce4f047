//! What all targets stand on: the words, loaded once, a text as a source, and what must hold of places.

use std::sync::{Arc, OnceLock};

use pmsite::base::path::RelPath;
use pmsite::base::source::Source;
use pmsite::base::span::{FileId, Span};
use pmsite::case::Case;
use pmsite::vocab::Vocabulary;

/// The built-in words.
pub fn vocabulary() -> &'static Vocabulary {
    static WORDS: OnceLock<Vocabulary> = OnceLock::new();
    WORDS.get_or_init(|| Vocabulary::load(&[]).value)
}

/// A document of this text.
pub fn source(text: &str) -> Source {
    Source { id: FileId(0), path: RelPath::known("a.md"), text: Arc::from(text) }
}

/// Stops unless a place of a text lies inside of it and between letters.
pub fn inside(source: &Source, span: Span) {
    if span.file == source.id {
        assert!(source.text.get(span.range()).is_some(), "{span:?}");
    }
}

/// Stops unless every place of a document lies inside of its text.
pub fn holds(case: &Case) {
    let incident = &case.incident;
    let mut spans: Vec<Span> = Vec::new();
    for finding in &case.findings {
        spans.push(finding.span);
        spans.extend(finding.also);
    }
    spans.extend(incident.title.readings().iter().map(|fact| fact.evidence));
    spans.extend(incident.date.readings().iter().map(|fact| fact.evidence));
    for field in
        [&incident.started_at, &incident.detected_at, &incident.mitigated_at, &incident.resolved_at]
    {
        spans.extend(field.readings().iter().map(|fact| fact.evidence));
    }
    spans.extend(incident.services.iter().map(|fact| fact.evidence));
    for cause in &incident.root_causes {
        spans.push(cause.fact.evidence);
        spans.extend(cause.more.iter().copied());
    }
    spans.extend(incident.dismissed.iter().map(|fact| fact.evidence));
    spans.extend(incident.timeline.iter().map(|entry| entry.span));
    spans.extend(incident.actions.iter().map(|action| action.span));
    for span in spans {
        inside(&case.source, span);
    }
    let Some(visible) = &case.visible else { return };
    for heading in &visible.headings {
        assert!(visible.text.get(heading.start as usize..heading.end as usize).is_some());
    }
}
