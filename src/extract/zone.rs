//! The main time zone: the one that most times stand in, or that a line says holds for all.

use std::ops::Range;

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::time::{TimeMention, ZoneMention};
use crate::model::fact::{Fact, RuleId};
use crate::model::when::Zone;
use crate::vocab::meaning::{Label, Meaning, SectionRole};

/// A zone, where it was first named, and how much speaks for it.
struct Named {
    zone: Zone,
    range: Range<u32>,
    weight: f32,
}

/// Every zone that the text names, once each; the more often it stands beside a time, the surer.
pub(super) fn zones(scope: &Scope<'_>) -> Vec<Fact<Zone>> {
    let mut found: Vec<Named> = Vec::new();
    let mut before: Option<&TimeMention> = None;
    for time in scope.all_times() {
        let first = time.first();
        let again = before.replace(time).is_some_and(|before| converts(scope, before, time));
        let weight = if again { CONVERTED } else { 1.0 };
        // Both ends of a range are given the zone that is written once.
        let last = time.last().filter(|last| first.is_none_or(|first| first.zone != last.zone));
        for stamp in [first, last].into_iter().flatten() {
            if let Some(zone) = &stamp.zone
                && !is_name(scope.text(stamp.start..stamp.end))
                && (zone.name.len() > 1 || stamp.date.is_some() || stamp.hour_digits == 2)
            {
                add(&mut found, zone, stamp.start..stamp.end, weight);
            }
        }
    }
    for line in &scope.lines {
        stated(scope, line, &mut found);
    }
    let found = one_name(found);
    let most = found.iter().map(|named| named.weight).fold(1.0, f32::max);
    let sure = found.into_iter().filter(|named| named.weight >= 0.85);
    let rule = RuleId("zone/beside-time");
    sure.map(|Named { zone, range, weight }| {
        Fact::new(zone, scope.span(range), rule, 0.5 + 0.5 * weight / most)
    })
    .collect()
}

/// `20240805T0745Z` is how files and orders are called by the moment when they were made: its zone is that of a machine.
fn is_name(stamp: &str) -> bool {
    stamp.len() > "20240805T".len() && stamp.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// A time that only says another in a second zone weighs so much.
const CONVERTED: f32 = 0.3;

/// Whether a time says the one before it again: "17:20 KST (08:20 UTC)".
pub(super) fn converts(scope: &Scope<'_>, before: &TimeMention, time: &TimeMention) -> bool {
    let zone = |time: &TimeMention| time.last().or(time.first()).and_then(|at| at.zone.clone());
    zone(before).is_some_and(|first| zone(time).is_some_and(|second| first != second))
        && matches!(scope.text(before.end..time.start).trim(), "(" | "/" | "=")
}

/// A zone that is named in full and by its initials goes by these: "West Africa Time", later "WAT"; "Pacific time", later "PST".
fn one_name(found: Vec<Named>) -> Vec<Named> {
    let (full, mut short): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|named| named.zone.name.contains(' '));
    for named in full {
        let words = named.zone.name.split(' ');
        let initials: String = words.filter_map(|word| word.chars().next()).collect();
        let is_same = |short: &&mut Named| {
            let name = short.zone.name.to_ascii_uppercase();
            let of_season =
                |season: &str| initials.to_ascii_uppercase() == name.replacen(season, "", 1);
            short.zone.name.eq_ignore_ascii_case(&initials)
                || name.len() == 3 && (of_season("S") || of_season("D"))
        };
        match short.iter_mut().find(is_same) {
            Some(short) => short.weight += named.weight,
            None => short.push(named),
        }
    }
    short
}

fn add(found: &mut Vec<Named>, zone: &Zone, range: Range<u32>, weight: f32) {
    // `T10:00Z` is how machines write it.
    let zone = if zone.name == "Z" { &Zone { name: "UTC".into(), offset: Some(0) } } else { zone };
    match found.iter_mut().find(|known| known.zone.name.eq_ignore_ascii_case(&zone.name)) {
        Some(known) => known.weight += weight,
        None => found.push(Named { zone: zone.clone(), range, weight }),
    }
}

/// Zones of a line that stand apart from its times: "all times are in UTC".
fn stated(scope: &Scope<'_>, line: &Line, found: &mut Vec<Named>) {
    if scope.zones(line.text.clone()).is_empty() {
        return;
    }
    let label = line.label.as_ref().and_then(|label| label.meaning);
    let times = scope.times(line.text.clone());
    let weight = if label == Some(Label::Zone) {
        20.0
    } else if line.roles.has(SectionRole::Timeline)
        || label.is_some()
        || scope.says(&line.text, Meaning::Label(Label::Zone))
        || matches!(line.kind, LineKind::Heading(..) | LineKind::Row(_, true))
    {
        3.0
    } else if times.is_empty() {
        0.6
    } else {
        0.9
    };
    for ZoneMention { zone, start, end } in scope.zones(line.text.clone()) {
        let beside = times.iter().any(|time| time.start <= *start && *end <= time.end);
        if !beside {
            add(found, zone, *start..*end, weight);
        }
    }
}
