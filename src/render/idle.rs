//! What of a site's own theme nothing uses: files in the wrong place, strings that nobody says.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::base::file::File;
use crate::base::nearest::{nearest, nearest_path};
use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::diag::{Diagnostic, code};
use crate::render::theme::DEFAULT;

/// Endings of what a theme is made of; what else stands there, as a licence, is for people.
const PARTS: [&str; 4] = ["html", "toml", "css", "js"];

/// The files of a site's own theme that take the place of none and that no template names, and which were meant.
pub fn files(own: &[File]) -> Vec<(&RelPath, Option<&'static str>)> {
    let known = DEFAULT.iter().map(|(known, _)| *known);
    let is_used = |file: &File| {
        let path = file.path.as_str();
        known.clone().any(|known| known == path)
            || path.starts_with("static/")
            || path.strip_prefix("templates/").is_some_and(|name| is_named(name, own))
    };
    let is_part = |file: &File| PARTS.contains(&file.path.extension().as_str());
    let idle = own.iter().filter(|file| is_part(file) && !is_used(file));
    idle.map(|file| (&file.path, nearest_path(file.path.as_str(), known.clone()))).collect()
}

/// A finding for each string of a site's own theme that neither ours has nor one of its templates says.
pub fn strings(source: &Source, path: &RelPath, own: &[File]) -> Vec<Diagnostic> {
    // What is no table of strings ends the build.
    let Ok(said) = toml::from_str::<BTreeMap<Spanned<String>, String>>(&source.text) else {
        return Vec::new();
    };
    let ours = DEFAULT.iter().find(|(known, _)| *known == path.as_str());
    let ours: BTreeMap<String, String> = ours
        .and_then(|(_, bytes)| toml::from_str(str::from_utf8(bytes).ok()?).ok())
        .unwrap_or_default();
    let idle = said.into_keys().filter(|key| {
        let singular = |key: &str| key.strip_suffix("_one").map(str::to_owned);
        let is_known = |key: &str| ours.contains_key(key) || is_named(key, own);
        !is_known(key.get_ref()) && !singular(key.get_ref()).is_some_and(|key| is_known(&key))
    });
    let finding = |key: Spanned<String>| {
        Diagnostic::new(&code::UNKNOWN_STRING, source.span(key.span()))
            .arg("key", key.get_ref())
            .nearest(nearest(key.get_ref(), ours.keys().map(String::as_str)))
    };
    idle.map(finding).collect()
}

/// Whether a template or script of a site's own names it.
fn is_named(name: &str, own: &[File]) -> bool {
    let mut others = own.iter().filter(|file| !file.path.as_str().starts_with("strings/"));
    others.any(|file| String::from_utf8_lossy(&file.bytes).contains(name))
}
