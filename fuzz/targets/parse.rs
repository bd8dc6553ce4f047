//! Any text has a structure, whose places lie inside of the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmsite::base::span::Span;
use pmsite::parse::parse;
use pmsite_fuzz::{inside, source};

fuzz_target!(|text: &str| {
    let source = source(text);
    let parsed = parse(&source);
    for finding in &parsed.findings {
        inside(&source, finding.span);
    }
    let document = parsed.value;
    for block in &document.blocks {
        inside(&source, Span::new(source.id, block.source.clone()));
        inside(&source, Span::new(source.id, document.view.source(block.text.clone())));
    }
});
