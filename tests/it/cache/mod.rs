//! A build that remembers the one before makes the same site as one that does not: over random edits, whatever became of
//! the cache or of the site in between.

mod edits;

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::cache::edits::{Circumstances, NAMES, apply, document, edits};
use crate::project::{Project, repository, tree};

/// What a build made and said.
fn build(
    project: &Project,
    output: &str,
    arguments: &[&str],
    now: Circumstances,
) -> (i32, String, BTreeMap<String, Vec<u8>>) {
    let environment: &[(&str, &str)] = if now.service { &[("CI", "true")] } else { &[] };
    let day = now.day.map(|day| ["--date", day]);
    let common = ["build", "--verbose", "-o", output].into_iter();
    let arguments = common.chain(day.iter().flatten().copied()).chain(arguments.iter().copied());
    let ran = project.run_in(environment, arguments);
    // Only the name of the folder differs.
    let said = ran.stderr.replace(&format!("files in {output}\n"), "files\n");
    (ran.code, said.replace(&format!("`{output}`"), ""), project.tree(output))
}

#[track_caller]
fn same_as_clean(project: &Project, now: Circumstances, after: &str) {
    let cached = build(project, "public", &[], now);
    let clean = build(project, "clean", &["--no-cache"], now);
    assert_eq!(cached.0, clean.0, "after {after}");
    assert_eq!(cached.1, clean.1, "after {after}");
    // What is withheld leaves what stood there.
    if cached.1.contains("nothing is written") {
        return;
    }
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&cached.2), names(&clean.2), "after {after}");
    for (name, bytes) in &cached.2 {
        assert!(clean.2[name] == *bytes, "{name} differs after {after}");
    }
}

#[test]
fn builds_from_the_cache_are_as_clean_ones_whatever_happened() {
    // So many sequences in CI's time; `PROPTEST_CASES` asks for more.
    let cases =
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2);
    let config =
        Config { cases, max_shrink_iters: 30, failure_persistence: None, ..Config::default() };
    let sequences = prop::collection::vec(prop::collection::vec(edits(), 1..4), 3..6);
    let ran = TestRunner::new(config).run(&sequences, |sequence| {
        let project = Project::new();
        for (number, name) in NAMES.iter().enumerate().take(5) {
            project.write(name, document(number as u8 * 41 + 1));
        }
        let mut now = Circumstances::default();
        same_as_clean(&project, now, "the beginning");
        for edits in sequence {
            edits.iter().for_each(|edit| apply(&project, edit, &mut now));
            same_as_clean(&project, now, &format!("{edits:?}"));
        }
        Ok(())
    });
    if let Err(error) = ran {
        panic!("{error}");
    }
}

#[test]
fn files_that_are_the_same_are_not_written_again() {
    let project = Project::new()
        .file("content/a.md", document(7))
        .file("content/b.md", document(15))
        .file("content/2023/graph.png", "a picture")
        .file("content/c.md", "# Shown\n\n![a](2023/graph.png)\n");
    let written = |name: &str| fs::metadata(project.path(name)).unwrap().modified().unwrap();
    project.run(["build"]).ends(0);
    let names: Vec<String> = project.tree("public").into_keys().collect();
    let before: Vec<_> = names.iter().map(|name| written(&format!("public/{name}"))).collect();
    let ran = project.run(["build", "--timings"]).ends(0);
    assert!(
        ran.stderr.contains(&format!("{} of them as they were", names.len() - 1)),
        "{}",
        ran.stderr
    );
    let after: Vec<_> = names.iter().map(|name| written(&format!("public/{name}"))).collect();
    assert!(before == after, "nothing changed, and something was written");
    project.write("content/b.md", document(23));
    project.run(["build"]).ends(0);
    assert_eq!(
        written("public/static/style.css"),
        before[names.iter().position(|name| name == "static/style.css").unwrap()]
    );
    assert!(written("public/incidents/b.html") > before[0]);
}

#[test]
fn a_cache_that_is_a_link_is_none() {
    let project = Project::new().file("content/a.md", document(7));
    fs::create_dir(project.path("elsewhere")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(project.path("elsewhere"), project.path(".pmsite-cache")).unwrap();
    project.run(["build"]).ends(0);
    assert!(project.tree("elsewhere").is_empty());
}

#[test]
fn a_cache_can_be_elsewhere_or_nowhere_and_stays_small() {
    let project = Project::new().file("content/a.md", document(7));
    project.run(["build", "--no-cache"]).ends(0);
    assert!(!project.path(".pmsite-cache").exists());
    project.run(["build", "--cache-dir", "kept/here"]).ends(0);
    assert!(project.path("kept/here/CACHEDIR.TAG").is_file());
    project.write("pmsite.toml", "cache = \"\"\n");
    project.run(["build"]).ends(0);
    assert!(!project.path(".pmsite-cache").exists());
    project.write("pmsite.toml", "cache = \".cache\"\n");
    for round in 0..20 {
        project.write("content/a.md", document(round));
        project.run(["build", "-o", &format!("out-{round}")]).ends(0);
    }
    let files = project.tree(".cache");
    assert!(files.len() <= 2 + 8 + 64, "{:?}", files.keys());
    fs::remove_file(project.path("content/a.md")).unwrap();
    project.run(["build"]).ends(0);
    let bytes: usize = project
        .tree(".cache")
        .iter()
        .filter(|(name, _)| name.starts_with("documents"))
        .map(|(_, bytes)| bytes.len())
        .sum();
    assert!(bytes < 64 * 32, "documents that are gone are still there: {bytes} bytes");
}

#[test]
fn documents_that_have_not_changed_are_not_read_again() {
    let project = Project::new().file("pmsite.toml", "title = \"One\"\n");
    for (name, bytes) in tree(&repository("content")).into_iter().take(12) {
        project.write(&format!("content/{name}"), bytes);
    }
    let extracts =
        |ran: &crate::project::Ran| ran.stderr.lines().any(|line| line.ends_with("  extract"));
    assert!(extracts(&project.run(["build", "--quiet", "--timings"]).ends(0)));
    // Every page shows the title, and no fact depends on it.
    project.write("pmsite.toml", "title = \"Two\"\n");
    let ran = project.run(["build", "--quiet", "--timings"]).ends(0);
    assert!(!extracts(&ran), "{}", ran.stderr);
    // Files that come before others change the numbers of all, and nothing that is read from them.
    project.write("content/0.md", document(7));
    same_as_clean(&project, Circumstances::default(), "a document that comes first");
}
