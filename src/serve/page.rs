//! What the server adds to pages: the script that waits for changes, and the page that says what is wrong.

use std::fmt::Write;

use crate::base::escape::escape;
use crate::base::hash::Hash;

/// Waits for changes and shows them.
pub(super) const SCRIPT: &str = include_str!("live.js");
/// What a failure looks like.
pub(super) const STYLE: &str = include_str!("live.css");

/// The page with the script that waits for what comes after edition `number`. What its head loads is named with what it
/// holds, as `version` says of an address, so that a browser keeps it: to fetch all of it again is a fifth of a reload.
pub(super) fn live(page: &[u8], number: u64, version: impl Fn(&str) -> Option<String>) -> String {
    let page = String::from_utf8_lossy(page);
    let (head, rest) = page.split_at(page.find("</head>").unwrap_or(0));
    let mut whole = String::with_capacity(page.len() + 200);
    for (turn, piece) in head.split('"').enumerate() {
        if turn > 0 {
            whole.push('"');
        }
        whole.push_str(piece);
        if let Some(version) = is_loaded(piece).then(|| version(piece)).flatten() {
            let _ = write!(whole, "?v={version}");
        }
    }
    let script = Hash::of(SCRIPT);
    let _ = write!(
        whole,
        "<script src=\"/-/live.js?v={script}\" data-since={number} defer></script>{rest}"
    );
    whole
}

/// Whether a page loads what stands at an address before anybody sees it.
fn is_loaded(address: &str) -> bool {
    address.ends_with(".css") || address.ends_with(".js")
}

/// A page that says what is wrong, where there is none to say it over.
pub(super) fn failure(title: &str, text: &str) -> String {
    let (title, text) = (escape(title), escape(text));
    format!(
        "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/-/live.css\">\n</head>\n\
         <body class=\"failure\">\n<h1>{title}</h1>\n<pre tabindex=\"0\">{text}</pre>\n</body>\n</html>\n"
    )
}
