//! The home page and the list of all incidents.

use serde::Serialize;

use crate::index::facet::Facet;
use crate::model::kind::Lang;
use crate::render::view::facet::{PAGE, Pager, ValueRow, facet, pager};
use crate::render::view::page::Page;
use crate::render::view::row::{Row, row};
use crate::render::{Scene, route};

/// The home page.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// The frame.
    pub page: Page,
    /// How many incidents.
    pub incidents: usize,
    /// How many causes they have.
    pub causes: usize,
    /// How many services they hit.
    pub services: usize,
    /// Promises that are not known to be kept.
    pub open_actions: usize,
    /// All promises.
    pub actions: usize,
    /// The newest incidents.
    pub newest: Vec<Row>,
    /// The most frequent causes.
    pub top_causes: Vec<ValueRow>,
    /// The services with the most incidents.
    pub top_services: Vec<ValueRow>,
    /// Incidents by year, newest first.
    pub years: Vec<ValueRow>,
}

/// So many on the home page.
const NEWEST: usize = 12;
const TOP: usize = 8;

/// The home page in a language.
pub fn home(scene: &Scene<'_>, lang: Lang) -> HomeView {
    let archive = scene.archive;
    let strings = scene.theme.strings(lang);
    let title = scene.site.title.clone().unwrap_or_else(|| strings.get("site_title").to_owned());
    let actions =
        || archive.leading().flat_map(|id| archive.filed[id].case.incident.actions.iter());
    let done = Some(crate::model::action::Status::Done);
    let top = |which: Facet| -> Vec<ValueRow> {
        let mut rows: Vec<ValueRow> =
            facet(scene, lang, which).groups.into_iter().flat_map(|group| group.values).collect();
        if which != Facet::Year {
            rows.sort_by_key(|row| std::cmp::Reverse(row.count));
        }
        rows.truncate(TOP);
        rows
    };
    HomeView {
        page: Page::new(scene, lang, "index.html", "home", title),
        incidents: archive.leading().count(),
        causes: archive.facets.values(Facet::Cause).len(),
        services: archive.facets.values(Facet::Service).len(),
        open_actions: actions().filter(|action| action.status != done).count(),
        actions: actions().count(),
        newest: archive.leading().take(NEWEST).map(|id| row(scene, lang, id)).collect(),
        top_causes: top(Facet::Cause),
        top_services: top(Facet::Service),
        years: top(Facet::Year),
    }
}

/// A page of the list of all incidents.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentsView {
    /// The frame.
    pub page: Page,
    /// How many incidents in all.
    pub count: usize,
    /// A page of them.
    pub rows: Vec<Row>,
    /// Other pages of the list.
    pub pager: Option<Pager>,
}

/// Page `number` of the list of all incidents.
pub fn incidents(scene: &Scene<'_>, lang: Lang, number: usize) -> IncidentsView {
    let title = scene.theme.strings(lang).get("incidents").to_owned();
    let count = scene.archive.leading().count();
    let rows = scene.archive.leading().skip((number - 1) * PAGE).take(PAGE);
    IncidentsView {
        page: Page::new(scene, lang, &route::incidents(number), "incidents", title),
        count,
        rows: rows.map(|id| row(scene, lang, id)).collect(),
        pager: pager(number, count, route::incidents),
    }
}

/// The search page.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// The frame.
    pub page: Page,
    /// The folder of the index, below the top of the site.
    pub index: String,
}

/// The search page in a language.
pub fn search(scene: &Scene<'_>, lang: Lang) -> SearchView {
    let title = scene.theme.strings(lang).get("search").to_owned();
    let page = Page::new(scene, lang, route::search(), "search", title);
    SearchView { page, index: crate::render::search::folder(scene) }
}

/// A page that needs nothing but its frame.
#[derive(Clone, Debug, Serialize)]
pub struct PlainView {
    /// The frame.
    pub page: Page,
}
