//! The home page and the list of all incidents.

use serde::Serialize;

use crate::index::FiledId;
use crate::index::facet::Facet;
use crate::model::kind::Lang;
use crate::render::view::facet::{ValueRow, breakdown};
use crate::render::view::figure::{self, Figure};
use crate::render::view::list::{PAGE, Pager, pager};
use crate::render::view::page::{Page, site_title};
use crate::render::view::row::{Row, row};
use crate::render::view::streak::{self, StreakView};
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
    /// All promises.
    pub actions: usize,
    /// Promises that are not known to be kept.
    pub open_actions: usize,
    /// Incidents by quarter.
    pub over_time: Option<Figure>,
    /// What came back lately.
    pub streaks: Vec<StreakView>,
    /// The newest incidents.
    pub newest: Vec<Row>,
    /// The most frequent causes.
    pub top_causes: Vec<ValueRow>,
    /// The services with the most incidents, if more than one.
    pub top_services: Vec<ValueRow>,
}

/// So many on the home page.
const NEWEST: usize = 10;
const TOP_CAUSES: usize = 10;
const TOP_SERVICES: usize = 6;
const RETURNS: usize = 5;

/// The home page in a language.
pub fn home(scene: &Scene<'_>, lang: Lang) -> HomeView {
    let archive = scene.archive;
    let strings = scene.theme.strings(lang);
    let actions =
        || archive.leading().flat_map(|id| archive.filed[id].case.incident.actions.iter());
    let top =
        |facet: Facet, most: usize| breakdown(scene, lang, facet, archive.leading(), most, None);
    let leading: Vec<FiledId> = archive.leading().collect();
    let returns = streak::latest(archive.statistics.streaks(), RETURNS);
    // Where it happened once says nothing about where it happens.
    let top_services = top(Facet::Service, TOP_SERVICES).values.into_iter();
    let top_services = top_services.filter(|service| service.count > 1);
    HomeView {
        page: Page::new(scene, lang, "index.html", "home", site_title(scene, lang)),
        incidents: leading.len(),
        causes: archive.facets.values(Facet::Cause).len(),
        services: archive.facets.values(Facet::Service).len(),
        actions: actions().count(),
        open_actions: actions().filter(|action| action.is_open()).count(),
        over_time: figure::over_time(scene, lang, &leading, strings.get("incidents")),
        streaks: returns.map(|streak| streak::view(scene, lang, streak)).collect(),
        newest: leading.iter().take(NEWEST).map(|&id| row(scene, lang, id)).collect(),
        top_causes: top(Facet::Cause, TOP_CAUSES).values,
        top_services: top_services.collect(),
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
    let count = scene.archive.leading().len();
    let rows = scene.archive.leading().skip((number - 1) * PAGE).take(PAGE);
    IncidentsView {
        page: Page::new(scene, lang, &route::incidents(number), "incidents", title),
        count,
        rows: rows.map(|id| row(scene, lang, id)).collect(),
        pager: pager(number, count, usize::MAX, route::incidents),
    }
}

/// The search page.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// The frame.
    pub page: Page,
    /// The folder of everything that the page loads, below the top of the site.
    pub folder: String,
    /// What it loads first: where everything else is.
    pub index: String,
    /// What it says of results and facets, in its language.
    pub names: String,
}

/// The search page in a language.
pub fn search(scene: &Scene<'_>, lang: Lang) -> SearchView {
    let title = scene.theme.strings(lang).get("search").to_owned();
    let page = Page::new(scene, lang, route::SEARCH, "search", title);
    let [index, names] = crate::render::search::first(scene, lang);
    SearchView { page, folder: crate::render::search::INDEX.to_owned(), index, names }
}

/// A page that needs nothing but its frame.
#[derive(Clone, Debug, Serialize)]
pub struct PlainView {
    /// The frame.
    pub page: Page,
}
