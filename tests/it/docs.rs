//! The references are made from the source, and every finding has a case that produces it.

use std::fmt::Write;
use std::fs;

use pmsite::config::schema;
use pmsite::diag::catalog::Catalog;
use pmsite::diag::code;

use crate::project::{repository, update};

/// Compares a file of the repository with what it should be.
#[track_caller]
pub(crate) fn stands(path: &str, wanted: &str) {
    let file = repository(path);
    if update() {
        fs::write(&file, wanted).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(written == wanted, "{path} is not what the source says: UPDATE=1 writes it anew");
}

#[test]
fn the_reference_of_findings() {
    let words = Catalog::of("en");
    let mut text = String::from(
        "# Findings\n\nEvery finding that `pmsite check` and `pmsite build` report. Made from `data/findings/en.toml`; \
         edit that.\n",
    );
    for code in code::ALL {
        let of = &words.texts()[code.name];
        let severity = code.severity.as_str();
        write!(text, "\n## {} {}\n\n{severity}: {}\n\n{}", code.id, code.name, of.message, of.what)
            .unwrap();
        if !of.why.is_empty() {
            write!(text, " {}", of.why).unwrap();
        }
        text.push('\n');
        if let Some(example) = &of.example {
            write!(text, "\n```text\n{}\n```\n", example.trim_end()).unwrap();
        }
        if let Some(help) = &of.help {
            write!(text, "\nWhat to do: {help}.\n").unwrap();
        }
    }
    stands("docs/diagnostics.md", &text);
}

#[test]
fn the_reference_of_settings() {
    let words = schema::words("en");
    let usual = pmsite::config::resolve::usual();
    let mut text = String::from(
        "# Settings\n\nAll keys of `pmsite.toml`; none is needed. Made from `data/settings/en.toml`; edit that.\n\n\
         A variable of the environment wins over the file, an option of a command wins over both. The value of a \
         variable is written as in the file, a text without its quotation marks. `pmsite config` shows which values \
         hold and where each comes from.\n\n\
         An editor that knows TOML completes and checks the file by its schema, which `pmsite schema settings` \
         prints: put `#:schema https://raw.githubusercontent.com/pmsite/pmsite/main/docs/schema/settings.json` in \
         the first line.\n",
    );
    for key in schema::keys() {
        let path = &key.path;
        let of = &words[path.as_str()];
        write!(text, "\n## {path}\n\n{}\n\n```toml\n{path} = {}\n```\n\n", of.is, of.example)
            .unwrap();
        if let Some((_, value)) = usual.iter().find(|(name, _)| name == path) {
            write!(text, "Usually `{value}`. ").unwrap();
        }
        writeln!(text, "Variable: `PMSITE_{}`", path.replace('.', "_").to_uppercase()).unwrap();
    }
    stands("docs/settings.md", &text);
}

#[test]
fn the_schemas() {
    stands("docs/schema/settings.json", &format!("{:#}\n", schema::schema("en")));
    stands("docs/schema/incident.json", &format!("{:#}\n", pmsite::record::schema()));
}

/// A code that nothing produces is a promise that nobody keeps. What a test says is not there, and what only a comment
/// names, is no case.
#[test]
fn every_finding_has_a_case() {
    let mut seen = String::new();
    for folder in ["tests/cases", "tests/cmd", "tests/it"].map(repository) {
        for (name, bytes) in crate::project::tree(&folder) {
            let is_code = name.ends_with(".rs");
            for line in String::from_utf8_lossy(&bytes).lines() {
                let line = if is_code { line.split("//").next().unwrap() } else { line };
                let end = ["(!", "&& !"].iter().filter_map(|sign| line.find(sign)).min();
                seen += end.filter(|_| is_code).map_or(line, |end| line.get(..end).unwrap());
                seen.push('\n');
            }
        }
    }
    let missing: Vec<&str> =
        code::ALL.iter().map(|code| code.id).filter(|id| !seen.contains(id)).collect();
    assert!(missing.is_empty(), "no case produces {missing:?}");
}

#[test]
fn every_key_that_an_author_may_give_is_described() {
    let page = fs::read_to_string(repository("docs/facts.md")).unwrap();
    for key in pmsite::extract::given::KEYS {
        assert!(page.contains(&format!("`{key}`")), "{key}");
    }
}

#[test]
fn the_names_of_facts_are_those_of_a_record() {
    let schema = pmsite::record::schema();
    let frame =
        ["path", "lang", "visibility", "slug", "tags", "utc_offset", "evidence", "diagnostics"];
    let fields: Vec<&str> = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .filter(|it| !frame.contains(it))
        .collect();
    assert_eq!(fields, pmsite::record::FACTS);
}
