//! What systems and parsers tell, in plain words: the patterns of `[told]` in `data/findings` and what is said in their place.
//!
//! Findings keep the words that they were told in, as they may be read from a cache by whoever speaks another language.

use std::collections::BTreeMap;
use std::io;

use crate::base::blanks;

/// What is told within what is told is looked up so far down: the kind of a value within a complaint of it.
const DEEPEST: usize = 3;

/// What a system or a parser told, in plain words; nothing where we have none for it.
pub(super) fn plain(words: &BTreeMap<String, String>, told: &str) -> Option<String> {
    say(words, told, DEEPEST)
}

fn say(words: &BTreeMap<String, String>, told: &str, depth: usize) -> Option<String> {
    // A parser of TOML ends with what it would rather have read.
    let head = || told.split_once(", expected ").map(|(head, _)| head);
    let of_system = || system(told).and_then(|kind| words.get(&kind));
    let exact = words.get(told).or_else(of_system);
    if let Some(said) = exact {
        return Some(said.clone());
    }
    // The other way round, the longer of two that begin alike is the first.
    let deeper = depth.checked_sub(1)?;
    for (pattern, said) in words.iter().rev().filter(|(pattern, _)| pattern.contains('{')) {
        let Some(blanks) = matched(pattern, told) else { continue };
        return Some(blanks::fill(said, |name, text| {
            let value = blanks.iter().find(|(blank, _)| *blank == name).map(|(_, value)| *value);
            let plain =
                value.map(|value| say(words, value, deeper).unwrap_or_else(|| value.into()));
            plain.is_some_and(|plain| {
                text.push_str(&plain);
                true
            })
        }));
    }
    words.get(head()?).cloned()
}

/// The kind of an error of the operating system by its number, with which its words end.
fn system(told: &str) -> Option<String> {
    let (_, number) = told.strip_suffix(')')?.rsplit_once("(os error ")?;
    Some(format!("{:?}", io::Error::from_raw_os_error(number.parse().ok()?).kind()))
}

/// What stands in the blanks of a pattern where it is all of a text.
fn matched<'a>(pattern: &'a str, told: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let (before, mut rest) = pattern.split_once('{')?;
    let mut told = told.strip_prefix(before)?;
    let mut blanks = Vec::new();
    loop {
        let (name, after) = rest.split_once('}')?;
        let Some((literal, next)) = after.split_once('{') else {
            blanks.push((name, told.strip_suffix(after)?));
            return Some(blanks);
        };
        let (value, behind) = told.split_once(literal)?;
        blanks.push((name, value));
        (told, rest) = (behind, next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_within_what_is_told() {
        let words = [
            ("expected {wanted} and not {got}", "{wanted}, not {got}"),
            ("string \"{it}\"", "the text {it}"),
            ("u64", "a number"),
            ("string values must be quoted", "quote it"),
            ("PermissionDenied", "not allowed"),
        ];
        let words = words.map(|(told, said)| (told.to_owned(), said.to_owned())).into();
        for (told, said) in [
            ("expected u64 and not string \"1MB\"", Some("a number, not the text 1MB")),
            ("string values must be quoted, expected literal string", Some("quote it")),
            ("expected u64", None),
            ("a: Permission denied (os error 13)", Some("not allowed")),
            ("(os error x)", None),
            ("", None),
        ] {
            assert_eq!(plain(&words, told).as_deref(), said, "{told}");
        }
    }
}
