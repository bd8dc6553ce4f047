//! Text that was encoded twice: UTF-8 read as Windows-1252 and saved as UTF-8 again, so that an emoji
//! stands as four odd letters. Undone where the letters, as bytes, are well-formed UTF-8.

use std::ops::Range;

/// A mended text.
pub(super) struct Mended {
    pub(super) text: String,
    /// How many characters were put together again.
    pub(super) count: usize,
    /// The first of them, in the mended text.
    pub(super) first: Range<u32>,
    /// How the first of them was written.
    pub(super) was: String,
    /// What it is.
    pub(super) is: char,
}

/// The mended text, or `None` when there is nothing to mend.
pub(super) fn mend(text: &str) -> Option<Mended> {
    // All letters that stand for the first of several bytes begin with this one: few texts hold any.
    if memchr::memchr(0xc3, text.as_bytes()).is_none() || !text.contains(is_lead) {
        return None;
    }
    let mut mended: Option<Mended> = None;
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(letter) = rest.clone().next() {
        match sequence(rest.clone()) {
            Some((whole, length)) => {
                let was: String = rest.by_ref().take(length).collect();
                let start = out.len() as u32;
                out.push(whole);
                let end = out.len() as u32;
                let first =
                    || Mended { text: String::new(), count: 0, first: start..end, was, is: whole };
                mended.get_or_insert_with(first).count += 1;
            }
            None => {
                out.push(letter);
                rest.next();
            }
        }
    }
    mended.map(|found| Mended { text: out, ..found })
}

/// The character that the next letters spell as bytes, and how many letters those are.
fn sequence(letters: std::str::Chars<'_>) -> Option<(char, usize)> {
    let mut bytes = [0u8; 4];
    let mut length = 0;
    for letter in letters.take(4) {
        let Some(byte) = byte_of(letter) else { break };
        bytes[length] = byte;
        length += 1;
        if length > 1
            && let Ok(text) = std::str::from_utf8(&bytes[..length])
        {
            let whole = text.chars().next().filter(|whole| whole.len_utf8() == length)?;
            return (!whole.is_control()).then_some((whole, length));
        }
    }
    None
}

fn is_lead(letter: char) -> bool {
    matches!(letter, '\u{c2}'..='\u{f4}')
}

/// The byte of Windows-1252 that shows as this letter; none for ASCII, which double encoding keeps.
fn byte_of(letter: char) -> Option<u8> {
    // The 27 places of 0x80 to 0x9f that Windows-1252 fills; the other five stay what they are.
    const HIGH: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
    const BYTES: [u8; 27] = [
        0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92,
        0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
    ];
    match letter {
        '\u{80}'..='\u{ff}' => Some(letter as u8),
        _ => HIGH.chars().position(|high| high == letter).map(|index| BYTES[index]),
    }
}
