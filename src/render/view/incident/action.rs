//! What was promised after an incident.

use crate::render::view::incident::{ActionView, Teller};
use crate::render::when;

impl Teller<'_> {
    pub(super) fn actions(&self) -> Vec<ActionView> {
        let strings = self.strings();
        let actions = self.filed.case.incident.actions.iter();
        actions
            .map(|action| {
                let named = |prefix: &str, key: Option<&str>| {
                    Some(self.string(&format!("{prefix}_{}", key?.replace('-', "_"))))
                };
                let due =
                    action.due.map(|due| strings.fill("due", &[("a", &when::date(due, strings))]));
                let about = [
                    named("theme", action.theme.map(|theme| theme.as_str())),
                    named("term", action.term.map(|term| term.as_str())),
                    action.owner.clone(),
                    due,
                    named("status", action.status.map(|status| status.as_str())),
                ];
                let about: Vec<String> = about.into_iter().flatten().collect();
                ActionView {
                    text: action.text.clone(),
                    status_key: action.status.map_or("", |status| status.as_str()),
                    about: about.join(" · "),
                }
            })
            .collect()
    }
}
