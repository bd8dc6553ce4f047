//! One document that a command is given: it is read as its site reads it.

use crate::project::Project;

const REPORT: &str = "# Ledger hiccup\n\nOn 2024-05-02 the ledger hiccuped.\n\n## Root cause\n\nThe flux gate tripped.\n";

/// A site without settings, with words of its own and a file of overrides.
fn site() -> Project {
    Project::new()
        .file("content/2024/ledger.md", REPORT)
        .file("overrides.toml", "[\"2024/ledger.md\"]\nseverity = \"S9\"\n")
        .file("data/lexicon/en/causes.toml", "[power-failure]\nstrong = [\"flux gate tripped\"]\n")
}

#[test]
fn it_is_explained_with_the_words_of_its_site_and_what_is_said_of_it_there() {
    let project = site();
    // By its path, and as its page names it.
    for name in ["content/2024/ledger.md", "2024/ledger.md", "2024/ledger"] {
        let causes = project.run(["explain", name, "root_causes"]).ends(0).stdout;
        assert!(causes.contains("power-failure"), "{name}: {causes}");
        let severity = project.run(["explain", name, "severity"]).ends(0).stdout;
        assert_eq!(severity, "severity\n  → S9  override 1.00\n", "{name}");
    }
}

#[test]
fn its_facts_are_those_of_the_built_site() {
    let project = site();
    let printed = project.run(["extract", "content/2024/ledger.md"]).ends(0).stdout;
    project.run(["build"]).ends(0);
    let built = project.read("public/data/incidents.jsonl");
    assert_eq!(printed.replace("content/2024", "2024"), built);
    for folder in ["content", "content/2024"] {
        assert_eq!(printed, project.run(["extract", folder]).ends(0).stdout, "{folder}");
    }
    let evidence = r#""severity":[{"line":1,"column":1,"text":"","rule":"override"}]"#;
    assert!(built.contains(evidence), "{built}");
}

#[test]
fn a_timeline_outside_the_text_is_shown_and_stands_in_no_line_of_it() {
    let timeline = "timeline = [{ at = \"2024-05-02T10:00\", text = \"The gate tripped\" }]\n";
    let front =
        "---\ntimeline:\n  - at: 2024-05-03T11:00\n    text: The pump stopped\n---\n\n# Pump\n";
    let project = site()
        .file("overrides.toml", format!("[\"2024/ledger.md\"]\n{timeline}"))
        .file("content/pump.md", front);
    project.run(["build"]).ends(0);
    assert!(project.read("public/incidents/2024/ledger.html").contains("The gate tripped"));
    assert!(project.read("public/incidents/pump.html").contains("The pump stopped"));
    let told = project.run(["explain", "2024/ledger", "timeline"]).ends(0).stdout;
    assert_eq!(told, "timeline\n  2024-05-02T10:00 [-] The gate tripped\n");
}

#[test]
fn a_folder_of_a_site_is_checked_as_a_part_of_it() {
    let project = site()
        .file("pmsite.toml", "")
        .file("content/2024/other.md", "# Other\n\nOn 2024-05-03. [x](../2023/pump.md)\n")
        .file("content/2023/pump.md", "# Pump\n\nIt broke.\n");
    let whole = project.run(["check", "--concise", "content"]).stderr;
    let part = project.run(["check", "--concise", "content/2024"]).ends(0);
    let of_part = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.contains("2024/")).map(str::to_owned).collect()
    };
    assert_eq!(of_part(&part.stderr), of_part(&whole));
    assert!(of_part(&whole).len() > 2, "{whole}");
    assert!(part.stderr.contains("2 documents checked"), "{}", part.stderr);
}

#[test]
fn a_folder_is_no_document() {
    let ran = site().run(["explain", "content"]).ends(2);
    assert!(ran.stderr.contains("name one file"), "{}", ran.stderr);
}
