//! What stands inside a line of Jira's markup: emphasis, code, links, pictures, people, signs.

use std::fmt::Write;

/// Stands around the number of what is held while the rest of a text is read: a character that no text holds.
const HELD: char = '\u{1}';
/// Signs of Jira, and what everybody reads.
const SIGNS: [(&str, &str); 3] = [("(/)", "✅"), ("(x)", "❌"), ("(!)", "⚠️")];
/// Tags that say nothing in a line.
const SILENT: [&str; 12] = [
    "color", "toc", "anchor", "panel", "quote", "info", "note", "warning", "tip", "expand",
    "section", "column",
];

/// A line as Markdown.
pub(super) fn words(text: &str) -> String {
    let mut held = Held::new(text);
    let text = held.take();
    held.put_back(&marked(&text))
}

/// Parts of a text in which no sign means anything: code, links, pictures, what is escaped.
pub(super) struct Held {
    text: String,
    parts: Vec<String>,
}

impl Held {
    pub(super) fn new(text: &str) -> Self {
        let mut held = Self { text: text.replace(HELD, ""), parts: Vec::new() };
        held.hold("{code", "{code}", |inside| Some(code(inside.split_once('}')?.1)));
        held.hold("{noformat", "{noformat}", |inside| Some(code(inside.split_once('}')?.1)));
        held.hold("{{", "}}", |inside| Some(code(inside)));
        held.escapes();
        held.silence();
        held.hold("[", "]", |inside| Some(link(inside)));
        held.hold("!", "!", picture);
        held
    }

    /// The text with signs for what is held.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// A text with what its signs stand for; a link holds what was held before.
    pub(super) fn put_back(&self, text: &str) -> String {
        let once = |text: &str| {
            let pieces = text.split(HELD).enumerate().map(|(turn, piece)| {
                let part = piece.parse().ok().and_then(|number: usize| self.parts.get(number));
                part.filter(|_| turn % 2 == 1).map_or(piece, String::as_str)
            });
            pieces.collect::<String>()
        };
        once(&once(text))
    }

    /// Holds what stands between two signs, if it is what it looks like.
    fn hold(&mut self, open: &str, close: &str, new: impl Fn(&str) -> Option<String>) {
        let text = std::mem::take(&mut self.text);
        let mut rest = text.as_str();
        while let Some((before, from)) = rest.split_once(open) {
            let Some((inside, after)) = from.split_once(close) else { break };
            self.text += before;
            match new(inside).filter(|_| !inside.is_empty()) {
                Some(part) => {
                    self.put(part);
                    rest = after;
                }
                None => {
                    self.text += open;
                    rest = from;
                }
            }
        }
        self.text += rest;
    }

    fn put(&mut self, part: String) {
        let _ = write!(self.text, "{HELD}{}{HELD}", self.parts.len());
        self.parts.push(part);
    }

    /// `\*` is a star, and two strokes break a line.
    fn escapes(&mut self) {
        let text = std::mem::take(&mut self.text);
        let mut rest = text.as_str();
        while let Some((before, from)) = rest.split_once('\\') {
            self.text += before;
            match from.chars().next() {
                Some('\\') => self.put("<br>".to_owned()),
                Some(sign) if sign.is_ascii_punctuation() => self.put(format!("\\{sign}")),
                _ => {
                    self.put("\\\\".to_owned());
                    rest = from;
                    continue;
                }
            }
            rest = from.get(1..).unwrap_or_default();
        }
        self.text += rest;
    }

    /// Leaves out tags that say nothing, and makes words of what Markdown would take for markup.
    fn silence(&mut self) {
        let text = std::mem::take(&mut self.text);
        let mut rest = text.as_str();
        while let Some((before, from)) = rest.split_once('{') {
            self.text += before;
            // A tag has no bracket inside, and ends at the first that there is.
            let end = from.find(['{', '}']).unwrap_or(from.len());
            let inside = from
                .split_at_checked(end)
                .and_then(|(inside, rest)| Some((inside, rest.strip_prefix('}')?)));
            let name = inside.map_or("", |(inside, _)| inside.split(':').next().unwrap_or(inside));
            match inside.filter(|_| SILENT.contains(&name)) {
                Some((_, after)) => rest = after,
                None => {
                    self.text.push('{');
                    rest = from;
                }
            }
        }
        self.text += rest;
        self.text = self.text.replace('`', "\\`").replace('<', "\\<");
    }
}

/// A piece of code: a span for each of its lines.
fn code(text: &str) -> String {
    let lines = text.trim_matches('\n').lines().map(|line| {
        let longest = line.split(|sign| sign != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        if longest > 0 { format!("{fence} {line} {fence}") } else { format!("`{line}`") }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Emphasis of words that hold neither code nor links.
pub(super) fn marked(text: &str) -> String {
    let text = between(text, '*', |inside| format!("**{inside}**"), "\\*");
    let text = between(&text, '-', |inside| format!("~~{inside}~~"), "-");
    let text = between(&text, '+', str::to_owned, "+");
    let text = between(&text, '~', str::to_owned, "~").replace("??", "");
    let mut words = Vec::new();
    for word in text.split(' ') {
        let sign = SIGNS.iter().find(|(sign, _)| *sign == word);
        words.push(sign.map_or(word, |(_, shown)| shown));
    }
    words.join(" ")
}

/// What stands between brackets: a person, a file, an address with a name or without.
fn link(inside: &str) -> String {
    let mut parts = inside.split('|').map(str::trim);
    let first = parts.next().unwrap_or_default();
    if let Some(person) = first.strip_prefix('~') {
        return format!("@{}", person.trim_start_matches("accountid:"));
    }
    if let Some(place) = first.strip_prefix(['^', '#']).or_else(|| first.strip_prefix("mailto:")) {
        return place.to_owned();
    }
    match parts.next() {
        Some(url) if url.contains("://") || url.starts_with("mailto:") => {
            let url =
                if url.contains(['(', ')', ' ']) { format!("<{url}>") } else { url.to_owned() };
            if first.is_empty() { format!("<{url}>") } else { format!("[{first}]({url})") }
        }
        // A place in the text, a file or another issue.
        Some(place) if place.starts_with(['#', '^']) => first.to_owned(),
        Some(place) => format!("{first} ({place})"),
        None if first.contains("://") => format!("<{first}>"),
        None => format!("[{inside}]"),
    }
}

/// A picture by its name, which is shown where it is missing.
fn picture(inside: &str) -> Option<String> {
    let (file, options) = inside.split_once('|').unwrap_or((inside, ""));
    let ending = file.rsplit_once('.')?.1;
    let is_file = (2..=5).contains(&ending.len()) && ending.chars().all(char::is_alphanumeric)
        || file.contains("://") && !file.contains(' ');
    if !is_file || file.starts_with(char::is_whitespace) || file.contains('\n') {
        return None;
    }
    let alt = options.split([',', '|']).find_map(|option| option.trim().strip_prefix("alt="));
    let name = alt.unwrap_or_else(|| file.rsplit('/').next().unwrap_or(file));
    let target = if file.contains([' ', '(', ')']) { format!("<{file}>") } else { file.to_owned() };
    Some(format!("![{name}]({target})"))
}

/// Replaces what stands between two signs that embrace words; any other such sign is `alone`.
fn between(text: &str, sign: char, new: impl Fn(&str) -> String, alone: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once(sign) {
        out += before;
        let opens = !out.ends_with(|letter: char| letter == sign || letter.is_ascii_alphanumeric());
        let embraced = from.split_once(sign).filter(|(inside, after)| {
            let touches =
                |letter: Option<char>| letter.is_some_and(|letter| !letter.is_whitespace());
            opens
                && touches(inside.chars().next())
                && touches(inside.chars().next_back())
                && inside.contains(char::is_alphabetic)
                && !after
                    .starts_with(|letter: char| letter == sign || letter.is_ascii_alphanumeric())
        });
        match embraced {
            Some((inside, after)) => {
                out += &new(inside);
                rest = after;
            }
            None => {
                out += alone;
                rest = from;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn signs_in_code_mean_nothing() {
        for (written, expected) in [
            ("{{*.log}} and {{*.txt}}, *all*", "`*.log` and `*.txt`, **all**"),
            ("[{{a!b}}|http://x.test] {code}c[0]{code}!", "[`a!b`](http://x.test) `c[0]`!"),
            ("a {code:sql}`b`{code}", "a `` `b` ``"),
        ] {
            assert_eq!(words(written), expected);
        }
    }

    #[test]
    fn signs_mean_what_jira_means() {
        for (written, expected) in [
            ("2*3*4, List<String> \\*a\\*", "2\\*3\\*4, List\\<String> \\*a\\*"),
            (
                "-DNS- a deadlock, 10:00 - 10:20 - 10:40",
                "~~DNS~~ a deadlock, 10:00 - 10:20 - 10:40",
            ),
            ("well-known on-call -v -x 2024-05-02", "well-known on-call -v -x 2024-05-02"),
            ("{color:#ff0000}*SEV1*{color}", "**SEV1**"),
            ("down! see !a 1.png|thumbnail! now!", "down! see ![a 1.png](<a 1.png>) now!"),
            (
                "[~mina.kim] and [Lock order|OPS-7] and [^a.log]",
                "@mina.kim and Lock order (OPS-7) and a.log",
            ),
            ("(/) done, f(x)", "✅ done, f(x)"),
            ("a \\\\ b, C:\\temp", "a <br> b, C:\\\\temp"),
        ] {
            assert_eq!(words(written), expected);
        }
    }
}
