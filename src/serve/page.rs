//! What the server adds to pages: the script that waits for changes, and the page that says what is wrong.

/// Waits for changes and shows them.
pub(super) const SCRIPT: &str = include_str!("live.js");
/// What a failure looks like.
pub(super) const STYLE: &str = include_str!("live.css");

/// The page with the script that waits for what comes after edition `number`.
pub(super) fn live(page: Vec<u8>, number: u64) -> Vec<u8> {
    let script = format!("<script src=\"/-/live.js?since={number}\" defer></script>");
    let at = page.windows(7).position(|bytes| bytes == b"</head>").unwrap_or(0);
    let mut whole = Vec::with_capacity(page.len() + script.len());
    let (head, rest) = page.split_at(at);
    whole.extend_from_slice(head);
    whole.extend_from_slice(script.as_bytes());
    whole.extend_from_slice(rest);
    whole
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

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
