//! Issues of a tracker as JSON: `gh issue list --json …` and Jira's search. A field that we do not know goes into
//! the table if it is a value, and is named if it is more.

use serde_json::Value;

use crate::base::file::File;
use crate::diag::Diagnostic;
use crate::diag::catalog::Catalog;
use crate::import::document::{Document, below, line};
use crate::import::{Names, adf, label, lost, partial, wiki};
use crate::model::when::{Clock, Moment, PartialDate};

/// Issues of GitHub.
pub(super) fn github(value: &Value, words: &Catalog, findings: &mut Vec<Diagnostic>) -> Vec<File> {
    let mut names = Names::default();
    // One issue, as `gh issue view` gives it, or a list of them.
    let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let issues = all.iter().filter(|issue| issue["title"].is_string());
    let documents = issues.map(|issue| {
        let mut document =
            Document { title: text(&issue["title"]), body: body(issue), ..Document::default() };
        let title = document.title.clone();
        document.give("title", title);
        let labels = names_of(&issue["labels"], "name");
        label::read(&labels, &mut document);
        document.give("tags", labels);
        let known = ["title", "body", "labels", "comments", "author", "assignees"];
        rest(issue, &known, &Value::Null, &mut document, words, findings);
        document.row(words.say("import_author", &[]), text(&issue["author"]["login"]));
        document.row(
            words.say("import_assignees", &[]),
            names_of(&issue["assignees"], "login").join(", "),
        );
        let comments = issue["comments"].as_array().into_iter().flatten().map(|comment| {
            (text(&comment["author"]["login"]), text(&comment["createdAt"]), below(&body(comment)))
        });
        document.part(&words.say("import_comments", &[]), &discussion(comments));
        let name = format!("{}-{}", text(&issue["number"]), document.title);
        File { path: names.name("", &name, "md"), bytes: document.markdown().into_bytes() }
    });
    documents.collect()
}

fn body(value: &Value) -> String {
    text(&value["body"]).replace("\r\n", "\n")
}

/// Issues of Jira: those of a search, a list of them, or one.
pub(super) fn jira(value: &Value, words: &Catalog, findings: &mut Vec<Diagnostic>) -> Vec<File> {
    let issues = match value {
        Value::Array(issues) => issues.as_slice(),
        one if one["fields"].is_object() => std::slice::from_ref(one),
        search => search["issues"].as_array().map_or(&[][..], Vec::as_slice),
    };
    findings.extend(partial(issues.len(), &value["total"], &words.say("import_issues", &[])));
    let mut names = Names::default();
    let issues = issues.iter().filter(|issue| issue["fields"].is_object());
    issues
        .map(|issue| {
            let document = jira_issue(issue, &value["names"], words, findings);
            let name = format!("{}-{}", text(&issue["key"]), document.title);
            File { path: names.name("", &name, "md"), bytes: document.markdown().into_bytes() }
        })
        .collect()
}

/// What a tracker says of itself and not of the incident.
const ABOUT_THE_TRACKER: [&str; 7] = [
    "votes",
    "watches",
    "workratio",
    "lastViewed",
    "progress",
    "aggregateprogress",
    "timetracking",
];

/// `called` has the names of fields that a site has made.
fn jira_issue(
    issue: &Value,
    called: &Value,
    words: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> Document {
    let (key, fields) = (text(&issue["key"]), &issue["fields"]);
    let mut document = Document { title: text(&fields["summary"]), ..Document::default() };
    document.body = prose(&fields["description"], &key, findings);
    let title = document.title.clone();
    document.give("title", title);
    document.give("severity", text(&fields["priority"]["name"]));
    document.give("services", names_of(&fields["components"], "name"));
    document.give("tags", names_of(&fields["labels"], "name"));
    document.row("Jira", key.clone());
    let mut others = fields.as_object().cloned().unwrap_or_default();
    others.retain(|name, _| !ABOUT_THE_TRACKER.contains(&name.as_str()));
    let mut others = Value::Object(others);
    for (name, value) in others.as_object_mut().into_iter().flatten() {
        // A text with a shape of its own is a part of the document.
        if value["type"] == "doc" && name != "description" {
            let heading = called[name].as_str().unwrap_or(name);
            document.part(heading, &below(&adf::markdown(value, &key, findings)));
            *value = Value::Null;
        }
    }
    let known = [
        "summary",
        "description",
        "priority",
        "components",
        "labels",
        "comment",
        "attachment",
        "subtasks",
    ];
    rest(&others, &known, called, &mut document, words, findings);
    document.part(&words.say("import_subtasks", &[]), &subtasks(&fields["subtasks"]));
    for file in fields["attachment"].as_array().into_iter().flatten() {
        findings.push(lost(format!("`{}` ({key})", text(&file["filename"]))));
    }
    let comments = fields["comment"]["comments"].as_array().map_or(&[][..], Vec::as_slice);
    let kept = format!("{} ({key})", words.say("import_comments_kept", &[]));
    findings.extend(partial(comments.len(), &fields["comment"]["total"], &kept));
    let comments: Vec<_> = comments
        .iter()
        .map(|comment| {
            let said = below(&prose(&comment["body"], &key, findings));
            (text(&comment["author"]["displayName"]), text(&comment["created"]), said)
        })
        .collect();
    document.part(&words.say("import_comments", &[]), &discussion(comments));
    document
}

/// Issues below one, as items that are done or not.
fn subtasks(list: &Value) -> String {
    let item = |task: &Value| {
        let status = &task["fields"]["status"];
        let is_done = status["statusCategory"]["key"] == "done" || status["name"] == "Done";
        let sign = if is_done { "x" } else { " " };
        format!("- [{sign}] {} ({})\n", text(&task["fields"]["summary"]), text(&task["key"]))
    };
    list.as_array().into_iter().flatten().map(item).collect()
}

/// A text of Jira: a tree of nodes since version 3 of its interface, its own markup before.
fn prose(value: &Value, key: &str, findings: &mut Vec<Diagnostic>) -> String {
    match value {
        Value::String(text) => wiki::markdown(text),
        Value::Object(_) => adf::markdown(value, key, findings),
        _ => String::new(),
    }
}

/// Fields that have no place of their own. `called` has the names of those that a site has made.
fn rest(
    fields: &Value,
    known: &[&str],
    called: &Value,
    document: &mut Document,
    words: &Catalog,
    findings: &mut Vec<Diagnostic>,
) {
    for (name, value) in fields.as_object().into_iter().flatten() {
        if known.contains(&name.as_str()) || says_nothing(value) {
            continue;
        }
        let named = words.phrases().get(&format!("import_{}", name.to_lowercase())).cloned();
        let named = named.or_else(|| called[name].as_str().map(str::to_owned));
        let label = named.unwrap_or_else(|| name.clone());
        match plain(value) {
            Some(value) => document.row(label, value),
            None => findings.push(lost(format!("`{name}` ({})", document.title))),
        }
    }
}

/// Whether nothing is in a value but the numbers of a page that is empty.
fn says_nothing(value: &Value) -> bool {
    const OF_PAGES: [&str; 3] = ["self", "startAt", "maxResults"];
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.iter().all(says_nothing),
        Value::Object(object) => object.iter().all(|(name, value)| {
            OF_PAGES.contains(&name.as_str()) || says_nothing(value) || value.as_u64() == Some(0)
        }),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A value as a text, if it is one: what it is called, where it is an object with a name.
fn plain(value: &Value) -> Option<String> {
    const NAMES: [&str; 7] = ["name", "displayName", "value", "login", "title", "key", "url"];
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(moment(text)),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(list) => {
            let texts: Option<Vec<String>> = list.iter().map(plain).collect();
            texts.map(|texts| texts.join(", "))
        }
        Value::Object(object) => issue_of(value).or_else(|| {
            let name = NAMES.iter().find_map(|name| object.get(*name)?.as_str());
            if object.is_empty() { Some(String::new()) } else { name.map(str::to_owned) }
        }),
    }
}

/// An issue that another names, or a link to one: how they belong together, its key and its title.
fn issue_of(value: &Value) -> Option<String> {
    let titled = |issue: &Value| {
        let (key, title) = (issue["key"].as_str()?, issue["fields"]["summary"].as_str()?);
        Some(format!("{key} {title}"))
    };
    let linked = |side: &str, how: &str| {
        let issue = titled(&value[side])?;
        Some(format!("{} {issue}", text(&value["type"][how])).trim().to_owned())
    };
    titled(value)
        .or_else(|| linked("outwardIssue", "outward"))
        .or_else(|| linked("inwardIssue", "inward"))
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
    let date = PartialDate::new(day.year(), day.month() as u8, day.day() as u8);
    let clock = Clock::new(clock.hour() as u8, clock.minute() as u8, 0);
    Some((Moment { date, clock }, zone))
}
