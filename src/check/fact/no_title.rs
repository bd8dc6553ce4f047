//! No heading that names the incident: there is none, or those that stand there could stand over any report.

use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::extract::line::LineKind;
use crate::model::fact::RuleId;

/// A less sure title is a guess.
const GUESS: f32 = 0.2;
/// Titles that stand in for one. In plain text the first line is the heading.
const STAND_INS: [RuleId; 2] = [RuleId("title/first-line"), RuleId("title/sentence")];

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let lines = &subject.scope.lines;
    let heading = lines.iter().find(|line| matches!(line.kind, LineKind::Heading(_, false)));
    let is_named = subject.incident.title.best().is_some_and(|title| {
        title.certainty > GUESS && (heading.is_none() || !STAND_INS.contains(&title.rule))
    });
    if !is_named {
        let span = heading.map_or(subject.start(), |line| subject.scope.span(line.text.clone()));
        findings.push(Diagnostic::new(&code::NO_TITLE, span));
    }
}
