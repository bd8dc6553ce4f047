//! Any bytes become text, and the places of findings lie inside of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmsite::base::path::RelPath;
use pmsite::base::span::FileId;
use pmsite::decode::{decode, mended};
use pmsite_fuzz::inside;

fuzz_target!(|bytes: &[u8]| {
    let decoded = decode(FileId(0), RelPath::known("a.md"), bytes.to_vec());
    for finding in &decoded.findings {
        inside(&decoded.value, finding.span);
    }
    let _ = mended(bytes.to_vec());
});
