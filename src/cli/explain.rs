//! `pmsite explain`: for a person, what was read, from which words, and what lost.
#![expect(clippy::disallowed_methods, reason = "asks whether a path is a folder")]

use std::fmt::{Display, Write};

use crate::base::source::LineIndex;
use crate::base::span::Span;
use crate::case::Case;
use crate::cli::Outcome;
use crate::cli::args::Explain;
use crate::cli::document;
use crate::cli::extract::one;
use crate::cli::print::Printer;
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::model::cause::{Naming, Stance};
use crate::model::fact::{Fact, Field};
use crate::record::FACTS;

/// So many runners-up are shown.
const MOST: usize = 6;
/// Longest excerpt in characters.
const LONGEST: usize = 110;

/// Prints what was read from a document.
pub(super) fn run(explain: &Explain, printer: &Printer) -> Result<Outcome, Failure> {
    if let Some(field) = &explain.field
        && !FACTS.contains(&field.as_str())
    {
        let right = crate::base::nearest::nearest(field, FACTS.into_iter());
        return Err(Failure::new(&code::UNKNOWN_FIELD)
            .arg("field", field)
            .nearest(right)
            .arg("fields", FACTS.join(", ")));
    }
    let file = document::find(&explain.file)?;
    if file.is_dir() {
        return Err(document::missing(&file));
    }
    let reading = one(&file)?;
    printer.findings(&reading.findings, &crate::base::source::SourceMap::default(), true);
    for case in &reading.cases {
        let mut story =
            Story { printer, case, lines: LineIndex::new(&case.source.text), text: String::new() };
        story.tell(explain.field.as_deref());
        printer.data(story.text.as_bytes())?;
    }
    Ok(Outcome::Done)
}

/// The explanation of one document, as it grows.
struct Story<'a> {
    printer: &'a Printer,
    case: &'a Case,
    lines: LineIndex,
    text: String,
}

impl Story<'_> {
    fn tell(&mut self, only: Option<&str>) {
        let incident = &self.case.incident;
        let wanted = |field: &str| only.is_none_or(|only| only == field);
        macro_rules! field {
            ($name:literal, $field:expr, $show:expr) => {
                if wanted($name) {
                    self.field($name, $field, $show);
                }
            };
        }
        field!("title", &incident.title, |value: &String| value.clone());
        field!("date", &incident.date, ToString::to_string);
        field!("started_at", &incident.started_at, ToString::to_string);
        field!("detected_at", &incident.detected_at, ToString::to_string);
        field!("mitigated_at", &incident.mitigated_at, ToString::to_string);
        field!("resolved_at", &incident.resolved_at, ToString::to_string);
        field!("time_zone", &incident.time_zone, |zone: &crate::model::when::Zone| zone
            .name
            .clone());
        field!("duration_minutes", &incident.duration_minutes, |minutes: &f64| format!(
            "{minutes:.0}"
        ));
        field!("severity", &incident.severity, |value: &String| value.clone());
        field!("affected_percent", &incident.affected_percent, |value: &f64| format!("{value}"));
        if wanted("services") {
            self.list("services", &incident.services, |value| value.clone());
        }
        if wanted("root_causes") {
            self.causes();
        }
        // Among the causes anyway, where all is told.
        if only == Some("dismissed") {
            self.list("dismissed", &incident.dismissed, ToString::to_string);
        }
        field!("detection", &incident.detection, |kind: &crate::model::kind::Detection| kind
            .as_str()
            .to_owned());
        if wanted("resolution") {
            self.list("resolution", &incident.resolution, |kind| kind.as_str().to_owned());
        }
        if wanted("timeline") {
            self.timeline();
        }
        if wanted("action_items") {
            self.actions();
        }
    }

    fn head(&mut self, name: &str) {
        let name = self.printer.bold(name);
        let _ = writeln!(self.text, "{name}");
    }

    fn line(&mut self, lead: &str, value: impl Display, certainty: f32, rule: &str, span: Span) {
        let about = self.printer.faint(&format!("{rule} {certainty:.2}"));
        let _ = writeln!(self.text, "{lead}{value}  {about}");
        let place = self.lead(span);
        if !place.is_empty() {
            let words = self.excerpt(span);
            let _ = writeln!(self.text, "      {place}{words}");
        }
    }

    /// `12: `; nothing before what `overrides.toml` says, which stands nowhere in the document.
    fn lead(&self, span: Span) -> String {
        if span.file != self.case.source.id {
            return String::new();
        }
        format!("{}: ", self.lines.line(span.start))
    }

    /// The words of a place, on one line.
    fn excerpt(&self, span: Span) -> String {
        let words = self.case.source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = words.chars().take(LONGEST).collect();
        let more = if words.chars().count() > LONGEST { "…" } else { "" };
        short + more
    }

    fn unknown(&mut self) {
        let text = self.printer.say("explain_unknown", &[]);
        let _ = writeln!(self.text, "  {text}");
    }

    fn field<T>(&mut self, name: &str, field: &Field<T>, show: impl Fn(&T) -> String) {
        self.head(name);
        if field.best().is_none() {
            self.unknown();
        }
        for (order, fact) in field.readings().iter().take(MOST).enumerate() {
            let lead = if order == 0 { "  → " } else { "    " };
            self.line(lead, show(&fact.value), fact.certainty, fact.rule.0, fact.evidence);
        }
    }

    fn list<T>(&mut self, name: &str, facts: &[Fact<T>], show: impl Fn(&T) -> String) {
        self.head(name);
        if facts.is_empty() {
            self.unknown();
        }
        for fact in facts {
            self.line("  → ", show(&fact.value), fact.certainty, fact.rule.0, fact.evidence);
        }
    }

    /// What was asserted, what was dismissed, and every other place that names a cause, with how it was taken.
    fn causes(&mut self) {
        self.head("root_causes");
        let incident = &self.case.incident;
        if incident.root_causes.is_empty() {
            self.unknown();
        }
        for cause in &incident.root_causes {
            let mut value = format!("{} ({})", cause.fact.value, cause.role.as_str());
            let naming = incident.namings.iter().find(|naming| {
                naming.cause == cause.fact.value && naming.sentence == cause.fact.evidence
            });
            if let Some(naming) = naming {
                let _ = write!(value, " “{}”", self.words(naming));
            }
            self.line("  → ", value, cause.fact.certainty, cause.fact.rule.0, cause.fact.evidence);
        }
        for fact in &incident.dismissed {
            let value = format!("{} ({})", fact.value, Stance::RuledOut.as_str());
            self.line("  × ", value, fact.certainty, fact.rule.0, fact.evidence);
        }
        let mut others: Vec<_> = incident.namings.iter().collect();
        others.retain(|naming| {
            !incident.root_causes.iter().any(|cause| cause.fact.value == naming.cause)
        });
        others
            .sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.words.start.cmp(&b.words.start)));
        for naming in others.into_iter().take(MOST * 2) {
            let (stance, words) = (naming.stance.as_str(), self.words(naming));
            let value = format!("{} ({stance}) “{words}”", naming.cause);
            self.line("    ", value, naming.weight, naming.rule.0, naming.sentence);
        }
    }

    /// The words that name a cause, on one line.
    fn words(&self, naming: &Naming) -> String {
        let words = self.case.source.slice(naming.words);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn timeline(&mut self) {
        self.head("timeline");
        for entry in &self.case.incident.timeline {
            let kind = entry.kind.map_or("-", |kind| kind.as_str());
            let text: String = entry.text.chars().take(LONGEST).collect();
            let line = self.lead(entry.span);
            let _ = writeln!(self.text, "  {line}{} [{kind}] {text}", entry.at);
        }
    }

    fn actions(&mut self) {
        self.head("action_items");
        for action in &self.case.incident.actions {
            let mark = |text: Option<&str>| text.unwrap_or("-").to_owned();
            let (theme, term) = (
                mark(action.theme.map(|theme| theme.as_str())),
                mark(action.term.map(|term| term.as_str())),
            );
            let status = mark(action.status.map(|status| status.as_str()));
            let text: String = action.text.chars().take(LONGEST).collect();
            let line = self.lead(action.span);
            let _ = writeln!(self.text, "  {line}[{theme} {term} {status}] {text}");
        }
    }
}
