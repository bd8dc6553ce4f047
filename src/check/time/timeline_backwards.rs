//! A timeline that jumps back. One that runs from the newest entry to the oldest runs, too.

use std::cmp::Ordering;

use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::model::timeline::Entry;

/// A longer way back is a midnight that the text does not mention.
const MIDNIGHT: f64 = 12.0 * 60.0;
/// Fewer steps have no direction; so many times more must lead on than back.
const STEPS: usize = 3;

/// Looks for it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let entries = &subject.incident.timeline;
    let headings = headings(subject);
    let part = |entry: &Entry| headings.partition_point(|start| *start <= entry.span.start);
    // Another section may tell it all again.
    let steps: Vec<Option<f64>> = entries
        .windows(2)
        .map(|pair| minutes(&pair[0], &pair[1]).filter(|_| part(&pair[0]) == part(&pair[1])))
        .collect();
    let count = |wanted: Ordering| {
        let steps = steps.iter().flatten();
        steps.filter(|step| step.total_cmp(&0.0) == wanted).count()
    };
    let (on, back) = (count(Ordering::Greater), count(Ordering::Less));
    if on < STEPS || on < back * STEPS {
        return;
    }
    for (pair, step) in entries.windows(2).zip(&steps) {
        if step.is_some_and(|step| step < 0.0 && step > -MIDNIGHT) {
            let finding =
                Diagnostic::new(&code::TIMELINE_BACKWARDS, pair[1].span).also(pair[0].span);
            findings.push(finding.arg("time", pair[1].at).arg("before", pair[0].at));
        }
    }
}

/// Where parts begin in the source, in order.
fn headings(subject: &Subject<'_>) -> Vec<u32> {
    let scope = subject.scope;
    let lines = scope.parts.iter().filter_map(|part| part.heading);
    lines.map(|line| scope.span(scope.lines[line as usize].text.clone()).start).collect()
}

/// Minutes from one entry to the next, where both say enough and neither is a span of days.
fn minutes(from: &Entry, to: &Entry) -> Option<f64> {
    if from.at.date != to.at.date {
        return from.at.minutes_until(to.at);
    }
    let (from, to) = (from.at.clock?, to.at.clock?);
    // Who writes seconds here writes none there: `00:21` does not come before `00:21:29`.
    Some((to.seconds() / 60 - from.seconds() / 60) as f64)
}
