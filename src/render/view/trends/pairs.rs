//! What stands together: causes with services, with each other, with what noticed and what ended them.

use std::collections::BTreeMap;

use crate::index::FiledId;
use crate::index::facet::Facet;
use crate::index::statistics::counts::{pairs, tally};
use crate::render::view::figure::{Cell, Figure};
use crate::render::view::trends::listed;
use crate::render::view::trends::sample::Sample;

/// All figures about pairs.
pub(super) fn figures(sample: &Sample<'_>) -> Vec<Figure> {
    vec![
        matrix(sample, Facet::Service, "cause-service", "figure_cause_service"),
        matrix(sample, Facet::Cause, "cause-cause", "figure_cause_cause"),
        matrix(sample, Facet::Detection, "cause-detection", "figure_cause_detection"),
        matrix(sample, Facet::Resolution, "cause-resolution", "figure_cause_resolution"),
    ]
}

/// So many columns.
const COLUMNS: usize = 10;

/// Causes by another facet: how many incidents have both.
fn matrix(sample: &Sample<'_>, other: Facet, id: &'static str, title: &str) -> Figure {
    let archive = sample.scene.archive;
    let ids = || sample.ids.iter().copied();
    let counts: BTreeMap<(u32, u32), usize> = pairs(archive, Facet::Cause, other, ids());
    let (mut columns, _) = tally(archive, other, ids());
    // A pair needs both.
    let has = |facet: Facet, id: &FiledId| !archive.facets.places(facet, *id).is_empty();
    let known = ids().filter(|id| has(Facet::Cause, id) && has(other, id)).count();
    columns.truncate(COLUMNS);
    let most = sample
        .causes
        .iter()
        .flat_map(|&(cause, _)| columns.iter().map(move |&(column, _)| (cause, column)))
        .filter_map(|pair| counts.get(&pair).copied())
        .max()
        .unwrap_or(0);
    let name = |place: u32| sample.scene.names.link(sample.lang, other, place).name;
    let rows = sample.causes.iter().map(|&(cause, _)| {
        let cells = columns.iter().map(|&(column, _)| {
            let url = listed(sample.scene, sample.lang, cause, other, column);
            match counts.get(&(cause, column)) {
                _ if other == Facet::Cause && cause == column => {
                    Cell { text: "–".to_owned(), ..Cell::heat(0, most, None) }
                }
                Some(&count) => Cell::heat(count, most, url),
                None => Cell::heat(0, most, None),
            }
        });
        std::iter::once(sample.name(Facet::Cause, cause)).chain(cells).collect()
    });
    let head = std::iter::once(sample.strings.get("cause_head").to_owned());
    Figure {
        id: id.into(),
        title: sample.strings.get(title).to_owned(),
        note: sample.note("figure_matrix_is", known),
        head: head.chain(columns.iter().map(|&(column, _)| name(column))).collect(),
        rows: if most > 0 { rows.collect() } else { Vec::new() },
        ..Figure::default()
    }
}
