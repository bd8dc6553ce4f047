//! `build --from`: what was extracted once makes the same site again.

use serde_json::Value;

use crate::project::{Project, repository};

/// The records of a site without what depends on where facts stand in the text.
fn facts(project: &Project, site: &str) -> Vec<Value> {
    let lines = project.read(&format!("{site}/data/incidents.jsonl"));
    let mut records: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for record in &mut records {
        let record = record.as_object_mut().unwrap();
        record.remove("evidence");
        record.remove("diagnostics");
        for list in ["timeline", "action_items"] {
            for item in record[list].as_array_mut().unwrap() {
                item.as_object_mut().unwrap().remove("line");
            }
        }
    }
    records
}

#[test]
fn a_site_from_facts_says_what_the_site_from_documents_says() {
    let project = Project::new();
    let content = repository("content");
    let build = |arguments: &[&str]| {
        let output = ["build", "-q"].into_iter().chain(arguments.iter().copied());
        project.run(output).ends(0);
    };
    build(&[content.to_str().unwrap(), "-o", "documents"]);
    let extracted = project.read("documents/data/incidents.jsonl");
    project.write("facts.jsonl", extracted);
    build(&["--from", "facts.jsonl", "-o", "facts"]);
    let (documents, facts) = (facts(&project, "documents"), facts(&project, "facts"));
    assert_eq!(documents.len(), facts.len());
    for (document, fact) in documents.iter().zip(&facts) {
        for (name, value) in document.as_object().unwrap() {
            assert_eq!(value, &fact[name], "{name} of {}", document["path"]);
        }
    }
}

/// Facts keep what is not for everybody apart, and secrets in them are as those of documents.
#[test]
fn what_must_not_be_published_is_not_published_from_facts() {
    let project = Project::new()
        .file(
            "content/private.md",
            "---\nprivate: true\n---\n# The rutabaga outage\n\nIt went down.\n",
        )
        .file(
            "content/open.md",
            "# Shop down AKIAQ7ZB2MW4XN5TR3KD\n\nOn 2024-03-05 it deadlocked.\n",
        );
    let facts = project.run(["extract", "content"]).ends(0).stdout;
    let project = project.file("facts.jsonl", facts);
    project.run_in(&[("CI", "true")], ["build", "--from", "facts.jsonl", "-o", "withheld"]).ends(1);
    assert!(!project.path("withheld").exists());
    project.run(["build", "--from", "facts.jsonl", "-o", "out"]).ends(0);
    for (name, bytes) in crate::project::tree(&project.path("out")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("rutabaga"), "{name}");
    }
}
