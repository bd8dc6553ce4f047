//! What is written as one with signs in it: versions, addresses, days, codes of errors.
//!
//! `themes/default/static/search/exact.js` does the same; `tests/cases/search/vectors.tsv` tests both.

/// Longer ones are cut from nothing that anyone types.
const LONGEST: usize = 40;

/// Shows what is written as one and has a digit: `redis-7.2.4`, without the `v` of a version, and the numbers in a row in it.
pub fn compounds(text: &str, mut see: impl FnMut(&str)) {
    for chunk in text.split(|letter: char| !letter.is_ascii_alphanumeric() && !is_sign(letter)) {
        if chunk.len() < 3 || !chunk.contains(is_sign) || !chunk.contains(is_digit) {
            continue;
        }
        let mut rest = chunk.trim_start_matches(is_sign);
        while !rest.is_empty() {
            let (one, after) = rest.split_at(end_of(rest));
            compound(one, &mut see);
            rest = after.trim_start_matches(is_sign);
        }
    }
}

fn is_sign(letter: char) -> bool {
    matches!(letter, '.' | '-' | '_')
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

/// Where two signs stand beside each other, or one at the end.
fn end_of(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if is_sign(letter) && letters.peek().is_none_or(|(_, next)| is_sign(*next)) {
            return at;
        }
    }
    text.len()
}

fn compound(text: &str, see: &mut impl FnMut(&str)) {
    let lower = text.to_ascii_lowercase();
    let day = lower.split_at(time_of_day(&lower)).0;
    let whole = day.strip_prefix('v').filter(|rest| rest.starts_with(is_digit)).unwrap_or(day);
    show(whole, see);
    let mut rest = whole;
    while !rest.is_empty() {
        let (run, after) = numbers(rest);
        if run != whole {
            show(run, see);
        }
        rest = after;
    }
}

/// Where the time of day begins in `2024-03-18t10`.
fn time_of_day(text: &str) -> usize {
    let is_time = |three: &[u8]| matches!(three, [before, b't', after] if before.is_ascii_digit() && after.is_ascii_digit());
    text.as_bytes().windows(3).position(is_time).map_or(text.len(), |at| at + 1)
}

/// The numbers in a row that parts begin with, without the sign after them, and what follows. At least one part goes.
fn numbers(text: &str) -> (&str, &str) {
    let bare = text.strip_prefix('v').unwrap_or(text);
    let mut end = 0;
    let mut next = 0;
    for part in bare.split_inclusive(is_sign) {
        let number = part.strip_suffix(is_sign).unwrap_or(part);
        if number.is_empty() || !number.chars().all(is_digit) {
            break;
        }
        end = next + number.len();
        next += part.len();
    }
    if next == 0 {
        let after = text.split_once(is_sign).map_or("", |(_, after)| after);
        return ("", after);
    }
    (bare.split_at(end).0, bare.split_at(next).1)
}

fn show(text: &str, see: &mut impl FnMut(&str)) {
    let signs = text.matches(is_sign).count();
    // `00-10` is what lies between the colons of 10:00-10:40.
    let is_range =
        signs == 1 && text.contains('-') && text.chars().all(|c| is_digit(c) || c == '-');
    if signs > 0 && !is_range && text.contains(is_digit) && text.len() <= LONGEST {
        see(text);
    }
}
