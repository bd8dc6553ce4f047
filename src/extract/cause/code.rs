//! Names of files and functions, marked as code, where the text tells the cause: what they end in says what kind of thing was at fault.

use std::ops::Range;

use crate::extract::scope::Scope;

/// The causes that the names in a sentence's code speak for, each with where.
pub(super) fn spoken_for(
    scope: &Scope<'_>,
    sentence: &Range<u32>,
) -> impl Iterator<Item = (u16, Range<u32>)> {
    let code = &scope.document.view.code;
    let from = code.partition_point(|range| range.start < sentence.start);
    let inside = code[from..].iter().take_while(|range| range.end <= sentence.end);
    inside.filter_map(|range| Some((cause_of(scope, range)?, range.clone())))
}

/// The cause whose endings a name has. What has a space in it is a command, and names nothing by its last word.
fn cause_of(scope: &Scope<'_>, code: &Range<u32>) -> Option<u16> {
    let text = scope.text(code.clone());
    if text.contains(char::is_whitespace) {
        return None;
    }
    // `schema.py:136-140`, `detector.ts#L70`: the line is no part of the name.
    let name = text.trim_end_matches(|sign: char| {
        sign.is_ascii_digit() || matches!(sign, ':' | '#' | 'L' | '-' | '~' | ',')
    });
    let concepts = scope.vocab.taxonomy.concepts();
    let number = concepts
        .iter()
        .position(|concept| concept.code.iter().any(|ending| name.ends_with(ending.as_str())))?;
    u16::try_from(number).ok()
}
