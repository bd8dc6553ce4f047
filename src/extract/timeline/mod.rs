//! The timeline: rows, items, paragraphs and headings that begin with a time.

pub(super) mod entries;
mod lead;
pub(super) mod table;
pub(super) mod updates;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::extract::line::{Labelled, Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::time::{Stamp, TimeKind, TimeMention};
use crate::extract::timeline::lead::{
    anywhere, beside, chained, closing, date_alone, day_above, day_number, lead, named_moment,
    speaker, stamped, unread, weekday_alone,
};
use crate::extract::timeline::table::{column_labels, day_of, is_version, table_row};
use crate::extract::timeline::updates::{is_state, updates};
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
    /// The number of the day that stands above it: "Day 2".
    pub nth: Option<u8>,
    /// An update of a status page, which tells customers what they know.
    pub posted: bool,
    /// Its time stands within what it tells, and not before it.
    within: bool,
}

impl Row {
    /// An update of a status page.
    pub(super) fn posted(line: usize, stamp: Stamp, body: Range<u32>, text: Range<u32>) -> Self {
        Self { posted: true, ..Self::told(line, stamp, body, text) }
    }

    /// What was told of a time of day.
    fn told(line: usize, stamp: Stamp, body: Range<u32>, text: Range<u32>) -> Self {
        Self { stamp: Some(stamp), body, ..Self::untimed(line, text, None) }
    }

    /// What was told of a time that nobody can read.
    fn untimed(line: usize, text: Range<u32>, above: Option<PartialDate>) -> Self {
        let body = text.clone();
        let (stamp, offset) = (None, None);
        Self { line, stamp, offset, body, text, above, nth: None, posted: false, within: false }
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
    let mut named =
        collect(scope, |scope, index| scope.lines[index].roles.has(SectionRole::Timeline));
    leave_told_again(scope, &mut named);
    // "Detected: …", "Resolved: …" are key facts, which may stand beside the entries themselves.
    let is_facts = !named.is_empty() && named.iter().all(|row| is_fact(scope, row.line));
    if !is_facts && named.len() >= 2 {
        return named;
    }
    // Entries that stand grouped below headings of their own: "Detection", "Resolution".
    let grouped = collect(scope, |scope, index| {
        let part = &scope.parts[scope.lines[index].part as usize];
        let parent = part.parent.map(|parent| &scope.parts[parent as usize]);
        parent.is_some_and(|parent| parent.own.has(SectionRole::Timeline))
    });
    if !is_facts && grouped.len() >= FEWEST {
        return grouped;
    }
    let updates = updates(scope);
    if !updates.is_empty() {
        return updates;
    }
    longest_run(scope).filter(|run| run.len() > named.len()).unwrap_or(named)
}

/// A second part may tell at length what the entries say: there times stand anywhere in the sentences.
fn leave_told_again(scope: &Scope<'_>, rows: &mut Vec<Row>) {
    // The part that holds the whole list, and not that of an item with items below it.
    let part = |row: &Row| {
        let mut number = scope.lines[row.line].part;
        loop {
            let part = &scope.parts[number as usize];
            let is_item =
                part.heading.is_some_and(|at| scope.lines[at as usize].kind == LineKind::Item);
            match part.parent.filter(|_| is_item) {
                Some(parent) => number = parent,
                None => return number,
            }
        }
    };
    let led: BTreeSet<u32> = rows.iter().filter(|row| !row.within).map(part).collect();
    let mut told: BTreeMap<u32, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.within) {
        *told.entry(part(row)).or_default() += 1;
    }
    // One line may be the window of the incident.
    let is_again = |row: &Row| {
        let part = part(row);
        row.within && !led.contains(&part) && told.get(&part).is_some_and(|&count| count >= FEWEST)
    };
    if rows.iter().filter(|row| !row.within).count() >= FEWEST {
        rows.retain(|row| !is_again(row));
    }
}

/// Whether a line is the value of a label that is no time of an entry.
fn is_labelled(scope: &Scope<'_>, index: usize) -> bool {
    crate::extract::when::label_of(scope, index).is_some_and(|(label, _)| label != Label::Time)
}

/// Times that stand in such parts are of something else, unless they say of which part they are.
const NO_ENTRIES: [SectionRole; 3] =
    [SectionRole::Actions, SectionRole::Appendix, SectionRole::Lessons];

/// Whether a line is nothing but what a moment is called, and its time.
fn is_fact(scope: &Scope<'_>, index: usize) -> bool {
    let line = &scope.lines[index];
    let is_time_alone = |label: &Labelled| {
        let is_time = |time: &TimeMention| label.value == (time.start..time.end);
        // "Timestamp: …" tells when that happened which the heading says.
        label.meaning != Some(Label::Time)
            && scope.times(label.value.clone()).first().is_some_and(is_time)
    };
    is_labelled(scope, index)
        || lead(scope, &line.text).is_none() && line.label.as_ref().is_some_and(is_time_alone)
}

/// The longest run of entries anywhere but among the measures.
fn longest_run(scope: &Scope<'_>) -> Option<Vec<Row>> {
    let all = collect(scope, |scope, index| {
        !is_fact(scope, index)
            && (stamped(scope, index).is_some() || !scope.lines[index].roles.any(&NO_ENTRIES))
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
    let mut longest = runs.into_iter().max_by_key(Vec::len)?;
    leave_few_of_many(scope, &mut longest);
    let is_listed =
        |row: &Row| matches!(scope.lines[row.line].kind, LineKind::Item | LineKind::Row(..));
    let stands_out = longest
        .iter()
        .all(|row| is_listed(row) || scope.strong_at(scope.lines[row.line].text.start).is_some());
    // Times alone, below the links that they belong to, tell nothing.
    let tells = longest.iter().any(|row| scope.text(row.text.clone()).chars().any(is_letter));
    // Lines of a log that were all written in one second tell one moment.
    let moment = |row: &Row| row.stamp.as_ref().map(|stamp| (stamp.date, stamp.clock));
    let is_moment = longest.windows(2).all(|pair| {
        moment(&pair[0]).is_some_and(|(_, clock)| clock.is_some_and(|clock| clock.second > 0))
            && moment(&pair[0]) == moment(&pair[1])
    });
    let is_enough = longest.len() >= FEWEST + usize::from(!stands_out);
    (tells && is_enough && !is_moment).then_some(longest)
}

/// Times that no more than half of the items of a list have tell nothing of the list.
fn leave_few_of_many(scope: &Scope<'_>, rows: &mut Vec<Row>) {
    // A picture alone is no item that could have one.
    let is_item = |line: &Line| line.kind == LineKind::Item && line.text.end > line.text.start;
    let list = |line: &Line| line.item.filter(|_| is_item(line)).map(|place| place.list);
    let mut timed: BTreeMap<u32, usize> = BTreeMap::new();
    for list in rows.iter().filter_map(|row| list(&scope.lines[row.line])) {
        *timed.entry(list).or_default() += 1;
    }
    let mut items: BTreeMap<u32, usize> = BTreeMap::new();
    for list in scope.lines.iter().filter_map(list) {
        *items.entry(list).or_default() += 1;
    }
    let is_few = |list: u32| timed.get(&list).is_some_and(|timed| timed * 2 <= items[&list]);
    rows.retain(|row| !list(&scope.lines[row.line]).is_some_and(is_few));
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
    Row { stamp, offset, body, ..Row::untimed(line, text, above) }
}

fn collect(scope: &Scope<'_>, wanted: impl Fn(&Scope<'_>, usize) -> bool) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut above = None;
    let (mut nth, mut weekday) = (None, None);
    let mut columns: Option<(u32, Vec<Option<Label>>)> = None;
    for index in 0..scope.lines.len() {
        let line = &scope.lines[index];
        let is_wanted = wanted(scope, index);
        let known = rows.len();
        nth = day_number(scope, line).filter(|_| is_wanted).or(nth);
        weekday = weekday_alone(scope, line).filter(|_| is_wanted).or(weekday);
        if line.opens && !matches!(line.kind, LineKind::Heading(..)) {
            if line.roles.has(SectionRole::Timeline) || is_wanted {
                above = date_alone(scope, &line.text).or(above);
            }
            if lead(scope, &line.text).is_none() && beside(scope, line).is_none() {
                continue;
            }
        }
        if !is_wanted {
            continue;
        }
        if let LineKind::Row(table, head) = line.kind {
            if head {
                columns = Some((table, column_labels(scope, &line.text)));
                above = day_of(scope, &line.text).or(above);
                continue;
            }
            let labels = columns
                .as_ref()
                .filter(|(known, _)| *known == table)
                .map(|(_, labels)| labels.as_slice());
            let made = table_row(scope, index, labels.unwrap_or_default(), above);
            rows.extend(made.filter(|row| !is_version(scope, row, labels.unwrap_or_default())));
        } else if let Some(date) = day_above(scope, line) {
            above = Some(date);
        } else {
            line_rows(scope, index, above, &mut rows);
        }
        for row in rows.iter_mut().skip(known) {
            row.nth = nth;
            // Only the first is surely of that day: a midnight may follow.
            if let Some(stamp) = &mut row.stamp {
                stamp.weekday = stamp.weekday.or(weekday.take());
            }
        }
    }
    rows.retain(|row| !is_version(scope, row, &[]));
    leave_groups(scope, &mut rows);
    for row in &mut rows {
        row.text = whole_text(scope, row);
    }
    rows
}

/// The entries of one line: mostly one, or several that it chains.
fn line_rows(scope: &Scope<'_>, index: usize, above: Option<PartialDate>, rows: &mut Vec<Row>) {
    let line = &scope.lines[index];
    let first = lead(scope, &line.text);
    // "Timeline: 10:00 errors; 10:12 rollback"
    let told = match &line.label {
        Some(label) if first.is_none() && !label.value.is_empty() => &label.value,
        _ => &line.text,
    };
    let more = chained(scope, told);
    if !more.is_empty() {
        let made = |(stamp, piece, text)| Row { above, ..Row::told(index, stamp, piece, text) };
        rows.extend(more.into_iter().map(made));
        return;
    }
    let named = line.kind == LineKind::Item && line.roles.has(SectionRole::Timeline);
    let within = first.is_none();
    if within
        && named
        && let Some(told) = unread(scope, &line.text)
    {
        let start = line.text.end - told.len() as u32;
        rows.push(Row::untimed(index, start..line.text.end, above));
        return;
    }
    let closing = closing(scope, line);
    let posted = closing.as_ref().is_some_and(|(_, told)| is_state(scope, told));
    let Some((time, mut text)) = first
        .or_else(|| beside(scope, line))
        .or_else(|| stamped(scope, index))
        .or(closing)
        .or_else(|| named_moment(scope, line))
        .or_else(|| Some((speaker(scope, index)?, line.text.end..line.text.end)))
        .or_else(|| named.then(|| anywhere(scope, &line.text)).flatten())
    else {
        return;
    };
    // A state says little: what was told of it stands below.
    if posted {
        text = line.text.end..line.text.end;
    }
    // "10:00pm" on a line of its own and "At 10:00 pm the admin" on the next are one entry.
    if let Some(last) = rows.last()
        && last.text.is_empty()
        && last.stamp.as_ref().and_then(|stamp| stamp.clock)
            == time.first().and_then(|stamp| stamp.clock)
    {
        return;
    }
    let mut made = Row { within, posted, ..row(scope, index, time, text, above) };
    // The time of a heading is that of what stands below it.
    made.body.start = made.body.start.min(made.text.start);
    if made.body.start < line.text.start {
        let below = scope.lines.iter().skip(index + 1).take(LONGEST_ENTRY);
        let last = below.take_while(|below| below.part == line.part).last();
        made.body.end = last.map_or(made.body.end, |last| last.text.end);
    }
    rows.push(made);
}

/// A heading with a time above entries of their own groups them.
fn leave_groups(scope: &Scope<'_>, rows: &mut Vec<Row>) {
    let mut below: BTreeMap<u32, usize> = BTreeMap::new();
    let is_heading = |row: &Row| {
        let line = &scope.lines[row.line];
        line.opens && beside(scope, line).is_none()
    };
    for row in rows.iter().filter(|row| !is_heading(row)) {
        *below.entry(scope.lines[row.line].part).or_default() += 1;
    }
    rows.retain(|row| {
        let count = below.get(&scope.lines[row.line].part).copied().unwrap_or_default();
        !is_heading(row) || count < FEWEST
    });
}

/// What happened with the lines that it goes on over: those of the same item, those below a heading.
fn whole_text(scope: &Scope<'_>, row: &Row) -> Range<u32> {
    let first = &scope.lines[row.line];
    if row.text.is_empty() && row.body.end > first.text.end {
        return first.text.end..row.body.end;
    }
    // A time alone is that of what the heading above it names: "Issue detected:".
    let part = &scope.parts[first.part as usize];
    if let Some(heading) = part.heading.filter(|_| row.text.is_empty() && part.label.is_some()) {
        return scope.lines[heading as usize].text.clone();
    }
    let more = scope.lines.iter().skip(row.line + 1).take(LONGEST_ENTRY);
    let last = more
        .take_while(|line| {
            let is_text = matches!(first.kind, LineKind::Item | LineKind::Text(_));
            // A cell of several lines goes on below.
            let is_cell = line.kind == first.kind && line.block == first.block && !is_text;
            (is_text && goes_on(first, line) || is_cell)
                && lead(scope, &line.text).is_none()
                && day_above(scope, line).is_none()
        })
        .last();
    row.text.start..last.map_or(row.text.end, |line| line.text.end)
}

/// Whether a line goes on with the paragraph of another.
fn goes_on(first: &Line, line: &Line) -> bool {
    line.kind == LineKind::Text(false) && line.block == first.block && line.label.is_none()
}

/// A line of fewer bytes with a time tells nothing by itself: what happened stands below it.
const SHORTEST_TOLD: u32 = 24;
/// An entry may go on for so many lines.
const LONGEST_ENTRY: usize = 8;

/// The lines that belong to an entry: those below a heading, those inside an item.
fn body(scope: &Scope<'_>, index: usize) -> Range<u32> {
    let first = &scope.lines[index];
    let mut end = first.text.end;
    let speaks = speaker(scope, index).is_some();
    let opens = speaks || first.opens || first.text.end - first.text.start < SHORTEST_TOLD;
    for (at, line) in scope.lines.iter().enumerate().skip(index + 1).take(LONGEST_ENTRY) {
        let inside = match first.kind {
            LineKind::Heading(..) => line.part == first.part && !line.opens,
            // "14:30 UTC:" on a line of its own: what happened stands below it.
            LineKind::Text(_) if opens => {
                // A word that somebody says alone looks like the name of a part.
                let is_word = speaks && at == index + 1;
                (is_word || matches!(line.kind, LineKind::Text(_)))
                    && line.item.is_none()
                    && speaker(scope, at).is_none()
            }
            LineKind::Item => line.item.is_some_and(|place| {
                first.item.is_some_and(|own| place.depth > own.depth || place.number == own.number)
            }),
            LineKind::Text(_) => goes_on(first, line),
            _ => false,
        };
        if !inside || lead(scope, &line.text).is_some() || day_above(scope, line).is_some() {
            break;
        }
        end = line.text.end;
    }
    first.text.start..end
}
