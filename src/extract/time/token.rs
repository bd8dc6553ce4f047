//! Numbers, words and signs of a line: what the grammar of times is written over.

use std::borrow::Cow;

use crate::vocab::clock::{ClockWords, Hints};
use crate::vocab::pattern::lower;

/// One token with its bytes in the visible text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// A word in lower case: the grammar asks for it again and again.
    pub(super) lower: Cow<'a, str>,
    /// What a word may have to do with times.
    pub(super) hints: Hints,
    pub(super) start: u32,
    /// White space stands before it.
    pub(super) spaced: bool,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits and their value.
    Number(u32),
    /// Letters of one script.
    Word,
    /// One other character.
    Sign(char),
}

impl Token<'_> {
    pub(super) fn end(&self) -> u32 {
        self.start + self.text.len() as u32
    }

    pub(super) fn number(&self) -> Option<u32> {
        match self.kind {
            Kind::Number(value) => Some(value),
            _ => None,
        }
    }

    pub(super) fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// The tokens of `line`, which begins at byte `start` of the visible text.
pub(super) fn tokens<'a>(line: &'a str, start: u32, words: &ClockWords) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    let mut letters = line.char_indices().peekable();
    let mut spaced = false;
    while let Some((at, first)) = letters.next() {
        if first.is_whitespace() {
            spaced = true;
            continue;
        }
        let class = class(first);
        let mut end = at + first.len_utf8();
        if class != Class::Other {
            while let Some((next, letter)) =
                letters.next_if(|&(_, letter)| self::class(letter) == class)
            {
                end = next + letter.len_utf8();
            }
        }
        let text = line.get(at..end).unwrap_or_default();
        let kind = match class {
            Class::Digit => Kind::Number(text.parse().unwrap_or(u32::MAX)),
            Class::Latin | Class::Hangul => Kind::Word,
            Class::Other => Kind::Sign(plain(first)),
        };
        let (lower, hints) = if kind == Kind::Word {
            let lower = lower(text);
            let hints = words.hints(&lower);
            (lower, hints)
        } else {
            (Cow::Borrowed(text), Hints::default())
        };
        tokens.push(Token { kind, text, lower, hints, start: start + at as u32, spaced });
        spaced = false;
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Latin,
    Hangul,
    Other,
}

fn class(letter: char) -> Class {
    match letter {
        '0'..='9' => Class::Digit,
        '가'..='힣' | 'ㄱ'..='ㆎ' => Class::Hangul,
        letter if letter.is_alphabetic() => Class::Latin,
        _ => Class::Other,
    }
}

/// One sign for all its look-alikes: dashes, tildes, colons, apostrophes.
fn plain(sign: char) -> char {
    match sign {
        '–' | '—' | '−' | '‐' | '‑' | '‒' | '―' | '－' => '-',
        '～' | '∼' | '〜' => '~',
        '：' | '∶' => ':',
        '’' | '‘' | '`' | '´' => '\'',
        '（' => '(',
        '）' => ')',
        '，' => ',',
        '⟶' | '→' | '➡' | '➔' => '>',
        sign => sign,
    }
}
