//! Raw HTML as authors write it, tag by tag, so that its links and pictures lead where those of Markdown do. It decides
//! nothing about safety: whatever it makes of a markup goes through the sanitiser.

/// A piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Anything else, as it is.
    Other(String),
    /// The beginning of a link.
    Link {
        /// Where it leads.
        url: String,
    },
    /// A place that links lead to.
    Anchor {
        /// What its author calls it.
        name: String,
    },
    /// A picture.
    Image {
        /// Where it is.
        url: String,
        /// What it shows.
        alt: String,
        /// How wide and high it is, in pixels.
        size: [Option<u16>; 2],
    },
}

/// Reads raw HTML line by line; remembers what it is in the middle of.
#[derive(Default)]
pub(super) struct Reader {
    /// A tag that has begun and not ended.
    half: String,
    comment: bool,
}

/// A tag that is longer is none of an author: it is handed on as it is.
const LONGEST_TAG: usize = 4096;

impl Reader {
    /// The pieces of the next markup, in order. A tag at its end that goes on comes with the markup after it.
    pub(super) fn read(&mut self, markup: &str) -> Vec<Piece> {
        let text = std::mem::take(&mut self.half) + markup;
        let mut pieces = Vec::new();
        let (mut from, mut at) = (0, 0);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            if self.comment {
                let end = rest.find("-->");
                self.comment = end.is_none();
                at += end.map_or(rest.len(), |end| end + 3);
            } else if rest.starts_with("<!--") {
                self.comment = true;
                at += 4;
            } else if !is_tag(rest) {
                at +=
                    rest.get(1..).and_then(|tail| tail.find('<')).map_or(rest.len(), |end| end + 1);
            } else if let Some(length) = length(rest) {
                if let Some(piece) = rest.get(..length).and_then(piece) {
                    pieces.push(Piece::Other(text.get(from..at).unwrap_or_default().to_owned()));
                    pieces.push(piece);
                    from = at + length;
                }
                at += length;
            } else if rest.len() > LONGEST_TAG {
                at = text.len();
            } else {
                rest.clone_into(&mut self.half);
                break;
            }
        }
        pieces.push(Piece::Other(text.get(from..at).unwrap_or_default().to_owned()));
        pieces.retain(|piece| *piece != Piece::Other(String::new()));
        pieces
    }

    /// What is left when the HTML ends: a tag that never did.
    pub(super) fn end(&mut self) -> String {
        self.comment = false;
        std::mem::take(&mut self.half)
    }
}

/// `<` and a letter: what else begins so is text, a comment or an end.
fn is_tag(rest: &str) -> bool {
    rest.strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_alphabetic()))
}

/// How long the tag at the start of `rest` is; none where it does not end. `>` between quotes does not end it.
fn length(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in rest.bytes().enumerate().take(LONGEST_TAG) {
        match (quote, letter) {
            (None, b'"' | b'\'') => quote = Some(letter),
            (None, b'>') => return Some(at + 1),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    None
}

/// A link or a picture, where the tag is one.
fn piece(tag: &str) -> Option<Piece> {
    let body = tag.trim_start_matches('<').trim_end_matches('>');
    let end = body.find(|letter: char| letter.is_whitespace() || letter == '/')?;
    let (name, attributes) = body.split_at_checked(end)?;
    if name.eq_ignore_ascii_case("a") {
        let link = value(attributes, "href").map(|url| Piece::Link { url });
        let named = || value(attributes, "id").or_else(|| value(attributes, "name"));
        return link.or_else(|| Some(Piece::Anchor { name: named()? }));
    }
    name.eq_ignore_ascii_case("img").then(|| Piece::Image {
        url: value(attributes, "src").unwrap_or_default(),
        alt: value(attributes, "alt").unwrap_or_default(),
        size: ["width", "height"].map(|side| value(attributes, side)?.trim().parse().ok()),
    })
}

/// The value of the first attribute of this name.
fn value(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        let end = rest
            .find(|letter: char| letter.is_whitespace() || matches!(letter, '=' | '/'))
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(end)?;
        let after = after.trim_start();
        let Some(after) = after.strip_prefix('=') else {
            if name.is_empty() {
                return None;
            }
            rest = after;
            continue;
        };
        let after = after.trim_start();
        let quote = after.chars().next().filter(|letter| matches!(letter, '"' | '\''));
        let (value, tail) = match quote {
            Some(quote) => after.get(1..)?.split_once(quote)?,
            None => {
                let end = after.find(char::is_whitespace).unwrap_or(after.len());
                after.split_at_checked(end)?
            }
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(decoded(value));
        }
        rest = tail;
    }
}

/// The signs that have to be written otherwise in a value. Other references stay as they are, and mean nothing then.
fn decoded(value: &str) -> String {
    let signs = [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    signs.iter().fold(value.trim().to_owned(), |value, (name, sign)| value.replace(name, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(text: &str) -> Piece {
        Piece::Other(text.to_owned())
    }

    fn link(url: &str) -> Piece {
        Piece::Link { url: url.to_owned() }
    }

    fn image(url: &str, alt: &str) -> Piece {
        Piece::Image { url: url.to_owned(), alt: alt.to_owned(), size: [None; 2] }
    }

    #[test]
    fn links_and_pictures_are_found_among_other_tags() {
        let sized =
            Piece::Image { url: "x.png".into(), alt: String::new(), size: [Some(90), Some(40)] };
        let cases: [(&str, &[Piece]); 10] = [
            ("<p>x <a href=\"b.md\">y</a>", &[other("<p>x "), link("b.md"), other("y</a>")]),
            ("<A HREF = 'b.md?a=1&amp;b=2' target=_blank>", &[link("b.md?a=1&b=2")]),
            ("<img alt='1 > 0' src=graph.png width=100%/>", &[image("graph.png", "1 > 0")]),
            ("<img/src=x.png>", &[image("x.png", "")]),
            ("<img src=x.png WIDTH='90' height=40 onerror=x>", &[sized]),
            ("<b title=\"<a href=x>\">", &[other("<b title=\"<a href=x>\">")]),
            (
                "<!-- <a href=x> --><a name=y>",
                &[other("<!-- <a href=x> -->"), Piece::Anchor { name: "y".into() }],
            ),
            ("a < b <abbr href=x>", &[other("a < b <abbr href=x>")]),
            ("<a data-href=x href=y href=z>", &[link("y")]),
            ("<img>", &[other("<img>")]),
        ];
        for (markup, expected) in cases {
            assert_eq!(Reader::default().read(markup), expected, "{markup}");
        }
    }

    #[test]
    fn a_tag_may_go_on_in_the_next_line() {
        let mut reader = Reader::default();
        assert_eq!(reader.read("<p><a\n"), [other("<p>")]);
        assert_eq!(reader.read("  href='b.md'>x\n"), [link("b.md"), other("x\n")]);
        assert_eq!(reader.read("<!--\n"), [other("<!--\n")]);
        assert_eq!(reader.read("<img src=x> --> <img"), [other("<img src=x> --> ")]);
        assert_eq!(reader.end(), "<img");
    }
}
