//! Says what of raw HTML the sanitiser will take out, so that an author learns of it. What is published is the
//! sanitiser's word alone.

/// The first element, attribute or scheme that may not be published; `allowed` is sorted.
pub fn forbidden(markup: &str, allowed: &[&str]) -> Option<String> {
    for (at, _) in markup.match_indices('<') {
        let rest = markup.get(at + 1..)?;
        let name: String = rest
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
            .collect::<String>()
            .to_ascii_lowercase();
        let is_tag = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
        if is_tag
            && !["html", "head", "body", "title"].contains(&name.as_str())
            && allowed.binary_search(&name.as_str()).is_err()
        {
            return Some(format!("<{name}>"));
        }
    }
    let lower = markup.to_ascii_lowercase();
    if lower.contains("javascript:") || lower.contains("vbscript:") {
        return Some("javascript:".to_owned());
    }
    handler(&lower)
}

/// Elements without an end.
const VOID: [&str; 8] = ["br", "hr", "img", "input", "col", "wbr", "link", "meta"];

/// How many more elements a piece of markup opens than it closes.
pub(super) fn depth(markup: &str) -> isize {
    let tags = markup.match_indices('<').filter_map(|(at, _)| markup.get(at + 1..));
    tags.map(|rest| {
        let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        match rest.chars().next() {
            Some('/') => -1,
            Some(letter) if letter.is_ascii_alphabetic() => {
                isize::from(!VOID.contains(&name.to_ascii_lowercase().as_str()))
            }
            _ => 0,
        }
    })
    .sum()
}

/// `onclick=` and its like, as an attribute.
fn handler(lower: &str) -> Option<String> {
    lower.match_indices("on").find_map(|(at, _)| {
        let before = lower.get(..at)?.chars().next_back()?;
        let name: String = lower.get(at..)?.chars().take_while(char::is_ascii_alphabetic).collect();
        let after = lower.get(at + name.len()..)?.trim_start();
        let is_attribute = (before.is_whitespace() || matches!(before, '/' | '"' | '\''))
            && name.len() > 4
            && after.starts_with('=');
        is_attribute.then_some(name)
    })
}

/// What of a drawing runs or loads something: opened by itself, an SVG is a page.
pub fn in_drawing(markup: &str) -> Option<String> {
    let lower = markup.to_ascii_lowercase();
    let names =
        ["<script", "<foreignobject", "<iframe", "<embed", "<object", "<handler", "<!entity"];
    let found = names.into_iter().find(|name| lower.contains(name)).map(str::to_owned);
    found
        .or_else(|| lower.contains("javascript:").then(|| "javascript:".to_owned()))
        .or_else(|| handler(&lower))
}
