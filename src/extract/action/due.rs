//! By when something is promised: days, and months, quarters and weeks, which end with their last day.

use std::ops::Range;

use jiff::civil::{ISOWeekDate, Weekday};

use crate::extract::scope::Scope;
use crate::model::kind::Lang;
use crate::model::when::PartialDate;
use crate::vocab::meaning::{Label, Meaning};
use crate::vocab::pattern::is_hangul;

/// So many letters beside a day belong to it: `까지`.
const PARTICLE: usize = 3;
/// What names nothing but a day has so many bytes at most.
const LONGEST: usize = 40;

/// The day of a cell below a name that asks for it.
pub(super) fn of_cell(scope: &Scope<'_>, cell: &Range<u32>) -> Option<PartialDate> {
    let mut times = scope.times(cell.clone()).iter();
    let read = times.find_map(|time| time.last().or(time.first())?.date);
    read.or_else(|| short(scope, scope.text(cell.clone()), true))
}

/// The day, where a text names nothing else: `~10/9`, `by 2 May`, `4월 말까지`.
pub(super) fn alone(scope: &Scope<'_>, range: &Range<u32>) -> Option<PartialDate> {
    if range.len() > LONGEST {
        return None;
    }
    let is_due = |meaning| meaning == Meaning::Label(Label::Due);
    let labels = scope.mentions(range.clone()).filter(|said| is_due(said.meaning));
    let dated =
        scope.times(range.clone()).iter().find_map(|time| Some((time, time.first()?.date?)));
    let end = dated.map_or(range.end, |(time, _)| time.start);
    let label = labels.filter(|said| said.end <= end).last();
    let from = label.map_or(range.start, |said| said.end);
    if label.is_some_and(|said| said.start > range.start + PARTICLE as u32) {
        return None;
    }
    let Some((time, date)) = dated else {
        return short(scope, scope.text(from..range.end), label.is_some());
    };
    let around = [from..time.start, time.end..range.end];
    let beside: usize = around.iter().map(|range| scope.letters(range)).sum();
    (beside <= PARTICLE).then_some(date)
}

/// The day behind a word such as "due" or "by", where it is written in a short way: "by end of April", `ETA: 4/1`.
pub(super) fn behind(scope: &Scope<'_>, label: u32, end: u32) -> Option<PartialDate> {
    let rest = scope.text(label..end);
    let rest = rest.split([',', ';', '(', ')', '[', ']']).next().unwrap_or_default();
    short(scope, rest.trim_end_matches(['.', ' ']), true)
}

/// A day without a year is the one that lies next to the incident.
pub(in crate::extract) fn with_year(due: PartialDate, incident: PartialDate) -> PartialDate {
    let (Some(year), Some(begun), Some(month), None) =
        (incident.year, incident.month, due.month, due.year)
    else {
        return due;
    };
    let late = if due.day.is_some() { MONTHS_BEFORE } else { 0 };
    let is_next = month + late < begun;
    let whole = due.with_year(Some(year + i16::from(is_next)));
    if whole.day.is_none() || whole.is_whole() { whole } else { due }
}

/// Something may have been due so many months before the incident.
const MONTHS_BEFORE: u8 = 2;

/// What a text names that has no day as other texts name them; one that is known to name a day may be `4/1`.
fn short(scope: &Scope<'_>, text: &str, is_told: bool) -> Option<PartialDate> {
    if text.len() > LONGEST {
        return None;
    }
    let text = text.trim_matches([' ', '~', ':', '.', '\'', '’', '(', ')']);
    let digits = text.trim_end_matches(|sign: char| is_hangul(sign) || sign == ' ');
    let parts: Vec<Option<u8>> =
        digits.split(['/', '.']).map(|part| part.trim().parse().ok()).collect();
    let is_korean = scope.lang == Lang::Ko;
    // `3/15` beside a name is a day, `1/2` may be a share.
    let is_day = parts.last().is_some_and(|day| day.is_some_and(|day| day > 12));
    let is_known = is_korean || (is_told || is_day) && text.contains('/');
    match parts[..] {
        [Some(month), Some(day)]
            if is_known
                && scope.vocab.clock.is_part(text.strip_prefix(digits).unwrap_or_default()) =>
        {
            PartialDate::yearless(month, day).or_else(|| PartialDate::yearless(day, month))
        }
        [Some(year), Some(month), Some(day)] if is_korean && is_told => {
            PartialDate::new(2000 + i16::from(year), month, day)
        }
        _ => period(scope, text),
    }
}

/// `Q2 2024`, "end of April", `24년 2분기`, `8월 말`, `2024-W14`: nothing else may stand there.
pub(super) fn period(scope: &Scope<'_>, text: &str) -> Option<PartialDate> {
    if text.len() > LONGEST {
        return None;
    }
    let words = &scope.vocab.clock;
    let lower = text.to_lowercase();
    let (mut year, mut month, mut week) = (None, None, None);
    for word in lower.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let rest = word.trim_start_matches(|sign: char| sign.is_ascii_digit());
        let number: Option<i16> = word.strip_suffix(rest).and_then(|digits| digits.parse().ok());
        let digits = word.len() - rest.len();
        if let Some(named) = words.period(word).or_else(|| words.month(word)) {
            month = Some(named);
        } else if let Some(number) = word.strip_prefix('w').and_then(|week| week.parse().ok()) {
            week = Some(number);
        } else if let (Some(number), Some(after)) = (number, rest.strip_prefix('월')) {
            month = Some(number as u8).filter(|_| words.is_part(after));
            month?;
        } else if matches!(rest, "" | "년")
            && matches!(digits, 2 | 4)
            && year.is_none()
            && month.is_none_or(|_| digits == 4)
        {
            year = number.map(|number| if digits == 2 { 2000 + number } else { number });
        } else if !words.is_part(rest) {
            return None;
        }
    }
    if let (Some(year), Some(week)) = (year, week) {
        let last = ISOWeekDate::new(year, week, Weekday::Sunday).ok()?.date();
        return PartialDate::new(last.year(), last.month() as u8, last.day() as u8);
    }
    let month = month.filter(|month| (1..=12).contains(month))?;
    Some(PartialDate { year, month: Some(month), day: None })
}
