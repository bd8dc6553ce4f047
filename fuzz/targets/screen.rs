//! A text whose secrets are masked has none of those that were found.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmsite::check::secret::screen;
use pmsite_fuzz::{inside, source, vocabulary};

const ALL: &[&str] = &[
    "PM601", "PM602", "PM603", "PM604", "PM605", "PM606", "PM607", "PM611", "PM612", "PM613",
    "PM621", "PM622", "PM623",
];

fuzz_target!(|text: &str| {
    let source = source(text);
    let plain = screen(source.clone(), &vocabulary().secrets, &[]);
    assert_eq!(plain.value.text, source.text);
    let masked = screen(source, &vocabulary().secrets, ALL);
    assert_eq!(plain.findings.len(), masked.findings.len());
    for finding in &masked.findings {
        inside(&masked.value, finding.span);
        assert_eq!(masked.value.slice(finding.span), "█████");
    }
});
