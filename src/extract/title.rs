//! The title: a heading or first line that names this incident, without "Postmortem:" and its kind.

use std::ops::Range;

use crate::extract::line::LineKind;
use crate::extract::scope::Scope;
use crate::model::fact::{Fact, RuleId};
use crate::vocab::meaning::{Label, Meaning};

/// Titles stand near the top.
const FIRST_LINES: usize = 14;
/// Longer lines are prose.
const LONGEST: usize = 140;

/// All lines that could be the title.
pub(super) fn titles(scope: &Scope<'_>) -> Vec<Fact<String>> {
    let mut found = Vec::new();
    let mut headings = 0;
    for (index, line) in scope.lines.iter().enumerate().take(FIRST_LINES * 3) {
        let near = index < FIRST_LINES;
        if let Some(label) = &line.label
            && label.meaning == Some(Label::Title)
            && near
            && !label.value.is_empty()
        {
            push(scope, label.value.clone(), RuleId("title/label"), 0.85, &mut found);
        }
        match line.kind {
            LineKind::Heading(level, guessed) => {
                if !is_section(scope, index) {
                    let certainty = match (headings, guessed) {
                        (0, false) => 0.95,
                        (0, true) => 0.9,
                        _ if level <= 2 && near => 0.8 - headings as f32 * 0.02,
                        _ => 0.4 - headings as f32 * 0.01,
                    };
                    push(scope, line.text.clone(), RuleId("title/heading"), certainty.max(0.1), &mut found);
                }
                headings += 1;
            }
            LineKind::Text(first) if near && headings <= 1 && line.item.is_none() && !line.quoted => {
                let text = scope.line_text(line);
                let short = text.chars().count() <= LONGEST && scope.sentences_of(index).len() <= 1;
                let labelled = line.label.as_ref().is_some_and(|label| label.meaning.is_some() || !label.roles.is_empty());
                if first && short && !labelled && !is_section(scope, index) && !line.opens {
                    let bold = scope.strong_at(line.text.start).is_some();
                    let plain = !text.ends_with(['.', ':', ',']) || text.split_whitespace().count() <= 7;
                    let leads = if index == 0 { 0.1 } else { 0.0 };
                    let certainty = if bold { 0.7 } else if plain { 0.6 } else { 0.2 };
                    push(scope, line.text.clone(), RuleId("title/first-line"), certainty + leads, &mut found);
                }
            }
            _ => {}
        }
    }
    if let Some((sentence, _)) = scope.sentences.iter().find(|(range, _)| scope.text(range.clone()).chars().count() >= 20) {
        push(scope, sentence.clone(), RuleId("title/sentence"), 0.15, &mut found);
    }
    found
}

/// A heading that only says which part of a report begins.
fn is_section(scope: &Scope<'_>, index: usize) -> bool {
    let line = &scope.lines[index];
    if scope.title_line == Some(index as u32) {
        return false;
    }
    let roles = scope.covering_all(&line.text, |meaning| match meaning {
        Meaning::Heading(role) => Some(role),
        _ => None,
    });
    !roles.is_empty()
}

fn push(scope: &Scope<'_>, range: Range<u32>, rule: RuleId, certainty: f32, found: &mut Vec<Fact<String>>) {
    let kept = strip(scope, range.clone());
    if kept.is_empty() || is_generic(scope, &kept) {
        return;
    }
    let text: String = scope.text(kept.clone()).chars().take(LONGEST * 2).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    found.push(Fact::new(text, scope.span(kept), rule, certainty));
}

/// Without signs at either end and without a first part that says nothing: `[Postmortem] 2024-05-01 - X`.
fn strip(scope: &Scope<'_>, mut range: Range<u32>) -> Range<u32> {
    loop {
        range = trim(scope, range);
        let text = scope.text(range.clone());
        let cut = text.char_indices().find_map(|(at, letter)| {
            let after = at + letter.len_utf8();
            let rest = text.get(after..)?;
            let parts = match letter {
                ':' | '：' | '|' | '—' | '–' | ']' | '】' | ')' => true,
                '-' | '/' => text.get(..at)?.ends_with(' ') && rest.starts_with(' '),
                _ => false,
            };
            let head = range.start..range.start + at as u32;
            let says_nothing = parts && says_nothing(scope, &head);
            (says_nothing && rest.chars().any(char::is_alphanumeric)).then_some(after)
        });
        // `Post-mortem 2023-07-16 Disk errors`: a date and nothing before it says nothing either.
        let cut = cut.or_else(|| {
            let time = scope.times(range.clone()).first()?;
            let head = range.start..time.end;
            let rest = text.get((time.end - range.start) as usize..)?;
            let alone = says_nothing(scope, &head) && rest.trim_start().chars().next()?.is_alphabetic();
            let goes_on = rest.split_whitespace().count() >= 2;
            (alone && goes_on && time.first().is_some_and(|stamp| stamp.date.is_some()))
                .then_some((time.end - range.start) as usize)
        });
        match cut {
            Some(cut) => range.start += cut as u32,
            None => return range,
        }
    }
}

/// Without white space, emoji and signs at the ends; brackets, quotes and full stops at the end stay.
fn trim(scope: &Scope<'_>, range: Range<u32>) -> Range<u32> {
    let text = scope.text(range.clone());
    let body = text.trim_start_matches(|letter: char| {
        !letter.is_alphanumeric() && !matches!(letter, '"' | '“' | '\'' | '‘' | '`' | '(')
    });
    let start = range.start + (text.len() - body.len()) as u32;
    let body = body.trim_end_matches(|letter: char| {
        !letter.is_alphanumeric() && !matches!(letter, '"' | '”' | '\'' | '’' | ')' | '.' | '!' | '?' | ']' | '…')
    });
    start..start + body.len() as u32
}

/// Every word of it could stand over any postmortem.
fn is_generic(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    says_nothing(scope, range)
}

fn says_nothing(scope: &Scope<'_>, range: &Range<u32>) -> bool {
    let text = scope.text(range.clone());
    let mut known: Vec<Range<u32>> = Vec::new();
    known.extend(scope.mentions(range.clone()).filter(|mention| mention.meaning == Meaning::Boilerplate).map(|mention| mention.start..mention.end));
    known.extend(scope.times(range.clone()).iter().map(|time| time.start..time.end));
    text.char_indices().all(|(at, letter)| {
        let at = range.start + at as u32;
        !letter.is_alphabetic() || known.iter().any(|range| range.contains(&at))
    })
}
