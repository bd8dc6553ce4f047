//! Takes secrets out of a text before anything else reads it, so that no page, feed, index or excerpt can hold them.

use std::ops::Range;
use std::sync::Arc;

use crate::base::source::Source;
use crate::check::secret::Secret;

/// What stands in their place: it tells neither the length nor the letters.
const MASK: &str = "█████";

/// The text with the redacted ones masked, and where all of them stand in it.
pub(super) fn mask(
    source: Source,
    found: &[Secret],
    redacted: &[&str],
) -> (Source, Vec<Range<usize>>) {
    let hides = |secret: &Secret| redacted.contains(&secret.code.id);
    if !found.iter().any(hides) {
        return (source, found.iter().map(|secret| secret.range.clone()).collect());
    }
    let mut text = String::with_capacity(source.text.len());
    let mut places = Vec::with_capacity(found.len());
    let mut at = 0;
    for secret in found {
        text.push_str(source.text.get(at..secret.range.start).unwrap_or_default());
        let start = text.len();
        text.push_str(if hides(secret) {
            MASK
        } else {
            source.text.get(secret.range.clone()).unwrap_or_default()
        });
        places.push(start..text.len());
        at = secret.range.end;
    }
    text.push_str(source.text.get(at..).unwrap_or_default());
    (Source { text: Arc::from(text), ..source }, places)
}
