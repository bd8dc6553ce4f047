//! What can be mended in a text without a doubt: conflicts of which one side says nothing, and `pm` after a time of
//! the 24-hour clock. Encodings and line ends are `decode`'s.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::extract::time::Stamp;
use crate::parse::conflict;
use crate::vocab::clock::Half;

/// The mended text.
pub fn mend(scope: &Scope<'_>) -> String {
    let text = &*scope.source.text;
    let mut gone = conflict::one_sided(scope.source);
    let times = scope.all_times().iter();
    let stamps = times.flat_map(|time| [time.first(), time.last()]).flatten();
    gone.extend(stamps.filter(|stamp| stamp.slip).filter_map(|stamp| half(scope, stamp)));
    gone.sort_by_key(|range| range.start);
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    for range in gone {
        if range.start >= at {
            mended.push_str(text.get(at..range.start).unwrap_or_default());
            at = range.end;
        }
    }
    mended.push_str(text.get(at..).unwrap_or_default());
    mended
}

/// Where `pm` stands in a time that needs none, with the space that parts it from the time. Only where the source
/// reads as the visible text does, and where somebody wrote: code and addresses stay as they are.
fn half(scope: &Scope<'_>, stamp: &Stamp) -> Option<Range<usize>> {
    let visible = scope.text(stamp.start..stamp.end);
    let span = scope.span(stamp.start..stamp.end).range();
    if scope.source.text.get(span.clone()) != Some(visible)
        || scope.code_at(stamp.start).is_some()
        || is_address(scope, stamp)
    {
        return None;
    }
    let is_part = |letter: char| letter.is_alphabetic() || letter == '.';
    let mut from = 0;
    while let Some(start) = visible.get(from..)?.find(is_part).map(|at| from + at) {
        let rest = visible.get(start..)?;
        let end = start + rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
        let word = visible.get(start..end)?.to_lowercase();
        let clock = &scope.vocab.clock;
        let plain = word.trim_end_matches('.');
        let is_pm = [word.as_str(), plain, &plain.replace('.', "")]
            .iter()
            .any(|word| clock.half(word) == Some(Half::Pm));
        if is_pm {
            // The space goes with it: the one before, or where the time begins so, the one after.
            let before = visible.get(..start)?.trim_end().len();
            let after = end + (visible.get(end..)?.len() - visible.get(end..)?.trim_start().len());
            let range = if before > 0 { before..end } else { start..after };
            return Some(span.start + range.start..span.start + range.end);
        }
        from = end;
    }
    None
}

/// Whether it stands in an address: `https://example.org/?t=13:17pm`.
fn is_address(scope: &Scope<'_>, stamp: &Stamp) -> bool {
    let (before, _) = scope.around(&(stamp.start..stamp.end), |letter| !letter.is_whitespace());
    before.contains("://")
}
