//! What is read from short texts, one idea a case, and what is not read from texts that look like it.

use std::fmt::Write;

use pmsite::base::source::{LineIndex, Source};
use pmsite::base::span::Span;
use pmsite::case::Case;
use pmsite::model::fact::{Fact, Field};
use pmsite::vocab::Vocabulary;

use crate::cases;

#[test]
fn short_texts() {
    let vocab = Vocabulary::load(&[]).value;
    cases::check("extract", |_, text| dump(&read(text, &vocab)));
}

/// Logs, quotes and the names of people say nothing of the language that a report is written in.
#[test]
fn language_is_that_of_the_prose() {
    let vocab = Vocabulary::load(&[]).value;
    let report = "# 결제 오류\n\n10분간 결제가 되지 않았다.\n\n## 원인\n\n데드락이었다.\n\n";
    let log = "at org.shop.cart.Checkout.pay(Checkout.java:71)\n".repeat(40);
    let rows = "| 10:01 | PodRestartsTooOften shop/cart |\n".repeat(9);
    let english = "# Payments failed\n\nNobody could pay for ten minutes.\n\n";
    let said = "결제가 계속 실패합니다. 오전부터 안 되고 있어요. 언제 되나요?";
    let texts = [
        ("ko", format!("{report}```\n{log}```\n")),
        ("ko", format!("{report}| At | Alert |\n|---|---|\n{rows}")),
        ("en", format!("{english}> {said}\n")),
        ("en", format!("{english}A customer wrote: \"{said}\"\n")),
        (
            "en",
            format!("{english}On call: 김서연, 박도윤, 이하준, 정지우, 최은서, 강민준, 윤서아\n"),
        ),
        ("ko", format!("{english}{said}\n")),
    ];
    for (lang, text) in texts {
        assert_eq!(read(&text, &vocab).incident.lang.as_str(), lang, "{text}");
    }
}

/// A text as one document.
pub(crate) fn read(text: &str, vocab: &Vocabulary) -> Case {
    pmsite::pipeline::text("case.md", text.as_bytes().to_vec(), vocab)
}

/// The facts one a line, each with its place and rule. Findings have cases of their own.
fn dump(case: &Case) -> String {
    let incident = &case.incident;
    let mut out = Dump {
        source: &case.source,
        lines: LineIndex::new(&case.source.text),
        text: String::new(),
    };
    out.best("title", &incident.title);
    out.best("date", &incident.date);
    out.best("started_at", &incident.started_at);
    out.best("detected_at", &incident.detected_at);
    out.best("mitigated_at", &incident.mitigated_at);
    out.best("resolved_at", &incident.resolved_at);
    if let Some(zone) = incident.time_zone.best() {
        let offset = zone.value.utc_offset().unwrap_or_default();
        out.line("time_zone", &format!("{} {offset}", zone.value.name), zone.evidence, zone.rule.0);
    }
    out.best("duration_minutes", &incident.duration_minutes);
    out.best("severity", &incident.severity);
    out.best("affected_percent", &incident.affected_percent);
    for fact in &incident.services {
        out.fact("service", fact);
    }
    for cause in &incident.root_causes {
        let value = format!("{} {}", cause.fact.value, cause.role.as_str());
        out.line("root_cause", &value, cause.fact.evidence, cause.fact.rule.0);
    }
    for fact in &incident.dismissed {
        out.fact("dismissed", fact);
    }
    if let Some(fact) = incident.detection.best() {
        out.line("detection", fact.value.as_str(), fact.evidence, fact.rule.0);
    }
    for fact in &incident.resolution {
        out.line("resolution", fact.value.as_str(), fact.evidence, fact.rule.0);
    }
    for entry in &incident.timeline {
        let kind = entry.kind.map_or("-", |kind| kind.as_str());
        out.line("timeline", &format!("{} {kind}: {}", entry.at, entry.text), entry.span, "");
    }
    for action in &incident.actions {
        let mut value = action.text.clone();
        let parts = [
            action.theme.map(|theme| theme.as_str().to_owned()),
            action.term.map(|term| term.as_str().to_owned()),
            action.owner.clone(),
            action.due.map(|due| due.to_string()),
            action.status.map(|status| status.as_str().to_owned()),
        ];
        for part in parts.iter().flatten() {
            write!(value, " [{part}]").unwrap();
        }
        out.line("action", &value, action.span, "");
    }
    out.text
}

struct Dump<'a> {
    source: &'a Source,
    lines: LineIndex,
    text: String,
}

impl Dump<'_> {
    fn best<T: ToString>(&mut self, name: &str, field: &Field<T>) {
        if let Some(fact) = field.best() {
            self.fact(name, fact);
        }
    }

    fn fact<T: ToString>(&mut self, name: &str, fact: &Fact<T>) {
        self.line(name, &fact.value.to_string(), fact.evidence, fact.rule.0);
    }

    fn line(&mut self, name: &str, value: &str, span: Span, rule: &str) {
        let at = self.lines.position(&self.source.text, span.start);
        let line = format!("{name}: {value} @{}:{} {rule}", at.line, at.column);
        writeln!(self.text, "{}", line.trim_end()).unwrap();
    }
}
