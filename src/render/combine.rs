//! What the trends page needs to combine filters: every incident as numbers, and the names and strings of a language.
//! A script that hands over one value, since a page that was opened from a folder may load nothing else.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::base::file::File;
use crate::base::hash::Hash;
use crate::base::path::OutPath;
use crate::diag::failure::Failure;
use crate::index::FiledId;
use crate::index::facet::Facet;
use crate::index::statistics::line::Quarter;
use crate::model::action::Theme;
use crate::model::kind::Lang;
use crate::render::view::names;
use crate::render::{Body, Output, Scene, known, route, script};

/// The parts of the script that draws, in the order in which they need each other.
const PARTS: [&str; 5] = ["count", "sample", "draw", "figures", "more"];
/// Where they stand in a theme.
const FOLDER: &str = "static/trends/";
/// Where they are published, as one.
pub(super) const SCRIPT: &str = "static/trends.js";

/// Strings that the script writes begin so or end so.
const BEGINNINGS: [&str; 9] = [
    "figure_",
    "class_",
    "length_",
    "weekday_",
    "key_",
    "coverage",
    "percent",
    "trends_",
    "incident_count",
];
const END: &str = "_head";
/// The others.
const OTHERS: [&str; 18] = [
    "unknown",
    "quarter",
    "from_to",
    "of",
    "days",
    "days_one",
    "months",
    "months_one",
    "years",
    "years_one",
    "incidents",
    "tally_all",
    "numbers",
    "part_time",
    "part_returns",
    "part_together",
    "part_lengths",
    "part_rates",
];

/// Whether a static file of a theme is published as part of the script only.
pub(super) fn is_part(file: &File) -> bool {
    file.path.as_str().starts_with(FOLDER)
}

/// What the script reads.
pub struct Combined {
    incidents: Named,
    words: BTreeMap<Lang, Named>,
}

/// A text, and a name that changes with it.
struct Named {
    text: String,
    name: String,
}

impl From<String> for Named {
    fn from(text: String) -> Self {
        Self { name: Hash::of(&text), text }
    }
}

impl Combined {
    pub(super) fn of(scene: &Scene<'_>) -> Self {
        Self {
            incidents: format!("pmsite.take(\"incidents\",{})", incidents(scene)).into(),
            words: Lang::ALL.iter().map(|&lang| (lang, words(scene, lang).into())).collect(),
        }
    }
}

/// The script, the incidents, and what it reads in each language.
pub(super) fn files(scene: &Scene<'_>) -> Result<Vec<Output>, Failure> {
    let script = script::joined(scene.theme, FOLDER, &PARTS);
    let script = OutPath::new(SCRIPT).map(|path| Output { path, body: Body::Bytes(script) });
    let file = |path: &str, named: &dyn Fn(&Combined) -> &Named| {
        let Some(path) = OutPath::new(path) else { return Ok(None) };
        let made = || Ok(Body::Bytes(named(scene.combined()).text.clone().into_bytes()));
        let body = known::unless_left(scene.last, &path, made)?;
        Ok::<_, Failure>(Some(Output { path, body }))
    };
    let mut files = vec![script, file(route::COMBINE_INCIDENTS, &|combined| &combined.incidents)?];
    for &lang in Lang::ALL {
        let path = format!("{}{}", route::prefix(lang, scene.site.language), route::COMBINE);
        files.push(file(&path, &|combined| &combined.words[&lang])?);
    }
    Ok(files.into_iter().flatten().collect())
}

/// Where a page of a language finds the words and the incidents. Addresses change with what stands there, so that no
/// browser takes what it kept for it.
pub(super) fn sources(scene: &Scene<'_>, lang: Lang) -> [String; 2] {
    let Combined { incidents, words } = scene.combined();
    let address = |path: &str, named: &Named| format!("{path}?{}", named.name);
    [address(route::COMBINE, &words[&lang]), address(route::COMBINE_INCIDENTS, incidents)]
}

fn words(scene: &Scene<'_>, lang: Lang) -> String {
    let names = facets(scene).map(|(key, facet)| (key.to_owned(), values(scene, lang, facet)));
    let value = json!({
        "today": scene.archive.today.and_then(|day| Some(Quarter::of(day.year?, day.month?).0)),
        "days": scene.archive.statistics.days,
        "strings": strings(scene, lang),
        "names": names.collect::<Map<_, _>>(),
        "themes": themes(scene, lang),
        "studies": studies(scene, lang),
    });
    format!("pmsite.take(\"trends\",{value})")
}

/// Facets by their names in addresses, which are those of the search.
fn facets<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = (&'static str, Facet)> + use<'a> {
    scene
        .archive
        .lists(scene.vocab)
        .columns
        .iter()
        .filter_map(|column| Some((column.name, column.facet?)))
}

/// Every leading incident, newest first, as columns of numbers; values of facets are places among their names.
fn incidents(scene: &Scene<'_>) -> Value {
    let archive = scene.archive;
    let ids: Vec<FiledId> = archive.leading().collect();
    let line = |id: FiledId| &archive.statistics.lines[id];
    let mut columns = Map::new();
    let mut add = |name: &str, value: &dyn Fn(FiledId) -> Value| {
        columns.insert(name.to_owned(), ids.iter().map(|&id| value(id)).collect());
    };
    add("quarter", &|id| json!(line(id).quarter.map(|quarter| quarter.0)));
    add("hour", &|id| {
        json!(line(id).hour.map(|(day, hour)| u32::from(day) * 24 + u32::from(hour)))
    });
    add("day", &|id| json!(line(id).day));
    add("detect", &|id| json!(line(id).detect.map(|minutes| minutes as i64)));
    add("resolve", &|id| json!(line(id).resolve.map(|minutes| minutes as i64)));
    add("promised", &|id| json!(line(id).promised));
    add("open", &|id| json!(line(id).open));
    add("themes", &|id| {
        let actions = archive.filed[id].case.incident.actions.iter();
        actions.filter_map(|action| action.theme).map(|theme| theme as usize).collect()
    });
    for (name, facet) in facets(scene) {
        add(name, &|id| json!(archive.facets.places(facet, id)));
    }
    columns.into()
}

/// The values of a facet: for addresses, for people, and their pages.
fn values(scene: &Scene<'_>, lang: Lang, facet: Facet) -> Value {
    let links = scene.names.all(lang, facet).iter();
    let values = scene.archive.facets.values(facet).iter().zip(links);
    values.map(|(value, link)| json!([value.slug, link.name, link.url])).collect()
}

fn strings(scene: &Scene<'_>, lang: Lang) -> Value {
    let is_wanted = |key: &str| {
        BEGINNINGS.iter().any(|beginning| key.starts_with(beginning))
            || key.ends_with(END)
            || OTHERS.contains(&key)
    };
    let texts = scene.theme.strings(lang).texts().iter().filter(|(key, _)| is_wanted(key));
    texts.map(|(key, text)| (key.clone(), json!(text))).collect::<Map<_, _>>().into()
}

fn themes(scene: &Scene<'_>, lang: Lang) -> Value {
    let links = Theme::ALL.iter().map(|&theme| names::theme(scene, lang, Some(theme)));
    links.map(|link| json!([link.name, link.url])).collect()
}

fn studies(scene: &Scene<'_>, lang: Lang) -> Value {
    let places = |causes: &[String]| -> Vec<usize> {
        let facets = &scene.archive.facets;
        causes.iter().filter_map(|cause| facets.place(Facet::Cause, cause)).collect()
    };
    let studies = scene.studies.iter().map(|study| {
        let rates = study.rate.iter();
        json!({
            "id": study.id,
            "title": study.name(lang),
            "sample": study.sample(lang),
            "url": study.url,
            "rates": rates.map(|rate| json!([rate.name(lang), rate.percent, places(&rate.causes)])).collect::<Vec<_>>(),
        })
    });
    studies.collect()
}
