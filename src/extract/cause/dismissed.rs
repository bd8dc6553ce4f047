//! Causes that were suspected and ruled out, or said not to be the cause.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::cause::mention::Finding;
use crate::extract::scope::Scope;
use crate::model::cause::{CauseId, Stance};
use crate::model::fact::{Fact, RuleId};

/// A cause that is asserted this surely is not dismissed by one doubtful sentence.
const SURE: f32 = 0.72;
/// Words that a cause shares with much else dismiss it only where hardly anything speaks for it.
const MENTIONED: f32 = 0.3;

/// What speaks against causes.
pub(super) struct Doubts {
    /// The causes that were passed by on the way to the true one.
    pub(super) dismissed: Vec<Fact<CauseId>>,
    /// Those that the text does not stand by, these among them.
    pub(super) doubted: BTreeSet<u16>,
}

/// The causes that are ruled out, and those that are only ever suspected.
pub(super) fn doubts(
    scope: &Scope<'_>,
    findings: &[Finding],
    asserted: &BTreeMap<u16, f32>,
) -> Doubts {
    let mut found: BTreeMap<u16, Fact<CauseId>> = BTreeMap::new();
    let mut doubted = BTreeSet::new();
    for finding in findings {
        if matches!(finding.stance, Stance::Asserted | Stance::Aside) {
            continue;
        }
        let sure = if finding.strong { SURE } else { MENTIONED };
        if asserted.get(&finding.cause).is_some_and(|&weight| weight >= sure) {
            continue;
        }
        if finding.strong {
            doubted.insert(finding.cause);
        }
        let Some(certainty) = certainty(finding) else { continue };
        doubted.insert(finding.cause);
        let id = scope.vocab.taxonomy.id(finding.cause);
        let span = scope.span(finding.sentence.clone());
        let fact = Fact::new(id, span, RuleId("cause/dismissed"), certainty);
        let known = found.entry(finding.cause).or_insert_with(|| fact.clone());
        if known.certainty < certainty {
            *known = fact;
        }
    }
    Doubts { dismissed: found.into_values().collect(), doubted }
}

/// How sure it is that a cause was dismissed. On the way to the cause a suspicion is what was looked at first;
/// where the cause is told it is the likely cause, and among measures what could happen.
fn certainty(finding: &Finding) -> Option<f32> {
    let ruled_out = finding.stance == Stance::RuledOut;
    match finding.rule.0 {
        "cause/aside" => None,
        _ if ruled_out => finding.strong.then_some(0.8),
        "cause/timeline" | "cause/summary" => Some(if finding.strong { 0.6 } else { 0.5 }),
        "cause/response" => finding.strong.then_some(0.6),
        _ => None,
    }
}
