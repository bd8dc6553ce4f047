//! Rules about wording: reports are about systems, not about people.

pub(super) mod blame;
pub(super) mod human_error;
mod person;
