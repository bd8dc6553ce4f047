//! The rules that the code holds itself to: who may use whom, and that words are data.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::project::repository;

/// What each module of `src/` may use besides itself. ARCHITECTURE.md says why.
const MAY_USE: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("diag", &["base"]),
    ("model", &["base"]),
    ("vocab", &["base", "diag", "model"]),
    ("config", &["base", "diag", "model"]),
    ("discover", &["base", "config", "diag"]),
    ("decode", &["base", "diag", "discover"]),
    ("parse", &["base", "diag"]),
    ("extract", &["base", "diag", "model", "parse", "vocab"]),
    ("check", &["base", "diag", "extract", "model", "parse", "vocab"]),
    ("case", &["base", "diag", "model", "parse"]),
    ("record", &["base", "case", "diag", "model"]),
    // Facts are read as front matter is.
    ("facts", &["base", "case", "diag", "extract", "model", "parse", "record", "vocab"]),
    ("index", &["base", "case", "diag", "model", "parse", "vocab"]),
    ("render", &["base", "config", "diag", "index", "model", "parse", "record", "vocab"]),
    ("emit", &["base", "diag", "discover", "render"]),
    // What a build leaves for the next one: cases and files as they were left, and not how they came to be.
    ("cache", &["base", "case", "diag", "emit", "index", "render"]),
    (
        "pipeline",
        &[
            "base", "cache", "case", "check", "config", "decode", "diag", "discover", "emit",
            "extract", "facts", "index", "model", "parse", "render", "vocab",
        ],
    ),
    // It shows what the pipeline makes and knows no single stage.
    ("serve", &["base", "config", "diag", "emit", "pipeline"]),
    // It makes documents and is no stage.
    ("import", &["base", "diag", "model"]),
    (
        "cli",
        &[
            "base", "case", "config", "diag", "extract", "import", "model", "pipeline", "record",
            "render", "serve",
        ],
    ),
    ("lib", &[]),
    ("main", &[]),
];

/// Every source file, tests of internals left out, as (path below `src`, text).
fn sources() -> Vec<(String, String)> {
    let root = repository("src");
    let mut files: Vec<(String, String)> = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "rs"))
        .map(|entry| {
            let name = entry.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            (name.replace('\\', "/"), fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn is_test(name: &str) -> bool {
    name.ends_with("tests.rs")
}

/// `src/parse/markdown.rs` belongs to `parse`.
fn module(name: &str) -> &str {
    name.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The modules of this crate that a text names as `crate::…`.
fn used(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, found) in text.match_indices("crate::") {
        let rest = text.get(at + found.len()..).unwrap();
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        names.insert(name);
    }
    names
}

#[test]
fn modules_use_only_what_they_may() {
    let may: BTreeMap<&str, BTreeSet<&str>> =
        MAY_USE.iter().map(|(name, uses)| (*name, uses.iter().copied().collect())).collect();
    let mut seen: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    let sources = sources();
    for (name, text) in sources.iter().filter(|(name, _)| !is_test(name)) {
        let module = module(name);
        let Some(may) = may.get(module) else {
            wrong.push(format!("src/{name}: `{module}` has no line in MAY_USE"));
            continue;
        };
        for other in used(text) {
            if other != module && !may.contains(other.as_str()) {
                wrong.push(format!("src/{name} uses `{other}`, which `{module}` may not know"));
            }
            seen.entry(module).or_default().insert(other);
        }
    }
    for (module, may) in &may {
        for other in may {
            if !seen.get(module).is_some_and(|seen| seen.contains(*other)) {
                wrong.push(format!("`{module}` may use `{other}` and does not: take it out"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_first_what_it_owns() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(name, text)| !is_test(name) && !text.starts_with("//! "))
        .map(|(name, _)| name)
        .collect();
    assert!(silent.is_empty(), "no `//!` at the top of {silent:?}");
}

/// Letters that are grammar rather than words: units and marks that the readers of Korean times are made of,
/// and the bounds of the alphabets.
#[test]
fn no_phrase_of_a_language_in_rust() {
    let mut wrong = Vec::new();
    for (name, text) in sources().iter().filter(|(name, _)| !is_test(name)) {
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let mut run = 0;
            for letter in code.chars() {
                run = if ('가'..='힣').contains(&letter) { run + 1 } else { 0 };
                if run >= 2 {
                    wrong.push(format!("src/{name}:{}: {}", number + 1, line.trim()));
                    break;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "Korean words belong in data/:\n{}", wrong.join("\n"));
}

#[test]
fn no_room_is_called_after_nothing() {
    let vague = ["utils", "util", "helpers", "helper", "common", "types", "misc"];
    let wrong: Vec<String> = sources()
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| {
            let parts = Path::new(name).components();
            parts.into_iter().any(|part| {
                let part = part.as_os_str().to_string_lossy();
                vague.contains(&part.trim_end_matches(".rs"))
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// The cache holds rules by their names, and reads none that the list does not have.
#[test]
fn every_rule_that_reads_a_fact_is_in_the_list() {
    let is_rule = |text: &str| {
        let is_word =
            |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        text.split_once('/').is_some_and(|(area, name)| {
            !area.is_empty() && !name.is_empty() && is_word(area) && is_word(name)
        })
    };
    let listed: BTreeSet<&str> =
        pmsite::model::fact::RuleId::ALL.iter().map(|rule| rule.0).collect();
    let sources = sources();
    let extract = sources.iter().filter(|(name, _)| name.starts_with("extract/") && !is_test(name));
    let named: BTreeSet<&str> =
        extract.flat_map(|(_, text)| text.split('"')).filter(|text| is_rule(text)).collect();
    let missing: Vec<&&str> = named.difference(&listed).collect();
    assert!(missing.is_empty(), "not in `RuleId::ALL`: {missing:?}");
}
