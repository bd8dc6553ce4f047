//! A figure: a drawing or a table that is one, what it shows, how much is known, and the numbers behind it.

use serde::Serialize;

use crate::index::FiledId;
use crate::index::statistics::line::Quarter;
use crate::index::statistics::series::{Bucket, Window, buckets};
use crate::index::statistics::spread::SMALL;
use crate::model::kind::Lang;
use crate::render::chart::columns::{Column, columns};
use crate::render::strings::Strings;
use crate::render::view::names::Link;
use crate::render::{Scene, when};

/// A figure.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figure {
    /// Its anchor.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// How to read it, and of how many incidents it speaks.
    pub note: String,
    /// Where what it compares with is published; empty for most.
    pub source: String,
    /// The drawing; empty where the table is all there is.
    pub svg: String,
    /// What the shapes and colours of the drawing mean.
    pub keys: Vec<Key>,
    /// The columns of the table.
    pub head: Vec<String>,
    /// Its lines; the first cell names the line.
    pub rows: Vec<Vec<Cell>>,
}

/// What a shape of a drawing means.
#[derive(Clone, Debug, Serialize)]
pub struct Key {
    /// Its class in the stylesheet.
    pub class: &'static str,
    /// What it means.
    pub name: String,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub url: Option<String>,
    /// `number`, `heat-0` to `heat-5`, `drawing`, or empty.
    pub class: &'static str,
    /// A drawing instead of the text.
    pub svg: String,
    /// The language of the text where it is not that of the page.
    pub lang: &'static str,
}

impl Cell {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A number, or any text that lines up as one.
    pub fn number(number: impl ToString) -> Self {
        Self { text: number.to_string(), class: "number", ..Self::default() }
    }

    /// A name that leads to its page.
    pub fn link(link: Link) -> Self {
        Self { text: link.name, url: link.url, ..Self::default() }
    }

    /// A drawing.
    pub fn drawing(svg: String) -> Self {
        Self { svg, class: "drawing", ..Self::default() }
    }

    /// A count on a ground that is the darker the more it is: the share of the greatest in steps of a fifth.
    pub fn heat(count: usize, most: usize, url: Option<String>) -> Self {
        const CLASSES: [&str; 6] = ["heat-0", "heat-1", "heat-2", "heat-3", "heat-4", "heat-5"];
        if count == 0 {
            return Self { class: CLASSES[0], ..Self::default() };
        }
        let step = (count * 5).div_ceil(most.max(5)).clamp(1, 5);
        Self { text: count.to_string(), url, class: CLASSES[step], ..Self::default() }
    }
}

/// Strings by their keys.
pub fn texts(strings: &Strings, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| strings.get(key).to_owned()).collect()
}

/// So few quarters have room for their names below a chart on a telephone.
const NAMED: usize = 3;

/// What stands below each quarter of a chart: years where there is room for no more.
pub fn ticks(window: Window, strings: &Strings) -> Vec<String> {
    let every = match window.length {
        0..=22 => 1,
        23..=44 => 2,
        _ => 5,
    };
    let name = |quarter: Quarter| {
        if window.length <= NAMED {
            when::quarter(quarter, strings)
        } else if quarter.number() == 1 && quarter.year() % every == 0 {
            quarter.year().to_string()
        } else {
            String::new()
        }
    };
    window.quarters().map(name).collect()
}

/// Columns by quarter with the same quarter a year before; `value` takes the height from a bucket where it is known, `name`
/// says it.
pub fn by_quarter(
    window: Window,
    buckets: &[Bucket],
    strings: &Strings,
    title: &str,
    value: impl Fn(&Bucket) -> Option<f64>,
    name: impl Fn(f64) -> String,
) -> String {
    let ticks = ticks(window, strings);
    let quarters = window.quarters().zip(ticks).enumerate();
    let all: Vec<Column> = quarters
        .map(|(place, (quarter, tick))| {
            let height = value(&buckets[place]);
            let before = place.checked_sub(4).and_then(|place| value(&buckets[place]));
            let said = height.map_or_else(|| strings.get("unknown").to_owned(), &name);
            Column {
                value: height,
                before,
                label: format!("{}: {said}", when::quarter(quarter, strings)),
                tick,
                on_edge: window.length > NAMED,
            }
        })
        .collect();
    columns(&all, title)
}

/// Incidents by quarter; nothing where there are few or all of them fell in one quarter.
pub fn over_time(scene: &Scene<'_>, lang: Lang, ids: &[FiledId], name: &str) -> Option<Figure> {
    let strings = scene.theme.strings(lang);
    let statistics = &scene.archive.statistics;
    if ids.len() < SMALL {
        return None;
    }
    let window = Window::of(statistics, ids.iter().copied()).filter(|window| window.length > 1)?;
    let buckets = buckets(statistics, window, ids.iter().copied());
    let title = strings.fill("figure_over_time", &[("a", &name)]);
    let counts: usize = buckets.iter().map(|bucket| bucket.incidents).sum();
    let svg = by_quarter(
        window,
        &buckets,
        strings,
        &title,
        |bucket| Some(bucket.incidents as f64),
        |count| strings.count("incident_count", count as usize),
    );
    let rows = window.quarters().zip(&buckets).map(|(quarter, bucket)| {
        vec![Cell::text(when::quarter(quarter, strings)), Cell::number(bucket.incidents)]
    });
    Some(Figure {
        id: "over-time".into(),
        note: strings.fill("coverage_quarter", &[("a", &counts), ("b", &ids.len())]),
        svg,
        keys: vec![Key { class: "was", name: strings.get("key_year_before").to_owned() }],
        head: texts(strings, &["quarter_head", "incidents"]),
        rows: rows.collect(),
        title,
        ..Figure::default()
    })
}
