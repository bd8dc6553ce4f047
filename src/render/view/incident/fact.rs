//! The facts of an incident in words, each with the place that it was read from.

use crate::index::facet::Facet;
use crate::model::fact::{Fact, Field, RuleId};
use crate::render::view::incident::{FactView, Teller, ValueView};
use crate::render::when;

impl Teller<'_> {
    pub(super) fn value<T>(&self, fact: &Fact<T>, text: String) -> ValueView {
        let given = fact.rule.is_given();
        let evidence = if given { None } else { self.evidence.anchor(fact.evidence, self.body) };
        let (place, how) = match &evidence {
            Some(_) => (self.place(fact.evidence.start), ""),
            None if given => (String::new(), "author_said"),
            None if fact.rule == RuleId::COMPUTED => (String::new(), "computed"),
            None => (String::new(), ""),
        };
        let how = if how.is_empty() { String::new() } else { self.string(how) };
        ValueView { text, url: None, evidence, place, how }
    }

    fn field<T>(
        &self,
        key: &'static str,
        field: &Field<T>,
        text: impl Fn(&T) -> String,
    ) -> FactView {
        let values = field.best().map(|fact| self.value(fact, text(&fact.value)));
        FactView { name: self.string(&format!("fact_{key}")), values: values.into_iter().collect() }
    }

    fn linked<T>(
        &self,
        key: &'static str,
        facet: Facet,
        facts: &[Fact<T>],
        text: impl Fn(&T) -> String,
    ) -> FactView {
        let values = facts.iter().map(|fact| {
            let link = self.around.link(facet, &text(&fact.value));
            ValueView { url: link.url, ..self.value(fact, link.name) }
        });
        FactView { name: self.string(&format!("fact_{key}")), values: values.collect() }
    }

    pub(super) fn facts(&self) -> Vec<FactView> {
        let incident = &self.filed.case.incident;
        let strings = self.strings();
        let detection: Vec<_> = incident.detection.best().cloned().into_iter().collect();
        let severity: Vec<_> = incident.severity.best().cloned().into_iter().collect();
        let mut facts = vec![
            self.field("date", &incident.date, |date| when::date(*date, strings)),
            self.field("duration", &incident.duration_minutes, |minutes| {
                when::length(*minutes, strings)
            }),
            self.field("zone", &incident.time_zone, |zone| match zone.utc_offset() {
                Some(offset) => format!("{} ({offset})", zone.name),
                None => zone.name.clone(),
            }),
            self.linked("severity", Facet::Severity, &severity, Clone::clone),
            self.field("affected", &incident.affected_percent, |percent| format!("{percent}%")),
            self.linked("services", Facet::Service, &incident.services, Clone::clone),
            self.linked("detection", Facet::Detection, &detection, |kind| kind.as_str().to_owned()),
            self.linked("resolution", Facet::Resolution, &incident.resolution, |kind| {
                kind.as_str().to_owned()
            }),
            self.promised(),
        ];
        // No text tells tags, so that none are missed.
        facts.extend(self.tags());
        facts
    }

    /// The words under which the author filed it, if there are any.
    fn tags(&self) -> Option<FactView> {
        let tags = &self.filed.case.incident.tags;
        let value = ValueView { text: tags.join(", "), ..ValueView::default() };
        let name = || self.string("fact_tags");
        (!tags.is_empty()).then(|| FactView { name: name(), values: vec![value] })
    }
}
