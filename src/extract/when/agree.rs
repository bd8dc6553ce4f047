//! What the length that a text states tells of an end that nothing else tells surely: the entry of the timeline that agrees with it.

use crate::model::fact::{Fact, RuleId};
use crate::model::incident::Incident;
use crate::model::timeline::{Entry, EntryKind};
use crate::model::when::{Clock, Moment};

/// How sure an entry is that only the stated length speaks for.
const AGREED: f32 = 0.5;
/// An entry that bears a name is surer than a length that somebody counted.
const NAMED: f32 = 0.8;
/// The rule of a moment that a stated length chose: a length between it and the other end says nothing new.
pub(in crate::extract) const RULE: RuleId = RuleId("time/agreed");
/// A stated length may be so much rounded, in minutes or as a share of it.
const MINUTES: f64 = 1.0;
const SHARE: f64 = 0.02;

/// Lets a stated length choose: the end, where none is known; an earlier beginning than the first sign of trouble, where it
/// lasted longer than from that sign to its end.
pub(super) fn agree(incident: &mut Incident, stated: f64, goes_on: bool) {
    let Some(start) = incident.started_at.best().cloned() else { return };
    match incident.resolved_at.best().map(|end| end.value) {
        None if !goes_on => {
            let passed = |entry: &Entry| start.value.minutes_until(entry.at);
            let over = |kind| matches!(kind, EntryKind::Mitigation | EntryKind::Resolution);
            if let Some(fact) = nearest(&incident.timeline, stated, passed, over) {
                incident.resolved_at.lead(fact);
            }
        }
        Some(end) if start.rule == RuleId("time/timeline") && start.certainty < NAMED => {
            let passed = |entry: &Entry| {
                entry.at.minutes_until(end).filter(|_| entry.at.precedes(start.value) == Some(true))
            };
            let lasted = start.value.minutes_until(end).unwrap_or_default();
            let began = |kind| matches!(kind, EntryKind::Trigger | EntryKind::Detection);
            if lasted + allowance(stated) < stated
                && let Some(fact) = nearest(&incident.timeline, stated, passed, began)
            {
                incident.started_at.lead(fact);
            }
        }
        _ => {}
    }
}

fn allowance(stated: f64) -> f64 {
    MINUTES.max(stated * SHARE)
}

/// The entry of a wanted kind that lies nearest to the stated length away from the other end, near enough to be meant.
fn nearest(
    entries: &[Entry],
    stated: f64,
    passed: impl Fn(&Entry) -> Option<f64>,
    wanted: impl Fn(EntryKind) -> bool,
) -> Option<Fact<Moment>> {
    let gap = |entry: &Entry| passed(entry).map(|minutes| (minutes - stated).abs());
    let near = entries
        .iter()
        .filter(|entry| entry.kind.is_some_and(&wanted))
        .filter_map(|entry| Some((gap(entry)?, entry)));
    let (_, entry) = near
        .filter(|(gap, _)| *gap <= allowance(stated))
        .min_by(|(a, _), (b, _)| a.total_cmp(b))?;
    let clock = entry.at.clock.map(|clock| Clock { second: 0, ..clock });
    Some(Fact::new(Moment { clock, ..entry.at }, entry.span, RULE, AGREED))
}
