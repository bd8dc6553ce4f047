//! What is made of digits: IP addresses, phone numbers, payment cards, Korean resident registration numbers.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use jiff::civil::Date;

use crate::check::secret::{Secret, at, before, card, run};
use crate::diag::code;
use crate::vocab::secret::Cards;

/// Groups of digits and the sign after each.
pub(super) struct Groups<'a> {
    pub(super) digits: Vec<&'a str>,
    pub(super) signs: Vec<u8>,
    pub(super) range: Range<usize>,
}

/// More groups are a row of a table or a checksum.
const MOST: usize = 6;

/// Adds everything that is made of digits.
pub(super) fn numbers(text: &str, cards: &Cards, found: &mut Vec<Secret>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(next) =
        bytes.get(from..).and_then(|rest| rest.iter().position(u8::is_ascii_digit))
    {
        let start = from + next;
        let groups = groups(text, start);
        from = start + groups.digits[0].len();
        let edge = before(text, start);
        if edge.is_ascii_alphanumeric() || matches!(edge, b'_' | b'.') {
            continue;
        }
        let secret = ip(text, &groups).or_else(|| person(text, groups, cards));
        from = secret.as_ref().map_or(from, |secret| secret.range.end);
        found.extend(secret);
    }
    ip6(text, found);
}

/// A number of a person: in all groups, or in those before a space.
fn person(text: &str, mut groups: Groups<'_>, cards: &Cards) -> Option<Secret> {
    loop {
        let after = at(text, groups.range.end);
        if !after.is_ascii_alphabetic()
            && after != b'_'
            && let Some(secret) = resident(&groups)
                .or_else(|| card::grouped(text, &groups, cards))
                .or_else(|| phone(text, &groups))
        {
            return Some(secret);
        }
        loop {
            let last = groups.digits.pop()?;
            let sign = groups.signs.pop()?;
            groups.range.end -= last.len() + 1;
            if sign == b' ' {
                break;
            }
        }
    }
}

fn groups(text: &str, start: usize) -> Groups<'_> {
    let (mut digits, mut signs) = (Vec::new(), Vec::new());
    let mut end = start;
    loop {
        let length = run(text, end, |byte| byte.is_ascii_digit());
        digits.push(text.get(end..end + length).unwrap_or_default());
        end += length;
        // One sign, or a bracket and a space, lead on to the next group.
        let sign = at(text, end);
        let gap = if sign == b')' && at(text, end + 1) == b' ' { 2 } else { 1 };
        let leads_on =
            matches!(sign, b'-' | b'.' | b' ' | b')') && at(text, end + gap).is_ascii_digit();
        if !leads_on || digits.len() == MOST {
            return Groups { digits, signs, range: start..end };
        }
        signs.push(sign);
        end += gap;
    }
}

/// Four numbers up to 255 between dots, unless they are a version, a mask, or belong to nobody.
fn ip(text: &str, groups: &Groups<'_>) -> Option<Secret> {
    let four = groups.digits.get(..4)?;
    let dotted = groups.signs.get(..3)?.iter().all(|sign| *sign == b'.');
    let length = four.iter().map(|digits| digits.len()).sum::<usize>() + 3;
    let range = groups.range.start..groups.range.start + length;
    let goes_on = groups.signs.get(3) == Some(&b'.')
        || groups.digits.len() > 4 && groups.signs.get(3) == Some(&b'-');
    let address: Ipv4Addr = text.get(range.clone())?.parse().ok()?;
    if !dotted || goes_on || is_version(text, range.start) {
        return None;
    }
    let [a, b, ..] = address.octets();
    let nobodys = address.is_loopback()
        || address.is_unspecified()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast()
        || a == 255
        || a == 0
        || [[1, 1, 1, 1], [8, 8, 8, 8], [8, 8, 4, 4], [9, 9, 9, 9], [1, 2, 3, 4]]
            .contains(&address.octets());
    let private =
        address.is_private() || address.is_link_local() || a == 100 && (64..128).contains(&b);
    let code = if private { &code::PRIVATE_ADDRESS } else { &code::PUBLIC_ADDRESS };
    (!nobodys).then(|| Secret::new(code, range))
}

/// `version 5.7.32.1`: a word that ends so stands right before.
fn is_version(text: &str, start: usize) -> bool {
    // The longest of the words and a few spaces: a row of addresses must not be read anew for each of them.
    let tail = &text.as_bytes()[start.saturating_sub(16)..start];
    let line = tail.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let tail = line.trim_ascii_end().to_ascii_lowercase();
    tail.ends_with(b"version")
        || tail.ends_with(b" v")
        || tail.ends_with(b"ver.")
        || tail.ends_with(b"release")
}

/// `YYMMDD-GNNNNNN` of a day that was.
fn resident(groups: &Groups<'_>) -> Option<Secret> {
    let [birth, rest] = groups.digits[..] else { return None };
    let fits = birth.len() == 6 && rest.len() == 7 && groups.signs[0] == b'-';
    (fits && is_resident(birth, rest))
        .then(|| Secret::new(&code::RESIDENT_NUMBER, groups.range.clone()))
}

fn is_resident(birth: &str, rest: &str) -> bool {
    let number =
        |range: Range<usize>| birth.get(range).and_then(|digits| digits.parse::<i16>().ok());
    let century = match rest.as_bytes().first() {
        Some(b'1' | b'2' | b'5' | b'6') => 1900,
        Some(b'3' | b'4' | b'7' | b'8') => 2000,
        _ => return false,
    };
    let (Some(year), Some(month), Some(day)) = (number(0..2), number(2..4), number(4..6)) else {
        return false;
    };
    Date::new(century + year, month as i8, day as i8).is_ok()
}

/// Thirteen digits right after the words for such a number.
pub(super) fn labelled_resident(text: &str, label: Range<usize>) -> Option<Secret> {
    let gap = run(text, label.end, |byte| matches!(byte, b':' | b' ' | b'=' | b'"' | b'*' | b'|'));
    let start = label.end + gap;
    let digits = run(text, start, |byte| byte.is_ascii_digit());
    let value = text.get(start..start + digits)?;
    let is_one = value.len() == 13 && is_resident(value.get(..6)?, value.get(6..)?);
    is_one.then(|| Secret::new(&code::RESIDENT_NUMBER, start..start + digits))
}

/// Numbers of people: Korean mobile and land lines, North American ones, and those with a country code.
fn phone(text: &str, groups: &Groups<'_>) -> Option<Secret> {
    let mut range = groups.range.clone();
    let sizes: Vec<usize> = groups.digits.iter().map(|digits| digits.len()).collect();
    let lead = groups.signs.first().copied().unwrap_or(b' ');
    let one_sign = groups.signs.iter().all(|sign| *sign == lead);
    let first = groups.digits[0];
    let opening = before(text, range.start);
    let is_one = match (opening, &sizes[..]) {
        (b'+', [1..=3, ..]) => {
            range.start -= 1;
            let total: usize = sizes.iter().sum();
            sizes.len() >= 3
                && (9..=15).contains(&total)
                && sizes[1..].iter().all(|size| *size <= 4)
        }
        (b'+', [11..=13]) => {
            range.start -= 1;
            first.starts_with("82") || first.starts_with('1')
        }
        (b'(', [3, 3, 4]) if lead == b')' => {
            range.start -= 1;
            is_american(first)
        }
        (b'(', [2..=3, 3..=4, 4]) if lead == b')' => {
            range.start -= 1;
            is_korean(first)
        }
        (_, [2..=3, 3..=4, 4]) if is_korean(first) => one_sign,
        (_, [11]) => first.starts_with("010"),
        (_, [3, 3, 4]) => one_sign && lead == b'-' && is_american(first),
        _ => false,
    };
    is_one.then(|| Secret::new(&code::PHONE, range))
}

/// Area codes and mobile prefixes.
fn is_korean(prefix: &str) -> bool {
    match prefix.as_bytes() {
        b"02" => true,
        [b'0', b'1', last] => matches!(last, b'0' | b'1' | b'6'..=b'9'),
        [b'0', b'3'..=b'6', last] => last.is_ascii_digit(),
        b"070" => true,
        _ => false,
    }
}

fn is_american(area: &str) -> bool {
    area.starts_with(|digit: char| ('2'..='9').contains(&digit))
        && !["800", "888", "877", "866", "855", "844", "833"].contains(&area)
}

/// Addresses of version 6 that are written with at least four groups.
fn ip6(text: &str, found: &mut Vec<Secret>) {
    let bytes = text.as_bytes();
    let is_part = |byte: u8| byte.is_ascii_hexdigit() || byte == b':';
    let mut from = 0;
    while let Some(colon) = memchr::memchr(b':', bytes.get(from..).unwrap_or_default()) {
        let colon = from + colon;
        let back = bytes[..colon].iter().rev().take(4).take_while(|byte| is_part(**byte)).count();
        let start = colon - back;
        let length = run(text, start, is_part);
        from = (start + length).max(colon + 1);
        let word = text.get(start..start + length).unwrap_or_default();
        let groups = word.split(':').filter(|group| !group.is_empty()).count();
        let edge = before(text, start).is_ascii_alphanumeric()
            || at(text, start + length).is_ascii_alphanumeric();
        if edge || groups < 4 || length > 39 {
            continue;
        }
        let Ok(address) = word.parse::<Ipv6Addr>() else { continue };
        let [first, second, ..] = address.segments();
        if first == 0x2001 && second == 0x0db8 {
            continue;
        }
        let private = first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80;
        let code = if private { &code::PRIVATE_ADDRESS } else { &code::PUBLIC_ADDRESS };
        found.push(Secret::new(code, start..start + length));
    }
}
