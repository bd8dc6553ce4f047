//! Any text can be checked, and mended without being lost: something may be taken out of it, and nothing put in.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmsite::base::source::Source;
use pmsite::check::{aged, check, fix};
use pmsite::extract::extract;
use pmsite::extract::scope::Scope;
use pmsite::model::when::PartialDate;
use pmsite::parse::parse;
use pmsite_fuzz::{inside, source, vocabulary};

fn mended(source: &Source) -> String {
    let document = parse(source).value;
    fix::mend(&Scope::new(source, &document, vocabulary()))
}

fuzz_target!(|text: &str| {
    let source = source(text);
    let document = parse(&source).value;
    let scope = Scope::new(&source, &document, vocabulary());
    let incident = extract(&scope, None).value;
    let today = PartialDate::new(2026, 1, 1).expect("a day");
    for finding in check(&scope, &incident).into_iter().chain(aged(&incident, today)) {
        inside(&source, finding.span);
        finding.also.into_iter().for_each(|also| inside(&source, also));
    }
    let mended = mended(&source);
    let mut rest = text.chars();
    assert!(mended.chars().all(|letter| rest.any(|other| other == letter)), "{mended:?}");
});
