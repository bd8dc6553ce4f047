//! The timeline: entries that carry their own time.

use serde::{Deserialize, Serialize};

use crate::base::span::Span;
use crate::model::kind::kinds;
use crate::model::when::Moment;

kinds! {
    /// What an entry of the timeline tells.
    EntryKind {
        /// What set the incident off.
        Trigger = "trigger",
        /// The impact begins.
        Start = "start",
        /// Somebody or something notices.
        Detection = "detection",
        /// Looking for the cause.
        Investigation = "investigation",
        /// A suspicion that proved wrong.
        FalseLead = "false-lead",
        /// Something done against it.
        Mitigation = "mitigation",
        /// Service is back.
        Resolution = "resolution",
        /// Telling others, escalating.
        Communication = "communication",
    }
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When, as far as the text says; the date may come from a heading above.
    pub at: Moment,
    /// What happened, without the time.
    pub text: String,
    /// What it tells, where the words say.
    pub kind: Option<EntryKind>,
    /// The whole entry.
    pub span: Span,
}
