//! What the site was made from and how well it was read, and the files of data.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::FiledId;
use crate::model::fact::{Fact, RuleId};
use crate::model::incident::Incident;
use crate::model::kind::Lang;
use crate::render::chart::inline;
use crate::render::view::page::Page;
use crate::render::view::row::{RowLink, link};
use crate::render::{Scene, route};

/// The page about the site.
#[derive(Clone, Debug, Serialize)]
pub struct AboutView {
    /// The frame.
    pub page: Page,
    /// Documents that are published.
    pub published: usize,
    /// Incidents that they tell: a translation is not another one.
    pub all: usize,
    /// How many incidents each fact is known of.
    pub coverage: Vec<CoverageRow>,
    /// What the program was unsure of.
    pub findings: Vec<FindingRow>,
}

/// How well a fact is known.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CoverageRow {
    /// Which fact.
    pub name: String,
    /// Incidents that have it.
    pub known: usize,
    /// Read from the text.
    pub read: usize,
    /// Computed from other facts.
    pub computed: usize,
    /// Said by the author outside the text.
    pub given: usize,
    /// Incidents that lack it.
    pub unknown: usize,
    /// The share that has it, as a bar.
    pub bar: String,
}

/// One kind of finding.
#[derive(Clone, Debug, Serialize)]
pub struct FindingRow {
    /// Its code.
    pub code: &'static str,
    /// `error`, `warning`, `note`.
    pub severity: &'static str,
    /// What it means.
    pub what: String,
    /// In how many documents it stands.
    pub count: usize,
    /// Some of them.
    pub incidents: Vec<RowLink>,
    /// How many more.
    pub more: usize,
}

/// The page of the files of data.
#[derive(Clone, Debug, Serialize)]
pub struct DataView {
    /// The frame.
    pub page: Page,
    /// The files.
    pub files: Vec<FileView>,
}

/// A file of data.
#[derive(Clone, Debug, Serialize)]
pub struct FileView {
    /// Below the top of the site.
    pub url: &'static str,
    /// What it holds.
    pub about: String,
}

/// So many documents are named with each kind of finding.
const NAMED: usize = 5;

/// The page about the site, in a language.
pub fn about(scene: &Scene<'_>, lang: Lang) -> AboutView {
    let strings = scene.theme.strings(lang);
    let title = strings.get("about").to_owned();
    AboutView {
        page: Page::new(scene, lang, route::ABOUT, "about", title)
            .about(strings.get("about_is").to_owned()),
        published: scene.archive.filed.len(),
        all: scene.archive.leading().len(),
        coverage: coverage(scene, lang),
        findings: findings(scene, lang),
    }
}

/// Where the best reading of a fact comes from.
type Source = fn(&Incident) -> Option<RuleId>;

/// Facts by the string that names them, and where each comes from.
const FACTS: [(&str, Source); 13] = [
    ("fact_date", |incident| rule(incident.date.best())),
    ("fact_started", |incident| rule(incident.started_at.best())),
    ("fact_detected", |incident| rule(incident.detected_at.best())),
    ("fact_mitigated", |incident| rule(incident.mitigated_at.best())),
    ("fact_resolved", |incident| rule(incident.resolved_at.best())),
    ("fact_duration", |incident| rule(incident.duration_minutes.best())),
    ("fact_severity", |incident| rule(incident.severity.best())),
    ("fact_affected", |incident| rule(incident.affected_percent.best())),
    ("fact_services", |incident| rule(incident.services.first())),
    ("causes", |incident| rule(incident.root_causes.first().map(|cause| &cause.fact))),
    ("fact_detection", |incident| rule(incident.detection.best())),
    ("fact_resolution", |incident| rule(incident.resolution.first())),
    ("actions", |incident| incident.actions.first().map(|_| RuleId("actions"))),
];

fn rule<T>(fact: Option<&Fact<T>>) -> Option<RuleId> {
    fact.map(|fact| fact.rule)
}

fn coverage(scene: &Scene<'_>, lang: Lang) -> Vec<CoverageRow> {
    let archive = scene.archive;
    let all = archive.leading().len();
    let row = |(name, source): (&str, Source)| {
        let mut row = CoverageRow {
            name: scene.theme.strings(lang).get(name).to_owned(),
            ..CoverageRow::default()
        };
        for id in archive.leading() {
            match source(&archive.filed[id].case.incident) {
                None => row.unknown += 1,
                Some(rule) if rule.is_given() => row.given += 1,
                Some(RuleId::COMPUTED) => row.computed += 1,
                Some(_) => row.read += 1,
            }
        }
        row.known = all - row.unknown;
        row.bar = inline::bar(row.known * 100 / all.max(1));
        row
    };
    FACTS.into_iter().map(row).collect()
}

fn findings(scene: &Scene<'_>, lang: Lang) -> Vec<FindingRow> {
    let mut found: BTreeMap<(&'static str, &'static str), (&'static str, Vec<FiledId>)> =
        BTreeMap::new();
    for (id, filed) in scene.archive.filed.iter().enumerate() {
        for finding in &filed.case.findings {
            let key = (finding.code.id, finding.code.name);
            let (_, ids) =
                found.entry(key).or_insert_with(|| (finding.severity.as_str(), Vec::new()));
            if ids.last() != Some(&id) {
                ids.push(id);
            }
        }
    }
    found
        .into_iter()
        .map(|((code, name), (severity, ids))| FindingRow {
            code,
            severity,
            what: scene.words[&lang]
                .texts()
                .get(name)
                .map(|it| it.what.clone())
                .unwrap_or_default(),
            count: ids.len(),
            incidents: ids.iter().take(NAMED).map(|&id| link(scene, lang, id)).collect(),
            more: ids.len().saturating_sub(NAMED),
        })
        .collect()
}

/// The page of the files of data, in a language.
pub fn downloads(scene: &Scene<'_>, lang: Lang) -> DataView {
    let strings = scene.theme.strings(lang);
    let title = strings.get("data").to_owned();
    let files = [
        ("data/incidents.jsonl", "data_jsonl"),
        ("data/incidents.csv", "data_csv"),
        ("data/actions.csv", "data_actions"),
        ("data/quarters.csv", "data_quarters"),
        ("data/incidents.ics", "data_calendar"),
        ("data/incident.schema.json", "data_schema"),
        ("data/datapackage.json", "data_package"),
    ];
    DataView {
        page: Page::new(scene, lang, route::DATA, "data", title)
            .about(strings.get("data_is").to_owned()),
        files: files
            .map(|(url, key)| FileView { url, about: strings.get(key).to_owned() })
            .to_vec(),
    }
}
