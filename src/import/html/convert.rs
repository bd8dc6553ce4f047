//! A page of HTML as a document. The conversion to Markdown is a library's; here is what these tools write that is
//! not in HTML's own words.

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};

use crate::base::path::RelPath;
use crate::diag::Diagnostic;
use crate::diag::catalog::Catalog;
use crate::import::document::{Document, line};
use crate::import::html::{google, table, task};
use crate::import::lost;

/// Elements that Markdown has no word for.
const EMBEDDED: [&str; 6] = ["iframe", "object", "embed", "video", "audio", "canvas"];
/// What belongs to the page and not to the document.
const FURNITURE: [&str; 7] = ["script", "style", "title", "noscript", "nav", "link", "meta"];
/// Parts of a page that Confluence writes around a document.
const AROUND: [&str; 3] = ["breadcrumb-section", "footer", "likes-and-labels-container"];
/// Where Confluence puts the drawings of its own pages.
pub(super) const ICONS: &str = "images/icons/";

/// Stands around what a page says of itself while it is converted: a character that no text holds.
const METADATA: &str = "\u{1}";
/// Its place in front matter, where no day in it can be taken for one of the incident.
const METADATA_KEY: &str = "author";

/// Whether a page is one of Confluence.
pub(super) fn is_space(html: &str) -> bool {
    html.contains("id=\"main-content\"") || html.contains("class=\"pageSection\"")
}

/// A page as a document.
pub(super) fn page(
    path: &RelPath,
    html: &str,
    words: &Catalog,
    findings: &mut Vec<Diagnostic>,
) -> Document {
    for name in EMBEDDED {
        let count = html.matches(&format!("<{name}")).count();
        if count > 0 {
            findings.push(lost(format!("{count} × `<{name}>` (`{path}`)")));
        }
    }
    // The characters that stand for places while a page is converted are taken out of it.
    let html: String =
        html.chars().filter(|sign| !sign.is_control() || sign.is_whitespace()).collect();
    let body = converter(&html, words).convert(&html).unwrap_or_default();
    // The converter writes titles that are empty.
    let body = task::without_signs(&body).replace(" \"\")", ")");
    let mut document = Document { body, ..Document::default() };
    take_title(&mut document, &html);
    take_metadata(&mut document);
    document
}

fn converter(html: &str, words: &Catalog) -> HtmlToMarkdown {
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let builder = HtmlToMarkdown::builder()
        .options(options)
        .skip_tags(FURNITURE.to_vec())
        .add_handler(vec!["div", "section"], part)
        .add_handler(vec!["pre"], code)
        .add_handler(vec!["img"], picture)
        .add_handler(vec!["table"], table::table)
        .add_handler(vec!["thead", "tbody", "tfoot"], table::rows)
        .add_handler(vec!["tr"], table::row)
        .add_handler(vec!["td", "th"], table::cell);
    if is_space(html) {
        task::read(builder.add_handler(vec!["p"], heading_of_box), words).build()
    } else {
        google::read(builder, html).build()
    }
}

/// The title stands above everything: a heading, or what the page calls itself.
fn take_title(document: &mut Document, html: &str) {
    let body = document.body.trim_start();
    if let Some(rest) = body.strip_prefix("# ") {
        let (title, rest) = rest.split_once('\n').unwrap_or((rest, ""));
        document.title = line(title);
        document.body = rest.to_owned();
        // Confluence writes the name of the space before the title.
        if let Some((_, title)) = document.title.split_once(" : ").filter(|_| is_space(html)) {
            document.title = title.to_owned();
        }
        return;
    }
    let title = html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    if let Some((title, _)) = title {
        let plain = htmd::convert(title).unwrap_or_else(|_| title.to_owned());
        document.title = line(&plain);
    }
}

/// Who wrote the page and when goes into front matter: no day in it is the incident's.
fn take_metadata(document: &mut Document) {
    let Some((before, rest)) = document.body.split_once(METADATA) else { return };
    let (said, after) = rest.split_once(METADATA).unwrap_or((rest, ""));
    let (said, body) = (line(said), format!("{before}{after}"));
    document.give(METADATA_KEY, said);
    document.body = body;
}

pub(super) fn attribute<'a>(element: &'a Element<'_>, name: &str) -> Option<&'a str> {
    let found = element.attrs.iter().find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| &*attribute.value)
}

/// Confluence writes a way home, a footer and more around the document.
fn part(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let id = attribute(&element, "id").unwrap_or_default();
    if AROUND.contains(&id) {
        return None;
    }
    let class = attribute(&element, "class").unwrap_or_default();
    // The list of its headings, which every page of a site has of its own.
    if class.split_whitespace().any(|class| class == "toc-macro") {
        return None;
    }
    if class == "page-metadata" {
        let text = handlers.walk_children(element.node).content;
        return Some(format!("{METADATA}{text}{METADATA}").into());
    }
    handlers.fallback(element)
}

/// Code that is not marked as such inside its block.
fn code(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let language = attribute(&element, "data-syntaxhighlighter-params")?
        .split(';')
        .find_map(|part| part.trim().strip_prefix("brush: "))
        .unwrap_or_default();
    let text = handlers.walk_children(element.node).content;
    Some(format!("\n\n```{language}\n{}\n```\n\n", text.trim_end()).into())
}

/// The drawings of Confluence's own pages are left out; its signs are said by their names.
fn picture(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let class = attribute(&element, "class").unwrap_or_default();
    if class.split_whitespace().any(|class| class == "emoticon") {
        let sign = attribute(&element, "data-emoji-fallback");
        return sign.or_else(|| attribute(&element, "alt")).map(|sign| sign.to_owned().into());
    }
    if attribute(&element, "src").is_some_and(|place| place.contains(ICONS)) {
        return None;
    }
    handlers.fallback(element)
}

/// The first line of a box, which is a note or a warning.
fn heading_of_box(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    if attribute(&element, "class") == Some("title") {
        let text = handlers.walk_children(element.node).content;
        return Some(format!("\n\n**{}**\n\n", line(&text)).into());
    }
    handlers.fallback(element)
}
