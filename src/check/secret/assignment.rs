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
    let Some(value) = value(text, &name).or_else(|| option(text, &name)) else {
        return said(text, &name, shapes);
    };
    let word = text.get(value.clone())?;
    let is_one = is_chosen(word, shapes) && !(is_words(word) && word.contains(['-', '_', '.']));
    is_one.then(|| Secret::new(&code::PASSWORD, value))
}

/// Whether a value is what people choose as a password: letters with digits or signs, and no variable, path or call.
pub(super) fn is_chosen(word: &str, shapes: &Secrets) -> bool {
    let signs = word.bytes().any(|byte| b"!@#^&*?~$%".contains(&byte));
    let digits = word.bytes().any(|byte| byte.is_ascii_digit());
    let letters = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    word.len() >= SHORTEST_PASSWORD
        && letters
        && (digits || signs)
        && variety(word) >= 4
        && !word.contains(['(', ')', '[', ']', '{', '}', '/', '<', '>'])
        && !is_placeholder(word, shapes)
}

/// The value behind an option of a command: `--password …`.
fn option(text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let back = text.as_bytes()[..name.start].iter().rev().take(24).take_while(is_name).count();
    let start = name.start - back;
    let is_option = text.as_bytes().get(start) == Some(&b'-') && back > 0;
    let gap = run(text, name.end, |byte| byte == b' ');
    if !is_option || gap == 0 || !matches!(before(text, start), b' ' | b'\t' | b'\n' | b'`') {
        return None;
    }
    quoted(text, name.end + gap).or_else(|| {
        let start = name.end + gap;
        Some(start..start + bare(text, start).len())
    })
}

/// A password that a sentence tells: "the password was …". What is not in quotes there has to look like nothing else.
fn said(text: &str, name: &Range<usize>, shapes: &Secrets) -> Option<Secret> {
    let rest = text.get(name.end..)?;
    let told = rest.trim_start_matches(' ');
    let link = |links: &[String]| {
        let mut lengths =
            links.iter().filter(|link| told.starts_with(link.as_str())).map(String::len);
        lengths.find(|&length| told.get(length..).is_some_and(|rest| rest.starts_with(' ')))
    };
    let is_surely = link(&shapes.said);
    let length = is_surely.or_else(|| link(&shapes.becomes))?;
    let start = text.len() - told.len() + length;
    let start = start + run(text, start, |byte| byte == b' ');
    let in_quotes = quoted(text, start);
    let value = in_quotes.clone().unwrap_or_else(|| start..start + bare(text, start).len());
    let word = text.get(value.clone())?;
    let has = |of: fn(&u8) -> bool| word.as_bytes().iter().filter(|byte| of(byte)).count();
    let digits = has(u8::is_ascii_digit);
    let is_mixed =
        has(u8::is_ascii_uppercase) > 0 && has(u8::is_ascii_lowercase) > 0 && digits >= 3;
    // A sign at the end may be that of the sentence.
    let inner = word.trim_end_matches('!');
    let has_sign = inner.contains(['!', '^', '&', '*', '~', '$']) && digits > 0
        || inner != word && digits >= 3;
    let is_one = is_chosen(word, shapes)
        && (has_sign
            || is_mixed && !is_words(word)
            || in_quotes.is_some() && is_surely.is_some() && digits > 0);
    is_one.then(|| Secret::new(&code::PASSWORD, value))
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
    if matches!(at(text, end), b'"' | b'\'' | b'`') {
        return quoted(text, end);
    }
    // In an address the next parameter is not part of the value.
    let word = bare(text, end);
    let in_address = matches!(before(text, name.start), b'?' | b'&');
    let word = if in_address { word.split(['&', '#']).next()? } else { word };
    Some(end..end + word.len())
}

/// What stands between the quotes that begin at a place.
fn quoted(text: &str, start: usize) -> Option<Range<usize>> {
    let mark = Some(at(text, start)).filter(|mark| matches!(mark, b'"' | b'\'' | b'`'))?;
    let length = text.get(start + 1..)?.find([char::from(mark), '\n'])?;
    Some(start + 1..start + 1 + length)
}

/// What stands at a place without quotes, less the signs of the sentence around it.
fn bare(text: &str, start: usize) -> &str {
    let length = run(text, start, |byte| {
        byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`' | b',' | b';' | b'|')
    });
    text.get(start..start + length).unwrap_or_default().trim_end_matches(['.', ')', ']', '*'])
}
