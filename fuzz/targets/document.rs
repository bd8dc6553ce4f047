//! Any bytes are read, extracted from and checked; every place of a finding lies inside of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmsite_fuzz::{inside, vocabulary};

fuzz_target!(|bytes: &[u8]| {
    let case = pmsite::pipeline::text("a.md", bytes.to_vec(), vocabulary());
    for finding in &case.findings {
        inside(&case.source, finding.span);
    }
});
