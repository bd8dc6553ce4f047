//! A line of a list of incidents.

use serde::Serialize;

use crate::index::FiledId;
use crate::index::facet::Facet;
use crate::model::kind::Lang;
use crate::render::{Scene, route, when};

/// An incident by its title.
#[derive(Clone, Debug, Serialize)]
pub struct TitleLink {
    /// The title, in its own language.
    pub title: String,
    /// The language of the title, where it is not that of the page; else empty.
    pub lang: &'static str,
    /// Below the top of the language of the page.
    pub url: String,
}

/// An incident by its title and its day.
#[derive(Clone, Debug, Serialize)]
pub struct RowLink {
    /// The title, in its own language.
    pub title: String,
    /// The language of the title, where it is not that of the page; else empty.
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
    /// The title, in its own language.
    pub title: String,
    /// The language of the title, where it is not that of the page; else empty.
    pub lang: &'static str,
    /// Below the top of the language of the page.
    pub url: String,
    /// Its day as people write it; empty when unknown.
    pub date: String,
    /// The same for machines; empty unless the day is whole.
    pub day: String,
    /// As people write it; empty when unknown.
    pub duration: String,
    /// Minutes, for sorting.
    pub minutes: Option<i64>,
    /// What severity it is filed under; empty when unknown.
    pub severity: String,
    /// The number of a severity in words, less for worse.
    pub level: Option<u32>,
    /// The names of its causes, in a line.
    pub causes: String,
    /// Its services, in a line.
    pub services: String,
    /// Not yet published elsewhere.
    pub draft: bool,
}

/// A document by its title on a page in `lang`; of twins the one in that language.
pub fn title(scene: &Scene<'_>, lang: Lang, id: FiledId) -> TitleLink {
    let filed = &scene.archive.filed[scene.archive.version(id, lang)];
    let incident = &filed.case.incident;
    TitleLink {
        title: incident.title().to_owned(),
        lang: if incident.lang == lang { "" } else { incident.lang.as_str() },
        url: route::encode(&route::incident(&filed.slug)),
    }
}

/// A document by its title and its day on a page in `lang`.
pub fn link(scene: &Scene<'_>, lang: Lang, id: FiledId) -> RowLink {
    let TitleLink { title, lang: title_lang, url } = title(scene, lang, id);
    let strings = scene.theme.strings(lang);
    let filed = &scene.archive.filed[scene.archive.version(id, lang)];
    let date = filed.case.incident.date.value().copied();
    RowLink {
        title,
        lang: title_lang,
        url,
        date: date.map(|date| when::day(date, strings)).unwrap_or_default(),
        day: date.filter(|date| date.is_whole()).map(|date| date.to_string()).unwrap_or_default(),
    }
}

/// The line of a document on a page in `lang`; of twins the one in that language.
pub fn row(scene: &Scene<'_>, lang: Lang, id: FiledId) -> Row {
    let RowLink { title, lang: title_lang, url, date, day } = link(scene, lang, id);
    let id = scene.archive.version(id, lang);
    let filed = &scene.archive.filed[id];
    let strings = scene.theme.strings(lang);
    let names = |facet: Facet, between: &str| {
        let all = scene.names.all(lang, facet);
        let places = scene.archive.facets.places(facet, id).iter().take(MOST);
        let names: Vec<&str> = places.map(|&place| all[place as usize].name.as_str()).collect();
        names.join(between)
    };
    let minutes = filed.case.incident.duration_minutes.value().copied();
    let severity = names(Facet::Severity, ", ");
    let is_code = severity.contains(|sign: char| sign.is_ascii_digit());
    Row {
        title,
        lang: title_lang,
        url,
        date,
        day,
        duration: minutes.map(|minutes| when::length(minutes, strings)).unwrap_or_default(),
        minutes: minutes.map(|minutes| minutes.round() as i64),
        level: scene.vocab.levels.number(&severity).filter(|_| !is_code),
        severity,
        causes: names(Facet::Cause, " · "),
        services: names(Facet::Service, ", "),
        draft: filed.draft,
    }
}

/// A line names at most so many causes and services; the page of the incident names all.
const MOST: usize = 4;
