//! The pages that list the values of a facet.

use serde::Serialize;

use crate::index::FiledId;
use crate::index::facet::Facet;
use crate::index::statistics::counts::tally;
use crate::index::statistics::series::{Window, buckets};
use crate::model::kind::Lang;
use crate::render::chart::inline;
use crate::render::view::list::{PAGE, Pager, pager};
use crate::render::view::names::{Link, link, meaning};
use crate::render::view::page::Page;
use crate::render::{Scene, route, when};

/// A page that lists the values of a facet.
#[derive(Clone, Debug, Serialize)]
pub struct FacetView {
    /// The frame.
    pub page: Page,
    /// Its values, in groups where it has any.
    pub groups: Vec<GroupView>,
    /// Incidents of which the facet is known.
    pub known: usize,
    /// All incidents.
    pub all: usize,
    /// How many values there are.
    pub count: usize,
    /// Which facet.
    pub facet: &'static str,
    /// The quarters that the small charts reach over; empty where there are none.
    pub quarters: String,
    /// Other pages of the list.
    pub pager: Option<Pager>,
}

/// Values that belong together.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// What they have in common, and its page; the name is empty where a facet has no groups.
    pub link: Link,
    /// The values.
    pub values: Vec<ValueRow>,
}

/// A value with its count.
#[derive(Clone, Debug, Serialize)]
pub struct ValueRow {
    /// What it is called, and its page.
    #[serde(flatten)]
    pub link: Link,
    /// What it means.
    pub meaning: String,
    /// How many incidents.
    pub count: usize,
    /// Their share of the largest value as a bar.
    pub bar: String,
    /// Its incidents by quarter, drawn; empty where the days are not known.
    pub spark: String,
    /// The day of the newest.
    pub newest: String,
}

/// A page that lists the values of a facet; pages are counted from 1.
pub fn facet(scene: &Scene<'_>, lang: Lang, facet: Facet, number: usize) -> FacetView {
    let archive = scene.archive;
    let strings = scene.theme.strings(lang);
    let title = strings.get(&format!("facet_{}", facet.as_str())).to_owned();
    let address = |page: usize| route::facet(facet, page);
    let values = archive.facets.values(facet);
    let largest = values.iter().map(|value| value.filed.len()).max().unwrap_or(1);
    let window = Window::of(&archive.statistics, archive.leading());
    let row = |place: usize| value_row(scene, lang, facet, place, largest, window);
    let all = archive.leading().len();
    let groups = if facet == Facet::Cause {
        by_group(scene, lang, row)
    } else {
        let mine = (0..values.len()).skip((number - 1) * PAGE).take(PAGE);
        let link = Link { name: String::new(), url: None };
        vec![GroupView { link, values: mine.map(row).collect() }]
    };
    let quarters = window.map(|window| when::window(window, strings));
    FacetView {
        page: Page::new(scene, lang, &address(number), facet.as_str(), title)
            .about(strings.get(&format!("facet_{}_is", facet.as_str())).to_owned()),
        groups,
        known: all - archive.facets.unknown(facet).len(),
        all,
        count: values.len(),
        facet: facet.as_str(),
        quarters: quarters.unwrap_or_default(),
        pager: pager(number, pages_length(facet, values.len()), usize::MAX, address),
    }
}

/// How long the list of a facet is for its pager: causes stand on one page, below their groups.
pub fn pages_length(facet: Facet, values: usize) -> usize {
    if facet == Facet::Cause { 0 } else { values }
}

/// Causes below their groups, the groups in the order of the taxonomy, then those that have none.
fn by_group(scene: &Scene<'_>, lang: Lang, row: impl Fn(usize) -> ValueRow) -> Vec<GroupView> {
    let groups = scene.vocab.taxonomy.groups();
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); groups.len() + 1];
    for (place, value) in scene.archive.facets.values(Facet::Cause).iter().enumerate() {
        let group =
            scene.vocab.taxonomy.get(&value.name).map(|concept| concept.group.get_ref().as_str());
        let at = groups.iter().position(|known| Some(known.id.as_str()) == group);
        places[at.unwrap_or(groups.len())].push(place);
    }
    let links = groups.iter().map(|group| link(scene, lang, Facet::Group, &group.id));
    let other = scene.theme.strings(lang).get("group_other").to_owned();
    links
        .chain([Link { name: other, url: None }])
        .zip(places)
        .filter(|(_, places)| !places.is_empty())
        .map(|(link, places)| GroupView { link, values: places.into_iter().map(&row).collect() })
        .collect()
}

/// The value at a place of a facet as a line of a list.
fn value_row(
    scene: &Scene<'_>,
    lang: Lang,
    facet: Facet,
    place: usize,
    largest: usize,
    window: Option<Window>,
) -> ValueRow {
    let archive = scene.archive;
    let value = &archive.facets.values(facet)[place];
    let newest =
        value.filed.iter().find_map(|&id| archive.filed[id].case.incident.date.value().copied());
    let spark = window.filter(|window| window.length > 1).map(|window| {
        let buckets = buckets(&archive.statistics, window, value.filed.iter().copied());
        let counts: Vec<usize> = buckets.iter().map(|bucket| bucket.incidents).collect();
        let most = counts.iter().copied().max().unwrap_or(1);
        inline::spark(&counts, most.max(4))
    });
    ValueRow {
        link: scene.names.link(lang, facet, place as u32),
        meaning: meaning(scene, lang, facet, &value.name),
        count: value.filed.len(),
        bar: inline::bar(value.filed.len() * 100 / largest.max(1)),
        spark: spark.unwrap_or_default(),
        newest: newest.map(|date| when::day(date, scene.theme.strings(lang))).unwrap_or_default(),
    }
}

/// How incidents divide by a facet.
#[derive(Clone, Debug, Serialize)]
pub struct Breakdown {
    /// What the facet is called.
    pub name: String,
    /// The values, most frequent first.
    pub values: Vec<ValueRow>,
    /// Of how many incidents it is known.
    pub known: usize,
}

/// The most frequent values of a facet among some incidents, at most `most`, without the one at `except`.
pub fn breakdown(
    scene: &Scene<'_>,
    lang: Lang,
    facet: Facet,
    ids: impl Iterator<Item = FiledId>,
    most: usize,
    except: Option<u32>,
) -> Breakdown {
    let (mut counts, known) = tally(scene.archive, facet, ids);
    counts.retain(|(place, _)| Some(*place) != except);
    counts.truncate(most);
    let largest = counts.first().map_or(1, |(_, count)| *count);
    let values = counts.into_iter().map(|(place, count)| ValueRow {
        link: scene.names.link(lang, facet, place),
        meaning: String::new(),
        count,
        bar: inline::bar(count * 100 / largest),
        spark: String::new(),
        newest: String::new(),
    });
    let name = scene.theme.strings(lang).get(&format!("facet_{}", facet.as_str())).to_owned();
    Breakdown { name, values: values.collect(), known }
}
