//! Shards as text. A number is a character: UTF-8 makes it as short as it is small, and a browser reads it with
//! `charCodeAt`, so that there is nothing to decode and nothing that a script file could not hold.
//!
//! ```text
//! term     = number(4 × letters shared with the term before + kind) number(further letters) letters list
//!          | the same of a meaning, with number(letters) letters before the list: its words in the other language
//! list     = number(level) number(document)                                        one document
//!          | number(8 + groups) group…                                             several
//! group    = number(8 × documents + level) number(first) number(gap - 1)…          levels from high to low
//! ```

use crate::index::search::terms::Kind;

/// The character for 0: above the quote, so that only the backslash needs to be escaped.
const ZERO: u32 = 35;
/// Numbers below this are one character. Larger ones are two, the first of which says so.
const ONE: u32 = 0x8000;

/// The character of a number, or the two.
pub(super) fn number(out: &mut String, number: u32) {
    if number < ONE {
        out.extend(char::from_u32(ZERO + number));
    } else {
        out.extend(char::from_u32(ZERO + ONE + (number >> 15)));
        out.extend(char::from_u32(ZERO + (number & (ONE - 1))));
    }
}

/// So many documents say a word that it hardly tells them apart: its levels are kept in steps.
const COMMON: usize = 16 * 1024;
const STEPS: [u32; 8] = [0, 2, 2, 2, 4, 4, 6, 6];

/// A shard on its way.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    before: Vec<u16>,
}

impl Writer {
    pub(super) fn term(
        &mut self,
        letters: &[u16],
        kind: Kind,
        others: Option<&str>,
        postings: &[u32],
    ) {
        let mut shared = self.before.iter().zip(letters).take_while(|(a, b)| a == b).count();
        // A letter beyond the basic plane has two halves, which stay together.
        shared -= usize::from(matches!(letters.get(shared), Some(0xdc00..=0xdfff)));
        let rest = &letters[shared..];
        number(&mut self.text, (4 * shared + kind as usize) as u32);
        number(&mut self.text, rest.len() as u32);
        self.text.push_str(&String::from_utf16_lossy(rest));
        if let Some(others) = others {
            number(&mut self.text, others.encode_utf16().count() as u32);
            self.text.push_str(others);
        }
        self.list(postings);
        self.before.clear();
        self.before.extend_from_slice(letters);
    }

    fn list(&mut self, postings: &[u32]) {
        if let [posting] = postings {
            number(&mut self.text, posting & 7);
            number(&mut self.text, posting >> 3);
            return;
        }
        let is_common = postings.len() > COMMON;
        let level = |posting: &u32| {
            let level = posting & 7;
            if is_common { STEPS[level as usize] } else { level }
        };
        let mut counts = [0u32; 8];
        for posting in postings {
            counts[level(posting) as usize] += 1;
        }
        number(&mut self.text, 8 + counts.iter().filter(|count| **count > 0).count() as u32);
        for (wanted, count) in (0..8).zip(counts).rev().filter(|(_, count)| *count > 0) {
            number(&mut self.text, 8 * count + wanted);
            let mut next = 0;
            for posting in postings.iter().filter(|posting| level(posting) == wanted) {
                number(&mut self.text, (posting >> 3) - next);
                next = (posting >> 3) + 1;
            }
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}
