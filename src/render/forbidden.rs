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
    scheme(&lower).or_else(|| handler(&lower))
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
    let parts = |before: char| before.is_whitespace() || matches!(before, '/' | '"' | '\'');
    // Only what begins an attribute is measured: a word may hold `on` any number of times.
    let begins = |at: usize| lower.get(..at).is_some_and(|before| before.ends_with(parts));
    let mut attributes = lower.match_indices("on").filter(|&(at, _)| begins(at));
    attributes.find_map(|(at, _)| {
        let name: String = lower.get(at..)?.chars().take_while(char::is_ascii_alphabetic).collect();
        let after = lower.get(at + name.len()..)?.trim_start();
        (name.len() > 4 && after.starts_with('=')).then_some(name)
    })
}

/// A scheme that runs what stands behind it, however its letters are written.
fn scheme(lower: &str) -> Option<String> {
    let plain = plain(lower);
    let found = ["javascript:", "vbscript:"].into_iter().find(|scheme| plain.contains(scheme));
    found.map(str::to_owned)
}

/// Text as an address of it is read: numbers of letters become letters, tabs and line ends go.
fn plain(lower: &str) -> String {
    let mut parts = lower.split("&#");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (radix, digits) = part.strip_prefix('x').map_or((10, part), |digits| (16, digits));
        let end = digits.find(|letter: char| !letter.is_digit(radix)).unwrap_or(digits.len());
        let (number, rest) = digits.split_at_checked(end).unwrap_or_default();
        let letter = u32::from_str_radix(number, radix).ok().and_then(char::from_u32);
        match letter {
            Some(letter) => {
                out.push(letter.to_ascii_lowercase());
                out.push_str(rest.strip_prefix(';').unwrap_or(rest));
            }
            None => out.extend(["&#", part]),
        }
    }
    out.retain(|letter| !matches!(letter, '\t' | '\n' | '\r'));
    out
}

/// What of a drawing runs or loads something, by the beginning of its tag.
const RUNS: [&str; 8] = [
    "script",
    "foreignobject",
    "iframe",
    "embed",
    "object",
    "handler",
    "!entity",
    "?xml-stylesheet",
];

/// What of a drawing runs or loads something: opened by itself, an SVG is a page.
pub fn in_drawing(markup: &str) -> Option<String> {
    let lower = markup.to_ascii_lowercase();
    let mut names = lower.split('<').skip(1).filter_map(|rest| {
        let name =
            rest.split(|letter: char| letter.is_whitespace() || "/>".contains(letter)).next()?;
        // A drawing may call the names of SVG by any prefix.
        let name = name.rsplit(':').next()?;
        RUNS.contains(&name).then(|| format!("<{name}"))
    });
    names.next().or_else(|| scheme(&lower)).or_else(|| handler(&lower))
}

#[cfg(test)]
mod tests {
    use super::forbidden;

    #[test]
    fn a_word_takes_no_longer_for_what_it_begins_with() {
        assert_eq!(forbidden(&format!("<p title=\"{}\">", "on".repeat(500_000)), &["p"]), None);
        assert_eq!(forbidden("<p title=x onclick = y>", &["p"]).as_deref(), Some("onclick"));
    }
}
