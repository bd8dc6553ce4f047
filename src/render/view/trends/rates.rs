//! The site's own shares of causes beside published ones, with how sure a sample of this size can be.

use crate::index::FiledId;
use crate::index::facet::Facet;
use crate::index::statistics::spread::{SMALL, interval};
use crate::render::base_rates::{Rate, Study};
use crate::render::chart::inline;
use crate::render::view::figure::{Cell, Figure, Key, texts};
use crate::render::view::trends::sample::Sample;

/// A figure for each study.
pub(super) fn figures(sample: &Sample<'_>) -> Vec<Figure> {
    if sample.with_cause < SMALL {
        return Vec::new();
    }
    sample.scene.studies.iter().map(|study| figure(sample, study)).collect()
}

fn figure(sample: &Sample<'_>, study: &Study) -> Figure {
    let strings = sample.strings;
    let all = sample.with_cause;
    let counted: Vec<(&Rate, usize)> =
        study.rate.iter().map(|rate| (rate, count(sample, rate))).collect();
    let highest = counted
        .iter()
        .flat_map(|&(rate, count)| [rate.percent, interval(count, all).1])
        .fold(10.0, f64::max);
    let rows = counted.iter().map(|&(rate, count)| {
        let own = count as f64 * 100.0 / all as f64;
        let (low, high) = interval(count, all);
        let range = [("a", &low.round() as &dyn std::fmt::Display), ("b", &high.round())];
        vec![
            Cell::text(rate.name(sample.lang)),
            Cell::drawing(inline::share([own, low, high, rate.percent].map(|it| it / highest))),
            Cell::number(strings.fill("percent", &[("a", &own.round())])),
            Cell::number(strings.fill("percent_range", &range)),
            Cell::number(count),
            Cell::number(strings.fill("percent", &[("a", &rate.percent)])),
        ]
    });
    let key = |class: &'static str, name: &str| Key { class, name: strings.get(name).to_owned() };
    let head =
        ["category_head", "shares_head", "own_head", "range_head", "incidents", "published_head"];
    Figure {
        id: study.id.clone(),
        title: study.name(sample.lang).to_owned(),
        note: strings.fill("figure_rates_is", &[("a", &study.sample(sample.lang)), ("n", &all)]),
        source: study.url.clone(),
        keys: vec![key("median", "key_own"), key("band", "key_range"), key("ref", "key_published")],
        head: texts(strings, &head),
        rows: rows.collect(),
        ..Figure::default()
    }
}

/// Incidents of the sample with one of the causes that come nearest to a published category, each once.
fn count(sample: &Sample<'_>, rate: &Rate) -> usize {
    let facets = &sample.scene.archive.facets;
    let places = rate.causes.iter().filter_map(|cause| facets.place(Facet::Cause, cause));
    let filed = places.flat_map(|place| &facets.values(Facet::Cause)[place].filed).copied();
    let mut ids: Vec<FiledId> = filed.filter(|id| sample.ids.binary_search(id).is_ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}
