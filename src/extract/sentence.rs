//! Sentences, and how they are meant: asserted, suspected, ruled out, planned, supposed, about another time.

use std::ops::Range;

use crate::extract::scope::Scope;
use crate::vocab::meaning::{Cue, Meaning};

/// The longest sentence in bytes.
const LONGEST: usize = 1200;

/// The sentences of a line.
pub fn sentences(text: &str, start: u32) -> Vec<Range<u32>> {
    let mut sentences = Vec::new();
    let mut from = 0;
    let mut letters = text.char_indices().peekable();
    let mut word = 0;
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        match letter {
            ' ' | '\t' => {
                word = end;
                // A text without full stops is still read in pieces: rules look at whole sentences.
                if at - from > LONGEST {
                    push(&mut sentences, text, from, at, start);
                    from = end;
                }
            }
            '.' | '!' | '?' | '。' | '…' => {
                let ends = letters.peek().is_none_or(|(_, next)| next.is_whitespace());
                // `e.g. `, `a.m. `, `No. `: short words with a dot go on.
                let body = text.get(word..at).unwrap_or_default();
                let short =
                    letter == '.' && (body.len() <= 2 && body.is_ascii() || body.contains('.'));
                let goes_on = letters.clone().find(|(_, next)| !next.is_whitespace());
                let small = goes_on.is_some_and(|(_, next)| next.is_lowercase());
                if ends && !(short && small) && !(letter == '.' && body.is_empty()) {
                    push(&mut sentences, text, from, end, start);
                    from = end;
                }
            }
            '\n' => {
                push(&mut sentences, text, from, at, start);
                from = end;
            }
            _ => {}
        }
    }
    push(&mut sentences, text, from, text.len(), start);
    sentences
}

fn push(sentences: &mut Vec<Range<u32>>, text: &str, from: usize, end: usize, start: u32) {
    let piece = text.get(from..end).unwrap_or_default();
    let lead = piece.len() - piece.trim_start().len();
    let body = piece.trim();
    if body.chars().any(char::is_alphanumeric) {
        let from = start + (from + lead) as u32;
        sentences.push(from..from + body.len() as u32);
    }
}

/// The cues of a piece of text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cues(u16);

impl Cues {
    /// All cues that stand in `range`.
    pub fn of(scope: &Scope<'_>, range: &Range<u32>) -> Self {
        let mut cues = Self::default();
        for mention in scope.mentions(range.clone()) {
            if let Meaning::Cue(cue) = mention.meaning {
                cues.0 |= 1 << cue as u16;
            }
        }
        cues
    }

    /// The cues of `range` that are no part of `words`: a lack is named by its own denial.
    pub fn around(scope: &Scope<'_>, range: &Range<u32>, words: &Range<u32>) -> Self {
        let mut cues = Self::default();
        for mention in scope.mentions(range.clone()) {
            if let Meaning::Cue(cue) = mention.meaning
                && (mention.end <= words.start || mention.start >= words.end)
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
