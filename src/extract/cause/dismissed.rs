//! Causes that were suspected and ruled out, or said not to be the cause.

use std::collections::BTreeMap;

use crate::extract::cause::mention::Finding;
use crate::extract::scope::Scope;
use crate::model::cause::{CauseId, Stance};
use crate::model::fact::{Fact, RuleId};

/// A cause that is asserted this surely is not dismissed by one doubtful sentence.
const SURE: f32 = 0.72;

/// The causes that are ruled out, and those that are only ever suspected.
pub(super) fn dismissed(
    scope: &Scope<'_>,
    findings: &[Finding],
    asserted: &BTreeMap<u16, f32>,
) -> Vec<Fact<CauseId>> {
    let mut found: BTreeMap<u16, Fact<CauseId>> = BTreeMap::new();
    for finding in findings {
        let certainty = match finding.stance {
            Stance::RuledOut => 0.8,
            Stance::Suspected => 0.6,
            Stance::Asserted | Stance::Aside => continue,
        };
        if !finding.strong || asserted.get(&finding.cause).is_some_and(|&weight| weight >= SURE) {
            continue;
        }
        let id = scope.vocab.taxonomy.id(finding.cause);
        let fact = Fact::new(
            id,
            scope.span(finding.sentence.clone()),
            RuleId("cause/dismissed"),
            certainty,
        );
        let known = found.entry(finding.cause).or_insert_with(|| fact.clone());
        if known.certainty < certainty {
            *known = fact;
        }
    }
    found.into_values().collect()
}
