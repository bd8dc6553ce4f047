//! What an author's value says: moments, lengths, shares, titles, action items.

use crate::base::span::Span;
use crate::extract::severity::MOST_WORDS;
use crate::extract::time::{Habits, TimeKind, scan};
use crate::model::action::{Action, Status};
use crate::model::timeline::Entry;
use crate::model::when::{Clock, Moment, PartialDate};
use crate::parse::front_matter::Value;
use crate::vocab::Vocabulary;

/// `2024-07-15`, `--07-15`, `2024-07`, `2024-07-15T09:45`, `T09:45`, `09:45`, seconds and offset allowed.
pub fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let (date, clock) = match text.split_once(['T', 't', ' ']) {
        Some((date, clock)) => (date, Some(clock.trim())),
        None if text.contains(':') => ("", Some(text)),
        None => (text, None),
    };
    let date = if date.is_empty() { None } else { Some(self::date(date)?) };
    let clock = match clock {
        None => None,
        Some(clock) => {
            let mut parts = clock.split([':', '+', '-', 'Z', 'z', '.']);
            let mut next = || parts.next()?.trim().parse::<u8>().ok();
            Some(Clock::new(next()?, next()?, next().unwrap_or(0))?)
        }
    };
    (date.is_some() || clock.is_some()).then_some(Moment { date, clock })
}

/// The minutes east of UTC that stand behind the time of day: `Z`, `+09:00`, `-0330`.
pub(super) fn offset(text: &str) -> Option<i16> {
    let (_, clock) = text.split_once(':')?;
    if clock.trim_end().ends_with(['Z', 'z']) {
        return Some(0);
    }
    let (_, rest) = clock.split_at_checked(clock.find(['+', '-'])?)?;
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { 0 } else { minutes.parse::<i16>().ok()? };
    let size = hours.parse::<i16>().ok()? * 60 + minutes;
    (size <= MOST_OFFSET).then_some(if rest.starts_with('-') { -size } else { size })
}

/// No clock is further from UTC than fourteen hours.
const MOST_OFFSET: i16 = 14 * 60;

fn date(text: &str) -> Option<PartialDate> {
    if let Some(rest) = text.strip_prefix("--") {
        let (month, day) = rest.split_once('-')?;
        return PartialDate::yearless(month.parse().ok()?, day.parse().ok()?);
    }
    let mut parts = text.split(['-', '/', '.']);
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    match parts.next() {
        Some(day) => PartialDate::new(year, month, day.parse().ok()?),
        None => PartialDate::month_of(year, month),
    }
}

/// Minutes: `95`, `95 minutes`, `1h 35m`.
pub(super) fn length(text: &str, vocab: &Vocabulary) -> Option<f64> {
    if let Ok(minutes) = text.parse::<f64>() {
        return (minutes.is_finite() && minutes >= 0.0).then_some(minutes);
    }
    let times = scan(text, 0, &vocab.clock, Habits::default());
    times.iter().find_map(|time| match time.kind {
        TimeKind::Length(minutes) => Some(minutes),
        _ => None,
    })
}

/// `12`, `12 %`.
pub(super) fn percent(text: &str) -> Option<f64> {
    let number = text.trim_end_matches('%').trim().parse().ok();
    number.filter(|value| (0.0..=100.0).contains(value))
}

/// `SEV-2`, `P1 (critical)`: a sentence is no level.
pub(super) fn level(text: &str) -> Option<String> {
    (text.split_whitespace().count() <= MOST_WORDS).then(|| text.to_owned())
}

/// A title as text: markup and entities read, "Postmortem:" and its kind gone, unless nothing would be left.
pub(super) fn title(text: &str, vocab: &Vocabulary) -> String {
    let text = crate::parse::markdown::plain_text(text);
    let kept = crate::extract::title::clean(&text, vocab);
    if kept.is_empty() { text } else { text.get(kept).unwrap_or_default().to_owned() }
}

/// A text, a list of texts, or of tables with `text`, `owner`, `due` and `status`; nothing where none of them says what is to be done.
pub(super) fn actions(value: &Value, span: Span) -> Option<Vec<Action>> {
    let items = match value {
        Value::List(items) => items.as_slice(),
        Value::Text(_) => std::slice::from_ref(value),
        _ => return None,
    };
    let blank = |text: String| Action {
        text,
        theme: None,
        term: None,
        owner: None,
        due: None,
        status: None,
        span,
    };
    let read: Vec<Action> = items
        .iter()
        .filter_map(|item| match item {
            Value::Map(map) => {
                let text = |key: &str| map.get(key).and_then(Value::text);
                let mut action = blank(text("text").or_else(|| text("title"))?);
                action.owner = text("owner");
                action.due = text("due").as_deref().and_then(moment).and_then(|moment| moment.date);
                action.status = text("status").as_deref().and_then(Status::parse);
                Some(action)
            }
            other => other.text().filter(|text| !text.is_empty()).map(blank),
        })
        .collect();
    (items.is_empty() || !read.is_empty()).then_some(read)
}

/// A list of tables with a time and what happened then, as the tools of status pages write it, or of texts that
/// begin with a time.
pub(super) fn timeline(value: &Value, span: Span) -> Vec<Entry> {
    let Value::List(items) = value else { return Vec::new() };
    let entry =
        |at, text: String| (!text.is_empty()).then_some(Entry { at, text, kind: None, span });
    items
        .iter()
        .filter_map(|item| match item {
            Value::Map(map) => {
                let of =
                    |keys: &[&str]| keys.iter().find_map(|key| map.get(*key).and_then(Value::text));
                entry(moment(&of(&WHEN)?)?, of(&WHAT)?)
            }
            other => {
                let text = other.text()?;
                let (at, text) = leading_moment(&text)?;
                let told = text.trim_start_matches(|sign: char| !sign.is_alphanumeric());
                entry(at, told.to_owned())
            }
        })
        .collect()
}

/// The moment that a text begins with, and what comes behind it: `10:02 began`, `2024-03-08 10:02 began`.
fn leading_moment(text: &str) -> Option<(Moment, &str)> {
    let (first, rest) = text.split_once([' ', '\t'])?;
    let both = rest.split_once([' ', '\t']).and_then(|(second, rest)| {
        let at = moment(&format!("{first} {second}"))?;
        Some((at, rest))
    });
    both.or_else(|| Some((moment(first)?, rest)))
}

/// Names that tools give the time of an entry, and what it tells.
const WHEN: [&str; 5] = ["at", "time", "timestamp", "when", "date"];
const WHAT: [&str; 6] = ["text", "message", "event", "description", "title", "what"];
