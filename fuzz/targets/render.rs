//! No text makes a page that runs something.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmsite::parse::parse;
use pmsite::render::body::{Links, render};
use pmsite::render::highlight::Highlighter;
use pmsite_fuzz::{inside, source};

struct Nowhere;

impl Links for Nowhere {
    fn document(&self, _: &str) -> Option<String> {
        None
    }
    fn asset(&self, path: &str) -> Option<String> {
        path.ends_with(".png").then(|| "../assets/a.png".to_owned())
    }
    fn shows_remote(&self) -> bool {
        false
    }
}

fuzz_target!(|text: &str| {
    let source = source(text);
    let document = parse(&source).value;
    let body = render(&source, &document, &[], "", &Nowhere, &Highlighter::default());
    for finding in &body.findings {
        inside(&source, finding.span);
    }
    // Tags alone: between them stands text, in which these words are only words.
    let mut rest = body.html.as_str();
    while let Some((_, tail)) = rest.split_once('<') {
        let (tag, after) = tail.split_once('>').expect("a tag ends");
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let banned = [
            "script", "style", "iframe", "object", "embed", "form", "input", "link", "meta",
            "base", "svg", "math",
        ];
        assert!(!banned.contains(&name.to_ascii_lowercase().as_str()), "<{tag}>");
        let mut outside = String::new();
        for (number, piece) in tag.split('"').enumerate() {
            if number % 2 == 0 {
                outside.push_str(piece);
            }
        }
        for attribute in outside.split_ascii_whitespace().skip(1) {
            assert!(!attribute.to_ascii_lowercase().starts_with("on"), "<{tag}>");
        }
        assert!(!tag.to_ascii_lowercase().contains("=\"javascript:"), "<{tag}>");
        rest = after;
    }
});
