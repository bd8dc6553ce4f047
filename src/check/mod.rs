//! What is missing, contradictory or careless in one document: rules look at its scope and its facts, one rule a file.
//!
//! A rule reports one code and knows nothing of the others. What it says stands in `data/findings`; what
//! needs the day of today or other documents is asked after the index, in [`aged`] and in `index`.

mod action;
mod fact;
pub mod fix;
mod ignore;
pub mod secret;
mod shape;
mod time;
mod wording;

use std::collections::BTreeMap;

use crate::base::span::{FileId, Span};
use crate::diag::{Diagnostic, code};
use crate::extract::scope::Scope;
use crate::model::incident::Incident;
use crate::model::when::PartialDate;

pub use crate::check::ignore::Ignores;

/// What a rule looks at.
struct Subject<'a> {
    /// The document.
    scope: &'a Scope<'a>,
    /// What was read from it.
    incident: &'a Incident,
}

impl Subject<'_> {
    /// The very beginning: where a finding about something that is missing stands.
    fn start(&self) -> Span {
        Span::start_of(self.scope.source.id)
    }
}

/// A rule: adds what it finds.
type Rule = fn(&Subject<'_>, &mut Vec<Diagnostic>);

/// All rules over one document, in the order of their codes.
const RULES: &[Rule] = &[
    shape::empty_section::check,
    shape::template_leftover::check,
    shape::misplaced_section::check,
    shape::long_line::check,
    shape::several_incidents::check,
    time::clock_slip::check,
    time::detected_first::check,
    time::resolved_first::check,
    time::duration_differs::check,
    time::weekday_differs::check,
    time::zone_out_of_season::check,
    time::ambiguous_date::check,
    time::no_year::check,
    time::no_zone::check,
    time::mitigated_first::check,
    time::timeline_backwards::check,
    fact::no_title::check,
    fact::no_date::check,
    fact::no_root_cause::check,
    fact::no_detection::check,
    fact::no_resolution::check,
    fact::no_timeline::check,
    fact::no_actions::check,
    fact::severity_twice::check,
    action::no_owner::check,
    action::no_due::check,
    wording::blame::check,
    wording::human_error::check,
];

/// Checks one document.
pub fn check(scope: &Scope<'_>, incident: &Incident) -> Vec<Diagnostic> {
    let subject = Subject { scope, incident };
    let mut findings = Vec::new();
    for rule in RULES {
        rule(&subject, &mut findings);
    }
    ignore::unknown(scope.source, &scope.document.remarks, &mut findings);
    findings
}

/// What depends on the day that ages are reckoned from.
pub fn aged(incident: &Incident, today: PartialDate) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    time::future_date::check(incident, today, &mut findings);
    action::overdue::check(incident, today, &mut findings);
    findings
}

/// Of one kind so many are told of one document: a pasted log must not bury the rest.
const MOST: usize = 100;

/// Leaves at most so many findings of each kind in each document, and says how many more there were. Of secrets all are left:
/// what shows a line covers those in it.
pub fn bound(findings: &mut Vec<Diagnostic>) {
    let mut counts: BTreeMap<(FileId, &'static str), (usize, Span)> = BTreeMap::new();
    findings.retain(|finding| {
        if finding.code.is_secret() {
            return true;
        }
        let (count, last) =
            counts.entry((finding.span.file, finding.code.id)).or_insert((0, finding.span));
        *count += 1;
        *last = if *count <= MOST { finding.span } else { *last };
        *count <= MOST
    });
    findings.extend(counts.into_iter().filter(|(_, (count, _))| *count > MOST).map(
        |((_, id), (count, last))| {
            Diagnostic::new(&code::TOO_MANY, last).arg("count", count - MOST).arg("code", id)
        },
    ));
}
