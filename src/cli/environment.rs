//! What the environment says of the run.
#![expect(clippy::disallowed_methods, reason = "asks where it runs")]

/// Whether this is a run of continuous integration, where what is built is most likely published.
pub(super) fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}
