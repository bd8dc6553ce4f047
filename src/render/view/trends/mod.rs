//! Trends: what keeps happening, how long it takes, what comes back. One page for all incidents and one for each
//! filter, so that filtering needs no script; their number does not grow with the archive. A script combines them.

mod sample;
mod time;
mod length;
mod pairs;
mod returns;
mod rates;

use serde::Serialize;

use crate::index::Archive;
use crate::index::facet::Facet;
use crate::index::statistics::spread::SMALL;
use crate::model::kind::Lang;
use crate::render::view::figure::Figure;
use crate::render::view::list::PAGE;
use crate::render::view::page::Page;
use crate::render::view::trends::sample::Sample;
use crate::render::{Scene, combine, route};

/// A page of trends.
#[derive(Clone, Debug, Serialize)]
pub struct TrendsView {
    /// The frame.
    pub page: Page,
    /// How many incidents it speaks of.
    pub count: usize,
    /// Of how many in all.
    pub all: usize,
    /// Too few to show a trend.
    pub small: bool,
    /// The ways to narrow it down.
    pub filters: Vec<FilterView>,
    /// The same and more to combine, for readers whose browser runs scripts.
    pub selects: Vec<SelectView>,
    /// What the script that combines reads.
    pub source: String,
    /// The incidents that it counts, below the top of the site.
    pub incidents_source: String,
    /// The figures, in parts.
    pub parts: Vec<PartView>,
}

/// A filter to combine with others.
#[derive(Clone, Debug, Serialize)]
pub struct SelectView {
    /// Its name in addresses.
    pub key: &'static str,
    /// What it is called.
    pub name: String,
    /// Its choices besides all.
    pub options: Vec<OptionView>,
}

/// A choice of such a filter.
#[derive(Clone, Debug, Serialize)]
pub struct OptionView {
    /// Its name in addresses.
    pub value: String,
    /// What it is called.
    pub name: String,
    /// It is what this page shows.
    pub current: bool,
}

/// A way to narrow down.
#[derive(Clone, Debug, Serialize)]
pub struct FilterView {
    /// What it is called.
    pub name: String,
    /// The one that this page shows.
    pub current: String,
    /// Its choices.
    pub choices: Vec<ChoiceView>,
}

/// A choice of a filter.
#[derive(Clone, Debug, Serialize)]
pub struct ChoiceView {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub url: String,
    /// It is what this page shows.
    pub current: bool,
}

/// Figures that belong together.
#[derive(Clone, Debug, Serialize)]
pub struct PartView {
    /// Its anchor.
    pub id: &'static str,
    /// What they tell about.
    pub title: String,
    /// The figures.
    pub figures: Vec<Figure>,
}

/// Which incidents a page of trends speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Those with the value at this place of a facet; all of them where there is none.
    pub only: Option<(Facet, u32)>,
    /// Those of so many quarters, counted from the newest; all of them where it is zero.
    pub quarters: i32,
}

/// Periods to choose from, in quarters; zero is all.
const PERIODS: [i32; 3] = [0, 8, 4];
/// What pages are narrowed down by, and by how many values of it.
const FILTERS: [(Facet, usize); 3] =
    [(Facet::Group, usize::MAX), (Facet::Service, 12), (Facet::Language, 2)];

/// All pages of trends of an archive.
pub fn scopes(archive: &Archive) -> Vec<Scope> {
    if archive.leading().len() < SMALL {
        return vec![Scope { only: None, quarters: 0 }];
    }
    let mut scopes = PERIODS.map(|quarters| Scope { only: None, quarters }).to_vec();
    for (facet, most) in FILTERS {
        let of = places(archive, facet, most);
        scopes.extend(of.map(|place| Scope { only: Some((facet, place)), quarters: 0 }));
    }
    scopes
}

/// Values of a facet that can be chosen: those with enough incidents.
fn places(archive: &Archive, facet: Facet, most: usize) -> impl Iterator<Item = u32> {
    let values = archive.facets.values(facet).iter().zip(0..);
    values.filter(|(value, _)| value.filed.len() >= SMALL).map(|(_, place)| place).take(most)
}

/// The address of a page of trends.
pub fn address(archive: &Archive, scope: Scope) -> String {
    let only = scope.only.map(|(facet, place)| {
        (facet.as_str(), archive.facets.values(facet)[place as usize].slug.as_str())
    });
    route::trends(only, scope.quarters)
}

/// A page of trends in a language.
pub fn trends(scene: &Scene<'_>, lang: Lang, scope: Scope) -> TrendsView {
    let strings = scene.theme.strings(lang);
    let sample = Sample::of(scene, lang, scope);
    let name = scope.only.map(|(facet, place)| scene.names.link(lang, facet, place).name);
    let title = match name {
        Some(name) => strings.fill("trends_of", &[("a", &name)]),
        None => strings.get("trends").to_owned(),
    };
    let mut page = Page::new(scene, lang, &address(scene.archive, scope), "trends", title)
        .about(strings.get("trends_is").to_owned());
    // Search engines need the whole, not each part of it.
    page.noindex = scope != Scope { only: None, quarters: 0 };
    let small = sample.ids.len() < SMALL;
    let all = scene.archive.leading().len();
    let part = |id: &'static str, figures: Vec<Figure>| PartView {
        id,
        title: strings.get(&format!("part_{id}")).to_owned(),
        figures: figures.into_iter().filter(|figure| !figure.rows.is_empty()).collect(),
    };
    let parts = vec![
        part("time", time::figures(&sample)),
        part("returns", returns::figures(&sample)),
        part("together", pairs::figures(&sample)),
        part("lengths", length::figures(&sample)),
        part("rates", rates::figures(&sample)),
    ];
    let [source, incidents_source] = combine::sources(scene, lang);
    TrendsView {
        page,
        count: sample.ids.len(),
        all,
        small,
        filters: if all < SMALL { Vec::new() } else { filters(scene, lang, scope) },
        selects: if all < SMALL { Vec::new() } else { selects(scene, lang, scope) },
        source,
        incidents_source,
        parts: if small {
            Vec::new()
        } else {
            parts.into_iter().filter(|part| !part.figures.is_empty()).collect()
        },
    }
}

fn filters(scene: &Scene<'_>, lang: Lang, scope: Scope) -> Vec<FilterView> {
    let strings = scene.theme.strings(lang);
    let choice = |name: String, other: Scope| ChoiceView {
        name,
        url: route::encode(&address(scene.archive, other)),
        current: other == scope,
    };
    let periods = PERIODS.map(|quarters| {
        let name = strings.get(&format!("period_{quarters}")).to_owned();
        // One filter at a time: whoever wants to combine them runs the script.
        choice(name, Scope { quarters, only: scope.only.filter(|_| quarters == 0) })
    });
    let mut filters = vec![filter(strings.get("period").to_owned(), periods.to_vec())];
    for (facet, most) in FILTERS {
        let all = choice(strings.get("filter_all").to_owned(), Scope { only: None, ..scope });
        let of = places(scene.archive, facet, most).map(|place| {
            let name = scene.names.link(lang, facet, place).name;
            choice(name, Scope { only: Some((facet, place)), quarters: 0 })
        });
        let name = strings.get(&format!("facet_{}", facet.as_str())).to_owned();
        let mut choices: Vec<ChoiceView> = std::iter::once(all).chain(of).collect();
        // Another filter is set: "all" is not what this page shows, but this one is not set either.
        if !choices.iter().any(|choice| choice.current) {
            choices[0].current = scope.only.is_none();
        }
        if choices.len() > 1 {
            filters.push(filter(name, choices));
        }
    }
    filters
}

/// So many values of a facet can be combined: with fewer incidents there is no trend to see.
const COMBINED: usize = 200;

fn selects(scene: &Scene<'_>, lang: Lang, scope: Scope) -> Vec<SelectView> {
    let strings = scene.theme.strings(lang);
    let values = |facet: Facet, least: usize| {
        let values = scene.archive.facets.values(facet).iter().zip(0_u32..);
        let values = values.filter(move |(value, _)| value.filed.len() >= least).take(COMBINED);
        values.map(move |(value, place)| OptionView {
            value: value.slug.clone(),
            name: scene.names.link(lang, facet, place).name,
            current: scope.only == Some((facet, place)),
        })
    };
    let periods = PERIODS.into_iter().filter(|&quarters| quarters > 0).map(|quarters| OptionView {
        value: quarters.to_string(),
        name: strings.get(&format!("period_{quarters}")).to_owned(),
        current: scope.quarters == quarters,
    });
    let select = |key: &'static str, name: &str, options: Vec<OptionView>| SelectView {
        key,
        name: strings.get(name).to_owned(),
        options,
    };
    let selects = [
        select("period", "period", periods.collect()),
        select("year", "year_head", values(Facet::Year, 1).collect()),
        select("group", "group_head", values(Facet::Group, 1).collect()),
        select("cause", "cause_head", values(Facet::Cause, 1).collect()),
        select("service", "service_head", values(Facet::Service, 2).collect()),
        select("language", "language_head", values(Facet::Language, 1).collect()),
    ];
    selects.into_iter().filter(|select| select.options.len() > 1).collect()
}

fn filter(name: String, choices: Vec<ChoiceView>) -> FilterView {
    let current = choices.iter().find(|choice| choice.current);
    FilterView {
        name,
        current: current.map(|choice| choice.name.clone()).unwrap_or_default(),
        choices,
    }
}

/// Where the incidents of a cause stand that have a value of another facet, too: in the list of the cause, narrowed
/// down by the name of the value, where the list is one page and shows it, else on the search page.
fn listed(scene: &Scene<'_>, lang: Lang, cause: u32, other: Facet, place: u32) -> Option<String> {
    let cause = scene.archive.facets.values(Facet::Cause).get(cause as usize)?;
    let is_shown = other == Facet::Service && cause.filed.len() <= PAGE;
    // The search takes several causes for alternatives.
    if is_shown || other == Facet::Cause {
        let word = route::encode(&scene.names.link(lang, other, place).name).replace('+', "%2B");
        let page = route::encode(&route::value(Facet::Cause, &cause.slug, 1));
        return Some(format!("{page}?list={word}#incidents"));
    }
    let columns = &scene.archive.lists(scene.vocab).columns;
    let key = columns.iter().find(|column| column.facet == Some(other))?.name;
    let value = &scene.archive.facets.values(other)[place as usize].slug;
    let (page, cause, value) = (route::SEARCH, route::encode(&cause.slug), route::encode(value));
    Some(format!("{page}?cause={cause}&{key}={value}"))
}
