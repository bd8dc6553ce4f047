//! Whether the report says that its incident goes on: then it has no end yet.

use crate::extract::scope::Scope;
use crate::model::action::Status;
use crate::vocab::meaning::{Label, Meaning, SectionRole};

/// Whether a state is named that is no end, as in "Status: investigating"; not that of a measure.
pub(super) fn goes_on(scope: &Scope<'_>) -> bool {
    scope.lines.iter().filter(|line| !line.roles.has(SectionRole::Actions)).any(|line| {
        let label = line.label.as_ref();
        let value = label.filter(|label| label.meaning == Some(Label::Status));
        let state = value.and_then(|label| {
            scope.covering(&label.value, |meaning| match meaning {
                Meaning::Status(status) => Some(status),
                _ => None,
            })
        });
        state == Some(Status::Open)
    })
}
