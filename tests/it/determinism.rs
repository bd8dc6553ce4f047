//! The same input gives the same bytes: twice, on any number of threads, with the files in any order.

use std::collections::BTreeMap;
use std::fs;

use crate::project::{Project, repository, tree};

fn build(content: &std::path::Path, threads: &str) -> BTreeMap<String, Vec<u8>> {
    let project = Project::new();
    let output = project.path("out");
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_pmsite"))
        .args(["build".as_ref(), content.as_os_str(), "-o".as_ref(), output.as_os_str()])
        .args(["--quiet", "--no-cache"])
        .env("RAYON_NUM_THREADS", threads)
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    tree(&output)
}

#[track_caller]
fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other));
    let differ: Vec<&String> =
        one.iter().filter(|(name, bytes)| other[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(differ.is_empty(), "these files differ: {differ:?}");
}

#[test]
fn same_bytes_whatever_the_threads_and_the_order_of_files() {
    let content = repository("content");
    let first = build(&content, "1");
    same(&first, &build(&content, "1"));
    same(&first, &build(&content, "7"));
    // A copy whose files were made in the opposite order, in another place, below the same settings.
    let copy = Project::new();
    copy.write("pmsite.toml", fs::read(repository("pmsite.toml")).unwrap());
    for (name, bytes) in tree(&content).into_iter().rev() {
        copy.write(&format!("content/{name}"), bytes);
    }
    same(&first, &build(&copy.path("content"), "3"));
    fs::remove_dir_all(copy.path("content")).unwrap();
}
