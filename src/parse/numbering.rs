//! Numbering that Markdown knows nothing of: `a)`, `(1)`, `①`, and the syllables that Korean counts with.

/// How many bytes of numbering a text begins with, the space after it included.
pub fn numbering(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let rest = text.get(first.len_utf8()..)?;
    let mark = match first {
        '①'..='⒇' | '㉠'..='㉻' | 'ⓐ'..='ⓩ' => first.len_utf8(),
        '(' => {
            let close = rest.find(')').filter(|&close| close <= LONGEST)?;
            counts(rest.get(..close)?).then_some(close + 2)?
        }
        _ if counts(first.encode_utf8(&mut [0; 4])) && !first.is_ascii_digit() => {
            let dot = rest.chars().next().filter(|sign| matches!(sign, ')' | '.'))?;
            let space = rest.get(dot.len_utf8()..)?.starts_with([' ', '\t']);
            space.then_some(first.len_utf8() + 1)?
        }
        _ => return None,
    };
    let body = text.get(mark..)?.trim_start_matches([' ', '\t', '\u{a0}']);
    (!body.is_empty()).then_some(text.len() - body.len())
}

/// How many bytes `3.1` takes before a word, in a line below the item `3.`: elsewhere it may be a version.
pub fn dotted(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..)?.strip_prefix('.')?;
    let is_number =
        (1..=2).contains(&digits) && rest.starts_with(|digit: char| digit.is_ascii_digit());
    let behind = rest.get(1..)?.strip_prefix(' ')?;
    (is_number && behind.starts_with(char::is_alphabetic)).then_some(digits + 3)
}

/// A number in brackets has so many bytes at most.
const LONGEST: usize = 3;

/// Whether people count with this: `12`, `b`, one of the fourteen syllables.
fn counts(mark: &str) -> bool {
    let digits = (1..=2).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit());
    let mut letters = mark.chars();
    let (letter, more) = (letters.next(), letters.next());
    let is_letter = |letter: char| letter.is_ascii_lowercase() || is_syllable(letter);
    digits || more.is_none() && letter.is_some_and(is_letter)
}

fn is_syllable(letter: char) -> bool {
    matches!(
        letter,
        '가' | '나'
            | '다'
            | '라'
            | '마'
            | '바'
            | '사'
            | '아'
            | '자'
            | '차'
            | '카'
            | '타'
            | '파'
            | '하'
    )
}

/// Bullets below a numbered item that stand deeper than it are its own, though Markdown wants more spaces for that.
#[derive(Default)]
pub(super) struct Nesting {
    item: Option<Numbered>,
}

impl Nesting {
    /// Looks at a line that is not empty: how wide the number is that a bullet stands below.
    pub(super) fn below(&mut self, indent: usize, body: &str, is_bullet: bool) -> usize {
        if let Some(mark) = number(body) {
            self.item = Some(Numbered { indent, text: indent + mark, moved: None });
            return 0;
        }
        if self.item.as_ref().is_some_and(|item| indent <= item.indent) {
            self.item = None;
        }
        self.item.as_ref().filter(|_| is_bullet).map_or(0, |item| item.text - item.indent)
    }

    /// How many spaces a bullet wants more than it has; those below the first one are moved with it.
    pub(super) fn wants(&mut self, indent: usize, body: &str, is_bullet: bool) -> usize {
        if self.below(indent, body, is_bullet) == 0 {
            return 0;
        }
        self.item
            .as_mut()
            .map_or(0, |item| *item.moved.get_or_insert(item.text.saturating_sub(indent)))
    }
}

/// A numbered item: where its number and its text begin, and how far its bullets are moved.
struct Numbered {
    indent: usize,
    text: usize,
    moved: Option<usize>,
}

/// How many bytes `1. ` or `12) ` take, where a line begins so.
pub(super) fn number(body: &str) -> Option<usize> {
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let rest = body.get(digits..)?;
    let is_mark = rest.starts_with(". ") || rest.starts_with(") ");
    ((1..=2).contains(&digits) && is_mark).then_some(digits + 2)
}
