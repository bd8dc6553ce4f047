//! Incidents of Statuspage as its interface gives them: what was told to customers becomes the timeline.

use serde_json::Value;

use crate::base::file::File;
use crate::diag::Diagnostic;
use crate::diag::catalog::Catalog;
use crate::import::document::{Document, line};
use crate::import::ticket::{instant, moment, names_of, text};
use crate::import::{Names, lost};

/// The incidents of a page.
pub(super) fn import(value: &Value, words: &Catalog, findings: &mut Vec<Diagnostic>) -> Vec<File> {
    let list = value["incidents"].as_array().or_else(|| value.as_array());
    let mut names = Names::default();
    let incidents = list.into_iter().flatten().filter(|incident| incident["name"].is_string());
    let documents = incidents.map(|incident| {
        let document = document(incident, words, findings);
        let day = begin(incident).get(..10).unwrap_or_default().to_owned();
        let name = format!("{day}-{}", document.title);
        File { path: names.name("", &name, "md"), bytes: document.markdown().into_bytes() }
    });
    documents.collect()
}

/// When it began: Statuspage knows when the incident was opened where nobody says otherwise. Work that was planned began
/// when it was planned for.
fn begin(incident: &Value) -> String {
    let known = if is_planned(incident) { "scheduled_for" } else { "started_at" };
    let told = [known, "started_at", "created_at"].map(|key| text(&incident[key]));
    told.into_iter().find(|at| !at.is_empty()).unwrap_or_default()
}

/// When it ended. Work that is done and does not say when ended when it was planned to.
fn end(incident: &Value) -> String {
    let resolved = text(&incident["resolved_at"]);
    let is_planned_end =
        resolved.is_empty() && is_planned(incident) && incident["status"] == "completed";
    if is_planned_end { text(&incident["scheduled_until"]) } else { resolved }
}

/// Whether it is maintenance that was announced, and no incident.
fn is_planned(incident: &Value) -> bool {
    incident["impact"] == MAINTENANCE
}

const MAINTENANCE: &str = "maintenance";

fn document(incident: &Value, words: &Catalog, findings: &mut Vec<Diagnostic>) -> Document {
    let mut document = Document { title: text(&incident["name"]), ..Document::default() };
    let title = document.title.clone();
    document.give("title", title);
    if is_planned(incident) {
        document.give("draft", true);
    }
    if let Some((moment, zone)) = instant(&begin(incident)) {
        document.give("started_at", moment.to_string());
        document.give("time_zone", zone);
    }
    if let Some((moment, _)) = instant(&end(incident)) {
        document.give("resolved_at", moment.to_string());
    }
    let impact = text(&incident["impact"]);
    if !["none", MAINTENANCE].contains(&impact.as_str()) {
        document.give("severity", impact);
    }
    document.give("services", names_of(&incident["components"], "name"));
    document.row(words.say("import_status", &[]), text(&incident["status"]));
    let until = ["scheduled_for", "scheduled_until"].map(|name| moment(&text(&incident[name])));
    let until: Vec<&str> = until.iter().map(String::as_str).filter(|at| !at.is_empty()).collect();
    document.row(words.say("import_scheduled", &[]), until.join(" – "));
    document.row(words.say("import_url", &[]), text(&incident["shortlink"]));
    document.part(&words.say("import_timeline", &[]), &timeline(incident));
    let postmortem = updates(incident).find(|update| update["status"] == POSTMORTEM);
    let bodies =
        [text(&incident["postmortem_body"]), text(&postmortem.unwrap_or(&Value::Null)["body"])];
    if let Some(own) = bodies.iter().find(|body| !body.is_empty()) {
        document.body += &format!("\n\n{}", prose(own));
    }
    // Nested things besides those above: names only, since nobody knows what they hold.
    let known = ["components", "incident_updates"];
    for (name, value) in incident.as_object().into_iter().flatten() {
        let holds = value.as_array().is_some_and(|list| !list.is_empty())
            || value.as_object().is_some_and(|object| !object.is_empty());
        if holds && !known.contains(&name.as_str()) {
            findings.push(lost(format!("`{name}` ({})", document.title)));
        }
    }
    document
}

/// The status of an update that is the report itself.
const POSTMORTEM: &str = "postmortem";

fn updates(incident: &Value) -> impl Iterator<Item = &Value> {
    incident["incident_updates"].as_array().into_iter().flatten()
}

/// What was told, the oldest first; Statuspage lists the newest first.
fn timeline(incident: &Value) -> String {
    let mut told: Vec<(String, String)> = Vec::new();
    for update in updates(incident).filter(|update| update["status"] != POSTMORTEM) {
        let shown = text(&update["display_at"]);
        let at = if shown.is_empty() { text(&update["created_at"]) } else { shown };
        let (status, body) = (text(&update["status"]), prose(&text(&update["body"])));
        let said = match (status.as_str(), line(&body)) {
            ("", body) => body,
            (status, body) => format!("{status}: {body}"),
        };
        told.push((at.clone(), format!("- {} {said}{}\n", moment(&at), components(update))));
    }
    told.sort();
    told.into_iter().map(|(_, line)| line).collect()
}

/// What an update says of parts of the service.
fn components(update: &Value) -> String {
    let list = update["affected_components"].as_array().into_iter().flatten();
    let changes = list.filter(|one| one["old_status"] != one["new_status"]).map(|one| {
        let [name, old, new] = ["name", "old_status", "new_status"].map(|key| text(&one[key]));
        format!("{name}: {old} → {new}").replace('_', " ")
    });
    let changes = changes.collect::<Vec<_>>().join(", ");
    if changes.is_empty() { changes } else { format!(" ({changes})") }
}

/// Texts of Statuspage are plain, with breaks and links of HTML.
fn prose(text: &str) -> String {
    if text.contains('<') {
        htmd::convert(text).unwrap_or_else(|_| text.to_owned())
    } else {
        text.to_owned()
    }
}
