//! What the entries of the timeline say of the moments of the incident.

use crate::extract::detection::is_denied;
use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::extract::sentence::{Cues, sentences};
use crate::extract::time::Stamp;
use crate::extract::timeline::Row;
use crate::extract::timeline::table::cells;
use crate::extract::when::words::{Around, name, says};
use crate::extract::when::{Moments, Reading, reading};
use crate::model::fact::RuleId;
use crate::model::kind::Detection;
use crate::model::timeline::{Entry, EntryKind};
use crate::model::when::{Clock, Moment, PartialDate};
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Event, Meaning, Strength};

/// How sure the moment of detection is as the start.
const NOTICED: f32 = 0.4;

/// The moment of detection as that of the start.
fn as_start(detected: &Reading) -> Reading {
    Reading { certainty: NOTICED.min(detected.certainty - 0.05), ..detected.clone() }
}

/// The entries with the lines that they were read from.
struct Told<'s, 'a> {
    scope: &'s Scope<'a>,
    rows: &'s [Row],
    entries: &'s [Entry],
}

impl Told<'_, '_> {
    fn says(&self, index: usize, wanted: Event) -> bool {
        says(self.scope, &self.rows[index].body, wanted)
    }

    /// Whether an entry says that the trouble was noticed, and not that it was missed: "alerts did not fire".
    fn notices(&self, index: usize) -> bool {
        let (scope, body) = (self.scope, &self.rows[index].body);
        let is_denied = |said: &Mention| is_denied(scope, body, &(said.start..said.end));
        // "The report is written": a document, and nobody who reports.
        let is_document = |said: &Mention| {
            let mut around = scope.mentions(said.start..body.end);
            around.any(|other| {
                other.start == said.start && other.meaning == Meaning::Event(Event::Closes)
            })
        };
        let mut said = scope.mentions(body.clone());
        let Some(first) =
            said.find(|said| said.meaning == Meaning::Event(Event::Detects) && !is_document(said))
        else {
            return false;
        };
        // Where tools missed it, somebody else noticed, or nobody.
        let is_person = |said: &Mention| {
            matches!(
                said.meaning,
                Meaning::Detection(Detection::Customer | Detection::Internal, Strength::Strong)
            )
        };
        !is_denied(first)
            || scope.mentions(body.clone()).any(|said| is_person(said) && !is_denied(said))
    }

    /// The event that names an entry: a cell of its own, or the first words: `13:31 | noticed | …`, `13:31 [End] …`.
    fn name(&self, index: usize) -> Option<Event> {
        let (scope, row) = (self.scope, &self.rows[index]);
        let line = &scope.lines[row.line];
        if matches!(line.kind, LineKind::Row(..)) {
            return cells(scope, &line.text).iter().find_map(|cell| name(scope, cell));
        }
        if let Some(event) = name(scope, &row.text) {
            return Some(event);
        }
        let text = scope.text(row.text.clone());
        let open = text.len() - text.trim_start_matches(['[', '(', '<', '*']).len();
        let end =
            text.find([':', '：', ']', ')', '>', '-', '–', '—', '|']).filter(|&end| end > open);
        let head = end.map(|end| row.text.start + open as u32..row.text.start + end as u32);
        head.and_then(|head| name(scope, &head)).or_else(|| self.stated(index))
    }

    /// The event that a sentence of an entry states, and nothing else: "A node is drained. Outage begins."
    fn stated(&self, index: usize) -> Option<Event> {
        let (scope, row) = (self.scope, &self.rows[index]);
        let pieces = sentences(scope.text(row.text.clone()), row.text.start);
        pieces.iter().skip(1).find_map(|piece| {
            let text = scope.text(piece.clone());
            let end = text.find([':', '：']).unwrap_or(text.trim_end_matches('.').len());
            name(scope, &(piece.start..piece.start + end as u32))
        })
    }

    /// The moment of an entry, or the later one in it that the event is told of.
    fn read(&self, index: usize, event: Option<Event>, certainty: f32) -> Option<Reading> {
        let row = &self.rows[index];
        let stamp = row.stamp.as_ref()?;
        let told = Reading {
            moment: self.entries[index].at,
            rule: RuleId("time/timeline"),
            // The entries have settled it among themselves.
            has_half: true,
            ..reading(stamp, RuleId("time/timeline"), certainty)
        };
        let later = event.and_then(|event| self.later(index, event)).map(|later| Reading {
            moment: Moment { date: later.date.or(told.moment.date), clock: later.clock },
            range: later.start..later.end,
            ..told.clone()
        });
        Some(Reading { later: 0, day_of_month: None, weekday: None, ..later.unwrap_or(told) })
    }

    /// Another time of day in an entry, of which it tells the event.
    fn later(&self, index: usize, event: Event) -> Option<&Stamp> {
        let (scope, row) = (self.scope, &self.rows[index]);
        let times = scope.times(row.body.clone());
        let clock = |at: usize| times[at].first().filter(|stamp| stamp.clock.is_some());
        let seconds = |at: usize| clock(at).and_then(|stamp| stamp.clock).map(Clock::seconds);
        let tells = |at: usize| Around::of(scope, &row.body, times, at).event() == Some(event);
        let first = (0..times.len()).find(|&at| clock(at).is_some())?;
        let is_later = |at: &usize| {
            let passed = seconds(*at).zip(seconds(first)).map(|(now, then)| now - then);
            passed.is_some_and(|passed| (1..=SOON).contains(&passed))
        };
        if tells(first) {
            return None;
        }
        (first + 1..times.len()).filter(is_later).find(|&at| tells(at)).and_then(clock)
    }
}

/// An entry goes on for so many seconds at most.
const SOON: i64 = 6 * 60 * 60;

/// Readings from the entries of the timeline, whose dates are settled.
pub(in crate::extract) fn from_timeline(
    scope: &Scope<'_>,
    rows: &[Row],
    entries: &[Entry],
    day: Option<PartialDate>,
    found: &mut Moments,
) {
    let told = Told { scope, rows, entries };
    let by_days = goes_by_days(entries);
    let timed = |index: &usize| by_days || entries[*index].at.clock.is_some();
    let order: Vec<usize> = in_time_order(entries).into_iter().filter(timed).collect();
    // Without anything better it began when it was noticed.
    let noticed: Vec<Reading> = found.detected.iter().map(as_start).collect();
    found.started.extend(noticed);
    named(&told, &order, found);
    let is_named = |index: usize| told.name(index) == Some(Event::Resolves);
    let is_end = |index: &usize| told.says(*index, Event::Resolves) || is_named(*index);
    let ends = || order.iter().rev().copied().filter(is_end);
    let resolved = ends().find(|&index| !told.says(index, Event::Closes)).or_else(|| ends().next());
    // A day on which something led up to it looks like the day of the first sign.
    let first = first_sign(&told, &order, day, resolved).filter(|_| !by_days);
    let first = first.filter(|&index| !comes_late(&told, index, found));
    found.started.extend(first.and_then(|index| told.read(index, Some(Event::Starts), 0.7)));
    let mut notices = order.iter().copied().filter(|&index| !rows[index].posted);
    let notice = notices.clone().find(|&index| told.notices(index));
    if let Some(index) = seen_before_acting(&told, &order, notice) {
        found.detected.extend(told.read(index, Some(Event::Starts), ACTED_ON));
    } else if let Some(index) = notice {
        found.detected.extend(told.read(index, Some(Event::Detects), 0.84));
    } else if let Some(index) = notices.find(|&index| is_noticed(&told, index)) {
        // Something or somebody that watches, whatever the words are for what it did.
        let index = seen_before_acting(&told, &order, Some(index)).unwrap_or(index);
        found.detected.extend(told.read(index, None, 0.5));
    }
    if let Some(index) = resolved {
        let certainty = if is_named(index) { NAMED } else { 0.75 };
        found.resolved.extend(told.read(index, Some(Event::Resolves), certainty));
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

/// Whether an entry that shows no trouble stands behind a notice that the prose tells of.
fn comes_late(told: &Told<'_, '_>, index: usize, found: &Moments) -> bool {
    let at = told.entries[index].at;
    let is_earlier = |notice: &Reading| {
        let whole = notice.moment.date.is_some() == at.date.is_some();
        let moment = if whole { notice.moment } else { Moment { date: None, ..notice.moment } };
        let at = if whole { at } else { Moment { date: None, ..at } };
        notice.rule != RuleId("time/timeline") && moment.precedes(at) == Some(true)
    };
    !told.says(index, Event::Starts) && found.detected.iter().any(is_earlier)
}

/// Whether the entries tell days and no times of day, and more than one day.
fn goes_by_days(entries: &[Entry]) -> bool {
    let mut days = entries.iter().map(|entry| entry.at.date);
    let first = days.next().flatten();
    entries.iter().all(|entry| entry.at.clock.is_none()) && days.any(|day| day != first)
}

/// How sure an entry is that bears the name of a moment.
const NAMED: f32 = 0.86;

/// The first entries that are named after the beginning and the notice.
fn named(told: &Told<'_, '_>, order: &[usize], found: &mut Moments) {
    let first = |wanted: Event| {
        let index = order.iter().copied().find(|&index| told.name(index) == Some(wanted))?;
        told.read(index, None, NAMED)
    };
    found.started.extend(first(Event::Starts));
    found.detected.extend(first(Event::Detects));
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
    let (rows, entries) = (told.rows, told.entries);
    if order.first().is_some_and(|&index| rows[index].posted) {
        // The first update may tell of a fix already; one that tells of the end says nothing of the start.
        return order.iter().copied().find(|&index| !told.says(index, Event::Resolves));
    }
    // Rows of the days before tell what led up to it.
    let before = |index: usize| {
        day.zip(entries[index].at.date).is_some_and(|(day, date)| date.civil() < day.civil())
    };
    let signs = |index: usize| told.says(index, Event::Starts) || told.says(index, Event::Detects);
    let measure = |index: usize| entries[index].kind == Some(EntryKind::Mitigation);
    behind_change(told, order, signs)
        .iter()
        .copied()
        .filter(|&index| !before(index) || told.says(index, Event::Starts))
        .filter(|&index| Some(index) != resolved || signs(index))
        .find(|&index| !told.says(index, Event::Precedes) && !measure(index) || signs(index))
        .or(order.first().copied())
        .map(|index| slipped_in(told.scope, rows, entries, order, index).unwrap_or(index))
}

/// The entries behind the last change that comes before any sign of trouble: what led up to a change is not the trouble.
fn behind_change<'o>(
    told: &Told<'_, '_>,
    order: &'o [usize],
    signs: impl Fn(usize) -> bool,
) -> &'o [usize] {
    let Some(first) = order.iter().position(|&index| signs(index)) else { return order };
    let change = order[..first].iter().rposition(|&index| told.says(index, Event::Precedes));
    change.map_or(order, |change| &order[change + 1..])
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
