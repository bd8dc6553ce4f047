//! What the entries of the timeline say of the moments of the incident.

use crate::extract::scope::Scope;
use crate::extract::sentence::Cues;
use crate::extract::timeline::Row;
use crate::extract::when::{Moments, Reading};
use crate::model::fact::RuleId;
use crate::model::timeline::{Entry, EntryKind};
use crate::model::when::PartialDate;
use crate::vocab::meaning::{Cue, Event, Meaning};

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
    let rule = RuleId("time/timeline");
    let event = |index: usize, wanted: Event| {
        scope
            .mentions(rows[index].body.clone())
            .any(|mention| mention.meaning == Meaning::Event(wanted))
    };
    let read = |index: usize, certainty: f32| {
        let stamp = rows[index].stamp.as_ref()?;
        stamp.clock?;
        Some(Reading {
            moment: entries[index].at,
            range: stamp.start..stamp.end,
            rule,
            certainty,
            after: None,
            later: 0,
            // The entries have settled it among themselves.
            has_half: true,
        })
    };
    let timed = |index: &usize| entries[*index].at.clock.is_some();
    let order: Vec<usize> = in_time_order(entries).into_iter().filter(timed).collect();
    // Rows of the days before tell what led up to it.
    let before = |index: usize| {
        day.zip(entries[index].at.date).is_some_and(|(day, date)| date.civil() < day.civil())
    };
    // Without anything better it began when it was noticed.
    let noticed: Vec<Reading> = found.detected.iter().map(as_start).collect();
    found.started.extend(noticed);
    let signs = |index: usize| event(index, Event::Starts) || event(index, Event::Detects);
    let ends = || order.iter().rev().copied().filter(|&index| event(index, Event::Resolves));
    let resolved = ends().find(|&index| !event(index, Event::Closes)).or_else(|| ends().next());
    let measure = |index: usize| entries[index].kind == Some(EntryKind::Mitigation);
    // A change before the trouble is not the trouble, unless the entry says that the two fell together;
    // nor is what was done about it, nor its end.
    let first = if order.first().is_some_and(|&index| rows[index].posted) {
        // The first update may tell of a fix already; one that tells of the end says nothing of the start.
        order.iter().copied().find(|&index| !event(index, Event::Resolves))
    } else {
        order
            .iter()
            .copied()
            .filter(|&index| !before(index) || event(index, Event::Starts))
            .filter(|&index| Some(index) != resolved || signs(index))
            .find(|&index| !event(index, Event::Precedes) && !measure(index) || signs(index))
            .or(order.first().copied())
            .map(|index| slipped_in(scope, rows, entries, &order, index).unwrap_or(index))
    };
    found.started.extend(first.and_then(|index| read(index, 0.7)));
    if let Some(index) =
        order.iter().copied().find(|&index| event(index, Event::Detects) && !rows[index].posted)
    {
        found.detected.extend(read(index, 0.84));
    }
    if let Some(index) = resolved {
        found.resolved.extend(read(index, 0.75));
    } else if let [.., last] = order[..]
        && matches!(entries[last].kind, Some(EntryKind::Mitigation | EntryKind::Resolution))
    {
        // A timeline that ends with a measure ends with the one that helped.
        found.resolved.extend(read(last, 0.35));
    }
    if let Some(index) = order.iter().copied().find(|&index| event(index, Event::Mitigates)) {
        found.mitigated.extend(read(index, 0.7));
    }
}

/// The change right before an entry that only finds the trouble: it was there since then.
fn slipped_in(
    scope: &Scope<'_>,
    rows: &[Row],
    entries: &[Entry],
    order: &[usize],
    found: usize,
) -> Option<usize> {
    let says = |index: usize, wanted: Event| {
        let mut mentions = scope.mentions(rows[index].body.clone());
        mentions.any(|mention| mention.meaning == Meaning::Event(wanted))
    };
    let at = order.iter().position(|&index| index == found)?;
    let change = order.get(at.checked_sub(1)?).copied()?;
    let is_found = Cues::of(scope, &rows[found].body).has(Cue::Finds);
    let finds = is_found && says(found, Event::Detects) && !says(found, Event::Starts);
    (finds && says(change, Event::Precedes) && entries[found].at.date == entries[change].at.date)
        .then_some(change)
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
