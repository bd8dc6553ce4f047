//! The entries of a timeline, where they stand scattered in the text, or not in it.

use crate::render::view::incident::{EntryView, Teller};
use crate::render::when;

impl Teller<'_> {
    pub(super) fn timeline(&self) -> Vec<EntryView> {
        let strings = self.strings();
        let entries = &self.filed.case.incident.timeline;
        if self.stand_together(entries.iter().map(|entry| entry.span)) {
            return Vec::new();
        }
        let mut before = None;
        entries
            .iter()
            .map(|entry| {
                let date = entry.at.date.filter(|date| before.replace(*date) != Some(*date));
                let kind_key = entry.kind.map_or("", |kind| kind.as_str());
                let kind = if kind_key.is_empty() {
                    String::new()
                } else {
                    self.string(&format!("entry_{}", kind_key.replace('-', "_")))
                };
                EntryView {
                    date: date.map(|date| when::date(date, strings)).unwrap_or_default(),
                    time: entry.at.clock.map(|clock| clock.to_string()).unwrap_or_default(),
                    text: entry.text.clone(),
                    kind,
                    kind_key,
                }
            })
            .collect()
    }
}
