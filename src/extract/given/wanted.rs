//! What a key takes, for those who gave it something else: the phrase that says so, and names to choose from.

use crate::base::nearest::nearest;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::model::kind::{Detection, Lang, Resolution, Visibility};
use crate::parse::front_matter::Entry;

/// A finding for a value that its key does not take.
pub(super) fn wrong(entry: &Entry) -> Diagnostic {
    wrong_part(entry, &entry.value.brief())
}

/// A finding for a part of a list that its key does not take.
pub(super) fn wrong_part(entry: &Entry, part: &str) -> Diagnostic {
    let (phrase, names) = of(&entry.key);
    let right = nearest(&part.to_lowercase(), names.iter().copied());
    finding(&entry.key, part, entry.span, phrase).nearest(right).allowed(names)
}

/// A finding for a value that stands where something else should, which a phrase names.
pub(super) fn finding(key: &str, value: &str, span: Span, phrase: &str) -> Diagnostic {
    let finding = Diagnostic::new(&code::WRONG_VALUE, span).arg("key", key).arg("value", value);
    finding.wanted(phrase)
}

/// The phrase for what a key takes, and the names if it takes one of some.
fn of(key: &str) -> (&'static str, Vec<&'static str>) {
    let phrase = match key {
        "detection" => {
            return ("wanted_detection", Detection::ALL.iter().map(|kind| kind.as_str()).collect());
        }
        "resolution" => {
            return (
                "wanted_resolution",
                Resolution::ALL.iter().map(|kind| kind.as_str()).collect(),
            );
        }
        "lang" | "language" => {
            return ("wanted_name", Lang::ALL.iter().map(|lang| lang.as_str()).collect());
        }
        "visibility" => {
            return ("wanted_name", Visibility::ALL.iter().map(|kind| kind.as_str()).collect());
        }
        "date" => "wanted_day",
        "started_at" | "start" | "detected_at" | "detected" | "mitigated_at" | "mitigated"
        | "resolved_at" | "resolved" | "resolvedwhen" | "end" => "wanted_moment",
        "time_zone" | "timezone" => "wanted_zone",
        "duration_minutes" | "duration" => "wanted_length",
        "affected_percent" => "wanted_percent",
        "severity" | "sev" | "priority" => "wanted_level",
        "services" | "service" | "components" | "affected_services" | "affected" | "tags" => {
            "wanted_names"
        }
        "root_causes" | "root_cause" | "causes" | "cause" | "dismissed" => "wanted_causes",
        "action_items" | "actions" => "wanted_actions",
        "timeline" => "wanted_timeline",
        "draft" | "private" => "wanted_flag",
        _ => "wanted_text",
    };
    (phrase, Vec::new())
}
