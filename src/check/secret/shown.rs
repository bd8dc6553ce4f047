//! A text as its readers see it: exporters write `ghp\_…` and `jane&#64;…` where the page shows `ghp_…` and `jane@…`.

use std::ops::Range;

/// A text without its escapes, and the way back.
pub(super) struct Shown {
    /// What is seen.
    pub(super) text: String,
    /// Of every sign that was escaped: its place in `text`, and the end of its escape in the source.
    signs: Vec<(usize, usize)>,
}

impl Shown {
    /// Nothing where a text holds no escape: then it is seen as it stands.
    pub(super) fn of(source: &str) -> Option<Self> {
        let mut shown = Self { text: String::new(), signs: Vec::new() };
        let mut done = 0;
        for at in memchr::memchr2_iter(b'\\', b'&', source.as_bytes()) {
            let Some((sign, length)) = source.get(at..).filter(|_| at >= done).and_then(escape)
            else {
                continue;
            };
            shown.text.push_str(source.get(done..at).unwrap_or_default());
            done = at + length;
            shown.signs.push((shown.text.len(), done));
            shown.text.push(sign);
        }
        shown.text.push_str(source.get(done..).unwrap_or_default());
        (done > 0).then_some(shown)
    }

    /// The bytes of the source that are seen as these, with the escapes of the first and the last.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        self.place(range.start)..self.place(range.end)
    }

    fn place(&self, at: usize) -> usize {
        let before = self.signs.partition_point(|(sign, _)| *sign < at);
        match before.checked_sub(1).and_then(|last| self.signs.get(last)) {
            Some((sign, end)) => end + (at - sign - 1),
            None => at,
        }
    }
}

/// Signs that secrets and addresses hold, as HTML names them. Numbers name all others.
const NAMED: [(&str, char); 10] = [
    ("amp", '&'),
    ("commat", '@'),
    ("period", '.'),
    ("lowbar", '_'),
    ("colon", ':'),
    ("sol", '/'),
    ("equals", '='),
    ("plus", '+'),
    ("quot", '"'),
    ("apos", '\''),
];

/// The name or number of an escape has so many bytes at most.
const LONGEST_NAME: usize = 8;

/// A visible sign of ASCII that stands escaped at the beginning, and the bytes of its escape.
fn escape(text: &str) -> Option<(char, usize)> {
    if let Some(rest) = text.strip_prefix('\\') {
        let sign = rest.chars().next().filter(char::is_ascii_punctuation)?;
        return Some((sign, 2));
    }
    // A longer one does not name a sign of ASCII, unless it begins with noughts. No further is looked: most `&` begin nothing.
    let end = text.bytes().take(LONGEST_NAME + 2).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let sign = match name.strip_prefix('#') {
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u8::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from(code)
        }
    };
    sign.is_ascii_graphic().then_some((sign, name.len() + 2))
}
