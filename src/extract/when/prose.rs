//! Times in sentences: what the words around them say that they are.

use std::ops::Range;

use crate::extract::action::is_promised;
use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::extract::sentence::Cues;
use crate::extract::time::{TimeKind, TimeMention};
use crate::extract::timeline::updates::posted;
use crate::extract::when::settle::is_past_midnight;
use crate::extract::when::words::{self, Around, says};
use crate::extract::when::{Moments, Reading, day, reading};
use crate::extract::zone::converts;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Lang;
use crate::model::when::{Moment, PartialDate};
use crate::vocab::Mention;
use crate::vocab::clock::Connector;
use crate::vocab::meaning::{Cue, Event, Label, Meaning, SectionRole};

/// Without headings, the first lines are the summary.
const FIRST_LINES: usize = 16;
/// How sure a day without a time of day is the start: every other reading leads.
const DAY_ONLY: f32 = 0.3;
/// How sure the day is on which something was done, or shall be.
const PROMISED: f32 = 0.25;
/// How sure the title is of its times.
const TITLE: f32 = 0.93;
/// How sure the day is on which an update was posted.
const POSTED: f32 = 0.3;
/// How sure times in the summary are, and by how much less those that stand far down.
const EARLY: f32 = 0.85;
const FAR: f32 = 0.1;

/// Parts that tell what happened, whatever their lists look like.
const TOLD: [SectionRole; 3] = [SectionRole::Timeline, SectionRole::Summary, SectionRole::Impact];

/// Whether the times of a line are of something else than what happened: of measures, of the report, of an update. Its days
/// may tell something of that of the incident.
fn tells_of_else(scope: &Scope<'_>, index: usize, found: &mut Moments) -> bool {
    let line = &scope.lines[index];
    let section = scope.parts[line.part as usize].roles;
    let is_aside =
        section.any(&[SectionRole::Actions, SectionRole::Lessons, SectionRole::Appendix]);
    // "10:00 to 10:30: finding it" groups what stands below it.
    let groups = section.has(SectionRole::Timeline) && matches!(line.kind, LineKind::Heading(..));
    // A box to tick is a promise, wherever it stands; its day is that on which it is due.
    let is_task = line.item.is_some_and(|place| place.task.is_some()) && !section.any(&TOLD);
    if (is_aside || groups || is_task) && !scope.is_title(index) {
        return true;
    }
    // "- Add an alert (Mira, 3 May)"
    let times = scope.times(line.text.clone());
    let is_day = |time: &TimeMention| time.first().is_some_and(|stamp| stamp.clock.is_none());
    let may_promise = line.kind == LineKind::Item && !section.any(&TOLD) && !times.is_empty();
    if may_promise && times.iter().all(is_day) && is_promised(scope, index) {
        day(scope, times, RuleId("time/prose"), PROMISED, found);
        return true;
    }
    let of_report = line.label.as_ref().is_some_and(|label| match label.meaning {
        Some(
            Label::Written
            | Label::Due
            | Label::Owner
            | Label::Status
            | Label::Severity
            | Label::Priority,
        ) => true,
        Some(Label::Date) => super::label::is_of_report(scope, index),
        _ => false,
    });
    let is_posted = !of_report && posted(scope, line).is_some();
    if is_posted {
        // The oldest update stands last, and nearest to the day.
        let oldest = POSTED + (index as f32 * 0.0001).min(FAR);
        day(scope, times, RuleId("time/posted"), oldest, found);
    }
    of_report || is_posted
}

/// Times in sentences, by the part that they stand in and the words around them.
pub(super) fn prose(scope: &Scope<'_>, index: usize, found: &mut Moments) {
    let line = &scope.lines[index];
    let is_title = scope.is_title(index);
    let section = scope.parts[line.part as usize].roles;
    if tells_of_else(scope, index, found) {
        return;
    }
    let early = line.roles.any(&[SectionRole::Summary, SectionRole::Impact])
        || section.is_empty() && index < FIRST_LINES;
    let mut question = None;
    for (sentence, _) in scope.sentences_of(index) {
        let asked = std::mem::replace(&mut question, words::asks(scope, sentence));
        let times = on_one_day(own(scope, scope.times(sentence.clone()), is_title));
        if times.is_empty() || recurs(scope, index, sentence) {
            continue;
        }
        let base = if is_title {
            TITLE
        } else if early {
            EARLY
        } else {
            0.6
        };
        let rule = RuleId("time/prose");
        let distance = (index as f32 * 0.001).min(FAR);
        // The day on which something happened, rather than the day in the title.
        let opens = words::opens_with(scope, sentence, &times[0]);
        let tells = early && !is_title && opens && says(scope, sentence, Event::Starts);
        let sure = if tells { base + HAPPENED } else { base };
        day(scope, &times, rule, sure - distance, found);
        stated(scope, sentence, &times, base, found);
        let answer =
            times.first().and_then(TimeMention::first).filter(|stamp| stamp.clock.is_some());
        if let (Some(event), Some(stamp)) = (asked, answer) {
            push(event, reading(stamp, rule, ANSWER), found);
            continue;
        }
        for at in 0..times.len() {
            around(scope, sentence, &times, at, base - distance, found);
        }
    }
}

/// The times but those that say the one before again in another zone, those of another incident, those that only say when peak
/// hours are, and the days by which files are called.
fn own(scope: &Scope<'_>, times: &[TimeMention], is_title: bool) -> Vec<TimeMention> {
    let again = |at: usize| at > 0 && converts(scope, &times[at - 1], &times[at]);
    let is_day = |at: usize| times[at].first().is_some_and(|stamp| stamp.clock.is_none());
    let own = (0..times.len()).filter(|&at| {
        let is_name = is_day(at) && !is_title && is_in_name(scope, &times[at]);
        let is_other = !is_title && words::is_of_another(scope, &times[at]);
        !again(at) && !is_gloss_of_hours(scope, &times[at]) && !is_name && !is_other
    });
    own.map(|at| times[at].clone()).collect()
}

/// "On 5 May checkout failed from 10:00 to 10:40": the times of day of a sentence that names one day are of that day, or of the
/// night behind it.
fn on_one_day(mut times: Vec<TimeMention>) -> Vec<TimeMention> {
    let stamps = times.iter().flat_map(|time| [time.first(), time.last()]).flatten();
    let days: Vec<PartialDate> =
        stamps.filter_map(|stamp| stamp.date).filter(|date| date.day.is_some()).collect();
    let Some(&day) = days.first().filter(|&day| days.iter().all(|other| other == day)) else {
        return times;
    };
    let mut last: Option<Moment> = None;
    for time in &mut times {
        let (TimeKind::Moment(stamp) | TimeKind::Range(stamp, _)) = &mut time.kind else {
            continue;
        };
        let is_bare =
            stamp.date.is_none() && stamp.weekday.is_none() && stamp.day_of_month.is_none();
        if is_bare && stamp.clock.is_some() && stamp.days_later == 0 {
            let after = last.is_some_and(|last| is_past_midnight(last, stamp.moment()));
            stamp.date = Some(day.plus_days(i64::from(after)));
        }
        last = Some(stamp.moment()).filter(|moment| moment.clock.is_some()).or(last);
    }
    times
}

/// "in peak hours (18:00 to 22:00)".
fn is_gloss_of_hours(scope: &Scope<'_>, time: &TimeMention) -> bool {
    let before = time.start.saturating_sub(NEAR)..time.start;
    scope.mentions(before).any(|said| {
        said.meaning == Meaning::Event(Event::Hours)
            && scope.text(said.end.min(time.start)..time.start).trim() == "("
    })
}

/// Times that hold on every such day, as hours of opening do: said in the sentence or above it.
fn recurs(scope: &Scope<'_>, index: usize, sentence: &Range<u32>) -> bool {
    let says = |range: &Range<u32>| says(scope, range, Event::Recurs);
    let part = &scope.parts[scope.lines[index].part as usize];
    says(sentence) || part.heading.is_some_and(|heading| says(&scope.lines[heading as usize].text))
}

/// A range in a sentence is the window of the incident; a single moment is what the words nearest it say.
fn around(
    scope: &Scope<'_>,
    sentence: &Range<u32>,
    times: &[TimeMention],
    at: usize,
    base: f32,
    found: &mut Moments,
) {
    let rule = RuleId("time/prose");
    let time = &times[at];
    if time.last().is_some() {
        window(scope, sentence, times, at, base, found);
        return;
    }
    let Some(stamp) = time.first() else { return };
    if stamp.clock.is_none() {
        if stamp.date.is_some() && is_told_of(scope, sentence, time, base) {
            found.started.push(reading(stamp, rule, DAY_ONLY));
        }
        return;
    }
    let with_day = reading(stamp, rule, base - 0.08);
    let is_first = times[..at].iter().all(|time| time.first().is_none());
    let clause = Around::of(scope, sentence, times, at);
    match clause.event() {
        // A sentence beside the entries of a timeline tells of the notice as they do.
        Some(Event::Detects) if is_in_timeline(scope, sentence) => {
            found.detected.push(Reading { certainty: BESIDE_ENTRIES, ..with_day });
        }
        Some(event) => push(event, with_day, found),
        None if clause.tells_who() => found.detected.push(with_day),
        None if clause.is_as_before() => {
            found.resolved.push(Reading { certainty: base - OPEN, ..with_day });
        }
        None => match clause.open_end().filter(|_| base >= EARLY - FAR) {
            Some(Event::Starts) => {
                found.started.push(Reading { certainty: base - OPEN, ..with_day });
            }
            Some(Event::Resolves) => {
                found.resolved.push(Reading { certainty: base - OPEN, ..with_day });
            }
            // The first moment that a summary gives with its day is when it happened.
            None if clause.is_struck() && base >= EARLY - FAR => {
                found.started.push(Reading { certainty: base - COUNTED, ..with_day });
            }
            _ if is_first && stamp.date.is_some() && base >= EARLY - FAR => {
                found.started.push(Reading { certainty: 0.72, ..with_day });
            }
            _ => {}
        },
    }
}

fn is_in_timeline(scope: &Scope<'_>, sentence: &Range<u32>) -> bool {
    scope.lines[scope.line_at(sentence.start)].roles.has(SectionRole::Timeline)
}

/// How sure a sentence beside the entries of a timeline is of the notice: a little more than an entry.
const BESIDE_ENTRIES: f32 = 0.85;

/// Whether a day without a time of day is the one that a summary tells of: in prose, or before it, not in what another
/// report is called or a label asks for.
fn is_told_of(scope: &Scope<'_>, sentence: &Range<u32>, time: &TimeMention, base: f32) -> bool {
    let line = &scope.lines[scope.line_at(sentence.start)];
    let is_prose = matches!(line.kind, LineKind::Text(_) | LineKind::Item);
    let is_asked_for = line.label.as_ref().is_some_and(|label| !label.name.contains(&time.start));
    (EARLY - FAR..=EARLY).contains(&base)
        && is_prose
        && !is_asked_for
        && !is_set_off(scope, sentence, time)
        && scope.link_at(time.start).is_none()
        && !Cues::of(scope, sentence).has(Cue::Elsewhere)
}

/// Whether a day heads a line like the byline of a report, `2024-05-03 — the queue that grew`, or bounds others: `≥ 2024-05-03`.
fn is_set_off(scope: &Scope<'_>, sentence: &Range<u32>, time: &TimeMention) -> bool {
    let before = scope.text(sentence.start..time.start).trim_end();
    let after = scope.text(time.end..sentence.end).trim_start();
    let behind = time.end..sentence.end;
    // "3 May 2024 — Payments failed" tells what happened on that day.
    let tells = says(scope, &behind, Event::Starts) || says(scope, &behind, Event::Suffers);
    before.is_empty() && after.starts_with(['—', '–', '-', '·', '|']) && !tells
        || before.ends_with(['≥', '≤', '<', '>', '='])
}

/// Whether a day is part of the name or the address of a file, `notes-2024-05-03.md`; what is glued to it without a letter
/// is another day or a time, as in `2024-05-03/04`.
fn is_in_name(scope: &Scope<'_>, time: &TimeMention) -> bool {
    let (before, after) = scope.around(&(time.start..time.end), |letter| {
        letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '/' | '.')
    });
    let has_letter = |text: &str| text.contains(|letter: char| letter.is_ascii_alphabetic());
    let has_ending = after.rsplit_once('.').is_some_and(|(_, ending)| {
        (1..=LONGEST_ENDING).contains(&ending.len())
            && ending.bytes().all(|letter| letter.is_ascii_lowercase())
    });
    // `PM-20260927-01`
    let is_run = scope.text(time.start..time.end).bytes().all(|letter| letter.is_ascii_digit());
    (has_letter(before) || has_letter(after)) && (has_ending || is_run || before.contains('/'))
}

/// The ending of a file's name has so many letters at most.
const LONGEST_ENDING: usize = 5;

/// A reading of the moment of an event; what is only planned did not happen then.
pub(super) fn push(event: Event, reading: Reading, found: &mut Moments) {
    match event {
        Event::Starts => found.started.push(reading),
        Event::Detects => found.detected.push(reading),
        Event::Mitigates => found.mitigated.push(reading),
        Event::Resolves => found.resolved.push(reading),
        _ => {}
    }
}

/// How sure the answer to a question is.
pub(super) const ANSWER: f32 = 0.9;
/// By how much surer the day is of which a summary says that it began then.
const HAPPENED: f32 = 0.1;
/// By how much less sure it is that something began or ended where the text only says "since" or "until".
const OPEN: f32 = 0.14;
/// How sure a window is the incident's that was planned.
const PLANNED: f32 = 0.45;

/// From when to when a sentence says that it was.
fn window(
    scope: &Scope<'_>,
    sentence: &Range<u32>,
    times: &[TimeMention],
    at: usize,
    base: f32,
    found: &mut Moments,
) {
    let rule = RuleId("time/prose");
    let time = &times[at];
    let (Some(from), Some(to)) = (time.first(), time.last()) else { return };
    // `11:15 UTC → 11:15 KST` is no time that passed.
    if from.clock.is_some() && from.moment() == to.moment() {
        return;
    }
    // Days alone are those of the incident only where a single day would be.
    let line = &scope.lines[scope.line_at(sentence.start)];
    let is_set_off = line.opens || line.item.is_some() || line.label.is_some();
    if from.clock.is_none() && !is_set_off && !is_told_of(scope, sentence, time, base) {
        return;
    }
    let bonus = if from.clock.is_some() { 0.05 } else { -0.1 };
    let again = at.checked_sub(1).is_some_and(|before| goes_on(scope, &times[before], time));
    let mut certainty = base + bonus + if again { AGAIN } else { 0.0 };
    if Around::of(scope, sentence, times, at).is_planned() {
        certainty = certainty.min(PLANNED);
    }
    // The first window is the incident's; one further down tells of a part of it.
    let same = |reading: &Reading| reading.after.is_some() && reading.certainty == certainty;
    if !again && found.resolved.iter().any(same) {
        certainty -= 2.0 * AGAIN;
    }
    if !again {
        found.started.push(reading(from, rule, certainty));
    }
    // "In the night of 29 to 30 May": a night, of which no end is known.
    let is_night = |day: PartialDate| to.clock.is_none() && to.date == Some(day.plus_days(1));
    if from.date.is_some_and(is_night) {
        return;
    }
    found.resolved.push(Reading { after: Some(from.moment()), ..reading(to, rule, certainty) });
}

/// Of several windows the last one ends it.
const AGAIN: f32 = 0.002;
/// The words between two windows of one incident take so many bytes at most.
const BETWEEN: usize = 24;

/// Whether a window goes on a list of them: "from 9:36 to 10:39, then from about 11:30 to 11:55".
pub(super) fn goes_on(scope: &Scope<'_>, before: &TimeMention, time: &TimeMention) -> bool {
    let (Some(end), Some(next)) = (before.last(), time.first()) else { return false };
    let between = scope.text(before.end..time.start);
    let is_list = between.len() <= BETWEEN && !between.contains(['(', ')', '=', '/']);
    is_list
        && (end.zone == next.zone || end.zone.is_none() || next.zone.is_none())
        && end.clock.is_some()
        && next.clock.is_some()
        && end.moment().precedes(next.moment()) != Some(false)
}

/// "10:00 to 11:20 (about 80 minutes)", "the shop was down (1 hour)": nothing else stands in the brackets.
fn in_brackets(scope: &Scope<'_>, sentence: &Range<u32>, time: &TimeMention) -> bool {
    let before = scope.text(sentence.start..time.start);
    let Some((_, inside)) = before.rsplit_once('(') else { return false };
    let closes = scope.text(time.end..sentence.end).starts_with(')');
    let is_vague = |word: &str| {
        let word = word.trim_matches(['~', '.']).to_lowercase();
        word.is_empty() || scope.vocab.clock.connector(&word) == Some(Connector::At)
    };
    closes && inside.split_whitespace().all(is_vague)
}

/// Whether a sentence stands where nothing else is told than the trouble: in the summary, above all sections. English words
/// of lasting say what lasts; those of Korean, as `동안` and `걸렸다`, are said of anything.
fn tells_trouble(scope: &Scope<'_>, sentence: &Range<u32>) -> bool {
    let line = &scope.lines[scope.line_at(sentence.start)];
    let heading = scope.parts[line.part as usize].heading;
    scope.lang != Lang::Ko
        || heading.is_none_or(|heading| scope.is_title(heading as usize))
        || line.roles.any(&[SectionRole::Summary, SectionRole::Impact])
}

/// Whether a trouble went on for a length, or was over after it: "uploads kept failing for 2 hours", "back within 20 minutes".
fn is_of_event(scope: &Scope<'_>, sentence: &Range<u32>, time: &TimeMention) -> bool {
    let clock = &scope.vocab.clock;
    let lead = scope.text(sentence.start..time.start).trim_end();
    let is_vague = |word: &&str| clock.connector(&word.to_lowercase()) == Some(Connector::At);
    let word = match scope.lang {
        Lang::En => lead.split_whitespace().rev().find(|word| !is_vague(word)),
        // `10시간째`, `18분 만에`: the end of the length or the next word.
        Lang::Ko => scope.text(time.end..sentence.end).split_whitespace().next(),
    };
    let own = scope.text(time.start..time.end).split_whitespace().next_back();
    let words = [word, own.filter(|_| scope.lang == Lang::Ko)];
    let words = words.map(|word| word.unwrap_or_default().to_lowercase());
    let event = if words.iter().any(|word| clock.lasts_for(word)) {
        Event::Starts
    } else if words.iter().any(|word| clock.over_in(word)) {
        Event::Resolves
    } else {
        return false;
    };
    let near =
        time.start.saturating_sub(NEAR).max(sentence.start)..(time.end + NEAR).min(sentence.end);
    let beside = |end: u32| scope.text(end.min(time.start)..time.start).split_whitespace().count();
    scope.mentions(near).any(|said| {
        // "Errors were cached for a day" tells of what was done: only the trouble's own word leads to how long it was.
        let suffers = event == Event::Starts
            && scope.lang == Lang::En
            && said.meaning == Meaning::Event(Event::Suffers);
        let most = if suffers { RIGHT_BESIDE } else { BESIDE };
        (said.meaning == Meaning::Event(event) || suffers)
            && (scope.lang == Lang::Ko || said.end <= time.start && beside(said.end) <= most)
    })
}

/// Whether a length counts from the beginning to an event: "noticed 10 minutes later", `10분 뒤 감지`.
fn counts_to(scope: &Scope<'_>, sentence: &Range<u32>, time: &TimeMention, event: Event) -> bool {
    let clock = &scope.vocab.clock;
    // A goal, a setting, and what is told of another incident were not.
    let cues = Cues::of(scope, sentence);
    if [Cue::Plans, Cue::Supposes, Cue::Elsewhere, Cue::Negates]
        .into_iter()
        .any(|cue| cues.has(cue))
    {
        return false;
    }
    let lead = time.start.saturating_sub(NEAR / 2).max(sentence.start)..time.start;
    let tail = time.end..(time.end + NEAR / 2).min(sentence.end);
    let counts =
        |word: Option<&str>| word.is_some_and(|word| clock.counts_on(&word.to_lowercase()));
    let own = scope.text(time.start..time.end).split_whitespace().next_back();
    let is_letter = |letter: char| !letter.is_alphanumeric();
    let behind = scope.text(tail.clone()).trim_start().split(is_letter).next();
    match scope.lang {
        Lang::En => {
            let before = scope.text(lead.clone()).trim_end().rsplit(is_letter).next();
            (counts(before) || counts(behind)) && words::event_in(scope, &lead) == Some(event)
        }
        // `배포 3시간 뒤` counts from something else than the trouble.
        Lang::Ko => {
            let counted = scope.text(lead.clone()).trim().is_empty()
                || says(scope, &lead, Event::Starts)
                || says(scope, &lead, Event::Suffers);
            (counts(own) || counts(behind)) && counted && says(scope, &tail, event)
        }
    }
}

/// "Noticed after 4 minutes": whether a length is up to the notice, and none of the incident.
pub(super) fn is_to_notice(scope: &Scope<'_>, sentence: &Range<u32>, time: &TimeMention) -> bool {
    let lead = time.start.saturating_sub(NEAR / 2).max(sentence.start)..time.start;
    words::event_in(scope, &lead) == Some(Event::Detects)
}

/// "Noticed 4 minutes later, over 2 hours after detection": whether a length counts on from a notice that was itself told by
/// how long it took; alone it is as good a length as any.
pub(super) fn is_from_notice(scope: &Scope<'_>, sentence: &Range<u32>, time: &TimeMention) -> bool {
    let tail = time.end..(time.end + NEAR / 2).min(sentence.end);
    let behind = scope.text(tail.clone()).split_whitespace().next();
    let counts = behind.is_some_and(|word| scope.vocab.clock.counts_on(word));
    let is_told = |before: &TimeMention| {
        let is_length = matches!(before.kind, TimeKind::Length(_));
        before.end <= time.start && is_length && is_to_notice(scope, sentence, before)
    };
    scope.lang == Lang::En
        && counts
        && says(scope, &tail, Event::Detects)
        && scope.times(sentence.clone()).iter().any(is_told)
}

/// "The retention is 30 days", `30일 동안 보관`, "the last 90 days": whether a length is that of something which is kept or
/// holds good, or one up to now.
fn is_of_else(scope: &Scope<'_>, sentence: &Range<u32>, time: &TimeMention) -> bool {
    let lead = scope.text(sentence.start..time.start).trim_end().to_lowercase();
    let near =
        sentence.start.max(time.start.saturating_sub(NEAR))..sentence.end.min(time.end + NEAR);
    // "The TTL meant that the outage took 45 minutes" names the trouble between.
    let beside = |from: u32, to: u32| {
        from <= to
            && scope.text(from..to).split_whitespace().count() <= KEPT
            && !says(scope, &(from..to), Event::Suffers)
    };
    let mut said = scope.mentions(near).filter(|said| said.meaning == Meaning::Event(Event::Holds));
    let is_beside = |said: &Mention| {
        beside(said.end, time.start) || scope.lang == Lang::Ko && beside(time.end, said.start)
    };
    let is_days = matches!(time.kind, TimeKind::Length(minutes) if minutes >= LOOK_BACK);
    said.any(is_beside) || is_days && scope.vocab.clock.ends_gone_by(&lead)
}

/// So many words stand at most between what is kept and how long it is.
const KEPT: usize = 6;

/// Who looks back looks back a day or more, in minutes: "the last 3 hours" may be all of the incident.
const LOOK_BACK: f64 = 24.0 * 60.0;

/// By how much less sure a moment is that is only counted from the beginning.
const COUNTED: f32 = 0.3;

/// So many words stand at most between what went on and how long it did.
const BESIDE: usize = 4;
/// Such as "for" and "about".
const RIGHT_BESIDE: usize = 2;

/// The words that say that a length is that of the incident stand within so many bytes of it.
const NEAR: u32 = 40;

/// A length that a sentence states for the incident.
fn stated(
    scope: &Scope<'_>,
    sentence: &Range<u32>,
    times: &[TimeMention],
    base: f32,
    found: &mut Moments,
) {
    for (at, time) in times.iter().enumerate() {
        if let TimeKind::Length(minutes) = time.kind {
            let near = sentence.start.max(time.start.saturating_sub(NEAR))
                ..sentence.end.min(time.end + NEAR);
            let is_of_notice =
                is_to_notice(scope, sentence, time) || is_from_notice(scope, sentence, time);
            let is_of_else = is_of_else(scope, sentence, time);
            let lasts = |meaning: Meaning| {
                matches!(meaning, Meaning::Event(Event::Lasts) | Meaning::Label(Label::Duration))
            };
            // Behind another number it says a setting again: "900 seconds (15 minutes)".
            let is_gloss = |before: Option<&TimeMention>| match before {
                Some(before) => before.first().is_some(),
                None => says(scope, sentence, Event::Suffers),
            };
            let is_beside = in_brackets(scope, sentence, time) && is_gloss(times[..at].last());
            let cued = !is_of_notice
                && (is_of_event(scope, sentence, time)
                    || is_beside
                    || !is_of_else
                        && (minutes < LOOK_BACK
                            && counts_to(scope, sentence, time, Event::Resolves)
                            || tells_trouble(scope, sentence)
                                && scope.mentions(near).any(|said| lasts(said.meaning))));
            if counts_to(scope, sentence, time, Event::Detects) {
                let range = time.start..time.end;
                let rule = RuleId("time/prose");
                found.detected.push(Reading::later(minutes, range, rule, base - COUNTED));
            }
            let certainty = if cued && minutes >= 1.0 { base - 0.05 } else { base - 0.4 };
            found.lengths.push(Fact::new(
                minutes,
                scope.span(time.start..time.end),
                RuleId("length/prose"),
                certainty,
            ));
        }
    }
}
