//! The text of a document as HTML: headings with stable ids, evidence marked, code coloured, links led to
//! pages, raw HTML sanitised. Made from the events of the one Markdown parser by its own writer.

mod address;
mod anchor;
mod mark;
mod link;
mod note;
mod picture;
mod sanitize;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd, html};
use serde::{Deserialize, Serialize};

use crate::base::escape::escape;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::base::unique::Names;
use crate::diag::{Diagnostic, code};
use crate::parse::document::{Block, BlockKind};
use crate::parse::markdown::{self, events};
use crate::parse::prepare::Prepared;
use crate::parse::text::TextView;
use crate::render::body::anchor::Places;
use crate::render::body::note::Notes;
use crate::render::body::picture::OpenImage;
use crate::render::forbidden::{depth, forbidden};
use crate::render::highlight::Highlighter;
use crate::render::raw::{Piece, Reader};

pub use crate::render::body::link::file_of;

/// A body and what was found while making it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Rendered {
    /// Clean HTML.
    pub html: String,
    /// Links and pictures that lead nowhere, HTML that was taken out.
    pub findings: Vec<Diagnostic>,
    /// Where each mark ended up: its own id, or that of the page's title.
    pub anchors: BTreeMap<String, String>,
    /// What is visible of the document.
    #[serde(skip)]
    pub text: TextView,
    /// It leads to other pages or files of the site, so it belongs to the page that it was made for.
    pub has_links: bool,
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

/// The body of a document, and what is visible of it: one pass makes both.
pub fn render(
    source: &Source,
    prepared: &Prepared,
    marks: &[Mark],
    title: &str,
    links: &impl Links,
    highlighter: &Highlighter,
) -> Rendered {
    let mut writer = Writer {
        source,
        prepared,
        links,
        highlighter,
        marks: mark::places(prepared, marks),
        ids: Names::default(),
        notes: Notes::default(),
        places: Places::default(),
        held: None,
        in_raw_link: false,
        out: Vec::new(),
        rendered: Rendered::default(),
        heading: None,
        headings: Vec::new(),
        code: None,
        image: None,
        raw: false,
        tags: Reader::default(),
        html_depth: 0,
        skipping: false,
        title,
        link_open: Vec::new(),
    };
    let mut reader = markdown::Reader::new(prepared);
    for (event, range) in events(&prepared.text) {
        reader.event(&event, range.clone());
        writer.event(event, range);
    }
    let (text, blocks) = reader.finish();
    Rendered { text, ..writer.finish(shift(&blocks)) }
}

/// Headings move down so that the first level below the page's title is 2.
fn shift(blocks: &[Block]) -> i8 {
    let levels = blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Heading { level, .. } => Some(level),
        _ => None,
    });
    2 - levels.min().unwrap_or(1) as i8
}

struct Writer<'a, L> {
    source: &'a Source,
    prepared: &'a Prepared,
    links: &'a L,
    highlighter: &'a Highlighter,
    marks: Vec<(Range<usize>, String)>,
    ids: Names,
    notes: Notes,
    places: Places,
    /// Text that the next event may go on with.
    held: Option<(String, Range<usize>)>,
    /// Between the tags of a link that is raw HTML.
    in_raw_link: bool,
    out: Vec<Event<'a>>,
    rendered: Rendered,
    heading: Option<OpenHeading>,
    headings: Vec<Heading>,
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
}

struct OpenHeading {
    level: i8,
    start: usize,
    text: String,
    /// What its author calls it.
    name: Option<String>,
}

/// A heading whose tags are written at the end, when the levels of all are known.
struct Heading {
    level: i8,
    id: String,
    start: usize,
    end: usize,
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
        let Some(event) = self.hold(event, &range) else { return };
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
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
            Event::FootnoteReference(name) => self.refer(&name),
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
        if let Some(what) = forbidden(markup, &sanitize::TAGS) {
            let finding = Diagnostic::new(&code::UNSAFE_HTML, self.span(range));
            self.rendered.findings.push(finding.arg("what", what));
        }
        true
    }

    /// Writes raw HTML. Its links and pictures are those of Markdown, written otherwise.
    fn tags(&mut self, markup: &str, range: &Range<usize>) {
        for piece in self.tags.read(markup) {
            match piece {
                Piece::Other(markup) => {
                    self.in_raw_link &= !markup.to_ascii_lowercase().contains("</a");
                    self.html(markup);
                }
                Piece::Anchor { name } => {
                    let id = self.place(&name);
                    self.html(format!("<a id=\"{id}\">"));
                }
                Piece::Link { url } => {
                    self.in_raw_link = true;
                    if let Some(href) = self.resolve(&url, range) {
                        self.open_link(&href);
                    }
                }
                Piece::Image { url, alt, size } => {
                    self.image = Some(OpenImage { url, alt, size, range: range.clone() });
                    self.end_image();
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.heading = Some(OpenHeading {
                    level: level as i8,
                    start: self.out.len(),
                    text: String::new(),
                    name: id.map(|name| name.to_string()),
                });
                self.html(String::new());
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::Image { dest_url, .. } => {
                self.image = Some(OpenImage {
                    url: dest_url.to_string(),
                    alt: String::new(),
                    size: [None; 2],
                    range,
                });
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
            Tag::FootnoteDefinition(name) => self.open_note(&name),
            Tag::BlockQuote(Some(_)) => self.open_alert(&range),
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
            TagEnd::FootnoteDefinition => self.close_note(),
            TagEnd::HtmlBlock => {
                let rest = self.tags.end();
                self.html(rest);
            }
            tag => self.out.push(Event::End(tag)),
        }
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        // The page shows the title already.
        let first = self.headings.is_empty() && !self.skipping;
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
            self.place_title(heading.name.as_ref().unwrap_or(&heading.text), heading.start);
            for anchor in self.rendered.anchors.values_mut() {
                TITLE.clone_into(anchor);
            }
            return;
        }
        let id = self.place(heading.name.as_ref().unwrap_or(&heading.text));
        let OpenHeading { level, start, .. } = heading;
        self.headings.push(Heading { level, id, start, end: self.out.len() });
        self.html(String::new());
    }

    /// Keeps text until it is known whether the next event goes on with it: an address with `_` in it comes in pieces.
    /// Any other event is handed back.
    fn hold(&mut self, event: Event<'a>, range: &Range<usize>) -> Option<Event<'a>> {
        let Event::Text(text) = event else {
            self.let_go(false);
            return Some(event);
        };
        let is_exact = text.len() == range.len();
        if let Some((held, place)) = &mut self.held
            && is_exact
            && held.len() == place.len()
            && place.end == range.start
        {
            held.push_str(&text);
            place.end = range.end;
            return None;
        }
        // A sign that is written otherwise, as `&amp;`, may be a part of an address that stands before it.
        let goes_on = self.held.as_ref().is_some_and(|(_, place)| place.end + 1 >= range.start);
        self.let_go(goes_on);
        self.held = Some((text.to_string(), range.clone()));
        None
    }

    fn let_go(&mut self, goes_on: bool) {
        if let Some((text, range)) = self.held.take() {
            self.text(&text, range, goes_on);
        }
    }

    /// A quote that is set off as a note or a warning, by the word that its author chose.
    fn open_alert(&mut self, range: &Range<usize>) {
        let quote = self.prepared.text.get(range.clone()).unwrap_or_default();
        let named = quote.split_once("[!").and_then(|(_, rest)| rest.split_once(']'));
        let kind = escape(named.map_or("", |(kind, _)| kind));
        self.html(format!("<blockquote class=\"alert\"><p><b>{kind}</b></p>"));
    }

    fn end_code(&mut self) {
        let Some((language, text)) = self.code.take() else { return };
        let code = self.highlighter.highlight(&text, &language).unwrap_or_else(|| escape(&text));
        self.html(format!("<pre tabindex=\"0\"><code>{code}</code></pre>\n"));
    }

    fn html(&mut self, markup: String) {
        self.out.push(Event::InlineHtml(CowStr::from(markup)));
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.source.id, self.prepared.source(range.clone()))
    }

    /// The whole; headings move by so many levels.
    fn finish(mut self, shift: i8) -> Rendered {
        self.let_go(false);
        self.lead_links();
        self.number_notes();
        for Heading { level, id, start, end } in std::mem::take(&mut self.headings) {
            let level = (level + shift).clamp(2, 6);
            let tag = |markup: String| Event::InlineHtml(CowStr::from(markup));
            self.out[start] = tag(format!("<h{level} id=\"{id}\">"));
            self.out[end] = tag(format!("</h{level}>\n"));
        }
        let mut page = String::with_capacity(self.prepared.text.len() * 3 / 2);
        if self.raw {
            html::push_html(&mut page, self.out.into_iter());
            page = aligned(page);
            page = sanitize::clean(&page, self.links.shows_remote());
        } else {
            // Paragraphs and items end where the next thing begins: a browser needs no tag for it.
            let needless =
                |event: &Event<'_>| matches!(event, Event::End(TagEnd::Paragraph | TagEnd::Item));
            let events = self.out.into_iter().filter(|event| !needless(event));
            html::push_html(&mut page, events);
            page = aligned(page);
        }
        // A cell that heads nothing is no heading.
        self.rendered.html = page.replace("<th></th>", "<td></td>");
        self.rendered
    }
}

/// How columns are aligned, as a class: pages carry no style in their markup. A `<` that somebody wrote is escaped by now.
fn aligned(mut page: String) -> String {
    if !page.contains(" style=\"text-align: ") {
        return page;
    }
    for cell in ["th", "td"] {
        for (side, class) in
            [("left", ""), ("center", " class=\"to-center\""), ("right", " class=\"to-right\"")]
        {
            let styled = format!("<{cell} style=\"text-align: {side}\"");
            page = page.replace(&styled, &format!("<{cell}{class}"));
        }
    }
    page
}

/// `<br>` in its spellings.
fn is_break(markup: &str) -> bool {
    let name = markup.trim_matches(['<', '>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}
