//! Console sessions: what a user types and sees.

#[test]
fn sessions() {
    trycmd::TestCases::new()
        // What a build service says of itself is no part of a session.
        .env("GITHUB_ACTIONS", "")
        .env("CI_PAGES_URL", "")
        .env("CI", "")
        .env("VISUAL", "")
        .env("EDITOR", "")
        .default_bin_name("pmsite")
        .case("tests/cmd/*.md")
        .run();
}
