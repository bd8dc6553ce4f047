//! The timeline: rows, items, paragraphs and headings that begin with a time.

pub(super) mod entries;
pub(super) mod table;
pub(super) mod updates;

use std::ops::Range;

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::time::{Stamp, TimeKind, TimeMention};
use crate::extract::timeline::table::{column_labels, table_row, turned};
use crate::extract::timeline::updates::updates;
use crate::model::when::{Clock, PartialDate};
use crate::vocab::meaning::{Label, SectionRole};
use crate::vocab::pattern::is_letter;

/// An entry before its date is settled.
pub(in crate::extract) struct Row {
    /// The line that it begins on.
    pub line: usize,
    /// Its time as written; of `T+5m` where the text says when T was.
    pub stamp: Option<Stamp>,
    /// Minutes from the beginning, of `T+5m`, and where they stand.
    offset: Option<(f64, Range<u32>)>,
    /// The entry with the lines that belong to it.
    pub body: Range<u32>,
    /// What happened.
    pub text: Range<u32>,
    /// The date that stands above it.
    pub above: Option<PartialDate>,
    /// An update of a status page, which tells customers what they know.
    pub posted: bool,
}

impl Row {
    /// An update of a status page.
    pub(super) fn posted(line: usize, stamp: Stamp, body: Range<u32>, text: Range<u32>) -> Self {
        Self { posted: true, ..Self::told(line, stamp, body, text) }
    }

    /// What was told of a time of day.
    fn told(line: usize, stamp: Stamp, body: Range<u32>, text: Range<u32>) -> Self {
        Self { line, stamp: Some(stamp), offset: None, body, text, above: None, posted: false }
    }
}

/// Outside a section that calls itself a timeline, so many items or table rows with a time make one; of
/// paragraphs one more.
const FEWEST: usize = 2;

/// The entries of the timeline, in order of the text.
pub(in crate::extract) fn rows(scope: &Scope<'_>) -> Vec<Row> {
    let mut rows = found(scope);
    anchor(scope, &mut rows);
    rows
}

/// Rows told from a beginning, as `T+5m`, get their time of day where a line says when that was: `T0 = 14:00`.
fn anchor(scope: &Scope<'_>, rows: &mut Vec<Row>) {
    let base = scope.all_times().windows(2).find_map(|pair| {
        let is_zero = matches!(pair[0].kind, TimeKind::Offset(minutes) if minutes == 0.0);
        let between = scope.text(pair[0].end..pair[1].start);
        let is_beside = between.len() <= 4 && !between.contains('\n');
        pair[1].first().filter(|stamp| is_zero && is_beside && stamp.clock.is_some())
    });
    let Some(base) = base else { return };
    rows.retain_mut(|row| {
        if let Some((minutes, range)) = &row.offset {
            row.stamp = base.clock.map(|clock| {
                let total = clock.seconds() / 60 + *minutes as i64;
                let clock = Clock::new(
                    (total.rem_euclid(1440) / 60) as u8,
                    (total.rem_euclid(60)) as u8,
                    0,
                );
                let date = base.date.map(|date| date.plus_days(total.div_euclid(1440)));
                Stamp { clock, date, start: range.start, end: range.end, ..base.clone() }
            });
        }
        if row.text.contains(&base.start) {
            let rest = scope.text(base.end..row.text.end.max(base.end));
            let text = rest.trim_start_matches(|letter: char| !letter.is_alphanumeric());
            row.text.start = row.text.end.max(base.end) - text.len() as u32;
        }
        // "T0 = 14:00 UTC" alone is no entry.
        scope.text(row.text.clone()).chars().any(char::is_alphabetic)
    });
}

/// The entries as they stand there.
fn found(scope: &Scope<'_>) -> Vec<Row> {
    let named = collect(scope, |scope, index| scope.lines[index].roles.has(SectionRole::Timeline));
    if named.len() >= 2 || named.len() == 1 && has_section(scope) {
        return named;
    }
    // Entries that stand grouped below headings of their own: "Detection", "Resolution".
    let grouped = collect(scope, |scope, index| {
        let part = &scope.parts[scope.lines[index].part as usize];
        let parent = part.parent.map(|parent| &scope.parts[parent as usize]);
        parent.is_some_and(|parent| parent.own.has(SectionRole::Timeline))
    });
    if grouped.len() >= FEWEST {
        return grouped;
    }
    let updates = updates(scope);
    if !updates.is_empty() {
        return updates;
    }
    // The longest run of entries anywhere but among the measures.
    let all = collect(scope, |scope, index| {
        let labelled = crate::extract::when::label_of(scope, index)
            .is_some_and(|(label, _)| label != Label::Time);
        !labelled
            && !scope.lines[index].roles.any(&[
                SectionRole::Actions,
                SectionRole::Appendix,
                SectionRole::Lessons,
            ])
    });
    let mut runs: Vec<Vec<Row>> = Vec::new();
    for row in all {
        let part = scope.lines[row.line].part;
        let joins = runs.last().and_then(|run| run.last()).is_some_and(|last| {
            scope.lines[last.line].part == part || sibling(scope, last.line, row.line)
        });
        match runs.last_mut().filter(|_| joins) {
            Some(run) => run.push(row),
            None => runs.push(vec![row]),
        }
    }
    let longest = runs.into_iter().max_by_key(Vec::len).unwrap_or_default();
    let stands_out = longest.iter().all(|row| {
        let line = &scope.lines[row.line];
        matches!(line.kind, LineKind::Item | LineKind::Row(..))
            || scope.strong_at(line.text.start).is_some()
    });
    // Times alone, below the links that they belong to, tell nothing.
    let tells = longest.iter().any(|row| scope.text(row.text.clone()).chars().any(is_letter));
    if tells && longest.len() >= FEWEST + usize::from(!stands_out) { longest } else { named }
}

fn has_section(scope: &Scope<'_>) -> bool {
    scope.parts.iter().any(|part| part.own.has(SectionRole::Timeline))
}

/// Headings of one level that are entries themselves.
fn sibling(scope: &Scope<'_>, a: usize, b: usize) -> bool {
    let (a, b) =
        (&scope.parts[scope.lines[a].part as usize], &scope.parts[scope.lines[b].part as usize]);
    a.level == b.level && a.parent == b.parent && a.heading.is_some() && b.heading.is_some()
}

/// The entry that begins with a time.
fn row(
    scope: &Scope<'_>,
    line: usize,
    time: &TimeMention,
    text: Range<u32>,
    above: Option<PartialDate>,
) -> Row {
    let offset = match time.kind {
        TimeKind::Offset(minutes) => Some((minutes, time.start..time.end)),
        _ => None,
    };
    let (stamp, body) = (time.first().cloned(), body(scope, line));
    Row { line, stamp, offset, body, text, above, posted: false }
}

fn collect(scope: &Scope<'_>, wanted: impl Fn(&Scope<'_>, usize) -> bool) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut above = None;
    let mut columns: Option<(u32, Vec<Option<Label>>)> = None;
    for index in 0..scope.lines.len() {
        let line = &scope.lines[index];
        if line.opens
            && !matches!(line.kind, LineKind::Heading(..))
            && lead(scope, &line.text).is_none()
        {
            if line.roles.has(SectionRole::Timeline) {
                above = date_alone(scope, &line.text).or(above);
            }
            continue;
        }
        if !wanted(scope, index) {
            continue;
        }
        if let LineKind::Row(table, head) = line.kind {
            if head {
                columns = Some((table, column_labels(scope, &line.text)));
                rows.extend(turned(scope, index));
                continue;
            }
            let labels = columns
                .as_ref()
                .filter(|(known, _)| *known == table)
                .map(|(_, labels)| labels.as_slice());
            if let Some(row) = table_row(scope, index, labels.unwrap_or_default(), above) {
                rows.push(row);
            }
            continue;
        }
        if let Some(date) = day_above(scope, line) {
            above = Some(date);
            continue;
        }
        let named = line.kind == LineKind::Item && line.roles.has(SectionRole::Timeline);
        let Some((time, text)) = lead(scope, &line.text)
            .or_else(|| named.then(|| anywhere(scope, &line.text)).flatten())
        else {
            continue;
        };
        let more = chained(scope, &line.text);
        if !more.is_empty() {
            rows.extend(
                more.into_iter().map(|(stamp, piece, text)| Row {
                    above,
                    ..Row::told(index, stamp, piece, text)
                }),
            );
            continue;
        }
        // "10:00pm" on a line of its own and "At 10:00 pm the admin" on the next are one entry.
        if let Some(last) = rows.last()
            && last.text.is_empty()
            && last.stamp.as_ref().and_then(|stamp| stamp.clock)
                == time.first().and_then(|stamp| stamp.clock)
        {
            continue;
        }
        rows.push(row(scope, index, time, text, above));
    }
    for row in &mut rows {
        row.text = whole_text(scope, row);
    }
    rows
}

/// `10:00 errors → 10:12 slow query found → 10:30 index added`: the entries that one line chains.
fn chained(scope: &Scope<'_>, line: &Range<u32>) -> Vec<(Stamp, Range<u32>, Range<u32>)> {
    let clocks = scope.times(line.clone()).len();
    if clocks < 2 {
        return Vec::new();
    }
    let mut entries: Vec<(Stamp, Range<u32>, Range<u32>)> = Vec::new();
    let mut at = line.start;
    for piece in scope.text(line.clone()).split_inclusive(['→', '⇒', '➜', '➔', '>', ';']) {
        let range = at..at + piece.len() as u32;
        at = range.end;
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

/// What stands between the entries that a line chains.
const LINKS: [char; 9] = ['→', '⇒', '➜', '➔', '>', ';', '-', '=', ' '];

/// What happened with the lines that it goes on over: those of the same item, those below a heading.
fn whole_text(scope: &Scope<'_>, row: &Row) -> Range<u32> {
    let first = &scope.lines[row.line];
    if row.text.is_empty() && row.body.end > first.text.end {
        return first.text.end..row.body.end;
    }
    let more = scope.lines.iter().skip(row.line + 1).take(LONGEST_ENTRY);
    let last = more
        .take_while(|line| {
            line.kind == LineKind::Text(false)
                && line.block == first.block
                && first.kind == LineKind::Item
                && lead(scope, &line.text).is_none()
        })
        .last();
    row.text.start..last.map_or(row.text.end, |line| line.text.end)
}

/// An entry may go on for so many lines.
const LONGEST_ENTRY: usize = 8;

/// The lines that belong to an entry: those below a heading, those inside an item.
fn body(scope: &Scope<'_>, index: usize) -> Range<u32> {
    let first = &scope.lines[index];
    let mut end = first.text.end;
    for line in scope.lines.iter().skip(index + 1).take(LONGEST_ENTRY) {
        let inside = match first.kind {
            LineKind::Heading(..) => line.part == first.part && !line.opens,
            // "14:30 UTC:" on a line of its own: what happened stands below it.
            LineKind::Text(_) if first.opens || first.text.end - first.text.start < 24 => {
                matches!(line.kind, LineKind::Text(_)) && line.item.is_none()
            }
            LineKind::Item => line.item.is_some_and(|place| {
                first.item.is_some_and(|own| place.depth > own.depth || place.number == own.number)
            }),
            _ => false,
        };
        if !inside || lead(scope, &line.text).is_some() {
            break;
        }
        end = line.text.end;
    }
    first.text.start..end
}

/// A line that is only a date, or a heading with one: the day of the entries below.
fn date_alone(scope: &Scope<'_>, line: &Range<u32>) -> Option<PartialDate> {
    let [time] = scope.times(line.clone()) else { return None };
    let stamp = time.first().filter(|stamp| stamp.clock.is_none() && time.last().is_none())?;
    let rest =
        scope.text(line.start..time.start).chars().chain(scope.text(time.end..line.end).chars());
    let letters = rest.filter(|letter| is_letter(*letter)).count();
    (letters <= 12).then_some(stamp.date?)
}

/// The day that a line gives to the entries below it, and no entry of its own.
fn day_above(scope: &Scope<'_>, line: &Line) -> Option<PartialDate> {
    let is_heading = matches!(line.kind, LineKind::Heading(..));
    date_alone(scope, &line.text).filter(|_| is_heading || !tells(scope, &line.text))
}

/// Whether a date is followed by what happened, and not only by the day of the week or "(continued)".
fn tells(scope: &Scope<'_>, line: &Range<u32>) -> bool {
    let Some((_, rest)) = lead(scope, line) else { return false };
    let mut words = scope.text(rest).split(|letter: char| !is_letter(letter)).filter(|word| {
        !word.is_empty() && scope.vocab.clock.weekday(&word.to_lowercase()).is_none()
    });
    words.next().is_some_and(|first| !first.is_ascii() || words.next().is_some())
}

/// The time that a line begins with, and the rest of it.
fn lead<'s>(scope: &'s Scope<'_>, line: &Range<u32>) -> Option<(&'s TimeMention, Range<u32>)> {
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
    if !quiet || before.chars().count() > 24 {
        return None;
    }
    let has_clock = time.first().is_some_and(|stamp| stamp.clock.is_some())
        || matches!(time.kind, TimeKind::Offset(_));
    let rest = scope.text(time.end..line.end);
    // A bare date begins an entry only where it is set off: `July 5: deployed`.
    if !has_clock
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

/// The time of day that an item of a timeline names anywhere: "The site went down at 2:14 am."
fn anywhere<'s>(scope: &'s Scope<'_>, line: &Range<u32>) -> Option<(&'s TimeMention, Range<u32>)> {
    let time = scope
        .times(line.clone())
        .iter()
        .find(|time| time.first().is_some_and(|stamp| stamp.clock.is_some()))?;
    Some((time, line.clone()))
}
