//! How long incidents take to be noticed and to end: medians and 90th percentiles, never means.

use crate::index::facet::Facet;
use crate::index::statistics::line::Line;
use crate::index::statistics::series::Bucket;
use crate::index::statistics::spread::{SMALL, Spread};
use crate::render::chart::columns::{Column, columns};
use crate::render::chart::inline;
use crate::render::chart::ranges::{Range, ranges};
use crate::render::chart::scale::Lengths;
use crate::render::view::figure::{Cell, Figure, Key, texts, ticks};
use crate::render::view::trends::sample::Sample;
use crate::render::when;

/// One of the two lengths.
struct Measure {
    /// Anchors and strings end so.
    quarter: &'static str,
    cause: &'static str,
    of: fn(&Line) -> Option<f64>,
    bucket: fn(&Bucket) -> &Vec<f64>,
}

const DETECT: Measure = Measure {
    quarter: "detect",
    cause: "detect-by-cause",
    of: |line| line.detect,
    bucket: |bucket| &bucket.detect,
};
const RESOLVE: Measure = Measure {
    quarter: "resolve",
    cause: "resolve-by-cause",
    of: |line| line.resolve,
    bucket: |bucket| &bucket.resolve,
};

/// All figures about lengths.
pub(super) fn figures(sample: &Sample<'_>) -> Vec<Figure> {
    let mut figures = Vec::new();
    for measure in [DETECT, RESOLVE] {
        figures.extend(quarters(sample, &measure));
    }
    figures.push(distribution(sample));
    for measure in [DETECT, RESOLVE] {
        figures.push(causes(sample, &measure));
    }
    figures
}

fn keys(sample: &Sample<'_>) -> Vec<Key> {
    let key =
        |class: &'static str, name: &str| Key { class, name: sample.strings.get(name).to_owned() };
    vec![key("median", "key_median"), key("p90", "key_p90")]
}

fn known(sample: &Sample<'_>, measure: &Measure) -> usize {
    sample.lines().filter(|line| (measure.of)(line).is_some()).count()
}

/// The cells of a spread: n, median, 90th percentile. Of few only the numbers are told.
fn cells(sample: &Sample<'_>, spread: Option<Spread>) -> [Cell; 3] {
    let strings = sample.strings;
    let length = |minutes: f64| Cell::number(when::length(minutes, strings));
    match spread {
        None => [Cell::number(0), Cell::default(), Cell::default()],
        Some(spread) if !spread.is_enough() => {
            [Cell::number(spread.known), length(spread.median), Cell::default()]
        }
        Some(spread) => [Cell::number(spread.known), length(spread.median), length(spread.p90)],
    }
}

fn quarters(sample: &Sample<'_>, measure: &Measure) -> Option<Figure> {
    let (window, buckets) = sample.quarters.as_ref().filter(|(window, _)| window.length > 1)?;
    let strings = sample.strings;
    let title = strings.get(&format!("figure_{}", measure.quarter)).to_owned();
    let spreads: Vec<Option<Spread>> =
        buckets.iter().map(|bucket| Spread::of((measure.bucket)(bucket).clone())).collect();
    let is_enough = spreads.iter().flatten().any(|spread| spread.is_enough());
    let drawn = spreads.iter().zip(window.quarters()).zip(ticks(*window, strings)).map(
        |((spread, quarter), tick)| Range {
            spread: spread.filter(|spread| spread.is_enough()),
            label: when::quarter(quarter, strings),
            tick,
        },
    );
    let drawn: Vec<Range> = drawn.collect();
    let name = |minutes: f64| when::length(minutes, strings);
    let rows = window.quarters().zip(&spreads).map(|(quarter, spread)| {
        let quarter = Cell::text(when::quarter(quarter, strings));
        std::iter::once(quarter).chain(cells(sample, *spread)).collect()
    });
    let about = if is_enough { "figure_quarters_is" } else { "figure_quarters_few" };
    let about = strings.fill(about, &[("n", &SMALL)]);
    Some(Figure {
        id: measure.quarter.into(),
        note: format!("{about} {}", sample.coverage(known(sample, measure))),
        svg: if is_enough { ranges(&drawn, &title, name) } else { String::new() },
        keys: if is_enough { keys(sample) } else { Vec::new() },
        head: texts(strings, &["quarter_head", "known_head", "key_median", "key_p90"]),
        rows: rows.collect(),
        title,
        ..Figure::default()
    })
}

fn causes(sample: &Sample<'_>, measure: &Measure) -> Figure {
    let strings = sample.strings;
    let archive = sample.scene.archive;
    let spreads: Vec<(u32, Option<Spread>)> = sample
        .causes
        .iter()
        .map(|&(place, _)| {
            let filed = archive.facets.values(Facet::Cause)[place as usize].filed.iter();
            let mine = filed.filter(|id| sample.ids.binary_search(id).is_ok());
            let lengths = mine.filter_map(|&id| (measure.of)(&archive.statistics.lines[id]));
            (place, Spread::of(lengths.collect()))
        })
        .filter(|(_, spread)| spread.is_some())
        .collect();
    let enough = || spreads.iter().filter_map(|(_, spread)| spread.filter(|it| it.is_enough()));
    let scale = Lengths::of(enough().flat_map(|spread| [spread.median, spread.p90]));
    let drawn = enough().next().is_some();
    let axis = drawn.then(|| {
        let marks = Cell::drawing(inline::axis(scale, |minutes| when::length(minutes, strings)));
        let name = Cell::text(strings.get("scale_head"));
        vec![name, Cell::default(), Cell::default(), Cell::default(), marks]
    });
    let rows = spreads.iter().map(|&(place, spread)| {
        let lane = spread.filter(|it| it.is_enough()).map(|spread| inline::reach(spread, scale));
        std::iter::once(sample.name(Facet::Cause, place))
            .chain(cells(sample, spread))
            .chain(drawn.then(|| Cell::drawing(lane.unwrap_or_default())))
            .collect()
    });
    let mut head = texts(strings, &["cause_head", "known_head", "key_median", "key_p90"]);
    head.extend(drawn.then(|| strings.get("scale_head").to_owned()));
    let rows: Vec<Vec<Cell>> = rows.collect();
    Figure {
        id: measure.cause.into(),
        title: strings.get(&format!("figure_{}_by_cause", measure.quarter)).to_owned(),
        note: strings.fill("figure_by_cause_is", &[("n", &SMALL)]),
        keys: if drawn { keys(sample) } else { Vec::new() },
        rows: if rows.is_empty() { rows } else { rows.into_iter().chain(axis).collect() },
        head,
        ..Figure::default()
    }
}

/// The ends of the classes of lengths, in minutes; each is about twice the one before.
const CLASSES: [f64; 11] =
    [5.0, 15.0, 30.0, 60.0, 120.0, 240.0, 480.0, 1440.0, 2880.0, 10080.0, 43200.0];

fn distribution(sample: &Sample<'_>) -> Figure {
    let strings = sample.strings;
    let mut counts = [0_usize; CLASSES.len() + 1];
    let mut known = 0;
    for minutes in sample.lines().filter_map(|line| line.resolve) {
        counts[CLASSES.partition_point(|&end| minutes > end)] += 1;
        known += 1;
    }
    let title = strings.get("figure_distribution").to_owned();
    let name = |class: usize| match class {
        0 => strings.fill("class_first", &[("a", &when::length(CLASSES[0], strings))]),
        _ if class == CLASSES.len() => {
            strings.fill("class_last", &[("a", &when::length(CLASSES[class - 1], strings))])
        }
        _ => {
            let (low, high) = (CLASSES[class - 1], CLASSES[class]);
            let (low, high) = (when::length(low, strings), when::length(high, strings));
            strings.fill("class_between", &[("a", &low), ("b", &high)])
        }
    };
    let drawn: Vec<Column> = counts
        .iter()
        .enumerate()
        .map(|(class, &count)| Column {
            value: Some(count as f64),
            before: None,
            label: format!("{}: {}", name(class), strings.count("incident_count", count)),
            // Every other end is named: the others stand between.
            tick: match class {
                2 | 4 | 6 | 8 | 10 => when::length(CLASSES[class - 1], strings),
                _ => String::new(),
            },
            on_edge: true,
        })
        .collect();
    let is_enough = known >= SMALL;
    let rows = counts
        .iter()
        .enumerate()
        .map(|(class, &count)| vec![Cell::text(name(class)), Cell::number(count)]);
    Figure {
        id: "distribution".into(),
        note: sample.note("figure_distribution_is", known),
        svg: if is_enough { columns(&drawn, &title) } else { String::new() },
        head: texts(strings, &["length_head", "incidents"]),
        rows: if known > 0 { rows.collect() } else { Vec::new() },
        title,
        ..Figure::default()
    }
}
