//! The updates of a status page: a state, what was told then, and when it was posted; the newest stands first.

use std::ops::Range;

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::time::TimeMention;
use crate::extract::timeline::Row;
use crate::vocab::meaning::{Label, Meaning};

/// So few updates are no timeline.
const FEWEST: usize = 2;
/// An update tells little: more lines than this from its state to its time are the report itself.
const MOST_LINES: usize = 4;
/// A state is a word or two: "Resolved", "In progress".
const MOST_WORDS: usize = 2;

/// "3 months ago." has so many words at most.
const AGO: usize = 4;

/// The time that a line says was that of posting: "Posted Mar 3, 2024 - 14:05 UTC".
pub(in crate::extract) fn posted<'s>(scope: &'s Scope<'_>, line: &Line) -> Option<&'s TimeMention> {
    let times = scope.times(line.text.clone());
    let time = times.iter().find(|time| time.first().is_some())?;
    let says = |end: u32, start: u32| {
        let gap = scope.text(end..start.max(end)).trim();
        // "Posted 3 months ago. Mar 3, 2024": a page that says as well how long that is ago.
        let is_ago = gap.ends_with('.') && gap.split_whitespace().count() <= AGO;
        start >= end && (is_ago || gap.chars().all(|letter| matches!(letter, ' ' | ':')))
    };
    let mut words = scope.mentions(line.text.start..time.start);
    words
        .any(|word| {
            word.start == line.text.start
                && word.meaning == Meaning::Label(Label::Posted)
                && says(word.end, time.start)
        })
        .then_some(time)
}

/// The updates as entries of a timeline.
pub(super) fn updates(scope: &Scope<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut from = 0;
    for (index, line) in scope.lines.iter().enumerate() {
        if let Some(row) = numbered(scope, index) {
            rows.push(row);
            from = index + 1;
            continue;
        }
        let says_posted = posted(scope, line).is_some();
        let time = posted(scope, line).or_else(|| moment_alone(scope, line));
        let Some(stamp) = time.and_then(TimeMention::first) else { continue };
        let first = from.max(index.saturating_sub(MOST_LINES));
        from = index + 1;
        // A moment that does not say what it is belongs to words that are known as a state.
        let state_of = |above: usize| {
            let alone = match says_posted {
                true => may_be_state(scope, above),
                false => is_known_state(scope, above),
            };
            let whole = alone.then(|| scope.lines[above].text.end);
            Some((above, whole.or_else(|| head_state(scope, above))?))
        };
        let is_beside = |above: usize| scope.lines[above].block == line.block;
        let above = (first..index).rev().find_map(state_of);
        let below =
            told_below(scope, index).filter(|_| !above.is_some_and(|(at, _)| is_beside(at)));
        let row = if let Some((body, told)) = below {
            Row::posted(index, stamp.clone(), body, told)
        } else if let Some((state, end)) = above
            && scope.lines[state + 1..index].iter().all(is_prose)
        {
            let told = end..scope.lines[index - 1].text.end;
            let body = scope.lines[state].text.start..line.text.end;
            Row::posted(index, stamp.clone(), body, told)
        } else {
            continue;
        };
        rows.push(row);
    }
    if rows.len() >= FEWEST { rows } else { Vec::new() }
}

/// The update that stands right below its moment, and what it tells.
fn told_below(scope: &Scope<'_>, index: usize) -> Option<(Range<u32>, Range<u32>)> {
    let line = &scope.lines[index];
    let told_from = head_state(scope, index + 1)?;
    let below = scope.lines.iter().skip(index + 1);
    let last = below.take_while(|below| below.block == line.block && is_prose(below)).last()?;
    Some((line.text.start..last.text.end, told_from..last.text.end.max(told_from)))
}

/// A day and a time of day that are all of a line: "Mar 3, 2024 - 14:05 UTC".
fn moment_alone<'s>(scope: &'s Scope<'_>, line: &Line) -> Option<&'s TimeMention> {
    let time = scope.times(line.text.clone()).first().filter(|_| is_prose(line))?;
    let stamp = time.first().filter(|_| time.last().is_none())?;
    let is_whole = time.start == line.text.start && time.end == line.text.end;
    (is_whole && stamp.date.is_some() && stamp.clock.is_some()).then_some(time)
}

/// "Resolved - All is well.": where what was told begins behind the state.
fn head_state(scope: &Scope<'_>, index: usize) -> Option<u32> {
    let line = scope.lines.get(index)?;
    let text = scope.text(line.text.clone());
    let (state, sign) = [" - ", " – ", " — ", ": "]
        .into_iter()
        .filter_map(|sign| Some((text.find(sign)?, sign)))
        .min()?;
    let state = line.text.start..line.text.start + state as u32;
    (line.item.is_none() && is_state(scope, &state)).then_some(state.end + sign.len() as u32)
}

/// Whether a line is the state that an update begins with, and no title.
pub(in crate::extract) fn tells_state(scope: &Scope<'_>, index: usize) -> bool {
    let below = scope.lines.iter().skip(index + 1).take(MOST_LINES);
    is_known_state(scope, index)
        && below.take_while(|line| is_prose(line)).any(|line| posted(scope, line).is_some())
}

fn is_prose(line: &Line) -> bool {
    matches!(line.kind, LineKind::Text(_)) && line.item.is_none()
}

/// "Update 2 (14:05 UTC): the fix is out": the moment within the name of what is told.
fn numbered(scope: &Scope<'_>, index: usize) -> Option<Row> {
    let line = &scope.lines[index];
    let label = line.label.as_ref().filter(|label| !label.value.is_empty())?;
    let stamp = scope.times(label.name.clone()).first()?.first()?;
    let name = scope.text(label.name.start..stamp.start).trim_end().strip_suffix(['(', '['])?;
    let name = label.name.start..label.name.start + name.trim_end().len() as u32;
    stamp.clock.filter(|_| names_state(scope, &name))?;
    Some(Row::posted(index, stamp.clone(), line.text.clone(), label.value.clone()))
}

/// Whether a text is nothing but words that are known as the state of an update.
pub(super) fn names_state(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    let is_posted = |meaning| (meaning == Meaning::Posted).then_some(());
    scope.covering(range, is_posted).is_some()
}

/// Whether a line is a state, and known as one.
fn is_known_state(scope: &Scope<'_>, index: usize) -> bool {
    let line = &scope.lines[index];
    line.item.is_none() && names_state(scope, &line.text)
}

/// Whether a line may be the state that an update tells.
fn may_be_state(scope: &Scope<'_>, index: usize) -> bool {
    let line = &scope.lines[index];
    line.item.is_none() && is_state(scope, &line.text)
}

/// Whether a text may be the state that an update tells.
pub(super) fn is_state(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    let text = scope.text(range.clone());
    // "Postmortem" opens the report itself.
    let names = scope.covering(range, |meaning| match meaning {
        Meaning::Label(Label::Title) => Some(()),
        _ => None,
    });
    names.is_none()
        && text.split_whitespace().count() <= MOST_WORDS
        && !text.contains(|letter: char| letter.is_ascii_digit())
}
