//! What holds for every input: nothing panics, every place lies inside the text and between letters.

use pmsite::base::path::{OutPath, slug};
use proptest::prelude::*;

use crate::extract::read;
use crate::ground::{holds, vocabulary};
use crate::project::{repository, tree};

fn check(text: &str) {
    holds(&read(text, vocabulary()));
}

#[test]
fn found_before() {
    // As many bytes put in before a heading's text as the line had more after it.
    check("<rect a=\"\" b=\"\">\n#\u{11d63}x\nb");
}

/// Text that looks like a report: parts of real ones in any order.
fn report() -> impl Strategy<Value = String> {
    let parts: Vec<String> = tree(&repository("content"))
        .into_values()
        .filter_map(|bytes| String::from_utf8(bytes).ok())
        .flat_map(|text| text.split('\n').map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| !line.is_empty())
        .collect();
    let markup = [
        "",
        "***",
        "---",
        "+++",
        "|a|b|\n|-|-|",
        "```",
        "<<<<<<< HEAD",
        "=======",
        ">>>>>>> b",
        "<div>",
        "    ",
        "> > -",
        "[^1]: x",
    ];
    let line = prop_oneof![
        6 => proptest::sample::select(parts),
        1 => proptest::sample::select(markup.map(str::to_owned).to_vec()),
        1 => "[0-9]{1,4}[-/:.년월일시분 ]{1,2}[0-9]{1,2}[-/:.년월일시분 ]{0,2}[0-9]{0,4} ?(am|pm|오전|오후|UTC|KST|~)?",
        1 => "\\PC{0,40}",
    ];
    proptest::collection::vec(line, 0..40).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(192),
    ) })]

    #[test]
    fn any_report_is_read(text in report()) {
        check(&text);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,300}") {
        check(&text);
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        holds(&pmsite::pipeline::text("a.md", bytes, vocabulary()));
    }

    #[test]
    fn an_output_path_stays_inside(path in "(\\.\\.|\\.|/|\\\\|[a-z가-힣]|:|%2e){0,12}") {
        if let Some(path) = OutPath::new(path) {
            let inside = std::path::Path::new(path.as_str());
            prop_assert!(inside.is_relative());
            prop_assert!(inside.components().all(|part| matches!(part, std::path::Component::Normal(_))));
        }
    }

    #[test]
    fn a_slug_is_safe_in_paths_and_links(text in "\\PC{0,60}") {
        let slug = slug(&text);
        prop_assert!(slug.chars().all(|letter| letter.is_alphanumeric() || "-_.".contains(letter)), "{slug:?}");
        prop_assert!(!slug.starts_with('.'));
    }
}

/// Inputs that once had a place between two bytes of a letter or behind the end.
#[test]
fn places_stay_on_letters() {
    check("<div>\n```\nlast line\r");
    for bytes in [b"\x0b\xc3\x80\x84".as_slice(), b"```\n- [ ] one\n<div>\n***\nCause\r"] {
        holds(&pmsite::pipeline::text("a.md", bytes.to_vec(), vocabulary()));
    }
}
