//! Root causes: an id of the taxonomy and the part it played.

use serde::{Deserialize, Serialize};

use std::fmt;
use std::sync::Arc;

use crate::base::span::Span;
use crate::model::fact::{Fact, RuleId};

/// An id of the taxonomy, such as `deadlock`. A site may add its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CauseId(Arc<str>);

impl CauseId {
    /// The id of this name.
    pub fn new(name: &str) -> Self {
        Self(Arc::from(name))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CauseId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The part a cause played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// What made the incident possible: the defect itself.
    Cause,
    /// What made it worse, longer or likelier.
    Contributing,
    /// What set it off.
    Trigger,
}

impl Role {
    /// Its name in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cause => "cause",
            Self::Contributing => "contributing",
            Self::Trigger => "trigger",
        }
    }
}

/// How a sentence means a cause that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stance {
    /// So it was.
    Asserted,
    /// Somebody thought so.
    Suspected,
    /// It was not so.
    RuledOut,
    /// Named for another reason: a plan, a possibility, another incident, a denial.
    Aside,
}

impl Stance {
    /// Its name in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Suspected => "suspected",
            Self::RuledOut => "ruled-out",
            Self::Aside => "aside",
        }
    }
}

/// A place that names a cause, whatever became of it: what `pmsite explain` shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Naming {
    /// Which cause.
    pub cause: CauseId,
    /// How the sentence means it.
    pub stance: Stance,
    /// How much the place weighs, 0 to 1.
    pub weight: f32,
    /// What weighed it.
    pub rule: RuleId,
    /// The sentence.
    pub sentence: Span,
    /// The words that name the cause.
    pub words: Span,
    /// The phrase of the lexicon that they match, by its number.
    pub phrase: u32,
}

/// A cause of an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cause {
    /// Which, with the words that say so.
    pub fact: Fact<CauseId>,
    /// The part it played.
    pub role: Role,
    /// Further places that say so.
    pub more: Vec<Span>,
}
