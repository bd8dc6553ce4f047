//! Names of facet values in the words of a language, with their pages: no page shows a bare id where a name
//! exists. Made once; pages look them up by place.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::path::slug;
use crate::index::Archive;
use crate::index::facet::Facet;
use crate::model::action;
use crate::model::kind::Lang;
use crate::render::theme::Theme;
use crate::render::view::actions;
use crate::render::{Scene, route};
use crate::vocab::Vocabulary;

/// A name that leads to a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// What it is called.
    pub name: String,
    /// Below the top of its language; nothing where there is no such page.
    pub url: Option<String>,
}

/// The names of all values of all facets, in every language.
pub struct Names {
    links: BTreeMap<(Lang, Facet), Vec<Link>>,
}

impl Names {
    /// Names the values of an archive.
    pub fn of(archive: &Archive, theme: &Theme, vocab: &Vocabulary) -> Self {
        let mut links = BTreeMap::new();
        for &lang in Lang::ALL {
            for &facet in Facet::ALL {
                let values = archive.facets.values(facet).iter();
                let link = values.map(|value| Link {
                    name: name(theme, vocab, lang, facet, &value.name),
                    url: has_pages(facet)
                        .then(|| route::encode(&route::value(facet, &value.slug, 1))),
                });
                links.insert((lang, facet), link.collect());
            }
        }
        Self { links }
    }

    /// All names of a facet, in its order.
    pub fn all(&self, lang: Lang, facet: Facet) -> &[Link] {
        self.links.get(&(lang, facet)).map_or(&[], Vec::as_slice)
    }

    /// The name of the value at a place.
    pub fn link(&self, lang: Lang, facet: Facet, place: u32) -> Link {
        self.all(lang, facet)[place as usize].clone()
    }
}

/// Facets whose values have pages of their own. The language of a document is a facet of search only.
pub fn has_pages(facet: Facet) -> bool {
    facet != Facet::Language
}

/// What a value of a facet is called.
pub fn name(theme: &Theme, vocab: &Vocabulary, lang: Lang, facet: Facet, value: &str) -> String {
    let known = |prefix: &str| {
        let key = format!("{prefix}_{}", value.replace('-', "_"));
        theme.strings(lang).texts().get(&key).cloned().unwrap_or_else(|| value.to_owned())
    };
    match facet {
        Facet::Cause => {
            vocab.taxonomy.get(value).map_or(value, |concept| concept.name(lang)).to_owned()
        }
        Facet::Group => {
            vocab.taxonomy.group(value).map_or(value, |group| group.name(lang)).to_owned()
        }
        Facet::Detection => known("detection"),
        Facet::Resolution => known("resolution"),
        Facet::Language => known("language"),
        Facet::Service | Facet::Severity | Facet::Year => value.to_owned(),
    }
}

/// What a value of a facet means, in a sentence or two; empty where the name says it all.
pub fn meaning(scene: &Scene<'_>, lang: Lang, facet: Facet, value: &str) -> String {
    let taxonomy = &scene.vocab.taxonomy;
    let said = |kind: &str| {
        let key = format!("{kind}_{}_is", value.replace('-', "_"));
        scene.theme.strings(lang).texts().get(&key).map(String::as_str)
    };
    let meaning = match facet {
        Facet::Cause => taxonomy.get(value).map(|concept| concept.meaning(lang)),
        Facet::Group => taxonomy.group(value).map(|group| group.meaning(lang)),
        Facet::Detection | Facet::Resolution => said(facet.as_str()),
        _ => None,
    };
    meaning.unwrap_or_default().to_owned()
}

/// A kind of measure, and the page of all that was promised of it; `None` for actions of no known kind.
pub fn theme(scene: &Scene<'_>, lang: Lang, theme: Option<action::Theme>) -> Link {
    let key = actions::key(theme);
    let name =
        scene.theme.strings(lang).get(&format!("theme_{}", key.replace('-', "_"))).to_owned();
    Link { name, url: Some(route::actions(key, 1)) }
}

/// A value by its name, as a document writes it: with its page where some leading document has it too.
pub fn link(scene: &Scene<'_>, lang: Lang, facet: Facet, value: &str) -> Link {
    match scene.archive.facets.place(facet, &slug(value)) {
        Some(place) => scene.names.link(lang, facet, place as u32),
        None => Link { name: name(scene.theme, scene.vocab, lang, facet, value), url: None },
    }
}
