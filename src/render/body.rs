//! The text of a document as HTML: headings with stable ids, evidence marked, code coloured, links led to
//! pages, raw HTML sanitised. Made from the events of the one Markdown parser by its own writer.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd, html};

use crate::base::path::slug;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::parse::document::Document;
use crate::parse::markdown::events;
use crate::render::forbidden::{depth, forbidden};
use crate::render::highlight::Highlighter;
use crate::render::raw::{Piece, Reader};

/// A body and what was found while making it.
#[derive(Debug, Default)]
pub struct Rendered {
    /// Clean HTML.
    pub html: String,
    /// Its headings: level, id, text.
    pub headings: Vec<Heading>,
    /// Links and pictures that lead nowhere, HTML that was taken out.
    pub findings: Vec<Diagnostic>,
    /// Where each mark ended up: its own id, or that of the page's title.
    pub anchors: BTreeMap<String, String>,
    /// It leads to other pages or files of the site, so it belongs to the page that it was made for.
    pub has_links: bool,
}

/// A heading of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6: the page's title is the only 1.
    pub level: u8,
    /// Unique on the page.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// Words to mark: evidence of facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The words in the source.
    pub span: Span,
    /// The id that links lead to.
    pub id: String,
}

/// Raw HTML nested deeper is left out: sanitising takes the square of it.
const DEEPEST_HTML: isize = 500;

/// The id of the page's title.
const TITLE: &str = "title";

/// Where links of a document lead.
pub trait Links {
    /// The address of another document, relative to the page, or nothing when there is none.
    fn document(&self, path: &str) -> Option<String>;
    /// The address of a file that is published with the documents.
    fn asset(&self, path: &str) -> Option<String>;
    /// Pictures from other hosts are shown.
    fn shows_remote(&self) -> bool;
}

/// The body of a document.
pub fn render(
    source: &Source,
    document: &Document,
    marks: &[Mark],
    title: &str,
    links: &impl Links,
    highlighter: &Highlighter,
) -> Rendered {
    let mut writer = Writer {
        source,
        document,
        links,
        highlighter,
        marks: places(document, marks),
        ids: BTreeMap::new(),
        out: Vec::new(),
        rendered: Rendered::default(),
        heading: None,
        code: None,
        image: None,
        raw: false,
        tags: Reader::default(),
        html_depth: 0,
        skipping: false,
        title,
        link_open: Vec::new(),
        shift: shift(document),
    };
    for (event, range) in events(&document.prepared.text) {
        writer.event(event, range);
    }
    writer.finish()
}

/// Headings move down so that the first level below the page's title is 2.
fn shift(document: &Document) -> i8 {
    let levels = document.sections.iter().skip(1).map(|section| section.level);
    let lowest = levels.min().unwrap_or(1) as i8;
    2 - lowest
}

/// The prepared ranges of marks, in order, none overlapping another.
fn places(document: &Document, marks: &[Mark]) -> Vec<(Range<usize>, String)> {
    let mut places: Vec<(Range<usize>, String)> = marks
        .iter()
        .map(|mark| (document.prepared.range_of(mark.span.start..mark.span.end), mark.id.clone()))
        .filter(|(range, _)| !range.is_empty())
        .collect();
    places.sort_by_key(|(range, _)| range.start);
    let mut end = 0;
    places.retain(|(range, _)| {
        let apart = range.start >= end;
        if apart {
            end = range.end;
        }
        apart
    });
    places
}

struct Writer<'a, L> {
    source: &'a Source,
    document: &'a Document,
    links: &'a L,
    highlighter: &'a Highlighter,
    marks: Vec<(Range<usize>, String)>,
    ids: BTreeMap<String, usize>,
    out: Vec<Event<'a>>,
    rendered: Rendered,
    heading: Option<OpenHeading>,
    /// The language and text of an open block of code.
    code: Option<(String, String)>,
    image: Option<OpenImage>,
    raw: bool,
    tags: Reader,
    /// Elements of raw HTML that are open.
    html_depth: isize,
    /// Inside the heading that repeats the page's title.
    skipping: bool,
    title: &'a str,
    link_open: Vec<bool>,
    shift: i8,
}

struct OpenHeading {
    level: u8,
    start: usize,
    text: String,
}

struct OpenImage {
    url: String,
    alt: String,
    range: Range<usize>,
}

impl<'a, L: Links> Writer<'a, L> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        if let Some(image) = &mut self.image {
            match event {
                Event::Text(text) | Event::Code(text) => image.alt.push_str(&text),
                Event::End(TagEnd::Image) => self.end_image(),
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(text, range),
            Event::Code(text) => {
                if let Some(heading) = &mut self.heading {
                    heading.text.push_str(&text);
                }
                let id = self.mark_at(&range);
                self.open_mark(id.as_deref());
                self.out.push(Event::Code(text));
                self.close_mark(id.is_some());
            }
            Event::InlineHtml(markup) if is_break(&markup) => self.out.push(Event::HardBreak),
            Event::Html(markup) | Event::InlineHtml(markup) => {
                if self.raw(&markup, &range) {
                    self.tags(&markup, &range);
                }
            }
            Event::TaskListMarker(done) => {
                let sign = if done { "☑" } else { "☐" };
                self.html(format!("<span class=\"task\">{sign}</span> "));
            }
            Event::FootnoteReference(name) => {
                let id = slug(&name);
                self.html(format!(
                    "<sup><a class=\"footnote\" href=\"#fn-{id}\" id=\"fnref-{id}\">{}</a></sup>",
                    escape(&name)
                ));
            }
            event => self.out.push(event),
        }
    }

    /// Remembers that there is HTML to sanitise, and says what of it will go; false where it is nested too deep to
    /// be sanitised in good time.
    fn raw(&mut self, markup: &str, range: &Range<usize>) -> bool {
        self.raw = true;
        let deep = self.html_depth > DEEPEST_HTML;
        self.html_depth = (self.html_depth + depth(markup)).max(0);
        if self.html_depth > DEEPEST_HTML {
            if !deep {
                let finding = Diagnostic::new(&code::TOO_DEEP, self.span(range));
                self.rendered.findings.push(finding);
            }
            return false;
        }
        if let Some(what) = forbidden(markup, &TAGS) {
            let finding = Diagnostic::new(&code::UNSAFE_HTML, self.span(range));
            self.rendered.findings.push(finding.arg("what", what));
        }
        true
    }

    /// Writes raw HTML. Its links and pictures are those of Markdown, written otherwise.
    fn tags(&mut self, markup: &str, range: &Range<usize>) {
        for piece in self.tags.read(markup) {
            match piece {
                Piece::Other(markup) => self.html(markup),
                Piece::Link { url } => {
                    if let Some(href) = self.resolve(&url, range) {
                        self.open_link(&href);
                    }
                }
                Piece::Image { url, alt } => {
                    self.image = Some(OpenImage { url, alt, range: range.clone() });
                    self.end_image();
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                let level = (level as i8 + self.shift).clamp(2, 6) as u8;
                self.heading =
                    Some(OpenHeading { level, start: self.out.len(), text: String::new() });
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::Image { dest_url, .. } => {
                self.image =
                    Some(OpenImage { url: dest_url.to_string(), alt: String::new(), range });
            }
            Tag::Link { link_type, dest_url, .. } => {
                let is_mail = link_type == LinkType::Email;
                let url = if is_mail { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                let href = self.resolve(&url, &range);
                self.link_open.push(href.is_some());
                if let Some(href) = href {
                    self.open_link(&href);
                }
            }
            Tag::Table(_) => {
                self.html("<div class=\"scroll\" tabindex=\"0\">".to_owned());
                self.out.push(Event::Start(tag));
            }
            Tag::FootnoteDefinition(name) => {
                self.html(format!("<div class=\"footnote\" id=\"fn-{}\">", slug(&name)));
            }
            // Its events are raw HTML lines; the tag itself writes nothing.
            Tag::HtmlBlock => {}
            tag => self.out.push(Event::Start(tag)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::Link => {
                if self.link_open.pop() == Some(true) {
                    self.html("</a>".to_owned());
                }
            }
            TagEnd::Table => {
                self.out.push(Event::End(TagEnd::Table));
                self.html("</div>".to_owned());
            }
            TagEnd::FootnoteDefinition => self.html("</div>".to_owned()),
            TagEnd::HtmlBlock => {
                let rest = self.tags.end();
                self.html(rest);
            }
            tag => self.out.push(Event::End(tag)),
        }
    }

    fn open_link(&mut self, href: &str) {
        let external = href.starts_with("http://") || href.starts_with("https://");
        let rel = if external { " rel=\"noopener noreferrer nofollow\"" } else { "" };
        self.html(format!("<a href=\"{}\"{rel}>", escape(href)));
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        // The page shows the title already.
        let first =
            self.rendered.headings.is_empty() && self.rendered.html.is_empty() && !self.skipping;
        let words = |text: &str| -> String {
            text.chars().filter(|letter| letter.is_alphanumeric()).collect()
        };
        if first
            && !self.title.is_empty()
            && words(&heading.text).ends_with(&words(self.title))
            && heading.start == 0
        {
            self.skipping = true;
            self.out.truncate(heading.start);
            for anchor in self.rendered.anchors.values_mut() {
                TITLE.clone_into(anchor);
            }
            return;
        }
        let id = self.unique(&heading.text);
        let content: Vec<Event<'a>> = self.out.drain(heading.start..).collect();
        let level = heading.level;
        self.html(format!("<h{level} id=\"{id}\">"));
        self.out.extend(content);
        self.html(format!("</h{level}>\n"));
        self.rendered.headings.push(Heading { level, id, text: heading.text.trim().to_owned() });
    }

    /// `s-` and the words of the heading; numbered where they stand twice.
    fn unique(&mut self, text: &str) -> String {
        let base = format!("s-{}", slug(text));
        let count = self.ids.entry(base.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { base } else { format!("{base}-{count}") }
    }

    fn end_code(&mut self) {
        let Some((language, text)) = self.code.take() else { return };
        let code = self.highlighter.highlight(&text, &language).unwrap_or_else(|| escape(&text));
        self.html(format!("<pre tabindex=\"0\"><code>{code}</code></pre>\n"));
    }

    fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        if !image.alt.chars().any(char::is_alphanumeric) {
            let finding = Diagnostic::new(&code::NO_ALT, self.span(&image.range));
            self.rendered.findings.push(finding.arg("url", shorten(&image.url)));
        }
        let place = || self.span(&image.range);
        let alt = escape(image.alt.trim());
        if is_remote(&image.url) {
            if self.links.shows_remote() && image.url.starts_with("https://") {
                let url = escape(&image.url);
                self.html(format!("<img src=\"{url}\" alt=\"{alt}\" loading=\"lazy\" referrerpolicy=\"no-referrer\">"));
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
        match self.links.asset(&decode_percent(&image.url)) {
            Some(url) => {
                self.rendered.has_links = true;
                self.html(format!("<img src=\"{}\" alt=\"{alt}\" loading=\"lazy\">", escape(&url)));
            }
            None => {
                let finding =
                    Diagnostic::new(&code::MISSING_IMAGE, place()).arg("path", shorten(&image.url));
                self.rendered.findings.push(finding);
                let name = if alt.is_empty() { escape(&shorten(&image.url)) } else { alt };
                self.html(format!("<span class=\"picture missing\">{name}</span>"));
            }
        }
    }

    fn text(&mut self, text: CowStr<'a>, range: Range<usize>) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(&text);
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(&text);
        }
        if text.len() != range.len() {
            // Written otherwise than it reads: marked as a whole or not at all.
            let id = self.mark_at(&range);
            self.open_mark(id.as_deref());
            self.out.push(Event::Text(text));
            self.close_mark(id.is_some());
            return;
        }
        let mut at = range.start;
        let from = self.marks.partition_point(|(mark, _)| mark.end <= range.start);
        let touched: Vec<(Range<usize>, String)> = self.marks[from..]
            .iter()
            .take_while(|(mark, _)| mark.start < range.end)
            .cloned()
            .collect();
        for (mark, id) in touched {
            let (start, end) = (mark.start.max(range.start), mark.end.min(range.end));
            self.piece(&text, at - range.start..start - range.start);
            let first = mark.start >= range.start || !self.is_used(&id);
            self.open_mark(Some(if first { id.as_str() } else { "" }));
            self.piece(&text, start - range.start..end - range.start);
            self.close_mark(true);
            at = end;
        }
        self.piece(&text, at - range.start..range.len());
    }

    fn piece(&mut self, text: &str, range: Range<usize>) {
        if let Some(piece) = text.get(range).filter(|piece| !piece.is_empty()) {
            self.out.push(Event::Text(CowStr::from(piece.to_owned())));
        }
    }

    fn mark_at(&self, range: &Range<usize>) -> Option<String> {
        let from = self.marks.partition_point(|(mark, _)| mark.end <= range.start);
        let (mark, id) = self.marks.get(from)?;
        (mark.start < range.end).then(|| if self.is_used(id) { String::new() } else { id.clone() })
    }

    fn is_used(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    fn open_mark(&mut self, id: Option<&str>) {
        match id {
            None => {}
            Some("") => self.html("<mark>".to_owned()),
            Some(id) => {
                self.ids.insert(id.to_owned(), 1);
                self.rendered.anchors.insert(id.to_owned(), id.to_owned());
                self.html(format!("<mark id=\"{id}\">"));
            }
        }
    }

    fn close_mark(&mut self, open: bool) {
        if open {
            self.html("</mark>".to_owned());
        }
    }

    fn html(&mut self, markup: String) {
        self.out.push(Event::InlineHtml(CowStr::from(markup)));
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.source.id, self.document.prepared.source(range.clone()))
    }

    /// Where a link leads from the page, or nothing when it must not or cannot lead anywhere.
    fn resolve(&mut self, url: &str, range: &Range<usize>) -> Option<String> {
        let url = url.trim();
        if let Some(anchor) = url.strip_prefix('#') {
            return Some(format!("#s-{}", slug(&decode_percent(anchor))));
        }
        if has_scheme(url) || url.starts_with("//") {
            let safe = safe_url(url);
            if safe.is_none() {
                let finding =
                    Diagnostic::new(&code::UNSAFE_LINK, self.span(range)).arg("url", shorten(url));
                self.rendered.findings.push(finding);
            }
            return safe;
        }
        let path = decode_percent(url.split(['#', '?']).next().unwrap_or_default());
        if let Some(address) = self.links.document(&path).or_else(|| self.links.asset(&path)) {
            self.rendered.has_links = true;
            let anchor = url
                .split_once('#')
                .map(|(_, anchor)| format!("#s-{}", slug(&decode_percent(anchor))));
            return Some(address + &anchor.unwrap_or_default());
        }
        let finding =
            Diagnostic::new(&code::BROKEN_LINK, self.span(range)).arg("path", shorten(url));
        self.rendered.findings.push(finding);
        None
    }

    fn finish(mut self) -> Rendered {
        let mut page = String::with_capacity(self.document.prepared.text.len() * 3 / 2);
        if self.raw {
            html::push_html(&mut page, self.out.into_iter());
            let sanitizer =
                if self.links.shows_remote() { &SANITIZER_SHOWING_REMOTE } else { &SANITIZER };
            page = sanitizer.clean(&page).to_string();
        } else {
            // Paragraphs and items end where the next thing begins: a browser needs no tag for it.
            let needless =
                |event: &Event<'_>| matches!(event, Event::End(TagEnd::Paragraph | TagEnd::Item));
            let events = self.out.into_iter().filter(|event| !needless(event));
            html::push_html(&mut page, events);
        }
        // A cell that heads nothing is no heading.
        self.rendered.html = page.replace("<th></th>", "<td></td>");
        self.rendered
    }
}

/// What raw HTML may hold where pictures from other hosts are not shown, and where they are.
static SANITIZER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| sanitizer(false));
static SANITIZER_SHOWING_REMOTE: LazyLock<ammonia::Builder<'static>> =
    LazyLock::new(|| sanitizer(true));

/// Ids are ours alone: a foreign one could stand in for a part of the page.
fn sanitizer(shows_remote: bool) -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::default();
    builder
        .add_tags(["details", "summary", "mark", "section", "figure", "figcaption"])
        .rm_tags(["map", "area", "center"])
        .add_generic_attributes(["id", "class", "tabindex"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("img", ["loading", "referrerpolicy"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .link_rel(Some("noopener noreferrer nofollow"))
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            (_, "id") => ["s-", "e-", "fn-", "fnref-"]
                .iter()
                .any(|own| value.starts_with(own))
                .then(|| value.into()),
            (_, "class") => {
                let own = |class: &str| {
                    class.starts_with("hl-")
                        || matches!(class, "task" | "footnote" | "scroll" | "picture" | "missing")
                };
                value.split(' ').all(own).then(|| value.into())
            }
            (_, "tabindex") => (value == "0").then(|| value.into()),
            // Of addresses within the site only those of ours are left: a browser may see a tag where `raw` sees none.
            ("img", "src") => (value.starts_with("../")
                || shows_remote && value.starts_with("https://"))
            .then(|| value.into()),
            ("a", "href") => {
                let is_ours = value.starts_with('#') || value.starts_with("../");
                (is_ours || has_scheme(value)).then(|| value.into())
            }
            _ => Some(value.into()),
        });
    builder
}

/// The elements that it lets through.
static TAGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut tags: Vec<&str> = SANITIZER.clone_tags().into_iter().collect();
    tags.sort_unstable();
    tags
});

/// `<br>` in its spellings.
fn is_break(markup: &str) -> bool {
    let name = markup.trim_matches(['<', '>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

fn is_remote(url: &str) -> bool {
    url.starts_with("//") || has_scheme(url)
}

fn has_scheme(url: &str) -> bool {
    let Some((scheme, _)) = url.split_once(':') else { return false };
    !scheme.is_empty()
        && !scheme.contains(['/', '?', '#'])
        && scheme.chars().next().is_some_and(|letter| {
            letter.is_ascii_alphabetic() || letter.is_control() || letter.is_whitespace()
        })
}

/// A link that may be followed: web and mail, nothing that runs or reads.
fn safe_url(url: &str) -> Option<String> {
    let plain: String = url.chars().filter(|letter| !letter.is_control()).collect();
    let lower = plain.trim_start().to_ascii_lowercase();
    let safe =
        ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme));
    safe.then(|| plain.trim().to_owned())
}

/// `%EB%8D%B0` as the letter it stands for; what is not UTF-8 stays as it is.
pub fn decode_percent(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |byte: Option<u8>| byte.and_then(|byte| (byte as char).to_digit(16));
        let mut ahead = rest.clone();
        match (byte, hex(ahead.next()), hex(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn shorten(url: &str) -> String {
    if url.chars().count() <= 80 {
        url.to_owned()
    } else {
        url.chars().take(77).chain("...".chars()).collect()
    }
}

/// Text as HTML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}
