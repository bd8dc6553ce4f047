//! The small language in which lexicons write phrases.
//!
//! A phrase is a row of words. `a|b` is one or the other, `(a b|c)` the same with several words, `{name}`
//! any of the words that `words.toml` of the language lists under that name. `?a` may be missing, `a*` is
//! any word that begins so, `a_b` is `a b`, `a-b` or `ab`, `..` is a gap of up to four words and `..N` of up to N.
//! A Hangul word matches wherever it stands, with any particle or ending after it, since Korean
//! joins them; `^` in front asks for the beginning of a word.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// A phrase as the matcher uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Its elements in order; never empty.
    pub elements: Vec<Element>,
}

/// One place in a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Any of these words fills it.
    pub words: Vec<Word>,
    /// It may be missing.
    pub optional: bool,
    /// So many words may stand between the element before and this one.
    pub gap: u8,
}

/// A literal to look for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word {
    /// In lower case and NFC.
    pub text: String,
    /// Must not be preceded by a letter of the same script.
    pub from_start: bool,
    /// Must not be followed by a letter of the same script.
    pub to_end: bool,
}

/// How many words `..` leaps over.
const USUAL_GAP: u8 = 4;

/// Lists of words that phrases name in braces.
pub type Classes = BTreeMap<String, Vec<Word>>;

impl Pattern {
    /// Reads a phrase.
    ///
    /// # Errors
    /// The part of it that cannot stand there: no gap, no list of words, an empty word, a first word that may be
    /// missing, a gap at the end; nothing where the phrase is empty.
    pub fn parse<'a>(phrase: &'a str, classes: &Classes) -> Result<Self, &'a str> {
        let mut elements: Vec<Element> = Vec::new();
        let mut gap = 0;
        let mut last = "";
        for part in parts(phrase) {
            last = part;
            if let Some(width) = part.strip_prefix("..") {
                gap = if width.is_empty() { USUAL_GAP } else { width.parse().map_err(|_| part)? };
                continue;
            }
            let (optional, body) =
                part.strip_prefix('?').map_or((false, part), |rest| (true, rest));
            let words = words(body, classes).ok_or(part)?;
            let is_empty = words.iter().any(|word| word.text.is_empty());
            if is_empty || optional && elements.is_empty() {
                return Err(part);
            }
            elements.push(Element { words, optional, gap });
            gap = 0;
        }
        if elements.is_empty() || gap > 0 { Err(last) } else { Ok(Self { elements }) }
    }
}

/// A phrase in parts: at white space, but not within brackets.
fn parts(phrase: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let ends = move |letter: char| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter.is_whitespace() && depth == 0
    };
    phrase.split(ends).filter(|part| !part.is_empty())
}

/// The words that a part stands for; none where it names a list that does not exist.
fn words(part: &str, classes: &Classes) -> Option<Vec<Word>> {
    let body = part.strip_prefix('(').and_then(|part| part.strip_suffix(')')).unwrap_or(part);
    let mut words = Vec::new();
    for word in body.split('|') {
        match word.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => words.extend_from_slice(classes.get(name)?),
            None => words.extend(variants(&word.to_lowercase())),
        }
    }
    Some(words)
}

/// `커넥션_풀*`, in lower case, as the words that it stands for.
pub fn variants(word: &str) -> Vec<Word> {
    let (from_start, word) = word.strip_prefix('^').map_or((false, word), |rest| (true, rest));
    let (open, word) = word.strip_suffix('*').map_or((false, word), |rest| (true, rest));
    let ends_in_hangul = word.chars().last().is_some_and(is_hangul);
    let starts_in_hangul = word.chars().next().is_some_and(is_hangul);
    let mut parts = word.split('_');
    let mut texts = vec![parts.next().unwrap_or_default().to_owned()];
    for part in parts {
        texts = texts
            .iter()
            .flat_map(|text| [" ", "-", ""].map(|joint| format!("{text}{joint}{part}")))
            .collect();
    }
    // Typographers write `didn’t`, keyboards `didn't`.
    if word.contains('\'') {
        texts.extend(texts.iter().map(|text| text.replace('\'', "’")).collect::<Vec<_>>());
    }
    texts
        .into_iter()
        .map(|text| Word {
            text,
            from_start: from_start || !starts_in_hangul,
            to_end: !open && !ends_in_hangul,
        })
        .collect()
}

/// A word in lower case; the word itself where it is, as most are.
pub fn lower(word: &str) -> Cow<'_, str> {
    let is_lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if word.bytes().all(is_lower) || word.chars().all(is_hangul) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// Whether a character is a letter of any script. Hangul is asked for first: the tables of all scripts take long to
/// search, and texts are looked at letter by letter.
pub fn is_letter(letter: char) -> bool {
    is_hangul(letter) || letter.is_alphabetic()
}

/// Whether a character is a letter or digit of any script.
pub fn is_word(letter: char) -> bool {
    is_hangul(letter) || letter.is_alphanumeric()
}

/// Whether a character is a Hangul syllable or letter.
pub fn is_hangul(letter: char) -> bool {
    matches!(letter, '가'..='힣' | 'ㄱ'..='ㆎ' | '\u{1100}'..='\u{11ff}')
}
