//! Numbers of payment cards: those of a known issuer whose last digit is the check of the others.

use std::ops::Range;

use crate::check::secret::number::Groups;
use crate::check::secret::{Secret, at, before, run, variety};
use crate::diag::code;
use crate::vocab::secret::Cards;

/// Four groups of four, or four, six and five: as they stand on the card.
pub(super) fn grouped(text: &str, groups: &Groups<'_>, cards: &Cards) -> Option<Secret> {
    let sizes: Vec<usize> = groups.digits.iter().map(|digits| digits.len()).collect();
    let sign = *groups.signs.first()?;
    let fits = matches!(sizes[..], [4, 4, 4, 4] | [4, 6, 5])
        && matches!(sign, b'-' | b' ')
        && groups.signs.iter().all(|other| *other == sign);
    // A row of numbers, or a longer one, goes on at either side.
    let Range { start, end } = groups.range;
    let goes_on = before(text, start) == b'-'
        || at(text, end) == b'-'
        || at(text, end) == b' ' && at(text, end + 1).is_ascii_digit()
        || before(text, start) == b' ' && before(text, start.saturating_sub(1)).is_ascii_digit();
    (fits && !goes_on && is_card(&groups.digits.concat(), cards))
        .then(|| Secret::new(&code::PAYMENT_CARD, start..end))
}

/// So many bytes at most lie between the name and the digits.
const LONGEST_GAP: usize = 16;

/// Digits in one piece, which may count anything unless they are called a card.
pub(super) fn labelled(text: &str, label: Range<usize>, cards: &Cards) -> Option<Secret> {
    let is_part = before(text, label.start).is_ascii_alphanumeric()
        || at(text, label.end).is_ascii_alphabetic();
    let rest = text.as_bytes().get(label.end..)?;
    let gap = rest.iter().take(LONGEST_GAP).position(u8::is_ascii_digit)?;
    let start = label.end + gap;
    let end = start + run(text, start, |byte| byte.is_ascii_digit());
    let edge = matches!(before(text, start), b'-' | b'_' | b'.')
        || before(text, start).is_ascii_alphanumeric()
        || at(text, end).is_ascii_alphanumeric()
        || matches!(at(text, end), b'-' | b'_');
    let is_one =
        !is_part && !edge && !rest[..gap].contains(&b'\n') && is_card(text.get(start..end)?, cards);
    is_one.then(|| Secret::new(&code::PAYMENT_CARD, start..end))
}

fn is_card(digits: &str, cards: &Cards) -> bool {
    let begins = match digits.len() {
        16 => &cards.sixteen,
        15 => &cards.fifteen,
        _ => return false,
    };
    begins.iter().any(|prefix| digits.starts_with(prefix.as_str()))
        && variety(digits) > 3
        && !cards.tests.iter().any(|test| test == digits)
        && sum(digits).is_multiple_of(10)
}

/// The sum of Luhn: every other digit from the right is doubled.
fn sum(digits: &str) -> u32 {
    let values = digits.bytes().rev().map(|byte| u32::from(byte.wrapping_sub(b'0')));
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    values.enumerate().map(|(at, digit)| if at % 2 == 1 { doubled(digit) } else { digit }).sum()
}
