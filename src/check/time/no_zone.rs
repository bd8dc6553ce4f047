//! Times of day, and no zone in the whole document.

use crate::check::Subject;
use crate::check::time::stamps;
use crate::diag::{Diagnostic, code};

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let has_zone = subject.incident.time_zone.best().is_some();
    let Some(first) = stamps(subject).find(|stamp| stamp.clock.is_some()) else { return };
    let scope = subject.scope;
    if !has_zone
        && stamps(subject).all(|stamp| stamp.zone.is_none())
        // "All times in UTC" stands apart from the times.
        && scope.all_zones().is_empty()
    {
        let span = scope.span(first.start..first.end);
        findings.push(Diagnostic::new(&code::NO_ZONE, span));
    }
}
