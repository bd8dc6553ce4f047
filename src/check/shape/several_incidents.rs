//! Several reports in one document, one below the other, or several incidents in a digest: a document is one incident of the
//! site.

use std::ops::Range;

use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::extract::line::{Line, LineKind};
use crate::extract::several;
use crate::extract::translation::Translation;

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    // The same one again in another language is no other.
    let again = Translation::of(scope).map(|again| again.line);
    let told = scope.reports.iter().filter(|&&index| again.is_none_or(|line| index < line));
    let reports = told.filter_map(|&index| {
        let line = scope.lines.get(index)?;
        level(line).map(|level| (index, level, line))
    });
    // What stands inside a report is a part of it.
    let mut beside = Vec::<(usize, u8, &Line)>::new();
    for (index, own, line) in reports {
        let inside = beside.last().is_some_and(|&(last, outer, _)| {
            let between = scope.lines.get(last + 1..=index).unwrap_or_default();
            between.iter().filter_map(level).all(|level| level > outer)
        });
        if !inside {
            beside.push((index, own, line));
        }
    }
    let mut places: Vec<Range<u32>> =
        beside.into_iter().map(|(_, _, line)| line.text.clone()).collect();
    if places.len() < 2 {
        places = several::incidents(scope);
    }
    if let [first, second, ..] = &places[..] {
        let finding = Diagnostic::new(&code::SEVERAL_INCIDENTS, scope.span(second.clone()))
            .also(scope.span(first.clone()));
        findings.push(finding.arg("count", places.len()));
    }
}

/// How deep a marked heading stands.
fn level(line: &Line) -> Option<u8> {
    match line.kind {
        LineKind::Heading(level, false) => Some(level),
        _ => None,
    }
}
