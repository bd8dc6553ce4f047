//! A section inside one that it cannot be a part of: a timeline below the action items, a cause in the appendix.

use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::extract::line::{Line, LineKind};
use crate::extract::section::{Part, Roles};
use crate::vocab::meaning::{Meaning, SectionRole};

/// Sections that tell what happened. `Detection` is a usual group of action items, too.
const STORY: [SectionRole; 4] =
    [SectionRole::Summary, SectionRole::Impact, SectionRole::Timeline, SectionRole::Cause];

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    for part in &scope.parts {
        let (Some(heading), Some(above)) = (part.heading, part.parent) else { continue };
        let above = &scope.parts[above as usize];
        let Some(outer) = above.heading else { continue };
        let line = &scope.lines[heading as usize];
        let outer = &scope.lines[outer as usize];
        let marked = |line: &Line| matches!(line.kind, LineKind::Heading(_, false));
        let is_name = || {
            let role = |meaning| match meaning {
                Meaning::Heading(role) => Some(role),
                _ => None,
            };
            scope.covering(&line.text, role).is_some()
        };
        if marked(line) && marked(outer) && is_story(part) && is_aftermath(above) && is_name() {
            let span = scope.span(line.text.clone());
            let finding = Diagnostic::new(&code::MISPLACED_SECTION, span)
                .also(scope.span(outer.text.clone()))
                .arg("heading", scope.line_text(line));
            findings.push(finding.arg("outer", scope.line_text(outer)));
        }
    }
}

/// It tells what happened, and nothing of what is to be done.
fn is_story(part: &Part) -> bool {
    part.own.any(&STORY) && !part.own.any(&[SectionRole::Actions, SectionRole::Lessons])
}

/// It is about what is to be done, or about nothing of the incident.
fn is_aftermath(part: &Part) -> bool {
    part.own == Roles::only(SectionRole::Actions) || part.own == Roles::only(SectionRole::Appendix)
}
