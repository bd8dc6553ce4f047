//! Many small cases in one file: `--- name`, a text, `--- expect`, what should come of it.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::project::{repository, update};

/// One case of a file.
struct Case {
    name: String,
    text: String,
    expected: String,
}

/// Runs `actual` over all cases of the files below a folder of `tests/cases`; all differences are shown at once.
pub(crate) fn check(folder: &str, actual: impl Fn(&Path, &str) -> String) {
    let mut differences = String::new();
    let mut count = 0;
    for file in files(&repository("tests/cases").join(folder)) {
        let written = fs::read_to_string(&file).unwrap();
        let cases = parse(&written);
        let mut updated = String::new();
        for case in cases {
            count += 1;
            let got = actual(&file, &case.text);
            if got.trim_end() != case.expected.trim_end() {
                let place = file.display();
                let name = &case.name;
                let (want, got) = (case.expected.trim_end(), got.trim_end());
                writeln!(differences, "\n{place}: {name}\nexpected:\n{want}\ngot:\n{got}").unwrap();
            }
            let (name, text) = (&case.name, &case.text);
            write!(updated, "--- {name}\n{text}--- expect\n{}\n\n", got.trim_end()).unwrap();
        }
        if update() {
            fs::write(&file, updated).unwrap();
        }
    }
    assert!(count > 0, "no cases below tests/cases/{folder}");
    assert!(update() || differences.is_empty(), "{differences}\nUPDATE=1 writes them anew");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn parse(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut expects = false;
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("--- ").map(str::trim_end) {
            Some("expect") => expects = true,
            Some(name) => {
                cases.push(Case {
                    name: name.to_owned(),
                    text: String::new(),
                    expected: String::new(),
                });
                expects = false;
            }
            None => match cases.last_mut() {
                Some(case) if expects => case.expected.push_str(line),
                Some(case) => case.text.push_str(line),
                None => {}
            },
        }
    }
    cases
}
