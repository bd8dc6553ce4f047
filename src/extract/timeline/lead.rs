//! How entries of a timeline begin: the time, and what stands behind it.

use std::ops::Range;

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::time::{Stamp, TimeKind, TimeMention};
use crate::extract::timeline::updates::names_state;
use crate::model::when::PartialDate;
use crate::vocab::Mention;
use crate::vocab::meaning::{Event, Label, Meaning, SectionRole};
use crate::vocab::pattern::is_letter;

/// `10:00 errors → 10:12 slow query found → 10:30 index added`, `10:00: errors 10:12: slow query found`: the entries that
/// one line chains.
pub(super) fn chained(
    scope: &Scope<'_>,
    line: &Range<u32>,
) -> Vec<(Stamp, Range<u32>, Range<u32>)> {
    let clocks = scope.times(line.clone()).len();
    if clocks < 2 {
        return Vec::new();
    }
    let mut entries: Vec<(Stamp, Range<u32>, Range<u32>)> = Vec::new();
    for range in pieces(scope, line) {
        let piece = scope.text(range.clone());
        let told =
            range.start..range.end - (piece.len() - piece.trim_end_matches(LINKS).len()) as u32;
        let timed = lead(scope, &told).and_then(|(time, text)| {
            let stamp = time.first().filter(|stamp| stamp.clock.is_some())?;
            // "… → until 21:03" goes on with the time.
            let goes_on = scope.text(time.end..told.end).starts_with(is_letter);
            let tells = !goes_on && scope.text(text.clone()).chars().any(is_letter);
            tells.then(|| (stamp.clone(), told.clone(), text))
        });
        match (timed, entries.last_mut()) {
            (Some(entry), _) => entries.push(entry),
            // A sign between two times is one within an entry.
            (None, Some((_, body, text))) => (body.end, text.end) = (told.end, told.end),
            (None, None) => return Vec::new(),
        }
    }
    if entries.len() > 1 { entries } else { Vec::new() }
}

/// A line in pieces: up to each sign that links, or from each time that a colon sets off, where there are several.
fn pieces(scope: &Scope<'_>, line: &Range<u32>) -> Vec<Range<u32>> {
    let text = scope.text(line.clone());
    let is_set_off = |time: &&TimeMention| {
        let before = scope.text(line.start..time.start).chars().next_back();
        let behind = scope.text(time.end..line.end).trim_start_matches([' ', ')']);
        time.first().is_some_and(|stamp| stamp.clock.is_some())
            && before.is_none_or(|before| before.is_whitespace() || before == '(')
            && behind.starts_with([':', '：'])
    };
    let times = scope.times(line.clone()).iter().filter(is_set_off);
    let mut cuts: Vec<u32> = times.map(|time| time.start).collect();
    if cuts.len() < SEVERAL || cuts.first() != Some(&line.start) {
        let signs = text.match_indices(['→', '⇒', '➜', '➔', '>', ';']);
        cuts = std::iter::once(line.start)
            .chain(signs.map(|(at, sign)| line.start + (at + sign.len()) as u32))
            .collect();
    }
    let ends = cuts.iter().skip(1).copied().chain(std::iter::once(line.end));
    cuts.iter()
        .copied()
        .zip(ends)
        .map(|(from, to)| from..to)
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// Fewer times of a line may be those of one entry.
const SEVERAL: usize = 3;

/// What stands between the entries that a line chains.
const LINKS: [char; 9] = ['→', '⇒', '➜', '➔', '>', ';', '-', '=', ' '];

/// A line that is only a date, or a heading with one: the day of the entries below.
pub(super) fn date_alone(scope: &Scope<'_>, line: &Range<u32>) -> Option<PartialDate> {
    let [time] = scope.times(line.clone()) else { return None };
    let stamp = time.first().filter(|stamp| stamp.clock.is_none() && time.last().is_none())?;
    let rest =
        scope.text(line.start..time.start).chars().chain(scope.text(time.end..line.end).chars());
    let letters = rest.filter(|letter| is_letter(*letter)).count();
    (letters <= 12).then_some(stamp.date?)
}

/// The day that a line gives to the entries below it, and no entry of its own.
pub(super) fn day_above(scope: &Scope<'_>, line: &Line) -> Option<PartialDate> {
    let is_heading = matches!(line.kind, LineKind::Heading(..));
    // What else the heading of a timeline says, as of its zone, is no entry.
    let of_all = || match scope.times(line.text.clone()) {
        [time] if is_heading && line.roles.has(SectionRole::Timeline) => {
            let stamp = time.first().filter(|stamp| stamp.clock.is_none() && time.last().is_none());
            stamp?.date.filter(|date| date.is_whole())
        }
        _ => None,
    };
    date_alone(scope, &line.text)
        .filter(|_| is_heading || !tells(scope, &line.text))
        .or_else(of_all)
}

/// "Day 2", `2일차`: the number of the day that a line gives to the entries below it, and not much else.
pub(super) fn day_number(scope: &Scope<'_>, line: &Line) -> Option<u8> {
    let text = scope.text(line.text.clone());
    if text.len() > LONGEST_DAY || !scope.times(line.text.clone()).is_empty() {
        return None;
    }
    let is_part = |letter: char| !letter.is_alphanumeric();
    let mut words = text.split(is_part).filter(|word| !word.is_empty());
    let (first, second) = (words.next()?.to_lowercase(), words.next().unwrap_or_default());
    let clock = &scope.vocab.clock;
    // `Day 2`, and `2일차` or `2 일차`.
    let digits = first.len() - first.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    let (number, unit) = first.split_at_checked(digits)?;
    let unit = if unit.is_empty() { second } else { unit };
    if clock.counts_days(&first) {
        second.parse().ok()
    } else {
        number.parse().ok().filter(|_| clock.counts_days(unit))
    }
}

/// The line of a numbered day has so many bytes at most.
const LONGEST_DAY: usize = 40;

/// "Monday", `월요일`: the day of the week that is all of a line.
pub(super) fn weekday_alone(scope: &Scope<'_>, line: &Line) -> Option<u8> {
    let text = scope.text(line.text.clone()).trim_matches(|letter: char| !is_letter(letter));
    let is_word = text.len() <= LONGEST_DAY && text.chars().count() > 2;
    is_word.then(|| scope.vocab.clock.weekday(&text.to_lowercase())).flatten()
}

/// Whether a date is followed by what happened, and not only by the day of the week or "(continued)".
pub(super) fn tells(scope: &Scope<'_>, line: &Range<u32>) -> bool {
    let Some((_, rest)) = lead(scope, line) else { return false };
    // "6 May: fixed"
    if scope.mentions(rest.clone()).any(|said| matches!(said.meaning, Meaning::Event(_))) {
        return true;
    }
    let mut words = scope.text(rest).split(|letter: char| !is_letter(letter)).filter(|word| {
        !word.is_empty() && scope.vocab.clock.weekday(&word.to_lowercase()).is_none()
    });
    words.next().is_some_and(|first| !first.is_ascii() || words.next().is_some())
}

/// The time that a line begins with, and the rest of it.
pub(super) fn lead<'s>(
    scope: &'s Scope<'_>,
    line: &Range<u32>,
) -> Option<(&'s TimeMention, Range<u32>)> {
    let time =
        scope.times(line.clone()).iter().find(|time| !matches!(time.kind, TimeKind::Length(_)))?;
    let before = scope.text(line.start..time.start);
    let quiet = before
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| {
            let word = word.to_lowercase();
            scope.vocab.clock.connector(&word).is_some()
                || word.chars().all(|letter| letter.is_ascii_digit())
                || scope.vocab.clock.weekday(&word).is_some()
        });
    // `[Resolved] 18:40 …`
    let inside = before.trim_end().strip_prefix('[').and_then(|state| state.strip_suffix(']'));
    let is_state = |state: &str| {
        let from = line.start + 1;
        names_state(scope, &(from..from + state.len() as u32))
    };
    if !quiet && !inside.is_some_and(is_state) || before.chars().count() > 24 {
        return None;
    }
    let has_clock = time.first().is_some_and(|stamp| stamp.clock.is_some())
        || matches!(time.kind, TimeKind::Offset(_));
    let rest = scope.text(time.end..line.end);
    // A bare date begins an entry only where it is set off: `July 5: deployed`, `**July 5** deployed`.
    let is_strong = scope
        .strong_at(line.start)
        .is_some_and(|strong| strong.end >= time.end && strong.end <= time.end + 1);
    if !has_clock
        && !is_strong
        && !rest
            .trim_start_matches([')', ']', '*', ' '])
            .starts_with([':', '-', '–', '—', '|', '：'])
    {
        return None;
    }
    // `10:15 minutes`, `3:1 ratio`: a time is not followed by a letter without space.
    let body = rest.trim_start_matches(|letter: char| {
        !letter.is_alphanumeric() && !matches!(letter, '"' | '“' | '[' | '(' | '`')
    });
    Some((time, line.end - body.len() as u32..line.end))
}

/// So far below its heading stands a time that is the heading's.
const NEAR: usize = 2;

/// `Timestamp: 2024-05-01 16:00`: the time of what the heading above it says.
pub(super) fn stamped<'s>(
    scope: &'s Scope<'_>,
    index: usize,
) -> Option<(&'s TimeMention, Range<u32>)> {
    let line = &scope.lines[index];
    let label = line.label.as_ref().filter(|label| label.meaning == Some(Label::Time))?;
    let time = scope.times(label.value.clone()).first()?;
    let is_moment =
        time.start == label.value.start && time.first().is_some_and(|stamp| stamp.clock.is_some());
    let part = &scope.parts[line.part as usize];
    let heading = part.heading.filter(|_| !part.own.has(SectionRole::Timeline) && is_moment)?;
    let is_near = index - heading as usize <= NEAR;
    is_near.then(|| (time, scope.lines[heading as usize].text.clone()))
}

/// `## Resolved 2024-05-01 16:00`: the time of day that ends a heading is that of what it says.
pub(super) fn closing<'s>(
    scope: &'s Scope<'_>,
    line: &Line,
) -> Option<(&'s TimeMention, Range<u32>)> {
    let is_heading = matches!(line.kind, LineKind::Heading(_, false));
    let time = scope.times(line.text.clone()).last().filter(|_| is_heading)?;
    let is_moment = time.first().is_some_and(|stamp| stamp.clock.is_some());
    let told = line.text.start..time.start;
    let tells = scope.text(told.clone()).contains(char::is_alphabetic);
    (is_moment && tells && time.end == line.text.end).then_some((time, told))
}

/// `Timeline: 8:10 AM: the alert fires`: the first entry, beside the name of the timeline.
pub(super) fn beside<'s>(
    scope: &'s Scope<'_>,
    line: &Line,
) -> Option<(&'s TimeMention, Range<u32>)> {
    let label = line.label.as_ref().filter(|label| label.roles.has(SectionRole::Timeline))?;
    lead(scope, &label.value).filter(|_| line.opens && !label.value.is_empty())
}

/// `Issue detected: 2:00 PM`: a moment of a timeline that is told by its name.
pub(super) fn named_moment<'s>(
    scope: &'s Scope<'_>,
    line: &Line,
) -> Option<(&'s TimeMention, Range<u32>)> {
    let is_part = line.roles.has(SectionRole::Timeline) && matches!(line.kind, LineKind::Text(_));
    let label = line.label.as_ref().filter(|label| is_part && label.meaning.is_some())?;
    let (time, _) = lead(scope, &label.value)?;
    time.first()?.clock?;
    Some((time, line.text.clone()))
}

/// The time of day that an item of a timeline names anywhere: "The site went down at 2:14 am."
pub(super) fn anywhere<'s>(
    scope: &'s Scope<'_>,
    line: &Range<u32>,
) -> Option<(&'s TimeMention, Range<u32>)> {
    let time = scope
        .times(line.clone())
        .iter()
        .find(|time| time.first().is_some_and(|stamp| stamp.clock.is_some()))?;
    Some((time, line.clone()))
}

/// `maya  10:02 AM`, `**jon** [10:15]`, `김민지 오전 10:15`: who says what stands below it, and when; nothing else stands there.
pub(super) fn speaker<'s>(scope: &'s Scope<'_>, index: usize) -> Option<&'s TimeMention> {
    let line = &scope.lines[index];
    let [time] = scope.times(line.text.clone()) else { return None };
    let is_moment = time.last().is_none() && time.first()?.clock.is_some();
    let is_line = matches!(line.kind, LineKind::Text(_)) && line.item.is_none();
    let name = line.text.start..time.start;
    let words = scope.text(name.clone()).trim_end_matches([' ', '[', '(']);
    let is_name = |word: &str| {
        let connects = scope.vocab.clock.connector(&word.to_lowercase()).is_some();
        !connects
            && word.starts_with(char::is_alphanumeric)
            && word.ends_with(char::is_alphanumeric)
    };
    let behind = scope.text(time.end..line.text.end);
    // "Recovery 10:15" is a moment by its name; `**pager** [10:15]` is what told it.
    let is_set_off = behind.starts_with([']', ')']);
    let tells = |said: &Mention| match said.meaning {
        Meaning::Event(event) => !is_set_off || event != Event::Detects,
        Meaning::Label(_) => true,
        _ => false,
    };
    // A bold name is a label, and its time the value.
    let is_label = line.label.as_ref().is_some_and(|label| {
        label.meaning.is_some()
            || scope.text(label.name.end..time.start.max(label.name.end)).contains([':', '：'])
    });
    let is_speaker = is_moment
        && is_line
        && !is_label
        && (1..=MOST_NAMES).contains(&words.split_whitespace().count())
        && words.split_whitespace().all(is_name)
        && behind.chars().all(|sign| matches!(sign, ']' | ')'))
        && !scope.mentions(name).any(tells);
    let below = scope.lines.get(index + 1).filter(|_| is_speaker)?;
    matches!(below.kind, LineKind::Text(_) | LineKind::Heading(_, true)).then_some(time)
}

/// Who says something is called by so many words at most.
const MOST_NAMES: usize = 3;

/// What stands behind a time that nobody can read, such as `09:??` or `16:2x`, where a text begins with one.
pub(super) fn unread<'s>(scope: &'s Scope<'_>, text: &Range<u32>) -> Option<&'s str> {
    let words = scope.text(text.clone());
    let end = words.find([' ', '\t']).unwrap_or(words.len());
    let (mark, told) = words.split_at_checked(end)?;
    let is_part = |letter: char| {
        letter.is_ascii_digit() || matches!(letter, ':' | '-' | '/' | '.' | '?' | 'x' | 'X')
    };
    let is_time = (4..=10).contains(&mark.len())
        && mark.starts_with(|letter: char| letter.is_ascii_digit())
        && mark.chars().all(is_part)
        && mark.contains([':', '-', '/']);
    is_time.then_some(told)
}
