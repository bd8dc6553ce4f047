//! Signs that mean something in HTML and XML, written otherwise.

use crate::base::hidden::is_hidden;

/// What no text of a feed or a calendar may hold, however it is written: a reader refuses the whole file. An escape of
/// YAML and a reference of HTML bring it past where a text is read.
pub fn is_forbidden(letter: char) -> bool {
    is_hidden(letter) || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

/// Text as HTML or XML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter if is_forbidden(letter) => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}
