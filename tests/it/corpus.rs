//! Extraction is measured, and may not fall: `tests/corpus/*.scores.toml` hold what was reached.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::project::{Project, repository, update};
use crate::scoring::Scores;

/// What `pmsite extract` says of a folder, by file stem.
fn extract(folder: &Path) -> BTreeMap<String, Value> {
    let ran = Project::new().run(["extract".as_ref(), folder.as_os_str()]).ends(0);
    let records = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    records
        .map(|record| {
            let path = record["path"].as_str().unwrap().to_owned();
            (Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned(), record)
        })
        .collect()
}

fn scores(labels: &str, folder: &str) -> Scores {
    let labels = fs::read_to_string(repository("tests/corpus").join(labels)).unwrap();
    Scores::of(&labels, &extract(&repository(folder)))
}

/// The documents that ship with the project, as their labels say: no field may fall below what it once reached.
#[test]
fn content_is_read_as_well_as_before() {
    holds(&scores("content.jsonl", "content"), "content");
}

/// Short cases of many kinds: no field may fall below what it once reached.
#[test]
fn short_documents_are_read_as_well_as_before() {
    holds(&scores("short.jsonl", "tests/corpus/short"), "short");
}

/// Compares scores with those that are written down below `name`.
#[track_caller]
fn holds(scores: &Scores, name: &str) {
    let file = repository(&format!("tests/corpus/{name}.scores.toml"));
    let now: BTreeMap<String, f64> = scores
        .fields()
        .into_iter()
        .map(|(field, score)| (field.to_owned(), (score * 1000.0).floor() / 1000.0))
        .collect();
    if update() {
        let text = toml::to_string(&now).unwrap();
        let head = "# The least that each field may score; UPDATE=1 writes it anew.";
        fs::write(&file, format!("{head}\n{text}")).unwrap();
    }
    let least: BTreeMap<String, f64> = toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(least.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>());
    let fallen: Vec<String> = least
        .iter()
        .filter(|(field, least)| now[*field] + 1e-9 < **least)
        .map(|(field, least)| format!("{field} fell from {least} to {}", now[field]))
        .collect();
    assert!(fallen.is_empty(), "{}\n{}", fallen.join("\n"), scores.errors.join("\n"));
    let risen: Vec<&String> = least
        .iter()
        .filter(|(field, least)| now[*field] > **least + 1e-9)
        .map(|(field, _)| field)
        .collect();
    assert!(risen.is_empty(), "{risen:?} rose: hold on to it with UPDATE=1");
}
