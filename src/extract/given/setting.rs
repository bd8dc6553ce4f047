//! One entry of an author, and the field of the incident that it is set into.

use std::collections::BTreeSet;

use crate::base::nearest::nearest;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::extract::given::value::{
    actions, ambiguous, is_blank, length, level, names, percent, said, share, timeline, title,
    written,
};
use crate::extract::given::wanted;
use crate::model::cause::{Cause, CauseId, Role};
use crate::model::fact::{Fact, Field, RuleId};
use crate::model::incident::Incident;
use crate::model::kind::{Detection, Lang, Resolution, Visibility};
use crate::model::when::{Moment, Zone};
use crate::parse::front_matter::{Entry, Value};
use crate::vocab::Vocabulary;

/// What became of an entry.
pub(super) enum Outcome {
    Set,
    Wrong,
    Unknown,
}

/// An author's entry, and what it is set into.
pub(super) struct Setting<'a> {
    pub(super) entry: &'a Entry,
    pub(super) rule: RuleId,
    /// It stands on a status page, whose `date` is when it began.
    pub(super) is_state: bool,
    pub(super) vocab: &'a Vocabulary,
    pub(super) incident: &'a mut Incident,
    pub(super) findings: &'a mut Vec<Diagnostic>,
}

impl Setting<'_> {
    /// Sets the entry into its field.
    pub(super) fn set(&mut self) -> Outcome {
        if matches!(self.entry.value, Value::Null(())) {
            return Outcome::Set;
        }
        self.time()
            .or_else(|| self.description())
            .or_else(|| self.list())
            .or_else(|| self.publishing())
            .unwrap_or(Outcome::Unknown)
    }

    /// Keys that say when; `None` for any other key.
    fn time(&mut self) -> Option<Outcome> {
        Some(match self.entry.key.as_str() {
            "date" => self.date(),
            "started_at" | "start" => self.moment(|incident| &mut incident.started_at),
            "detected_at" | "detected" => self.moment(|incident| &mut incident.detected_at),
            "mitigated_at" | "mitigated" => self.moment(|incident| &mut incident.mitigated_at),
            // A status page says whether it is over.
            "resolved" if matches!(self.entry.value, Value::Bool(_)) => Outcome::Set,
            "resolved_at" | "resolved" | "resolvedwhen" | "end" => {
                self.moment(|incident| &mut incident.resolved_at)
            }
            "time_zone" | "timezone" => {
                let clock = &self.vocab.clock;
                let zone = |name: &str| {
                    let offset = clock.zone(&name.to_lowercase()).flatten();
                    Some(Zone { name: name.to_owned(), offset })
                };
                self.lead(zone, |incident| &mut incident.time_zone)
            }
            "duration_minutes" | "duration" => {
                let vocab = self.vocab;
                self.lead(|text| length(text, vocab), |incident| &mut incident.duration_minutes)
            }
            _ => return None,
        })
    }

    /// A moment on the clock of the incident: one that says how far its own is from UTC is set by that.
    fn moment(&mut self, field: impl Fn(&mut Incident) -> &mut Field<Moment>) -> Outcome {
        let vocab = self.vocab;
        let Some((at, zone)) = self.text().and_then(|text| written(&text, vocab)) else {
            return Outcome::Wrong;
        };
        let known = self.incident.time_zone.value().map(|zone| zone.offset);
        let own = zone.as_ref().and_then(|zone| zone.offset);
        self.doubt();
        let behind = known.flatten().zip(own).map_or(0, |(known, own)| known - own);
        if let (Some(zone), None) = (zone, known) {
            self.incident.time_zone.lead(self.fact(zone));
        }
        let moved = if behind == 0 { None } else { at.plus_minutes(f64::from(behind)) };
        let fact = self.fact(moved.unwrap_or(at));
        field(self.incident).lead(fact);
        Outcome::Set
    }

    /// A finding for a date in digits whose day could be its month.
    fn doubt(&mut self) {
        let text = self.text().unwrap_or_default();
        if let Some(date) = ambiguous(&text, self.vocab) {
            let finding = Diagnostic::new(&code::AMBIGUOUS_DATE, self.entry.span);
            self.findings.push(finding.arg("text", text).arg("date", date));
        }
    }

    /// A date in front matter may be the report's; what the text says of its incident stays first
    /// unless the author wrote an override.
    fn date(&mut self) -> Outcome {
        let vocab = self.vocab;
        let read = self.text().and_then(|text| written(&text, vocab));
        let Some((Moment { date: Some(mut date), clock }, _)) = read else { return Outcome::Wrong };
        self.doubt();
        if clock.is_some() && (self.is_state || self.rule == RuleId::OVERRIDE) {
            self.moment(|incident| &mut incident.started_at);
            date = self.incident.started_at.value().and_then(|start| start.date).unwrap_or(date);
        }
        self.incident.date.lead(self.fact(date));
        Outcome::Set
    }

    /// Keys that say what; `None` for any other key.
    fn description(&mut self) -> Option<Outcome> {
        Some(match self.entry.key.as_str() {
            "title" => {
                let vocab = self.vocab;
                self.lead(|text| Some(title(text, vocab)), |incident| &mut incident.title)
            }
            "severity" | "sev" | "priority" => self.lead(level, |incident| &mut incident.severity),
            "affected_percent" => self.lead(percent, |incident| &mut incident.affected_percent),
            "detection" => {
                let (entry, vocab) = (self.entry, self.vocab);
                let read = |name: &str| {
                    let told =
                        || said(&entry.key, name, entry.span, vocab).detection.value().copied();
                    Detection::parse(&id(name)).or_else(told)
                };
                self.lead(read, |incident| &mut incident.detection)
            }
            "lang" | "language" => match self.text().as_deref().and_then(Lang::parse) {
                Some(lang) => {
                    self.incident.lang = lang;
                    Outcome::Set
                }
                None => Outcome::Wrong,
            },
            _ => return None,
        })
    }

    /// Keys that list something; `None` for any other key.
    fn list(&mut self) -> Option<Outcome> {
        let Self { entry, rule, vocab, .. } = *self;
        let span = entry.span;
        let key = entry.key.as_str();
        if NAMED.contains(&key) && !is_flat(&entry.value) {
            return Some(Outcome::Wrong);
        }
        match key {
            "services" | "service" | "components" | "affected_services" | "affected" => {
                return Some(self.services());
            }
            "tags" => self.incident.tags = once(entry.value.texts()),
            "root_causes" | "root_cause" | "causes" | "cause" => {
                return Some(causes(entry, rule, vocab, self.incident, self.findings));
            }
            "dismissed" => {
                let ids = known_causes(entry, vocab, self.findings);
                self.incident.root_causes.retain(|cause| !ids.contains(&cause.fact.value));
                self.incident.dismissed = ids.into_iter().map(|id| fact(id, span, rule)).collect();
            }
            "resolution" => {
                return Some(self.resolution());
            }
            key @ ("action_items" | "actions") => {
                let Some((items, all)) = actions(&entry.value, span, vocab) else {
                    return Some(if key == "actions" { Outcome::Set } else { Outcome::Wrong });
                };
                let is_none = items.is_empty();
                // Other tools list buttons and hooks by this name.
                if key == "action_items" && all || !is_none {
                    self.incident.actions = items;
                }
                let is_wrong = !all && (key == "action_items" || !is_none);
                return Some(if is_wrong { Outcome::Wrong } else { Outcome::Set });
            }
            "timeline" => {
                let Some(entries) = timeline(&entry.value, span, vocab) else {
                    return Some(Outcome::Wrong);
                };
                self.incident.timeline = entries;
            }
            _ => return None,
        }
        Some(Outcome::Set)
    }

    /// What ended it: names of kinds, or words that say so. What is neither costs only itself.
    fn resolution(&mut self) -> Outcome {
        let Self { entry, rule, vocab, .. } = *self;
        let names = entry.value.texts();
        let (known, others): (Vec<&String>, Vec<&String>) =
            names.iter().partition(|name| Resolution::parse(&id(name)).is_some());
        let mut kinds: Vec<Resolution> =
            known.iter().filter_map(|name| Resolution::parse(&id(name))).collect();
        let words = others.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
        let told = match others.is_empty() {
            true => Vec::new(),
            false => said(&entry.key, &words, entry.span, vocab).resolution,
        };
        let is_told = others.is_empty() || !told.is_empty();
        kinds.extend(told.into_iter().map(|fact| fact.value));
        if is_told || !kinds.is_empty() {
            let kinds = once(kinds).into_iter();
            self.incident.resolution = kinds.map(|kind| fact(kind, entry.span, rule)).collect();
        }
        if !is_told && !known.is_empty() {
            // What is of several words may be the rest of a sentence.
            let single = others.iter().filter(|name| !name.contains(char::is_whitespace));
            self.findings.extend(single.map(|name| wanted::wrong_part(entry, name)));
            return Outcome::Set;
        }
        if is_told { Outcome::Set } else { Outcome::Wrong }
    }

    /// Names of services; `affected: 30% of users` is how much of them suffered. What is no name costs only itself.
    fn services(&mut self) -> Outcome {
        let Self { entry, rule, vocab, .. } = *self;
        if let Some(percent) = self.text().as_deref().and_then(share) {
            let fact = self.fact(percent);
            self.incident.affected_percent.lead(fact);
            return Outcome::Set;
        }
        let (names, all) = names(&entry.value);
        let (blank, names): (Vec<String>, Vec<String>) =
            once(names).into_iter().partition(|name| is_blank(name, vocab));
        if blank.is_empty() && all || !names.is_empty() {
            let names = names.into_iter();
            self.incident.services = names.map(|name| fact(name, entry.span, rule)).collect();
        }
        if all { Outcome::Set } else { Outcome::Wrong }
    }

    /// Keys that say whether and where the document is published; `None` for any other key.
    fn publishing(&mut self) -> Option<Outcome> {
        Some(match self.entry.key.as_str() {
            "slug" => {
                let slug = self.text();
                let is_text = slug.is_some();
                self.incident.slug = slug.or(self.incident.slug.take());
                if is_text { Outcome::Set } else { Outcome::Wrong }
            }
            "draft" => visibility(&self.entry.value, Visibility::Draft, self.incident),
            "private" => visibility(&self.entry.value, Visibility::Private, self.incident),
            // Of generators of sites: what is not published there is not here.
            "published" | "publish" => {
                if is_no(&self.entry.value) {
                    self.incident.visibility = self.incident.visibility.max(Visibility::Draft);
                }
                Outcome::Set
            }
            "visibility" => {
                let wish = self.text().and_then(|name| Visibility::parse(&name.to_lowercase()));
                let visibility = wish.unwrap_or(Visibility::Private);
                self.incident.visibility = self.incident.visibility.max(visibility);
                if wish.is_some() { Outcome::Set } else { Outcome::Wrong }
            }
            _ => return None,
        })
    }

    fn text(&self) -> Option<String> {
        self.entry.value.text().filter(|text| !text.is_empty())
    }

    fn fact<T>(&self, value: T) -> Fact<T> {
        fact(value, self.entry.span, self.rule)
    }

    /// Puts what the author wrote before what was read.
    fn lead<T>(
        &mut self,
        read: impl Fn(&str) -> Option<T>,
        field: impl FnOnce(&mut Incident) -> &mut Field<T>,
    ) -> Outcome {
        match self.text().as_deref().and_then(read) {
            Some(value) => {
                let fact = self.fact(value);
                field(self.incident).lead(fact);
                Outcome::Set
            }
            None => Outcome::Wrong,
        }
    }
}

/// Keys that list names or words, and nothing that has parts of its own.
const NAMED: [&str; 7] =
    ["tags", "root_causes", "root_cause", "causes", "cause", "dismissed", "resolution"];

/// Whether a value is one, or a list of such, without lists or tables in it.
fn is_flat(value: &Value) -> bool {
    match value {
        Value::List(values) => {
            values.iter().all(|value| !matches!(value, Value::List(_) | Value::Map(_)))
        }
        value => !matches!(value, Value::Map(_)),
    }
}

fn fact<T>(value: T, span: Span, rule: RuleId) -> Fact<T> {
    Fact::new(value, span, rule, 1.0)
}

/// `draft: "yes"` is meant as it reads: when in doubt, nothing is published.
fn visibility(value: &Value, wish: Visibility, incident: &mut Incident) -> Outcome {
    if !is_no(value) {
        incident.visibility = incident.visibility.max(wish);
    }
    if matches!(value, Value::Bool(_)) { Outcome::Set } else { Outcome::Wrong }
}

fn is_no(value: &Value) -> bool {
    match value {
        Value::Bool(yes) => !yes,
        Value::Text(text) => {
            matches!(text.trim().to_lowercase().as_str(), "false" | "no" | "off" | "0" | "")
        }
        Value::Number(number) => *number == 0.0,
        _ => false,
    }
}

fn causes(
    entry: &Entry,
    rule: RuleId,
    vocab: &Vocabulary,
    incident: &mut Incident,
    findings: &mut Vec<Diagnostic>,
) -> Outcome {
    let ids = known_causes(entry, vocab, findings);
    if !ids.is_empty() || entry.value.texts().is_empty() {
        let made =
            |id| Cause { fact: fact(id, entry.span, rule), role: Role::Cause, more: Vec::new() };
        incident.root_causes = ids.into_iter().map(made).collect();
        let asserted: Vec<_> =
            incident.root_causes.iter().map(|cause| cause.fact.value.clone()).collect();
        incident.dismissed.retain(|fact| !asserted.contains(&fact.value));
    }
    Outcome::Set
}

/// A name as an id: `Configuration fix` is `configuration-fix`.
fn id(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}

/// So many unknown ids are compared with the known ones.
const MOST: usize = 100;

/// The ids of an entry that the taxonomy knows; a finding for each of the others.
fn known_causes(entry: &Entry, vocab: &Vocabulary, findings: &mut Vec<Diagnostic>) -> Vec<CauseId> {
    let mut ids = Vec::new();
    for name in entry.value.texts() {
        let id = id(&name);
        // Words of a sentence say what they say below a label of the text.
        let told = || match name.trim().contains(char::is_whitespace) && findings.len() < MOST {
            true => said(&entry.key, &name, entry.span, vocab).root_causes,
            false => Vec::new(),
        };
        match vocab.taxonomy.number(&id) {
            Some(number) => ids.push(vocab.taxonomy.id(number)),
            None => {
                let told = told();
                if !told.is_empty() {
                    ids.extend(told.into_iter().map(|cause| cause.fact.value));
                    continue;
                }
                let known = vocab.taxonomy.concepts().iter().map(|concept| concept.id.as_str());
                // A list that goes on and on is no list of causes: nobody reads what all of it might have meant.
                let right = if findings.len() < MOST { nearest(&id, known) } else { None };
                let finding = Diagnostic::new(&code::UNKNOWN_CAUSE, entry.span).arg("id", name);
                findings.push(finding.nearest(right));
            }
        }
    }
    once(ids)
}

/// Each value where it stands first.
fn once<T: Ord + Clone>(values: Vec<T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    values.into_iter().filter(|value| seen.insert(value.clone())).collect()
}
