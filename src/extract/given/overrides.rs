//! The file of overrides: what a site says of documents without touching them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::nearest::nearest;
use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::extract::given::{Given, wanted};
use crate::parse::front_matter::{self, Entry, Value};

/// What `overrides.toml` says: a table for each document, by its path below the content folder.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    documents: BTreeMap<String, (Span, Given)>,
}

impl Overrides {
    /// Reads a file. A table within a table is one of a document whose name has a dot that nobody quoted: `[checkout.md]`.
    ///
    /// # Errors
    /// What is not TOML: nothing of it is known then, not even which documents are private.
    pub fn add(
        &mut self,
        source: &Source,
        findings: &mut Vec<Diagnostic>,
    ) -> Result<(), Diagnostic> {
        let tables = DeTable::parse(&source.text).map_err(|error| {
            let span = source.span(error.span().unwrap_or(0..0));
            Diagnostic::new(&code::OVERRIDES, span).arg("why", error.message())
        })?;
        for (name, value) in tables.into_inner() {
            let (path, place) = (name.get_ref().to_string(), name.span());
            match value.into_inner() {
                DeValue::Table(table) => self.table(path, place, table, source),
                other => findings.push(wrong(&path, place, other, source)),
            }
        }
        Ok(())
    }

    fn table(&mut self, path: String, place: Range<usize>, table: DeTable<'_>, source: &Source) {
        let mut entries = Vec::new();
        for (name, value) in table {
            let (key, start) = (name.get_ref(), name.span().start);
            match value.get_ref() {
                DeValue::Table(_) => {
                    let DeValue::Table(inner) = value.into_inner() else { continue };
                    self.table(format!("{path}.{key}"), name.span(), inner, source);
                }
                _ => entries.push(Entry {
                    key: front_matter::normal(key),
                    span: source.span(start..first_line(source, start..value.span().end)),
                    value: Value::from(value),
                }),
            }
        }
        if !entries.is_empty() {
            let given = || (source.span(place), Given { entries: Vec::new() });
            self.documents.entry(path).or_insert_with(given).1.entries.extend(entries);
        }
    }

    /// Takes over who may see a document from what was written, where it is said of a name that was masked.
    pub fn keep_back(&mut self, written: &Self) {
        for (path, (span, given)) in &written.documents {
            if !self.documents.contains_key(path) {
                let keeps = |entry: &&Entry| front_matter::KEEPING.contains(&entry.key.as_str());
                let entries = given.entries.iter().filter(keeps).cloned().collect();
                self.documents.insert(path.clone(), (*span, Given { entries }));
            }
        }
    }

    /// What is said of a document.
    pub fn of(&self, path: &RelPath) -> Option<&Given> {
        self.documents.get(path.as_str()).map(|(_, given)| given)
    }

    /// A finding for each table that names a document that does not exist.
    pub fn unmatched(&self, paths: &[&RelPath]) -> Vec<Diagnostic> {
        let known: BTreeSet<&str> = paths.iter().map(|path| path.as_str()).collect();
        self.documents
            .iter()
            .filter(|(name, _)| !known.contains(name.as_str()))
            .map(|(name, (span, given))| {
                let near = nearest(name, known.iter().copied());
                if given.entries.iter().any(keeps_back) {
                    let finding = Diagnostic::new(&code::KEEPS_NOTHING, *span);
                    return finding.arg("key", "overrides.toml").arg("path", name).nearest(near);
                }
                Diagnostic::new(&code::UNKNOWN_DOCUMENT, *span).arg("path", name).nearest(near)
            })
            .collect()
    }
}

/// Whether it says that a document is not for everybody.
fn keeps_back(entry: &Entry) -> bool {
    let is_open = || matches!(entry.value.brief().as_str(), "false" | "public");
    front_matter::KEEPING.contains(&entry.key.as_str()) && !is_open()
}

/// The end of the first line of a range.
fn first_line(source: &Source, range: Range<usize>) -> usize {
    let text = source.text.get(range.clone()).unwrap_or_default();
    range.start + text.find('\n').unwrap_or(text.len())
}

/// A value that stands where the table of a document should.
fn wrong(key: &str, place: Range<usize>, value: DeValue<'_>, source: &Source) -> Diagnostic {
    let value = Value::from(Spanned::new(place.clone(), value)).brief();
    wanted::finding(key, &value, source.span(place), "wanted_document")
}
