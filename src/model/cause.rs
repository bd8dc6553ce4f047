//! Root causes: an id of the taxonomy and the part it played.

use std::fmt;
use std::sync::Arc;

use crate::model::fact::Fact;

/// An id of the taxonomy, such as `deadlock`. A site may add its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// A cause of an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// Which, with the words that say so.
    pub fact: Fact<CauseId>,
    /// The part it played.
    pub role: Role,
    /// Further places that say so.
    pub more: Vec<crate::base::span::Span>,
}
