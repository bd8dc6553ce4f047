//! Letters that cannot be seen and change what is: control characters, and overrides of the direction of writing.

use std::borrow::Cow;

/// Whether a letter is one of them. Tabs and line ends are not.
pub fn is_hidden(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Where the first of them stands. Most texts hold none of the bytes that one begins with.
pub fn first_hidden(text: &str) -> Option<usize> {
    let may_begin = |byte: u8| {
        byte < 0x20 && byte != b'\t' && byte != b'\n' || matches!(byte, 0x7f | 0xc2 | 0xe2)
    };
    if text.bytes().any(may_begin) { text.find(is_hidden) } else { None }
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
