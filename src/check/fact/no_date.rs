//! No day on which it happened.

use crate::check::Subject;
use crate::diag::{Diagnostic, code};

/// Looks for it. A `date` that an author gave and that is none of the incident is the day of a post.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    if subject.incident.date.best().is_none() {
        let finding = Diagnostic::new(&code::NO_DATE, subject.start());
        let front = subject.scope.document.front.iter().flat_map(|front| &front.entries);
        let post = front.rev().find(|entry| entry.key == "date");
        findings.push(post.into_iter().fold(finding, |finding, post| finding.also(post.span)));
    }
}
