//! Bytes become text: UTF-8 in NFC with `\n` line ends, and a finding for whatever had to be done.

mod encoding;
mod mojibake;
pub mod read;

use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::base::hidden::{first_hidden, is_hidden};
use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::{FileId, Span};
use crate::diag::{Diagnosed, Diagnostic, code};

/// The text of a file. Never fails: what cannot be decoded is replaced, and a finding says where.
pub fn decode(id: FileId, path: RelPath, bytes: Vec<u8>) -> Diagnosed<Source> {
    let mut findings = Vec::new();
    if is_binary(&bytes) {
        findings.push(Diagnostic::new(&code::BINARY_FILE, Span::start_of(id)));
        let source = Source { id, path, text: Arc::from("") };
        return Diagnosed { value: source, findings };
    }
    let decoded = encoding::decode(bytes);
    if let Some(name) = decoded.legacy {
        let finding = Diagnostic::new(&code::LEGACY_ENCODING, Span::start_of(id));
        findings.push(finding.arg("encoding", name));
    }
    let text = line_ends(decoded.text);
    let text = mend(id, text, &mut findings);
    let text = compose(id, text, &mut findings);
    let text = visible(id, text, &mut findings);
    if decoded.lost > 0 {
        let at = text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0) as u32;
        let span = Span::new(id, at..at + char::REPLACEMENT_CHARACTER.len_utf8() as u32);
        findings.push(Diagnostic::new(&code::LOST_BYTES, span).arg("count", decoded.lost));
    }
    Diagnosed { value: Source { id, path, text: Arc::from(text) }, findings }
}

/// The bytes of a file as they should be saved: UTF-8 in NFC with `\n` line ends, nothing encoded twice. `None` where
/// that could lose something: what is not text, or could not be decoded whole.
pub fn mended(bytes: Vec<u8>) -> Option<String> {
    if is_binary(&bytes) {
        return None;
    }
    let mark = bytes.starts_with("\u{feff}".as_bytes());
    let decoded = encoding::decode(bytes);
    if decoded.lost > 0 || decoded.text.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    let text = line_ends(decoded.text);
    let text = mojibake::mend(&text).map_or(text, |mended| mended.text);
    let text = if text.is_ascii() { text } else { text.nfc().collect() };
    // A byte order mark does no harm and is somebody's choice.
    Some(if mark { format!("\u{feff}{text}") } else { text })
}

/// How much of a file is looked at to tell text from binary.
const SAMPLE: usize = 8192;

/// Binary when the sample holds NUL bytes or many control characters, and is not UTF-16.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if encoding::is_utf16(sample) {
        return false;
    }
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, 9..=13 | 27);
    // Without a way out before the end, many bytes are looked at in one step.
    if !sample.iter().fold(false, |any, &byte| any | is_control(byte)) {
        return false;
    }
    let controls = sample.iter().filter(|&&byte| is_control(byte)).count();
    let nuls = memchr::memchr_iter(0, sample).count();
    nuls * 50 > sample.len() || controls * 20 > sample.len()
}

/// `\r\n` and a lone `\r` become `\n`: lines keep their numbers.
fn line_ends(text: String) -> String {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Undoes double encoding, which the finding shows at its first place.
fn mend(id: FileId, text: String, findings: &mut Vec<Diagnostic>) -> String {
    let Some(mended) = mojibake::mend(&text) else { return text };
    let finding = Diagnostic::new(&code::DOUBLE_ENCODED, Span::new(id, mended.first.clone()));
    findings.push(finding.arg("count", mended.count).arg("was", mended.was).arg("is", mended.is));
    mended.text
}

/// Decomposed letters (Hangul as macOS stores it in file names) become whole ones.
fn compose(id: FileId, text: String, findings: &mut Vec<Diagnostic>) -> String {
    if text.chars().all(is_composed) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text;
    }
    let composed: String = text.nfc().collect();
    if composed == text {
        return text;
    }
    for finding in findings.iter_mut() {
        let place = |at: u32| {
            let before: String = text.get(..at as usize).unwrap_or_default().nfc().collect();
            let mut at = before.len().min(composed.len());
            while !composed.is_char_boundary(at) {
                at -= 1;
            }
            at as u32
        };
        finding.span = Span::new(id, place(finding.span.start)..place(finding.span.end));
    }
    findings.push(Diagnostic::new(&code::DECOMPOSED, Span::start_of(id)));
    composed
}

/// Letters that stay as they are, whatever is beside them: whole syllables, what stands before the combining marks, and
/// dashes, quotes and arrows. Few texts hold others.
fn is_composed(letter: char) -> bool {
    letter < '\u{300}'
        || matches!(letter, '가'..='힣' | '\u{2010}'..='\u{20cf}' | '\u{2190}'..='\u{2328}')
}

/// Control characters other than tab and line end become the replacement character, one for one.
/// Bidirectional overrides go too: they can make a page show another text than it holds.
fn visible(id: FileId, text: String, findings: &mut Vec<Diagnostic>) -> String {
    let Some(first) = first_hidden(&text) else { return text };
    let count = text.chars().filter(|&letter| is_hidden(letter)).count();
    let span = Span::new(id, first as u32..first as u32 + 3);
    let shown = text.replace(is_hidden, "\u{fffd}");
    let place = |at: u32| {
        let before = text.get(..at as usize).unwrap_or_default();
        before.replace(is_hidden, "\u{fffd}").len() as u32
    };
    for finding in findings.iter_mut() {
        finding.span = Span::new(id, place(finding.span.start)..place(finding.span.end));
    }
    findings.push(Diagnostic::new(&code::CONTROL_CHARACTERS, span).arg("count", count));
    shown
}

#[cfg(test)]
mod tests;
