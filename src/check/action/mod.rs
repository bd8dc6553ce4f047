//! Rules about action items.

pub(super) mod no_due;
pub(super) mod no_owner;
pub(super) mod overdue;

use crate::model::action::Action;

/// Items that are not done yet.
fn open(actions: &[Action]) -> impl Iterator<Item = &Action> {
    actions.iter().filter(|action| action.is_open())
}
