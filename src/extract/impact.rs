//! The share of users or requests that suffered.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::model::fact::{Fact, RuleId};
use crate::model::kind::Detection;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Meaning, SectionRole, Share};

/// Every percentage that is a share of users or requests.
pub(super) fn shares(scope: &Scope<'_>) -> Vec<Fact<f64>> {
    let mut found = Vec::new();
    for (index, line) in scope.lines.iter().enumerate() {
        if line.roles.any(&[SectionRole::Actions, SectionRole::Lessons, SectionRole::Appendix]) {
            continue;
        }
        for (sentence, _) in scope.sentences_of(index) {
            let mut told = told(scope, index, sentence);
            // "The error rate rose from 0.1% to 23%": what suffered is the most of it.
            if told.len() > 1 && scope.says(sentence, Meaning::Share(Share::Rate)) {
                told.sort_by(|a, b| b.value.total_cmp(&a.value));
                told.truncate(1);
            }
            found.append(&mut told);
        }
    }
    found
}

/// The percentages of a sentence that are shares of users or requests.
fn told(scope: &Scope<'_>, index: usize, sentence: &Range<u32>) -> Vec<Fact<f64>> {
    let shares = percentages(scope, sentence);
    let told = shares.iter().cloned().enumerate().filter_map(|(at, (value, range))| {
        // What leads to the next percentage, from the comma before it, is about that one.
        let next = shares.get(at + 1).map_or(sentence.end, |(_, next)| {
            let lead = context(scope, sentence, next).start;
            if lead > range.end { lead } else { next.start }
        });
        let mut near = context(scope, sentence, &range);
        let is_rest = |mention: &&Mention| mention.meaning == Meaning::Share(Share::Rest);
        let rest = scope.mentions(range.end..sentence.end).find(is_rest);
        near.end = near.end.min(next).min(rest.map_or(next, |rest| rest.start));
        let before = at.checked_sub(1).map(|at| told_of(scope, sentence, &shares[at].1));
        near.start = near.start.max(before.unwrap_or(sentence.start)).min(range.start);
        let certainty = weigh(scope, index, sentence, &near, &range)?;
        let late = (index as f32 * 0.001).min(0.1);
        Some(Fact::new(value, scope.span(range), RuleId("impact/percent"), certainty - late))
    });
    told.collect()
}

/// Where the words end that stand right behind a percentage and say of what it is: "a 75% drop in speed".
fn told_of(scope: &Scope<'_>, sentence: &Range<u32>, share: &Range<u32>) -> u32 {
    let behind = scope.mentions(share.end..sentence.end).take_while(|mention| {
        scope.text(share.end..mention.start).chars().all(char::is_whitespace)
    });
    let is_share = |meaning| matches!(meaning, Meaning::Share(_));
    let ends = behind.filter(|mention| is_share(mention.meaning)).map(|mention| mention.end);
    ends.max().unwrap_or(share.end)
}

/// Numbers before a percent sign or its word, with their places. Of a range the second counts, which is the
/// greater; that none suffered is no share.
fn percentages(scope: &Scope<'_>, sentence: &Range<u32>) -> Vec<(f64, Range<u32>)> {
    let text = scope.text(sentence.clone());
    // The wide sign begins with this byte, as do other wide ones.
    let signs = memchr::memchr2_iter(b'%', 0xef, text.as_bytes()).filter_map(|at| {
        let sign = text.get(at..)?.chars().next()?;
        matches!(sign, '%' | '％').then_some((at, at + sign.len_utf8()))
    });
    let words = scope
        .mentions(sentence.clone())
        .filter(|mention| mention.meaning == Meaning::Share(Share::Sign))
        .map(|word| ((word.start - sentence.start) as usize, (word.end - sentence.start) as usize));
    let mut ends: Vec<(usize, usize)> = signs.chain(words).collect();
    ends.sort_unstable();
    let shares = ends.into_iter().filter_map(|(at, end)| {
        let before = text.get(..at)?.trim_end_matches([' ', '*', '-']);
        let is_number = |letter: char| letter.is_ascii_digit() || letter == '.';
        let start = before.trim_end_matches(is_number).len();
        let value: f64 = before.get(start..)?.trim_start_matches('.').parse().ok()?;
        let range = sentence.start + start as u32..sentence.start + end as u32;
        (value > 0.0 && value <= 100.0).then_some((value, range))
    });
    let mut shares: Vec<(f64, Range<u32>)> = shares.collect();
    let is_half = |mention: &&Mention| mention.meaning == Meaning::Share(Share::Half);
    let halves = scope.mentions(sentence.clone()).filter(is_half);
    shares.extend(halves.map(|half| (50.0, half.start..half.end)));
    shares.sort_by_key(|(_, range)| range.start);
    shares
}

/// The clause around a percentage: a window of the sentence.
fn context(scope: &Scope<'_>, sentence: &Range<u32>, range: &Range<u32>) -> Range<u32> {
    let text = scope.text(sentence.clone());
    let from = (range.start - sentence.start) as usize;
    let to = (range.end - sentence.start) as usize;
    let before = text.get(..from).unwrap_or_default();
    let start = before.rfind([',', ';', '(']).map_or(0, |at| at + 1);
    // "3,176 MB (96%)": a bracket is about what stands before it, too.
    let outer = before.get(..start).and_then(|head| head.strip_suffix('('));
    let start = outer.map_or(start, |head| head.rfind([';', '(']).map_or(0, |at| at + 1));
    let after = text.get(to..).unwrap_or_default();
    let end = after.find([';', ')']).map_or(text.len(), |at| to + at);
    sentence.start + start as u32..sentence.start + end as u32
}

/// What is around a percentage up to the comma behind it.
fn clause_of(scope: &Scope<'_>, near: &Range<u32>, share: &Range<u32>) -> Range<u32> {
    let behind = scope.text(share.end..near.end.max(share.end)).find(", ");
    near.start..behind.map_or(near.end, |comma| share.end + comma as u32)
}

/// How surely a percentage is the share that suffered; none where it is a share of something else.
fn weigh(
    scope: &Scope<'_>,
    index: usize,
    sentence: &Range<u32>,
    near: &Range<u32>,
    at: &Range<u32>,
) -> Option<f32> {
    let line = &scope.lines[index];
    let share = |range: &Range<u32>, wanted: Share| scope.says(range, Meaning::Share(wanted));
    let suffers = |range: &Range<u32>| share(range, Share::Affected) || share(range, Share::Rate);
    // What stands behind a comma is a share of its own: "30% of users, with a loss of revenue".
    let clause = clause_of(scope, near, at);
    let other = share(&clause, Share::Other)
        || share(&clause, Share::Change) && !share(&clause, Share::Rate);
    // What the sentence says elsewhere may be that nobody suffered.
    let affected = suffers(near) || suffers(sentence) && !share(sentence, Share::Spared);
    let labelled = line.label.as_ref().is_some_and(|label| suffers(&label.name));
    let is_none = || share(near, Share::Spared) || is_limit(scope, sentence, at);
    if other || !affected && !labelled || is_none() || is_fallen(scope, sentence, at) {
        return None;
    }
    Some(if line.roles.has(SectionRole::Impact) { 0.85 } else { 0.65 })
}

/// "The alert `errors > 5%` fired": what is compared where a tool is named is a limit. "> 5% of users" is a share.
fn is_limit(scope: &Scope<'_>, sentence: &Range<u32>, share: &Range<u32>) -> bool {
    let before = scope.text(sentence.start..share.start).trim_end();
    let names_tool = |mention: &Mention| {
        matches!(
            mention.meaning,
            Meaning::Detection(Detection::Monitoring, _) | Meaning::Cue(Cue::Triggers)
        )
    };
    before.ends_with(['>', '<', '≥', '≤', '=']) && scope.mentions(sentence.clone()).any(names_tool)
}

/// "Errors fell back to 0.1%", "0.1%로 내려갔다": what stands right beside a share says that it is what was left of it.
fn is_fallen(scope: &Scope<'_>, sentence: &Range<u32>, share: &Range<u32>) -> bool {
    let is_blank = |range: Range<u32>| scope.text(range).trim().is_empty();
    scope.mentions(sentence.clone()).any(|words| {
        words.meaning == Meaning::Share(Share::Fallen)
            && (words.end <= share.start && is_blank(words.end..share.start)
                || words.start >= share.end && is_blank(share.end..words.start))
    })
}
