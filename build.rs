//! Names the commit in `--version` of a program that is built for use.
#![expect(clippy::disallowed_methods, reason = "asks cargo and git for what they know")]

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=BUILD_COMMIT");
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    // While developing, a commit would mean building everything anew.
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = std::env::var("BUILD_COMMIT").ok().or_else(|| commit().filter(|_| is_release));
    let whole = commit.map_or(version.clone(), |commit| format!("{version} ({commit})"));
    println!("cargo:rustc-env=BUILD_VERSION={whole}");
    let mut hasher = DefaultHasher::new();
    for path in ["src", "data", "themes", "Cargo.lock", "Cargo.toml"] {
        println!("cargo:rerun-if-changed={path}");
        digest(Path::new(path), &mut hasher);
    }
    println!("cargo:rustc-env=BUILD_DIGEST={version} {:016x}", hasher.finish());
}

/// Takes in all files of a folder, so that a cache of another program than this one is known for what it is.
fn digest(path: &Path, hasher: &mut DefaultHasher) {
    path.hash(hasher);
    if let Ok(entries) = std::fs::read_dir(path) {
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths.iter().for_each(|path| digest(path, hasher));
    } else if let Ok(bytes) = std::fs::read(path) {
        bytes.hash(hasher);
    }
}

/// The commit of a checkout, or the one that a package was made from.
fn commit() -> Option<String> {
    if let Ok(packed) = std::fs::read_to_string(".cargo_vcs_info.json") {
        let (_, rest) = packed.split_once("\"sha1\": \"")?;
        return rest.get(..9).map(str::to_owned);
    }
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        (output.status.success() && !text.is_empty()).then_some(text)
    };
    // Another repository may stand above a folder that is none.
    let here = std::env::current_dir().ok()?.canonicalize().ok()?;
    let top = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?).canonicalize().ok()?;
    if top != here {
        return None;
    }
    if let Some(head) = git(&["rev-parse", "--git-path", "logs/HEAD"]) {
        println!("cargo:rerun-if-changed={head}");
    }
    git(&["rev-parse", "--short=9", "HEAD"])
}
