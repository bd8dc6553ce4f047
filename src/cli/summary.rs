//! `pmsite summary`: what a change does to a collection, as Markdown for a pull request.
#![expect(clippy::disallowed_methods, reason = "asks what stands in the folder before the change")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::base::hidden::printable;
use crate::cli::Outcome;
use crate::cli::args::{SiteArgs, Summary};
use crate::cli::build::wishes;
use crate::cli::print::Printer;
use crate::config::resolve::{Wishes, resolve};
use crate::config::{Site, file};
use crate::diag::failure::Failure;
use crate::pipeline;
use crate::record::{FACTS, Record, record};

/// Lists longer than this are cut: a summary is read in one look.
const MOST: usize = 50;

/// Compares the documents here with those of another state of them.
pub(super) fn run(wanted: &Summary, printer: &Printer) -> Result<Outcome, Failure> {
    let now = state(&resolve(&wishes(&wanted.site)?)?, printer)?;
    let folder = as_here(&wanted.base, wanted.site.dir.as_deref());
    let has_folder = file::is_folder(&folder);
    let dir = if has_folder { folder } else { wanted.base.clone() };
    let of_base = SiteArgs { dir: Some(dir), ..wanted.site.clone() };
    let site = resolve(&Wishes { without_content: true, ..wishes(&of_base)? })?;
    // A change may bring the first documents: then a checkout has no such folder. What is none is the folder itself.
    let is_meant = has_folder || !wanted.base.join(".git").exists();
    let has_documents = is_meant && file::is_folder(&site.content);
    let before = if has_documents { state(&site, printer)? } else { State::default() };
    printer.data(Change { before, now, printer }.markdown().as_bytes())?;
    Ok(Outcome::Done)
}

/// The same folder of the other state, which need not have it.
fn as_here(base: &Path, here: Option<&Path>) -> PathBuf {
    match here {
        Some(dir) if dir.is_relative() => base.join(dir),
        Some(_) => base.to_owned(),
        None if base.join(file::NAME).is_file() => base.to_owned(),
        None => base.join(file::CONTENT),
    }
}

/// A collection as it is or was.
#[derive(Default)]
struct State {
    /// The facts of its documents by path.
    records: BTreeMap<String, Record>,
    /// The paths of those that stand for their incidents: of translations only one does.
    leading: BTreeSet<String>,
}

impl State {
    /// How many incidents have each cause.
    fn causes(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        let leading = self.leading.iter().filter_map(|path| self.records.get(path));
        for cause in leading.flat_map(|record| &record.root_causes) {
            *counts.entry(cause.id.as_str()).or_insert(0) += 1;
        }
        counts
    }
}

fn state(site: &Site, printer: &Printer) -> Result<State, Failure> {
    let (vocab, _) = pipeline::vocabulary(site)?;
    let reading = pipeline::read(site, &vocab.value, None)?;
    let cases = reading.cases.iter().filter(|case| {
        use crate::model::kind::Visibility::{Draft, Public};
        let seen = case.incident.visibility;
        !case.unpublishable && (seen == Public || seen == Draft && site.drafts)
    });
    let records = cases.map(|case| {
        let path = case.source.path.as_str();
        (path.to_owned(), record(case, path, printer.words()))
    });
    let leading = pipeline::leading(&reading.cases, site, &vocab.value);
    Ok(State { records: records.collect(), leading })
}

/// Two states of a collection.
struct Change<'a> {
    before: State,
    now: State,
    printer: &'a Printer,
}

impl Change<'_> {
    fn say(&self, key: &str, blanks: &[(&str, &dyn std::fmt::Display)]) -> String {
        self.printer.say(key, blanks)
    }

    fn markdown(&self) -> String {
        let mut text = format!("### {}\n\n", self.say("summary_title", &[]));
        let (before, now) = (&self.before.records, &self.now.records);
        let added: Vec<&Record> =
            now.values().filter(|one| !before.contains_key(&one.path)).collect();
        let removed: Vec<&Record> =
            before.values().filter(|one| !now.contains_key(&one.path)).collect();
        let changed: Vec<(&Record, Vec<&str>)> = now
            .values()
            .filter_map(|now| Some((now, differences(before.get(&now.path)?, now))))
            .filter(|(_, fields)| !fields.is_empty())
            .collect();
        if added.is_empty() && removed.is_empty() && changed.is_empty() {
            text += &self.say("summary_same", &[("all", &now.len())]);
            text.push('\n');
            return text;
        }
        let counts = [
            ("summary_added", added.len()),
            ("summary_changed", changed.len()),
            ("summary_removed", removed.len()),
        ];
        let said = counts.iter().filter(|(_, count)| *count > 0);
        let said: Vec<String> = said.map(|(key, n)| self.say(key, &[("n", n)])).collect();
        let all = self.say("summary_all_now", &[("all", &now.len())]);
        let _ = writeln!(text, "**{}** · {all}", said.join(", "));
        self.causes(&mut text);
        self.documents(&added, &changed, &removed, &mut text);
        text
    }

    /// Causes whose number differs.
    fn causes(&self, text: &mut String) {
        let (before, now) = (self.before.causes(), self.now.causes());
        let ids = before.keys().chain(now.keys()).collect::<BTreeSet<_>>();
        let count = |of: &BTreeMap<&str, usize>, id: &str| of.get(id).copied().unwrap_or(0);
        let rows: Vec<(&str, usize, usize)> =
            ids.into_iter().map(|id| (*id, count(&before, id), count(&now, id))).collect();
        let rows: Vec<&(&str, usize, usize)> =
            rows.iter().filter(|(_, before, now)| before != now).take(MOST).collect();
        if rows.is_empty() {
            return;
        }
        let [cause, was, is] =
            ["summary_cause", "summary_before", "summary_now"].map(|key| self.say(key, &[]));
        let _ = write!(text, "\n| {cause} | {was} | {is} |\n| --- | ---: | ---: |\n");
        for (id, before, now) in rows {
            let _ = writeln!(text, "| {} | {before} | {now} |", plain(id));
        }
    }

    /// What is known of the documents that differ, and what is not.
    fn documents(
        &self,
        added: &[&Record],
        changed: &[(&Record, Vec<&str>)],
        removed: &[&Record],
        text: &mut String,
    ) {
        let [document, facts, unknown] =
            ["summary_document", "summary_facts", "summary_unknown"].map(|key| self.say(key, &[]));
        let _ = write!(text, "\n| {document} | {facts} | {unknown} |\n| --- | --- | --- |\n");
        let fields = |names: Vec<&str>| {
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let named =
            |sign: char, one: &Record| format!("{sign} {} {}", code(&one.path), plain(&one.title));
        let new = |one: &&Record| (named('+', one), plain(&known(one)), fields(unknowns(one)));
        let rows = added.iter().map(new);
        let rows =
            rows.chain(changed.iter().map(|(one, names)| {
                (named('±', one), fields(names.clone()), fields(unknowns(one)))
            }));
        let gone = |one: &&Record| (named('−', one), String::new(), String::new());
        let rows = rows.chain(removed.iter().map(gone));
        let rows: Vec<(String, String, String)> = rows.collect();
        for (name, facts, unknown) in rows.iter().take(MOST) {
            let _ = writeln!(text, "| {name} | {facts} | {unknown} |");
        }
        if rows.len() > MOST {
            let more = self.say("summary_more", &[("n", &(rows.len() - MOST))]);
            let _ = write!(text, "\n{more}\n");
        }
    }
}

/// The facts that a reviewer checks first.
fn known(record: &Record) -> String {
    let causes = record.root_causes.iter().map(|cause| cause.id.clone()).collect::<Vec<_>>();
    let minutes = record.duration_minutes.map(|minutes| format!("{minutes} min"));
    let parts = [record.date.clone(), record.severity.clone(), minutes];
    let parts: Vec<String> = parts.into_iter().flatten().chain(causes).collect();
    parts.join(" · ")
}

/// Facts that were looked for and not found.
fn unknowns(record: &Record) -> Vec<&'static str> {
    [
        ("date", record.date.is_none()),
        ("severity", record.severity.is_none()),
        ("duration_minutes", record.duration_minutes.is_none()),
        ("services", record.services.is_empty()),
        ("root_causes", record.root_causes.is_empty()),
        ("detection", record.detection.is_none()),
        ("resolution", record.resolution.is_empty()),
        ("action_items", record.action_items.is_empty()),
    ]
    .into_iter()
    .filter_map(|(name, lacks)| lacks.then_some(name))
    .collect()
}

/// The fields that differ; where facts stand in the text is none.
fn differences(before: &Record, now: &Record) -> Vec<&'static str> {
    let as_values = |record: &Record| {
        let mut value = serde_json::to_value(record).unwrap_or_default();
        for list in ["timeline", "action_items"] {
            for item in value[list].as_array_mut().into_iter().flatten() {
                item["line"] = serde_json::Value::Null;
            }
        }
        value
    };
    let (before, now) = (as_values(before), as_values(now));
    let names = std::iter::once("lang").chain(FACTS);
    names.filter(|&name| before[name] != now[name]).collect()
}

/// Signs of Markdown that mean something within a line, an address and an emoji among them.
const MARKUP: &str = "\\`*_[]<>|~&$:";
/// What a letter behind them makes a mention of: of people, who are told of it, of issues, which then say so.
const MENTIONS: &str = "@#!";

/// A text of a document in a cell of a table, where nothing of it is markup: the comment on a pull request shows pictures
/// from anywhere, and tells whoever is mentioned. A mention is looked for in what was rendered, however it is
/// written, so it is parted by a space without width.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in printable(&text.replace('\n', " ")).chars() {
        if MARKUP.contains(letter) {
            out.push('\\');
        }
        out.push(letter);
        if MENTIONS.contains(letter) {
            out.push_str("&#8203;");
        }
    }
    out
}

/// A path as code, in which a table knows one sign. One that would end it is written as text.
fn code(path: &str) -> String {
    if path.contains('`') {
        return plain(path);
    }
    format!("`{}`", printable(path).replace('|', "\\|"))
}
