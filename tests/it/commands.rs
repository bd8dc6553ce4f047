//! Console sessions: what a user types and sees.

#[test]
fn sessions() {
    trycmd::TestCases::new()
        .default_bin_name("pmsite")
        .case("tests/cmd/*.md")
        .case("tests/cmd/*.toml")
        .run();
}
