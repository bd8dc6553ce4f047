//! The page of a document: its facts with their evidence, its timeline, its text, what is like it.

use serde::Serialize;

use crate::base::source::LineIndex;
use crate::base::span::Span;
use crate::diag::catalog::Catalog;
use crate::index::facet::Facet;
use crate::index::related::Related;
use crate::index::{Filed, FiledId};
use crate::model::fact::{Fact, Field, RuleId};
use crate::model::kind::Lang;
use crate::model::timeline::Entry;
use crate::parse::text::TextView;
use crate::render::body::Rendered;
use crate::render::strings::Strings;
use crate::render::view::course::{self, CourseView};
use crate::render::view::evidence::Evidence;
use crate::render::view::names::{self, link};
use crate::render::view::page::Page;
use crate::render::view::row::{self, RowLink};
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
    /// What is known, in a fixed order.
    pub facts: Vec<FactView>,
    /// What the facts are called that are not known, in a line.
    pub unknown: String,
    /// How it went.
    pub course: Option<CourseView>,
    /// Its day, as people write it; empty where it is unknown.
    pub date: String,
    /// The entries of the timeline, where they stand scattered in the text.
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
    pub newer: Option<RowLink>,
    /// The older one.
    pub older: Option<RowLink>,
    /// The same incident in the other language.
    pub twin: Option<TwinView>,
    /// The file it was read from.
    pub file: String,
    /// Not yet published elsewhere.
    pub draft: bool,
}

/// A fact.
#[derive(Clone, Debug, Serialize)]
pub struct FactView {
    /// What it is called.
    pub name: String,
    /// Which one it is, for styling.
    pub key: &'static str,
    /// Its values.
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
    /// Their line, as people write it.
    pub place: String,
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
    /// The words that it was read from; empty where a cause before was read from the same, and on pages in
    /// another language than theirs, where the line leads to them.
    pub quote: String,
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
    /// What happened.
    pub text: String,
    /// What it tells, as a name.
    pub kind: String,
    /// The same for styling.
    pub kind_key: &'static str,
}

/// An action item.
#[derive(Clone, Debug, Serialize)]
pub struct ActionView {
    /// What is to be done.
    pub text: String,
    /// Whether it is done: `open`, `done`, or empty.
    pub status_key: &'static str,
    /// What kind of measure, who, by when, and whether it is done, in a line.
    pub about: String,
}

/// An incident like this one.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedView {
    /// Which.
    #[serde(flatten)]
    pub link: RowLink,
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
    /// Its line, as people write it.
    pub place: String,
}

/// The same incident in another language.
#[derive(Clone, Debug, Serialize)]
pub struct TwinView {
    /// Says so in that language.
    pub text: String,
    /// Its code.
    pub lang: &'static str,
    /// Its page.
    pub url: String,
}

/// Turns facts of one document into views.
struct Teller<'a> {
    scene: &'a Scene<'a>,
    lang: Lang,
    filed: &'a Filed,
    evidence: &'a Evidence,
    body: &'a Rendered,
    text: &'a TextView,
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
    text: &TextView,
) -> IncidentView {
    let filed = &scene.archive.filed[id];
    let incident = &filed.case.incident;
    let source = &filed.case.source;
    let lines = LineIndex::new(&source.text);
    let teller = Teller { scene, lang, filed, evidence, body, text, lines };
    let address = route::incident(&filed.slug);
    let (newer, older) = scene.archive.neighbours(id);
    let page = Page::new(scene, lang, &address, "incidents", incident.title().to_owned());
    let (facts, unknown): (Vec<FactView>, Vec<FactView>) =
        teller.facts().into_iter().partition(|fact| !fact.values.is_empty());
    let unknown: Vec<String> = unknown.into_iter().map(|fact| fact.name).collect();
    IncidentView {
        page: page.about(teller.summary()),
        text_lang: incident.lang.as_str(),
        body: body.html.clone(),
        course: teller.course(),
        date: incident
            .date
            .value()
            .map(|&date| when::date(date, teller.strings()))
            .unwrap_or_default(),
        facts,
        unknown: unknown.join(", "),
        timeline: teller.timeline(),
        causes: teller.causes(),
        dismissed: teller.dismissed(),
        actions: teller.actions(),
        related: scene.archive.related[id].iter().map(|related| teller.related(related)).collect(),
        findings: teller.findings(&scene.words[&lang]),
        newer: newer.map(|id| row::link(scene, lang, id)),
        older: older.map(|id| row::link(scene, lang, id)),
        twin: teller.twin(),
        file: source.path.as_str().to_owned(),
        draft: filed.draft,
    }
}

impl Teller<'_> {
    fn strings(&self) -> &Strings {
        self.scene.theme.strings(self.lang)
    }

    fn string(&self, key: &str) -> String {
        self.strings().get(key).to_owned()
    }

    /// The words of a place, in one line and not too many.
    fn quote(&self, span: Span) -> String {
        let text = self.text.visible(&(span.start..span.end));
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match words.char_indices().nth(LONGEST) {
            Some((end, _)) => words.get(..end).unwrap_or_default().to_owned() + "…",
            None => words,
        }
    }

    /// The line of a byte of the text, as people write it.
    fn place(&self, byte: u32) -> String {
        self.strings().count("evidence_line", self.lines.line(byte) as usize)
    }

    fn course(&self) -> Option<CourseView> {
        course::course(&self.filed.case.incident, self.strings(), |field, text| {
            field.best().map(|fact| self.value(fact, text))
        })
    }

    fn value<T>(&self, fact: &Fact<T>, text: String) -> ValueView {
        let given = fact.rule.is_given();
        ValueView {
            text,
            url: None,
            evidence: if given { None } else { self.evidence.anchor(fact.evidence, self.body) },
            place: self.place(fact.evidence.start),
            given,
            computed: fact.rule == RuleId::COMPUTED,
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
        let strings = self.strings();
        let detection: Vec<_> = incident.detection.best().cloned().into_iter().collect();
        let severity: Vec<_> = incident.severity.best().cloned().into_iter().collect();
        vec![
            self.field("date", &incident.date, |date| when::date(*date, strings)),
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
        ]
    }

    fn causes(&self) -> Vec<CauseView> {
        let mut quoted: Vec<Span> = Vec::new();
        let is_own = self.filed.case.incident.lang == self.lang;
        let causes = self.filed.case.incident.root_causes.iter();
        causes
            .map(|cause| {
                let id = cause.fact.value.as_str();
                let link = link(self.scene, self.lang, Facet::Cause, id);
                let evidence = cause.fact.evidence;
                // One sentence may name several causes: it is quoted below the first.
                let is_new = !quoted.contains(&evidence);
                quoted.push(evidence);
                let is_quoted = is_new && is_own && !cause.fact.rule.is_given();
                CauseView {
                    value: ValueView { url: link.url, ..self.value(&cause.fact, link.name) },
                    meaning: names::meaning(self.scene, self.lang, Facet::Cause, id),
                    quote: if is_quoted { self.quote(evidence) } else { String::new() },
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
        let strings = self.strings();
        let entries = &self.filed.case.incident.timeline;
        if self.stand_together(entries) {
            return Vec::new();
        }
        let mut before = None;
        entries
            .iter()
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
                    text: entry.text.clone(),
                    kind,
                    kind_key,
                }
            })
            .collect()
    }

    /// Whether a reader of the text finds these entries below each other, as in a list or a table.
    fn stand_together(&self, entries: &[Entry]) -> bool {
        let lines = || entries.iter().map(|entry| self.lines.line(entry.span.start));
        let (Some(first), Some(last)) = (lines().min(), lines().max()) else { return true };
        (last - first) as usize <= 2 * entries.len()
    }

    fn actions(&self) -> Vec<ActionView> {
        let strings = self.strings();
        let actions = self.filed.case.incident.actions.iter();
        actions
            .map(|action| {
                let named = |prefix: &str, key: Option<&str>| {
                    Some(self.string(&format!("{prefix}_{}", key?.replace('-', "_"))))
                };
                let due =
                    action.due.map(|due| strings.fill("due", &[("a", &when::date(due, strings))]));
                let about = [
                    named("theme", action.theme.map(|theme| theme.as_str())),
                    named("term", action.term.map(|term| term.as_str())),
                    action.owner.clone(),
                    due,
                    named("status", action.status.map(|status| status.as_str())),
                ];
                let about: Vec<String> = about.into_iter().flatten().collect();
                ActionView {
                    text: action.text.clone(),
                    status_key: action.status.map_or("", |status| status.as_str()),
                    about: about.join(" · "),
                }
            })
            .collect()
    }

    fn related(&self, related: &Related) -> RelatedView {
        let strings = self.strings();
        let list = |facet: Facet, places: &[u32]| {
            let names: Vec<String> = places
                .iter()
                .map(|&place| self.scene.names.link(self.lang, facet, place).name)
                .collect();
            names.join(", ")
        };
        let causes = list(Facet::Cause, &related.causes);
        let same = if related.services.is_empty() {
            strings.fill("related_cause", &[("causes", &causes)])
        } else {
            let services = list(Facet::Service, &related.services);
            strings.fill("related_both", &[("causes", &causes), ("services", &services)])
        };
        let days = related.days_before.filter(|&days| days != 0);
        let when = days.map(|days| {
            let key = if days > 0 { "related_before" } else { "related_after" };
            strings.fill(key, &[("a", &when::days(days, strings))])
        });
        let open = (related.days_before.is_some_and(|days| days > 0) && related.open_actions > 0)
            .then(|| self.left_open(related));
        let reasons: Vec<String> = [Some(same), when, open].into_iter().flatten().collect();
        RelatedView {
            link: row::link(self.scene, self.lang, related.id),
            reason: reasons.join(strings.get("clause")),
        }
    }

    /// What an earlier incident promised and is not known to have kept.
    fn left_open(&self, related: &Related) -> String {
        let strings = self.strings();
        let themes: Vec<String> = related
            .open_themes
            .iter()
            .take(3)
            .map(|&theme| names::theme(self.scene, self.lang, Some(theme)).name)
            .collect();
        if themes.is_empty() {
            return strings.count("related_open", related.open_actions);
        }
        strings.count("related_open_for", related.open_actions).replace("{a}", &themes.join(", "))
    }

    fn findings(&self, words: &Catalog) -> Vec<FindingView> {
        let findings = self.filed.case.findings.iter();
        let here = |span: Span| span.file == self.filed.case.source.id;
        findings
            .map(|finding| FindingView {
                code: finding.code.id,
                severity: finding.severity.as_str(),
                message: words.message(finding),
                place: self.place(if here(finding.span) { finding.span.start } else { 0 }),
            })
            .collect()
    }

    fn twin(&self) -> Option<TwinView> {
        let twin = &self.scene.archive.filed[self.filed.twin?];
        let lang = twin.case.incident.lang;
        Some(TwinView {
            text: self.scene.theme.strings(lang).get("twin").to_owned(),
            lang: lang.as_str(),
            url: route::encode(&route::incident(&twin.slug)),
        })
    }

    /// Causes, services and length in a line, for previews.
    fn summary(&self) -> String {
        let strings = self.strings();
        let incident = &self.filed.case.incident;
        let causes: Vec<String> = incident
            .root_causes
            .iter()
            .map(|cause| link(self.scene, self.lang, Facet::Cause, cause.fact.value.as_str()).name)
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
