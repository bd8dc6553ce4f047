//! What the author says outside the text: front matter, or the overrides file. It wins over what was read.

use std::collections::BTreeMap;

use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::model::action::{Action, Status};
use crate::model::cause::{Cause, Role};
use crate::model::fact::{Fact, RuleId};
use crate::model::incident::Incident;
use crate::model::kind::{Detection, Lang, Resolution, Visibility};
use crate::model::when::{Clock, Moment, PartialDate, Zone};
use crate::parse::front_matter::{self, Entry, FrontMatter, Value};
use crate::vocab::Vocabulary;

/// Keys with their values, as an author gave them.
#[derive(Clone, Debug)]
pub struct Given {
    /// In order.
    pub entries: Vec<Entry>,
}

impl From<&FrontMatter> for Given {
    fn from(front: &FrontMatter) -> Self {
        Self { entries: front.entries.clone() }
    }
}

/// What `overrides.toml` says: a table for each document, by its path below the content folder.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    documents: BTreeMap<String, (Span, Given)>,
}

impl Overrides {
    /// Reads a file. One that is not TOML is a finding and says nothing.
    pub fn add(&mut self, source: &Source, findings: &mut Vec<Diagnostic>) {
        let tables: BTreeMap<String, BTreeMap<String, Value>> = match toml::from_str(&source.text) {
            Ok(tables) => tables,
            Err(error) => {
                let span = source.span(error.span().unwrap_or(0..0));
                findings.push(Diagnostic::new(&code::FRONT_MATTER, span).arg("why", error.message()));
                return;
            }
        };
        for (path, values) in tables {
            let at = source.text.find(&path).unwrap_or(0);
            let span = source.span(at..at + path.len().min(source.text.len() - at));
            let entries = values.into_iter().map(|(key, value)| {
                let tail = source.text.get(at..).unwrap_or_default();
                let start = at + tail.find(&key).unwrap_or(0);
                let length = source.text.get(start..).and_then(|line| line.lines().next()).map_or(0, str::len);
                Entry { key: front_matter::normal(&key), span: source.span(start..start + length), value }
            });
            self.documents.insert(path, (span, Given { entries: entries.collect() }));
        }
    }

    /// What is said of a document.
    pub fn of(&self, path: &RelPath) -> Option<&Given> {
        self.documents.get(path.as_str()).map(|(_, given)| given)
    }

    /// A finding for each table that names a document that does not exist.
    pub fn unmatched(&self, paths: &[&RelPath]) -> Vec<Diagnostic> {
        let named = |name: &str| paths.iter().any(|path| path.as_str() == name);
        let known = || paths.iter().map(|path| path.as_str());
        self.documents
            .iter()
            .filter(|(name, _)| !named(name))
            .map(|(name, (span, _))| {
                let nearest = crate::base::nearest::nearest(name, known()).unwrap_or("-");
                Diagnostic::new(&code::UNKNOWN_DOCUMENT, *span).arg("path", name).arg("nearest", nearest)
            })
            .collect()
    }
}

/// Keys that other tools use and that say nothing about an incident.
const IGNORED: [&str; 42] = [
    "author", "authors", "layout", "categories", "category", "description", "summary", "created", "updated", "id",
    "image", "weight", "aliases", "toc", "type", "version", "status", "template", "extra", "taxonomies", "slug_name",
    "sidebar_position", "sidebar_label", "permalink", "comments", "published_at", "last_modified", "context", "artifact",
    "keywords", "cover", "math", "hide", "nav_order", "parent", "has_children", "excerpt", "lastmod", "publishdate",
    "reviewers", "owner", "header",
];

/// Keys that make a document a blog post: its `date` is the day of publication, not of the incident.
const POST: [&str; 14] = [
    "layout", "category", "categories", "author", "authors", "cover", "excerpt", "permalink", "aliases", "url",
    "description", "image", "publishdate", "keywords",
];

/// The day of publication completes a date without a year; an incident in the text is hardly older than that.
fn published(entry: &Entry, rule: RuleId, incident: &mut Incident) {
    let Some(year) = entry.value.text().as_deref().and_then(moment).and_then(|moment| moment.date?.year) else { return };
    let complete = |date: PartialDate| date.with_year(Some(year));
    incident.date.update(|date| *date = complete(*date));
    for field in [&mut incident.started_at, &mut incident.detected_at, &mut incident.mitigated_at, &mut incident.resolved_at] {
        field.update(|moment| moment.date = moment.date.map(complete));
    }
    let _ = rule;
}

/// Puts what was given before what was read. A value of the wrong kind costs that value only.
pub fn apply(
    given: &Given,
    rule: RuleId,
    vocab: &Vocabulary,
    incident: &mut Incident,
    findings: &mut Vec<Diagnostic>,
) {
    let is_post = given.entries.iter().any(|entry| POST.contains(&entry.key.as_str()));
    for entry in &given.entries {
        if is_post && entry.key == "date" {
            published(entry, rule, incident);
            continue;
        }
        if IGNORED.contains(&entry.key.as_str()) {
            continue;
        }
        match set(entry, rule, vocab, incident, findings) {
            Outcome::Set => {}
            Outcome::Wrong => {
                let value = entry.value.text().unwrap_or_default();
                let finding = Diagnostic::new(&code::WRONG_VALUE, entry.span);
                findings.push(finding.arg("key", &entry.key).arg("value", value));
            }
            Outcome::Unknown => {
                let known = KEYS.iter().copied();
                let nearest = crate::base::nearest::nearest(&entry.key, known).unwrap_or("-");
                let finding = Diagnostic::new(&code::UNKNOWN_KEY, entry.span);
                findings.push(finding.arg("key", &entry.key).arg("nearest", nearest));
            }
        }
    }
}

/// What became of an entry.
enum Outcome {
    Set,
    Wrong,
    Unknown,
}

/// Keys of the contract and their usual synonyms.
pub const KEYS: [&str; 38] = [
    "title", "date", "lang", "language", "severity", "sev", "priority", "services", "service", "components",
    "affected_services", "tags", "draft", "private", "visibility", "slug", "started_at", "start", "detected_at",
    "detected", "mitigated_at", "mitigated", "resolved_at", "resolved", "end", "time_zone", "timezone",
    "duration_minutes", "duration", "affected_percent", "root_causes", "root_cause", "causes", "cause", "dismissed",
    "detection", "resolution", "action_items",
];

fn set(
    entry: &Entry,
    rule: RuleId,
    vocab: &Vocabulary,
    incident: &mut Incident,
    findings: &mut Vec<Diagnostic>,
) -> Outcome {
    let text = entry.value.text().filter(|text| !text.is_empty());
    let span = entry.span;
    let done = |is: bool| if is { Outcome::Set } else { Outcome::Wrong };
    if matches!(entry.value, Value::Null(())) {
        return Outcome::Set;
    }
    match entry.key.as_str() {
        "title" => done(lead(text, |text| Some(title(text, vocab)), span, rule, |fact| incident.title.lead(fact))),
        "date" => match text.as_deref().and_then(moment) {
            Some(Moment { date: Some(date), clock }) => {
                // A date in front matter may be the report's; what the text says of its incident stays first
                // unless the author wrote an override.
                if clock.is_some() && rule == RuleId::OVERRIDE {
                    incident.started_at.lead(fact(Moment { date: Some(date), clock }, span, rule));
                }
                incident.date.lead(fact(date, span, rule));
                Outcome::Set
            }
            _ => Outcome::Wrong,
        },
        "started_at" | "start" => done(lead(text, |text| moment(text), span, rule, |fact| incident.started_at.lead(fact))),
        "detected_at" | "detected" => done(lead(text, |text| moment(text), span, rule, |fact| incident.detected_at.lead(fact))),
        "mitigated_at" | "mitigated" => done(lead(text, |text| moment(text), span, rule, |fact| incident.mitigated_at.lead(fact))),
        "resolved_at" | "resolved" | "end" => done(lead(text, |text| moment(text), span, rule, |fact| incident.resolved_at.lead(fact))),
        "time_zone" | "timezone" => {
            let zone = |name: &str| {
                Some(Zone { name: name.to_owned(), offset: vocab.clock.zone(&name.to_lowercase()).flatten() })
            };
            done(lead(text, zone, span, rule, |fact| incident.time_zone.lead(fact)))
        }
        "duration_minutes" => done(lead(text, |text| text.parse().ok(), span, rule, |fact| incident.duration_minutes.lead(fact))),
        "duration" => done(lead(text, |text| length(text, vocab), span, rule, |fact| incident.duration_minutes.lead(fact))),
        "severity" | "sev" | "priority" => done(lead(text, |text| Some(text.to_owned()), span, rule, |fact| incident.severity.lead(fact))),
        "affected_percent" => {
            let percent = |text: &str| text.trim_end_matches('%').trim().parse().ok().filter(|value| (0.0..=100.0).contains(value));
            done(lead(text, percent, span, rule, |fact| incident.affected_percent.lead(fact)))
        }
        "services" | "service" | "components" | "affected_services" => {
            incident.services = entry.value.texts().into_iter().map(|name| fact(name, span, rule)).collect();
            Outcome::Set
        }
        "tags" => {
            incident.tags = entry.value.texts();
            Outcome::Set
        }
        "slug" => {
            incident.slug = text;
            Outcome::Set
        }
        "lang" | "language" => match text.as_deref().and_then(Lang::parse) {
            Some(lang) => {
                incident.lang = lang;
                Outcome::Set
            }
            None => Outcome::Wrong,
        },
        "draft" => visibility(&entry.value, Visibility::Draft, incident),
        "private" => visibility(&entry.value, Visibility::Private, incident),
        "visibility" => match text.as_deref().and_then(Visibility::parse) {
            Some(wish) => {
                incident.visibility = incident.visibility.max(wish);
                Outcome::Set
            }
            None => Outcome::Wrong,
        },
        "root_causes" | "root_cause" | "causes" | "cause" => causes(entry, rule, vocab, incident, findings),
        "dismissed" => {
            let ids = known_causes(entry, vocab, findings);
            incident.dismissed = ids.into_iter().map(|id| fact(id, span, rule)).collect();
            Outcome::Set
        }
        "detection" => done(lead(text, Detection::parse, span, rule, |fact| incident.detection.lead(fact))),
        "resolution" => {
            let names = entry.value.texts();
            let kinds: Vec<Resolution> = names.iter().filter_map(|name| Resolution::parse(name)).collect();
            if kinds.len() < names.len() {
                return Outcome::Wrong;
            }
            incident.resolution = kinds.into_iter().map(|kind| fact(kind, span, rule)).collect();
            Outcome::Set
        }
        "action_items" => {
            incident.actions = actions(&entry.value, span);
            Outcome::Set
        }
        _ => Outcome::Unknown,
    }
}

/// A title as text: markup and entities read, "Postmortem:" and its kind gone, unless nothing would be left.
fn title(text: &str, vocab: &Vocabulary) -> String {
    let text = crate::parse::markdown::plain_text(text);
    let kept = super::title::clean(&text, vocab);
    if kept.is_empty() { text } else { text.get(kept).unwrap_or_default().to_owned() }
}

fn fact<T>(value: T, span: Span, rule: RuleId) -> Fact<T> {
    Fact::new(value, span, rule, 1.0)
}

fn lead<T>(
    text: Option<String>,
    read: impl Fn(&str) -> Option<T>,
    span: Span,
    rule: RuleId,
    put: impl FnOnce(Fact<T>),
) -> bool {
    match text.as_deref().and_then(read) {
        Some(value) => {
            put(fact(value, span, rule));
            true
        }
        None => false,
    }
}

fn visibility(value: &Value, wish: Visibility, incident: &mut Incident) -> Outcome {
    let yes = match value {
        Value::Bool(yes) => *yes,
        // `draft: "yes"` is meant as it reads: when in doubt, nothing is published.
        Value::Text(text) => !matches!(text.trim().to_lowercase().as_str(), "false" | "no" | "off" | "0" | ""),
        Value::Number(number) => *number != 0.0,
        _ => true,
    };
    if yes {
        incident.visibility = incident.visibility.max(wish);
    }
    if matches!(value, Value::Bool(_)) { Outcome::Set } else { Outcome::Wrong }
}

fn causes(
    entry: &Entry,
    rule: RuleId,
    vocab: &Vocabulary,
    incident: &mut Incident,
    findings: &mut Vec<Diagnostic>,
) -> Outcome {
    let ids = known_causes(entry, vocab, findings);
    if !ids.is_empty() || entry.value.texts().is_empty() {
        let made = |id| Cause { fact: fact(id, entry.span, rule), role: Role::Cause, more: Vec::new() };
        incident.root_causes = ids.into_iter().map(made).collect();
        let asserted: Vec<_> = incident.root_causes.iter().map(|cause| cause.fact.value.clone()).collect();
        incident.dismissed.retain(|fact| !asserted.contains(&fact.value));
    }
    Outcome::Set
}

/// The ids of an entry that the taxonomy knows; a finding for each of the others.
fn known_causes(entry: &Entry, vocab: &Vocabulary, findings: &mut Vec<Diagnostic>) -> Vec<crate::model::cause::CauseId> {
    let mut ids = Vec::new();
    for name in entry.value.texts() {
        let id = name.trim().to_lowercase().replace([' ', '_'], "-");
        match vocab.taxonomy.number(&id) {
            Some(number) => ids.push(vocab.taxonomy.id(number)),
            None => {
                let known = vocab.taxonomy.concepts().iter().map(|concept| concept.id.as_str());
                let nearest = crate::base::nearest::nearest(&id, known).unwrap_or("-");
                let finding = Diagnostic::new(&code::UNKNOWN_CAUSE, entry.span);
                findings.push(finding.arg("id", name).arg("nearest", nearest));
            }
        }
    }
    ids
}

fn actions(value: &Value, span: Span) -> Vec<Action> {
    let Value::List(items) = value else { return Vec::new() };
    let blank = |text: String| Action { text, theme: None, term: None, owner: None, due: None, status: None, span };
    items
        .iter()
        .filter_map(|item| match item {
            Value::Map(map) => {
                let text = |key: &str| map.get(key).and_then(Value::text);
                let mut action = blank(text("text").or_else(|| text("title"))?);
                action.owner = text("owner");
                action.due = text("due").as_deref().and_then(moment).and_then(|moment| moment.date);
                action.status = text("status").as_deref().and_then(Status::parse);
                Some(action)
            }
            other => other.text().map(blank),
        })
        .collect()
}

/// `2024-07-15`, `--07-15`, `2024-07`, `2024-07-15T09:45`, `T09:45`, seconds and offset allowed.
pub fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let (date, clock) = match text.split_once(['T', 't', ' ']) {
        Some((date, clock)) => (date, Some(clock.trim())),
        None => (text, None),
    };
    let date = if date.is_empty() { None } else { Some(self::date(date)?) };
    let clock = match clock {
        None => None,
        Some(clock) => {
            let mut parts = clock.split([':', '+', '-', 'Z', 'z', '.']);
            let mut next = || parts.next()?.parse::<u8>().ok();
            Some(Clock::new(next()?, next()?, next().unwrap_or(0))?)
        }
    };
    (date.is_some() || clock.is_some()).then_some(Moment { date, clock })
}

fn date(text: &str) -> Option<PartialDate> {
    if let Some(rest) = text.strip_prefix("--") {
        let (month, day) = rest.split_once('-')?;
        return PartialDate::yearless(month.parse().ok()?, day.parse().ok()?);
    }
    let mut parts = text.split(['-', '/', '.']);
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    match parts.next() {
        Some(day) => PartialDate::new(year, month, day.parse().ok()?),
        None => PartialDate::month_of(year, month),
    }
}

/// `95`, `95 minutes`, `1h 35m`.
fn length(text: &str, vocab: &Vocabulary) -> Option<f64> {
    if let Ok(minutes) = text.parse() {
        return Some(minutes);
    }
    let times = crate::extract::time::scan(text, 0, &vocab.clock, crate::extract::time::Habits::default());
    times.iter().find_map(|time| match time.kind {
        crate::extract::time::TimeKind::Length(minutes) => Some(minutes),
        _ => None,
    })
}
