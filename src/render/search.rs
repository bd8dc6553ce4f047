//! The files that the search page reads, and its script. `index/search` says what they hold.
//!
//! Each is a script that hands one value to the page: a page that was opened from a folder may load nothing else. They stand
//! in a folder named after their content, so that a browser may keep them for ever.

use serde_json::{Value, json};

use crate::base::path::OutPath;
use crate::index::search::Shard;
use crate::index::search::column::Column;
use crate::index::{Filed, FiledId};
use crate::model::kind::Lang;
use crate::parse::parse;
use crate::render::theme::ThemeFile;
use crate::render::view::names::name;
use crate::render::{Body, Output, Scene, route, script};

/// The parts of the page's script, in the order in which they need each other.
const PARTS: [&str; 6] = ["tokens", "shards", "query", "excerpt", "facets", "page"];
/// Where they stand in a theme.
const FOLDER: &str = "static/search/";
/// Where they are published, as one.
const SCRIPT: &str = "static/search.js";
/// So many texts of documents share a folder.
const SHELF: usize = 1000;

/// The folder of the index, below the top of the site.
pub(super) fn folder(scene: &Scene<'_>) -> String {
    format!("search/{}/", scene.archive.search.version)
}

/// Whether a static file of a theme is published by itself. Parts of the script are not.
pub(super) fn is_part(file: &ThemeFile) -> bool {
    file.path.as_str().starts_with(FOLDER)
}

/// The script, and everything of the index but its shards and the texts of documents.
pub(super) fn files(scene: &Scene<'_>) -> Vec<Output> {
    let search = &scene.archive.search;
    let mut files = vec![file(scene, "index", index(scene))];
    for &lang in Lang::ALL {
        files.push(file(scene, &format!("names-{}", lang.as_str()), names(scene, lang)));
    }
    for column in &search.columns {
        let values = column.facet.is_some_and(|facet| !facet.is_closed()).then(|| {
            column.values.iter().map(|value| json!([value.slug, value.name])).collect::<Vec<_>>()
        });
        let value = json!({ "data": column.data, "values": values });
        files.push(file(scene, &format!("f/{}", column.name), value));
    }
    for (length, words) in &search.spelling {
        files.push(file(scene, &format!("s/{length}"), json!(words.join(" "))));
    }
    files.push(file(scene, "minutes", json!(search.minutes)));
    files.push(OutPath::new(SCRIPT).map(|path| Output {
        path,
        body: Body::Bytes(script::joined(scene.theme, FOLDER, &PARTS)),
    }));
    files.into_iter().flatten().collect()
}

/// A piece of the index.
#[derive(Clone, Copy)]
pub(super) enum Piece {
    /// A shard of words, by its number.
    Words(usize),
    /// A shard of rows of Hangul.
    Grams(usize),
    /// The text of a document, where its page is not rendered as well.
    Text(FiledId),
}

/// The file of a piece.
pub(super) fn piece(scene: &Scene<'_>, piece: Piece) -> Option<Output> {
    let search = &scene.archive.search;
    let shard = |folder: &str, number: usize, shard: &Shard| {
        file(scene, &format!("{folder}/{number}"), json!(shard.body))
    };
    match piece {
        Piece::Words(number) => shard("w", number, &search.words[number]),
        Piece::Grams(number) => shard("g", number, &search.grams[number]),
        Piece::Text(id) => {
            document(scene, id, &parse(&scene.archive.filed[id].case.source).value.view.text)
        }
    }
}

/// What a result shows of a document.
pub(super) fn document(scene: &Scene<'_>, id: FiledId, text: &str) -> Option<Output> {
    let Filed { case, slug, .. } = &scene.archive.filed[id];
    let incident = &case.incident;
    let services: Vec<&str> = incident.services.iter().map(|fact| fact.value.as_str()).collect();
    let value = json!({
        "title": incident.title(),
        "url": route::encode(&route::incident(slug)),
        "lang": incident.lang.as_str(),
        "date": incident.date.value().map(ToString::to_string),
        "minutes": incident.duration_minutes.value().map(|minutes| minutes.round()),
        "severity": incident.severity.value(),
        "services": services,
        "text": text.trim(),
    });
    file(scene, &format!("d/{}/{}", id / SHELF, id % SHELF), value)
}

/// What is needed before anything can be looked up.
fn index(scene: &Scene<'_>) -> Value {
    let search = &scene.archive.search;
    json!({
        "documents": scene.archive.filed.len(),
        "words": firsts(&search.words),
        "grams": firsts(&search.grams),
        "particles": scene.vocab.search.particles,
        "aliases": search.aliases,
        "spelling": search.spelling.keys().collect::<Vec<_>>(),
    })
}

/// The first terms of shards, a line each; `*` marks a summary.
fn firsts(shards: &[Shard]) -> String {
    let line =
        |shard: &Shard| format!("{}{}\n", shard.first, if shard.is_summary { "*" } else { "" });
    shards.iter().map(line).collect()
}

/// The facets and their values in the words of a language.
fn names(scene: &Scene<'_>, lang: Lang) -> Value {
    let strings = scene.theme.strings(lang);
    let values = |column: &Column| match column.facet {
        Some(facet) if !facet.is_closed() => Value::Null,
        Some(facet) => {
            let named = column.values.iter().map(|value| {
                json!([value.slug, name(scene.theme, scene.vocab, lang, facet, &value.name)])
            });
            named.collect()
        }
        None => {
            let named = column.values.iter();
            named
                .map(|value| json!([value.slug, strings.get(&format!("band_{}", value.slug))]))
                .collect()
        }
    };
    let title = |column: &Column| match column.facet {
        Some(facet) => strings.get(&format!("facet_{}", facet.as_str())).to_owned(),
        None => strings.get("duration").to_owned(),
    };
    let facets: Vec<Value> = scene.archive.search.columns.iter().map(|column| {
        json!({ "name": column.name, "title": title(column), "bytes": column.data.len(), "values": values(column) })
    }).collect();
    json!({
        "facets": facets,
        "strings": {
            "unknown": strings.get("unknown"),
            "all": strings.get("search_all"),
            "fewer": strings.get("search_fewer"),
            "show": strings.get("search_show"),
        },
    })
}

/// A file of the index: a script that hands over a value.
fn file(scene: &Scene<'_>, name: &str, value: Value) -> Option<Output> {
    let path = OutPath::new(format!("{}{name}.js", folder(scene)))?;
    Some(Output {
        path,
        body: Body::Bytes(format!("pmsite.take(\"{name}\",{value})").into_bytes()),
    })
}
