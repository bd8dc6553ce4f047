//! Rules about the shape of a report.

pub(super) mod empty_section;
pub(super) mod long_line;
pub(super) mod misplaced_section;
pub(super) mod several_incidents;
pub(super) mod template_leftover;
