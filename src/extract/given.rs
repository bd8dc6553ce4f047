//! What the author says outside the text: front matter, or the overrides file. It wins over what was read.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::nearest::nearest;
use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::model::action::{Action, Status};
use crate::model::cause::{Cause, Role};
use crate::model::fact::{Fact, Field, RuleId};
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

impl Given {
    fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The day that the author's title names.
    fn title_day(&self, vocab: &Vocabulary) -> Option<PartialDate> {
        let title = self.entry("title")?.value.text()?;
        let times = super::time::scan(&title, 0, &vocab.clock, super::time::Habits::default());
        times.iter().find_map(|time| time.first()?.date.filter(|date| date.is_whole()))
    }

    /// Whether `date` is the day of publication: this is a blog post, or its title names another day.
    fn is_post(&self, vocab: &Vocabulary) -> bool {
        self.entries.iter().any(|entry| POST.contains(&entry.key.as_str()))
            || self.title_day(vocab).is_some_and(|title| Some(title) != self.written_day())
    }

    /// The day of the key `date`.
    fn written_day(&self) -> Option<PartialDate> {
        self.entry("date")?.value.text().as_deref().and_then(moment)?.date
    }

    /// The year of a date without one, by the first whole date that the author gives: a report is not
    /// written before what it tells.
    pub(super) fn year_of(&self, date: PartialDate, vocab: &Vocabulary) -> Option<i16> {
        let written = self.entries.iter().find_map(|entry| {
            let text = entry.value.text()?;
            let times = super::time::scan(&text, 0, &vocab.clock, super::time::Habits::default());
            times.iter().find_map(|time| time.first()?.date.filter(|date| date.is_whole()))
        })?;
        let year = written.year?;
        let ahead = (date.month, date.day) > (written.month, written.day);
        Some(if ahead { year - 1 } else { year })
    }

    /// Days that the author gives, as readings beside those of the text: they complete what it says.
    pub(super) fn days(&self, vocab: &Vocabulary) -> Vec<Fact<PartialDate>> {
        let named = self
            .title_day(vocab)
            .zip(self.entry("title"))
            .map(|(day, entry)| Fact::new(day, entry.span, RuleId("time/front-title"), IN_TITLE));
        let written = self.written_day().filter(|_| !self.is_post(vocab));
        let written = written
            .zip(self.entry("date"))
            .map(|(day, entry)| Fact::new(day, entry.span, RuleId("time/front-date"), WRITTEN));
        named.into_iter().chain(written).collect()
    }
}

/// How sure the day of a title is.
const IN_TITLE: f32 = 0.93;
/// How sure `date` is of the day of the rows: the text leads, as it may be the day of publication.
const WRITTEN: f32 = 0.72;

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
                findings
                    .push(Diagnostic::new(&code::FRONT_MATTER, span).arg("why", error.message()));
                return;
            }
        };
        for (path, values) in tables {
            let at = source.text.find(&path).unwrap_or(0);
            let span = source.span(at..at + path.len().min(source.text.len() - at));
            let entries = values.into_iter().map(|(key, value)| {
                let tail = source.text.get(at..).unwrap_or_default();
                let start = at + tail.find(&key).unwrap_or(0);
                let length = source
                    .text
                    .get(start..)
                    .and_then(|line| line.lines().next())
                    .map_or(0, str::len);
                Entry {
                    key: front_matter::normal(&key),
                    span: source.span(start..start + length),
                    value,
                }
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
        let known: BTreeSet<&str> = paths.iter().map(|path| path.as_str()).collect();
        self.documents
            .iter()
            .filter(|(name, _)| !known.contains(name.as_str()))
            .map(|(name, (span, _))| {
                let known = known.iter().copied();
                Diagnostic::new(&code::UNKNOWN_DOCUMENT, *span)
                    .arg("path", name)
                    .arg("nearest", nearest(name, known).unwrap_or("-"))
            })
            .collect()
    }
}

/// Keys that other tools use and that say nothing about an incident.
const IGNORED: [&str; 42] = [
    "author",
    "authors",
    "layout",
    "categories",
    "category",
    "description",
    "summary",
    "created",
    "updated",
    "id",
    "image",
    "weight",
    "aliases",
    "toc",
    "type",
    "version",
    "status",
    "template",
    "extra",
    "taxonomies",
    "slug_name",
    "sidebar_position",
    "sidebar_label",
    "permalink",
    "comments",
    "published_at",
    "last_modified",
    "context",
    "artifact",
    "keywords",
    "cover",
    "math",
    "hide",
    "nav_order",
    "parent",
    "has_children",
    "excerpt",
    "lastmod",
    "publishdate",
    "reviewers",
    "owner",
    "header",
];

/// Keys that make a document a blog post: its `date` is the day of publication, not of the incident.
const POST: [&str; 14] = [
    "layout",
    "category",
    "categories",
    "author",
    "authors",
    "cover",
    "excerpt",
    "permalink",
    "aliases",
    "url",
    "description",
    "image",
    "publishdate",
    "keywords",
];

/// The day of publication completes a date without a year; an incident in the text is hardly older than that.
fn published(entry: &Entry, incident: &mut Incident) {
    let Some(year) =
        entry.value.text().as_deref().and_then(moment).and_then(|moment| moment.date?.year)
    else {
        return;
    };
    let complete = |date: PartialDate| date.with_year(Some(year));
    incident.date.update(|date| *date = complete(*date));
    for field in [
        &mut incident.started_at,
        &mut incident.detected_at,
        &mut incident.mitigated_at,
        &mut incident.resolved_at,
    ] {
        field.update(|moment| moment.date = moment.date.map(complete));
    }
}

/// Puts what was given before what was read. A value of the wrong kind costs that value only.
pub fn apply(
    given: &Given,
    rule: RuleId,
    vocab: &Vocabulary,
    incident: &mut Incident,
    findings: &mut Vec<Diagnostic>,
) {
    let is_post = given.is_post(vocab);
    for entry in &given.entries {
        if is_post && entry.key == "date" {
            published(entry, incident);
            continue;
        }
        if IGNORED.contains(&entry.key.as_str()) {
            continue;
        }
        let mut setting = Setting { entry, rule, vocab, incident, findings };
        match setting.set() {
            Outcome::Set => {}
            Outcome::Wrong => {
                let value = entry.value.text().unwrap_or_default();
                let finding = Diagnostic::new(&code::WRONG_VALUE, entry.span);
                findings.push(finding.arg("key", &entry.key).arg("value", value));
            }
            Outcome::Unknown => {
                // What is like no key of ours is hardly a mistyped one: other tools read the file, too.
                let finding = match nearest(&entry.key, KEYS.iter().copied()) {
                    Some(nearest) => {
                        Diagnostic::new(&code::UNKNOWN_KEY, entry.span).arg("nearest", nearest)
                    }
                    None => Diagnostic::new(&code::FOREIGN_KEY, entry.span),
                };
                findings.push(finding.arg("key", &entry.key));
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
    "title",
    "date",
    "lang",
    "language",
    "severity",
    "sev",
    "priority",
    "services",
    "service",
    "components",
    "affected_services",
    "tags",
    "draft",
    "private",
    "visibility",
    "slug",
    "started_at",
    "start",
    "detected_at",
    "detected",
    "mitigated_at",
    "mitigated",
    "resolved_at",
    "resolved",
    "end",
    "time_zone",
    "timezone",
    "duration_minutes",
    "duration",
    "affected_percent",
    "root_causes",
    "root_cause",
    "causes",
    "cause",
    "dismissed",
    "detection",
    "resolution",
    "action_items",
];

/// An author's entry, and what it is set into.
struct Setting<'a> {
    entry: &'a Entry,
    rule: RuleId,
    vocab: &'a Vocabulary,
    incident: &'a mut Incident,
    findings: &'a mut Vec<Diagnostic>,
}

impl Setting<'_> {
    fn set(&mut self) -> Outcome {
        if matches!(self.entry.value, Value::Null(())) {
            return Outcome::Set;
        }
        self.time()
            .or_else(|| self.description())
            .or_else(|| self.list())
            .or_else(|| self.publishing())
            .unwrap_or(Outcome::Unknown)
    }

    /// Keys that say when; `None` for any other key.
    fn time(&mut self) -> Option<Outcome> {
        Some(match self.entry.key.as_str() {
            "date" => self.date(),
            "started_at" | "start" => self.lead(moment, |incident| &mut incident.started_at),
            "detected_at" | "detected" => self.lead(moment, |incident| &mut incident.detected_at),
            "mitigated_at" | "mitigated" => {
                self.lead(moment, |incident| &mut incident.mitigated_at)
            }
            "resolved_at" | "resolved" | "end" => {
                self.lead(moment, |incident| &mut incident.resolved_at)
            }
            "time_zone" | "timezone" => {
                let clock = &self.vocab.clock;
                let zone = |name: &str| {
                    let offset = clock.zone(&name.to_lowercase()).flatten();
                    Some(Zone { name: name.to_owned(), offset })
                };
                self.lead(zone, |incident| &mut incident.time_zone)
            }
            "duration_minutes" => {
                self.lead(|text| text.parse().ok(), |incident| &mut incident.duration_minutes)
            }
            "duration" => {
                let vocab = self.vocab;
                self.lead(|text| length(text, vocab), |incident| &mut incident.duration_minutes)
            }
            _ => return None,
        })
    }

    /// A date in front matter may be the report's; what the text says of its incident stays first
    /// unless the author wrote an override.
    fn date(&mut self) -> Outcome {
        let written = self.text().as_deref().and_then(moment);
        let Some(Moment { date: Some(date), clock }) = written else { return Outcome::Wrong };
        if clock.is_some() && self.rule == RuleId::OVERRIDE {
            let moment = Moment { date: Some(date), clock };
            self.incident.started_at.lead(self.fact(moment));
        }
        self.incident.date.lead(self.fact(date));
        Outcome::Set
    }

    /// Keys that say what; `None` for any other key.
    fn description(&mut self) -> Option<Outcome> {
        Some(match self.entry.key.as_str() {
            "title" => {
                let vocab = self.vocab;
                self.lead(|text| Some(title(text, vocab)), |incident| &mut incident.title)
            }
            "severity" | "sev" | "priority" => {
                self.lead(|text| Some(text.to_owned()), |incident| &mut incident.severity)
            }
            "affected_percent" => self.lead(percent, |incident| &mut incident.affected_percent),
            "detection" => self.lead(Detection::parse, |incident| &mut incident.detection),
            "lang" | "language" => match self.text().as_deref().and_then(Lang::parse) {
                Some(lang) => {
                    self.incident.lang = lang;
                    Outcome::Set
                }
                None => Outcome::Wrong,
            },
            _ => return None,
        })
    }

    /// Keys that list something; `None` for any other key.
    fn list(&mut self) -> Option<Outcome> {
        let Self { entry, rule, vocab, .. } = *self;
        let span = entry.span;
        match entry.key.as_str() {
            "services" | "service" | "components" | "affected_services" => {
                let names = entry.value.texts().into_iter();
                self.incident.services = names.map(|name| fact(name, span, rule)).collect();
            }
            "tags" => self.incident.tags = entry.value.texts(),
            "root_causes" | "root_cause" | "causes" | "cause" => {
                return Some(causes(entry, rule, vocab, self.incident, self.findings));
            }
            "dismissed" => {
                let ids = known_causes(entry, vocab, self.findings);
                self.incident.dismissed = ids.into_iter().map(|id| fact(id, span, rule)).collect();
            }
            "resolution" => {
                let names = entry.value.texts();
                let kinds: Vec<Resolution> =
                    names.iter().filter_map(|name| Resolution::parse(name)).collect();
                if kinds.len() < names.len() {
                    return Some(Outcome::Wrong);
                }
                let kinds = kinds.into_iter();
                self.incident.resolution = kinds.map(|kind| fact(kind, span, rule)).collect();
            }
            "action_items" => self.incident.actions = actions(&entry.value, span),
            _ => return None,
        }
        Some(Outcome::Set)
    }

    /// Keys that say whether and where the document is published; `None` for any other key.
    fn publishing(&mut self) -> Option<Outcome> {
        Some(match self.entry.key.as_str() {
            "slug" => {
                self.incident.slug = self.text();
                Outcome::Set
            }
            "draft" => visibility(&self.entry.value, Visibility::Draft, self.incident),
            "private" => visibility(&self.entry.value, Visibility::Private, self.incident),
            "visibility" => match self.text().as_deref().and_then(Visibility::parse) {
                Some(wish) => {
                    self.incident.visibility = self.incident.visibility.max(wish);
                    Outcome::Set
                }
                None => Outcome::Wrong,
            },
            _ => return None,
        })
    }

    fn text(&self) -> Option<String> {
        self.entry.value.text().filter(|text| !text.is_empty())
    }

    fn fact<T>(&self, value: T) -> Fact<T> {
        fact(value, self.entry.span, self.rule)
    }

    /// Puts what the author wrote before what was read.
    fn lead<T>(
        &mut self,
        read: impl Fn(&str) -> Option<T>,
        field: impl FnOnce(&mut Incident) -> &mut Field<T>,
    ) -> Outcome {
        match self.text().as_deref().and_then(read) {
            Some(value) => {
                let fact = self.fact(value);
                field(self.incident).lead(fact);
                Outcome::Set
            }
            None => Outcome::Wrong,
        }
    }
}

fn percent(text: &str) -> Option<f64> {
    let number = text.trim_end_matches('%').trim().parse().ok();
    number.filter(|value| (0.0..=100.0).contains(value))
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

fn visibility(value: &Value, wish: Visibility, incident: &mut Incident) -> Outcome {
    let yes = match value {
        Value::Bool(yes) => *yes,
        // `draft: "yes"` is meant as it reads: when in doubt, nothing is published.
        Value::Text(text) => {
            !matches!(text.trim().to_lowercase().as_str(), "false" | "no" | "off" | "0" | "")
        }
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
        let made =
            |id| Cause { fact: fact(id, entry.span, rule), role: Role::Cause, more: Vec::new() };
        incident.root_causes = ids.into_iter().map(made).collect();
        let asserted: Vec<_> =
            incident.root_causes.iter().map(|cause| cause.fact.value.clone()).collect();
        incident.dismissed.retain(|fact| !asserted.contains(&fact.value));
    }
    Outcome::Set
}

/// So many unknown ids are compared with the known ones.
const MOST: usize = 100;

/// The ids of an entry that the taxonomy knows; a finding for each of the others.
fn known_causes(
    entry: &Entry,
    vocab: &Vocabulary,
    findings: &mut Vec<Diagnostic>,
) -> Vec<crate::model::cause::CauseId> {
    let mut ids = Vec::new();
    for name in entry.value.texts() {
        let id = name.trim().to_lowercase().replace([' ', '_'], "-");
        match vocab.taxonomy.number(&id) {
            Some(number) => ids.push(vocab.taxonomy.id(number)),
            None => {
                let known = vocab.taxonomy.concepts().iter().map(|concept| concept.id.as_str());
                // A list that goes on and on is no list of causes: nobody reads what all of it might have meant.
                let right = if findings.len() < MOST { nearest(&id, known) } else { None };
                let finding = Diagnostic::new(&code::UNKNOWN_CAUSE, entry.span).arg("id", name);
                findings.push(finding.arg("nearest", right.unwrap_or("-")));
            }
        }
    }
    ids
}

fn actions(value: &Value, span: Span) -> Vec<Action> {
    let Value::List(items) = value else { return Vec::new() };
    let blank = |text: String| Action {
        text,
        theme: None,
        term: None,
        owner: None,
        due: None,
        status: None,
        span,
    };
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
    let times =
        crate::extract::time::scan(text, 0, &vocab.clock, crate::extract::time::Habits::default());
    times.iter().find_map(|time| match time.kind {
        crate::extract::time::TimeKind::Length(minutes) => Some(minutes),
        _ => None,
    })
}
