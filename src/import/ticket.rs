//! Issues of a tracker as JSON: `gh issue list --json …` and Jira's search. A field that we do not know goes into
//! the table if it is a value, and is named if it is more.

use serde_json::Value;

use crate::diag::Diagnostic;
use crate::diag::catalog::Catalog;
use crate::import::document::{Document, line};
use crate::import::{Imported, Names, adf, lost, wiki};
use crate::model::when::Moment;

/// Issues of GitHub.
pub(super) fn github(
    value: &Value,
    words: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Imported> {
    let mut names = Names::default();
    let issues = value.as_array().into_iter().flatten().filter(|issue| issue["title"].is_string());
    let documents = issues.map(|issue| {
        let mut document =
            Document { title: text(&issue["title"]), body: body(issue), ..Document::default() };
        let title = document.title.clone();
        document.give("title", title);
        document.give("tags", names_of(&issue["labels"], "name"));
        let known = ["title", "body", "labels", "comments", "author", "assignees"];
        rest(issue, &known, &mut document, words, findings);
        document.row(words.say("import_author", &[]), text(&issue["author"]["login"]));
        document.row(
            words.say("import_assignees", &[]),
            names_of(&issue["assignees"], "login").join(", "),
        );
        let comments = issue["comments"].as_array().into_iter().flatten().map(|comment| {
            (text(&comment["author"]["login"]), text(&comment["createdAt"]), body(comment))
        });
        document.part(&words.say("import_comments", &[]), &discussion(comments));
        let name = format!("{}-{}", text(&issue["number"]), document.title);
        Imported { path: names.name("", &name, "md"), bytes: document.markdown().into_bytes() }
    });
    documents.collect()
}

fn body(value: &Value) -> String {
    text(&value["body"]).replace("\r\n", "\n")
}

/// Issues of Jira: those of a search, a list of them, or one.
pub(super) fn jira(
    value: &Value,
    words: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Imported> {
    let mut names = Names::default();
    let issues = match value {
        Value::Array(issues) => issues.clone(),
        one if one["fields"].is_object() => vec![one.clone()],
        search => search["issues"].as_array().cloned().unwrap_or_default(),
    };
    let issues = issues.iter().filter(|issue| issue["fields"].is_object());
    issues.map(|issue| jira_issue(issue, words, findings, &mut names)).collect()
}

fn jira_issue(
    issue: &Value,
    words: &Catalog,
    findings: &mut Vec<Diagnostic>,
    names: &mut Names,
) -> Imported {
    let (key, fields) = (text(&issue["key"]), &issue["fields"]);
    let mut document = Document { title: text(&fields["summary"]), ..Document::default() };
    document.body = prose(&fields["description"], &key, findings);
    let title = document.title.clone();
    document.give("title", title);
    document.give("severity", text(&fields["priority"]["name"]));
    document.give("services", names_of(&fields["components"], "name"));
    document.give("tags", names_of(&fields["labels"], "name"));
    document.row("Jira", key.clone());
    let known =
        ["summary", "description", "priority", "components", "labels", "comment", "attachment"];
    rest(fields, &known, &mut document, words, findings);
    for file in fields["attachment"].as_array().into_iter().flatten() {
        findings.push(lost(format!("`{}` ({key})", text(&file["filename"]))));
    }
    let comments = fields["comment"]["comments"].as_array().into_iter().flatten();
    let comments: Vec<_> = comments
        .map(|comment| {
            let said = prose(&comment["body"], &key, findings);
            (text(&comment["author"]["displayName"]), text(&comment["created"]), said)
        })
        .collect();
    document.part(&words.say("import_comments", &[]), &discussion(comments));
    let name = format!("{key}-{}", document.title);
    Imported { path: names.name("", &name, "md"), bytes: document.markdown().into_bytes() }
}

/// A text of Jira: a tree of nodes since version 3 of its interface, its own markup before.
fn prose(value: &Value, key: &str, findings: &mut Vec<Diagnostic>) -> String {
    match value {
        Value::String(text) => wiki::markdown(text),
        Value::Object(_) => adf::markdown(value, key, findings),
        _ => String::new(),
    }
}

/// Fields that have no place of their own.
fn rest(
    fields: &Value,
    known: &[&str],
    document: &mut Document,
    words: &Catalog,
    findings: &mut Vec<Diagnostic>,
) {
    for (name, value) in fields.as_object().into_iter().flatten() {
        if known.contains(&name.as_str()) {
            continue;
        }
        let named = words.phrases().get(&format!("import_{}", name.to_lowercase())).cloned();
        let label = named.unwrap_or_else(|| name.clone());
        match plain(value) {
            Some(value) => document.row(label, value),
            None => findings.push(lost(format!("`{name}` ({})", document.title))),
        }
    }
}

/// A value as a text, if it is one: what it is called, where it is an object with a name.
fn plain(value: &Value) -> Option<String> {
    const NAMES: [&str; 6] = ["name", "displayName", "value", "login", "title", "key"];
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(moment(text)),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(list) => {
            let texts: Option<Vec<String>> = list.iter().map(plain).collect();
            texts.map(|texts| texts.join(", "))
        }
        Value::Object(object) => {
            let name = NAMES.iter().find_map(|name| object.get(*name)?.as_str());
            if object.is_empty() { Some(String::new()) } else { name.map(str::to_owned) }
        }
    }
}

/// Comments, each below a line that says whose it is and when it was made.
fn discussion(comments: impl IntoIterator<Item = (String, String, String)>) -> String {
    let mut out = String::new();
    for (author, at, said) in comments {
        out += &format!("**{}, {}:**\n\n{}\n\n", line(&author), moment(&at), said.trim());
    }
    out
}

/// A value as a text: a number is one, too.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The names of things: they have one, or are one.
pub(super) fn names_of(list: &Value, key: &str) -> Vec<String> {
    let list = list.as_array().into_iter().flatten();
    list.map(|one| if one.is_string() { text(one) } else { text(&one[key]) })
        .filter(|name| !name.is_empty())
        .collect()
}

/// `2024-05-02T09:14:00.000+0900` as people write it, `2024-05-02 09:14 UTC+9`; any other text as it is.
pub(super) fn moment(text: &str) -> String {
    match instant(text) {
        Some((moment, zone)) => match (moment.date, moment.clock) {
            (Some(date), Some(clock)) => format!("{date} {clock} {zone}"),
            _ => text.to_owned(),
        },
        None => text.to_owned(),
    }
}

/// The wall clock and the zone of a time as machines write it.
pub(super) fn instant(text: &str) -> Option<(Moment, String)> {
    let (date, time) = text.split_once('T')?;
    let at = time.find(['Z', '+', '-'])?;
    let (clock, zone) = time.split_at(at);
    let day: jiff::civil::Date = date.parse().ok()?;
    let clock: jiff::civil::Time = clock.parse().ok()?;
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = (digits.get(..2).unwrap_or("00"), digits.get(2..4).unwrap_or("00"));
    let hours: u8 = hours.parse().ok()?;
    let zone = match (hours, minutes) {
        (0, "00") => "UTC".to_owned(),
        (hours, "00") => format!("UTC{}{hours}", zone.get(..1)?),
        (hours, minutes) => format!("UTC{}{hours}:{minutes}", zone.get(..1)?),
    };
    let written = format!("{day}T{:02}:{:02}", clock.hour(), clock.minute());
    crate::extract::given::moment(&written).map(|moment| (moment, zone))
}
