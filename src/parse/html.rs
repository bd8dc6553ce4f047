//! The visible text of raw HTML: tags go, block tags part lines, scripts and styles are no text.

use std::ops::Range;

/// What raw HTML is made of, for a reader.
pub(super) enum Piece<'a> {
    /// Text, with its bytes in the markup.
    Text(&'a str, Range<usize>),
    /// A line break.
    Break,
    /// The end of one block and the beginning of another.
    Block,
    /// The beginning of a heading.
    Heading(u8),
    /// The end of a table cell.
    Cell,
    /// The beginning of a list, numbered or not.
    List(bool),
    /// The end of a list.
    ListEnd,
    /// The beginning of an item of a list.
    Item,
    /// The end of an item.
    ItemEnd,
    /// The beginning or the end of words that are struck out.
    Struck(bool),
}

/// Reads raw HTML piece by piece; remembers what it is in the middle of.
#[derive(Default)]
pub(super) struct HtmlText {
    /// Inside an element whose content is not text.
    silent: Option<String>,
    comment: bool,
}

/// Elements that begin a new block.
const BLOCKS: [&str; 19] = [
    "p",
    "div",
    "table",
    "tr",
    "blockquote",
    "pre",
    "section",
    "article",
    "header",
    "footer",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
    "hr",
    "body",
    "main",
    "h",
];

impl HtmlText {
    /// Reads `markup`, which may begin or end inside an element, and hands on its pieces.
    pub(super) fn read<'a>(&mut self, markup: &'a str, mut hand: impl FnMut(Piece<'a>)) {
        let mut at = 0;
        while at < markup.len() {
            let rest = markup.get(at..).unwrap_or_default();
            if self.comment {
                match rest.find("-->") {
                    Some(end) => {
                        self.comment = false;
                        at += end + 3;
                    }
                    None => return,
                }
                continue;
            }
            if rest.starts_with("<!--") {
                self.comment = true;
                at += 4;
                continue;
            }
            match tag(rest) {
                Some((name, closing, length)) => {
                    self.tag(&name, closing, &mut hand);
                    at += length;
                }
                None => {
                    let end = rest
                        .get(1..)
                        .and_then(|tail| tail.find('<'))
                        .map_or(rest.len(), |end| end + 1);
                    self.words(rest.get(..end).unwrap_or_default(), at, &mut hand);
                    at += end;
                }
            }
        }
    }

    fn tag<'a>(&mut self, name: &str, closing: bool, hand: &mut impl FnMut(Piece<'a>)) {
        if let Some(silent) = &self.silent {
            if closing && silent == name {
                self.silent = None;
            }
            return;
        }
        if matches!(name, "script" | "style" | "title" | "svg" | "template") && !closing {
            self.silent = Some(name.to_owned());
            return;
        }
        let level = name
            .strip_prefix('h')
            .and_then(|level| level.parse().ok())
            .filter(|level| (1..=6).contains(level));
        match level {
            Some(level) if !closing => hand(Piece::Heading(level)),
            Some(_) => hand(Piece::Block),
            None if name == "br" => hand(Piece::Break),
            None if matches!(name, "ul" | "ol") && closing => hand(Piece::ListEnd),
            None if matches!(name, "ul" | "ol") => hand(Piece::List(name == "ol")),
            None if name == "li" => hand(if closing { Piece::ItemEnd } else { Piece::Item }),
            None if matches!(name, "del" | "s" | "strike") => hand(Piece::Struck(!closing)),
            None if matches!(name, "td" | "th") && closing => hand(Piece::Cell),
            None if BLOCKS.contains(&name) => hand(Piece::Block),
            None => {}
        }
    }

    fn words<'a>(&self, words: &'a str, start: usize, hand: &mut impl FnMut(Piece<'a>)) {
        if self.silent.is_some() {
            return;
        }
        let mut at = start;
        for part in words.split_inclusive(['\n', '&', ';']) {
            let range = at..at + part.len();
            at = range.end;
            match part {
                "nbsp;" => hand(Piece::Text(" ", range)),
                "amp;" => hand(Piece::Text("&", range)),
                "lt;" => hand(Piece::Text("<", range)),
                "gt;" => hand(Piece::Text(">", range)),
                "quot;" => hand(Piece::Text("\"", range)),
                "#39;" => hand(Piece::Text("'", range)),
                _ => {
                    let text = part.trim_end_matches('&');
                    let text = if text.trim().is_empty() {
                        text.trim()
                    } else {
                        text.trim_end_matches('\n')
                    };
                    if !text.is_empty() {
                        hand(Piece::Text(text, range.clone()));
                    }
                    if part.ends_with('\n') && !text.is_empty() {
                        hand(Piece::Text(" ", range.end - 1..range.end));
                    }
                }
            }
        }
    }
}

/// The tag at the start of `rest`: its name in lower case, whether it closes, its length.
fn tag(rest: &str) -> Option<(String, bool, usize)> {
    let body = rest.strip_prefix('<')?;
    let (closing, body) = body.strip_prefix('/').map_or((false, body), |body| (true, body));
    let name: String = body
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    if name.is_empty() {
        return body
            .starts_with(['!', '?'])
            .then(|| (String::new(), false, rest.find('>').map_or(rest.len(), |end| end + 1)));
    }
    let end = rest.find('>').map_or(rest.len(), |end| end + 1);
    Some((name, closing, end))
}
