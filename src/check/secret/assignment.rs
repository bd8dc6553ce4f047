//! `password = …`, `API_KEY: …`, `Authorization: Bearer …`, `&X-Amz-Signature=…`.

use std::ops::Range;

use crate::check::secret::{Secret, at, before, is_mixed, is_placeholder, is_words, run, variety};
use crate::diag::code::{self, Code};
use crate::vocab::secret::Secrets;

/// Fewer letters are no password.
const SHORTEST_PASSWORD: usize = 6;
/// Fewer letters are no key.
const SHORTEST_SECRET: usize = 16;

/// A password after its name.
pub(super) fn password(text: &str, name: Range<usize>, shapes: &Secrets) -> Option<Secret> {
    let value = value(text, &name)?;
    let word = text.get(value.clone())?;
    let signs = word.bytes().any(|byte| b"!@#^&*?~$%".contains(&byte));
    let digits = word.bytes().any(|byte| byte.is_ascii_digit());
    let letters = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_one = word.len() >= SHORTEST_PASSWORD
        && letters
        && (digits || signs)
        && variety(word) >= 4
        && !word.contains(['(', ')', '[', ']', '{', '}', '/', '<', '>'])
        && !(is_words(word) && word.contains(['-', '_', '.']));
    (is_one && !is_placeholder(word, shapes)).then(|| Secret::new(&code::PASSWORD, value))
}

/// A long value of many letters after the name of a key.
pub(super) fn secret(text: &str, name: Range<usize>, shapes: &Secrets) -> Option<Secret> {
    let value = value(text, &name)?;
    key(text, value, shapes, &code::SECRET_VALUE)
}

/// The value of an `Authorization` header.
pub(super) fn header(text: &str, scheme: Range<usize>, shapes: &Secrets) -> Option<Secret> {
    if before(text, scheme.start).is_ascii_alphanumeric() {
        return None;
    }
    let value = scheme.end..scheme.end + run(text, scheme.end, is_key);
    key(text, value, shapes, &code::SECRET_VALUE)
}

fn key(text: &str, value: Range<usize>, shapes: &Secrets, code: &'static Code) -> Option<Secret> {
    let word = text.get(value.clone())?;
    let is_one = word.len() >= SHORTEST_SECRET
        && word.bytes().all(is_key)
        && is_mixed(word)
        && variety(word) >= 9
        && !is_words(word);
    (is_one && !is_placeholder(word, shapes)).then(|| Secret::new(code, value))
}

fn is_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_+/=.~:".contains(&byte)
}

/// The parameter of a signed address.
pub(super) fn signature(text: &str, name: Range<usize>) -> Option<Secret> {
    if !matches!(before(text, name.start), b'?' | b'&' | b';') {
        return None;
    }
    let length =
        run(text, name.end, |byte| byte.is_ascii_alphanumeric() || b"%+/=_-.~".contains(&byte));
    let value = name.end..name.end + length;
    let word = text.get(value.clone())?;
    (word.len() >= SHORTEST_SECRET && is_mixed(word) && variety(word) >= 8)
        .then(|| Secret::new(&code::SIGNED_URL, value))
}

/// Signs that a name and its value are divided by, longest first.
const DIVIDERS: [&str; 6] = ["=>", ":=", "==", "=", ":", "："];

/// The value that is assigned to a name: after a divider, in quotes or up to the next white space.
fn value(text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    // `DB_PASSWORD2` is a name, `tokenizer` and `passwords` are others.
    let mut end = name.end + run(text, name.end, |byte| byte.is_ascii_digit());
    if at(text, end).is_ascii_alphabetic() || at(text, end) == b'_' {
        return None;
    }
    let quote = |end: usize| usize::from(matches!(at(text, end), b'"' | b'\'' | b'`' | b'*'));
    end += quote(end);
    end += quote(end);
    end += run(text, end, |byte| byte == b' ' || byte == b'\t');
    let rest = text.get(end..)?;
    let divider = DIVIDERS.iter().find(|divider| rest.starts_with(**divider))?;
    end += divider.len();
    end += run(text, end, |byte| matches!(byte, b' ' | b'\t' | b'*'));
    let mark = at(text, end);
    if matches!(mark, b'"' | b'\'' | b'`') {
        let inner = text.get(end + 1..)?;
        let length = inner.find([mark as char, '\n'])?;
        return Some(end + 1..end + 1 + length);
    }
    let length = run(text, end, |byte| {
        byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`' | b',' | b';' | b'|')
    });
    // In an address the next parameter is not part of the value.
    let word = text.get(end..end + length)?;
    let in_address = matches!(before(text, name.start), b'?' | b'&');
    let length = if in_address { word.find(['&', '#']).unwrap_or(length) } else { length };
    let word = text.get(end..end + length)?.trim_end_matches(['.', ')', ']', '*']);
    Some(end..end + word.len())
}
