//! Emoji that are written as words.

/// Emoji written as `:tada:`, which say nothing to a reader of facts.
pub(super) fn shortcodes(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    // One begins and ends with a colon.
    if memchr::memchr_iter(b':', text.as_bytes()).nth(1).is_none() {
        return found;
    }
    let mut open: Option<usize> = None;
    for (at, letter) in text.char_indices() {
        match (letter, open) {
            (':', Some(start)) if at > start + 2 => {
                found.push((start, at + 1));
                open = None;
            }
            (':', _) => {
                let apart = text
                    .get(..at)
                    .is_none_or(|before| before.is_empty() || before.ends_with([' ', ':']));
                open = apart.then_some(at);
            }
            ('a'..='z' | '0'..='9' | '_' | '+' | '-', Some(_)) => {}
            (_, Some(_)) => open = None,
            _ => {}
        }
    }
    found.retain(|&(start, end)| {
        text.get(start..end)
            .is_some_and(|code| code.contains(|letter: char| letter.is_ascii_lowercase()))
    });
    found
}
