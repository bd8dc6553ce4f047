//! Pages as HTML: exports of Google Docs and of Confluence. The conversion to Markdown is a library's; here is what
//! these tools write that is not in HTML's own words.

use std::collections::BTreeMap;

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};
use percent_encoding::percent_decode_str;

use crate::base::path::{RelPath, slug};
use crate::diag::Diagnostic;
use crate::import::bundle::Bundle;
use crate::import::document::{Document, line};
use crate::import::{Imported, Names, link, lost};

/// What an element says of itself, for those that Markdown has no word for.
const EMBEDDED: [&str; 6] = ["iframe", "object", "embed", "video", "audio", "canvas"];
/// What belongs to the page and not to the document.
const FURNITURE: [&str; 7] = ["script", "style", "title", "noscript", "nav", "link", "meta"];
/// Parts of a page that Confluence writes around a document.
const AROUND: [&str; 3] = ["breadcrumb-section", "footer", "likes-and-labels-container"];

/// Stands around what a page says of itself while it is converted: a character that no text holds.
const METADATA: &str = "\u{1}";
/// Its place in the table, by Confluence's own name for it.
const METADATA_LABEL: &str = "author";

/// The pages of an export.
pub(super) fn import(bundle: &Bundle, findings: &mut Vec<Diagnostic>) -> Vec<Imported> {
    let mut given = Names::default();
    let mut names: BTreeMap<RelPath, RelPath> = BTreeMap::new();
    let mut pages = BTreeMap::new();
    for (path, bytes) in &bundle.files {
        let is_page = ["html", "htm"].contains(&path.extension().as_str());
        if !is_page {
            continue;
        }
        let html = String::from_utf8_lossy(bytes);
        let document = page(path, &html, findings);
        // The list of pages that Confluence puts beside them.
        if path.file_name() == "index.html" && bundle.files.len() > 1 && is_space(&html) {
            continue;
        }
        let title = if document.title.is_empty() { path.stem() } else { &document.title };
        names.insert(path.clone(), given.name("", title, "md"));
        pages.insert(path.clone(), document);
    }
    let shown: Vec<RelPath> = pages.iter().flat_map(|(path, page)| targets(path, page)).collect();
    for path in bundle.files.keys().filter(|path| !pages.contains_key(*path)) {
        if shown.contains(path) {
            let folder = path.parent().split('/').map(slug).collect::<Vec<_>>().join("/");
            names.insert(path.clone(), given.name(&folder, path.stem(), &path.extension()));
        } else if !["html", "htm", "css", "js"].contains(&path.extension().as_str()) {
            findings.push(lost(format!("`{path}`")));
        }
    }
    let mut files = Vec::new();
    for (path, name) in &names {
        let bytes = match pages.get(path) {
            Some(page) => {
                let moved = |target: &str| moved(path, target, name, &names);
                link::rewrite(&page.markdown(), moved).into_bytes()
            }
            None => bundle.files.get(path).cloned().unwrap_or_default(),
        };
        files.push(Imported { path: name.clone(), bytes });
    }
    files
}

/// Where a link leads now: to the file under its new name, or past the host that counts clicks.
fn moved(
    path: &RelPath,
    target: &str,
    name: &RelPath,
    names: &BTreeMap<RelPath, RelPath>,
) -> Option<String> {
    if let Some(rest) = target.strip_prefix("https://www.google.com/url?q=") {
        let real = rest.split('&').next().unwrap_or(rest);
        return Some(percent_decode_str(real).decode_utf8_lossy().into_owned());
    }
    let (file, fragment) = link::file(path, target)?;
    Some(format!("{}{fragment}", link::relative(name, names.get(&file)?)))
}

/// The files that a page leads to.
fn targets(path: &RelPath, page: &Document) -> Vec<RelPath> {
    let mut targets = Vec::new();
    link::rewrite(&page.body, |target| {
        targets.extend(link::file(path, target).map(|(file, _)| file));
        None
    });
    targets
}

fn is_space(html: &str) -> bool {
    html.contains("id=\"main-content\"") || html.contains("class=\"pageSection\"")
}

/// A page as a document.
fn page(path: &RelPath, html: &str, findings: &mut Vec<Diagnostic>) -> Document {
    for name in EMBEDDED {
        let count = html.matches(&format!("<{name}")).count();
        if count > 0 {
            findings.push(lost(format!("{count} × `<{name}>` (`{path}`)")));
        }
    }
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let converter = HtmlToMarkdown::builder()
        .options(options)
        .skip_tags(FURNITURE.to_vec())
        .add_handler(vec!["p"], paragraph)
        .add_handler(vec!["div", "section"], part)
        .add_handler(vec!["time"], time)
        .add_handler(vec!["pre"], code)
        .build();
    let body = converter.convert(&tables(&tasks(html))).unwrap_or_default();
    // The converter escapes brackets, which are no links here, and writes titles that are empty.
    let body = body.replace("\\[x\\] ", "[x] ").replace("\\[ \\] ", "[ ] ").replace(" \"\")", ")");
    let mut document = Document { body, ..Document::default() };
    take_title(&mut document, html);
    take_metadata(&mut document);
    document
}

/// Items of a list of tasks, marked as Markdown marks them.
fn tasks(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<li ") {
        let (before, from) = rest.split_at(at);
        let Some(end) = from.find('>') else { break };
        let (tag, after) = from.split_at(end + 1);
        out.push_str(before);
        out.push_str(tag);
        if tag.contains("data-inline-task-id") {
            out.push_str(if tag.contains("checked") { "[x] " } else { "[ ] " });
        }
        rest = after;
    }
    out + rest
}

/// Tables whose first row is one like the others: Markdown has none without headings, so it becomes them.
fn tables(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut parts = html.split("<table");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str("<table");
        let table = part.split("</table>").next().unwrap_or(part);
        match part.split_once("</tr>").filter(|_| !table.contains("<th")) {
            Some((first, rest)) => {
                out.push_str(&first.replace("<td", "<th").replace("</td", "</th"));
                out.push_str("</tr>");
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out
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

/// Who wrote the page and when goes into the table: no day in it is the incident's.
fn take_metadata(document: &mut Document) {
    let Some((before, rest)) = document.body.split_once(METADATA) else { return };
    let (said, after) = rest.split_once(METADATA).unwrap_or((rest, ""));
    let (said, body) = (line(said), format!("{before}{after}"));
    document.row(METADATA_LABEL, said);
    document.body = body;
}

fn attribute<'a>(element: &'a Element<'_>, name: &str) -> Option<&'a str> {
    let found = element.attrs.iter().find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| &*attribute.value)
}

/// Google Docs writes the title of a document as a paragraph of that class.
fn paragraph(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let class = attribute(&element, "class").unwrap_or_default();
    if class.split_whitespace().any(|class| class == "title") {
        let text = handlers.walk_children(element.node).content;
        return Some(format!("\n\n# {}\n\n", line(&text)).into());
    }
    handlers.fallback(element)
}

/// Confluence writes a way home, a footer and more around the document.
fn part(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let id = attribute(&element, "id").unwrap_or_default();
    if AROUND.contains(&id) {
        return None;
    }
    if attribute(&element, "class") == Some("page-metadata") {
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

/// A day as machines write it is one that everybody can read.
fn time(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    match attribute(&element, "datetime") {
        Some(day) => Some(day.to_owned().into()),
        None => handlers.fallback(element),
    }
}
