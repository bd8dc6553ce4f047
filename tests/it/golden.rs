//! Pages as they are written, so that whoever changes a template sees in review what it does.

use std::fs;

use crate::project::{Project, repository, tree, update};

/// One incident in each language, below pages of its own language.
const PAGES: [&str; 2] = ["incidents/basket-deadlock.html", "ko/incidents/주문-잠금.html"];

#[test]
fn the_pages_of_incidents_are_those_that_were_reviewed() {
    let golden = repository("tests/golden");
    let project = Project::new();
    for (path, bytes) in tree(&golden.join("content")) {
        project.write(&format!("content/{path}"), bytes);
    }
    project.run(["build", "--base-url", "https://example.org/postmortems/"]).ends(0);
    for page in PAGES {
        let made = project.read(&format!("public/{page}"));
        let file = golden.join(page);
        if update() {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, made).unwrap();
        } else {
            let reviewed = fs::read_to_string(file).unwrap();
            let changes = similar::TextDiff::from_lines(&reviewed, &made);
            let changes = changes.unified_diff().context_radius(0).to_string();
            assert!(changes.is_empty(), "UPDATE=1 writes {page} anew; what changed:\n{changes}");
        }
    }
}
