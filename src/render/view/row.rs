//! A line of a list of incidents.

use serde::Serialize;

use crate::index::FiledId;
use crate::index::facet::{Facet, names};
use crate::model::kind::Lang;
use crate::render::view::names::{Link, link};
use crate::render::{Scene, route, when};

/// A line of a list of incidents.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The title, in its own language.
    pub title: String,
    /// The language of the title.
    pub lang: &'static str,
    /// Below the top of the language of the page.
    pub url: String,
    /// As people write it; empty when unknown.
    pub date: String,
    /// For machines; empty unless the day is whole.
    pub day: String,
    /// As people write it; empty when unknown.
    pub duration: String,
    /// For sorting.
    pub minutes: Option<f64>,
    /// As written.
    pub severity: Option<String>,
    /// Its causes.
    pub causes: Vec<Link>,
    /// Its services.
    pub services: Vec<Link>,
    /// Not yet published elsewhere.
    pub draft: bool,
}

/// The line of a document on a page in `lang`; of twins the one in that language.
pub fn row(scene: &Scene<'_>, lang: Lang, id: FiledId) -> Row {
    let id = scene.archive.version(id, lang);
    let filed = &scene.archive.filed[id];
    let incident = &filed.case.incident;
    let strings = scene.theme.strings(lang);
    let links = |facet: Facet| {
        let values = names(facet, incident, scene.vocab);
        values.iter().map(|value| link(scene, lang, facet, value)).collect()
    };
    let date = incident.date.value().copied();
    Row {
        title: incident.title().to_owned(),
        lang: incident.lang.as_str(),
        url: route::encode(&route::incident(&filed.slug)),
        date: date.map(|date| when::date(date, strings)).unwrap_or_default(),
        day: date.filter(|date| date.is_whole()).map(|date| date.to_string()).unwrap_or_default(),
        duration: incident
            .duration_minutes
            .value()
            .map(|&minutes| when::length(minutes, strings))
            .unwrap_or_default(),
        minutes: incident.duration_minutes.value().copied(),
        severity: incident.severity.value().cloned(),
        causes: links(Facet::Cause),
        services: links(Facet::Service),
        draft: filed.draft,
    }
}
