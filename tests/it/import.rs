//! Exports as archives: nested, named in an old encoding, hostile.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::project::Project;

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
