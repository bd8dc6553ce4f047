use super::*;

#[test]
fn slugs_keep_the_script_of_the_author() {
    for (text, want) in [
        ("Checkout is down!", "checkout-is-down"),
        ("데드락 발생 (2차)", "데드락-발생-2차"),
        ("ＡＢＣ　１２", "abc-12"),
        ("it's", "its"),
        ("--- ..", ""),
        ("NUL", "nul-1"),
        ("com7", "com7-1"),
        ("Ünïcode", "ünïcode"),
    ] {
        assert_eq!(slug(text), want, "{text}");
    }
    assert!(slug(&"가".repeat(300)).len() <= LONGEST_SLUG);
}

#[test]
fn an_output_path_stays_inside() {
    for bad in ["", "/a", "a//b", "../a", "a/..", "a/./b", "c:\\x", "a\0"] {
        assert!(OutPath::new(bad).is_none(), "{bad:?}");
    }
    assert_eq!(OutPath::new("a/b/c.html").map(|path| path.to_root()).as_deref(), Some("../../"));
}

#[test]
fn links_are_followed_inside_the_folder() {
    let from = RelPath::known("2024/05/a.md");
    let follow = |link: &str| from.join(link).map(|path| path.as_str().to_owned());
    assert_eq!(follow("b.md").as_deref(), Some("2024/05/b.md"));
    assert_eq!(follow("../b.md").as_deref(), Some("2024/b.md"));
    assert_eq!(follow("/b.md").as_deref(), Some("b.md"));
    assert_eq!(follow("../../../b.md"), None);
}
