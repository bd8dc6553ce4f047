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
    let mut tokens = Vec::with_capacity(line.len() / 4);
    let mut spaced = false;
    let mut at = 0;
    while let Some(first) = line.get(at..).and_then(|rest| rest.chars().next()) {
        let begin = at;
        at += first.len_utf8();
        if first.is_whitespace() {
            spaced = true;
            continue;
        }
        let class = class(first);
        if class != Class::Other {
            at = end_of(class, line, at);
        }
        let text = line.get(begin..at).unwrap_or_default();
        let kind = match class {
            Class::Digit => Kind::Number(text.parse().unwrap_or(u32::MAX)),
            Class::Latin | Class::Hangul => Kind::Word,
            Class::Other => Kind::Sign(plain(first)),
        };
        let (lower, hints) = if kind == Kind::Word {
            let lower = if class == Class::Hangul { Cow::Borrowed(text) } else { lower(text) };
            let hints = words.hints(&lower);
            (lower, hints)
        } else {
            (Cow::Borrowed(text), Hints::default())
        };
        tokens.push(Token { kind, text, lower, hints, start: start + begin as u32, spaced });
        spaced = false;
    }
    tokens
}

/// Where letters of a class end that go on at `from`.
fn end_of(class: Class, line: &str, from: usize) -> usize {
    // Most are of ASCII, whose bytes need not be put together.
    let is_same = |byte: &&u8| match class {
        Class::Digit => byte.is_ascii_digit(),
        Class::Latin => byte.is_ascii_alphabetic(),
        Class::Hangul | Class::Other => false,
    };
    let bytes = line.as_bytes().get(from..).unwrap_or_default();
    let length = bytes.iter().take_while(is_same).count();
    let ascii = from + length;
    if bytes.get(length).is_none_or(u8::is_ascii) {
        return ascii;
    }
    let rest = line.get(ascii..).unwrap_or_default();
    rest.find(|letter| self::class(letter) != class).map_or(line.len(), |length| ascii + length)
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
        'a'..='z' | 'A'..='Z' => Class::Latin,
        '\0'..='\u{7f}' => Class::Other,
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
