//! Findings: values with a code, a severity and a place, beside a result that always exists.

pub mod code;
pub mod catalog;
mod told;
pub mod settings;
pub mod text;
pub mod report;
pub mod sarif;
pub mod failure;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::base::span::Span;
use crate::diag::code::Code;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Something that a reader of the report may like to know.
    Note,
    /// Something is probably wrong or missing.
    Warning,
    /// Something was lost, or must not be published as it is.
    Error,
}

impl Severity {
    /// Its name in settings and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Note, Self::Warning, Self::Error].into_iter().find(|level| level.as_str() == name)
    }
}

/// The blank for what was probably meant.
const NEAREST: &str = "nearest";
/// Before the name of a blank that is filled with a phrase.
const PHRASE: char = '@';

/// One finding. Its words come from the [`catalog`], so that it can be said in any language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which kind of finding.
    #[serde(with = "code::by_id")]
    pub code: &'static Code,
    /// How much it matters here; settings may differ from the code's own severity.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// A second place that belongs to it, such as the value that contradicts the first.
    pub also: Option<Span>,
    /// What fills the blanks of its message.
    pub args: Vec<(Cow<'static, str>, String)>,
}

impl Diagnostic {
    /// A finding of this kind at this place.
    pub fn new(code: &'static Code, span: Span) -> Self {
        Self { code, severity: code.severity, span, also: None, args: Vec::new() }
    }

    /// Fills the blank `{name}` of the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((Cow::Borrowed(name), value.to_string()));
        self
    }

    /// Fills the blank `{name}` with a phrase of the catalogue, whose own blanks are filled as those of the message.
    #[must_use]
    pub fn phrase(mut self, name: &str, key: &str) -> Self {
        self.args.push((format!("{PHRASE}{name}").into(), key.to_owned()));
        self
    }

    /// Says what is wanted: a phrase names it, and what to do is to give that.
    #[must_use]
    pub fn wanted(self, key: &str) -> Self {
        self.phrase("wanted", key).phrase("help", "takes")
    }

    /// Says what is allowed: names, or values as one would write them.
    #[must_use]
    pub fn allowed<'a>(self, values: impl IntoIterator<Item = &'a str>) -> Self {
        let quoted: Vec<String> = values.into_iter().map(|value| format!("`{value}`")).collect();
        self.arg("allowed", quoted.join(", "))
    }

    /// Says what was probably meant, if anything was.
    #[must_use]
    pub fn nearest(self, right: Option<&str>) -> Self {
        match right {
            Some(right) => self.arg(NEAREST, right),
            None => self,
        }
    }

    /// Shows every place that it points to.
    pub fn each_place(&mut self, mut see: impl FnMut(&mut Span)) {
        see(&mut self.span);
        self.also.iter_mut().for_each(see);
    }

    /// Adds a second place.
    #[must_use]
    pub fn also(mut self, span: Span) -> Self {
        self.also = Some(span);
        self
    }
}

/// A result that always exists, and what was found while making it.
#[derive(Clone, Debug)]
pub struct Diagnosed<T> {
    /// The result.
    pub value: T,
    /// The findings.
    pub findings: Vec<Diagnostic>,
}

impl<T> Diagnosed<T> {
    /// A result without findings.
    pub fn clean(value: T) -> Self {
        Self { value, findings: Vec::new() }
    }
}
