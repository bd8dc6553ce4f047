//! Passwords inside addresses, and names of hosts that only a network of its own knows.

use std::ops::Range;

use crate::check::secret::{Secret, at, is_placeholder, run};
use crate::diag::code;
use crate::vocab::secret::Secrets;

/// The password of `scheme://user:password@host`.
pub(super) fn credentials(text: &str, divider: Range<usize>, shapes: &Secrets) -> Option<Secret> {
    let length = run(text, divider.end, |byte| {
        byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`' | b'<' | b'>' | b'|')
    });
    let whole = text.get(divider.end..divider.end + length)?;
    // The last `@` before the host's path: a password may hold one.
    let authority = whole.split(['/', '?', '#']).next()?;
    let authority = if authority.contains('@') { authority } else { whole };
    let (user_info, host) = authority.rsplit_once('@')?;
    let (user, password) = user_info.split_once(':')?;
    let is_host = host.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '[');
    if password.len() < 3 || user.contains('/') || !is_host || is_placeholder(password, shapes) {
        return None;
    }
    let start = divider.end + user.len() + 1;
    Some(Secret::new(&code::PASSWORD, start..start + password.len()))
}

/// The longest name of a host.
const LONGEST: usize = 253;
/// Members of programs, and hosts that every machine or cloud has.
const COMMON: [&str; 8] =
    ["this", "self", "super", "std", "env", "host.docker", "kubernetes.docker", "metadata.google"];

/// The host whose name ends here.
pub(super) fn host(text: &str, suffix: Range<usize>) -> Option<Secret> {
    let is_label = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let next = at(text, suffix.end);
    let goes_on = next.is_ascii_alphanumeric()
        || matches!(next, b'-' | b'_' | b'(')
        || next == b'.' && at(text, suffix.end + 1).is_ascii_alphanumeric();
    if goes_on {
        return None;
    }
    let length = text.as_bytes()[..suffix.start]
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(|byte| is_label(byte))
        .count();
    let start = suffix.start - length;
    let name = text.get(start..suffix.start)?.trim_start_matches(['.', '-', '_']);
    // A path (`/etc/hosts.local`) or the member of a program (`this.private`) is no host.
    let before = text.as_bytes().get(start.wrapping_sub(1)).copied().unwrap_or(b' ');
    let is_path = before == b'/' && text.as_bytes().get(start.wrapping_sub(2)) != Some(&b'/');
    let is_name = name.bytes().all(|byte| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
    }) && name.len() >= 2
        && (name.contains(['-', '.'])
            || name.bytes().any(|byte| byte.is_ascii_digit())
            || name.len() >= 3);
    let own = COMMON.contains(&name);
    (!is_path && is_name && !own)
        .then(|| Secret::new(&code::INTERNAL_HOST, suffix.start - name.len()..suffix.end))
}
