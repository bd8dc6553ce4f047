//! What an author may say before the text: YAML between `---` lines or TOML between `+++` lines.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned;
use toml::de::DeValue;

use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};

/// Front matter: keys with their values, in order of the text.
#[derive(Clone, Debug)]
pub struct FrontMatter {
    /// All of it, fences included.
    pub span: Span,
    /// Keys in lower case with `_`, where they stand, and their values.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// In lower case, `-` and spaces as `_`.
    pub key: String,
    /// The line of the key.
    pub span: Span,
    /// What it says.
    pub value: Value,
}

/// A value of any shape.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Nothing.
    Null(()),
    /// Yes or no.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Text; dates are text too.
    Text(String),
    /// A TOML date or time.
    Moment(toml::value::Datetime),
    /// Several values.
    List(Vec<Value>),
    /// Named values.
    Map(BTreeMap<String, Value>),
}

impl Value {
    /// The value as one text; numbers and dates as written, nothing for lists and maps.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.trim().to_owned()),
            Self::Number(number) => Some(number.to_string()),
            Self::Bool(yes) => Some(yes.to_string()),
            Self::Moment(moment) => Some(moment.to_string()),
            Self::Null(()) | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The value in a few words: of lists and maps only what they are.
    pub fn brief(&self) -> String {
        match self {
            Self::List(_) => "[…]".to_owned(),
            Self::Map(_) => "{…}".to_owned(),
            single => single.text().unwrap_or_default(),
        }
    }

    /// The value as a list of texts; one text may list several, divided by commas.
    pub fn texts(&self) -> Vec<String> {
        let split = |text: &str| -> Vec<String> {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect()
        };
        match self {
            Self::List(values) => values.iter().filter_map(Self::text).collect(),
            other => other.text().map(|text| split(&text)).unwrap_or_default(),
        }
    }
}

impl From<Spanned<DeValue<'_>>> for Value {
    fn from(value: Spanned<DeValue<'_>>) -> Self {
        Self::deserialize(value.into_deserializer()).unwrap_or(Self::Null(()))
    }
}

/// Front matter ends within so many lines, or it is none.
const LONGEST: usize = 400;

/// The front matter of a document, if it has any. What keeps a document back counts however it is written; other keys
/// may as well be labels of a report that begins with a rule.
pub fn read(source: &Source, findings: &mut Vec<Diagnostic>) -> Option<FrontMatter> {
    let text = &*source.text;
    let lead = lead(text);
    let first = text.get(lead..)?.lines().next()?.trim_end();
    let Some(is_yaml) = fence(first) else { return unfenced(source, lead) };
    let body = lead + first.len() + text.get(lead + first.len()..)?.find('\n')? + 1;
    let closed = closing(text, body, is_yaml);
    let (inner, end) = closed.clone().unwrap_or_else(|| paragraph(text, body));
    let written = text.get(inner.clone())?;
    let is_sound = closed.is_some() && (!is_yaml || begins_with_key(written));
    if !is_sound && !keeps_back(written) {
        return None;
    }
    let span = source.span(lead..end);
    if closed.is_none() {
        findings.push(Diagnostic::new(&code::OPEN_FRONT_MATTER, source.span(lead..body)));
    }
    let values = if is_yaml { yaml(written) } else { toml_values(written) };
    let mut values = values.unwrap_or_else(|Slip { line, why }| {
        let place = source.span(nth_line(text, inner.clone(), line));
        findings.push(Diagnostic::new(&code::FRONT_MATTER, place).arg("why", why));
        salvage(written)
    });
    values.extend(nested(&values));
    let entries = values.into_iter().map(|(key, value)| {
        let span = source.span(key_line(text, inner.clone(), &key));
        Entry { key: normal(&key), span, value }
    });
    let mut entries: Vec<Entry> = entries.collect();
    entries.sort_by_key(|entry| entry.span.start);
    Some(FrontMatter { span, entries })
}

/// Where the first words stand: behind blank lines and comments.
fn lead(text: &str) -> usize {
    let mut rest = text.trim_start();
    while let Some((_, after)) =
        rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->"))
    {
        rest = after.trim_start();
    }
    text.len() - rest.len()
}

/// Whether a fence is one of YAML and not of TOML, if the line is one: `---`, `---yaml`, `--- # a comment`, `+++`.
fn fence(line: &str) -> Option<bool> {
    if line == "+++" {
        return Some(false);
    }
    let behind = line.strip_prefix("---")?.trim_start();
    (behind.is_empty() || behind == "yaml" || behind.starts_with('#')).then_some(true)
}

/// The lines behind a fence that nothing closes, as far as they go without a blank one or a heading.
fn paragraph(text: &str, body: usize) -> (Range<usize>, usize) {
    let rest = text.get(body..).unwrap_or_default();
    let is_in = |line: &&str| !line.trim().is_empty() && !line.starts_with(['#', '-']);
    let lines = rest.split_inclusive('\n').take(LONGEST).take_while(is_in);
    let end = body + lines.map(str::len).sum::<usize>();
    (body..end, end)
}

/// Keys that say who may see a document.
pub const KEEPING: [&str; 3] = ["draft", "private", "visibility"];
/// Keys by which generators of sites say whether it is published.
const PUBLISHING: [&str; 2] = ["published", "publish"];

/// Whether any line says that the document is not for everybody.
fn keeps_back(written: &str) -> bool {
    salvage(written).iter().any(|(key, value)| {
        let key = normal(key.trim_matches(['{', '"', '\'', ' ']));
        let is_no = || matches!(value.brief().as_str(), "false" | "no" | "off" | "0");
        KEEPING.contains(&key.as_str()) || PUBLISHING.contains(&key.as_str()) && is_no()
    })
}

/// What tables within (`params`, `extra`) say of who may see the document.
fn nested(values: &[(String, Value)]) -> Vec<(String, Value)> {
    let maps = values.iter().filter_map(|(_, value)| match value {
        Value::Map(map) => Some(map),
        _ => None,
    });
    let says = |key: &str| KEEPING.contains(&normal(key).as_str());
    let told = maps.flatten().filter(|(key, _)| says(key));
    told.map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// Lines of keys and values above the first blank line, without fences, as tools for blogs write them. The keys of a
/// report itself may look alike: what only such tools know tells them apart.
fn unfenced(source: &Source, lead: usize) -> Option<FrontMatter> {
    let rest = source.text.get(lead..)?;
    let mut end = lead;
    let mut entries: Vec<Entry> = Vec::new();
    for line in rest.split_inclusive('\n') {
        let words = line.trim_end();
        if words.is_empty() {
            break;
        }
        let (key, value) = words.split_once(": ").filter(|(key, _)| is_plain_key(key))?;
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        let span = source.span(end..end + words.len());
        // The day of such a file is that on which it was published.
        let key = if key == "date" { "publishdate".to_owned() } else { normal(key) };
        entries.push(Entry { key, span, value: Value::Text(value) });
        if entries.len() > LONGEST_UNFENCED {
            return None;
        }
        end += line.len();
    }
    let has = |wanted: &[&str]| entries.iter().any(|entry| wanted.contains(&entry.key.as_str()));
    let is_long = entries.len() >= FEWEST_UNFENCED;
    let is_post = is_long && has(&["title"]) && has(&OF_POSTS) && !has(&OF_REPORTS);
    is_post.then(|| FrontMatter { span: source.span(lead..end), entries })
}

/// A key without fences around it is one word in small letters.
fn is_plain_key(key: &str) -> bool {
    !key.is_empty()
        && key.chars().all(|letter| letter.is_ascii_lowercase() || matches!(letter, '_' | '-'))
}

/// Keys that no report has as a label of its own.
const OF_POSTS: [&str; 6] = ["slug", "tags", "category", "categories", "layout", "permalink"];
/// Keys that only a report has: its date is that of the incident, and lines of labels are read without this.
const OF_REPORTS: [&str; 12] = [
    "severity",
    "sev",
    "priority",
    "start",
    "started_at",
    "detected_at",
    "end",
    "resolved_at",
    "duration",
    "impact",
    "root_cause",
    "resolution",
];
/// So many lines without fences at least and at most.
const FEWEST_UNFENCED: usize = 3;
const LONGEST_UNFENCED: usize = 20;

/// A key as settings spell it.
pub fn normal(key: &str) -> String {
    key.trim().to_lowercase().replace(['-', ' '], "_")
}

/// The range between the fences and the end of the closing one.
fn closing(text: &str, body: usize, is_yaml: bool) -> Option<(Range<usize>, usize)> {
    let mut start = body;
    for line in text.get(body..)?.split_inclusive('\n').take(LONGEST) {
        let words = line.trim_end();
        if (is_yaml && (words == "---" || words == "...")) || (!is_yaml && words == "+++") {
            return Some((body..start, start + line.len()));
        }
        start += line.len();
    }
    None
}

/// A rule of three dashes may open a document too: front matter begins with a key.
fn begins_with_key(written: &str) -> bool {
    let first = written.lines().find(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#')
    });
    first.and_then(|line| line.split_once(':')).is_some_and(|(key, value)| {
        let key = key.trim_matches(['"', '\'']);
        !key.is_empty()
            && key
                .chars()
                .all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | ' '))
            && key.split(' ').count() <= 3
            && (value.is_empty() || value.starts_with(' '))
    })
}

/// What cannot be read: the number of its line, from 0, and what the parser told.
struct Slip {
    line: usize,
    why: String,
}

fn yaml(written: &str) -> Result<Vec<(String, Value)>, Slip> {
    let values: BTreeMap<String, Value> =
        serde_saphyr::from_str(written).map_err(|error: serde_saphyr::Error| {
            let line = error.location().map_or(0, |place| place.line().saturating_sub(1) as usize);
            let told = error.to_string();
            let told = told.lines().next().unwrap_or_default();
            // The place is told otherwise.
            let bare = told.strip_prefix("error: line ").and_then(|rest| rest.split_once(": "));
            Slip { line, why: bare.map_or(told, |(_, bare)| bare).to_owned() }
        })?;
    Ok(values.into_iter().collect())
}

fn toml_values(written: &str) -> Result<Vec<(String, Value)>, Slip> {
    let values: BTreeMap<String, Value> = toml::from_str(written).map_err(|error| {
        let before = written.get(..error.span().map_or(0, |place| place.start));
        let line = before.unwrap_or_default().matches('\n').count();
        Slip { line, why: error.message().to_owned() }
    })?;
    Ok(values.into_iter().collect())
}

/// The line of this number within a range, else the last one.
fn nth_line(text: &str, inner: Range<usize>, number: usize) -> Range<usize> {
    let mut start = inner.start;
    let mut place = start..start;
    let lines = text.get(inner).unwrap_or_default().split_inclusive('\n');
    for line in lines.take(number + 1) {
        place = start..start + line.trim_end().len();
        start += line.len();
    }
    place
}

/// What can be read line by line when the whole cannot.
fn salvage(written: &str) -> Vec<(String, Value)> {
    let pairs = written.lines().filter_map(|line| line.split_once([':', '=']));
    pairs
        .filter(|(key, _)| !key.is_empty() && !key.starts_with([' ', '#', '-']))
        .map(|(key, value)| {
            let value = value.trim().trim_matches(['"', '\'']);
            let value = match value {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                text => Value::Text(text.to_owned()),
            };
            (key.trim().to_owned(), value)
        })
        .collect()
}

/// The line that a key stands on.
fn key_line(text: &str, inner: Range<usize>, key: &str) -> Range<usize> {
    let mut start = inner.start;
    for line in text.get(inner.clone()).unwrap_or_default().split_inclusive('\n') {
        let words = line.trim_start_matches(['"', '\'']);
        if words
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with([':', '=']))
        {
            return start..start + line.trim_end().len();
        }
        start += line.len();
    }
    inner.start..inner.start
}
