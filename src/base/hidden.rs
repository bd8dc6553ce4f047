//! Letters that cannot be seen and change what is: control characters, and overrides of the direction of writing.

use std::borrow::Cow;

/// Whether a letter is one of them. Tabs and line ends are not.
pub fn is_hidden(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Where the first of them stands. Most texts hold none of the bytes that one begins with.
pub fn first_hidden(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_control = |byte: u8| byte < 0x20 && byte != b'\t' && byte != b'\n' || byte == 0x7f;
    // Without a way out before the end, many bytes are looked at in one step.
    if bytes.iter().fold(false, |any, &byte| any | is_control(byte)) {
        return text.find(is_hidden);
    }
    let is_hidden_at = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(is_hidden));
    memchr::memchr2_iter(0xc2, 0xe2, bytes).find(is_hidden_at)
}

/// A text on one line that a terminal, or a service that reads what is printed, takes for nothing but text.
pub fn printable(text: &str) -> Cow<'_, str> {
    let is_loud = |letter: char| is_hidden(letter) || matches!(letter, '\n' | '\t');
    if text.contains(is_loud) {
        Cow::Owned(text.replace(is_loud, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}
