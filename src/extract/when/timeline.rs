//! What the entries of the timeline say of the moments of the incident.

use crate::extract::scope::Scope;
use crate::extract::sentence::Cues;
use crate::extract::timeline::Row;
use crate::extract::when::told::Told;
use crate::extract::when::words::says_who;
use crate::extract::when::{Moments, Reading};
use crate::model::kind::Detection;
use crate::model::timeline::{Entry, EntryKind};
use crate::model::when::{Moment, PartialDate};
use crate::vocab::meaning::{Cue, Event, Meaning, Strength};

/// How sure a timeline of days is of the first: less than prose that names it.
const DAY_ONLY: f32 = 0.28;
/// How sure an entry is of a notice before its own time: less than one that is noticed in.
const NOTICED_BEFORE: f32 = 0.8;
/// How sure the moment of detection is as the start.
const NOTICED: f32 = 0.4;

/// The moment of detection as that of the start.
fn as_start(detected: &Reading) -> Reading {
    Reading { certainty: NOTICED.min(detected.certainty - 0.05), ..detected.clone() }
}

/// Readings from the entries of the timeline, whose dates are settled.
pub(in crate::extract) fn from_timeline(
    scope: &Scope<'_>,
    rows: &[Row],
    entries: &[Entry],
    day: Option<PartialDate>,
    found: &mut Moments,
) {
    let told = Told::new(scope, rows, entries);
    let by_days = goes_by_days(entries);
    let timed = |index: &usize| by_days || entries[*index].at.clock.is_some();
    let order: Vec<usize> = in_time_order(entries).into_iter().filter(timed).collect();
    // Without anything better it began when it was noticed.
    let is_timed =
        |notice: &&Reading| notice.moment.clock.is_some() || notice.since_start.is_some();
    let noticed: Vec<Reading> = found.detected.iter().filter(is_timed).map(as_start).collect();
    found.started.extend(noticed);
    named(&told, &order, found);
    let shows = |&index: &usize| told.suffers(index) || told.says(index, Event::Detects);
    // Nothing is over before it broke: "a restart, to resume work" led up to it.
    let broken = order.iter().position(shows).unwrap_or_default();
    let last_part = behind_relapse(&told, &order[broken..]);
    let resolved = end(&told, last_part);
    // A day on which something led up to it looks like the day of the first sign.
    let first = first_sign(&told, &order, day, resolved)
        .filter(|index| !by_days || shows(index) && order.first() == Some(index));
    let sure = if by_days { DAY_ONLY } else { 0.7 };
    found.started.extend(first.and_then(|index| told.read(index, Some(Event::Starts), sure)));
    let before = |event: Event| order.iter().find_map(|&index| told.earlier(index, event));
    found.started.extend(before(Event::Starts));
    // Who acted on it at an entry before had noticed by then.
    let by_then = |told: Reading| Reading { certainty: NOTICED_BEFORE, ..told };
    found.detected.extend(before(Event::Detects).map(by_then));
    notice(&told, &order, resolved, found);
    let trouble = last_part.iter().position(shows).map_or(last_part.len(), |at| at + 1);
    let trouble = if last_part.len() + broken < order.len() { 0 } else { trouble };
    let mut behind = last_part.iter().skip(trouble).rev().copied();
    if let Some(index) = resolved {
        let certainty = if told.is_named_end(index) { NAMED } else { 0.75 };
        found.resolved.extend(told.read(index, Some(Event::Resolves), certainty));
    } else if let Some(index) = behind.find(|&index| told.is_as_before(index)) {
        found.resolved.extend(told.read(index, None, AS_BEFORE));
    } else if let [_, .., last] = order[..]
        && matches!(entries[last].kind, Some(EntryKind::Mitigation | EntryKind::Resolution))
    {
        // A timeline that ends with a measure ends with the one that helped.
        found.resolved.extend(told.read(last, None, 0.35));
    }
    if let Some(index) = order.iter().copied().find(|&index| told.says(index, Event::Mitigates)) {
        found.mitigated.extend(told.read(index, Some(Event::Mitigates), 0.7));
    }
}

/// The entries behind the last one at which it broke again after an end; all of them where it did not.
fn behind_relapse<'o>(told: &Told<'_, '_>, order: &'o [usize]) -> &'o [usize] {
    let breaks = |&index: &usize| {
        told.says(index, Event::Starts) && told.says(index, Event::Again) && !told.is_end(index)
            || told.relapses(index)
    };
    let is_end = |&index: &usize| told.is_end(index) && !told.relapses(index);
    let broken = order.iter().rposition(breaks).filter(|&at| order[..at].iter().any(is_end));
    broken.map_or(order, |broken| &order[broken + 1..])
}

/// The entry that tells the end: one that bears its name, else the last that says so.
fn end(told: &Told<'_, '_>, order: &[usize]) -> Option<usize> {
    let ends = || order.iter().rev().copied().filter(|&index| told.is_end(index));
    ends()
        .find(|&index| told.is_named_end(index))
        .or_else(|| ends().find(|&index| !told.says(index, Event::Closes)))
        .or_else(|| ends().next())
}

/// Reads when it was noticed: the first entry that says so, or that names who or what did.
fn notice(told: &Told<'_, '_>, order: &[usize], resolved: Option<usize>, found: &mut Moments) {
    let rows = told.rows;
    let is_over = |index: usize| Some(index) == resolved && told.is_end_only(index);
    let wanted = |index: &usize| !rows[*index].posted && !is_over(*index);
    // Nothing is noticed before what is called the beginning.
    let began = order.iter().find(|&&index| told.is_called_start(index));
    let begun = began.map(|&index| told.entries[index].at);
    let is_early = |at: Moment| begun.is_some_and(|begun| at.precedes(begun) == Some(true));
    let wanted = |index: &usize| wanted(index) && !is_early(told.entries[*index].at);
    let mut notices = order.iter().copied().filter(wanted);
    let notice = notices.clone().find(|&index| is_notice(told, index));
    if let Some(index) = seen_before_acting(told, order, notice) {
        found.detected.extend(told.read(index, Some(Event::Starts), ACTED_ON));
    } else if let Some(index) = notice {
        found.detected.extend(told.read(index, Some(Event::Detects), 0.84));
    } else if let Some(index) = notices.find(|&index| is_noticed(told, index)) {
        // Something or somebody that watches, whatever the words are for what it did.
        let index = seen_before_acting(told, order, Some(index)).unwrap_or(index);
        found.detected.extend(told.read(index, None, 0.5));
    }
}

/// How sure an entry is the end that only says that something is as it was.
const AS_BEFORE: f32 = 0.5;
/// How sure a trouble is noticed that somebody acted on before any entry tells of a notice.
const ACTED_ON: f32 = 0.6;

/// The last entry that shows the trouble before somebody looks into it or does something about it: whoever acts has
/// noticed, and what is noticed later is something else, as its cause.
fn seen_before_acting(
    told: &Told<'_, '_>,
    order: &[usize],
    notice: Option<usize>,
) -> Option<usize> {
    let acts = |index: usize| {
        matches!(told.entries[index].kind, Some(EntryKind::Investigation | EntryKind::Mitigation))
    };
    let notice = order.iter().position(|&index| Some(index) == notice)?;
    let is_first = |index: usize| acts(index) && !told.says(index, Event::Precedes);
    let act = order[..notice].iter().position(|&index| is_first(index))?;
    order[..act].iter().rev().copied().find(|&index| told.says(index, Event::Starts))
}

/// Whether the entries tell days and no times of day, and more than one day.
fn goes_by_days(entries: &[Entry]) -> bool {
    let mut days = entries.iter().map(|entry| entry.at.date);
    let first = days.next().flatten();
    entries.iter().all(|entry| entry.at.clock.is_none()) && days.any(|day| day != first)
}

/// How sure an entry is that bears the name of a moment.
const NAMED: f32 = 0.86;

/// The first entries that are named after the beginning and the notice. Behind a notice only one that is called the beginning
/// is it: "worker stopped" is what was done then.
fn named(told: &Told<'_, '_>, order: &[usize], found: &mut Moments) {
    let noticed = order.iter().position(|&index| is_notice(told, index)).unwrap_or(order.len());
    let began = order.iter().enumerate().find(|&(at, &index)| {
        told.name(index) == Some(Event::Starts) && at <= noticed || told.is_called_start(index)
    });
    let detected = order.iter().find(|&&index| told.name(index) == Some(Event::Detects));
    let read = |index: &usize| told.read(*index, None, NAMED);
    found.started.extend(began.and_then(|(_, index)| read(index)));
    found.detected.extend(detected.and_then(read));
}

/// Whether an entry says that somebody or something noticed.
fn is_notice(told: &Told<'_, '_>, index: usize) -> bool {
    told.notices(index) || says_who(told.scope, &told.rows[index].body)
}

/// Whether an entry tells of something that notices, such as a monitor or users.
fn is_noticed(told: &Told<'_, '_>, index: usize) -> bool {
    let mut mentions = told.scope.mentions(told.rows[index].body.clone());
    mentions.any(|mention| {
        // Persons who are only named may have done anything.
        matches!(
            mention.meaning,
            Meaning::Detection(Detection::Monitoring, _)
                | Meaning::Detection(_, Strength::Strong)
                | Meaning::Implied(_)
        )
    })
}

/// The first entry that shows the trouble. A change before it is not the trouble, unless the entry says that the two fell
/// together; nor is what was done about it, nor its end.
fn first_sign(
    told: &Told<'_, '_>,
    order: &[usize],
    day: Option<PartialDate>,
    resolved: Option<usize>,
) -> Option<usize> {
    let entries = told.entries;
    // Rows of the days before tell what led up to it.
    let before = |index: usize| {
        day.zip(entries[index].at.date).is_some_and(|(day, date)| date.civil() < day.civil())
    };
    let signs = |index: usize| told.says(index, Event::Starts) || told.says(index, Event::Detects);
    let measure = |index: usize| entries[index].kind == Some(EntryKind::Mitigation);
    let mut entries_behind = behind_change(told, order, signs)
        .iter()
        .copied()
        .filter(|&index| !before(index) || told.says(index, Event::Starts))
        .filter(|&index| Some(index) != resolved || signs(index));
    // Whoever looks into it, or mends it, knows of it: "query stopped" is a measure then.
    let acts = |index: usize| {
        matches!(entries[index].kind, Some(EntryKind::Investigation | EntryKind::Mitigation))
    };
    let mut unknown = entries_behind.clone().take_while(|&index| signs(index) || !acts(index));
    unknown
        .find(|&index| told.suffers(index) || signs(index))
        .filter(|&index| told.suffers(index))
        .or_else(|| {
            entries_behind.find(|&index| {
                !told.says(index, Event::Precedes) && !measure(index) || signs(index)
            })
        })
        .or(order.first().copied())
        .map(|index| slipped_in(told, order, index).unwrap_or(index))
}

/// The entries behind the last change that comes before any sign of trouble: what led up to a change is not the trouble.
fn behind_change<'o>(
    told: &Told<'_, '_>,
    order: &'o [usize],
    signs: impl Fn(usize) -> bool,
) -> &'o [usize] {
    let Some(first) = order.iter().position(|&index| signs(index)) else { return order };
    // "10:00 Release 12; its pods crash" is both.
    let is_change = |index: usize| told.says(index, Event::Precedes) && !told.suffers(index);
    let change = order[..first].iter().rposition(|&index| is_change(index));
    change.map_or(order, |change| &order[change + 1..])
}

/// The change right before an entry that only finds the trouble: it was there since then.
fn slipped_in(told: &Told<'_, '_>, order: &[usize], found: usize) -> Option<usize> {
    let at = order.iter().position(|&index| index == found)?;
    let change = order.get(at.checked_sub(1)?).copied()?;
    let is_found = Cues::of(told.scope, &told.rows[found].body).has(Cue::Finds);
    let finds = is_found && told.says(found, Event::Detects) && !told.says(found, Event::Starts);
    let is_same_day = told.entries[found].at.date == told.entries[change].at.date;
    (finds && is_same_day && told.says(change, Event::Precedes)).then_some(change)
}

/// Entries by time, for timelines that run newest first.
fn in_time_order(entries: &[Entry]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    let falls =
        entries.windows(2).filter(|pair| pair[1].at.precedes(pair[0].at) == Some(true)).count();
    if falls * 2 > entries.len() {
        order.reverse();
    }
    order
}
