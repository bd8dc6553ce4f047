//! The pages of facets: the list of values, and the page of one value with its incidents.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::FiledId;
use crate::index::facet::{Facet, Value, names as names_of};
use crate::model::kind::Lang;
use crate::render::view::names::{self, link};
use crate::render::view::page::Page;
use crate::render::view::row::{Row, row};
use crate::render::{Scene, route, when};

/// The page that lists the values of a facet.
#[derive(Clone, Debug, Serialize)]
pub struct FacetView {
    /// The frame.
    pub page: Page,
    /// Its values, in groups where it has any.
    pub groups: Vec<GroupView>,
    /// Incidents of which the facet is known, and all.
    pub known: usize,
    /// All incidents.
    pub all: usize,
    /// Which facet.
    pub facet: &'static str,
}

/// Values that belong together.
#[derive(Clone, Debug, Serialize)]
pub struct GroupView {
    /// What they have in common; empty where a facet has no groups.
    pub name: String,
    /// The page of the group.
    pub url: Option<String>,
    /// The values.
    pub values: Vec<ValueRow>,
}

/// A value with its count.
#[derive(Clone, Debug, Serialize)]
pub struct ValueRow {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub url: Option<String>,
    /// What it means.
    pub meaning: String,
    /// How many incidents.
    pub count: usize,
    /// Their share of the largest value, for a bar, in per cent.
    pub share: usize,
    /// The day of the newest.
    pub newest: String,
}

/// The page of one value.
#[derive(Clone, Debug, Serialize)]
pub struct ValueView {
    /// The frame.
    pub page: Page,
    /// Which facet.
    pub facet: &'static str,
    /// What the facet is called.
    pub facet_name: String,
    /// The page that lists the facet.
    pub facet_url: String,
    /// What the value means.
    pub meaning: String,
    /// Its names in other languages.
    pub other_names: Vec<String>,
    /// How many incidents.
    pub count: usize,
    /// First and last day.
    pub span: String,
    /// The middle of their lengths, with the number of those known.
    pub median: Option<MedianView>,
    /// How its incidents divide by other facets.
    pub breakdowns: Vec<Breakdown>,
    /// Its incidents, a page of them.
    pub rows: Vec<Row>,
    /// Other pages of the list.
    pub pager: Option<Pager>,
    /// Its own feed.
    pub feed: Option<String>,
}

/// The middle of lengths.
#[derive(Clone, Debug, Serialize)]
pub struct MedianView {
    /// As people write it.
    pub text: String,
    /// Of how many.
    pub known: usize,
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

/// Other pages of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub number: usize,
    /// How many pages.
    pub of: usize,
    /// The page before.
    pub before: Option<String>,
    /// The page after.
    pub after: Option<String>,
}

/// Lists longer than this go on on another page.
pub const PAGE: usize = 100;

/// The pager of page `number` (from 1) of a list, or none when the list fits on one.
pub fn pager(number: usize, length: usize, address: impl Fn(usize) -> String) -> Option<Pager> {
    let of = length.div_ceil(PAGE).max(1);
    (of > 1).then(|| Pager {
        number,
        of,
        before: (number > 1).then(|| route::encode(&address(number - 1))),
        after: (number < of).then(|| route::encode(&address(number + 1))),
    })
}

/// The page that lists the values of a facet.
pub fn facet(scene: &Scene<'_>, lang: Lang, facet: Facet) -> FacetView {
    let strings = scene.theme.strings(lang);
    let title = strings.get(&format!("facet_{}", facet.as_str())).to_owned();
    let values = scene.archive.facets.values(facet);
    let largest = values.iter().map(|value| value.filed.len()).max().unwrap_or(1);
    let row = |value: &Value| value_row(scene, lang, facet, value, largest);
    let all = scene.archive.leading().count();
    let groups = if facet == Facet::Cause {
        by_group(scene, lang, values, row)
    } else {
        vec![GroupView { name: String::new(), url: None, values: values.iter().map(row).collect() }]
    };
    FacetView {
        page: Page::new(scene, lang, &route::facet(facet), facet.as_str(), title),
        groups,
        known: all - scene.archive.facets.unknown(facet).len(),
        all,
        facet: facet.as_str(),
    }
}

/// Causes below their groups, the groups in the order of the taxonomy.
fn by_group(
    scene: &Scene<'_>,
    lang: Lang,
    values: &[Value],
    row: impl Fn(&Value) -> ValueRow,
) -> Vec<GroupView> {
    let group_of =
        |value: &Value| scene.vocab.taxonomy.get(&value.name).map(|concept| concept.group.clone());
    let groups = scene.vocab.taxonomy.groups().iter().map(|group| {
        let link = link(scene, lang, Facet::Group, &group.id);
        let mine =
            values.iter().filter(|value| group_of(value).as_deref() == Some(group.id.as_str()));
        GroupView { name: link.name, url: link.url, values: mine.map(&row).collect() }
    });
    groups.filter(|group| !group.values.is_empty()).collect()
}

fn value_row(
    scene: &Scene<'_>,
    lang: Lang,
    facet: Facet,
    value: &Value,
    largest: usize,
) -> ValueRow {
    let strings = scene.theme.strings(lang);
    let newest = value
        .filed
        .iter()
        .find_map(|&id| scene.archive.filed[id].case.incident.date.value().copied());
    ValueRow {
        name: names::name(scene, lang, facet, &value.name),
        url: Some(route::encode(&route::value(facet, &value.slug, 1))),
        meaning: names::meaning(scene, lang, facet, &value.name),
        count: value.filed.len(),
        share: value.filed.len() * 100 / largest.max(1),
        newest: newest.map(|date| when::date(date, strings)).unwrap_or_default(),
    }
}

/// The page of one value; `number` counts the pages of its list from 1.
pub fn value(
    scene: &Scene<'_>,
    lang: Lang,
    facet: Facet,
    value: &Value,
    number: usize,
) -> ValueView {
    let strings = scene.theme.strings(lang);
    let name = names::name(scene, lang, facet, &value.name);
    let address = |page: usize| route::value(facet, &value.slug, page);
    let rows = value.filed.iter().skip((number - 1) * PAGE).take(PAGE);
    let meaning = names::meaning(scene, lang, facet, &value.name);
    let page = Page::new(scene, lang, &address(number), facet.as_str(), name.clone());
    let others = Lang::ALL.iter().map(|&other| names::name(scene, other, facet, &value.name));
    ValueView {
        page: page.about(meaning.clone()),
        facet: facet.as_str(),
        facet_name: strings.get(&format!("facet_{}", facet.as_str())).to_owned(),
        facet_url: route::facet(facet),
        meaning,
        other_names: others.filter(|other| *other != name).collect(),
        count: value.filed.len(),
        span: span(scene, lang, &value.filed),
        median: median(scene, lang, &value.filed),
        breakdowns: breakdowns(scene, lang, facet, &value.filed),
        rows: rows.map(|&id| row(scene, lang, id)).collect(),
        pager: pager(number, value.filed.len(), address),
        feed: None,
    }
}

/// From the first day to the last; one day where they are the same.
fn span(scene: &Scene<'_>, lang: Lang, filed: &[FiledId]) -> String {
    let strings = scene.theme.strings(lang);
    let dates =
        filed.iter().filter_map(|&id| scene.archive.filed[id].case.incident.date.value().copied());
    let mut years: Vec<i16> = dates.filter_map(|date| date.year).collect();
    years.sort_unstable();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first != last => {
            strings.fill("span", &[("from", first), ("to", last)])
        }
        (Some(year), _) => year.to_string(),
        _ => String::new(),
    }
}

fn median(scene: &Scene<'_>, lang: Lang, filed: &[FiledId]) -> Option<MedianView> {
    let known = filed
        .iter()
        .filter_map(|&id| scene.archive.filed[id].case.incident.duration_minutes.value().copied());
    let mut lengths: Vec<f64> = known.collect();
    lengths.sort_by(f64::total_cmp);
    let middle = match lengths.len() {
        0 => return None,
        odd if odd % 2 == 1 => lengths[odd / 2],
        even => (lengths[even / 2 - 1] + lengths[even / 2]) / 2.0,
    };
    Some(MedianView { text: when::length(middle, scene.theme.strings(lang)), known: lengths.len() })
}

/// How many values a breakdown shows.
const MOST: usize = 8;

fn breakdowns(scene: &Scene<'_>, lang: Lang, own: Facet, filed: &[FiledId]) -> Vec<Breakdown> {
    let shown = [Facet::Cause, Facet::Service, Facet::Detection, Facet::Resolution, Facet::Year];
    shown
        .into_iter()
        .filter(|&facet| facet != own)
        .filter_map(|facet| {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            let mut known = 0;
            for &id in filed {
                let values = names_of(facet, &scene.archive.filed[id].case.incident, scene.vocab);
                known += usize::from(!values.is_empty());
                for value in values {
                    *counts.entry(value).or_default() += 1;
                }
            }
            let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
            counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            counts.truncate(MOST);
            let largest = counts.first().map_or(1, |(_, count)| *count);
            let values = counts.into_iter().map(|(value, count)| {
                let link = link(scene, lang, facet, &value);
                ValueRow {
                    name: link.name,
                    url: link.url,
                    meaning: String::new(),
                    count,
                    share: count * 100 / largest,
                    newest: String::new(),
                }
            });
            let name =
                scene.theme.strings(lang).get(&format!("facet_{}", facet.as_str())).to_owned();
            (known > 0).then(|| Breakdown { name, values: values.collect(), known })
        })
        .collect()
}
