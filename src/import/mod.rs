//! What other tools export becomes documents: Markdown with front matter, pictures beside it. What has no place
//! in a document is named in a finding, so that nothing is lost unseen.

pub mod bundle;
mod adf;
mod document;
mod html;
mod label;
mod link;
mod notion;
mod statuspage;
mod ticket;
mod wiki;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::base::file::File;
use crate::base::path::{RelPath, slug};
use crate::base::span::Span;
use crate::base::unique;
use crate::diag::catalog::Catalog;
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::diag::{Diagnosed, Diagnostic};
use crate::import::bundle::Bundle;
use crate::model::kind::kinds;

kinds! {
    /// What an export can be.
    Format {
        /// Notion's Markdown and CSV.
        Notion = "notion",
        /// A page as HTML: Google Docs, Confluence.
        Html = "html",
        /// `gh issue list --json`.
        Github = "github",
        /// Issues of Jira.
        Jira = "jira",
        /// Incidents of Statuspage.
        Statuspage = "statuspage",
    }
}

/// The documents of an export, and the pictures that they show, below the folder that is imported into.
///
/// # Errors
/// When the export is not of the format that was asked for, or of any that we know.
pub fn import(
    bundle: &Bundle,
    format: Option<Format>,
    words: &Catalog,
) -> Result<Diagnosed<Vec<File>>, Failure> {
    let format = match format.or_else(|| guess(bundle)) {
        Some(format) => format,
        None => return Err(Failure::new(&code::UNKNOWN_EXPORT).arg("path", &bundle.name)),
    };
    let mut findings = bundle.findings.clone();
    let mut files = match format {
        Format::Notion => notion::import(bundle, words, &mut findings),
        Format::Html => html::import(bundle, words, &mut findings),
        Format::Github => ticket::github(&json(bundle, format)?, words, &mut findings),
        Format::Jira => ticket::jira(&json(bundle, format)?, words, &mut findings),
        Format::Statuspage => statuspage::import(&json(bundle, format)?, words, &mut findings),
    };
    if files.is_empty() {
        let why = words.say("import_nothing", &[]);
        return Err(not_an_export(&bundle.name, format.as_str(), why));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    // Said once, however often it stands there.
    let mut said = BTreeSet::new();
    findings.retain(|finding| said.insert(format!("{finding:?}")));
    Ok(Diagnosed { value: files, findings })
}

/// The format by what the export looks like.
fn guess(bundle: &Bundle) -> Option<Format> {
    let ends = |ending: &str| bundle.files.keys().any(|path| path.extension() == ending);
    if ends("md") {
        return Some(Format::Notion);
    }
    if ends("html") || ends("htm") {
        return Some(Format::Html);
    }
    let value: Value = serde_json::from_slice(bundle.files.values().next()?).ok()?;
    let lists = [&value["incidents"], &value["issues"], &value];
    let list = lists.into_iter().find_map(Value::as_array);
    let first = list.map_or(Some(&value), |list| list.first())?;
    if value["incidents"].is_array() || first.get("incident_updates").is_some() {
        return Some(Format::Statuspage);
    }
    if first.get("fields").is_some() {
        return Some(Format::Jira);
    }
    first.get("title").map(|_| Format::Github)
}

/// The one JSON file of an export.
fn json(bundle: &Bundle, format: Format) -> Result<Value, Failure> {
    let bytes = bundle.files.values().next().map_or(&[][..], Vec::as_slice);
    serde_json::from_slice(bytes)
        .map_err(|error| not_an_export(&bundle.name, format.as_str(), error))
}

fn not_an_export(path: &str, format: &str, why: impl ToString) -> Failure {
    Failure::new(&code::NOT_AN_EXPORT).arg("path", path).arg("format", format).arg("why", why)
}

/// Something that has no place in a document.
fn lost(what: impl ToString) -> Diagnostic {
    Diagnostic::new(&code::NOT_IMPORTED, Span::nowhere()).arg("lost", what)
}

/// Fewer things than there are.
fn partial(held: usize, all: &Value, what: &str) -> Option<Diagnostic> {
    let all = all.as_u64().filter(|all| *all > held as u64)?;
    let finding = Diagnostic::new(&code::PARTIAL_EXPORT, Span::nowhere());
    Some(finding.arg("held", held).arg("all", all).arg("what", what))
}

/// Names for files, each given once.
#[derive(Default)]
struct Names {
    given: unique::Names,
}

impl Names {
    /// A name made of a title, below a folder that may be empty.
    fn name(&mut self, folder: &str, title: &str, ending: &str) -> RelPath {
        let name = slug(title);
        let name = if name.is_empty() { "untitled" } else { &name };
        let above = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        RelPath::known(&self.given.name(&format!("{above}{name}"), &format!(".{ending}")))
    }
}
