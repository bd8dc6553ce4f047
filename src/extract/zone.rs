//! The main time zone: the one that most times stand in, or that a line says holds for all.

use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::extract::time::zone::zones_in;
use crate::model::fact::{Fact, RuleId};
use crate::model::when::Zone;
use crate::vocab::meaning::{Label, SectionRole};

/// Every zone that the text names, once each; the more often it stands beside a time, the surer.
pub(super) fn zones(scope: &Scope<'_>) -> Vec<Fact<Zone>> {
    let mut found: Vec<(Zone, u32, u32, f32)> = Vec::new();
    let mut add = |zone: &Zone, start: u32, end: u32, weight: f32| {
        let same = |known: &&mut (Zone, u32, u32, f32)| known.0.name.eq_ignore_ascii_case(&zone.name);
        match found.iter_mut().find(same) {
            Some(known) => known.3 += weight,
            None => found.push((zone.clone(), start, end, weight)),
        }
    };
    for time in scope.all_times() {
        for stamp in [time.first(), time.last()].into_iter().flatten() {
            if let Some(zone) = &stamp.zone
                && (zone.name.len() > 1 || stamp.date.is_some())
            {
                add(zone, stamp.start, stamp.end, 1.0);
            }
            if time.last().is_some() && time.first().map(|stamp| &stamp.zone) == time.last().map(|stamp| &stamp.zone) {
                break;
            }
        }
    }
    for line in &scope.lines {
        let text = scope.line_text(line);
        let label = line.label.as_ref().and_then(|label| label.meaning);
        let near_time = line.roles.has(SectionRole::Timeline) || label.is_some() || matches!(line.kind, LineKind::Heading(..) | LineKind::Row(_, true));
        if !may_name_zone(text) {
            continue;
        }
        let says = label == Some(Label::Zone);
        for (zone, start, end) in zones_in(text, line.text.start, &scope.vocab.clock) {
            let beside = scope.times(line.text.clone()).iter().any(|time| time.start <= start && end <= time.end);
            if beside {
                continue;
            }
            let weight = if says { 20.0 } else if near_time { 3.0 } else if scope.times(line.text.clone()).is_empty() { 0.6 } else { 0.9 };
            add(&zone, start, end, weight);
        }
    }
    let most = found.iter().map(|zone| zone.3).fold(0.0, f32::max);
    found
        .into_iter()
        .filter(|zone| zone.3 >= 0.85)
        .map(|(zone, start, end, weight)| {
            Fact::new(zone, scope.span(start..end), RuleId("zone/beside-time"), 0.5 + 0.5 * weight / most.max(1.0))
        })
        .collect()
}

/// Names of zones have two capitals in a row, or the word for time.
fn may_name_zone(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair[0].is_ascii_uppercase() && pair[1].is_ascii_uppercase())
        || text.contains("ime")
        || text.contains("시간")
        || text.contains("표준시")
        || text.contains("US/")
}
