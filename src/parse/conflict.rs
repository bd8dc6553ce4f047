//! Unresolved merge-conflict markers: the fuller side stays, the other goes, a finding says so.

use std::ops::Range;

use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::parse::lines::{Line, lines};

/// The byte ranges to leave out: the markers and the thinner sides.
pub(super) fn dropped(source: &Source, findings: &mut Vec<Diagnostic>) -> Vec<Range<usize>> {
    let text = &*source.text;
    let mut dropped = Vec::new();
    if !text.contains("<<<<<<<") {
        return dropped;
    }
    let mut open: Option<Conflict> = None;
    for Line { range, code, .. } in lines(text, 0) {
        // With its end.
        let line = range.start..(range.end + 1).min(text.len());
        let words = text.get(line.clone()).unwrap_or_default().trim_end();
        match (&mut open, words) {
            // One that begins in a code block is shown.
            (None, _) if is_marker(words, '<') && !code => open = Some(Conflict::new(line)),
            (Some(conflict), _) if is_marker(words, '|') => conflict.base = Some(line),
            // The first one parts the sides; a later one may stand below a heading.
            (Some(conflict), _) if words == "=======" => {
                conflict.middle.get_or_insert(line);
            }
            (Some(conflict), _) if is_marker(words, '>') && conflict.middle.is_some() => {
                conflict.settle(text, line, source, findings, &mut dropped);
                open = None;
            }
            _ => {}
        }
    }
    // A marker that never closes is dropped alone: both sides may be the text.
    if let Some(conflict) = open {
        let lines = [Some(conflict.first.clone()), conflict.base, conflict.middle];
        dropped.extend(lines.into_iter().flatten());
        findings.push(finding(source, &conflict.first, 0, 0));
    }
    dropped
}

/// The byte ranges to leave out of conflicts of which one side says nothing: resolving them takes no decision.
pub fn one_sided(source: &Source) -> Vec<Range<usize>> {
    let mut findings = Vec::new();
    let dropped = dropped(source, &mut findings);
    let is_one_sided = |finding: &Diagnostic| {
        let count = |wanted| finding.args.iter().find(|(name, _)| *name == wanted);
        count("lost").is_some_and(|(_, lost)| lost == "0")
            && count("kept").is_some_and(|(_, kept)| kept != "0")
    };
    // Each settled conflict drops what stands around the side that stays: two ranges, in order.
    let starts: Vec<(usize, bool)> = findings
        .iter()
        .map(|finding| (finding.span.start as usize, is_one_sided(finding)))
        .collect();
    let owner = |range: &Range<usize>| {
        let after = starts.partition_point(|(start, _)| *start <= range.start);
        after.checked_sub(1).is_some_and(|index| starts[index].1)
    };
    dropped.into_iter().filter(owner).collect()
}

struct Conflict {
    first: Range<usize>,
    base: Option<Range<usize>>,
    middle: Option<Range<usize>>,
}

impl Conflict {
    fn new(first: Range<usize>) -> Self {
        Self { first, base: None, middle: None }
    }

    /// Keeps the side with more letters.
    fn settle(
        &self,
        text: &str,
        last: Range<usize>,
        source: &Source,
        findings: &mut Vec<Diagnostic>,
        dropped: &mut Vec<Range<usize>>,
    ) {
        let Some(middle) = self.middle.clone() else { return };
        let ours = self.first.end..self.base.as_ref().unwrap_or(&middle).start;
        let theirs = middle.end..last.start;
        let letters = |side: &Range<usize>| {
            let side = text.get(side.clone()).unwrap_or_default();
            side.chars().filter(|letter| letter.is_alphanumeric()).count()
        };
        let (left, right) = (letters(&ours), letters(&theirs));
        findings.push(finding(source, &self.first, left, right));
        if left >= right {
            dropped.push(self.first.clone());
            dropped.push(ours.end..last.end);
        } else {
            dropped.push(self.first.start..theirs.start);
            dropped.push(last);
        }
    }
}

fn finding(source: &Source, marker: &Range<usize>, left: usize, right: usize) -> Diagnostic {
    let line = source.text.get(marker.clone()).unwrap_or_default().trim_end();
    let span = Span::new(source.id, marker.start as u32..(marker.start + line.len()) as u32);
    let side = if left >= right { 1 } else { 2 };
    let (kept, lost) = (left.max(right), left.min(right));
    Diagnostic::new(&code::CONFLICT_MARKERS, span)
        .arg("side", side)
        .arg("kept", kept)
        .arg("lost", lost)
}

fn is_marker(line: &str, letter: char) -> bool {
    let mut letters = line.chars();
    letters.by_ref().take(7).filter(|&mark| mark == letter).count() == 7
        && matches!(letters.next(), None | Some(' '))
}
