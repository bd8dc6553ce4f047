//! Pictures of a text: ours, those of other hosts, and those that are not there.

use std::ops::Range;

use crate::base::escape::escape;
use crate::diag::{Diagnostic, code};
use crate::render::body::link::{file_of, is_remote, safe_url, shorten};
use crate::render::body::{Links, Writer};

/// A picture whose description is being read.
pub(super) struct OpenImage {
    pub(super) url: String,
    pub(super) alt: String,
    /// Width and height in pixels, where they are said.
    pub(super) size: [Option<u16>; 2],
    pub(super) range: Range<usize>,
}

impl<L: Links> Writer<'_, L> {
    pub(super) fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        if !image.alt.chars().any(char::is_alphanumeric) {
            let finding = Diagnostic::new(&code::NO_ALT, self.span(&image.range));
            self.rendered.findings.push(finding.arg("url", shorten(&image.url)));
        }
        let place = || self.span(&image.range);
        let alt = escape(image.alt.trim());
        let size = size(image.size);
        // One that is written into the text itself would be as many letters of it: its kind is told.
        let data = image.url.strip_prefix("data:").and_then(|data| data.split([';', ',']).next());
        if is_remote(&image.url) && data.is_none() {
            if self.links.shows_remote() && image.url.starts_with("https://") {
                let url = escape(&image.url);
                self.html(format!("<img src=\"{url}\" alt=\"{alt}\"{size} loading=\"lazy\" referrerpolicy=\"no-referrer\">"));
                return;
            }
            let finding =
                Diagnostic::new(&code::REMOTE_IMAGE, place()).arg("url", shorten(&image.url));
            self.rendered.findings.push(finding);
            let host = image
                .url
                .split("//")
                .nth(1)
                .and_then(|rest| rest.split(['/', '?', '#']).next())
                .unwrap_or_default();
            let name =
                if alt.is_empty() { escape(host) } else { format!("{alt} ({})", escape(host)) };
            match safe_url(&image.url) {
                Some(url) => self.html(format!(
                    "<a class=\"picture\" href=\"{}\" rel=\"noopener noreferrer nofollow\">{name}</a>",
                    escape(&url)
                )),
                None => self.html(format!("<span class=\"picture\">{name}</span>")),
            }
            return;
        }
        match self.links.asset(&file_of(&image.url)) {
            Some(url) => {
                self.rendered.has_links = true;
                self.html(format!(
                    "<img src=\"{}\" alt=\"{alt}\"{size} loading=\"lazy\">",
                    escape(&url)
                ));
            }
            None => {
                let path = data.map_or_else(|| shorten(&image.url), |kind| format!("data:{kind}"));
                let name = if alt.is_empty() { escape(&path) } else { alt };
                let finding = Diagnostic::new(&code::MISSING_IMAGE, place()).arg("path", path);
                self.rendered.findings.push(finding);
                self.html(format!("<span class=\"picture missing\">{name}</span>"));
            }
        }
    }
}

/// Width and height as attributes.
fn size(sides: [Option<u16>; 2]) -> String {
    let known = ["width", "height"].into_iter().zip(sides);
    known.filter_map(|(name, side)| Some(format!(" {name}=\"{}\"", side?))).collect()
}
