//! Rules about facts: what a report of an incident must say.

pub(super) mod no_actions;
pub(super) mod no_date;
pub(super) mod no_detection;
pub(super) mod no_resolution;
pub(super) mod no_root_cause;
pub(super) mod no_timeline;
pub(super) mod no_title;
pub(super) mod severity_twice;

use crate::base::span::Span;
use crate::check::Subject;
use crate::vocab::meaning::SectionRole;

/// Where something is missing: the heading that it should stand below, else the beginning.
fn heading(subject: &Subject<'_>, role: SectionRole) -> Span {
    let scope = subject.scope;
    let part = scope.parts.iter().find(|part| part.own.has(role));
    match part.and_then(|part| part.heading) {
        Some(line) => scope.span(scope.lines[line as usize].text.clone()),
        None => subject.start(),
    }
}
