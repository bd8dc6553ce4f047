//! The entries of a timeline with the lines that they were read from: what each of them says.

use crate::extract::detection::is_denied;
use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::extract::sentence::{Cues, sentences};
use crate::extract::time::Stamp;
use crate::extract::timeline::Row;
use crate::extract::timeline::table::cells;
use crate::extract::when::words::{Around, name, says};
use crate::extract::when::{Reading, reading};
use crate::model::fact::RuleId;
use crate::model::timeline::{Entry, EntryKind};
use crate::model::when::{Clock, Moment};
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Event, Meaning};

/// How sure an entry is of a moment before its own: surer than the first entry that shows trouble or a notice.
const TOLD_LATER: f32 = 0.85;
/// The entries with the lines that they were read from.
pub(super) struct Told<'s, 'a> {
    pub(super) scope: &'s Scope<'a>,
    pub(super) rows: &'s [Row],
    pub(super) entries: &'s [Entry],
    /// The events that name them.
    names: Vec<Option<Event>>,
}

impl<'s, 'a> Told<'s, 'a> {
    pub(super) fn new(scope: &'s Scope<'a>, rows: &'s [Row], entries: &'s [Entry]) -> Self {
        let names = rows.iter().map(|row| name_of(scope, row)).collect();
        Self { scope, rows, entries, names }
    }

    pub(super) fn says(&self, index: usize, wanted: Event) -> bool {
        says(self.scope, &self.rows[index].body, wanted)
    }

    /// Whether an entry tells the end, or bears its name.
    pub(super) fn is_end(&self, index: usize) -> bool {
        self.says(index, Event::Resolves) || self.is_named_end(index)
    }

    pub(super) fn is_named_end(&self, index: usize) -> bool {
        self.name(index) == Some(Event::Resolves)
    }

    /// Whether an entry is called the beginning: "Outage begins".
    pub(super) fn is_called_start(&self, index: usize) -> bool {
        self.name(index) == Some(Event::Starts) && self.says(index, Event::Onset)
    }

    /// Whether an entry tells the end and nothing wrong: "Monitoring shows that all is well again" is no notice.
    pub(super) fn is_end_only(&self, index: usize) -> bool {
        let is_wrong = self.says(index, Event::Starts) || self.says(index, Event::Suffers);
        !is_wrong && (self.is_end(index) || self.is_as_before(index))
    }

    /// Whether an entry shows for the first time that something is wrong.
    pub(super) fn suffers(&self, index: usize) -> bool {
        let says = |event: Event| self.says(index, event);
        // "A page for errors is released": a change is no sign of trouble.
        let is_change = self.entries[index].kind == Some(EntryKind::Trigger);
        (says(Event::Starts) || says(Event::Suffers) && !says(Event::Resolves) && !is_change)
            && !says(Event::Again)
    }

    /// Whether an entry says that it broke anew: not that it did not, might or shall not, nor that all is over.
    pub(super) fn relapses(&self, index: usize) -> bool {
        let cues = Cues::of(self.scope, &self.rows[index].body);
        let only_thought_of = [Cue::Prevents, Cue::Negates, Cue::Supposes, Cue::Plans];
        self.says(index, Event::Relapses)
            && !only_thought_of.into_iter().any(|cue| cues.has(cue))
            && !self.says(index, Event::Closes)
            && !self.says(index, Event::Resolves)
    }

    /// Whether an entry says that something is as it was: "p95 back to 80 ms", and no measure as "rolled back to 1.2".
    pub(super) fn is_as_before(&self, index: usize) -> bool {
        self.says(index, Event::Again)
            && !self.says(index, Event::Starts)
            && !matches!(
                self.entries[index].kind,
                Some(EntryKind::Mitigation | EntryKind::Investigation | EntryKind::FalseLead)
            )
    }

    /// Whether an entry says that the trouble was noticed, and not that it was missed: "alerts did not fire".
    pub(super) fn notices(&self, index: usize) -> bool {
        let (scope, body) = (self.scope, &self.rows[index].body);
        let is_denied = |said: &Mention| is_denied(scope, body, &(said.start..said.end));
        // "The report is written": a document, and nobody who reports. "Incident declared" opens a timeline, or is told
        // of what is known.
        let is_document = |said: &Mention| {
            let mut around = scope.mentions(said.start..body.end);
            let closes = around.any(|other| {
                other.start == said.start && other.meaning == Meaning::Event(Event::Closes)
            });
            closes && index > 0
        };
        let mut said = scope.mentions(body.clone());
        let Some(first) =
            said.find(|said| said.meaning == Meaning::Event(Event::Detects) && !is_document(said))
        else {
            return false;
        };
        !is_denied(first)
    }

    /// The event that names an entry.
    pub(super) fn name(&self, index: usize) -> Option<Event> {
        self.names[index]
    }

    /// The moment of an entry, or the later one in it that the event is told of.
    pub(super) fn read(
        &self,
        index: usize,
        event: Option<Event>,
        certainty: f32,
    ) -> Option<Reading> {
        let row = &self.rows[index];
        let stamp = row.stamp.as_ref()?;
        let told = Reading {
            moment: self.entries[index].at,
            rule: RuleId("time/timeline"),
            ..reading(stamp, RuleId("time/timeline"), certainty)
        };
        let later = event.and_then(|event| self.later(index, event)).map(|later| Reading {
            moment: Moment { date: later.date.or(told.moment.date), clock: later.clock },
            range: later.start..later.end,
            ..told.clone()
        });
        Some(Reading { later: 0, day_of_month: None, weekday: None, ..later.unwrap_or(told) })
    }

    /// "10:15 the log shows that it broke at 09:58": the moment before that of an entry, of which it tells the event.
    pub(super) fn earlier(&self, index: usize, event: Event) -> Option<Reading> {
        let (scope, row) = (self.scope, &self.rows[index]);
        let own = row.stamp.as_ref()?;
        let times = scope.times(row.text.clone());
        let before = |at: usize| {
            let time = &times[at];
            let stamp = time.first().filter(|_| time.last().is_none())?;
            let passed = own.clock?.seconds() - stamp.clock?.seconds();
            let is_same_day = stamp.date.is_none() || stamp.date == self.entries[index].at.date;
            (is_same_day && (1..=SOON).contains(&passed)).then_some(stamp)
        };
        let stamp = (0..times.len()).find_map(|at| {
            let stamp = before(at)?;
            let around = Around::of(scope, &row.text, times, at);
            let is_quoted = scope.lines[scope.line_at(stamp.start)].quoted;
            let tells = around.event() == Some(event) && around.is_led(event);
            (tells && !is_quoted).then_some(stamp)
        })?;
        let moment = Moment { date: self.entries[index].at.date, clock: stamp.clock };
        let told = reading(stamp, RuleId("time/timeline"), TOLD_LATER);
        Some(Reading { moment, later: 0, day_of_month: None, weekday: None, ..told })
    }

    /// Another time of day in an entry, of which it tells the event.
    fn later(&self, index: usize, event: Event) -> Option<&Stamp> {
        let (scope, row) = (self.scope, &self.rows[index]);
        let times = scope.times(row.body.clone());
        let clock = |at: usize| times[at].first().filter(|stamp| stamp.clock.is_some());
        let seconds = |at: usize| clock(at).and_then(|stamp| stamp.clock).map(Clock::seconds);
        // What the next sentence tells is not of a moment of this one.
        let tells = |at: usize| {
            let own = scope.sentence_at(times[at].start);
            let own = own.start.max(row.body.start)..own.end.min(row.body.end);
            let beside = scope.times(own.clone());
            let place = beside.iter().position(|time| time.start == times[at].start);
            place.is_some_and(|at| Around::of(scope, &own, beside, at).event() == Some(event))
        };
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

/// The event that names an entry: a cell of its own, or the first words: `13:31 | noticed | …`, `13:31 [End] …`.
fn name_of(scope: &Scope<'_>, row: &Row) -> Option<Event> {
    let line = &scope.lines[row.line];
    if let LineKind::Row(..) = line.kind {
        return cells(scope, &line.text).iter().find_map(|cell| name(scope, cell));
    }
    if let Some(event) = name(scope, &row.text) {
        return Some(event);
    }
    let text = scope.text(row.text.clone());
    let open = text.len() - text.trim_start_matches(['[', '(', '<', '*']).len();
    let end = text.find([':', '：', ']', ')', '>', '-', '–', '—', '|']).filter(|&end| end > open);
    let head = end.map(|end| row.text.start + open as u32..row.text.start + end as u32);
    head.and_then(|head| name(scope, &head)).or_else(|| stated(scope, row))
}

/// The event that a sentence of an entry states, and nothing else: "A node is drained. Outage begins."
fn stated(scope: &Scope<'_>, row: &Row) -> Option<Event> {
    let pieces = sentences(scope.text(row.text.clone()), row.text.start);
    pieces.iter().skip(1).find_map(|piece| {
        let text = scope.text(piece.clone());
        let end = text.find([':', '：']).unwrap_or(text.trim_end_matches('.').len());
        name(scope, &(piece.start..piece.start + end as u32))
    })
}
