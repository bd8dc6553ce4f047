//! Jira's own markup, as Markdown: headings, lists, tables, boxes, code, emphasis, links.

use crate::import::document::fenced;

/// Boxes around a text, which become quotations.
const BOXES: [&str; 6] = ["panel", "quote", "info", "note", "warning", "tip"];
/// Boxes around code.
const CODE: [&str; 2] = ["code", "noformat"];

/// A text as Markdown. What is not markup stays as it is.
pub(super) fn markdown(text: &str) -> String {
    let mut page = Page::default();
    for line in text.lines() {
        page.read(line);
    }
    page.end_code();
    page.out
}

/// What was read so far.
#[derive(Default)]
struct Page {
    out: String,
    /// The language and the lines of code that has not ended.
    code: Option<(String, String)>,
    is_in_box: bool,
    is_in_table: bool,
}

impl Page {
    fn read(&mut self, line: &str) {
        let (name, options) = tag(line.trim()).unwrap_or_default();
        if let Some((_, code)) = &mut self.code {
            if CODE.contains(&name) {
                self.end_code();
            } else {
                *code += line;
                code.push('\n');
            }
        } else if CODE.contains(&name) {
            self.heading(options);
            let language = options.split('|').next().unwrap_or_default();
            let is_plain = language.chars().all(char::is_alphanumeric);
            let language = if is_plain { language } else { "" };
            self.code = Some((language.to_owned(), String::new()));
        } else if BOXES.contains(&name) {
            self.put("");
            self.is_in_box = !self.is_in_box;
            self.heading(options);
        } else {
            self.prose(line);
        }
    }

    fn prose(&mut self, line: &str) {
        let bare = line.trim();
        let is_row = bare.starts_with('|') && bare.ends_with('|') && bare.len() > 1;
        if is_row != self.is_in_table {
            self.put("");
        }
        let text = if is_row { row(bare, !self.is_in_table) } else { block(line) };
        self.is_in_table = is_row;
        text.lines().for_each(|line| self.put(line));
        if text.is_empty() {
            self.put("");
        }
    }

    /// `title=…` among the options of a box.
    fn heading(&mut self, options: &str) {
        let title = options.split('|').find_map(|option| option.strip_prefix("title="));
        if let Some(title) = title {
            self.put(&format!("**{title}**"));
            self.put("");
        }
    }

    fn end_code(&mut self) {
        if let Some((language, code)) = self.code.take() {
            fenced(&language, &code).lines().for_each(|line| self.put(line));
        }
    }

    fn put(&mut self, line: &str) {
        let line = if self.is_in_box { format!("> {line}") } else { line.to_owned() };
        self.out += line.trim_end();
        self.out.push('\n');
    }
}

/// The name and the options of a tag that is all of a line: `{code:java|title=A.java}`.
fn tag(line: &str) -> Option<(&str, &str)> {
    let inside =
        line.strip_prefix('{')?.strip_suffix('}').filter(|inside| !inside.contains(['{', '}']))?;
    Some(inside.split_once(':').unwrap_or((inside, "")))
}

/// A line that is no code and no row.
fn block(line: &str) -> String {
    let bare = line.trim();
    let mut letters = bare.chars();
    if let (Some('h'), Some(level @ '1'..='6'), Some('.')) =
        (letters.next(), letters.next(), letters.next())
    {
        let level = level.to_digit(10).unwrap_or(2) as usize;
        return format!("{} {}", "#".repeat(level), words(letters.as_str().trim()));
    }
    if let Some(rest) = bare.strip_prefix("bq. ") {
        return format!("> {}", words(rest));
    }
    if bare == "----" {
        return "---".to_owned();
    }
    if let Some((signs, rest)) = bare.split_once(' ')
        && !signs.is_empty()
        && signs.chars().all(|sign| "*#-".contains(sign))
    {
        let sign = if signs.ends_with('#') { "1." } else { "-" };
        // Wide enough to stand below the words of either kind of item.
        return format!("{}{sign} {}", "   ".repeat(signs.chars().count() - 1), words(rest));
    }
    words(line)
}

/// `||a||b||` is a row of headings, `|a|b|` one of cells. Markdown wants headings first.
fn row(line: &str, is_first: bool) -> String {
    let is_heading = line.starts_with("||");
    let sign = if is_heading { "||" } else { "|" };
    // Links and pictures have bars of their own.
    let line = words(line);
    let cells: Vec<&str> = line.trim_matches('|').split(sign).map(str::trim).collect();
    let rule = format!("|{}", " --- |".repeat(cells.len()));
    let row = format!("| {} |", cells.join(" | "));
    match (is_first, is_heading) {
        (true, true) => format!("{row}\n{rule}"),
        (true, false) => format!("|{}\n{rule}\n{row}", "  |".repeat(cells.len())),
        (false, _) => row,
    }
}

/// Stands around the number of a piece of code while the rest of its line is read: a character that no text holds.
const HELD: char = '\u{1}';

/// Emphasis, code, links and pictures inside a line. In code no sign means anything.
fn words(text: &str) -> String {
    let mut codes = Vec::new();
    let mut hold = |inside: &str| {
        codes.push(format!("`{inside}`"));
        format!("{HELD}{}{HELD}", codes.len() - 1)
    };
    let mut text = text.replace(HELD, "");
    for (open, close) in [("{code}", "{code}"), ("{noformat}", "{noformat}"), ("{{", "}}")] {
        text = between(&text, open, close, &mut hold);
    }
    let pieces = marked(&text);
    let pieces = pieces.split(HELD).enumerate().map(|(turn, piece)| {
        let code = piece.parse().ok().and_then(|number: usize| codes.get(number));
        code.filter(|_| turn % 2 == 1).map_or(piece, String::as_str)
    });
    pieces.collect()
}

/// The same without code.
fn marked(text: &str) -> String {
    let text = between(text, "{color", "{color}", |inside| match inside.split_once('}') {
        Some((_, words)) => words.to_owned(),
        None => inside.to_owned(),
    });
    let text = between(&text, "[", "]", link);
    let text = between(&text, "!", "!", |inside| {
        let file = inside.split('|').next().unwrap_or(inside);
        if file.contains('.') && !file.contains(' ') {
            format!("![]({file})")
        } else {
            format!("!{inside}!")
        }
    });
    let text = between(&text, "*", "*", |inside| {
        if inside.starts_with(' ') || inside.ends_with(' ') {
            format!("*{inside}*")
        } else {
            format!("**{inside}**")
        }
    });
    text.replace("\\\\", "<br>")
}

/// What stands between brackets: a person, a file, an address with a name or without.
fn link(inside: &str) -> String {
    let mut parts = inside.split('|');
    let first = parts.next().unwrap_or_default();
    if let Some(person) = inside.strip_prefix('~') {
        return format!("@{}", person.trim_start_matches("accountid:"));
    }
    if let Some(file) = first.strip_prefix('^') {
        return file.to_owned();
    }
    match parts.next() {
        Some(url) => format!("[{first}]({url})"),
        None if first.contains("://") => format!("<{first}>"),
        None => format!("[{inside}]"),
    }
}

/// Replaces what stands between two signs.
fn between(text: &str, open: &str, close: &str, mut new: impl FnMut(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once(open) {
        let Some((inside, after)) = from.split_once(close).filter(|(inside, _)| !inside.is_empty())
        else {
            break;
        };
        out += before;
        out += &new(inside);
        rest = after;
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
        ] {
            assert_eq!(words(written), expected);
        }
    }
}
