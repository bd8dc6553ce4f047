//! Sentences, and how they are meant: asserted, suspected, ruled out, planned, supposed, about another time.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::vocab::Mention;
use crate::vocab::meaning::{Cue, Meaning};
use crate::vocab::pattern::is_word;

/// The longest sentence in bytes.
const LONGEST: usize = 1200;

/// The last word of a sentence has so many letters where the next one begins without a space.
const SHORTEST_LAST: usize = 3;

/// A word with a dot is looked at in so many bytes at most.
const LONGEST_SHORT: usize = 24;

/// The sentences of a line.
pub fn sentences(text: &str, start: u32) -> Vec<Range<u32>> {
    let mut sentences = Vec::new();
    let mut from = 0;
    for (at, _) in text.bytes().enumerate().filter(|&(_, byte)| MAY_END[usize::from(byte)]) {
        if let Some((end, next)) = end_at(text, at) {
            push(&mut sentences, text, from, end, start);
            from = next;
        }
    }
    push(&mut sentences, text, from, text.len(), start);
    sentences
}

/// The bytes that a sign may begin with which ends a sentence: `…` and `。` begin with the last two, as other letters do.
static MAY_END: [bool; 256] = {
    let (mut bytes, signs) = ([false; 256], [b'.', b'!', b'?', b'\n', 0xe2, 0xe3]);
    let mut at = 0;
    while at < signs.len() {
        bytes[signs[at] as usize] = true;
        at += 1;
    }
    bytes
};

/// Where a sentence ends and the next begins, if the sign at a place is the end of one.
fn end_at(text: &str, at: usize) -> Option<(usize, usize)> {
    let (before, rest) = text.split_at_checked(at)?;
    let sign = rest.chars().next()?;
    let rest = rest.get(sign.len_utf8()..)?;
    match sign {
        '\n' => return Some((at, at + 1)),
        '.' | '!' | '?' | '。' | '…' if rest.chars().next().is_none_or(char::is_whitespace) => {}
        '.' if is_glued(before, rest) => return Some((at + 1, at + 1)),
        _ => return None,
    }
    // `e.g. `, `a.m. `, `No. `: short words with a dot go on.
    let from = (at.saturating_sub(LONGEST_SHORT)..=at).find(|&from| text.is_char_boundary(from))?;
    let near = before.get(from..)?;
    let body = near.get(near.rfind([' ', '\t']).map_or(0, |space| space + 1)..)?;
    let short = body.len() <= 2 && body.is_ascii() || body.contains('.');
    // `(approx. 28 minutes)`: a bracket that has just opened.
    let opens = body.starts_with('(') && !body.contains(')');
    // `an outage . The next`: a sign that stands apart ends a sentence where a new one begins.
    let begins = rest.trim_start().starts_with(char::is_uppercase);
    let goes_on = body.is_empty() && !begins
        || opens
        || short && rest.trim_start().starts_with(char::is_lowercase);
    let end = text.len() - rest.len();
    (sign != '.' || !goes_on).then_some((end, end))
}

/// `before.The cause`: lines that were joined without a space. `Node.Js` and `http.Server` are names: they
/// are not followed by a word after a plain one of some length.
fn is_glued(before: &str, rest: &str) -> bool {
    let mut next = rest.bytes().take(LONGEST_SHORT);
    if !next.next().is_some_and(|letter| letter.is_ascii_uppercase()) {
        return false;
    }
    let ends = next.find(|letter| !letter.is_ascii_lowercase() && !matches!(letter, b',' | b':'));
    let letters = before.bytes().rev().take_while(u8::is_ascii_lowercase).count();
    let begin = before.len().checked_sub(letters + 1).and_then(|at| before.as_bytes().get(at));
    ends == Some(b' ') && letters >= SHORTEST_LAST && matches!(begin, Some(b' ' | b','))
}

/// Adds a sentence. A text without full stops is still read in pieces: rules look at whole sentences.
fn push(sentences: &mut Vec<Range<u32>>, text: &str, mut from: usize, end: usize, start: u32) {
    let mut add = |range: Range<usize>| {
        let piece = text.get(range.clone()).unwrap_or_default();
        let lead = piece.len() - piece.trim_start().len();
        let body = piece.trim();
        if body.contains(is_word) {
            let from = start + (range.start + lead) as u32;
            sentences.push(from..from + body.len() as u32);
        }
    };
    while let Some(rest) = text.as_bytes().get(from + LONGEST + 1..end)
        && let Some(space) = memchr::memchr2(b' ', b'\t', rest)
    {
        let cut = from + LONGEST + 1 + space;
        add(from..cut);
        from = cut + 1;
    }
    add(from..end);
}

/// The cues of a piece of text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cues(u32);

impl Cues {
    /// All cues that stand in `range`.
    pub fn of(scope: &Scope<'_>, range: &Range<u32>) -> Self {
        Self::around(scope, range, &(range.end..range.end))
    }

    /// The cues of `range` that are no part of `words`: a lack is named by its own denial.
    pub fn around(scope: &Scope<'_>, range: &Range<u32>, words: &Range<u32>) -> Self {
        let mut cues = Self::default();
        for mention in scope.mentions(range.clone()) {
            if let Meaning::Cue(cue) = mention.meaning
                && (mention.end <= words.start || mention.start >= words.end)
                && !(cue == Cue::Supposes && goes_on(scope, mention))
                && !(cue == Cue::RulesOut
                    && (is_denied(scope, mention) || disowns(scope, range, mention)))
            {
                cues.0 |= 1 << cue as u16;
            }
        }
        cues
    }

    /// Whether one of them is this.
    pub fn has(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u16) != 0
    }
}

/// Whether a longer cue begins with these words, as 하면서 ("while") with 하면 ("if").
fn goes_on(scope: &Scope<'_>, words: &Mention) -> bool {
    scope.mentions(words.start..words.end + LONGEST_ENDING).any(|mention| {
        mention.start == words.start
            && mention.end > words.end
            && matches!(mention.meaning, Meaning::Cue(_))
    })
}

/// "not working correctly": what is denied to be well is not cleared. A Korean denial belongs to what stands before it.
fn is_denied(scope: &Scope<'_>, words: &Mention) -> bool {
    scope.mentions(words.start.saturating_sub(LONGEST_DENIAL)..words.start).any(|mention| {
        mention.meaning == Meaning::Cue(Cue::Negates)
            && mention.end + 1 == words.start
            && scope.text(mention.start..mention.end).is_ascii()
    })
}

/// "Not our fault": such words clear nobody else.
fn disowns(scope: &Scope<'_>, around: &Range<u32>, words: &Mention) -> bool {
    scope.mentions(around.clone()).any(|mention| {
        mention.meaning == Meaning::Cue(Cue::Disowns)
            && mention.start < words.end
            && words.start < mention.end
    })
}

/// A word that denies, with the space behind it, has so many bytes at most.
const LONGEST_DENIAL: u32 = 12;

/// An ending has so many bytes at most.
const LONGEST_ENDING: u32 = 6;
