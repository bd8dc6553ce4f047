//! Which encoding a file is in, and its text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_KR, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text and what it took to get it.
pub(super) struct Decoded {
    /// The text, with U+FFFD for each malformed sequence.
    pub(super) text: String,
    /// The encoding's name, where it is not UTF-8.
    pub(super) legacy: Option<&'static str>,
    /// Malformed sequences.
    pub(super) lost: usize,
}

/// Decodes by byte order mark, then as UTF-8, then by what the bytes look like.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return with(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = utf16_without_mark(&bytes) {
        return with(encoding, &bytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, legacy: None, lost: 0 },
        Err(error) => {
            let bytes = error.into_bytes();
            with(guess(&bytes), &bytes)
        }
    }
}

/// UTF-16 has a byte order mark, or every other byte of Latin text is NUL.
pub(super) fn is_utf16(sample: &[u8]) -> bool {
    matches!(Encoding::for_bom(sample), Some((encoding, _)) if encoding != UTF_8)
        || utf16_without_mark(sample).is_some()
}

fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(1024)];
    memchr::memchr(0, sample)?;
    let half = sample.len() / 2;
    let nuls = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let text = half >= 8;
    if text && odd * 10 > half * 4 && even * 20 < half {
        return Some(UTF_16LE);
    }
    (text && even * 10 > half * 4 && odd * 20 < half).then_some(UTF_16BE)
}

fn with(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let text = text.into_owned();
    let before = if encoding == UTF_8 {
        bytes.windows(3).filter(|bytes| *bytes == "\u{fffd}".as_bytes()).count()
    } else {
        0
    };
    let replaced = text.matches(char::REPLACEMENT_CHARACTER).count();
    let legacy = (encoding != UTF_8).then(|| name(encoding));
    Decoded { text, legacy, lost: replaced.saturating_sub(before) }
}

/// The name that people use: what the web calls EUC-KR is CP949, which contains it.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == EUC_KR { "CP949" } else { encoding.name() }
}

/// Bytes that are not UTF-8: a few broken places in UTF-8, Korean, or Western.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    if detector.guess(Some(b"kr"), Utf8Detection::Deny) == EUC_KR { EUC_KR } else { WINDOWS_1252 }
}

/// Whether well-formed sequences of several bytes are at least four times as many as broken places.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad * 4
}
