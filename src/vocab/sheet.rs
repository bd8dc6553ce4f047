//! A file of words as written: keys, each with its phrases and the places where they stand.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::nearest::nearest;
use crate::base::source::Source;
use crate::diag::{Diagnostic, code};
use crate::vocab::taxonomy::unreadable;

/// One file.
pub(super) struct Sheet<'a> {
    pub source: &'a Source,
    /// What stands in our file of this name is as if it were not there.
    pub replaces: bool,
    pub entries: Vec<Entry>,
}

/// A key and its phrases.
pub(super) struct Entry {
    pub key: Spanned<String>,
    pub grade: Grade,
    pub phrases: Vec<Spanned<String>>,
}

/// How much the phrases of a list say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    Strong,
    Plain,
    /// They say that the others mean something else.
    Unless,
}

/// The lists by which a key may grade its phrases.
const GRADES: [(&str, Grade); 3] =
    [("strong", Grade::Strong), ("plain", Grade::Plain), ("unless", Grade::Unless)];
const REPLACE: &str = "replace";

impl<'a> Sheet<'a> {
    /// Reads a file: `key = [phrases]`, or a table `[key]` with a list for each grade. What is neither is a finding.
    pub(super) fn read(source: &'a Source, findings: &mut Vec<Diagnostic>) -> Self {
        let mut sheet = Self { source, replaces: false, entries: Vec::new() };
        match DeTable::parse(&source.text) {
            Ok(table) => {
                sheet.add(table.into_inner(), findings);
                // Of meanings with the same phrase the first leads: that must not go by where a file names them.
                sheet.entries.sort_by(|a, b| {
                    a.key.get_ref().cmp(b.key.get_ref()).then(a.grade.cmp(&b.grade))
                });
            }
            Err(error) => findings.push(unreadable(source, &error)),
        }
        sheet
    }

    fn add(&mut self, table: DeTable<'_>, findings: &mut Vec<Diagnostic>) {
        for (key, value) in table {
            let key = Spanned::new(key.span(), key.into_inner().into_owned());
            match (key.get_ref().as_str(), value.get_ref()) {
                (REPLACE, DeValue::Boolean(wanted)) => self.replaces = *wanted,
                (_, DeValue::Table(_)) => {
                    let DeValue::Table(lists) = value.into_inner() else { continue };
                    self.graded(&key, lists, findings);
                }
                _ => self.list(&key, Grade::Strong, value, findings),
            }
        }
    }

    fn graded(
        &mut self,
        key: &Spanned<String>,
        lists: DeTable<'_>,
        findings: &mut Vec<Diagnostic>,
    ) {
        for (name, list) in lists {
            match GRADES.iter().find(|(known, _)| known == name.get_ref()) {
                Some((_, grade)) => self.list(key, *grade, list, findings),
                None => {
                    let known = || GRADES.into_iter().map(|(known, _)| known);
                    let finding = unknown(self.source, name.get_ref(), name.span());
                    let finding = finding.nearest(nearest(name.get_ref(), known()));
                    findings.push(finding.allowed(known()).phrase("help", "meaning_grades"));
                }
            }
        }
    }

    fn list(
        &mut self,
        key: &Spanned<String>,
        grade: Grade,
        value: Spanned<DeValue<'_>>,
        findings: &mut Vec<Diagnostic>,
    ) {
        let mut wrong = |place: Range<usize>| {
            let span = self.source.span(place);
            let value = self.source.slice(span).lines().next().unwrap_or_default();
            let finding = Diagnostic::new(&code::WRONG_VALUE, span);
            let finding = finding.arg("key", key.get_ref()).arg("value", value);
            findings.push(finding.wanted("wanted_phrases"));
        };
        let place = value.span();
        let DeValue::Array(list) = value.into_inner() else { return wrong(place) };
        let mut phrases = Vec::with_capacity(list.len());
        for phrase in list {
            let place = phrase.span();
            match phrase.into_inner() {
                DeValue::String(phrase) => phrases.push(Spanned::new(place, phrase.into_owned())),
                _ => wrong(place),
            }
        }
        self.entries.push(Entry { key: key.clone(), grade, phrases });
    }
}

/// A key that means nothing where it stands.
pub(super) fn unknown(source: &Source, key: &str, place: Range<usize>) -> Diagnostic {
    Diagnostic::new(&code::UNKNOWN_MEANING, source.span(place))
        .arg("key", key)
        .arg("file", &source.path)
}
