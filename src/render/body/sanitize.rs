//! What of raw HTML is published: an allow-list decides, and nothing else.

use std::sync::LazyLock;

use crate::render::body::link::has_scheme;

/// HTML that may be published.
pub(super) fn clean(html: &str, shows_remote: bool) -> String {
    let sanitizer = if shows_remote { &SANITIZER_SHOWING_REMOTE } else { &SANITIZER };
    sanitizer.clean(html).to_string()
}

/// What raw HTML may hold where pictures from other hosts are not shown, and where they are.
static SANITIZER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| sanitizer(false));
static SANITIZER_SHOWING_REMOTE: LazyLock<ammonia::Builder<'static>> =
    LazyLock::new(|| sanitizer(true));

/// The classes that bodies have, beside those of coloured code.
const OWN_CLASSES: [&str; 8] =
    ["alert", "footnote", "missing", "picture", "scroll", "task", "to-center", "to-right"];

/// Ids are ours alone: a foreign one could stand in for a part of the page.
fn sanitizer(shows_remote: bool) -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::default();
    builder
        .add_tags(["details", "summary", "mark", "section", "figure", "figcaption"])
        .rm_tags(["map", "area", "center"])
        .add_generic_attributes(["id", "class", "tabindex"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("img", ["loading", "referrerpolicy"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .link_rel(Some("noopener noreferrer nofollow"))
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            (_, "id") => ["s-", "e-", "fn-", "fnref-"]
                .iter()
                .any(|own| value.starts_with(own))
                .then(|| value.into()),
            (_, "class") => {
                let own = |class: &str| class.starts_with("hl-") || OWN_CLASSES.contains(&class);
                value.split(' ').all(own).then(|| value.into())
            }
            (_, "tabindex") => (value == "0").then(|| value.into()),
            // Of addresses within the site only those of ours are left: a browser may see a tag where `raw` sees none.
            ("img", "src") => (value.starts_with("../")
                || shows_remote && value.starts_with("https://"))
            .then(|| value.into()),
            ("a", "href") => {
                let is_ours = value.starts_with('#') || value.starts_with("../");
                (is_ours || has_scheme(value)).then(|| value.into())
            }
            _ => Some(value.into()),
        });
    builder
}

/// The elements that it lets through.
pub(super) static TAGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut tags: Vec<&str> = SANITIZER.clone_tags().into_iter().collect();
    tags.sort_unstable();
    tags
});
