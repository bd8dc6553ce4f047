//! Why a command could not do its work: IO, settings, templates. Content never ends up here.

use std::fmt;
use std::io::ErrorKind;
use std::path::Path;

use crate::base::nearest::nearest;
use crate::base::source::{Source, SourceMap};
use crate::base::span::Span;
use crate::diag::catalog::Catalog;
use crate::diag::code::Code;
use crate::diag::text::{self, Style};
use crate::diag::{Diagnostic, code};

/// A finding that ends the run, with the text that it stands in, where it stands in one.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What went wrong.
    pub finding: Box<Diagnostic>,
    /// The settings file or template.
    pub source: Option<Box<Source>>,
}

impl Failure {
    /// A failure that has no place in a text.
    pub fn new(code: &'static Code) -> Self {
        Self { finding: Box::new(Diagnostic::new(code, Span::nowhere())), source: None }
    }

    /// A failure at a place of a settings file, word list or template.
    pub fn at(finding: Diagnostic, source: Source) -> Self {
        Self { finding: Box::new(finding), source: Some(Box::new(source)) }
    }

    /// A file or folder that could not be read or written.
    pub fn io(code: &'static Code, path: &Path, error: &std::io::Error) -> Self {
        let failure = Self::new(code).arg("path", path.display()).arg("why", error);
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::PermissionDenied | ErrorKind::NotADirectory => {
                let is_read = *code == code::CANNOT_READ;
                failure.phrase("help", if is_read { "check_read" } else { "check_write" })
            }
            _ => failure,
        }
    }

    /// Fills the blank `{name}` of the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.finding.args.push((name.into(), value.to_string()));
        self
    }

    /// Fills the blank `{name}` of the message with a phrase of the catalogue.
    #[must_use]
    pub fn phrase(mut self, name: &str, key: &str) -> Self {
        *self.finding = self.finding.phrase(name, key);
        self
    }

    /// Says what is wanted: a phrase names it.
    #[must_use]
    pub fn wanted(mut self, key: &str) -> Self {
        *self.finding = self.finding.wanted(key);
        self
    }

    /// Says what is allowed.
    #[must_use]
    pub fn allowed<'a>(mut self, values: impl IntoIterator<Item = &'a str>) -> Self {
        *self.finding = self.finding.allowed(values);
        self
    }

    /// Says what was probably meant, if anything was.
    #[must_use]
    pub fn nearest(mut self, right: Option<&str>) -> Self {
        *self.finding = self.finding.nearest(right);
        self
    }

    /// As text for a terminal.
    pub fn render(&self, words: &Catalog, style: Style) -> String {
        text::render(&self.finding, &SourceMap::new(self.source.as_deref()), words, style)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = Style { color: false, concise: false, width: 100 };
        out.write_str(self.render(&Catalog::of("en"), style).trim_end())
    }
}

impl std::error::Error for Failure {}

impl From<tera::Error> for Failure {
    fn from(error: tera::Error) -> Self {
        Self::new(&code::TEMPLATE).arg("why", brief(&error.to_string()))
    }
}

/// The engine names every field there is where one is missing; the nearest says more.
fn brief(message: &str) -> String {
    let Some((head, rest)) = message.split_once(" Available ") else { return message.to_owned() };
    let (names, place) = rest.split_once('\n').unwrap_or((rest, ""));
    let names = names.split_once(": ").map_or(names, |(_, names)| names).split(", ");
    let wrong = head.split('`').nth(1).unwrap_or_default();
    let right = nearest(wrong, names).map(|right| format!(" → `{right}`")).unwrap_or_default();
    format!("{head}{right}\n{place}")
}
