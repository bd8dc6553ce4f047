//! Exports as archives: nested, named in an old encoding, hostile.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::project::{Project, repository};

/// An archive of these files.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const ID: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn notions_archive_in_an_archive() {
    let page = format!(
        "# 주문 지연\n\n심각도: SEV2\n\n![graph](%EC%A3%BC%EB%AC%B8%20%EC%A7%80%EC%97%B0%20{ID}/a.png)\n"
    );
    let part = archive(&[
        (&format!("장애/주문 지연 {ID}.md"), page.as_bytes()),
        (&format!("장애/주문 지연 {ID}/a.png"), b"\x89PNG"),
    ]);
    let project = Project::new().file("Export.zip", archive(&[("ExportBlock-Part-1.zip", &part)]));
    let ran = project.run(["import", "Export.zip"]).ends(0);
    assert!(!ran.stderr.contains("PM925"), "{}", ran.stderr);
    let text = project.read("content/장애/주문-지연.md");
    assert!(text.contains("| 심각도 | SEV2 |"), "{text}");
    assert!(text.contains("![graph](주문-지연/a.png)"), "{text}");
    assert!(project.path("content/장애/주문-지연/a.png").is_file());
    // What was imported builds, its picture included, and a second import changes nothing.
    let built = project.run(["build"]).ends(0);
    assert!(!built.stderr.contains("PM501"), "{}", built.stderr);
    project.write("content/장애/주문-지연.md", "# Edited since\n");
    project.run(["import", "Export.zip"]).ends(0);
    assert_eq!(project.read("content/장애/주문-지연.md"), "# Edited since\n");
}

/// What Google Docs gives, twice: both call their picture the same.
#[test]
fn archives_in_an_archive_keep_what_is_theirs() {
    let export = |name: &str| {
        let page = format!(
            "<h1>{name} outage</h1><p>It broke. <img src=\"images/image1.png\" alt=\"p\"></p>"
        );
        archive(&[
            (&format!("{name}.html"), page.as_bytes()),
            ("images/image1.png", format!("PNG of {name}").as_bytes()),
        ])
    };
    let both = archive(&[
        ("One.zip", &export("One")),
        ("Two.zip", &export("Two")),
        ("Broken.zip", b"PK nonsense"),
        ("__MACOSX/._One.zip", b"nothing"),
    ]);
    let project = Project::new().file("both.zip", both);
    let ran = project.run(["import", "both.zip"]).ends(0);
    assert_eq!(ran.stderr.matches("PM925").count(), 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("Broken.zip"), "{}", ran.stderr);
    for name in ["one", "two"] {
        let text = project.read(&format!("content/{name}-outage.md"));
        let (_, rest) = text.split_once("![p](").unwrap();
        let picture = project.read(&format!("content/{}", rest.split(')').next().unwrap()));
        assert_eq!(picture.to_lowercase(), format!("png of {name}"));
    }
}

/// An archive beside documents is a file of theirs.
#[test]
fn an_attached_archive_is_not_taken_apart() {
    let logs = archive(&[("evil.md", b"# Not a page\n")]);
    let page = format!("# Disk full\n\n[logs](Disk%20full%20{ID}/logs.zip)\n");
    let export = archive(&[
        (&format!("Disk full {ID}.md"), page.as_bytes()),
        (&format!("Disk full {ID}/logs.zip"), &logs),
    ]);
    let project = Project::new().file("export.zip", export);
    project.run(["import", "export.zip"]).ends(0);
    let files: Vec<String> = project.tree("content").into_keys().collect();
    assert_eq!(files, ["disk-full.md", "disk-full/logs.zip"]);
    assert!(project.read("content/disk-full.md").contains("](disk-full/logs.zip)"));
}

#[test]
fn an_archive_cannot_write_elsewhere() {
    let hostile = archive(&[
        ("../../evil.md", b"# Evil\n"),
        ("/etc/evil.md", b"# Evil\n"),
        ("a/..\\..\\evil.md", b"# Evil\n"),
    ]);
    let project = Project::new().file("in/export.zip", hostile);
    project.run(["import", "in/export.zip", "-o", "in/out"]).ends(0);
    let files: Vec<String> = project.tree(".").into_keys().collect();
    assert!(
        files.iter().all(|name| name == "in/export.zip" || name.starts_with("in/out/")),
        "{files:?}"
    );
    let ran =
        Project::new().file("export.zip", b"PK\x03\x04nonsense").run(["import", "export.zip"]);
    assert!(ran.ends(2).stderr.contains("PM911"));
}

#[test]
fn incidents_of_one_title_are_all_kept() {
    let incident =
        |title: &str, body: &str| serde_json::json!({"title": title, "body": body, "number": 1});
    let issues = serde_json::json!([
        incident("Outage", "One."),
        incident("Outage", "Two."),
        incident("Outage 2", "Three."),
    ]);
    let project = Project::new().file("issues.json", issues.to_string());
    project.run(["import", "issues.json"]).ends(0);
    let files = project.tree("content");
    let all: String = files.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    assert_eq!(files.len(), 3, "{:?}", files.keys());
    assert!(["One.", "Two.", "Three."].iter().all(|text| all.contains(text)), "{all}");
}

/// What is read of a document that was imported: fields of its line in the table.
#[track_caller]
fn facts(sample: &str, document: &str, wanted: &[(&str, &str)]) {
    let export = repository("tests/cmd/import.in").join(sample);
    let project = Project::new();
    project.run(["import", export.to_str().unwrap(), "-o", "content"]).ends(0);
    let table = project.run(["extract", "content", "--format", "csv"]).ends(0).stdout;
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let headings = rows.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let row = rows.iter().find(|row| &row[0] == document);
    let row = row.unwrap_or_else(|| panic!("no {document} in\n{table}"));
    for (name, value) in wanted {
        let column = headings.iter().position(|heading| heading == *name).unwrap();
        assert_eq!(&row[column], *value, "{name} of {document}:\n{}", project.read(document));
    }
}

#[test]
fn exported_documents_are_read_as_what_they_say() {
    facts(
        "notion-nested",
        "content/장애-회고/장애-목록/2024-03-05-결제-승인-지연.md",
        &[
            ("started_at", "2024-03-05T14:10"),
            ("detected_at", "2024-03-05T14:18"),
            ("resolved_at", "2024-03-05T15:05"),
            ("severity", "SEV1"),
            ("services", "결제;주문"),
            ("root_causes", "connection-exhaustion"),
            ("action_count", "2"),
        ],
    );
    facts(
        "notion-nested",
        "content/장애-회고/장애-목록/search-returned-nothing-again.md",
        &[
            ("started_at", "2024-04-02T09:00"),
            ("severity", "SEV3"),
            ("services", "search"),
            ("action_count", "2"),
        ],
    );
    facts(
        "confluence-space",
        "content/checkout-outage.md",
        &[
            ("title", "Checkout outage"),
            ("started_at", "2024-03-05T10:02"),
            ("resolved_at", "2024-03-05T10:41"),
            ("severity", "SEV1"),
            ("services", "checkout;orders"),
            ("root_causes", "deadlock"),
            ("action_count", "2"),
        ],
    );
    facts(
        "google-notes",
        "content/검색-장애-보고서-2024-05-02.md",
        &[
            ("started_at", "2024-05-02T09:14"),
            ("resolved_at", "2024-05-02T09:58"),
            ("severity", "SEV2"),
            ("action_count", "1"),
        ],
    );
}

#[test]
fn tickets_are_read_as_what_they_say() {
    facts(
        "github-forms.json",
        "content/7-postmortem-결제-지연-payments-slow.md",
        &[
            ("started_at", "2024-03-05T14:10"),
            ("severity", "sev2"),
            ("services", "payments"),
            ("root_causes", "connection-exhaustion"),
        ],
    );
    facts(
        "jira-cloud.json",
        "content/inc-1-checkout-down.md",
        &[
            ("started_at", "2024-03-05T10:02"),
            ("resolved_at", "2024-03-05T10:41"),
            ("services", "checkout;orders"),
            ("root_causes", "deadlock"),
            ("action_count", "1"),
        ],
    );
    facts(
        "jira-wiki.json",
        "content/ops-1-캐시-장애.md",
        &[
            ("started_at", "2024-05-02T09:14"),
            ("resolved_at", "2024-05-02T09:44"),
            ("root_causes", "cache-failure"),
        ],
    );
    facts(
        "statuspage-more.json",
        "content/2024-03-05-checkout-errors.md",
        &[
            ("started_at", "2024-03-05T10:02"),
            ("resolved_at", "2024-03-05T11:30"),
            ("services", "Checkout"),
            ("root_causes", "deadlock"),
            ("action_count", "1"),
        ],
    );
}

#[test]
fn planned_work_is_a_draft_that_begins_when_it_was_planned_for() {
    let project = Project::new().file(
        "incidents.json",
        r#"[{"name": "Move of the database", "impact": "maintenance", "status": "completed",
             "created_at": "2024-04-20T15:48:00Z", "started_at": "2024-04-20T15:48:00Z",
             "scheduled_for": "2024-04-22T01:00:00Z", "scheduled_until": "2024-04-22T03:00:00Z"}]"#,
    );
    project.run(["import", "incidents.json", "--from", "statuspage", "-o", "content"]).ends(0);
    let record = project.run(["extract", "content"]).ends(0).stdout;
    let record: serde_json::Value = serde_json::from_str(record.trim()).unwrap();
    assert_eq!(record["visibility"], "draft");
    assert_eq!(record["duration_minutes"], 120.0);
    assert_eq!(record["started_at"], "2024-04-22T01:00");
}

/// A space with its index, a task inside a text, and a day in what the page says of itself.
#[test]
fn pages_of_confluence_keep_who_is_to_do_what() {
    let page = r#"<h1 id="title-heading">Ops : Prices not shown</h1>
        <div class="page-metadata">Created by <span>Tom</span>, last modified on Jan 20, 2023</div>
        <div id="main-content"><table><tr><th>Date</th><td><time datetime="2023-01-17">17 Jan 2023</time></td></tr></table>
        <p>Prices were not shown.</p><h2>Action items</h2><ul class="inline-task-list">
        <li class="checked" data-inline-task-id="1"><span><a class="confluence-userlink user-mention" href="x">@Tom Li</a>
        Protect the zone <time datetime="2023-01-31">31 Jan 2023</time></span></li>
        <li data-inline-task-id="2">Lower TTL <a class="confluence-userlink user-mention" href="x">Ann</a></li>
        <li data-inline-task-id="3">Ask <a class="confluence-userlink user-mention" href="x">Ann</a> for limits</li>
        </ul></div>"#;
    let index = "<div id=\"page\"><ul><li><a href=\"Prices_101.html\">Prices</a></li></ul></div>";
    let project =
        Project::new().file("in/SPACE/Prices_101.html", page).file("in/SPACE/index.html", index);
    let ran = project.run(["import", "in", "-o", "content"]).ends(0);
    assert!(ran.stderr.contains("SPACE/index.html"), "{}", ran.stderr);
    assert_eq!(project.tree("content").len(), 1);
    let record = project.run(["extract", "content"]).ends(0).stdout;
    let record: serde_json::Value = serde_json::from_str(record.trim()).unwrap();
    assert_eq!(record["date"], "2023-01-17");
    let tasks = record["action_items"].as_array().unwrap().iter();
    let tasks: Vec<_> =
        tasks.map(|task| serde_json::json!([task["owner"], task["due"], task["status"]])).collect();
    let wanted = serde_json::json!([
        ["Tom Li", "2023-01-31", "done"],
        ["Ann", null, "open"],
        ["Ann", null, "open"]
    ]);
    assert_eq!(serde_json::Value::from(tasks), wanted);
    assert!(
        project
            .read("content/prices-not-shown.md")
            .contains("- [ ] Ask Ann for limits (Assignee: Ann)")
    );
}

#[test]
fn boxes_of_notion_keep_who_and_when() {
    let page = "# Login outage\n\n## Action items\n\n- [x]  Add lock order @Mina Kim @March 12, 2024\n- [ ]  잠금 순서를 정한다 @김민지 @2024년 3월 20일\n";
    let project = Project::new().file(&format!("in/Login outage {ID}.md"), page);
    project.run(["import", "in", "-o", "content"]).ends(0);
    let record = project.run(["extract", "content"]).ends(0).stdout;
    let record: serde_json::Value = serde_json::from_str(record.trim()).unwrap();
    let tasks = record["action_items"].as_array().unwrap().iter();
    let tasks: Vec<_> = tasks.map(|task| serde_json::json!([task["owner"], task["due"]])).collect();
    let wanted = serde_json::json!([["Mina Kim", "2024-03-12"], ["김민지", "2024-03-20"]]);
    assert_eq!(serde_json::Value::from(tasks), wanted);
}
