//! Tokens that begin like no other word, JSON web tokens, and keys in armor.

use std::ops::Range;

use crate::check::secret::{Secret, at, before, is_mixed, is_placeholder, run, variety};
use crate::diag::code;
use crate::vocab::secret::{Secrets, Token};

/// A token of a known issuer whose prefix stands at a place.
pub(super) fn token(
    text: &str,
    prefix: Range<usize>,
    shape: &Token,
    shapes: &Secrets,
) -> Option<Secret> {
    let written = text.get(prefix.clone())?;
    if !shape.prefix.iter().any(|known| known == written) {
        return None;
    }
    let mut start = prefix.start;
    if let Some((least, most)) = shape.digits_before {
        let digits = text.as_bytes()[..start].iter().rev().take_while(|byte| byte.is_ascii_digit());
        let digits = digits.count();
        if !(least..=most).contains(&digits) {
            return None;
        }
        start -= digits;
    }
    if is_word(before(text, start)) {
        return None;
    }
    let body = run(text, prefix.end, |byte| shape.alphabet.has(byte));
    let value = text.get(prefix.end..prefix.end + body)?.trim_end_matches(['.', '-', '/']);
    let (least, most) = shape.length;
    let end = prefix.end + value.len();
    let fits = (least..=most).contains(&value.len()) && !is_word(at(text, end));
    // Short prefixes begin many words.
    let both = value.bytes().any(|byte| byte.is_ascii_uppercase())
        && value.bytes().any(|byte| byte.is_ascii_lowercase());
    let varied = (is_mixed(value) || both) && variety(value) >= 8;
    if !fits || !varied || is_placeholder(value, shapes) {
        return None;
    }
    let code = if shape.finding == code::ACCESS_KEY.name {
        &code::ACCESS_KEY
    } else {
        &code::SERVICE_TOKEN
    };
    Some(Secret { issuer: Some(shape.issuer.clone()), ..Secret::new(code, start..end) })
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Three parts in base64, the first two of them JSON.
pub(super) fn json_web_token(text: &str, found: Range<usize>) -> Option<Secret> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if text.get(found.clone())? != "eyJ" || is_part(before(text, found.start)) {
        return None;
    }
    let head = found.start + run(text, found.start, is_part);
    let body = head + 1 + run(text, head + 1, is_part);
    let is_json = text.get(head..head + 4)? == ".eyJ";
    if !is_json || body - head < 12 || at(text, body) != b'.' {
        return None;
    }
    let end = body + 1 + run(text, body + 1, is_part);
    Some(Secret::new(&code::JSON_WEB_TOKEN, found.start..end))
}

/// A private key between its two lines, or as much of it as there is.
pub(super) fn armor(text: &str, found: Range<usize>) -> Option<Secret> {
    let rest = head(text.get(found.start..)?, LONGEST);
    let line = head(rest.lines().next()?, LONGEST_HEAD);
    let upper = line.to_ascii_uppercase();
    let is_putty = upper.starts_with("PUTTY-USER-KEY-FILE-");
    if !is_putty && !upper.contains("PRIVATE KEY") {
        return None;
    }
    let closing = if is_putty { "Private-MAC:" } else { "-----END" };
    let end = match rest.find(closing) {
        Some(close) => {
            let tail = rest.get(close..)?;
            close + tail.find(['\n', '"', '`']).unwrap_or(tail.len())
        }
        None => line.len(),
    };
    Some(Secret::new(&code::PRIVATE_KEY, found.start..found.start + end))
}

/// A key is no longer than so many bytes, its first line no longer than those.
const LONGEST: usize = 16_384;
const LONGEST_HEAD: usize = 80;

/// The beginning of a text, up to so many bytes.
fn head(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}
