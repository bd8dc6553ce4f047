//! Letters: how they are made alike, and what Hangul syllables are made of.
//!
//! `themes/default/static/search/tokens.js` does the same, letter for letter; `tests/cases/search/vectors.tsv` tests both.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// The consonants that syllables begin with, in their order.
const INITIALS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];
/// The first syllable of Unicode.
const FIRST: u32 = 0xac00;
/// Syllables that begin with the same consonant.
const PER_INITIAL: u32 = 588;
/// Syllables that begin with the same consonant and vowel: without a consonant at the end, then with each.
const PER_VOWEL: u32 = 28;

/// Whether this is a Hangul syllable.
pub(super) fn is_syllable(letter: char) -> bool {
    matches!(letter, '가'..='힣')
}

/// Whether this is a consonant that stands by itself, as people type initials.
pub(super) fn is_consonant(letter: char) -> bool {
    matches!(letter, 'ㄱ'..='ㅎ')
}

/// A letter of Hangul that stands by itself. Compatibility composition would glue it to its neighbours.
fn is_jamo(letter: char) -> bool {
    matches!(letter, '\u{3131}'..='\u{318e}')
}

/// Whether a syllable ends in a consonant.
pub(super) fn is_closed(syllable: char) -> bool {
    is_syllable(syllable) && !(syllable as u32 - FIRST).is_multiple_of(PER_VOWEL)
}

/// The consonant that a syllable begins with, as people type it.
pub(super) fn initial(syllable: char) -> char {
    let place = (syllable as u32).saturating_sub(FIRST) / PER_INITIAL;
    INITIALS.get(place as usize).copied().unwrap_or(syllable)
}

/// Text in one form, whatever its width, composition and accents. Case stays: it tells words apart.
pub(super) fn alike(text: &str) -> Cow<'_, str> {
    if text.chars().all(|letter| letter.is_ascii() || is_syllable(letter)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(is_jamo) {
        let kept = piece.chars().next_back().filter(|last| is_jamo(*last));
        let rest = kept.map_or(piece, |last| piece.strip_suffix(last).unwrap_or(piece));
        out.extend(without_marks(&rest.nfkc().collect::<String>()).nfc().map(standing));
        out.extend(kept);
    }
    Cow::Owned(out)
}

/// A consonant of old spelling or half width that no vowel follows, as people type it.
fn standing(letter: char) -> char {
    let place = (letter as u32).wrapping_sub(0x1100);
    INITIALS.get(place as usize).copied().unwrap_or(letter)
}

/// In lower case.
pub(super) fn lower(text: &str) -> String {
    let lower = text.to_lowercase();
    // The lower case of `İ` brings a mark with it.
    if lower.is_ascii() { lower } else { without_marks(&lower).nfc().collect() }
}

/// The letters without the marks above and below them, taken apart.
fn without_marks(text: &str) -> impl Iterator<Item = char> {
    text.nfd().filter(|letter| !matches!(letter, '\u{300}'..='\u{36f}'))
}
