//! Digests: several incidents in one document, each in a part or a row of its own, without the parts of a report.

use std::ops::Range;

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::extract::timeline::table::{cells, column_labels};
use crate::model::when::PartialDate;
use crate::vocab::meaning::{Label, Meaning, SectionRole};

/// What tells an incident by itself, beside its day.
const TELLING: [Label; 3] = [Label::Severity, Label::Duration, Label::Cause];
/// Parts of a report: where one of them stands beside parts that name days, these are days of one incident.
const REPORT: [SectionRole; 5] = [
    SectionRole::Timeline,
    SectionRole::Cause,
    SectionRole::Impact,
    SectionRole::Resolution,
    SectionRole::Actions,
];

/// The headings or rows that begin an incident each, where there are two of them or more.
pub fn incidents(scope: &Scope<'_>) -> Vec<Range<u32>> {
    let by_parts = parts(scope);
    if by_parts.is_empty() { rows(scope) } else { by_parts }
}

/// What stands below a heading.
struct Told {
    heading: Range<u32>,
    day: Option<PartialDate>,
    labels: Vec<Label>,
    named: bool,
}

/// Headings of one level that name days that differ, or below which a day and more of an incident is told each.
fn parts(scope: &Scope<'_>) -> Vec<Range<u32>> {
    let level = |line: &Line| match line.kind {
        LineKind::Heading(level, false) => Some(level),
        _ => None,
    };
    let levels = || scope.lines.iter().filter_map(level);
    let is_shared = |own: &u8| levels().filter(|other| other == own).nth(1).is_some();
    let Some(shared) = (1..=6).find(is_shared) else { return Vec::new() };
    let is_heading = |line: &Line| level(line).is_some_and(|level| level <= shared);
    if scope.lines.iter().any(|line| is_heading(line) && line.roles.any(&REPORT)) {
        return Vec::new();
    }
    let mut parts: Vec<Told> = Vec::new();
    for line in &scope.lines {
        if is_heading(line) {
            let day = day_in(scope, &line.text).filter(|_| level(line) == Some(shared));
            let heading = line.text.clone();
            parts.push(Told { heading, day, labels: Vec::new(), named: day.is_some() });
        } else if let Some(last) = parts.last_mut() {
            tell(scope, line, last);
        }
    }
    let is_told = |part: &&Told| part.day.is_some() && !part.labels.is_empty();
    let told: Vec<&Told> = parts.iter().filter(is_told).collect();
    let differ = told.iter().any(|part| part.day != told.first().and_then(|one| one.day));
    let is_sure = told.iter().all(|part| part.named || part.labels.len() > 1);
    let are_most = told.len() * 2 > parts.len().saturating_sub(1);
    if !(differ && is_sure && are_most) {
        return Vec::new();
    }
    let of_a_day = parts.into_iter().filter(|part| part.day.is_some());
    of_a_day.map(|part| part.heading).collect()
}

/// What a line tells of the incident of its part: a label, or that something was the cause.
fn tell(scope: &Scope<'_>, line: &Line, part: &mut Told) {
    let label = line.label.as_ref().and_then(|label| Some((label.meaning?, label.value.clone())));
    if let Some((Label::Date | Label::Started, value)) = &label {
        part.day = part.day.or_else(|| day_in(scope, value));
    }
    let says_cause = || {
        let mut said = scope.mentions(line.text.clone());
        said.any(|said| said.meaning == Meaning::Label(Label::Cause)).then_some(Label::Cause)
    };
    let told = label.map(|(label, _)| label).filter(|label| TELLING.contains(label));
    if let Some(label) = told.or_else(says_cause)
        && !part.labels.contains(&label)
    {
        part.labels.push(label);
    }
}

/// Rows of a table that name days that differ, below columns that tell two things of each.
fn rows(scope: &Scope<'_>) -> Vec<Range<u32>> {
    let is_report =
        |line: &Line| matches!(line.kind, LineKind::Heading(..)) && line.roles.any(&REPORT);
    let mut columns: Option<(u32, usize)> = None;
    let mut found: Vec<(PartialDate, Range<u32>)> = Vec::new();
    for line in &scope.lines {
        if is_report(line) {
            return Vec::new();
        }
        let LineKind::Row(table, is_head) = line.kind else { continue };
        if is_head && found.len() < 2 {
            let labels = column_labels(scope, &line.text);
            let told = TELLING.iter().filter(|label| labels.contains(&Some(**label))).count();
            let is_day =
                |label: &Option<Label>| matches!(label, Some(Label::Date | Label::Started));
            let at = labels.iter().position(is_day).filter(|_| told > 1);
            columns = at.map(|at| (table, at));
            found.clear();
        } else if let Some((_, at)) = columns.filter(|&(own, _)| own == table && !is_head)
            && let Some(day) = cells(scope, &line.text).get(at).and_then(|it| day_in(scope, it))
        {
            found.push((day, line.text.clone()));
        }
    }
    let differ = found.iter().any(|(day, _)| Some(*day) != found.first().map(|(day, _)| *day));
    if differ { found.into_iter().map(|(_, row)| row).collect() } else { Vec::new() }
}

/// The day that a short text names.
fn day_in(scope: &Scope<'_>, range: &Range<u32>) -> Option<PartialDate> {
    scope.times(range.clone()).iter().find_map(|time| time.first()?.date)
}
