//! The page of one value of a facet: a cause, a service, a year and so on.

use serde::Serialize;

use crate::index::FiledId;
use crate::index::facet::Facet;
use crate::index::statistics::spread::Spread;
use crate::model::action::Theme;
use crate::model::kind::Lang;
use crate::render::view::facet::{Breakdown, breakdown};
use crate::render::view::figure::{self, Figure};
use crate::render::view::list::{MOST_PAGES, PAGE, Pager, pager};
use crate::render::view::names::{self, Link, meaning};
use crate::render::view::page::Page;
use crate::render::view::row::{Row, row};
use crate::render::view::streak::{self, StreakView};
use crate::render::{Scene, route, when};

/// The page of one value.
#[derive(Clone, Debug, Serialize)]
pub struct ValueView {
    /// The frame.
    pub page: Page,
    /// Which facet.
    pub facet: &'static str,
    /// What the facet is called, and the page that lists it.
    pub parent: Link,
    /// What the value means.
    pub meaning: String,
    /// Its names in other languages.
    pub other_names: Vec<NameView>,
    /// How many incidents.
    pub count: usize,
    /// First and last year.
    pub span: String,
    /// How long its incidents took.
    pub lengths: Option<LengthsView>,
    /// Its incidents by quarter, drawn; nothing on later pages of the list and where all fell in one quarter.
    pub over_time: Option<Figure>,
    /// Where it came back.
    pub streaks: Vec<StreakView>,
    /// What was promised after its incidents.
    pub promised: Vec<PromisedView>,
    /// How its incidents divide by other facets.
    pub breakdowns: Vec<Breakdown>,
    /// Its incidents, a page of them.
    pub rows: Vec<Row>,
    /// Other pages of the list.
    pub pager: Option<Pager>,
}

/// A name in another language.
#[derive(Clone, Debug, Serialize)]
pub struct NameView {
    /// The name.
    pub name: String,
    /// The code of the language.
    pub lang: &'static str,
}

/// How long incidents took.
#[derive(Clone, Debug, Serialize)]
pub struct LengthsView {
    /// Half took at most this.
    pub median: String,
    /// Nine in ten took at most this; empty where too few are known.
    pub p90: String,
    /// Of how many it is known.
    pub known: usize,
}

/// A kind of measure with how often it was promised.
#[derive(Clone, Debug, Serialize)]
pub struct PromisedView {
    /// What kind of measure, and where all of them stand.
    pub link: Link,
    /// How many actions.
    pub count: usize,
    /// Those that are not known to be done.
    pub open: usize,
}

/// How many values a breakdown shows.
const MOST: usize = 6;
/// How many returns are shown.
const RETURNS: usize = 6;

/// The page of the value at a place; `number` counts the pages of its list from 1.
pub fn value(
    scene: &Scene<'_>,
    lang: Lang,
    facet: Facet,
    place: usize,
    number: usize,
) -> ValueView {
    let strings = scene.theme.strings(lang);
    let value = &scene.archive.facets.values(facet)[place];
    let name = scene.names.link(lang, facet, place as u32).name;
    let address = |page: usize| route::value(facet, &value.slug, page);
    let rows = value.filed.iter().skip((number - 1) * PAGE).take(PAGE);
    let meaning = meaning(scene, lang, facet, &value.name);
    let mut page = Page::new(scene, lang, &address(number), facet.as_str(), name.clone());
    if has_feed(facet) {
        page.feed =
            format!("{}{}", page.home, route::encode(&route::value_feed(facet, &value.slug)));
    }
    let is_first = number == 1;
    let parent = strings.get(&format!("facet_{}", facet.as_str())).to_owned();
    ValueView {
        page: page.about(meaning.clone()),
        facet: facet.as_str(),
        parent: Link { name: parent, url: Some(route::facet(facet, 1)) },
        meaning,
        other_names: other_names(scene, lang, facet, place, &name),
        count: value.filed.len(),
        span: span(scene, lang, &value.filed),
        lengths: lengths(scene, lang, &value.filed),
        over_time: is_first.then(|| figure::over_time(scene, lang, &value.filed, &name)).flatten(),
        streaks: if is_first { streaks(scene, lang, facet, place) } else { Vec::new() },
        promised: if is_first { promised(scene, lang, &value.filed) } else { Vec::new() },
        breakdowns: if is_first {
            breakdowns(scene, lang, facet, place, &value.filed)
        } else {
            Vec::new()
        },
        rows: rows.map(|&id| row(scene, lang, id)).collect(),
        pager: pager(number, value.filed.len(), MOST_PAGES, address),
    }
}

/// Facets whose values have feeds of their own.
pub fn has_feed(facet: Facet) -> bool {
    matches!(facet, Facet::Cause | Facet::Group | Facet::Service)
}

fn other_names(
    scene: &Scene<'_>,
    lang: Lang,
    facet: Facet,
    place: usize,
    name: &str,
) -> Vec<NameView> {
    let others = Lang::ALL.iter().filter(|&&other| other != lang);
    others
        .map(|&other| NameView {
            name: scene.names.link(other, facet, place as u32).name,
            lang: other.as_str(),
        })
        .filter(|other| other.name != name)
        .collect()
}

/// From the first year to the last; one year where they are the same.
fn span(scene: &Scene<'_>, lang: Lang, filed: &[FiledId]) -> String {
    let strings = scene.theme.strings(lang);
    let dates =
        filed.iter().filter_map(|&id| scene.archive.filed[id].case.incident.date.value().copied());
    let years = || dates.clone().filter_map(|date| date.year);
    match (years().min(), years().max()) {
        (Some(first), Some(last)) if first != last => {
            strings.fill("span", &[("from", &first), ("to", &last)])
        }
        (Some(year), _) => strings.fill("date_year", &[("year", &year)]),
        _ => String::new(),
    }
}

fn lengths(scene: &Scene<'_>, lang: Lang, filed: &[FiledId]) -> Option<LengthsView> {
    let strings = scene.theme.strings(lang);
    let known = filed.iter().filter_map(|&id| scene.archive.statistics.lines[id].resolve);
    let spread = Spread::of(known.collect())?;
    Some(LengthsView {
        median: when::length(spread.median, strings),
        p90: if spread.is_enough() { when::length(spread.p90, strings) } else { String::new() },
        known: spread.known,
    })
}

fn streaks(scene: &Scene<'_>, lang: Lang, facet: Facet, place: usize) -> Vec<StreakView> {
    let mine = scene.archive.statistics.streaks_of(facet, place as u32).take(RETURNS);
    mine.map(|streak| streak::view(scene, lang, streak)).collect()
}

fn promised(scene: &Scene<'_>, lang: Lang, filed: &[FiledId]) -> Vec<PromisedView> {
    let mut counts = [(0, 0); Theme::ALL.len()];
    for action in filed.iter().flat_map(|&id| &scene.archive.filed[id].case.incident.actions) {
        if let Some(theme) = action.theme {
            let (count, open) = &mut counts[theme as usize];
            *count += 1;
            *open += usize::from(action.is_open());
        }
    }
    let mut promised: Vec<PromisedView> = Theme::ALL
        .iter()
        .zip(counts)
        .filter(|(_, (count, _))| *count > 0)
        .map(|(&theme, (count, open))| PromisedView {
            link: names::theme(scene, lang, Some(theme)),
            count,
            open,
        })
        .collect();
    promised.sort_by_key(|promised| std::cmp::Reverse(promised.count));
    promised.truncate(MOST);
    promised
}

fn breakdowns(
    scene: &Scene<'_>,
    lang: Lang,
    own: Facet,
    place: usize,
    filed: &[FiledId],
) -> Vec<Breakdown> {
    let shown = [Facet::Cause, Facet::Service, Facet::Detection, Facet::Resolution];
    shown
        .into_iter()
        .map(|facet| {
            let except = (facet == own).then_some(place as u32);
            let ids = filed.iter().copied();
            let mut breakdown = breakdown(scene, lang, facet, ids, MOST, except);
            if except.is_some() {
                scene.theme.strings(lang).get("together").clone_into(&mut breakdown.name);
            }
            breakdown
        })
        .filter(|breakdown| !breakdown.values.is_empty())
        .collect()
}
