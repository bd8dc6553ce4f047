//! Times of day, and no zone in the whole document.

use crate::check::Subject;
use crate::check::time::stamps;
use crate::diag::{Diagnostic, code};
use crate::extract::line::Line;
use crate::extract::time::zone::zones_in;

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let has_zone = subject.incident.time_zone.best().is_some();
    let Some(first) = stamps(subject).find(|stamp| stamp.clock.is_some()) else { return };
    let scope = subject.scope;
    // "All times in UTC" stands apart from the times.
    let is_named = |line: &Line| {
        !zones_in(scope.line_text(line), line.text.start, &scope.vocab.clock).is_empty()
    };
    if !has_zone
        && stamps(subject).all(|stamp| stamp.zone.is_none())
        && !scope.lines.iter().any(is_named)
    {
        let span = scope.span(first.start..first.end);
        findings.push(Diagnostic::new(&code::NO_ZONE, span));
    }
}
