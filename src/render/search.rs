//! The files that the search page reads, and its script. `index/search` says what they hold.
//!
//! Each is a script that hands one value to the page: a page that was opened from a folder may load nothing else. Each is named
//! after its content, so that a browser may keep it for ever: only the page itself knows what to begin with.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::base::digest::Digest;
use crate::base::file::File;
use crate::base::hash::Hash;
use crate::base::path::OutPath;
use crate::diag::failure::Failure;
use crate::index::search::column::Column;
use crate::index::search::lists::SHELF;
use crate::index::search::{Search, Shard, number};
use crate::index::{Filed, FiledId};
use crate::model::kind::Lang;
use crate::parse::parse;
use crate::render::view::names::name;
use crate::render::{Body, Output, Scene, known, route, script};

/// The parts of the page's script, in the order in which they need each other.
const PARTS: [&str; 9] =
    ["tokens", "shards", "exact", "near", "query", "excerpt", "versions", "facets", "page"];
/// Where they stand in a theme.
const FOLDER: &str = "static/search/";
/// Where they are published, as one.
pub(super) const SCRIPT: &str = "static/search.js";
/// The folder of the index, below the top of the site.
pub(super) const INDEX: &str = "search/";

/// A file of the index that is not published yet: its name without ending, and the value that it hands over.
struct Named {
    name: String,
    value: String,
}

impl Named {
    /// A value under a name that says what it is, and changes with it.
    fn new(what: &str, value: &Value) -> Self {
        let value = value.to_string();
        Self { name: format!("{what}-{}", Hash::of(&value)), value }
    }

    fn output(&self) -> Option<Output> {
        let path = OutPath::new(format!("{INDEX}{}.js", self.name))?;
        Some(Output { path, body: Body::Bytes(script(&self.name, &self.value)) })
    }
}

fn script(name: &str, value: &str) -> Vec<u8> {
    format!("pmsite.take(\"{name}\",{value})").into_bytes()
}

/// Whether a static file of a theme is published by itself. Parts of the script are not.
pub(super) fn is_part(file: &File) -> bool {
    file.path.as_str().starts_with(FOLDER)
}

/// What the search page of a language loads first: the names of the index and of the words of that language.
pub(super) fn first(scene: &Scene<'_>, lang: Lang) -> [String; 2] {
    [index(scene, &parts(scene)).name, names(scene, lang).name]
}

/// The script, and everything of the index but its shards and the texts of documents.
pub(super) fn files(scene: &Scene<'_>) -> Vec<Output> {
    let parts = parts(scene);
    let index = index(scene, &parts);
    let names = Lang::ALL.iter().map(|&lang| names(scene, lang));
    let files = names.chain([index]).chain(parts.into_values());
    let joined = script::joined(scene.theme, FOLDER, &PARTS);
    let joined = OutPath::new(SCRIPT).map(|path| Output { path, body: Body::Bytes(joined) });
    files.filter_map(|file| file.output()).chain(joined).collect()
}

/// What is only loaded when it is needed, by what it is.
fn parts(scene: &Scene<'_>) -> BTreeMap<String, Named> {
    let search = scene.archive.search(scene.vocab);
    let lists = scene.archive.lists(scene.vocab);
    let mut parts = BTreeMap::new();
    let mut add = |what: String, value: Value| {
        let part = Named::new(&what, &value);
        parts.insert(what, part);
    };
    for column in &lists.columns {
        let values = column.facet.is_some_and(|facet| !facet.is_closed()).then(|| {
            column.values.iter().map(|value| json!([value.slug, value.name])).collect::<Vec<_>>()
        });
        let mut part = json!({ "data": column.data, "values": values });
        if let Some((of, each)) = &column.from {
            part = json!({ "of": of, "each": each, "values": values });
        }
        add(format!("f/{}", column.name), part);
    }
    for (length, words) in &search.spelling {
        add(format!("s/{length}"), json!(words.join(" ")));
    }
    for (length, words) in &search.hangul {
        add(format!("h/{length}"), json!(words.join(" ")));
    }
    add("minutes".to_owned(), json!(lists.minutes));
    for (lang, documents) in &lists.versions {
        add(format!("versions-{}", lang.as_str()), json!(documents));
    }
    parts
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

/// The piece that stands at a path of the site.
pub(super) fn piece_at(scene: &Scene<'_>, path: &str) -> Option<Piece> {
    let mut parts = path.strip_prefix(INDEX)?.strip_suffix(".js")?.split('/');
    let (list, name, place) = (parts.next()?, parts.next()?, parts.next());
    let search = || scene.archive.search(scene.vocab);
    let in_list = |shards: &[Shard]| shards.iter().position(|shard| shard.name == name);
    match (list, place) {
        ("w", None) => in_list(&search().words).map(Piece::Words),
        ("g", None) => in_list(&search().grams).map(Piece::Grams),
        ("d", Some(place)) => {
            let shelves = &scene.archive.lists(scene.vocab).shelves;
            let shelf = shelves.iter().position(|shelf| shelf == name)?;
            let number = shelf * SHELF + place.parse::<usize>().ok()?;
            scene.archive.filed.len().checked_sub(number + 1).map(Piece::Text)
        }
        _ => None,
    }
}

/// The file of a piece.
pub(super) fn piece(scene: &Scene<'_>, piece: Piece) -> Result<Option<Output>, Failure> {
    let search = || scene.archive.search(scene.vocab);
    let shard = |folder: &str, shard: &Shard| {
        let name = format!("{folder}/{}", shard.name);
        Named { name, value: json!(shard.body).to_string() }.output()
    };
    match piece {
        Piece::Words(number) => Ok(shard("w", &search().words[number])),
        Piece::Grams(number) => Ok(shard("g", &search().grams[number])),
        Piece::Text(id) => {
            let source = &scene.archive.filed[id].case.source;
            document(scene, id, Digest::default(), || parse(source).value.view.text)
        }
    }
}

/// What a result shows of a document, which is known by a digest.
pub(super) fn document(
    scene: &Scene<'_>,
    id: FiledId,
    of: Digest,
    text: impl FnOnce() -> String,
) -> Result<Option<Output>, Failure> {
    let Filed { case, slug, .. } = &scene.archive.filed[id];
    let shelves = &scene.archive.lists(scene.vocab).shelves;
    let number = number(scene.archive.filed.len(), id);
    let name = format!("d/{}/{}", shelves[number / SHELF], number % SHELF);
    // The file says its own name.
    let maker = [INDEX, name.as_str()];
    let body = known::unless_it_stands(scene.last, known::of(&maker, slug, of), || {
        let incident = &case.incident;
        let services: Vec<&str> =
            incident.services.iter().map(|fact| fact.value.as_str()).collect();
        let value = json!({
            "title": incident.title(),
            "url": route::encode(&route::incident(slug)),
            "lang": incident.lang.as_str(),
            "date": incident.date.value().map(ToString::to_string),
            "minutes": incident.duration_minutes.value().map(|minutes| minutes.round()),
            "severity": incident.severity.value(),
            "services": services,
            "text": text().trim(),
        });
        Ok(script(&name, &value.to_string()))
    })?;
    let path = OutPath::new(format!("{INDEX}{name}.js"));
    Ok(path.map(|path| Output { path, body }))
}

/// What is needed before anything can be looked up.
fn index(scene: &Scene<'_>, parts: &BTreeMap<String, Named>) -> Named {
    let Search { words, grams, spelling, hangul, aliases } = scene.archive.search(scene.vocab);
    let shelves = &scene.archive.lists(scene.vocab).shelves;
    let parts: BTreeMap<&String, &String> =
        parts.iter().map(|(what, part)| (what, &part.name)).collect();
    let index = json!({
        "documents": scene.archive.filed.len(),
        "words": list(words),
        "grams": list(grams),
        "shelf": SHELF,
        "shelves": shelves.concat(),
        "parts": parts,
        "particles": scene.vocab.search.particles,
        "aliases": aliases,
        "hangul": hangul.keys().collect::<Vec<_>>(),
        "spelling": spelling.keys().collect::<Vec<_>>(),
    });
    Named::new("index", &index)
}

/// Where to look for a term: the first terms of shards, a line each, `*` marks a summary; and the names of all shards.
fn list(shards: &[Shard]) -> Value {
    let names: String = shards.iter().map(|shard| shard.name.as_str()).collect();
    json!({ "firsts": firsts(shards), "names": names })
}

/// The first terms of shards, a line each; `*` marks a summary.
fn firsts(shards: &[Shard]) -> String {
    let line =
        |shard: &Shard| format!("{}{}\n", shard.first, if shard.is_summary { "*" } else { "" });
    shards.iter().map(line).collect()
}

/// The facets and their values in the words of a language.
fn names(scene: &Scene<'_>, lang: Lang) -> Named {
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
    let facets: Vec<Value> = scene.archive.lists(scene.vocab).columns.iter().map(|column| {
        json!({ "name": column.name, "title": title(column), "bytes": column.data.len(), "values": values(column) })
    }).collect();
    let names = json!({
        "facets": facets,
        "strings": {
            "unknown": strings.get("unknown"),
            "all": strings.get("search_all"),
            "fewer": strings.get("search_fewer"),
            "show": strings.get("search_show"),
        },
    });
    Named::new(&format!("names-{}", lang.as_str()), &names)
}
