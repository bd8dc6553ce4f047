//! The file of overrides: what a site says of documents without touching them.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::nearest::nearest;
use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::extract::given::Given;
use crate::parse::front_matter::{self, Entry, Value};

/// What `overrides.toml` says: a table for each document, by its path below the content folder.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    documents: BTreeMap<String, (Span, Given)>,
}

impl Overrides {
    /// Reads a file. One that is not TOML is a finding and says nothing.
    pub fn add(&mut self, source: &Source, findings: &mut Vec<Diagnostic>) {
        let tables: BTreeMap<String, BTreeMap<String, Value>> = match toml::from_str(&source.text) {
            Ok(tables) => tables,
            Err(error) => {
                let span = source.span(error.span().unwrap_or(0..0));
                findings
                    .push(Diagnostic::new(&code::FRONT_MATTER, span).arg("why", error.message()));
                return;
            }
        };
        for (path, values) in tables {
            let at = source.text.find(&path).unwrap_or(0);
            let span = source.span(at..at + path.len().min(source.text.len() - at));
            let entries = values.into_iter().map(|(key, value)| {
                let tail = source.text.get(at..).unwrap_or_default();
                let start = at + tail.find(&key).unwrap_or(0);
                let length = source
                    .text
                    .get(start..)
                    .and_then(|line| line.lines().next())
                    .map_or(0, str::len);
                Entry {
                    key: front_matter::normal(&key),
                    span: source.span(start..start + length),
                    value,
                }
            });
            self.documents.insert(path, (span, Given { entries: entries.collect() }));
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
            .map(|(name, (span, _))| {
                Diagnostic::new(&code::UNKNOWN_DOCUMENT, *span)
                    .arg("path", name)
                    .nearest(nearest(name, known.iter().copied()))
            })
            .collect()
    }
}
