//! What Google Docs writes in its own way: emphasis in styles, lists below lists beside them, notes as links.

use std::collections::BTreeMap;

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::{Element, HtmlToMarkdownBuilder};

use crate::import::document::line;
use crate::import::html::convert::attribute;

/// Words of a style sheet, and what stands for them in Markdown.
const EMPHASIS: [(&str, &str); 3] =
    [("font-weight:700", "**"), ("font-style:italic", "*"), ("line-through", "~~")];
/// What begins the address of a note: a footnote, a comment.
const NOTES: [&str; 2] = ["#ftnt", "#cmnt"];
/// Deeper lists are cut: no person writes them.
const DEEPEST: usize = 9;

/// Adds what reads a page of Google Docs.
pub(super) fn read(builder: HtmlToMarkdownBuilder, html: &str) -> HtmlToMarkdownBuilder {
    let classes = classes(html);
    builder
        .add_handler(vec!["p"], paragraph)
        .add_handler(vec!["h1", "h2", "h3", "h4", "h5", "h6"], heading)
        .add_handler(vec!["ul", "ol"], list)
        .add_handler(vec!["a"], note)
        .add_handler(vec!["span"], move |handlers: &dyn Handlers, element: Element<'_>| {
            let marks: String =
                names(&element).filter_map(|name| classes.get(name)).cloned().collect();
            if marks.is_empty() {
                return handlers.fallback(element);
            }
            Some(emphasised(&handlers.walk_children(element.node).content, &marks).into())
        })
}

/// The classes that mean emphasis, with its signs.
fn classes(html: &str) -> BTreeMap<String, String> {
    let styles = html.split("<style").skip(1).filter_map(|rest| rest.split("</style>").next());
    let rules = styles.flat_map(|style| style.split('}')).filter_map(|rule| rule.rsplit_once('{'));
    let mut classes = BTreeMap::new();
    for (selector, declarations) in rules {
        let marks: String = EMPHASIS
            .iter()
            .filter(|(words, _)| declarations.contains(words))
            .map(|(_, sign)| *sign)
            .collect();
        let name =
            selector.rsplit([';', '>', ' ', '\n']).next().and_then(|name| name.strip_prefix('.'));
        if let Some(name) = name.filter(|_| !marks.is_empty()) {
            classes.insert(name.to_owned(), marks);
        }
    }
    classes
}

fn names<'a>(element: &'a Element<'_>) -> impl Iterator<Item = &'a str> {
    attribute(element, "class").unwrap_or_default().split_whitespace()
}

/// A text between signs. Signs next to spaces or punctuation would be none, so these stay outside.
fn emphasised(text: &str, marks: &str) -> String {
    let inner = text.trim_matches(|sign: char| sign.is_whitespace() || !sign.is_alphanumeric());
    let Some((before, after)) = text.split_once(inner).filter(|_| !inner.is_empty()) else {
        return text.to_owned();
    };
    let closing: String = marks.chars().rev().collect();
    format!("{before}{marks}{inner}{closing}{after}")
}

/// The title of a document is a paragraph of that class.
fn paragraph(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    if names(&element).any(|name| name == "title") {
        let text = handlers.walk_children(element.node).content;
        return Some(format!("\n\n# {}\n\n", line(&text.replace("**", ""))).into());
    }
    handlers.fallback(element)
}

/// Headings need no emphasis.
fn heading(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let level = element.tag.bytes().next_back().map_or(2, |digit| usize::from(digit - b'0'));
    let text = line(&handlers.walk_children(element.node).content.replace("**", ""));
    let text = if text.is_empty() { text } else { format!("{} {text}", "#".repeat(level)) };
    Some(format!("\n\n{text}\n\n").into())
}

/// A list below an item stands beside its list, and its class says how deep.
fn list(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let depth = names(&element)
        .filter(|name| name.starts_with("lst-"))
        .find_map(|name| name.rsplit_once('-')?.1.parse::<usize>().ok());
    let indent = "    ".repeat(depth.unwrap_or(0).min(DEEPEST));
    let list = handlers.fallback(element)?.content;
    let lines = list.trim_matches('\n').lines().map(|line| format!("{indent}{line}\n"));
    Some(format!("\n\n{}\n", lines.collect::<String>()).into())
}

/// A sign of a footnote, or the beginning of its text; comments are written in the same way.
fn note(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let target = attribute(&element, "href").unwrap_or_default();
    let kind = NOTES.iter().find(|kind| target.starts_with(**kind));
    let Some(kind) = kind else { return handlers.fallback(element) };
    let name = target.strip_prefix(kind).unwrap_or_default();
    let letter = kind.trim_start_matches('#').get(..1).unwrap_or_default();
    let name = format!("[^{letter}{}]", name.trim_start_matches("_ref"));
    // At the foot of the page, the link leads back to the sign.
    Some(if target.contains("_ref") { format!("{name}: ") } else { name }.into())
}
