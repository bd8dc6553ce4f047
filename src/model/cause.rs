//! Root causes: an id of the taxonomy and the part it played.

use serde::{Deserialize, Serialize};

use std::fmt;
use std::sync::Arc;

use crate::base::span::Span;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::kinds;

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

kinds! {
    /// The part a cause played.
    Role {
        /// What made the incident possible: the defect itself.
        Cause = "cause",
        /// What made it worse, longer or likelier.
        Contributing = "contributing",
        /// What set it off.
        Trigger = "trigger",
    }
}

kinds! {
    /// How a sentence means a cause that it names.
    Stance {
        /// So it was.
        Asserted = "asserted",
        /// Somebody thought so.
        Suspected = "suspected",
        /// It was not so.
        RuledOut = "ruled-out",
        /// Named for another reason: a plan, a possibility, another incident, a denial.
        Aside = "aside",
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
