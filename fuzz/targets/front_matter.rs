//! Anything between two fences is front matter, or a finding.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmsite_fuzz::vocabulary;

fuzz_target!(|text: &str| {
    for fence in ["---", "+++"] {
        let document = format!("{fence}\n{text}\n{fence}\n# Outage\n");
        let _ = pmsite::pipeline::text("a.md", document.into_bytes(), vocabulary());
    }
});
