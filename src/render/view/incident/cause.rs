//! Causes with the words that they were read from, and what was ruled out.

use crate::base::span::Span;
use crate::index::facet::Facet;
use crate::model::cause::Role;
use crate::render::view::incident::{CauseView, Teller, ValueView};

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
                let link = self.around.link(Facet::Cause, id);
                let evidence = cause.fact.evidence;
                // One sentence may name several causes: it is quoted below the first.
                let is_new = !quoted.contains(&evidence);
                quoted.push(evidence);
                let is_quoted = is_new && is_own && !cause.fact.rule.is_given();
                CauseView {
                    value: ValueView { url: link.url, ..self.value(&cause.fact, link.name) },
                    quote: if is_quoted { self.quote(evidence) } else { String::new() },
                    role: match cause.role {
                        Role::Cause => String::new(),
                        role => self.string(&format!("role_{}", role.as_str())),
                    },
                }
            })
            .collect()
    }

    pub(super) fn dismissed(&self) -> Vec<ValueView> {
        let dismissed = self.filed.case.incident.dismissed.iter();
        dismissed
            .map(|fact| {
                let link = self.around.link(Facet::Cause, fact.value.as_str());
                ValueView { url: link.url, ..self.value(fact, link.name) }
            })
            .collect()
    }

    /// The words of a place, in one line and not too many.
    fn quote(&self, place: Span) -> String {
        let words = self.body.text.visible(&(place.start..place.end));
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        match words.char_indices().nth(LONGEST) {
            Some((end, _)) => words.get(..end).unwrap_or_default().to_owned() + "…",
            None => words,
        }
    }
}
