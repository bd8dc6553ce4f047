//! Action items: what was promised.

use serde::{Deserialize, Serialize};

use crate::base::span::Span;
use crate::model::kind::kinds;
use crate::model::when::PartialDate;

kinds! {
    /// What kind of measure it is.
    Theme {
        /// Metrics, alerts, dashboards, logs.
        Monitoring = "monitoring",
        /// Load, stress or performance tests.
        LoadTesting = "load-testing",
        /// Other tests.
        Testing = "testing",
        /// Code or change review.
        Review = "review",
        /// How people work: procedures, change control, on-call.
        Process = "process",
        /// Documents and runbooks.
        Documentation = "documentation",
        /// More or better-planned resources.
        Capacity = "capacity",
        /// Redundancy, isolation, another design.
        Architecture = "architecture",
        /// A change of code.
        Code = "code",
        /// A change of settings.
        Configuration = "configuration",
        /// Permissions, patches, protection.
        Security = "security",
        /// Teaching people.
        Training = "training",
        /// Telling users and each other.
        Communication = "communication",
    }
}

kinds! {
    /// When it is meant to be done.
    Term {
        /// At once or within weeks.
        Short = "short",
        /// Within months.
        Mid = "mid",
        /// Later.
        Long = "long",
    }
}

kinds! {
    /// Whether it was done.
    Status {
        /// Not yet.
        Open = "open",
        /// Done.
        Done = "done",
        /// Given up.
        Dropped = "dropped",
    }
}

impl Status {
    /// Its name in data, which knows only whether something is left to do.
    pub fn in_data(self) -> &'static str {
        match self {
            Self::Open => Self::Open.as_str(),
            Self::Done | Self::Dropped => Self::Done.as_str(),
        }
    }
}

/// One action item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// What is to be done, as written.
    pub text: String,
    /// What kind of measure.
    pub theme: Option<Theme>,
    /// When it is meant to be done.
    pub term: Option<Term>,
    /// Who.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<PartialDate>,
    /// Whether it was done, where the text says.
    pub status: Option<Status>,
    /// The whole item.
    pub span: Span,
}

impl Action {
    /// Whether it may still have to be done: the text says neither that it was nor that it was given up.
    pub fn is_open(&self) -> bool {
        !matches!(self.status, Some(Status::Done | Status::Dropped))
    }

    /// Whether the day by which it was due has passed, or the last of the month.
    pub fn is_late(&self, today: PartialDate) -> bool {
        let last = |due: PartialDate| PartialDate { day: due.day.or(Some(31)), ..due };
        let is_known = |due: &PartialDate| due.year.is_some() && due.month.is_some();
        self.is_open() && self.due.filter(is_known).is_some_and(|due| last(due) < today)
    }
}
