//! A report that is told twice in one document, once in each language: what the second half tells again.

use std::collections::BTreeSet;

use crate::extract::line::LineKind;
use crate::extract::scope::{Scope, syllables};
use crate::extract::timeline::Row;
use crate::model::action::Action;
use crate::model::kind::Lang;

/// A half has so many letters at least.
const FEWEST: usize = 40;
/// Seconds of a day, and of the smallest step between two zones that people write in.
const DAY: i64 = 86_400;
const STEP: i64 = 1_800;

/// The half of a report that tells in the other language what the first one told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Translation {
    /// The line of the heading that it begins with.
    pub line: usize,
    /// How much later its clocks are: the halves may be told in different zones.
    shift: i64,
}

impl Translation {
    /// The second half, if there is one: below a heading in the other language, with the times of the first.
    pub fn of(scope: &Scope<'_>) -> Option<Self> {
        let line = turn(scope)?;
        let clocks = |is_second: bool| {
            let start = scope.lines[line].text.start;
            let times =
                scope.all_times().iter().filter(move |time| (time.start >= start) == is_second);
            let stamps = times.flat_map(|time| time.first().into_iter().chain(time.last()));
            stamps.filter_map(|stamp| Some(stamp.clock?.seconds()))
        };
        let first: BTreeSet<i64> = clocks(false).collect();
        let second: BTreeSet<i64> = clocks(true).collect();
        let begin = clocks(false).next().zip(clocks(true).next());
        let shift = begin.map_or(0, |(first, second)| (second - first).rem_euclid(DAY));
        let again =
            second.iter().filter(|&&clock| first.contains(&(clock - shift).rem_euclid(DAY)));
        let is_again =
            second.len() > 1 && shift % STEP == 0 && again.count() * 3 >= second.len() * 2;
        is_again.then_some(Self { line, shift })
    }

    /// Leaves out the entries of the second half whose moments the first half tells.
    pub(super) fn leave_entries(self, rows: &mut Vec<Row>) {
        let clock = |row: &Row| Some(row.stamp.as_ref()?.clock?.seconds());
        let first: BTreeSet<i64> =
            rows.iter().filter(|row| row.line < self.line).filter_map(clock).collect();
        rows.retain(|row| {
            let told = clock(row).map(|clock| (clock - self.shift).rem_euclid(DAY));
            row.line < self.line || told.is_none_or(|told| !first.contains(&told))
        });
    }

    /// Leaves out the measures of the second half that the first one has: those of the same owner and day, or all where
    /// there are as many of them, each to be done by the same day as its like.
    pub(super) fn leave_measures(self, scope: &Scope<'_>, actions: &mut Vec<Action>) {
        let start = scope.span(scope.lines[self.line].text.clone()).start;
        let (first, second): (Vec<Action>, Vec<Action>) =
            actions.drain(..).partition(|action| action.span.start < start);
        let is_like = |a: &Action, b: &Action| a.due == b.due && a.status == b.status;
        let is_whole = first.len() == second.len()
            && first.iter().zip(&second).all(|(first, second)| is_like(first, second));
        let is_same = |a: &Action, b: &Action| {
            a.owner.is_some() && a.owner == b.owner && a.due.is_some() && is_like(a, b)
        };
        let more = second
            .into_iter()
            .filter(|action| !is_whole && !first.iter().any(|known| is_same(known, action)));
        let more: Vec<Action> = more.collect();
        actions.extend(first);
        actions.extend(more);
    }
}

/// The heading before which a report is in the one language, and behind which it is in the other.
fn turn(scope: &Scope<'_>) -> Option<usize> {
    let count = |text: &str| {
        (text.bytes().filter(u8::is_ascii_alphabetic).count(), syllables(text.as_bytes()))
    };
    // A half that is written out in either language has a good part of all letters.
    if scope.lang != Lang::Ko {
        return None;
    }
    let (latin, hangul) = count(&scope.document.view.text);
    if latin < FEWEST || latin * 2 < hangul {
        return None;
    }
    let is_english = |(latin, hangul): (usize, usize)| latin >= FEWEST && hangul * 10 < latin;
    let is_korean = |(latin, hangul): (usize, usize)| hangul >= FEWEST / 2 && latin < hangul * 2;
    let (mut above_latin, mut above_hangul) = (0, 0);
    let turns = scope.lines.iter().enumerate().filter_map(|(index, line)| {
        let above = (above_latin, above_hangul);
        let below = (latin.saturating_sub(above_latin), hangul.saturating_sub(above_hangul));
        let (own_latin, own_hangul) = count(scope.text(line.text.clone()));
        above_latin += own_latin;
        above_hangul += own_hangul;
        // Letters on the wrong side: the heading with the fewest is the one.
        let strange = if is_english(above) && is_korean(below) {
            above.1 + below.0
        } else if is_korean(above) && is_english(below) {
            above.0 + below.1
        } else {
            return None;
        };
        matches!(line.kind, LineKind::Heading(_, false)).then_some((strange, index))
    });
    turns.min().map(|(_, index)| index)
}
