//! Labels of a tracker: a level such as `SEV2`, `sev/2` or `priority: high`, and the service that `component/api` names.

use crate::import::document::Document;

/// Names before a level, with what stands before its number. The first is meant where a ticket has several.
const LEVELS: [(&str, &str); 5] =
    [("severity", "SEV"), ("sev", "SEV"), ("priority", "P"), ("prio", "P"), ("p", "P")];
/// Names before a service.
const SERVICES: [&str; 8] = [
    "service",
    "services",
    "component",
    "components",
    "system",
    "affected-service",
    "affected service",
    "app",
];
/// What stands between a name and what it names.
const BETWEEN: [char; 5] = [':', '/', '-', '_', ' '];

/// Says in front matter what labels say of severity and services, and in the table what others name.
pub(super) fn read(labels: &[String], document: &mut Document) {
    let mut levels: Vec<(usize, String)> = labels.iter().filter_map(|label| level(label)).collect();
    levels.sort_by_key(|(rank, _)| *rank);
    document.give("severity", levels.into_iter().next().map(|(_, level)| level));
    let mut services: Vec<String> = Vec::new();
    for (name, value) in labels.iter().filter_map(|label| named(label)) {
        if SERVICES.contains(&name.to_lowercase().as_str()) {
            services.push(value.to_owned());
        } else if rank(name).is_none() {
            document.row(name, value);
        }
    }
    services.dedup();
    document.give("services", services);
}

/// `service: cache`, `component/api`, `severity::1`.
fn named(label: &str) -> Option<(&str, &str)> {
    let (name, value) = label.split_once([':', '/'])?;
    let (name, value) = (name.trim(), value.trim_start_matches(':').trim());
    (!name.is_empty() && !value.is_empty()).then_some((name, value))
}

fn rank(name: &str) -> Option<usize> {
    LEVELS.iter().position(|(known, _)| name.eq_ignore_ascii_case(known))
}

/// The level that a label names, and how sure its name makes it.
fn level(label: &str) -> Option<(usize, String)> {
    let label = label.trim();
    let end = label.find(|sign: char| !sign.is_ascii_alphabetic())?;
    let (name, rest) = label.split_at_checked(end)?;
    let rank = rank(name)?;
    let value = rest.trim_start_matches(BETWEEN);
    let digits = value.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(value.len());
    if digits == 1 {
        // A number and no more, or what it means behind it: `sev2: major`.
        let (number, meaning) = value.split_at_checked(1)?;
        let is_whole = meaning.is_empty() || meaning.starts_with([':', ' ', '(']);
        let (_, sign) = LEVELS.get(rank)?;
        return is_whole.then(|| (rank, format!("{sign}{number}")));
    }
    named(label).filter(|_| digits == 0 && name != "p").map(|(_, value)| (rank, value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_say_how_severe_it_was() {
        let cases = [
            ("SEV2", Some("SEV2")),
            ("sev/2", Some("SEV2")),
            ("sev-0", Some("SEV0")),
            ("Severity 1", Some("SEV1")),
            ("severity::3", Some("SEV3")),
            ("severity: high", Some("high")),
            ("severity/sev2", Some("sev2")),
            ("sev2: major", Some("SEV2")),
            ("P1", Some("P1")),
            ("priority/critical", Some("critical")),
            ("p99", None),
            ("p2p", None),
            ("p/network", None),
            ("sev", None),
            ("severe", None),
            ("several-teams", None),
            ("priority", None),
        ];
        for (label, wanted) in cases {
            let found = level(label).map(|(_, level)| level);
            assert_eq!(found.as_deref(), wanted, "{label}");
        }
    }
}
