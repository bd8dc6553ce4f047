//! Causes that are denied by the words themselves, or by the answer beside them.

use std::ops::Range;

use crate::extract::line::{Line, LineKind};
use crate::extract::scope::Scope;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Leftover, Meaning, Share};

/// "The disk was not full", "인증서 만료가 아닌 설정 오류": a verdict that a phrase leaps over. One that belongs to the phrase names
/// a lack: without it the words name that cause no more.
pub(super) fn denied_within(scope: &Scope<'_>, cause: u16, words: &Range<u32>) -> bool {
    let is_verdict = |mention: &&Mention| {
        matches!(mention.meaning, Meaning::Cue(Cue::RulesOut | Cue::Sound))
            && (words.start + 1..words.end).contains(&mention.start)
    };
    // A phrase may end within its last word, and a Korean denial stands behind it.
    let mut verdicts = scope.mentions(words.start..words.end + LONGEST_ENDING);
    let Some(verdict) = verdicts.find(is_verdict) else { return false };
    let denies = |mention: &&Mention| mention.meaning == Meaning::Cue(Cue::Negates);
    let denial = scope.mentions(verdict.start..verdict.end).find(denies).unwrap_or(verdict);
    let [before, behind] = [words.start..denial.start, denial.end.min(words.end)..words.end];
    let without = format!("{} x {}", scope.text(before).trim_end(), scope.text(behind));
    let names =
        |mention: &Mention| matches!(mention.meaning, Meaning::Cause(named, _) if named == cause);
    scope.vocab.find(&without).iter().any(names)
}

/// The rest of a word and a denial behind it have so many bytes at most.
const LONGEST_ENDING: u32 = 16;

/// "Data loss: none", `데이터 유실 | 해당 없음`: the name of a label or the first cell of a row, where the answer is no.
pub(super) fn answers_no(scope: &Scope<'_>, line: &Line, words: &Range<u32>) -> bool {
    let (name, value) = match (&line.label, line.kind) {
        (Some(label), _) => (label.name.clone(), label.value.clone()),
        (None, LineKind::Row(_, false)) => {
            let Some((name, rest)) = scope.line_text(line).split_once('\t') else { return false };
            let end = line.text.start + name.len() as u32;
            let value = rest.split('\t').next().unwrap_or_default();
            let from = end + 1 + (value.len() - value.trim_start().len()) as u32;
            let (name, value) = (line.text.start..end, from..from + value.trim().len() as u32);
            (name, value)
        }
        _ => return false,
    };
    let is_no = |meaning| {
        let is = matches!(meaning, Meaning::Leftover(Leftover::Nothing) | Meaning::Answer(false));
        is.then_some(())
    };
    let spared = |mention: &Mention| {
        mention.start == value.start && mention.meaning == Meaning::Share(Share::Spared)
    };
    name.start <= words.start
        && words.end <= name.end
        && !value.is_empty()
        && (scope.covering(&value, is_no).is_some() || scope.mentions(value.clone()).any(spared))
}
