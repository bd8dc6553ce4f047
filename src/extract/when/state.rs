//! Whether the report says that its incident goes on: then it has no end yet.

use crate::extract::scope::Scope;
use crate::model::action::Status;
use crate::vocab::meaning::{Label, Meaning, SectionRole};

/// Whether a state is named that is no end, as in "Status: investigating", and none that is; not that of a measure. "In
/// review" and "open" may be said of the report.
pub(super) fn goes_on(scope: &Scope<'_>) -> bool {
    let mut goes_on = false;
    for line in scope.lines.iter().filter(|line| !line.roles.has(SectionRole::Actions)) {
        let label = line.label.as_ref().filter(|label| label.meaning == Some(Label::Status));
        let state = label.and_then(|label| {
            let is_state = |meaning| match meaning {
                Meaning::GoesOn | Meaning::Status(Status::Done) => Some(meaning),
                _ => None,
            };
            scope.covering(&label.value, is_state)
        });
        match state {
            Some(Meaning::GoesOn) => goes_on = true,
            Some(_) => return false,
            None => {}
        }
    }
    goes_on
}
