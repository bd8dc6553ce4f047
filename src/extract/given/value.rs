//! What an author's value says: moments, lengths, shares, titles, action items.

use std::collections::BTreeMap;

use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::extract::action::items;
use crate::extract::scope::Scope;
use crate::extract::severity::MOST_WORDS;
use crate::extract::time::{Habits, TimeKind, TimeMention, scan};
use crate::model::action::{Action, Status};
use crate::model::incident::Incident;
use crate::model::timeline::Entry;
use crate::model::when::{Clock, Moment, PartialDate, Zone};
use crate::parse::front_matter::Value;
use crate::parse::parse;
use crate::vocab::Vocabulary;
use crate::vocab::meaning::{Label, Meaning};

/// `2024-07-15`, `--07-15`, `2024-07`, `2024-07-15T09:45`, `T09:45`, `09:45`; seconds, parts of them and an offset allowed.
pub fn moment(text: &str) -> Option<Moment> {
    stamp(text).map(|(moment, _)| moment)
}

/// A moment as data has it or as people write it (`July 15, 2024 10:30 KST`), and the zone that stands beside it.
pub(super) fn written(text: &str, vocab: &Vocabulary) -> Option<(Moment, Option<Zone>)> {
    if let Some((moment, offset)) = stamp(text) {
        return Some((moment, offset.map(zone)));
    }
    let times = scan(text, &vocab.clock, Habits::default());
    let stamp = times.iter().find_map(TimeMention::first)?;
    Some((stamp.moment(), stamp.zone.clone()))
}

/// A moment as data has it, and the minutes by which its clock is ahead of UTC.
fn stamp(text: &str) -> Option<(Moment, Option<i16>)> {
    let text = text.trim();
    let (date, clock) = match text.split_once(['T', 't', ' ']) {
        Some((date, clock)) => (date, Some(clock.trim())),
        None if text.contains(':') => ("", Some(text)),
        None => (text, None),
    };
    let date = if date.is_empty() { None } else { Some(self::date(date)?) };
    let (clock, offset) = match clock {
        None => (None, None),
        Some(clock) => {
            let digits = |sign: char| sign.is_ascii_digit() || sign == ':';
            let (time, rest) =
                clock.split_at_checked(clock.find(|sign| !digits(sign)).unwrap_or(clock.len()))?;
            let mut parts = time.split(':').map(|part| part.parse::<u8>().ok());
            let (hour, minute) = (parts.next()??, parts.next()??);
            let second = parts.next().map_or(Some(0), |part| part)?;
            (Some(Clock::new(hour, minute, second)?), offset(rest)?)
        }
    };
    (date.is_some() || clock.is_some()).then_some((Moment { date, clock }, offset))
}

/// What stands behind the digits of a clock: parts of a second, then `Z`, `+09:00`, `-0330`, or nothing.
fn offset(text: &str) -> Option<Option<i16>> {
    let text =
        text.trim_start_matches(|sign: char| matches!(sign, '.' | ',') || sign.is_ascii_digit());
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    if text.eq_ignore_ascii_case("z") {
        return Some(Some(0));
    }
    let is_west = text.starts_with('-');
    let digits = text.strip_prefix(['+', '-'])?.replacen(':', "", 1);
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { 0 } else { minutes.parse::<u8>().ok()? };
    let size = i16::from(hours.parse::<u8>().ok()?) * 60 + i16::from(minutes);
    (size <= MOST_OFFSET).then_some(Some(if is_west { -size } else { size }))
}

/// No clock is further from UTC than fourteen hours.
const MOST_OFFSET: i16 = 14 * 60;

/// The zone so many minutes east of UTC.
fn zone(minutes: i16) -> Zone {
    let mut zone = Zone { name: "UTC".to_owned(), offset: Some(minutes) };
    if minutes != 0 {
        zone.name = zone.utc_offset().unwrap_or_default();
    }
    zone
}

fn date(text: &str) -> Option<PartialDate> {
    if let Some(rest) = text.strip_prefix("--") {
        let (month, day) = rest.split_once('-')?;
        return PartialDate::yearless(month.parse().ok()?, day.parse().ok()?);
    }
    let mut parts = text.split(['-', '/', '.']);
    // A year of two digits is none of data: what people write so is read as in a text.
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
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
    let times = scan(text, &vocab.clock, Habits::default());
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

/// `30% of users`: the share that a text begins with.
pub(super) fn share(text: &str) -> Option<f64> {
    let (number, _) = text.split_once('%')?;
    percent(number)
}

/// The names that a value lists, and whether all of it are names: texts, divided by commas, or tables that have one.
pub(super) fn names(value: &Value) -> (Vec<String>, bool) {
    let of_map = |value: &Value| match value {
        Value::Map(map) => NAMES.iter().find_map(|key| map.get(*key)?.text()),
        Value::Text(text) => Some(text.trim().to_owned()),
        _ => None,
    };
    let is_name = |name: &String| {
        !name.is_empty() && name.split_whitespace().count() <= MOST_WORDS && !name.contains('%')
    };
    let read: Vec<Option<String>> = match value {
        Value::List(values) => values.iter().map(of_map).collect(),
        Value::Text(_) => value.texts().into_iter().map(Some).collect(),
        Value::Map(_) => vec![of_map(value)],
        _ => vec![None],
    };
    let all = read.iter().all(|name| name.as_ref().is_some_and(is_name));
    (read.into_iter().flatten().filter(is_name).collect(), all)
}

/// Keys of a table that say what something is called.
const NAMES: [&str; 5] = ["name", "title", "service", "component", "id"];

/// `TBD`: whether a text says that there is nothing, or nothing yet.
pub(super) fn is_blank(text: &str, vocab: &Vocabulary) -> bool {
    whole(text, vocab, |meaning| matches!(meaning, Meaning::Leftover(_)).then_some(())).is_some()
}

/// The meaning of the phrase that is all of a short text.
fn whole<T>(text: &str, vocab: &Vocabulary, pick: impl Fn(Meaning) -> Option<T>) -> Option<T> {
    let text = text.trim();
    let mentions = vocab.find(text);
    let mut all = mentions.iter().filter(|said| said.start == 0 && said.end as usize == text.len());
    all.find_map(|said| pick(said.meaning))
}

/// What the words of an entry say, read as those behind a label of a text: `Detection: PagerDuty alert`.
pub(super) fn said(key: &str, words: &str, span: Span, vocab: &Vocabulary) -> Incident {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = format!("# …\n\n{}: {words}\n", key.replace('_', " "));
    let source = Source { id: span.file, path: RelPath::known("entry.md"), text: text.into() };
    let document = parse(&source).value;
    let scope = Scope::new(&source, &document, vocab);
    let mut incident = Incident::unknown(scope.lang);
    crate::extract::read(&scope, &mut incident);
    incident
}

/// The date of a text in digits whose day could be its month.
pub(super) fn ambiguous(text: &str, vocab: &Vocabulary) -> Option<PartialDate> {
    if stamp(text).is_some() {
        return None;
    }
    let times = scan(text, &vocab.clock, Habits::default());
    times.iter().find_map(TimeMention::first).filter(|stamp| stamp.ambiguous)?.date
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

/// A text, a list of texts, or of tables with `text`, `owner`, `due` and `status`, or what else columns of these are called, and whether all of
/// them say what is to be done. A text tells its owner and the like as an item of a report's list does.
pub(super) fn actions(
    value: &Value,
    span: Span,
    vocab: &Vocabulary,
) -> Option<(Vec<Action>, bool)> {
    let items = match value {
        Value::List(items) => items.as_slice(),
        Value::Text(_) => std::slice::from_ref(value),
        _ => return None,
    };
    let told = |item: &Value| match item {
        Value::Map(map) if sentence(map).is_some() => sentence(map),
        Value::Map(map) => of(map, "text", Label::Action, vocab)
            .or_else(|| of(map, "title", Label::Title, vocab))?
            .text(),
        other => other.text(),
    };
    let (texts, told): (Vec<String>, Vec<&Value>) = items
        .iter()
        .filter_map(|item| {
            Some((told(item).filter(|text| text.contains(char::is_alphabetic))?, item))
        })
        .unzip();
    let mut actions = items_of_list(&texts, span, vocab);
    for (action, item) in actions.iter_mut().zip(&told) {
        let Value::Map(map) = item else { continue };
        let text = |key: &str, label: Label| of(map, key, label, vocab).and_then(Value::text);
        let due = text("due", Label::Due).and_then(|due| written(&due, vocab)?.0.date);
        let owner = text("owner", Label::Owner).filter(|owner| !owner.is_empty());
        action.owner = owner.or(action.owner.take()).filter(|owner| !is_blank(owner, vocab));
        action.due = due.or(action.due);
        let is_status = |meaning| match meaning {
            Meaning::Status(status) => Some(status),
            Meaning::Answer(yes) => Some(if yes { Status::Done } else { Status::Open }),
            _ => None,
        };
        let status = text("status", Label::Status);
        action.status = status
            .and_then(|text| Status::parse(&text).or_else(|| whole(&text, vocab, is_status)))
            .or(action.status);
    }
    Some((actions, told.len() == items.len()))
}

/// `Add an alert (owner: Mina)` without quotes is a key and a value to YAML.
fn sentence(map: &BTreeMap<String, Value>) -> Option<String> {
    let (key, value) =
        map.first_key_value().filter(|(key, _)| map.len() == 1 && key.contains(' '))?;
    Some(format!("{key}: {}", value.text()?))
}

/// The value of a key, or of the first that is a label of the same meaning: `assignee`, `due_date`.
fn of<'v>(
    map: &'v BTreeMap<String, Value>,
    key: &str,
    label: Label,
    vocab: &Vocabulary,
) -> Option<&'v Value> {
    let means = |name: &str| {
        let is_label = |meaning| (meaning == Meaning::Label(label)).then_some(());
        whole(&name.replace(['_', '-'], " "), vocab, is_label).is_some()
    };
    let alike = || map.iter().find(|(name, _)| means(name)).map(|(_, value)| value);
    map.get(key).or_else(alike)
}

/// Action items as a list of a report says them.
fn items_of_list(texts: &[String], span: Span, vocab: &Vocabulary) -> Vec<Action> {
    let line =
        |text: &String| format!("- {}\n", text.split_whitespace().collect::<Vec<_>>().join(" "));
    // Behind a heading: what a text begins with may be meant as its title.
    let list = texts.iter().map(line).fold("# …\n\n".to_owned(), |list, line| list + &line);
    let source = Source { id: span.file, path: RelPath::known("list.md"), text: list.into() };
    let document = parse(&source).value;
    let scope = Scope::new(&source, &document, vocab);
    let leaves = (0..scope.lines.len()).filter(|&index| scope.lines[index].item.is_some());
    let read = items(&scope, leaves);
    let blank = |text: &String| Action {
        text: text.clone(),
        theme: None,
        term: None,
        owner: None,
        due: None,
        status: None,
        span,
    };
    // Markup within may make more or fewer lines of a list than there are texts.
    let whole = read.len() == texts.len();
    let read = if whole { read } else { texts.iter().map(blank).collect() };
    read.into_iter().map(|action| Action { span, ..action }).collect()
}

/// A list of tables with a time and what happened then, as the tools of status pages write it, or of texts that
/// begin with a time; nothing where one of them has no time or tells nothing.
pub(super) fn timeline(value: &Value, span: Span, vocab: &Vocabulary) -> Option<Vec<Entry>> {
    let Value::List(items) = value else { return None };
    let read = |item: &Value| {
        let (at, text) = match item {
            Value::Map(map) => {
                let of =
                    |keys: &[&str]| keys.iter().find_map(|key| map.get(*key).and_then(Value::text));
                (written(&of(&WHEN)?, vocab)?.0, of(&WHAT)?)
            }
            other => leading_moment(&other.text()?, vocab)?,
        };
        (!text.is_empty()).then_some(Entry { at, text, kind: None, span })
    };
    items.iter().map(read).collect()
}

/// The moment that a text begins with, and what it tells: `10:02 began`, `2024-03-08 10:02 – began`, `1:30 PM began`.
fn leading_moment(text: &str, vocab: &Vocabulary) -> Option<(Moment, String)> {
    let text = text.trim_start();
    let habits = Habits { timeline: true, ..Habits::default() };
    let time = scan(text, &vocab.clock, habits).into_iter().next()?;
    let at = time.first().filter(|stamp| stamp.start == 0)?.moment();
    let told = text.get(time.end as usize..)?;
    Some((at, told.trim_start_matches(|sign: char| !sign.is_alphanumeric()).to_owned()))
}

/// Names that tools give the time of an entry, and what it tells.
const WHEN: [&str; 5] = ["at", "time", "timestamp", "when", "date"];
const WHAT: [&str; 6] = ["text", "message", "event", "description", "title", "what"];
