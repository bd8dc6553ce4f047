//! What was promised after an incident.

use crate::model::action::Status;
use crate::render::view::incident::{ActionView, FactView, Teller, ValueView};
use crate::render::view::names;
use crate::render::when;

impl Teller<'_> {
    /// How many actions of what kind the text promises, and how many are done.
    pub(super) fn promised(&self) -> FactView {
        let strings = self.strings();
        let actions = &self.filed.case.incident.actions;
        let mut kinds: Vec<String> = Vec::new();
        for theme in actions.iter().filter_map(|action| action.theme) {
            let name = names::theme(self.scene, self.lang, Some(theme)).name;
            if !kinds.contains(&name) {
                kinds.push(name);
            }
        }
        let done = actions.iter().filter(|action| action.status == Some(Status::Done)).count();
        let parts = [
            strings.count("promised_count", actions.len()),
            kinds.join(", "),
            if done > 0 { strings.count("promised_done", done) } else { String::new() },
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let value = ValueView { text: parts.join(" · "), ..ValueView::default() };
        let values = if actions.is_empty() { Vec::new() } else { vec![value] };
        FactView { name: self.string("actions"), values }
    }

    /// The actions by themselves, unless a reader of the text finds them below each other.
    pub(super) fn actions(&self) -> Vec<ActionView> {
        let strings = self.strings();
        let actions = self.filed.case.incident.actions.iter();
        if self.stand_together(actions.clone().map(|action| action.span)) {
            return Vec::new();
        }
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
