//! What the page of a document tells of others, and where it stands among them. With the document by itself, settings,
//! words and templates this is all that the page is made from: whoever knows all of them knows the page.

use serde::Serialize;

use crate::index::FiledId;
use crate::index::facet::Facet;
use crate::index::related::Related;
use crate::model::incident::Incident;
use crate::model::kind::Lang;
use crate::render::view::incident::{RelatedView, TwinView, related};
use crate::render::view::names::{self, Link};
use crate::render::view::row::{self, TitleLink};
use crate::render::{Scene, route};

/// What a page in a language tells of others.
#[derive(Serialize)]
pub(in crate::render) struct Around {
    pub(super) slug: String,
    pub(super) draft: bool,
    /// The pages of the values of its facts.
    links: Vec<(Facet, String, Link)>,
    pub(super) related: Vec<RelatedView>,
    pub(super) newer: Option<TitleLink>,
    pub(super) older: Option<TitleLink>,
    pub(super) twin: Option<TwinView>,
}

impl Around {
    /// What stands around a document.
    pub(in crate::render) fn of(
        scene: &Scene<'_>,
        lang: Lang,
        id: FiledId,
        related: &[Related],
    ) -> Self {
        let filed = &scene.archive.filed[id];
        let links = values(&filed.case.incident).map(|(facet, value)| {
            let link = names::link(scene, lang, facet, value);
            (facet, value.to_owned(), link)
        });
        let (newer, older) = scene.archive.neighbours(id);
        Self {
            slug: filed.slug.clone(),
            draft: filed.draft,
            links: links.collect(),
            related: related.iter().map(|related| related::view(scene, lang, related)).collect(),
            newer: newer.map(|id| row::title(scene, lang, id)),
            older: older.map(|id| row::title(scene, lang, id)),
            twin: filed.twin.map(|twin| self::twin(scene, twin)),
        }
    }

    /// The page of a value of a fact.
    pub(super) fn link(&self, facet: Facet, value: &str) -> Link {
        let mut links = self.links.iter();
        let found = links.find(|(of, name, _)| *of == facet && name == value);
        let unknown = || Link { name: value.to_owned(), url: None };
        found.map_or_else(unknown, |(_, _, link)| link.clone())
    }
}

/// The values of facts that may have pages.
fn values(incident: &Incident) -> impl Iterator<Item = (Facet, &str)> {
    let causes = incident.root_causes.iter().map(|cause| &cause.fact).chain(&incident.dismissed);
    let causes = causes.map(|fact| (Facet::Cause, fact.value.as_str()));
    let severity = incident.severity.value().map(|value| (Facet::Severity, value.as_str()));
    let services = incident.services.iter().map(|fact| (Facet::Service, fact.value.as_str()));
    let detection = incident.detection.value().map(|kind| (Facet::Detection, kind.as_str()));
    let resolution = incident.resolution.iter();
    let resolution = resolution.map(|fact| (Facet::Resolution, fact.value.as_str()));
    causes.chain(severity).chain(services).chain(detection).chain(resolution)
}

fn twin(scene: &Scene<'_>, id: FiledId) -> TwinView {
    let twin = &scene.archive.filed[id];
    let lang = twin.case.incident.lang;
    TwinView {
        text: scene.theme.strings(lang).get("twin").to_owned(),
        lang: lang.as_str(),
        url: route::encode(&route::incident(&twin.slug)),
    }
}
