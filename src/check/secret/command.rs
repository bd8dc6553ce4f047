//! Passwords on the command line of a known program: `mysql -uroot -p…`, `curl -u user:…`.

use std::ops::Range;

use crate::check::secret::assignment::is_chosen;
use crate::check::secret::{Secret, at, before};
use crate::diag::code;
use crate::vocab::secret::{Command, Secrets};

/// A command is looked at up to so many bytes behind the name of the program.
const LONGEST: usize = 512;

/// What an option holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Password,
    /// `user:password`
    Both,
}

/// The password among the options of the program whose name stands here.
pub(super) fn password(
    text: &str,
    program: Range<usize>,
    command: &Command,
    shapes: &Secrets,
) -> Option<Secret> {
    let edge = before(text, program.start);
    let is_part = edge.is_ascii_alphanumeric() || matches!(edge, b'-' | b'_');
    if is_part || !matches!(at(text, program.end), b' ' | b'\t') {
        return None;
    }
    let mut from = program.end;
    let mut option = None;
    while let Some(word) = word(text, from).filter(|word| word.end <= program.end + LONGEST) {
        from = word.end;
        let written = text.get(word.clone())?;
        let Some((value, holds)) =
            option.take().map(|holds| (written, holds)).or_else(|| joined(written, command))
        else {
            option = names(written, command);
            continue;
        };
        let value = value.trim_end_matches([',', '.', ')']).trim_matches(['"', '\'']);
        let value = match holds {
            Holds::Password => value,
            Holds::Both => value.split_once(':').map_or("", |(_, password)| password),
        };
        if is_chosen(value, shapes) && !value.starts_with(['-', '.', '@', '/']) {
            let start = word.start + written.rfind(value)?;
            return Some(Secret::new(&code::PASSWORD, start..start + value.len()));
        }
    }
    None
}

/// What the word behind an option holds.
fn names(word: &str, command: &Command) -> Option<Holds> {
    let is_one = |options: &[String]| options.iter().any(|option| option == word);
    let user = is_one(&command.user).then_some(Holds::Both);
    user.or_else(|| is_one(&command.next).then_some(Holds::Password))
}

/// The value that is written to its option: `-pvalue`, `--user=value`.
fn joined<'a>(word: &'a str, command: &Command) -> Option<(&'a str, Holds)> {
    let value = |options: &[String]| {
        let mut rests = options.iter().filter_map(|option| {
            let rest = word.strip_prefix(option.as_str())?;
            if option.starts_with("--") { rest.strip_prefix('=') } else { Some(rest) }
        });
        rests.find(|rest| !rest.is_empty())
    };
    let password = value(&command.joined).map(|value| (value, Holds::Password));
    password.or_else(|| value(&command.user).map(|value| (value, Holds::Both)))
}

/// The next word of a command, with what stands between quotes in it; nothing where the command ends.
fn word(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = from;
    loop {
        start += match bytes.get(start..)? {
            [b' ' | b'\t', ..] => 1,
            [b'\\', b'\n', ..] => 2,
            [b'\\', b'\r', b'\n', ..] => 3,
            _ => break,
        };
    }
    let mut quote = None;
    let length = bytes.get(start..)?.iter().take(LONGEST).take_while(|&&byte| {
        match quote {
            Some(open) if open == byte => quote = None,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            _ => {}
        }
        let is_end = quote.is_none() && matches!(byte, b' ' | b'\t' | b'`' | b'|' | b';');
        !is_end && !matches!(byte, b'\n' | b'\r')
    });
    let end = start + length.count();
    (end > start).then_some(start..end)
}
