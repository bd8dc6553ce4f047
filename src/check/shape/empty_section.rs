//! A heading with nothing below it.

use crate::base::span::Span;
use crate::check::Subject;
use crate::diag::{Diagnostic, code};
use crate::parse::document::{Block, BlockKind};

/// Looks for it. Pictures and code are something, comments are not; so is a heading with headings below it.
pub(in crate::check) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let scope = subject.scope;
    let document = scope.document;
    let title = scope.title_line.map(|line| scope.lines[line as usize].block);
    for (index, section) in document.sections.iter().enumerate() {
        let Some(number) = section.heading else { continue };
        let Some(heading) = document.blocks.get(number as usize) else { continue };
        let next = document.sections.get(index + 1);
        let is_marked = matches!(heading.kind, BlockKind::Heading { guessed: false, .. });
        let text = scope.text(heading.text.clone()).trim();
        // `# Date: 7 March` and a sentence say what they have to say themselves.
        let is_name = text.len() <= LONGEST_NAME
            && text.split_once([':', '：']).is_none_or(|(_, value)| value.trim().is_empty());
        let has_parts = next.is_some_and(|next| next.level > section.level);
        if !is_marked || !is_name || has_parts || section.blocks.len() > 1 || title == Some(number)
        {
            continue;
        }
        let end = next
            .and_then(|next| document.blocks.get(next.heading? as usize))
            .map_or(scope.source.text.len(), |next: &Block| next.source.start as usize);
        let below = scope.source.text.get(heading.source.end as usize..end).unwrap_or_default();
        if !has_content(below) {
            let span = Span::new(scope.source.id, heading.source.clone());
            findings.push(Diagnostic::new(&code::EMPTY_SECTION, span).arg("heading", text));
        }
    }
}

/// A longer heading is a sentence.
const LONGEST_NAME: usize = 90;

/// Whether anything but comments and rules stands in a text.
fn has_content(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        if before.chars().any(char::is_alphanumeric) {
            return true;
        }
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    rest.chars().any(char::is_alphanumeric)
}
