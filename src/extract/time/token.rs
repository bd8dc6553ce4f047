//! Numbers, words and signs of a line: what the grammar of times is written over.

/// One token with its bytes in the visible text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
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

    /// A word in lower case.
    pub(super) fn lower(&self) -> String {
        self.text.to_lowercase()
    }
}

/// The tokens of `line`, which begins at byte `start` of the visible text.
pub(super) fn tokens(line: &str, start: u32) -> Vec<Token<'_>> {
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
        tokens.push(Token { kind, text, start: start + at as u32, spaced });
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
