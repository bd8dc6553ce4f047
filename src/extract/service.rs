//! Services and components named as affected: the values of their label.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::extract::timeline::table::cells;
use crate::model::fact::{Fact, RuleId};
use crate::vocab::meaning::{Label, SectionRole};

/// A name has at most so many words and characters.
const MOST_WORDS: usize = 6;
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
        if line.opens {
            continue;
        }
        for cell in cells(scope, &value) {
            for range in names(scope, &cell) {
                let name = clean(scope.text(range.clone()));
                let known = found.iter().any(|fact| fact.value.eq_ignore_ascii_case(&name));
                if !name.is_empty() && !is_count(&name) && !known && found.len() < MOST {
                    found.push(Fact::new(name, scope.span(range), RuleId("service/label"), 0.9));
                }
            }
        }
    }
    found
}

/// A value as names: divided by commas and slashes, each short enough to be one; the head of a longer text.
fn names(scope: &Scope<'_>, value: &Range<u32>) -> Vec<Range<u32>> {
    let text = scope.text(value.clone());
    let head = text.find([':', '：', '.', '(']).map_or(text, |at| text.get(..at).unwrap_or(text));
    let mut names = Vec::new();
    let mut at = value.start;
    for part in head.split_inclusive([',', '·', ';', '/', '、']) {
        let body = part.trim_end_matches([',', '·', ';', '/', '、']).trim();
        let lead = (part.len() - part.trim_start().len()) as u32;
        if !body.is_empty()
            && body.split_whitespace().count() <= MOST_WORDS
            && body.chars().count() <= LONGEST
        {
            names.push(at + lead..at + lead + body.len() as u32);
        }
        at += part.len() as u32;
    }
    names
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
    let name = name.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != ')');
    name.strip_prefix("and ").unwrap_or(name).to_owned()
}
