//! The record of a document as data: what `pmsite extract` prints and the site publishes.
//! `pmsite schema incident` describes it; fields never disappear.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::{Contract, SchemaSettings};
use serde::Serialize;

use crate::base::source::{LineIndex, Source};
use crate::base::span::Span;
use crate::case::Case;
use crate::diag::Diagnostic;
use crate::diag::catalog::Catalog;
use crate::model::action::Action;
use crate::model::cause::Cause;
use crate::model::fact::{Fact, Field};
use crate::model::kind::Visibility;
use crate::model::timeline::Entry;

/// The facts of a record by the names of their fields, in their order.
pub const FACTS: [&str; 17] = [
    "title",
    "date",
    "started_at",
    "detected_at",
    "mitigated_at",
    "resolved_at",
    "time_zone",
    "duration_minutes",
    "severity",
    "affected_percent",
    "services",
    "root_causes",
    "dismissed",
    "detection",
    "resolution",
    "timeline",
    "action_items",
];

/// One document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Record {
    /// The document, `/` between folders.
    pub path: String,
    /// `en` or `ko`.
    pub lang: &'static str,
    /// `draft` or `private`, where the document is not for everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<&'static str>,
    /// Where its page stands, where the author says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// Words under which the author filed it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Never empty.
    pub title: String,
    /// Day the incident began: `2024-07-15`, `--07-15`, `2024-07`.
    pub date: Option<String>,
    /// When the impact began, wall clock as written.
    pub started_at: Option<String>,
    /// When somebody or something noticed.
    pub detected_at: Option<String>,
    /// When the impact was stopped or reduced.
    pub mitigated_at: Option<String>,
    /// When service was back for good.
    pub resolved_at: Option<String>,
    /// As written.
    pub time_zone: Option<String>,
    /// `-08:00`, where the zone's meaning is unambiguous.
    pub utc_offset: Option<String>,
    /// Minutes.
    pub duration_minutes: Option<f64>,
    /// As written.
    pub severity: Option<String>,
    /// Share of users or requests affected.
    pub affected_percent: Option<f64>,
    /// Services or components named as affected.
    pub services: Vec<String>,
    /// What the text asserts.
    pub root_causes: Vec<CauseRecord>,
    /// What was suspected and ruled out.
    pub dismissed: Vec<String>,
    /// `monitoring`, `customer-report`, `internal-report`.
    pub detection: Option<&'static str>,
    /// What ended it.
    pub resolution: Vec<&'static str>,
    /// Entries that carry their own time.
    pub timeline: Vec<EntryRecord>,
    /// What was promised.
    pub action_items: Vec<ActionRecord>,
    /// Field name to the places that it was read from.
    pub evidence: BTreeMap<String, Vec<EvidenceRecord>>,
    /// What `pmsite check` reports.
    pub diagnostics: Vec<FindingRecord>,
}

/// A cause.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CauseRecord {
    /// An id of the taxonomy.
    pub id: String,
    /// `cause`, `contributing` or `trigger`.
    pub role: &'static str,
    /// 0 to 1.
    pub certainty: f64,
}

/// An entry of the timeline.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EntryRecord {
    /// When.
    pub at: String,
    /// What happened.
    pub text: String,
    /// What it tells.
    pub kind: Option<&'static str>,
    /// Its line.
    pub line: u32,
}

/// An action item.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ActionRecord {
    /// What is to be done.
    pub text: String,
    /// What kind of measure.
    pub theme: Option<&'static str>,
    /// `short`, `mid`, `long`.
    pub term: Option<&'static str>,
    /// Who.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// `open`, `done`: nothing is left to do, also where it was given up.
    pub status: Option<&'static str>,
    /// Its line.
    pub line: u32,
}

/// Where a fact was read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EvidenceRecord {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The words.
    pub text: String,
    /// What found it; `front-matter` where the author said it.
    pub rule: &'static str,
}

/// A finding.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindingRecord {
    /// Such as `PM101`.
    pub code: &'static str,
    /// `error`, `warning`, `note`.
    pub severity: &'static str,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
    /// What was found.
    pub message: String,
}

/// The JSON Schema of a record. Every field is always there; what was not found is `null` or an empty list.
pub fn schema() -> serde_json::Value {
    let generator = SchemaSettings::draft07().with(|settings| {
        settings.inline_subschemas = true;
        settings.contract = Contract::Serialize;
    });
    generator.into_generator().into_root_schema_for::<Record>().to_value()
}

/// Longest excerpt of evidence, in characters.
const LONGEST: usize = 240;

/// The record of a case. `path` is how the document is to be called.
pub fn record(case: &Case, path: &str, words: &Catalog) -> Record {
    let incident = &case.incident;
    let at = Places { source: &case.source, lines: LineIndex::new(&case.source.text) };
    let moment = |field: &Field<crate::model::when::Moment>| field.value().map(ToString::to_string);
    Record {
        path: path.to_owned(),
        lang: incident.lang.as_str(),
        visibility: (incident.visibility != Visibility::Public)
            .then(|| incident.visibility.as_str()),
        slug: incident.slug.clone(),
        tags: incident.tags.clone(),
        title: incident.title().to_owned(),
        date: incident.date.value().map(ToString::to_string),
        started_at: moment(&incident.started_at),
        detected_at: moment(&incident.detected_at),
        mitigated_at: moment(&incident.mitigated_at),
        resolved_at: moment(&incident.resolved_at),
        time_zone: incident.time_zone.value().map(|zone| zone.name.clone()),
        utc_offset: incident.time_zone.value().and_then(|zone| zone.utc_offset()),
        duration_minutes: incident.duration_minutes.value().map(|&minutes| hundredths(minutes)),
        severity: incident.severity.value().cloned(),
        affected_percent: incident.affected_percent.value().copied(),
        services: incident.services.iter().map(|fact| fact.value.clone()).collect(),
        root_causes: incident.root_causes.iter().map(cause).collect(),
        dismissed: incident.dismissed.iter().map(|fact| fact.value.to_string()).collect(),
        detection: incident.detection.value().map(|kind| kind.as_str()),
        resolution: incident.resolution.iter().map(|fact| fact.value.as_str()).collect(),
        timeline: incident.timeline.iter().map(|entry| at.entry(entry)).collect(),
        action_items: incident.actions.iter().map(|action| at.action(action)).collect(),
        evidence: at.evidence(case),
        diagnostics: case.findings.iter().map(|finding| at.finding(finding, words)).collect(),
    }
}

fn cause(cause: &Cause) -> CauseRecord {
    CauseRecord {
        id: cause.fact.value.to_string(),
        role: cause.role.as_str(),
        certainty: hundredths(f64::from(cause.fact.certainty)),
    }
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// Places of one document as lines.
struct Places<'a> {
    source: &'a Source,
    lines: LineIndex,
}

impl Places<'_> {
    fn entry(&self, entry: &Entry) -> EntryRecord {
        EntryRecord {
            at: entry.at.to_string(),
            text: entry.text.clone(),
            kind: entry.kind.map(|kind| kind.as_str()),
            line: self.line(entry.span),
        }
    }

    fn action(&self, action: &Action) -> ActionRecord {
        ActionRecord {
            text: action.text.clone(),
            theme: action.theme.map(|theme| theme.as_str()),
            term: action.term.map(|term| term.as_str()),
            owner: action.owner.clone(),
            due: action.due.map(|due| due.to_string()),
            status: action.status.map(|status| status.in_data()),
            line: self.line(action.span),
        }
    }

    /// The place here: the beginning for what is said elsewhere, as in `overrides.toml`.
    fn here(&self, span: Span) -> Span {
        if span.file == self.source.id { span } else { Span::start_of(self.source.id) }
    }

    fn line(&self, span: Span) -> u32 {
        self.lines.line(self.here(span).start)
    }

    /// Where a fact was read, and the words there, if any.
    fn place(&self, span: Span, rule: &'static str) -> EvidenceRecord {
        let span = self.here(span);
        let position = self.lines.position(&self.source.text, span.start);
        let text: String = self.source.slice(span).chars().take(LONGEST).collect();
        EvidenceRecord { line: position.line, column: position.column, text, rule }
    }

    fn evidence(&self, case: &Case) -> BTreeMap<String, Vec<EvidenceRecord>> {
        let incident = &case.incident;
        let mut evidence = BTreeMap::new();
        let mut put = |name: &str, places: Vec<EvidenceRecord>| {
            if !places.is_empty() {
                evidence.insert(name.to_owned(), places);
            }
        };
        put("title", self.best(&incident.title));
        put("date", self.best(&incident.date));
        put("started_at", self.best(&incident.started_at));
        put("detected_at", self.best(&incident.detected_at));
        put("mitigated_at", self.best(&incident.mitigated_at));
        put("resolved_at", self.best(&incident.resolved_at));
        put("time_zone", self.best(&incident.time_zone));
        put("duration_minutes", self.best(&incident.duration_minutes));
        put("severity", self.best(&incident.severity));
        put("affected_percent", self.best(&incident.affected_percent));
        put("services", self.all(&incident.services));
        put("dismissed", self.all(&incident.dismissed));
        put("detection", self.best(&incident.detection));
        put("resolution", self.all(&incident.resolution));
        for cause in &incident.root_causes {
            let place = self.place(cause.fact.evidence, cause.fact.rule.0);
            put(&format!("root_causes.{}", cause.fact.value), vec![place]);
        }
        evidence
    }

    fn finding(&self, finding: &Diagnostic, words: &Catalog) -> FindingRecord {
        let position = self.lines.position(&self.source.text, self.here(finding.span).start);
        FindingRecord {
            code: finding.code.id,
            severity: finding.severity.as_str(),
            line: position.line,
            column: position.column,
            message: words.message(finding),
        }
    }

    fn best<T>(&self, field: &Field<T>) -> Vec<EvidenceRecord> {
        field.best().map(|fact| self.place(fact.evidence, fact.rule.0)).into_iter().collect()
    }

    fn all<T>(&self, facts: &[Fact<T>]) -> Vec<EvidenceRecord> {
        facts.iter().map(|fact| self.place(fact.evidence, fact.rule.0)).collect()
    }
}
