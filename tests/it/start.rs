//! What `init` and `new` write is what `check` wants to see and what other programs take.

use std::fs;

use crate::project::{Project, repository};

#[test]
fn the_examples_are_reports_without_a_finding() {
    let project = Project::new();
    project.run(["init"]).ends(0);
    let ran = project.run(["check", "--deny", "note"]).ends(0);
    assert!(ran.stderr.contains("2 documents"), "{}", ran.stderr);
    let facts = project.run(["extract", "content"]).ends(0).stdout;
    let records: Vec<serde_json::Value> =
        facts.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for record in &records {
        for field in ["date", "started_at", "detected_at", "resolved_at", "severity", "detection"] {
            assert!(!record[field].is_null(), "{field} of {}", record["path"]);
        }
        for field in ["services", "root_causes", "resolution", "timeline", "action_items"] {
            assert!(!record[field].as_array().unwrap().is_empty(), "{field} of {}", record["path"]);
        }
    }
    assert_eq!([&records[0]["lang"], &records[1]["lang"]], ["en", "ko"]);
}

#[test]
fn a_template_is_read_as_the_example_is() {
    // The example has all headings of the template, in their order: filling it in is enough.
    for lang in ["en", "ko"] {
        let headings = |name: &str| -> Vec<String> {
            let path = repository(&format!("data/start/{lang}/{name}.md"));
            let text = fs::read_to_string(path).unwrap();
            text.lines().filter(|line| line.starts_with("## ")).map(str::to_owned).collect()
        };
        assert_eq!(headings("postmortem"), headings("example"), "{lang}");
    }
}

#[test]
fn the_settings_that_init_writes_are_valid_commented_or_not() {
    let project = Project::new();
    project.run(["init", "--title", "A \"quoted\" name", "--theme", "ours"]).ends(0);
    project.run(["config"]).ends(0);
    let settings = project.read("pmsite.toml");
    let awake: String = settings
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.split(" = ").next().is_some_and(|key| !key.contains(' ')) => rest,
            _ => line,
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    assert!(awake.contains("\nlanguage = \"en\"\n"), "{awake}");
    project.write("pmsite.toml", awake);
    project.run(["config"]).ends(0);
    // The theme was copied whole, and a change of the copy is seen.
    project.write("themes/ours/static/style.css", "body { color: red }\n");
    project.run(["build"]).ends(0);
    assert_eq!(project.read("public/static/style.css"), "body { color: red }\n");
}

#[test]
fn the_users_editor_opens_the_new_document() {
    let project = Project::new();
    project.run(["init", "--bare"]).ends(0);
    let arguments = ["new", "Disk full", "--date", "2024-01-02", "--edit"];
    project.run_in(&[("VISUAL", "tee -a editor.log"), ("EDITOR", "false")], arguments).ends(0);
    assert!(project.path("editor.log").is_file(), "the editor was called with its arguments");
    assert!(project.read("content/2024-01-02-disk-full.md").contains("# Disk full\n"));
    let piped = ["new", "Disk slow", "--date", "2024-01-02", "--service", "a|b", "--edit"];
    let ran = project.run_in(&[("VISUAL", ""), ("EDITOR", "false")], piped).ends(2);
    assert!(ran.stderr.contains("`false`"), "{}", ran.stderr);
    assert!(project.read("content/2024-01-02-disk-slow.md").contains("| a\\|b |"));
}

#[test]
fn init_tells_of_documents_that_will_not_be_read() {
    let report = "# Checkout outage\n";
    let project = Project::new().file("a.md", report).file("README.md", "# Read me\n");
    let ran = project.run(["init"]).ends(0);
    assert!(ran.stderr.contains("1 document here will not be read"), "{}", ran.stderr);
    assert!(!project.run(["init"]).ends(0).stderr.contains("will not be read"), "told once");
    let project = Project::new().file("README.md", "# Read me\n").file("requirements.txt", "x");
    assert!(!project.run(["init"]).ends(0).stderr.contains("will not be read"));
}
