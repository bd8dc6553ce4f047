//! Addresses that stand bare in a text: they are links, as on the sites that most authors write for.

use std::ops::Range;

/// Where addresses of the web stand in a text.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, _) in text.match_indices("http") {
        let before = text.get(..start).unwrap_or_default();
        let is_within = found.last().is_some_and(|last| start < last.end)
            || before.ends_with(|letter: char| letter.is_ascii_alphanumeric());
        // One within another is not measured: that would take the square of the text.
        if !is_within {
            let length = text.get(start..).and_then(length);
            found.extend(length.map(|length| start..start + length));
        }
    }
    found
}

/// How long the address is at the start of a text.
fn length(text: &str) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    let rest = text.get(scheme.len()..)?;
    if !rest.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return None;
    }
    let mut before = ' ';
    let end = rest.find(|letter: char| {
        // A Korean particle stands right behind an address, and a Korean word behind one of its signs.
        let ends = letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '{' | '}')
            || !letter.is_ascii() && before.is_ascii_alphanumeric();
        before = letter;
        ends
    });
    let mut address = rest.get(..end.unwrap_or(rest.len()))?;
    let count = |address: &str, sign: char| address.matches(sign).count();
    let mut open = [('(', ')'), ('[', ']')]
        .map(|(open, close)| (close, count(address, open), count(address, close)));
    while let Some(last) = address.chars().next_back() {
        let closes = open.iter_mut().find(|(close, ..)| *close == last);
        let is_over = match closes {
            Some((_, opened, closed)) if *closed > *opened => {
                *closed -= 1;
                true
            }
            _ => matches!(last, '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\''),
        };
        if !is_over {
            break;
        }
        address = address.get(..address.len() - last.len_utf8())?;
    }
    Some(scheme.len() + address.len())
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn addresses_within_addresses_take_no_longer() {
        assert_eq!(addresses(&"https://a.test/(".repeat(100_000)).len(), 1);
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        let cases = [
            ("see https://a.test/x_y?b=1&c=2.", "https://a.test/x_y?b=1&c=2"),
            ("(https://a.test/x_(y))", "https://a.test/x_(y)"),
            ("http://a.test/x를 보세요", "http://a.test/x"),
            ("https://a.test/장애-보고 문서", "https://a.test/장애-보고"),
            ("\"https://a.test\", xhttps://b.test, https:// and http", "https://a.test"),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> =
                addresses(text).into_iter().map(|range| text.get(range).unwrap()).collect();
            assert_eq!(found, [expected], "{text}");
        }
    }
}
