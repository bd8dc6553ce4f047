//! What the words around a time say that happened then.

use std::ops::Range;

use crate::extract::detection::is_denied;
use crate::extract::scope::Scope;
use crate::extract::time::{TimeKind, TimeMention};
use crate::model::kind::Lang;
use crate::vocab::clock::Connector;
use crate::vocab::meaning::{Cue, Event, Label, Meaning, Strength};

/// A moment in a sentence with the words that may say what it is the moment of.
pub(super) struct Around<'s, 'a> {
    scope: &'s Scope<'a>,
    sentence: Range<u32>,
    /// From the moment before it.
    lead: Range<u32>,
    /// To the moment after it.
    tail: Range<u32>,
    is_first: bool,
    is_last: bool,
    /// A list of moments that names each before it.
    names_first: bool,
}

impl<'s, 'a> Around<'s, 'a> {
    /// The words around one of the times of a sentence.
    pub(super) fn of(
        scope: &'s Scope<'a>,
        sentence: &Range<u32>,
        times: &[TimeMention],
        at: usize,
    ) -> Self {
        // "two minutes later, at 10:07": a length stands between no moment and its words.
        let is_moment = |time: &&TimeMention| time.first().is_some();
        let before = times[..at].iter().rfind(is_moment);
        // `11시에 멈추어 48분 만에 복구`: what came after so long did not come at that moment.
        let ends = |time: &&TimeMention| is_moment(time) || comes_after(scope, time);
        let next = times[at + 1..].iter().find(ends);
        let from = before.map_or(sentence.start, |before| before.end);
        let to = next.map_or(sentence.end, |after| after.start);
        let first = times.iter().find(is_moment).map_or(sentence.end, |first| first.start);
        let (lead, tail) = (from..times[at].start, times[at].end..to);
        Self {
            scope,
            sentence: sentence.clone(),
            tail: if next.is_some() { own_tail(scope, lead.clone(), tail) } else { tail },
            lead,
            is_first: before.is_none(),
            is_last: next.is_none(),
            names_first: name_of(scope, &(sentence.start..first)).is_some(),
        }
    }

    /// The words before a time bind closer than those after it, unless they tell what had been before; behind a time
    /// that opens its clause, and in Korean, whose verbs come last, it is the other way round.
    pub(super) fn event(&self) -> Option<Event> {
        let (scope, lead) = (self.scope, &self.lead);
        if let Some((event, is_set_off)) = name_of(scope, lead)
            && (is_set_off || self.names_first)
        {
            return Some(event);
        }
        // "Our probe fired at 07:02": who or what noticed stands before it, whatever the word for what it did.
        let by_whom = || says_who(scope, lead).then_some(Event::Detects);
        let before = || event_in(scope, lead).filter(|&event| tells(event)).or_else(by_whom);
        let after = || event_after(scope, &self.tail, self.is_last);
        if scope.lang == Lang::Ko || !self.is_first && opens_clause(scope, lead) {
            let said = after().or_else(before);
            // `알람은 00:05에 발생했다`: what began is the notice.
            let is_notice = said == Some(Event::Starts)
                && before() == Some(Event::Detects)
                && !scope.text(lead.clone()).contains([',', '.', ';', '(']);
            if is_notice { Some(Event::Detects) } else { said }
        } else {
            // "The outage at 10:05 was resolved" names no end.
            let is_start = |event: &Event| *event == Event::Resolves && self.is_struck();
            before().or_else(|| after().filter(|event| !is_start(event)))
        }
    }

    /// "At 10:05 two customers rang us": whether somebody or something is named that noticed, whatever the words for it.
    pub(super) fn tells_who(&self) -> bool {
        says_who(self.scope, &(self.lead.start..self.tail.end))
    }

    /// "A short outage at 10:05": whether what a word leads to the time from is the trouble itself.
    pub(super) fn is_struck(&self) -> bool {
        let clock = &self.scope.vocab.clock;
        let mut rest = self.scope.text(self.lead.clone()).trim_end();
        while let Some(word) = rest.split_whitespace().next_back()
            && clock.connector(&word.to_lowercase()) == Some(Connector::At)
        {
            rest = rest.strip_suffix(word).unwrap_or_default().trim_end();
        }
        let end = self.lead.start + rest.len() as u32;
        let is_led = self.scope.lang == Lang::En && end + 1 < self.lead.end;
        let suffers = Meaning::Event(Event::Suffers);
        is_led
            && self
                .scope
                .mentions(self.lead.start..end)
                .any(|said| said.meaning == suffers && said.end == end)
    }

    /// "At 10:30 pages were fast again": whether it is as it was, and nothing suffers.
    pub(super) fn is_as_before(&self) -> bool {
        let clause = self.lead.start..self.tail.end;
        let says = |event: Event| says(self.scope, &clause, event);
        says(Event::Again) && !says(Event::Suffers) && !says(Event::Precedes)
    }

    /// Whether what stands there was only meant to be: "planned from 22:00 to 23:00", `02:00~04:00 예정이었으나`.
    pub(super) fn is_planned(&self) -> bool {
        let plans = |range: &Range<u32>| says(self.scope, range, Event::Plans);
        match self.scope.lang {
            Lang::Ko => self.is_first && plans(&self.lead) || plans(&self.tail),
            Lang::En => plans(&self.lead),
        }
    }

    /// "It broke at 09:58", `09:58부터`: whether a word leads to the time and says that this happened then. "Seen since
    /// 09:58" tells of no notice.
    pub(super) fn is_led(&self, event: Event) -> bool {
        let clock = &self.scope.vocab.clock;
        let leads = |word: &str| {
            let word = word.to_lowercase();
            clock.connector(&word) == Some(Connector::At)
                || event == Event::Starts && clock.is_since(&word)
        };
        let lead = self.scope.text(self.lead.clone()).trim_end();
        let before = lead.rsplit(|letter: char| !letter.is_alphanumeric()).next();
        let tail = self.scope.text(self.tail.clone());
        let behind = tail.split(|letter: char| !letter.is_alphanumeric()).next();
        before.is_some_and(leads) || self.scope.lang == Lang::Ko && behind.is_some_and(leads)
    }

    /// "slow since the release at 10:05" tells of a beginning, "until 10:30" of an end, though no word says of what.
    pub(super) fn open_end(&self) -> Option<Event> {
        let (scope, clock) = (self.scope, &self.scope.vocab.clock);
        let says = |event: Event| says(scope, &self.sentence, event);
        let lead = scope.text(self.lead.clone());
        let words =
            || lead.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let nearest =
            words().rev().find(|word| clock.connector(&word.to_lowercase()) != Some(Connector::At));
        // A particle stands behind the time, or is the end of it: `10시 5분부터`, `10:05부터`.
        let time = scope.text(self.lead.end..self.tail.start);
        let tail = scope.text(self.tail.clone());
        let particle =
            tail.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let ends = |is: &dyn Fn(&str) -> bool| {
            is(particle)
                || time.char_indices().rev().take(3).any(|(at, _)| time.get(at..).is_some_and(is))
        };
        let is_since = |word: &str| clock.is_since(&word.to_lowercase());
        let is_until = |word: &str| clock.is_until(&word.to_lowercase());
        let from = nearest.is_some_and(|word| clock.leads_window(&word.to_lowercase()));
        if from || words().any(is_since) || ends(&is_since) {
            let clause = match scope.lang {
                Lang::Ko => self.lead.start..self.tail.end,
                Lang::En => self.sentence.clone(),
            };
            let is_end = self::says(scope, &clause, Event::Resolves);
            return Some(if is_end { Event::Resolves } else { Event::Starts });
        }
        let until = words().any(is_until) || ends(&is_until);
        (until && !says(Event::Closes)).then_some(Event::Resolves)
    }
}

/// What stands behind a time, up to the clause that leads to the next one: "stopped at 02:14 and was noticed at 08:05".
fn own_tail(scope: &Scope<'_>, lead: Range<u32>, tail: Range<u32>) -> Range<u32> {
    let (text, clock) = (scope.text(tail.clone()), &scope.vocab.clock);
    // "Released at 10:00, and nobody could pay until 10:40": what lasts until the next began at this one.
    let last = text.split(|letter: char| !letter.is_alphanumeric()).rfind(|word| !word.is_empty());
    if last.is_some_and(|word| clock.is_until(&word.to_lowercase())) {
        return tail;
    }
    let mut words = text.match_indices(|letter: char| !letter.is_alphanumeric()).map(|(at, _)| at);
    let joins = |&at: &usize| {
        let word = text.get(at..).unwrap_or_default().trim_start();
        let end = word.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(word.len());
        word.get(..end).is_some_and(|word| clock.joins(&word.to_lowercase()))
    };
    let join = words.rfind(joins);
    let Some(end) = join.max(text.rfind([',', ';'])) else { return tail };
    // "At 10:05, all was well again at 10:30" tells nothing of the first before its comma.
    let is_led = |word: &str| word.is_empty() || clock.connector(word) == Some(Connector::At);
    let lead = scope.text(lead).to_lowercase();
    let has_words = !lead.split(|letter: char| !letter.is_alphanumeric()).all(is_led);
    let is_told = text.get(..end).is_some_and(|told| !told.trim().is_empty());
    if has_words || is_told { tail.start..tail.start + end as u32 } else { tail }
}

/// `48분 만에`, `48분 뒤`: whether a length counts on to what stands behind it, as in Korean.
fn comes_after(scope: &Scope<'_>, time: &TimeMention) -> bool {
    let clock = &scope.vocab.clock;
    let text = scope.text(time.start..scope.sentence_at(time.start).end.max(time.end));
    let (own, behind) = text.split_at_checked((time.end - time.start) as usize).unwrap_or_default();
    let mut words = own.split_whitespace().next_back().into_iter();
    let counts = |word: &str| clock.over_in(word) || clock.counts_on(word);
    scope.lang == Lang::Ko
        && matches!(time.kind, TimeKind::Length(_))
        && (words.any(counts) || behind.split_whitespace().next().is_some_and(counts))
}

/// Whether a range names somebody or something that noticed, and does not deny it.
pub(super) fn says_who(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    scope.mentions(range.clone()).any(|said| {
        matches!(said.meaning, Meaning::Detection(_, Strength::Strong))
            && !is_denied(scope, range, &(said.start..said.end))
    })
}

/// Whether an event says what a single moment is the moment of.
fn tells(event: Event) -> bool {
    matches!(
        event,
        Event::Starts | Event::Detects | Event::Mitigates | Event::Resolves | Event::Closes
    )
}

/// Whether a range names an event.
pub(super) fn says(scope: &Scope<'_>, range: &Range<u32>, event: Event) -> bool {
    scope.says(range, Meaning::Event(event))
}

/// `Last recovery: 10:05`, `복구 → 10:05`, `end 10:05`: the name of a moment right before it, and whether a sign sets
/// it off.
fn name_of(scope: &Scope<'_>, lead: &Range<u32>) -> Option<(Event, bool)> {
    let gap = |end: u32| scope.text(end..lead.end).trim();
    let is_sign = |gap: &str| {
        matches!(
            gap,
            ":" | "：" | "→" | "->" | "=>" | "=" | "-" | "–" | "—" | "(" | "[" | "|" | "@"
        )
    };
    named(scope, lead)
        .filter(|&(end, _)| gap(end).is_empty() || is_sign(gap(end)))
        .max_by_key(|&(end, _)| end)
        .map(|(end, event)| (event, !gap(end).is_empty()))
}

/// The moments that phrases and labels of a range name, each with the end of its words.
fn named(scope: &Scope<'_>, range: &Range<u32>) -> impl Iterator<Item = (u32, Event)> {
    scope.mentions(range.clone()).filter_map(|mention| match mention.meaning {
        Meaning::Event(event) if tells(event) => Some((mention.end, event)),
        Meaning::Label(label) => Some((mention.end, event_of(label)?)),
        _ => None,
    })
}

/// "On Thursday 14 March, …": whether nothing but what leads to a time stands before it.
pub(super) fn opens_with(scope: &Scope<'_>, sentence: &Range<u32>, time: &TimeMention) -> bool {
    let lead = scope.text(sentence.start..time.start).to_lowercase();
    let mut words =
        lead.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| scope.vocab.clock.connector(word) == Some(Connector::At))
}

/// What a question asks for the moment of: "When was it noticed?"
pub(super) fn asks(scope: &Scope<'_>, sentence: &Range<u32>) -> Option<Event> {
    if !scope.text(sentence.clone()).ends_with(['?', '？']) {
        return None;
    }
    named(scope, sentence).max_by_key(|&(end, _)| end).map(|(_, event)| event)
}

/// "Unlike the outage of 3 May", `5월 3일 장애와 달리`: whether a time is that of another incident, which stands right beside it.
pub(super) fn is_of_another(scope: &Scope<'_>, time: &TimeMention) -> bool {
    let sentence = scope.sentence_at(time.start);
    let near =
        sentence.start.max(time.start.saturating_sub(NEAR))..sentence.end.min(time.end + NEAR);
    let beside = |between: Range<u32>| {
        let text = scope.text(between);
        !text.contains([',', ';']) && text.split_whitespace().count() <= LED
    };
    // "In the past 40 minutes" is no moment.
    let is_moment = time.first().is_some();
    scope.mentions(near).filter(|_| is_moment).any(|said| {
        matches!(said.meaning, Meaning::Cue(Cue::Elsewhere | Cue::Compares))
            && (said.end <= time.start && beside(said.end..time.start)
                || scope.lang == Lang::Ko
                    && said.start >= time.end
                    && scope.text(time.end..said.start).trim().is_empty())
    })
}

/// What names another incident stands so near its day, in bytes, with so many words between.
const NEAR: u32 = 60;
const LED: usize = 2;

/// The moment that few words name and say nothing else: a cell, the first words of an entry.
pub(super) fn name(scope: &Scope<'_>, range: &Range<u32>) -> Option<Event> {
    if scope.text(range.clone()).split_whitespace().count() > MOST_WORDS {
        return None;
    }
    scope.covering(range, |meaning| match meaning {
        Meaning::Label(Label::DetectedBy) => Some(Event::Detects),
        Meaning::Label(label) => event_of(label),
        Meaning::Event(event) => Some(event).filter(|&event| tells(event)),
        _ => None,
    })
}

/// Such a name has so many words at most.
const MOST_WORDS: usize = 3;

/// What happened at the moment that a label names.
pub(super) fn event_of(label: Label) -> Option<Event> {
    match label {
        Label::Started => Some(Event::Starts),
        Label::Detected => Some(Event::Detects),
        Label::Mitigated => Some(Event::Mitigates),
        Label::Resolved => Some(Event::Resolves),
        _ => None,
    }
}

/// Whether the words before a time end a clause: ", at 10:05 the alert came and at 10:30 all was well".
fn opens_clause(scope: &Scope<'_>, before: &Range<u32>) -> bool {
    let clock = &scope.vocab.clock;
    let mut rest = scope.text(before.clone()).trim_end();
    loop {
        let head = rest.trim_end_matches(char::is_alphabetic);
        let word = rest.get(head.len()..).unwrap_or_default().to_lowercase();
        match clock.connector(&word) {
            Some(Connector::At) => rest = head.trim_end(),
            // "and" joins clauses as it joins the ends of a range.
            Some(Connector::To) => return true,
            None => return rest.ends_with([',', ';']),
        }
    }
}

/// The event that the last phrase of a range names.
pub(super) fn event_in(scope: &Scope<'_>, range: &Range<u32>) -> Option<Event> {
    events(scope, range).max_by_key(|&(at, _)| at).map(|(_, event)| event)
}

/// The event that the first phrase after a time names; one that leads to the next time is of that one.
fn event_after(scope: &Scope<'_>, range: &Range<u32>, is_last: bool) -> Option<Event> {
    let own = if is_last { None } else { leads_on(scope, range) };
    events(scope, range)
        .filter(|&(_, event)| tells(event))
        .filter(|&(end, _)| own.is_none_or(|own| end < own))
        .min_by_key(|&(at, _)| at)
        .map(|(_, event)| event)
}

/// "… restored at 10:30", "… down until 10:30", "… recovery: 10:30": where the words begin that lead to the next time; nowhere
/// where none do. What lasts until then is no event of it unless its phrase says "until".
fn leads_on(scope: &Scope<'_>, between: &Range<u32>) -> Option<u32> {
    let text = scope.text(between.clone()).trim_end();
    let connector = |word: &str| scope.vocab.clock.connector(&word.to_lowercase());
    let mut rest = text;
    while let Some(word) = rest.split_whitespace().next_back() {
        match connector(word) {
            Some(Connector::At) => rest = rest.strip_suffix(word).unwrap_or_default().trim_end(),
            Some(Connector::To) => return Some(between.start + rest.len() as u32),
            None => break,
        }
    }
    let rest = rest.strip_suffix(':').unwrap_or(rest);
    (rest.len() < text.len()).then_some(between.start + rest.len() as u32)
}

/// The events that the phrases of a range name, each with the end of its phrase.
fn events(scope: &Scope<'_>, range: &Range<u32>) -> impl Iterator<Item = (u32, Event)> {
    scope.mentions(range.clone()).filter_map(|mention| match mention.meaning {
        Meaning::Event(event) if !is_sign(event) => Some((mention.end, event)),
        _ => None,
    })
}

/// Whether an event is only a sign, which says nothing of the time beside it.
fn is_sign(event: Event) -> bool {
    matches!(
        event,
        Event::Suffers
            | Event::Again
            | Event::Relapses
            | Event::Lasts
            | Event::Onset
            | Event::Holds
    )
}
