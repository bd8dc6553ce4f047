//! Settings in layers: what is usual, the build service, the file, the environment, the command line. The
//! later layer wins, and every value keeps where it came from.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use toml::Value;
use toml::de::{DeTable, DeValue};

use crate::base::nearest::nearest;
use crate::base::path::RelPath;
use crate::base::source::{LineIndex, Source};
use crate::base::span::FileId;
use crate::config::environment::{Environment, PREFIX};
use crate::config::file::{self, SiteFile};
use crate::config::schema;
use crate::diag::code;
use crate::diag::failure::Failure;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is the usual one.
    Default,
    /// What the build service says in this variable.
    Service(&'static str),
    /// This line of the settings file.
    File(u32),
    /// This variable.
    Variable(String),
    /// This option of the command.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    /// For people and programs alike, without a word of any language: `pmsite.toml:3`, `--theme`, `default`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => out.write_str("default"),
            Self::Service(variable) => out.write_str(variable),
            Self::File(line) => write!(out, "{}:{line}", file::NAME),
            Self::Variable(variable) => out.write_str(variable),
            Self::Flag(flag) => out.write_str(flag),
        }
    }
}

/// The parts of a key: `publish.drafts` has two.
pub type Key = Vec<String>;

/// All layers, the later over the earlier.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    values: BTreeMap<Key, (Value, Origin)>,
    /// The texts that values stand in, for those who complain of one.
    sources: Vec<(Origin, Source)>,
}

impl Layers {
    /// Puts one value over what is there.
    pub fn put(&mut self, key: &str, value: impl Into<Value>, origin: Origin) {
        self.values.insert(key.split('.').map(str::to_owned).collect(), (value.into(), origin));
    }

    /// Puts the settings file over what is there. It must have been read as a [`SiteFile`] without complaint.
    pub fn put_file(&mut self, source: &Source) {
        let Ok(table) = DeTable::parse(&source.text) else { return };
        let lines = LineIndex::new(&source.text);
        let mut found = Vec::new();
        flatten(table.get_ref(), &mut Vec::new(), &mut found);
        for (key, at, value) in found {
            self.values.insert(key, (value, Origin::File(lines.line(at))));
        }
        self.sources.push((Origin::File(0), source.clone()));
    }

    /// Puts the variables over what is there. The value of a setting that is a text is taken as it stands,
    /// that of any other as TOML.
    ///
    /// # Errors
    /// When a variable is nearly called as a setting, or has a value that its setting does not take.
    pub fn put_environment(&mut self, environment: &Environment) -> Result<(), Failure> {
        let keys = schema::keys();
        for (variable, name, value) in environment.settings() {
            let called = |key: &schema::Key| key.path.replace('.', "_");
            let Some(key) = keys.iter().find(|key| called(key) == name) else {
                let names: Vec<String> = keys.iter().map(called).collect();
                // What is like none of ours is somebody else's: a pipeline may pin its version in `PMSITE_VERSION`.
                let Some(right) = nearest(&name, names.iter().map(String::as_str)) else { continue };
                let right = format!("{PREFIX}{}", right.to_uppercase());
                let wrong = Failure::new(&code::SETTINGS).arg("path", variable);
                let wrong = wrong.phrase("why", "setting_meant").nearest(Some(&right));
                return Err(wrong.phrase("help", "setting_variable"));
            };
            // What is no TOML is a text that the setting does not take.
            let is_text = key.is_text || value.parse::<Value>().is_err();
            let written = if is_text { Value::from(value).to_string() } else { value.to_owned() };
            let source = Source {
                id: FileId::VARIABLE,
                path: RelPath::known(variable),
                text: Arc::from(format!("{} = {written}\n", key.path)),
            };
            SiteFile::parse(&source)?;
            let Ok(table) = DeTable::parse(&source.text) else { continue };
            let mut found = Vec::new();
            flatten(table.get_ref(), &mut Vec::new(), &mut found);
            let origin = Origin::Variable(variable.to_owned());
            for (key, _, value) in found {
                self.values.insert(key, (value, origin.clone()));
            }
            self.sources.push((origin, source.clone()));
        }
        Ok(())
    }

    /// The value of a key and where it comes from.
    pub fn get(&self, key: &str) -> Option<(&Value, &Origin)> {
        let key: Key = key.split('.').map(str::to_owned).collect();
        self.values.get(&key).map(|(value, origin)| (value, origin))
    }

    /// All values below a key, with the whole of their own keys.
    pub fn below(&self, key: &str) -> impl Iterator<Item = (&Key, &Value, &Origin)> {
        let key: Key = key.split('.').map(str::to_owned).collect();
        let values = self.values.iter().filter(move |(other, _)| other.starts_with(&key));
        values.map(|(key, (value, origin))| (key, value, origin))
    }

    /// All layers as if they had been written in one file.
    ///
    /// # Errors
    /// When they are none together, though each layer was one by itself.
    pub fn merged(&self) -> Result<SiteFile, Failure> {
        let mut table = toml::Table::new();
        for (key, (value, _)) in &self.values {
            let Some((last, parents)) = key.split_last() else { continue };
            let place = parents.iter().try_fold(&mut table, |place, parent| {
                place.entry(parent).or_insert_with(|| toml::Table::new().into()).as_table_mut()
            });
            if let Some(place) = place {
                place.insert(last.clone(), value.clone());
            }
        }
        SiteFile::deserialize(table)
            .map_err(|error| Failure::new(&code::SETTINGS).arg("why", error.message()))
    }

    /// The text that a value of a key, or a name below it, was written in, and where, if it was written in one.
    pub fn place(&self, key: &str, value: &str) -> Option<(&Source, Range<usize>)> {
        let (_, origin) = self
            .get(key)
            .or_else(|| self.below(key).next().map(|(_, value, origin)| (value, origin)))?;
        let same = |other: &Origin| match origin {
            Origin::File(_) => matches!(other, Origin::File(_)),
            origin => origin == other,
        };
        let (_, source) = self.sources.iter().find(|(other, _)| same(other))?;
        let whole = written(&source.text, key, value).unwrap_or_default();
        // Without its quotes, unless it is written otherwise than it reads.
        let within = source.text.get(whole.clone()).and_then(|words| words.find(value));
        let bare = within.map(|at| whole.start + at..whole.start + at + value.len());
        Some((source, bare.unwrap_or(whole)))
    }
}

/// Where a value of a key, or a name below it, stands in a text of settings.
fn written(text: &str, key: &str, value: &str) -> Option<Range<usize>> {
    let document = DeTable::parse(text).ok()?;
    let mut table = document.get_ref();
    let mut parts = key.split('.').peekable();
    loop {
        let part = parts.next()?;
        let (_, found) = table.iter().find(|(name, _)| name.get_ref() == part)?;
        let is_it = |one: &toml::Spanned<DeValue<'_>>| one.get_ref().as_str() == Some(value);
        match found.get_ref() {
            DeValue::Table(inner) if parts.peek().is_some() => table = inner,
            DeValue::Table(inner) => {
                return inner.iter().find_map(|(name, of)| {
                    if name.get_ref() == value {
                        Some(name.span())
                    } else {
                        is_it(of).then(|| of.span())
                    }
                });
            }
            DeValue::Array(list) => {
                return list.iter().find(|one| is_it(one)).map(toml::Spanned::span);
            }
            _ => return Some(found.span()),
        }
    }
}

/// The values of a table that are no tables, with their keys and places.
fn flatten(table: &DeTable<'_>, above: &mut Key, found: &mut Vec<(Key, u32, Value)>) {
    for (name, value) in table {
        above.push(name.get_ref().to_string());
        match value.get_ref() {
            DeValue::Table(inner) => flatten(inner, above, found),
            value => {
                // Reading it once more as a value of its own spares a conversion by hand.
                if let Ok(read) = Value::deserialize(toml::de::ValueDeserializer::from(
                    toml::Spanned::new(0..0, value.clone()),
                )) {
                    found.push((above.clone(), name.span().start as u32, read));
                }
            }
        }
        above.pop();
    }
}

/// A folder as TOML says it.
pub fn path_value(path: &Path) -> Value {
    Value::from(path.to_string_lossy().replace('\\', "/"))
}
