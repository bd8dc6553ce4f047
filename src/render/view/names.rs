//! Names of facet values in the words of a language: no page shows a bare id where a name exists.

use serde::Serialize;

use crate::index::facet::Facet;
use crate::model::kind::Lang;
use crate::render::{Scene, route};

/// A name that leads to a page.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// What it is called.
    pub name: String,
    /// Below the top of its language; nothing where there is no such page.
    pub url: Option<String>,
}

/// What a value of a facet is called.
pub fn name(scene: &Scene<'_>, lang: Lang, facet: Facet, value: &str) -> String {
    let strings = scene.theme.strings(lang);
    let known = |prefix: &str| {
        let key = format!("{prefix}_{}", value.replace('-', "_"));
        strings.texts().get(&key).cloned().unwrap_or_else(|| value.to_owned())
    };
    match facet {
        Facet::Cause => match scene.vocab.taxonomy.get(value) {
            Some(concept) if lang == Lang::Ko => concept.ko.clone(),
            Some(concept) => concept.en.clone(),
            None => value.to_owned(),
        },
        Facet::Group => {
            let group = scene.vocab.taxonomy.groups().iter().find(|group| group.id == value);
            match group {
                Some(group) if lang == Lang::Ko => group.ko.clone(),
                Some(group) => group.en.clone(),
                None => value.to_owned(),
            }
        }
        Facet::Detection => known("detection"),
        Facet::Resolution => known("resolution"),
        Facet::Language => known("language"),
        Facet::Service | Facet::Severity | Facet::Year => value.to_owned(),
    }
}

/// What a value of a facet means, in a sentence or two; empty where the name says it all.
pub fn meaning(scene: &Scene<'_>, lang: Lang, facet: Facet, value: &str) -> String {
    let pick = |en: &str, ko: &str| {
        if lang == Lang::Ko && !ko.is_empty() { ko.to_owned() } else { en.to_owned() }
    };
    match facet {
        Facet::Cause => scene
            .vocab
            .taxonomy
            .get(value)
            .map(|concept| pick(&concept.is, &concept.is_ko))
            .unwrap_or_default(),
        Facet::Group => {
            let group = scene.vocab.taxonomy.groups().iter().find(|group| group.id == value);
            group.map(|group| pick(&group.is, &group.is_ko)).unwrap_or_default()
        }
        Facet::Detection | Facet::Resolution => {
            let prefix = if facet == Facet::Detection { "detection" } else { "resolution" };
            let key = format!("{prefix}_{}_is", value.replace('-', "_"));
            scene.theme.strings(lang).texts().get(&key).cloned().unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// A value of a facet as a link to its page, which exists where some leading document has it.
pub fn link(scene: &Scene<'_>, lang: Lang, facet: Facet, value: &str) -> Link {
    let slug = crate::base::path::slug(value);
    let exists = scene.archive.facets.value(facet, &slug).is_some();
    Link {
        name: name(scene, lang, facet, value),
        url: exists.then(|| route::encode(&route::value(facet, &slug, 1))),
    }
}
