//! A line of a list of incidents.

use serde::Serialize;

use crate::index::FiledId;
use crate::index::facet::Facet;
use crate::model::kind::Lang;
use crate::render::view::names::Link;
use crate::render::{Scene, route, when};

/// An incident by its title.
#[derive(Clone, Debug, Serialize)]
pub struct RowLink {
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
}

/// A line of a list of incidents.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Which.
    #[serde(flatten)]
    pub link: RowLink,
    /// As people write it; empty when unknown.
    pub duration: String,
    /// Minutes, for sorting.
    pub minutes: Option<f64>,
    /// What severity it is filed under; empty when unknown.
    pub severity: String,
    /// Its causes.
    pub causes: Vec<Link>,
    /// Its services.
    pub services: Vec<Link>,
    /// Not yet published elsewhere.
    pub draft: bool,
}

/// A document by its title on a page in `lang`; of twins the one in that language.
pub fn link(scene: &Scene<'_>, lang: Lang, id: FiledId) -> RowLink {
    let filed = &scene.archive.filed[scene.archive.version(id, lang)];
    let incident = &filed.case.incident;
    let strings = scene.theme.strings(lang);
    let date = incident.date.value().copied();
    RowLink {
        title: incident.title().to_owned(),
        lang: incident.lang.as_str(),
        url: route::encode(&route::incident(&filed.slug)),
        date: date.map(|date| when::day(date, strings)).unwrap_or_default(),
        day: date.filter(|date| date.is_whole()).map(|date| date.to_string()).unwrap_or_default(),
    }
}

/// The line of a document on a page in `lang`; of twins the one in that language.
pub fn row(scene: &Scene<'_>, lang: Lang, id: FiledId) -> Row {
    let link = link(scene, lang, id);
    let id = scene.archive.version(id, lang);
    let filed = &scene.archive.filed[id];
    let strings = scene.theme.strings(lang);
    let links = |facet: Facet| {
        let places = scene.archive.facets.places(facet, id).iter().take(MOST);
        places.map(|&place| scene.names.link(lang, facet, place)).collect::<Vec<_>>()
    };
    let minutes = filed.case.incident.duration_minutes.value().copied();
    Row {
        link,
        duration: minutes.map(|minutes| when::length(minutes, strings)).unwrap_or_default(),
        minutes,
        severity: links(Facet::Severity).pop().map(|link| link.name).unwrap_or_default(),
        causes: links(Facet::Cause),
        services: links(Facet::Service),
        draft: filed.draft,
    }
}

/// A line names at most so many causes and services; the page of the incident names all.
const MOST: usize = 4;
