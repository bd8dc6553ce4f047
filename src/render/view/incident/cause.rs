//! Causes with the words that they were read from, and what was ruled out.

use std::ops::Range;

use crate::base::span::Span;
use crate::index::facet::Facet;
use crate::parse::text::TextView;
use crate::render::view::incident::{CauseView, Teller, ValueView};
use crate::render::view::names::link;

/// Longest quotation of evidence, in characters.
const LONGEST: usize = 220;

impl Teller<'_> {
    pub(super) fn causes(&self) -> Vec<CauseView> {
        let mut quoted: Vec<Span> = Vec::new();
        let is_own = self.filed.case.incident.lang == self.lang;
        let causes = self.filed.case.incident.root_causes.iter();
        causes
            .map(|cause| {
                let id = cause.fact.value.as_str();
                let link = link(self.scene, self.lang, Facet::Cause, id);
                let evidence = cause.fact.evidence;
                // One sentence may name several causes: it is quoted below the first.
                let is_new = !quoted.contains(&evidence);
                quoted.push(evidence);
                let is_quoted = is_new && is_own && !cause.fact.rule.is_given();
                CauseView {
                    value: ValueView { url: link.url, ..self.value(&cause.fact, link.name) },
                    quoted: is_quoted.then_some(evidence.start..evidence.end),
                    quote: String::new(),
                    role: self.string(&format!("role_{}", cause.role.as_str())),
                }
            })
            .collect()
    }

    pub(super) fn dismissed(&self) -> Vec<ValueView> {
        let dismissed = self.filed.case.incident.dismissed.iter();
        dismissed
            .map(|fact| {
                let link = link(self.scene, self.lang, Facet::Cause, fact.value.as_str());
                ValueView { url: link.url, ..self.value(fact, link.name) }
            })
            .collect()
    }
}

/// The words of a place, in one line and not too many.
pub(super) fn quote(text: &TextView, place: &Range<u32>) -> String {
    let words = text.visible(place).split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => words.get(..end).unwrap_or_default().to_owned() + "…",
        None => words,
    }
}
