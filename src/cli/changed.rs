//! What changed since a revision, as git says.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::base::path::RelPath;
use crate::diag::code;
use crate::diag::failure::Failure;

/// The files below a folder that differ from where this branch left a revision, and those that git does not know
/// yet, named from that folder.
///
/// # Errors
/// When there is no git, no repository or no such revision.
pub(super) fn changed(folder: &Path, revision: &str) -> Result<BTreeSet<String>, Failure> {
    // First, because outside of a repository it says so, where `git diff` compares files.
    let mut names = git(folder, &["ls-files", "-z", "--others", "--exclude-standard"], revision)?;
    // What was renamed is gone under its old name, which others may still use.
    let differ = ["diff", "--name-only", "--no-renames", "-z", "--relative", "--merge-base"];
    let differ = [&differ[..], &["--end-of-options"]].concat();
    names.extend(git(folder, &[&differ[..], &[revision, "--", "."]].concat(), revision)?);
    Ok(names)
}

fn git(folder: &Path, arguments: &[&str], revision: &str) -> Result<BTreeSet<String>, Failure> {
    let cannot = |why: &dyn std::fmt::Display| {
        Failure::new(&code::NO_REVISION).arg("revision", revision).arg("why", why)
    };
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        // What it says is looked up in the catalogue.
        .env("LC_ALL", "C")
        .output()
        .map_err(|error| cannot(&"").phrase("why", "why_no_git").arg("error", error))?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        return Err(cannot(&told.lines().next().unwrap_or_default()));
    }
    let names = output.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    Ok(names
        .map(|name| RelPath::new(Path::new(&*String::from_utf8_lossy(name))).to_string())
        .collect())
}
