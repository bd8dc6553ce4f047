//! Tasks of Confluence: who is to do one and by when stand somewhere in its words. They become what our reader knows.

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::{Element, HtmlToMarkdownBuilder};

use crate::diag::catalog::Catalog;
use crate::import::html::convert::attribute;

/// Stand around people and days while a page is converted: characters that no text holds.
const PERSON: char = '\u{4}';
const DAY: char = '\u{5}';
/// What tells an item of a list of tasks.
const TASK: &str = "data-inline-task-id";
/// How a person is told, in the pages of a server and of the cloud.
const PEOPLE: [&str; 2] = ["user-mention", "confluence-userlink"];

/// Adds what reads people, days and tasks.
pub(super) fn read(builder: HtmlToMarkdownBuilder, words: &Catalog) -> HtmlToMarkdownBuilder {
    let labels = [(PERSON, "import_assignee"), (DAY, "import_duedate")]
        .map(|(sign, name)| (sign, words.say(name, &[])));
    builder.add_handler(vec!["time"], time).add_handler(vec!["a"], mention).add_handler(
        vec!["li"],
        move |handlers: &dyn Handlers, element: Element<'_>| {
            let is_task = attribute(&element, TASK).is_some();
            let class = attribute(&element, "class").unwrap_or_default();
            let is_done = class.split_whitespace().any(|class| class == "checked");
            let item = handlers.fallback(element)?.content;
            Some(if is_task { task(&item, is_done, &labels).into() } else { item.into() })
        },
    )
}

/// A page without the signs that tell people and days.
pub(super) fn without_signs(text: &str) -> String {
    text.replace([PERSON, DAY], "")
}

/// A day as machines write it is one that everybody can read.
fn time(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    match attribute(&element, "datetime") {
        Some(day) => Some(format!("{DAY}{day}{DAY}").into()),
        None => handlers.fallback(element),
    }
}

/// A person is a name; the address of their page leads nowhere from here.
fn mention(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let class = attribute(&element, "class").unwrap_or_default();
    if !class.split_whitespace().any(|class| PEOPLE.contains(&class)) {
        return handlers.fallback(element);
    }
    let name = handlers.walk_children(element.node).content;
    Some(format!("{PERSON}{}{PERSON}", name.trim().trim_start_matches('@')).into())
}

/// An item with its box, and behind its first line what the first person and the first day in it mean.
fn task(item: &str, is_done: bool, labels: &[(char, String)]) -> String {
    let bare = item.trim_start_matches('\n').trim_start_matches("- ");
    let (own, below) = bare.split_once('\n').unwrap_or((bare, ""));
    let mut words = own.to_owned();
    let mut said = Vec::new();
    for (sign, label) in labels {
        if let Some((rest, value)) = taken(&words, *sign) {
            words = rest;
            said.push(format!("{label}: {value}"));
        }
    }
    let sign = if is_done { "x" } else { " " };
    let mut out = format!("\n- [{sign}] {}", without_signs(words.trim()));
    if !said.is_empty() {
        out += &format!(" ({})", said.join(", "));
    }
    if !below.is_empty() {
        out += "\n";
        out += below;
    }
    out
}

/// What first stands between signs, and the text without it. Inside a sentence it stays there, too.
fn taken(text: &str, sign: char) -> Option<(String, String)> {
    let (before, rest) = text.split_once(sign)?;
    let (value, after) = rest.split_once(sign)?;
    let is_bare = |text: &str| !text.contains(char::is_alphanumeric);
    // Before it stands what belongs to the other sign, or nothing; or nothing of the sentence follows.
    let others = |text: &str| text.split([PERSON, DAY]).step_by(2).all(is_bare);
    let text = if others(before) || others(after) {
        let joined = |part: &str| part.trim_matches([' ', ',', ':', '-', '–', '—']).to_owned();
        let parts = [joined(before), joined(after)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    } else {
        format!("{before}{value}{after}")
    };
    (!value.trim().is_empty()).then(|| (text, value.trim().to_owned()))
}
