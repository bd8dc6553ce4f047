//! The page of a document: its facts with their evidence, its timeline, its text, what is like it.

use serde::Serialize;

use crate::base::source::{LineIndex, SourceMap};
use crate::base::span::Span;
use crate::diag::catalog::Catalog;
use crate::index::facet::Facet;
use crate::index::related::Related;
use crate::index::{Filed, FiledId};
use crate::model::fact::{Fact, Field};
use crate::model::kind::Lang;
use crate::render::body::{Mark, Rendered};
use crate::render::view::names::{self, Link, link};
use crate::render::view::page::Page;
use crate::render::{Scene, route, when};

/// The view of an incident page.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentView {
    /// The frame.
    pub page: Page,
    /// The language of the text.
    pub text_lang: &'static str,
    /// The text as HTML.
    pub body: String,
    /// Its headings.
    pub headings: Vec<HeadingView>,
    /// What is known, in a fixed order; what is not known has no values.
    pub facts: Vec<FactView>,
    /// The timeline.
    pub timeline: Vec<EntryView>,
    /// Causes with their parts.
    pub causes: Vec<CauseView>,
    /// What was ruled out.
    pub dismissed: Vec<ValueView>,
    /// What was promised.
    pub actions: Vec<ActionView>,
    /// Incidents like it.
    pub related: Vec<RelatedView>,
    /// What the program was unsure of.
    pub findings: Vec<FindingView>,
    /// The newer and the older incident.
    pub newer: Option<Link>,
    /// The older one.
    pub older: Option<Link>,
    /// The same incident in the other language.
    pub twin: Option<TwinView>,
    /// The file it was read from.
    pub file: String,
    /// Not yet published elsewhere.
    pub draft: bool,
}

/// A heading of the text.
#[derive(Clone, Debug, Serialize)]
pub struct HeadingView {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// A fact.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// What it is called.
    pub name: String,
    /// Which one it is, for styling.
    pub key: &'static str,
    /// Its values; none where it is unknown.
    pub values: Vec<ValueView>,
}

/// A value with its evidence.
#[derive(Clone, Debug, Serialize)]
pub struct ValueView {
    /// As people write it.
    pub text: String,
    /// The page of the value.
    pub url: Option<String>,
    /// The anchor of the words that it was read from.
    pub evidence: Option<String>,
    /// Those words.
    pub quote: String,
    /// Their line.
    pub line: u32,
    /// The author said so outside the text.
    pub given: bool,
    /// Computed from other facts.
    pub computed: bool,
}

/// A cause.
#[derive(Clone, Debug, Serialize)]
pub struct CauseView {
    /// The cause and its evidence.
    pub value: ValueView,
    /// What it means.
    pub meaning: String,
    /// The part it played.
    pub role: String,
    /// How sure the reading is, in per cent.
    pub certainty: u32,
}

/// An entry of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct EntryView {
    /// The day, where it differs from the entry before.
    pub date: String,
    /// The time of day.
    pub time: String,
    /// For machines.
    pub at: String,
    /// What happened.
    pub text: String,
    /// What it tells, as a name.
    pub kind: String,
    /// The same for styling.
    pub kind_key: &'static str,
    /// The anchor of the entry in the text.
    pub evidence: Option<String>,
}

/// An action item.
#[derive(Clone, Debug, Serialize)]
pub struct ActionView {
    /// What is to be done.
    pub text: String,
    /// What kind of measure.
    pub theme: String,
    /// Short, mid or long term.
    pub term: String,
    /// Who.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// Whether it is done: `open`, `done`, or empty.
    pub status_key: &'static str,
    /// The same as a name.
    pub status: String,
}

/// An incident like this one.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedView {
    /// The title.
    pub title: String,
    /// Its language.
    pub lang: &'static str,
    /// Its page.
    pub url: String,
    /// Its day.
    pub date: String,
    /// Why it is like this one.
    pub reason: String,
}

/// What the program was unsure of.
#[derive(Clone, Debug, Serialize)]
pub struct FindingView {
    /// Its code.
    pub code: &'static str,
    /// `error`, `warning`, `note`.
    pub severity: &'static str,
    /// What was found.
    pub message: String,
    /// Its line.
    pub line: u32,
}

/// The same incident in another language.
#[derive(Clone, Debug, Serialize)]
pub struct TwinView {
    /// What that language calls itself.
    pub name: String,
    /// Its code.
    pub lang: &'static str,
    /// Its page.
    pub url: String,
}

/// The evidence of a document: places with anchors, and which anchor a place has.
pub struct Evidence {
    places: Vec<Span>,
}

impl Evidence {
    /// The places that the facts were read from; overlapping ones are one.
    pub fn of(filed: &Filed) -> Self {
        let incident = &filed.case.incident;
        let mut spans: Vec<Span> = Vec::new();
        fn best<T>(field: &Field<T>, spans: &mut Vec<Span>) {
            spans.extend(
                field.best().filter(|fact| !fact.rule.is_given()).map(|fact| fact.evidence),
            );
        }
        best(&incident.date, &mut spans);
        best(&incident.started_at, &mut spans);
        best(&incident.detected_at, &mut spans);
        best(&incident.mitigated_at, &mut spans);
        best(&incident.resolved_at, &mut spans);
        best(&incident.time_zone, &mut spans);
        best(&incident.duration_minutes, &mut spans);
        best(&incident.severity, &mut spans);
        best(&incident.affected_percent, &mut spans);
        best(&incident.detection, &mut spans);
        spans.extend(incident.services.iter().map(|fact| fact.evidence));
        spans.extend(incident.resolution.iter().map(|fact| fact.evidence));
        spans.extend(incident.dismissed.iter().map(|fact| fact.evidence));
        spans.extend(incident.root_causes.iter().map(|cause| cause.fact.evidence));
        spans.retain(|span| span.end > span.start && span.file == filed.case.source.id);
        spans.sort();
        let mut places: Vec<Span> = Vec::new();
        for span in spans {
            match places.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => places.push(span),
            }
        }
        Self { places }
    }

    /// The marks for the text.
    pub fn marks(&self) -> Vec<Mark> {
        let numbered = self.places.iter().enumerate();
        numbered.map(|(number, &span)| Mark { span, id: format!("e-{}", number + 1) }).collect()
    }

    /// The anchor of a place in this body.
    fn anchor(&self, span: Span, body: &Rendered) -> Option<String> {
        let at = self.places.partition_point(|place| place.end < span.end);
        let found = self.places.get(at).is_some_and(|place| place.contains(span));
        let id = (found && span.end > span.start).then(|| format!("e-{}", at + 1))?;
        body.anchors.get(&id).cloned()
    }
}

/// Turns facts of one document into views.
struct Teller<'a> {
    scene: &'a Scene<'a>,
    lang: Lang,
    filed: &'a Filed,
    evidence: &'a Evidence,
    body: &'a Rendered,
    lines: LineIndex,
}

/// Longest quotation of evidence, in characters.
const LONGEST: usize = 220;

/// The view of a document in the chrome of a language.
pub fn view(
    scene: &Scene<'_>,
    lang: Lang,
    id: FiledId,
    evidence: &Evidence,
    body: &Rendered,
    words: &Catalog,
) -> IncidentView {
    let filed = &scene.archive.filed[id];
    let source = &filed.case.source;
    let teller = Teller { scene, lang, filed, evidence, body, lines: LineIndex::new(&source.text) };
    let address = route::incident(&filed.slug);
    let page =
        Page::new(scene, lang, &address, "incidents", filed.case.incident.title().to_owned());
    IncidentView {
        page: page.about(teller.summary()),
        text_lang: filed.case.incident.lang.as_str(),
        body: body.html.clone(),
        headings: body
            .headings
            .iter()
            .map(|heading| HeadingView {
                level: heading.level,
                id: heading.id.clone(),
                text: heading.text.clone(),
            })
            .collect(),
        facts: teller.facts(),
        timeline: teller.timeline(),
        causes: teller.causes(),
        dismissed: teller.dismissed(),
        actions: teller.actions(),
        related: scene.archive.related[id].iter().map(|related| teller.related(related)).collect(),
        findings: teller.findings(words),
        newer: teller.neighbour(id, true),
        older: teller.neighbour(id, false),
        twin: teller.twin(),
        file: source.path.as_str().to_owned(),
        draft: filed.draft,
    }
}

impl Teller<'_> {
    fn string(&self, key: &str) -> String {
        self.scene.theme.strings(self.lang).get(key).to_owned()
    }

    fn value<T>(&self, fact: &Fact<T>, text: String) -> ValueView {
        let source = &self.filed.case.source;
        let given = fact.rule.is_given();
        let quote: String = source.slice(fact.evidence).chars().take(LONGEST).collect();
        ValueView {
            text,
            url: None,
            evidence: if given { None } else { self.evidence.anchor(fact.evidence, self.body) },
            quote: quote.split_whitespace().collect::<Vec<_>>().join(" "),
            line: self.lines.line(fact.evidence.start),
            given,
            computed: fact.rule == crate::model::fact::RuleId::COMPUTED,
        }
    }

    fn field<T>(
        &self,
        key: &'static str,
        field: &Field<T>,
        text: impl Fn(&T) -> String,
    ) -> FactView {
        let values = field.best().map(|fact| self.value(fact, text(&fact.value)));
        FactView {
            name: self.string(&format!("fact_{key}")),
            key,
            values: values.into_iter().collect(),
        }
    }

    fn linked<T>(
        &self,
        key: &'static str,
        facet: Facet,
        facts: &[Fact<T>],
        text: impl Fn(&T) -> String,
    ) -> FactView {
        let values = facts.iter().map(|fact| {
            let link = link(self.scene, self.lang, facet, &text(&fact.value));
            ValueView { url: link.url, ..self.value(fact, link.name) }
        });
        FactView { name: self.string(&format!("fact_{key}")), key, values: values.collect() }
    }

    fn facts(&self) -> Vec<FactView> {
        let incident = &self.filed.case.incident;
        let strings = self.scene.theme.strings(self.lang);
        let moment = |moment: &crate::model::when::Moment| when::moment(*moment, strings);
        let detection: Vec<_> = incident.detection.best().cloned().into_iter().collect();
        let severity: Vec<_> = incident.severity.best().cloned().into_iter().collect();
        let mut facts = vec![
            self.field("date", &incident.date, |date| when::date(*date, strings)),
            self.field("started", &incident.started_at, moment),
            self.field("detected", &incident.detected_at, moment),
            self.field("resolved", &incident.resolved_at, moment),
            self.field("duration", &incident.duration_minutes, |minutes| {
                when::length(*minutes, strings)
            }),
            self.field("zone", &incident.time_zone, |zone| match zone.utc_offset() {
                Some(offset) => format!("{} ({offset})", zone.name),
                None => zone.name.clone(),
            }),
            self.linked("severity", Facet::Severity, &severity, Clone::clone),
            self.field("affected", &incident.affected_percent, |percent| format!("{percent}%")),
            self.linked("services", Facet::Service, &incident.services, Clone::clone),
            self.linked("detection", Facet::Detection, &detection, |kind| kind.as_str().to_owned()),
            self.linked("resolution", Facet::Resolution, &incident.resolution, |kind| {
                kind.as_str().to_owned()
            }),
        ];
        // The start says the day too, where there is one with a time.
        if incident
            .started_at
            .value()
            .is_some_and(|start| start.date.is_some() && start.clock.is_some())
        {
            facts.remove(0);
        }
        facts
    }

    fn causes(&self) -> Vec<CauseView> {
        let causes = self.filed.case.incident.root_causes.iter();
        causes
            .map(|cause| {
                let id = cause.fact.value.as_str();
                let link = link(self.scene, self.lang, Facet::Cause, id);
                CauseView {
                    value: ValueView { url: link.url, ..self.value(&cause.fact, link.name) },
                    meaning: names::meaning(self.scene, self.lang, Facet::Cause, id),
                    role: self.string(&format!("role_{}", cause.role.as_str())),
                    certainty: (cause.fact.certainty * 100.0).round() as u32,
                }
            })
            .collect()
    }

    fn dismissed(&self) -> Vec<ValueView> {
        let dismissed = self.filed.case.incident.dismissed.iter();
        dismissed
            .map(|fact| {
                let link = link(self.scene, self.lang, Facet::Cause, fact.value.as_str());
                ValueView { url: link.url, ..self.value(fact, link.name) }
            })
            .collect()
    }

    fn timeline(&self) -> Vec<EntryView> {
        let strings = self.scene.theme.strings(self.lang);
        let mut before = None;
        let entries = self.filed.case.incident.timeline.iter();
        entries
            .map(|entry| {
                let date = entry.at.date.filter(|date| before.replace(*date) != Some(*date));
                let kind_key = entry.kind.map_or("", |kind| kind.as_str());
                let kind = if kind_key.is_empty() {
                    String::new()
                } else {
                    self.string(&format!("entry_{}", kind_key.replace('-', "_")))
                };
                EntryView {
                    date: date.map(|date| when::date(date, strings)).unwrap_or_default(),
                    time: entry.at.clock.map(|clock| clock.to_string()).unwrap_or_default(),
                    at: entry.at.to_string(),
                    text: entry.text.clone(),
                    kind,
                    kind_key,
                    evidence: self.evidence.anchor(entry.span, self.body),
                }
            })
            .collect()
    }

    fn actions(&self) -> Vec<ActionView> {
        let strings = self.scene.theme.strings(self.lang);
        let actions = self.filed.case.incident.actions.iter();
        let named = |prefix: &str, key: Option<&str>| {
            key.map_or_else(String::new, |key| {
                self.string(&format!("{prefix}_{}", key.replace('-', "_")))
            })
        };
        actions
            .map(|action| ActionView {
                text: action.text.clone(),
                theme: named("theme", action.theme.map(|theme| theme.as_str())),
                term: named("term", action.term.map(|term| term.as_str())),
                owner: action.owner.clone(),
                due: action.due.map(|due| when::date(due, strings)),
                status_key: action.status.map_or("", |status| status.as_str()),
                status: named("status", action.status.map(|status| status.as_str())),
            })
            .collect()
    }

    fn related(&self, related: &Related) -> RelatedView {
        let strings = self.scene.theme.strings(self.lang);
        let other = self.scene.archive.version(related.id, self.lang);
        let filed = &self.scene.archive.filed[other];
        let list = |facet: Facet, values: &[String]| {
            let names: Vec<String> = values
                .iter()
                .map(|value| names::name(self.scene, self.lang, facet, value))
                .collect();
            names.join(", ")
        };
        let mut reasons = vec![
            strings.fill("related_cause", &[("causes", &list(Facet::Cause, &related.causes))]),
        ];
        if !related.services.is_empty() {
            reasons.push(strings.fill(
                "related_service",
                &[("services", &list(Facet::Service, &related.services))],
            ));
        }
        if let Some(days) = related.days_before.filter(|&days| days != 0) {
            let key = if days > 0 { "related_before" } else { "related_after" };
            reasons.push(strings.count(key, days.unsigned_abs() as usize));
        }
        if related.days_before.is_some_and(|days| days > 0) && related.open_actions > 0 {
            reasons.push(strings.count("related_open", related.open_actions));
        }
        RelatedView {
            title: filed.case.incident.title().to_owned(),
            lang: filed.case.incident.lang.as_str(),
            url: route::encode(&route::incident(&filed.slug)),
            date: filed
                .case
                .incident
                .date
                .value()
                .map(|&date| when::date(date, strings))
                .unwrap_or_default(),
            reason: reasons.join(" · "),
        }
    }

    fn findings(&self, words: &Catalog) -> Vec<FindingView> {
        let sources = SourceMap::new([&self.filed.case.source]);
        let findings = self.filed.case.findings.iter();
        findings
            .map(|finding| crate::diag::json::resolve(finding, &sources, words))
            .map(|finding| FindingView {
                code: finding.code,
                severity: finding.severity,
                message: finding.message,
                line: finding.line,
            })
            .collect()
    }

    /// The next leading document in one direction.
    fn neighbour(&self, id: FiledId, newer: bool) -> Option<Link> {
        let archive = self.scene.archive;
        let place = if self.filed.leads { id } else { self.filed.twin? };
        let found = if newer {
            (0..place).rev().find(|&other| archive.filed[other].leads)
        } else {
            (place + 1..archive.filed.len()).find(|&other| archive.filed[other].leads)
        }?;
        let filed = &archive.filed[archive.version(found, self.lang)];
        Some(Link {
            name: filed.case.incident.title().to_owned(),
            url: Some(route::encode(&route::incident(&filed.slug))),
        })
    }

    fn twin(&self) -> Option<TwinView> {
        let twin = &self.scene.archive.filed[self.filed.twin?];
        let lang = twin.case.incident.lang;
        Some(TwinView {
            name: self.scene.theme.strings(lang).get("language_name").to_owned(),
            lang: lang.as_str(),
            url: route::encode(&route::incident(&twin.slug)),
        })
    }

    /// Causes, services and length in a line, for previews.
    fn summary(&self) -> String {
        let strings = self.scene.theme.strings(self.lang);
        let incident = &self.filed.case.incident;
        let causes: Vec<String> = incident
            .root_causes
            .iter()
            .map(|cause| {
                names::name(self.scene, self.lang, Facet::Cause, cause.fact.value.as_str())
            })
            .collect();
        let mut parts = Vec::new();
        if let Some(&date) = incident.date.value() {
            parts.push(when::date(date, strings));
        }
        if let Some(&minutes) = incident.duration_minutes.value() {
            parts.push(when::length(minutes, strings));
        }
        if !causes.is_empty() {
            parts.push(causes.join(", "));
        }
        parts.join(" · ")
    }
}
