//! What the environment says of settings: `PMSITE_*` variables, and where a build service will publish.
#![expect(clippy::disallowed_methods, reason = "reads the environment")]

use std::collections::BTreeMap;

/// The variables that settings may come from, by name. Others are not kept.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    variables: BTreeMap<String, String>,
}

/// Before the name of a setting.
pub(super) const PREFIX: &str = "PMSITE_";
/// What tells where GitHub and GitLab publish.
const HOSTS: [&str; 4] =
    ["CI_PAGES_URL", "GITHUB_ACTIONS", "GITHUB_REPOSITORY", "GITHUB_SERVER_URL"];

impl Environment {
    /// The environment of this process.
    pub fn read() -> Self {
        let texts = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        Self::of(texts)
    }

    /// An environment of these variables.
    pub fn of(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let known = |name: &str| name.starts_with(PREFIX) || HOSTS.contains(&name);
        Self { variables: variables.into_iter().filter(|(name, _)| known(name)).collect() }
    }

    /// Settings that it names, as (variable, what follows the prefix in lower case, value). An empty variable
    /// says nothing: build services set such where an input was left out.
    pub fn settings(&self) -> impl Iterator<Item = (&str, String, &str)> {
        let said = self.variables.iter().filter(|(_, value)| !value.is_empty());
        said.filter_map(|(name, value)| {
            Some((name.as_str(), name.strip_prefix(PREFIX)?.to_lowercase(), value.as_str()))
        })
    }

    /// Where the build service publishes pages, and the variable that says so. GitHub names only the
    /// repository; a server of a company's own has its pages elsewhere, so only `github.com` is known.
    pub fn pages(&self) -> Option<(&'static str, String)> {
        let get = |name: &str| {
            self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
        };
        if let Some(url) = get("CI_PAGES_URL") {
            return Some(("CI_PAGES_URL", url.to_owned()));
        }
        if get("GITHUB_ACTIONS")? != "true" || get("GITHUB_SERVER_URL")? != "https://github.com" {
            return None;
        }
        let (owner, name) = get("GITHUB_REPOSITORY")?.split_once('/')?;
        let host = format!("{}.github.io", owner.to_lowercase());
        let url = if name.to_lowercase() == host {
            format!("https://{host}/")
        } else {
            format!("https://{host}/{name}/")
        };
        Some(("GITHUB_REPOSITORY", url))
    }
}
