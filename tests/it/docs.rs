//! The references are made from the source, and every finding has a case that produces it.

use std::fmt::Write;
use std::fs;

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

/// A code that nothing produces is a promise that nobody keeps.
#[test]
fn every_finding_has_a_case() {
    let mut seen = String::new();
    let folders = ["tests/cases", "tests/cmd", "tests/it"].map(repository);
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        for bytes in crate::project::tree(folder).into_values() {
            seen += &String::from_utf8_lossy(&bytes);
        }
    }
    let missing: Vec<&str> =
        code::ALL.iter().map(|code| code.id).filter(|id| !seen.contains(id)).collect();
    assert!(missing.is_empty(), "no case produces {missing:?}");
}
