//! Where links of a text lead, and which may be followed.

use std::ops::Range;

use percent_encoding::percent_decode_str;

use crate::base::escape::escape;
use crate::base::path::slug;
use crate::diag::{Diagnostic, code};
use crate::render::body::{Links, Writer};

impl<L: Links> Writer<'_, L> {
    pub(super) fn open_link(&mut self, href: &str) {
        let external = href.starts_with("http://") || href.starts_with("https://");
        let rel = if external { " rel=\"noopener noreferrer nofollow\"" } else { "" };
        self.html(format!("<a href=\"{}\"{rel}>", escape(href)));
    }

    /// Where a link leads from the page, or nothing when it must not or cannot lead anywhere.
    pub(super) fn resolve(&mut self, url: &str, range: &Range<usize>) -> Option<String> {
        let url = url.trim();
        if let Some(anchor) = url.strip_prefix('#') {
            return Some(self.link_within(anchor, range));
        }
        if has_scheme(url) || url.starts_with("//") {
            let safe = safe_url(url);
            if safe.is_none() {
                let finding =
                    Diagnostic::new(&code::UNSAFE_LINK, self.span(range)).arg("url", shorten(url));
                self.rendered.findings.push(finding);
            }
            return safe;
        }
        let path = file_of(url);
        if let Some(address) = self.links.document(&path).or_else(|| self.links.asset(&path)) {
            self.rendered.has_links = true;
            let anchor = url
                .split_once('#')
                .map(|(_, anchor)| format!("#s-{}", slug(&decode_percent(anchor))));
            return Some(address + &anchor.unwrap_or_default());
        }
        let finding =
            Diagnostic::new(&code::BROKEN_LINK, self.span(range)).arg("path", shorten(url));
        self.rendered.findings.push(finding);
        None
    }
}

pub(super) fn is_remote(url: &str) -> bool {
    url.starts_with("//") || has_scheme(url)
}

pub(super) fn has_scheme(url: &str) -> bool {
    let Some((scheme, _)) = url.split_once(':') else { return false };
    !scheme.is_empty()
        && !scheme.contains(['/', '?', '#'])
        && scheme.chars().next().is_some_and(|letter| {
            letter.is_ascii_alphabetic() || letter.is_control() || letter.is_whitespace()
        })
}

/// A link that may be followed: web and mail, nothing that runs or reads.
pub(super) fn safe_url(url: &str) -> Option<String> {
    let plain: String = url.chars().filter(|letter| !letter.is_control()).collect();
    let lower = plain.trim_start().to_ascii_lowercase();
    let safe =
        ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme));
    safe.then(|| plain.trim().to_owned())
}

/// The file that an address within the folder names, as it is called there.
pub fn file_of(url: &str) -> String {
    decode_percent(url.trim().split(['#', '?']).next().unwrap_or_default())
}

/// `%EB%8D%B0` as the letter it stands for; what is not UTF-8 stays as it is.
pub(super) fn decode_percent(text: &str) -> String {
    percent_decode_str(text)
        .decode_utf8()
        .map_or_else(|_| text.to_owned(), |decoded| decoded.into_owned())
}

pub(super) fn shorten(url: &str) -> String {
    if url.chars().count() <= 80 {
        url.to_owned()
    } else {
        url.chars().take(77).chain("...".chars()).collect()
    }
}
