//! Jira's own markup, as Markdown: headings, lists, boxes, code. What stands inside a line, and tables, have files of their own.

mod row;
mod words;

use crate::import::document::fenced;
use crate::import::wiki::words::words;

/// Boxes around a text, which become quotations.
const BOXES: [&str; 7] = ["panel", "quote", "info", "note", "warning", "tip", "expand"];
/// Boxes around code.
const CODE: [&str; 2] = ["code", "noformat"];
/// Deeper lists and boxes are cut: no person writes them.
const DEEPEST: usize = 9;

/// A text as Markdown. What is not markup stays as it is.
pub(super) fn markdown(text: &str) -> String {
    let mut page = Page::default();
    for line in text.lines() {
        page.read(line);
    }
    page.end_row();
    page.end_code();
    page.out
}

/// What was read so far.
#[derive(Default)]
struct Page {
    out: String,
    /// The name, the language and the lines of code that has not ended.
    code: Option<(&'static str, String, String)>,
    /// The boxes around what follows.
    boxes: Vec<&'static str>,
    /// The lines of a row whose last cell has not ended.
    row: String,
    /// Code has begun in that cell.
    is_code_in_row: bool,
    is_in_table: bool,
    /// How deep the list is that was read last.
    depth: usize,
}

impl Page {
    fn read(&mut self, line: &str) {
        if self.code.is_none() && (!self.row.is_empty() || line.trim_start().starts_with('|')) {
            return self.row(line);
        }
        let mut rest = line;
        loop {
            if let Some((name, _, code)) = &mut self.code {
                let Some((inside, after)) = rest.split_once(&format!("{{{name}}}")) else {
                    *code += rest;
                    code.push('\n');
                    return;
                };
                *code += inside;
                self.end_code();
                rest = after.trim_start();
            } else if let Some(tag) = tag(rest) {
                if !tag.before.trim().is_empty() {
                    self.prose(tag.before);
                }
                self.open(tag.name, tag.options);
                rest = tag.after.trim_start();
            } else {
                return self.prose(rest);
            }
            if rest.trim().is_empty() {
                return;
            }
        }
    }

    /// A line of a table, or of a cell that has several.
    fn row(&mut self, line: &str) {
        let bare = line.trim();
        if !self.row.is_empty()
            && !self.is_code_in_row
            && (bare.is_empty() || bare.starts_with('|'))
        {
            self.end_row();
        }
        if bare.is_empty() && self.row.is_empty() {
            return self.prose(line);
        }
        self.row += bare;
        self.row.push('\n');
        let tags: usize = CODE.iter().map(|name| bare.matches(&format!("{{{name}")).count()).sum();
        self.is_code_in_row ^= tags % 2 == 1;
        if bare.ends_with('|') && bare.len() > 1 && !self.is_code_in_row {
            self.end_row();
        }
    }

    fn end_row(&mut self) {
        if self.row.is_empty() {
            return;
        }
        if !self.is_in_table {
            self.put("");
        }
        self.is_code_in_row = false;
        let row = row::markdown(&std::mem::take(&mut self.row), !self.is_in_table);
        self.is_in_table = true;
        row.lines().for_each(|line| self.put(line));
    }

    fn prose(&mut self, line: &str) {
        if self.is_in_table {
            self.is_in_table = false;
            self.put("");
        }
        let (text, is_apart) = self.block(line);
        if is_apart {
            self.put("");
        }
        self.put(&text);
        if is_apart {
            self.put("");
        }
    }

    /// A line that is no code and no row, and whether it is a block of its own.
    fn block(&mut self, line: &str) -> (String, bool) {
        let bare = line.trim();
        let depth = std::mem::take(&mut self.depth);
        let mut letters = bare.chars();
        if let (Some('h'), Some(level @ '1'..='6'), Some('.')) =
            (letters.next(), letters.next(), letters.next())
        {
            let level = level.to_digit(10).unwrap_or(2) as usize;
            return (format!("{} {}", "#".repeat(level), words(letters.as_str().trim())), true);
        }
        if let Some(rest) = bare.strip_prefix("bq. ") {
            return (format!("> {}", words(rest)), true);
        }
        // Below a line, dashes and the like would make a heading of it.
        if bare.len() > 1 && bare.len() < 4 && bare.bytes().all(|byte| byte == b'-') {
            return ("—".to_owned(), false);
        }
        if !bare.is_empty() && bare.bytes().all(|byte| byte == b'=') {
            return (format!("\\{bare}"), false);
        }
        if bare == "----" {
            return ("---".to_owned(), true);
        }
        if let Some((signs, rest)) = bare.split_once(' ')
            && !signs.is_empty()
            && signs.chars().all(|sign| "*#-".contains(sign))
        {
            self.depth = signs.len().min(depth + 1).min(DEEPEST);
            let sign = if signs.ends_with('#') { "1." } else { "-" };
            // Wide enough to stand below the words of either kind of item.
            let indent = "   ".repeat(self.depth - 1);
            return (format!("{indent}{sign} {}", words(rest)), false);
        }
        // A line below an item goes on with it.
        self.depth = if bare.is_empty() { 0 } else { depth };
        (words(line), false)
    }

    fn open(&mut self, name: &'static str, options: &str) {
        self.put("");
        if CODE.contains(&name) {
            self.heading(options);
            let named = options.split('|').find_map(|option| option.strip_prefix("language="));
            let language = named.or_else(|| options.split('|').next()).unwrap_or_default();
            let is_plain = language.chars().all(char::is_alphanumeric);
            let language = if is_plain { language } else { "" };
            self.code = Some((name, language.to_owned(), String::new()));
            return;
        }
        match self.boxes.iter().rposition(|open| *open == name).filter(|_| options.is_empty()) {
            Some(place) => {
                self.boxes.truncate(place);
                self.put("");
            }
            None if self.boxes.len() < DEEPEST => self.boxes.push(name),
            None => {}
        }
        self.heading(options);
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
        if let Some((_, language, code)) = self.code.take() {
            let code = code.trim_start_matches('\n');
            let prefix = "> ".repeat(self.boxes.len());
            for line in fenced(&language, code).lines() {
                self.out += &prefix;
                self.out += line;
                self.out.push('\n');
            }
            self.put("");
        }
    }

    fn put(&mut self, line: &str) {
        let line = "> ".repeat(self.boxes.len()) + line;
        let line = line.trim_end();
        // One empty line is as good as two.
        let is_empty = line.trim_matches(['>', ' ']).is_empty();
        if !is_empty || self.out.rsplit('\n').nth(1) != Some(line) {
            self.out += line;
            self.out.push('\n');
        }
    }
}

/// A tag that begins or ends a block, in its line.
struct Tag<'a> {
    before: &'a str,
    name: &'static str,
    options: &'a str,
    after: &'a str,
}

/// The first tag of a line: `{code:java|title=A.java}`. Code that ends before its line does is a part of the line.
fn tag(line: &str) -> Option<Tag<'_>> {
    let mut from = 0;
    let mut has_span = true;
    while let Some(at) = line.get(from..)?.find('{') {
        let at = from + at;
        let (before, rest) = line.split_at_checked(at)?;
        from = at + 1;
        if rest.starts_with("{{") {
            let end = if has_span { rest.find("}}") } else { None };
            has_span = end.is_some();
            from = at + end.unwrap_or(0) + 2;
            continue;
        }
        // A tag has no bracket inside, and ends at the first that there is.
        let inner = rest.get(1..)?;
        let (inside, after) = inner.split_at_checked(inner.find(['{', '}'])?)?;
        let Some(after) = after.strip_prefix('}') else { continue };
        let (name, options) = inside.split_once(':').unwrap_or((inside, ""));
        let Some(name) = BOXES.into_iter().chain(CODE).find(|known| *known == name) else {
            continue;
        };
        if before.ends_with('\\') {
            continue;
        }
        if CODE.contains(&name)
            && let Some((code, behind)) = after.split_once(&format!("{{{name}}}"))
            && !(before.trim().is_empty() && behind.trim().is_empty())
        {
            from = line.len() - after.len() + code.len() + name.len() + 2;
            continue;
        }
        return Some(Tag { before, name, options, after });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn blocks_in_a_line_are_blocks() {
        for (written, expected) in [
            ("{quote}one *line*{quote}", "\n> one **line**\n"),
            ("He said {quote}a{quote} and left.", "He said\n\n> a\n\nand left.\n"),
            ("{code:sql}SELECT 1;\nSELECT 2;{code}", "\n```sql\nSELECT 1;\nSELECT 2;\n```\n\n"),
            ("a {noformat}b *c*{noformat} d", "a `b *c*` d\n"),
            (
                "{panel:title=T}\n{quote}a{quote}\nb\n{panel}\nc",
                "\n> **T**\n>\n>\n> > a\n>\n> b\n\nc\n",
            ),
            ("* a\n*** b\n*# c", "- a\n   - b\n   1. c\n"),
            ("a\n----\nb", "a\n\n---\n\nb\n"),
        ] {
            let tight = |text: &str| {
                let lines: Vec<&str> =
                    text.lines().filter(|line| !line.trim_matches(['>', ' ']).is_empty()).collect();
                lines.join("\n")
            };
            assert_eq!(tight(&markdown(written)), tight(expected), "{written}");
        }
    }

    #[test]
    fn rows_keep_what_stands_in_their_cells() {
        for (written, expected) in [
            (
                "||A||B||\n|1|{{a|b}} or {{c || d}}|",
                "| A | B |\n| --- | --- |\n| 1 | `a\\|b` or `c \\|\\| d` |",
            ),
            ("||Severity|SEV1|", "|  |  |\n| --- | --- |\n| Severity | SEV1 |"),
            (
                "|10:02|[a|http://x.test]\nmore|",
                "|  |  |\n| --- | --- |\n| 10:02 | [a](http://x.test)<br>more |",
            ),
            ("|a|{code}\nb\nc\n{code}|", "|  |  |\n| --- | --- |\n| a | `b`<br>`c` |"),
            ("| |{quote}b{quote}|", "|  |  |\n| --- | --- |\n|  | b |"),
        ] {
            assert_eq!(markdown(written).trim(), expected, "{written}");
        }
    }

    #[test]
    fn what_never_ends_is_read_once() {
        for sign in ["{", "{code}", "[", "!a", "*a ", "|", "{{", "{quote}", "-a", "{color:red}"] {
            let text = sign.repeat(100_000);
            assert!(markdown(&text).len() < 30 * text.len());
        }
    }
}
