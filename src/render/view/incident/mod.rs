//! The page of a document: its facts with their evidence, its timeline, its text, what is like it.

mod action;
pub mod around;
mod cause;
mod fact;
mod related;
mod timeline;

use serde::Serialize;

use crate::base::source::LineIndex;
use crate::base::span::Span;
use crate::diag::catalog::Catalog;
use crate::index::facet::Facet;
use crate::index::{Filed, FiledId};
use crate::model::kind::Lang;
use crate::parse::front_matter;
use crate::render::body::Rendered;
use crate::render::strings::Strings;
use crate::render::view::course::{self, CourseView};
use crate::render::view::evidence::Evidence;
use crate::render::view::incident::around::Around;
use crate::render::view::page::Page;
use crate::render::view::row::TitleLink;
use crate::render::{Scene, route, when};

/// The view of an incident page.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentView {
    /// The frame.
    pub page: Page,
    /// The language of the text.
    pub text_lang: &'static str,
    /// The same where it is not that of the page; else empty.
    pub foreign: &'static str,
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
    /// The entries of the timeline, where they stand scattered in the text, or not in it.
    pub timeline: Vec<EntryView>,
    /// Causes with their parts.
    pub causes: Vec<CauseView>,
    /// What was ruled out.
    pub dismissed: Vec<ValueView>,
    /// What was promised, where it stands scattered in the text or outside of it.
    pub actions: Vec<ActionView>,
    /// Incidents like it.
    pub related: Vec<RelatedView>,
    /// What the program was unsure of.
    pub findings: Vec<FindingView>,
    /// The newer and the older incident.
    pub newer: Option<TitleLink>,
    /// The older one.
    pub older: Option<TitleLink>,
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
    /// Its values.
    pub values: Vec<ValueView>,
}

/// A value with its evidence.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ValueView {
    /// As people write it.
    pub text: String,
    /// The page of the value.
    pub url: Option<String>,
    /// The anchor of the words that it was read from.
    pub evidence: Option<String>,
    /// Their line, as people write it.
    pub place: String,
    /// How it is known where no words say it: the author said so outside the text, or it is computed.
    pub how: String,
}

/// A cause.
#[derive(Clone, Debug, Serialize)]
pub struct CauseView {
    /// The cause and its evidence.
    pub value: ValueView,
    /// The words that it was read from; empty where a cause before was read from the same, and on pages in another
    /// language than theirs, where the line leads to them.
    pub quote: String,
    /// The part it played.
    pub role: String,
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
    /// Whether it is done: `open`, `done`, `dropped`, or empty.
    pub status_key: &'static str,
    /// What kind of measure, who, by when, and whether it is done, in a line.
    pub about: String,
}

/// An incident like this one.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedView {
    /// The title, in its own language.
    pub title: String,
    /// The language of the title, where it is not that of the page; else empty.
    pub lang: &'static str,
    /// Below the top of the language of the page.
    pub url: String,
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

/// Turns facts of one document into views. What it tells of other documents stands in `around`.
struct Teller<'a> {
    scene: &'a Scene<'a>,
    lang: Lang,
    filed: &'a Filed,
    evidence: &'a Evidence,
    around: &'a Around,
    body: &'a Rendered,
    lines: LineIndex,
    /// Where the text begins, behind what keys say of it.
    begin: u32,
}

/// The view of a document in the chrome of a language.
pub(in crate::render) fn view(
    scene: &Scene<'_>,
    lang: Lang,
    id: FiledId,
    evidence: &Evidence,
    around: &Around,
    body: &Rendered,
) -> IncidentView {
    let filed = &scene.archive.filed[id];
    let incident = &filed.case.incident;
    let source = &filed.case.source;
    let lines = LineIndex::new(&source.text);
    let front = front_matter::read(source, &mut Vec::new());
    let begin = front.map_or(0, |front| front.span.end);
    let teller = Teller { scene, lang, filed, evidence, around, body, lines, begin };
    let address = route::incident(&around.slug);
    let page = Page::new(scene, lang, &address, "incidents", incident.title().to_owned());
    let (facts, unknown): (Vec<FactView>, Vec<FactView>) =
        teller.facts().into_iter().partition(|fact| !fact.values.is_empty());
    let unknown: Vec<String> = unknown.into_iter().map(|fact| fact.name).collect();
    IncidentView {
        page: page.about(teller.summary()),
        text_lang: incident.lang.as_str(),
        foreign: if incident.lang == lang { "" } else { incident.lang.as_str() },
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
        related: around.related.clone(),
        findings: teller.findings(&scene.words[&lang]),
        newer: around.newer.clone(),
        older: around.older.clone(),
        twin: around.twin.clone(),
        file: source.path.as_str().to_owned(),
        draft: around.draft,
    }
}

impl Teller<'_> {
    fn strings(&self) -> &Strings {
        self.scene.theme.strings(self.lang)
    }

    fn string(&self, key: &str) -> String {
        self.strings().get(key).to_owned()
    }

    /// The line of a byte of the text, as people write it.
    fn place(&self, byte: u32) -> String {
        self.strings().count("evidence_line", self.lines.line(byte) as usize)
    }

    /// Whether a reader of the text finds these places below each other, as in a list or a table.
    fn stand_together(&self, spans: impl Iterator<Item = Span> + Clone) -> bool {
        let source = self.filed.case.source.id;
        if !spans.clone().all(|span| span.file == source && span.start >= self.begin) {
            return false;
        }
        let lines = || spans.clone().map(|span| self.lines.line(span.start));
        let (Some(first), Some(last)) = (lines().min(), lines().max()) else { return true };
        (last - first) as usize <= 2 * spans.count()
    }

    fn course(&self) -> Option<CourseView> {
        course::course(&self.filed.case.incident, self.strings(), |field, text| {
            field.best().map(|fact| self.value(fact, text))
        })
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

    /// Causes, services and length in a line, for previews.
    fn summary(&self) -> String {
        let strings = self.strings();
        let incident = &self.filed.case.incident;
        let causes: Vec<String> = incident
            .root_causes
            .iter()
            .map(|cause| self.around.link(Facet::Cause, cause.fact.value.as_str()).name)
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
