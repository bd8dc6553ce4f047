//! Services and components named as affected: the values of their label.

use std::ops::Range;

use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::extract::timeline::table::cells;
use crate::model::fact::{Fact, RuleId};
use crate::vocab::meaning::{Event, Label, Meaning, Naming, SectionRole};

/// A name has at most so many words and characters.
const MOST_WORDS: usize = 4;
const LONGEST: usize = 60;
const MOST: usize = 12;

/// The services that labels name, in order, each once.
pub(super) fn services(scope: &Scope<'_>) -> Vec<Fact<String>> {
    let mut found: Vec<Fact<String>> = Vec::new();
    for (index, line) in scope.lines.iter().enumerate() {
        if line.roles.any(&[SectionRole::Actions, SectionRole::Timeline, SectionRole::Appendix]) {
            continue;
        }
        let Some((Label::Services, value)) = crate::extract::when::label_of(scope, index) else {
            continue;
        };
        if line.opens || matches!(line.kind, LineKind::Row(_, true)) {
            continue;
        }
        // What stands beside a name in a table tells of it.
        let cell = cells(scope, &value).into_iter().next();
        for range in cell.iter().flat_map(|cell| names(scope, cell)) {
            let name = clean(scope.text(range.clone()));
            let known = found.iter().any(|fact| fact.value.eq_ignore_ascii_case(&name));
            if is_name(scope, &range) && !is_count(&name) && !known && found.len() < MOST {
                found.push(Fact::new(name, scope.span(range), RuleId("service/label"), 0.9));
            }
        }
    }
    found
}

/// Whether these words are the name of something: not only what kind of thing it is, and nothing that happened.
fn is_name(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    let happens = scope.mentions(range.clone()).any(|mention| {
        matches!(mention.meaning, Meaning::Event(Event::Starts) | Meaning::Cause(..))
    });
    let kind = |meaning: Meaning| matches!(meaning, Meaning::Service(_)).then_some(());
    let (_, covered) = scope.covered(range, kind);
    !happens && covered < scope.letters(range)
}

/// A value as names: divided by commas, slashes and words that join, each short enough to be one; the head of a longer
/// text.
fn names(scope: &Scope<'_>, value: &Range<u32>) -> Vec<Range<u32>> {
    let text = scope.text(value.clone());
    let head = text.find([':', '：', '.', '(']).unwrap_or(text.len());
    let signs = text.match_indices([',', '·', ';', '/', '、']);
    let mut cuts: Vec<Range<usize>> =
        signs.map(|(at, sign)| at..at + sign.len()).chain(joints(scope, value)).collect();
    cuts.retain(|cut| cut.end <= head);
    cuts.sort_unstable_by_key(|cut| cut.start);
    let starts = std::iter::once(0).chain(cuts.iter().map(|cut| cut.end));
    let ends = cuts.iter().map(|cut| cut.start).chain(std::iter::once(head));
    let names = starts.zip(ends).filter_map(|(from, to)| {
        let part = text.get(from..to)?;
        let body = part.trim();
        let short =
            body.split_whitespace().count() <= MOST_WORDS && body.chars().count() <= LONGEST;
        let start = value.start + (from + part.len() - part.trim_start().len()) as u32;
        (short && !body.is_empty()).then(|| start..start + body.len() as u32)
    });
    names.collect()
}

/// The words that join two names, from the beginning of the value.
fn joints(scope: &Scope<'_>, value: &Range<u32>) -> impl Iterator<Item = Range<usize>> {
    let from = value.start;
    let mentions = scope.mentions(value.clone());
    let joins = mentions.filter(|mention| mention.meaning == Meaning::Service(Naming::Joins));
    joins.map(move |mention| (mention.start - from) as usize..(mention.end - from) as usize)
}

/// "중복 판매 214석", "18": a number of something is what suffered, and no name.
fn is_count(name: &str) -> bool {
    let counts = |word: &str| {
        let unit = word.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ',');
        unit.len() < word.len()
            && (unit.starts_with(|letter: char| !letter.is_ascii()) || unit == "%")
    };
    let leads = name
        .split_whitespace()
        .next()
        .is_some_and(|word| word.chars().all(|letter| letter.is_ascii_digit()));
    leads || name.split_whitespace().any(counts)
}

fn clean(name: &str) -> String {
    name.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != ')').to_owned()
}
