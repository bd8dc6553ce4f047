//! E-mail addresses.

use crate::check::secret::{Secret, at, run};
use crate::diag::code;

/// Domains that belong to nobody, by the rules of the net.
const NOBODYS: [&str; 4] = ["example", "test", "invalid", "localhost"];
/// Endings of files, as in `icon@2x.png`.
const FILES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css"];

/// Adds every address.
pub(super) fn addresses(text: &str, found: &mut Vec<Secret>) {
    let bytes = text.as_bytes();
    for sign in memchr::memchr_iter(b'@', bytes) {
        let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
        let local = bytes[..sign].iter().rev().take(64).take_while(|byte| is_local(byte)).count();
        let domain =
            run(text, sign + 1, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        let name = text
            .get(sign - local..sign)
            .unwrap_or_default()
            .trim_start_matches(['.', '-', '_', '+', '%']);
        let domain = text.get(sign + 1..sign + 1 + domain).unwrap_or_default();
        let domain = domain.trim_end_matches(['.', '-']).to_ascii_lowercase();
        let end = sign + 1 + domain.len();
        // `git@host:path` is a place, not a person.
        let is_place = at(text, end) == b':'
            && matches!(at(text, end + 1), b'/' | b'~' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9');
        if !name.is_empty() && !is_place && is_domain(&domain) && !is_machine(name) {
            found.push(Secret::new(&code::EMAIL, sign - name.len()..end));
        }
    }
}

fn is_domain(domain: &str) -> bool {
    let mut labels = domain.rsplit('.');
    let top = labels.next().unwrap_or_default();
    let second = labels.next().unwrap_or_default();
    !second.is_empty()
        && top.len() >= 2
        && top.bytes().all(|byte| byte.is_ascii_lowercase())
        && !NOBODYS.contains(&top)
        && !NOBODYS.contains(&second)
        && !FILES.contains(&top)
}

/// Addresses that nobody reads.
fn is_machine(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace(['-', '_', '.'], "");
    name.starts_with("noreply") || name.starts_with("donotreply") || name == "git"
}
