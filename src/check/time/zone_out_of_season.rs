//! A zone of the winter in summer, or of the summer in winter.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

use crate::check::Subject;
use crate::check::time::stamps;
use crate::diag::{Diagnostic, code};

/// Who turns the clocks, and when.
#[derive(Clone, Copy)]
enum Rule {
    /// From the second Sunday of March to the first of November.
    America,
    /// From the last Sunday of March to the last of October.
    Europe,
}

/// Zones that have a twin for the other half of the year, and whether they are the summer's. Such as
/// `GMT`, which other countries use all year, or `CST`, which is China's as well, are left out.
const SEASONAL: [(&str, Rule, bool); 8] = [
    ("PST", Rule::America, false),
    ("PDT", Rule::America, true),
    ("MDT", Rule::America, true),
    ("CDT", Rule::America, true),
    ("EST", Rule::America, false),
    ("EDT", Rule::America, true),
    ("CET", Rule::Europe, false),
    ("CEST", Rule::Europe, true),
];

/// Looks for it; once for each zone.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    let main = subject.incident.date.value().and_then(|date| date.civil());
    let mut told = BTreeSet::new();
    for stamp in stamps(subject) {
        let Some(zone) = &stamp.zone else { continue };
        let Some(&(name, rule, summer)) = SEASONAL.iter().find(|known| known.0 == zone.name) else {
            continue;
        };
        let Some(date) = stamp.date.and_then(|date| date.civil()).or(main) else { continue };
        if is_summer(rule, date).is_some_and(|is| is != summer) && told.insert(name) {
            let span = scope.span(stamp.start..stamp.end);
            let finding = Diagnostic::new(&code::ZONE_OUT_OF_SEASON, span);
            findings.push(finding.arg("zone", name).arg("date", date));
        }
    }
}

/// Whether clocks are an hour ahead on a day; unknown on the days of the change and before the rules held.
fn is_summer(rule: Rule, date: Date) -> Option<bool> {
    let sunday = |month: i8, nth: i8| {
        Date::new(date.year(), month, 1).ok()?.nth_weekday_of_month(nth, Weekday::Sunday).ok()
    };
    let (first, last) = match rule {
        Rule::America => (sunday(3, 2)?, sunday(11, 1)?),
        Rule::Europe => (sunday(3, -1)?, sunday(10, -1)?),
    };
    let known = date.year() >= 2007 && date != first && date != last;
    known.then_some(first < date && date < last)
}
