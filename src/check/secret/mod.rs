//! What must not be published: keys, tokens, passwords, personal data, addresses of a private network.
//!
//! One pass over the text finds where something may begin (`vocab::secret`), another looks at the digits and at
//! signs; each place is then read by hand. A text with escapes is looked at a second time, as it will be seen. Nothing
//! here looks at the network or keeps what it finds.

mod address;
mod assignment;
mod card;
mod command;
mod mail;
mod mask;
mod number;
mod shown;
mod token;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::base::source::Source;
use crate::base::span::FileId;
use crate::check::secret::shown::Shown;
use crate::diag::code::Code;
use crate::diag::{Diagnosed, Diagnostic};
use crate::vocab::secret::{Anchor, Secrets};

/// Something that must not be published.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Secret {
    /// Which finding.
    code: &'static Code,
    /// Its bytes in the text.
    range: Range<usize>,
    /// Who made it, where its shape says so.
    issuer: Option<String>,
}

impl Secret {
    fn new(code: &'static Code, range: Range<usize>) -> Self {
        Self { code, range, issuer: None }
    }
}

/// The same text with whatever `redacted` (ids of findings) names masked, and a finding for each place, masked or not.
pub fn screen(source: Source, shapes: &Secrets, redacted: &[&str]) -> Diagnosed<Source> {
    let found = find(&source.text, shapes);
    if found.is_empty() {
        return Diagnosed::clean(source);
    }
    let (source, places) = mask::mask(source, &found, redacted);
    let findings = found.into_iter().zip(places).map(|(secret, range)| {
        let finding = Diagnostic::new(secret.code, source.span(range));
        match secret.issuer {
            Some(issuer) => finding.arg("issuer", issuer),
            None => finding,
        }
    });
    Diagnosed { findings: findings.collect(), value: source }
}

/// Covers the secrets of texts that excerpts are shown of: the log of a build is often public, too. Every place of a
/// finding stays what it is.
pub fn cover(sources: &mut [Source], findings: &[Diagnostic]) {
    let mut places: BTreeMap<FileId, Vec<Range<usize>>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.code.is_secret()) {
        places.entry(finding.span.file).or_default().push(finding.span.range());
    }
    for source in sources {
        let Some(ranges) = places.get(&source.id) else { continue };
        let mut text = source.text.to_string();
        for range in ranges {
            // Line ends stay, so that a key in armor still has its lines.
            let words = text.get(range.clone()).unwrap_or_default().bytes();
            let cover: String = words.map(|byte| if byte == b'\n' { '\n' } else { '*' }).collect();
            text.replace_range(range.clone(), &cover);
        }
        source.text = Arc::from(text);
    }
}

/// All of them, by place, none overlapping another: of two at one place the graver, then the longer.
fn find(text: &str, shapes: &Secrets) -> Vec<Secret> {
    let mut found = look(text, shapes);
    if let Some(shown) = Shown::of(text) {
        let more = look(&shown.text, shapes).into_iter();
        found.extend(more.map(|secret| Secret { range: shown.source(&secret.range), ..secret }));
    }
    found.sort_by_key(|secret| {
        let rank = (!secret.code.is_secret(), Reverse(secret.range.end), secret.code.id);
        (secret.range.start, rank)
    });
    let mut end = 0;
    found.retain(|secret| {
        let apart = secret.range.start >= end;
        end = end.max(secret.range.end);
        apart
    });
    found
}

/// What stands in a text as it is written.
fn look(text: &str, shapes: &Secrets) -> Vec<Secret> {
    let mut found: Vec<Secret> = Vec::new();
    let mut armored = 0;
    for (anchor, range) in shapes.anchors(text) {
        // What stands inside a key is part of it.
        if anchor == Anchor::Armor && range.start < armored {
            continue;
        }
        let secret = match anchor {
            Anchor::Token(number) => token::token(text, range, &shapes.tokens[number], shapes),
            Anchor::JsonWebToken => token::json_web_token(text, range),
            Anchor::Armor => token::armor(text, range),
            Anchor::Password => assignment::password(text, range, shapes),
            Anchor::Secret => assignment::secret(text, range, shapes),
            Anchor::Header => assignment::header(text, range, shapes),
            Anchor::Signature => assignment::signature(text, range),
            Anchor::Authority => address::credentials(text, range, shapes),
            Anchor::HostSuffix => address::host(text, range),
            Anchor::Resident => number::labelled_resident(text, range),
            Anchor::Command(number) => {
                command::password(text, range, &shapes.commands[number], shapes)
            }
            Anchor::Card => card::labelled(text, range, &shapes.cards),
        };
        if let Some(secret) = secret {
            if anchor == Anchor::Armor {
                armored = secret.range.end;
            }
            found.push(secret);
        }
    }
    number::numbers(text, &shapes.cards, &mut found);
    mail::addresses(text, &mut found);
    found
}

/// The byte before a place; a space at the beginning.
fn before(text: &str, at: usize) -> u8 {
    at.checked_sub(1).and_then(|at| text.as_bytes().get(at)).copied().unwrap_or(b' ')
}

/// The byte at a place; a space at the end.
fn at(text: &str, at: usize) -> u8 {
    text.as_bytes().get(at).copied().unwrap_or(b' ')
}

/// Nothing that is looked for is longer: a log without spaces must not be read anew from each of its signs.
const LONGEST: usize = 4096;

/// How many bytes from a place on, up to a bound, satisfy a condition. ASCII only, so both ends are letters' edges.
fn run(text: &str, from: usize, of: impl Fn(u8) -> bool) -> usize {
    let bytes = text.as_bytes().get(from..).unwrap_or_default();
    bytes.iter().take(LONGEST).take_while(|byte| byte.is_ascii() && of(**byte)).count()
}

/// Whether a value stands for another: a blank, a variable, an example, one letter again and again.
fn is_placeholder(value: &str, shapes: &Secrets) -> bool {
    let lower = value.to_ascii_lowercase();
    let first = lower.chars().next();
    let same = lower.chars().all(|letter| Some(letter) == first);
    same || value.starts_with(['$', '<', '{', '%', '('])
        || shapes.placeholders.iter().any(|word| lower.contains(word.as_str()))
        || shapes.defaults.contains(&lower)
}

/// Whether a value is made of words and small numbers, as in `orders-db-credentials-v2`.
fn is_words(value: &str) -> bool {
    value.split(['-', '_', '.', '/', ':', '+', '=']).all(|part| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        let rest = part.trim_end_matches(|letter: char| letter.is_ascii_digit());
        digits <= 4
            && rest.bytes().all(|byte| byte.is_ascii_alphabetic())
            && (rest.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
                || rest.bytes().all(|byte| byte.is_ascii_uppercase()))
            && rest.len() <= 14
    })
}

/// Whether there is at least one letter and one digit.
fn is_mixed(value: &str) -> bool {
    value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Different bytes of a value.
fn variety(value: &str) -> usize {
    let mut seen = [false; 256];
    value.bytes().for_each(|byte| seen[byte as usize] = true);
    seen.iter().filter(|seen| **seen).count()
}

#[cfg(test)]
mod tests;
