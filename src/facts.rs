//! Facts that were read before, or by another engine: a line of `pmsite extract` becomes a case again. Its text is
//! what the line holds of the document: its timeline, its promises, and the words that facts were read from.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::{FileId, Span};
use crate::case::{Case, Visible};
use crate::diag::{Diagnostic, code};
use crate::extract::given::{self, Given};
use crate::model::action::{Action, Status, Term, Theme};
use crate::model::cause::Role;
use crate::model::fact::{Fact, RuleId};
use crate::model::incident::Incident;
use crate::model::kind::Lang;
use crate::model::timeline::{Entry, EntryKind};
use crate::parse::front_matter;
use crate::record::FACTS;
use crate::vocab::Vocabulary;

/// Facts that have no better rule: another program found them.
const RULE: RuleId = RuleId("facts");

/// Facts that front matter cannot say as a record does.
const OTHERS: [&str; 4] = ["title", "root_causes", "timeline", "action_items"];

/// The case of one line.
///
/// # Errors
/// What is wrong with the line, where it is no record of a document.
pub fn case(id: FileId, line: &str, vocab: &Vocabulary) -> Result<Case, String> {
    let record: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let text = |key: &str| record[key].as_str().ok_or_else(|| format!("`{key}`"));
    let path = RelPath::new(std::path::Path::new(text("path")?));
    let title = text("title")?.to_owned();
    let lang = Lang::parse(text("lang")?).ok_or("`lang`")?;
    let mut writer = Writer { id, text: String::new(), places: BTreeMap::new() };
    let mut incident = Incident::unknown(lang);
    incident.timeline = writer.timeline(&record["timeline"]);
    incident.actions = writer.actions(&record["action_items"]);
    writer.evidence(&record["evidence"]);
    incident.title.lead(Fact::new(title, writer.place("title"), RULE, 1.0));
    let mut findings = Vec::new();
    let given = Given { entries: entries(&record, &writer)? };
    given::apply(&given, RULE, vocab, &mut incident, &mut findings);
    causes(&record, &writer, &mut incident);
    let source = Source { id, path, text: Arc::from(writer.text) };
    let visible = Some(Visible { text: source.text.to_string(), headings: Vec::new() });
    Ok(Case {
        source,
        incident,
        visible,
        findings,
        remarks: Vec::new(),
        unpublishable: false,
        is_list: false,
        of: None,
        told: None,
    })
}

/// The fields of a record as entries of front matter.
fn entries(record: &Value, writer: &Writer) -> Result<Vec<front_matter::Entry>, String> {
    let mut entries = Vec::new();
    let mut add = |key: &str, value: Value| -> Result<(), String> {
        if !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()) {
            let value =
                serde_json::from_value(value).map_err(|error| format!("`{key}`: {error}"))?;
            let span = writer.place(key);
            entries.push(front_matter::Entry { key: key.to_owned(), span, value });
        }
        Ok(())
    };
    let said = FACTS.into_iter().filter(|key| !OTHERS.contains(key));
    for key in ["visibility", "slug", "tags"].into_iter().chain(said) {
        add(key, record[key].clone())?;
    }
    let causes = record["root_causes"].as_array().into_iter().flatten();
    add("root_causes", causes.map(|cause| cause["id"].clone()).collect())?;
    Ok(entries)
}

/// What front matter cannot say of causes: their part, how certain they are, and where each was read.
fn causes(record: &Value, writer: &Writer, incident: &mut Incident) {
    for written in record["root_causes"].as_array().into_iter().flatten() {
        let id = written["id"].as_str().unwrap_or_default();
        let of_same = incident.root_causes.iter_mut().find(|cause| cause.fact.value.as_str() == id);
        let Some(cause) = of_same else { continue };
        cause.fact.evidence = writer.place(&format!("root_causes.{id}"));
        if let Some(certainty) = written["certainty"].as_f64() {
            cause.fact.certainty = certainty.clamp(0.0, 1.0) as f32;
        }
        cause.role = written["role"].as_str().and_then(Role::parse).unwrap_or(Role::Cause);
    }
}

/// The text of a case as it grows, and where each field is in it.
struct Writer {
    id: FileId,
    text: String,
    places: BTreeMap<String, Span>,
}

impl Writer {
    /// Writes a line and says where its words stand.
    fn line(&mut self, sign: &str, words: &str) -> Span {
        self.text.push_str(sign);
        let start = self.text.len() as u32;
        self.text.push_str(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        let end = self.text.len() as u32;
        self.text.push('\n');
        Span::new(self.id, start..end)
    }

    fn place(&self, field: &str) -> Span {
        self.places.get(field).copied().unwrap_or_else(|| Span::start_of(self.id))
    }

    fn timeline(&mut self, list: &Value) -> Vec<Entry> {
        let mut entries = Vec::new();
        for entry in list.as_array().into_iter().flatten() {
            let (at, text) = (string(&entry["at"]), string(&entry["text"]));
            let Some(moment) = given::moment(&at) else { continue };
            let span = self.line("- ", &format!("{at} {text}"));
            let kind = EntryKind::parse(&string(&entry["kind"]));
            entries.push(Entry { at: moment, text, kind, span });
        }
        self.text.push('\n');
        entries
    }

    fn actions(&mut self, list: &Value) -> Vec<Action> {
        let mut actions = Vec::new();
        for action in list.as_array().into_iter().flatten() {
            let text = string(&action["text"]);
            let status = Status::parse(&string(&action["status"]));
            let sign = if status == Some(Status::Done) { "- [x] " } else { "- [ ] " };
            let span = self.line(sign, &text);
            actions.push(Action {
                text,
                theme: Theme::parse(&string(&action["theme"])),
                term: Term::parse(&string(&action["term"])),
                owner: action["owner"].as_str().map(str::to_owned),
                due: given::moment(&string(&action["due"])).and_then(|moment| moment.date),
                status,
                span,
            });
        }
        self.text.push('\n');
        actions
    }

    /// The words that facts were read from, each once.
    fn evidence(&mut self, fields: &Value) {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for (field, places) in fields.as_object().into_iter().flatten() {
            let words = places[0]["text"].as_str().filter(|words| !words.is_empty());
            let Some(words) = words else { continue };
            let span = match seen.get(words) {
                Some(&span) => span,
                None => {
                    let span = self.line("> ", words);
                    self.text.push('\n');
                    seen.insert(words.to_owned(), span);
                    span
                }
            };
            self.places.insert(field.clone(), span);
        }
    }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A line that is no record.
pub fn refused(path: &str, line: usize, why: &str) -> Diagnostic {
    Diagnostic::new(&code::NOT_FACTS, Span::nowhere())
        .arg("path", path)
        .arg("line", line)
        .arg("why", why)
}
