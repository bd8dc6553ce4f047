//! When incidents happen: by quarter, by cause over time, by weekday and hour.

use crate::index::facet::Facet;
use crate::index::statistics::series::{Bucket, buckets};
use crate::render::chart::inline;
use crate::render::view::figure::{Cell, Figure, Key, by_quarter, texts};
use crate::render::view::trends::sample::Sample;
use crate::render::when;

/// All figures about time.
pub(super) fn figures(sample: &Sample<'_>) -> Vec<Figure> {
    let quarters = sample.quarters.as_ref().filter(|(window, _)| window.length > 1);
    let over_time = quarters.map(|_| [incidents(sample), hours(sample), causes(sample)]);
    over_time.into_iter().flatten().flatten().chain([clock(sample)]).collect()
}

fn incidents(sample: &Sample<'_>) -> Option<Figure> {
    let (window, buckets) = sample.quarters.as_ref()?;
    let strings = sample.strings;
    let title = strings.get("figure_incidents").to_owned();
    let known = buckets.iter().map(|bucket| bucket.incidents).sum();
    let name = |count: f64| strings.count("incident_count", count as usize);
    let value = |bucket: &Bucket| Some(bucket.incidents as f64);
    let svg = by_quarter(*window, buckets, strings, &title, value, name);
    let rows = window.quarters().enumerate().map(|(place, quarter)| {
        let before = place.checked_sub(4).map(|place| buckets[place].incidents.to_string());
        vec![
            Cell::text(when::quarter(quarter, strings)),
            Cell::number(buckets[place].incidents),
            Cell::number(before.unwrap_or_default()),
        ]
    });
    Some(Figure {
        id: "incidents".into(),
        note: sample.note("figure_incidents_is", known),
        svg,
        keys: vec![year_before(sample)],
        head: texts(strings, &["quarter_head", "incidents", "year_before_head"]),
        rows: rows.collect(),
        title,
        ..Figure::default()
    })
}

fn year_before(sample: &Sample<'_>) -> Key {
    Key { class: "was", name: sample.strings.get("key_year_before").to_owned() }
}

fn hours(sample: &Sample<'_>) -> Option<Figure> {
    let (window, buckets) = sample.quarters.as_ref()?;
    let strings = sample.strings;
    let title = strings.get("figure_hours").to_owned();
    let known = sample.lines().filter(|line| line.resolve.is_some() && line.quarter.is_some());
    let name = |hours: f64| when::length(hours * 60.0, strings);
    let value = |bucket: &Bucket| bucket.minutes().map(|minutes| minutes / 60.0);
    let svg = by_quarter(*window, buckets, strings, &title, value, name);
    let unknown = strings.get("unknown");
    let length =
        |minutes: Option<f64>| minutes.map_or(unknown.to_owned(), |it| when::length(it, strings));
    let is_gap = buckets.iter().any(|bucket| bucket.minutes().is_none());
    let gap = is_gap.then(|| Key { class: "gap", name: strings.get("key_gap").to_owned() });
    let rows = window.quarters().zip(buckets).map(|(quarter, bucket)| {
        vec![
            Cell::text(when::quarter(quarter, strings)),
            Cell::number(length(bucket.minutes())),
            Cell::number(bucket.resolve.len()),
        ]
    });
    Some(Figure {
        id: "hours".into(),
        note: sample.note("figure_hours_is", known.count()),
        svg,
        keys: std::iter::once(year_before(sample)).chain(gap).collect(),
        head: texts(strings, &["quarter_head", "length_head", "known_head"]),
        rows: rows.collect(),
        title,
        ..Figure::default()
    })
}

/// A row of small columns for each cause, and its last year beside the year before.
fn causes(sample: &Sample<'_>) -> Option<Figure> {
    let (window, _) = sample.quarters.as_ref()?;
    let strings = sample.strings;
    let archive = sample.scene.archive;
    let rows = sample.causes.iter().map(|&(place, count)| {
        let filed = &archive.facets.values(Facet::Cause)[place as usize].filed;
        let mine = filed.iter().copied().filter(|id| sample.ids.binary_search(id).is_ok());
        let buckets = buckets(&archive.statistics, *window, mine);
        let counts: Vec<usize> = buckets.iter().map(|bucket| bucket.incidents).collect();
        let most = counts.iter().copied().max().unwrap_or(1).max(4);
        let mut years = counts.rchunks(4).map(|year| year.iter().sum::<usize>());
        vec![
            sample.name(Facet::Cause, place),
            Cell::drawing(inline::spark(&counts, most)),
            Cell::number(count),
            Cell::number(years.next().unwrap_or(0)),
            Cell::number(years.next().unwrap_or(0)),
        ]
    });
    let shown = when::window(*window, strings);
    let about = strings.fill("figure_causes_is", &[("a", &shown)]);
    Some(Figure {
        id: "causes-over-time".into(),
        title: strings.get("figure_causes").to_owned(),
        note: format!("{about} {}", sample.coverage(sample.with_cause)),
        head: texts(
            strings,
            &["cause_head", "quarters_head", "tally_all", "last_head", "before_head"],
        ),
        rows: rows.collect(),
        ..Figure::default()
    })
}

/// Hours of the day that one column takes together.
const HOURS: usize = 3;

fn clock(sample: &Sample<'_>) -> Figure {
    let strings = sample.strings;
    let mut counts = [[0_usize; 24 / HOURS]; 7];
    let mut known = 0;
    for (weekday, hour) in sample.lines().filter_map(|line| line.hour) {
        counts[usize::from(weekday)][usize::from(hour) / HOURS] += 1;
        known += 1;
    }
    let most = counts.iter().flatten().copied().max().unwrap_or(0);
    let rows = counts.iter().enumerate().map(|(weekday, counts)| {
        let name = Cell::text(strings.get(&format!("weekday_{}", weekday + 1)));
        let cells = counts.iter().map(|&count| Cell::heat(count, most, None));
        std::iter::once(name).chain(cells).collect()
    });
    let hours = (0..24).step_by(HOURS).map(|hour| format!("{hour:02}–{:02}", hour + HOURS));
    Figure {
        id: "clock".into(),
        title: strings.get("figure_clock").to_owned(),
        note: sample.note("figure_clock_is", known),
        head: std::iter::once(strings.get("weekday_head").to_owned()).chain(hours).collect(),
        rows: if known > 0 { rows.collect() } else { Vec::new() },
        ..Figure::default()
    }
}
