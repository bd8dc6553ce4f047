//! What comes back: the same cause on the same service, and what had been promised before.

use std::collections::BTreeMap;

use crate::index::facet::Facet;
use crate::index::statistics::recurrence::Streak;
use crate::model::action::Theme;
use crate::render::view::figure::{Cell, Figure, texts};
use crate::render::view::names;
use crate::render::view::streak;
use crate::render::view::trends::sample::Sample;

/// All figures about returns.
pub(super) fn figures(sample: &Sample<'_>) -> Vec<Figure> {
    let statistics = &sample.scene.archive.statistics;
    let is_in = |streak: &&Streak| {
        streak.latest().is_some_and(|latest| sample.ids.binary_search(&latest).is_ok())
    };
    let streaks: Vec<&Streak> = match sample.scope.only {
        Some((facet @ Facet::Service, place)) => {
            statistics.streaks_of(facet, place).filter(is_in).collect()
        }
        _ => statistics.streaks().filter(is_in).collect(),
    };
    vec![returns(sample, &streaks), themes(sample, &streaks)]
}

/// So many returns stand in the table.
const MOST: usize = 20;

fn returns(sample: &Sample<'_>, streaks: &[&Streak]) -> Figure {
    let strings = sample.strings;
    let rows = streaks.iter().take(MOST).map(|streak| {
        let view = streak::view(sample.scene, sample.lang, streak);
        vec![
            Cell::link(view.cause),
            Cell::link(view.service),
            Cell::drawing(view.lane),
            Cell::number(view.count),
            Cell::number(view.gap),
            Cell::number(strings.fill("of", &[("a", &view.open), ("b", &view.promised)])),
        ]
    });
    let head = ["cause_head", "service_head", "days_head", "times_head", "gap_head", "open_head"];
    Figure {
        id: "returns".into(),
        title: strings.get("figure_returns").to_owned(),
        note: strings
            .fill("figure_returns_is", &[("a", &streaks.len()), ("b", &streaks.len().min(MOST))]),
        head: texts(strings, &head),
        rows: rows.collect(),
        ..Figure::default()
    }
}

/// For each cause that came back the kinds of measures that had been promised before its latest return.
fn themes(sample: &Sample<'_>, streaks: &[&Streak]) -> Figure {
    let strings = sample.strings;
    let archive = sample.scene.archive;
    let mut counts: BTreeMap<u32, [usize; Theme::ALL.len()]> = BTreeMap::new();
    let mut before: Vec<(u32, usize)> = streaks
        .iter()
        .flat_map(|streak| {
            let earlier = &streak.filed[..streak.filed.len() - 1];
            earlier.iter().map(|&id| (streak.cause, id))
        })
        .collect();
    // An incident may be the return of a cause on several services.
    before.sort_unstable();
    before.dedup();
    for (cause, id) in before {
        let counts = counts.entry(cause).or_default();
        for theme in archive.filed[id].case.incident.actions.iter().filter_map(|it| it.theme) {
            counts[theme as usize] += 1;
        }
    }
    let mut causes: Vec<(u32, [usize; Theme::ALL.len()])> = counts.into_iter().collect();
    causes.sort_by_key(|(cause, counts)| (std::cmp::Reverse(counts.iter().sum::<usize>()), *cause));
    causes.truncate(MOST);
    let shown: Vec<Theme> = Theme::ALL
        .iter()
        .copied()
        .filter(|&theme| causes.iter().any(|(_, counts)| counts[theme as usize] > 0))
        .collect();
    let most = causes.iter().flat_map(|(_, counts)| counts).copied().max().unwrap_or(0);
    let link = |theme: Theme| names::theme(sample.scene, sample.lang, Some(theme));
    let rows = causes.iter().map(|(cause, counts)| {
        let cells =
            shown.iter().map(|&theme| Cell::heat(counts[theme as usize], most, link(theme).url));
        std::iter::once(sample.name(Facet::Cause, *cause)).chain(cells).collect()
    });
    let head = std::iter::once(strings.get("cause_head").to_owned());
    Figure {
        id: "promised-before".into(),
        title: strings.get("figure_themes").to_owned(),
        note: strings.get("figure_themes_is").to_owned(),
        head: head.chain(shown.iter().map(|&theme| link(theme).name)).collect(),
        rows: if most > 0 { rows.collect() } else { Vec::new() },
        ..Figure::default()
    }
}
