//! Findings for a terminal, in the manner of rustc: the excerpt, and a caret that stands right under
//! wide characters too.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::base::hidden::printable;
use crate::base::source::{LineIndex, Source, SourceMap};
use crate::base::span::Span;
use crate::diag::catalog::Catalog;
use crate::diag::{Diagnostic, Severity};

/// How findings are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// With terminal colours.
    pub color: bool,
    /// One line a finding, without the excerpt.
    pub concise: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// The longest excerpt line in bytes; what stands behind the place is cut.
const LONGEST_LINE: usize = 400;
/// A place further into its line, in bytes, has what stands before it cut, too: a log pasted on one line. What is nearer is
/// left to the renderer, which knows what fits the terminal and where the line began.
const FURTHEST: usize = 1 << 16;

/// One finding as text, with a line end.
pub fn render(
    finding: &Diagnostic,
    sources: &SourceMap<'_>,
    words: &Catalog,
    style: Style,
) -> String {
    let message = words.message(finding);
    let Some(source) = sources.get(finding.span.file) else {
        let help = words.help(finding).map(|help| format!("  = help: {help}\n"));
        let level = finding.severity.as_str();
        return format!("{level}[{}]: {message}\n{}", finding.code.id, help.unwrap_or_default());
    };
    if style.concise {
        let at = source.position(finding.span.start);
        let level = finding.severity.as_str();
        let (line, column) = (at.line, at.column);
        return format!(
            "{}:{line}:{column}: {level}[{}]: {message}\n",
            printable(source.path.as_str()),
            finding.code.id
        );
    }
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(&message).id(finding.code.id));
    let excerpt = Excerpt::new(source, finding.span);
    let also = finding.also.map(|span| (span, words.also(finding).unwrap_or_default()));
    let path = printable(source.path.as_str());
    let path = path.as_ref();
    if let Some(column) = excerpt.column {
        group = group.element(Origin::path(path).line(excerpt.line).char_column(column));
    }
    let mut snippet = Snippet::source(excerpt.text.as_str())
        .line_start(excerpt.line)
        .path(excerpt.column.is_none().then_some(path))
        .annotation(AnnotationKind::Primary.span(excerpt.mark.clone()));
    let second = also.as_ref().filter(|(span, _)| span.file == source.id);
    let second = second.and_then(|(span, label)| Some((excerpt.place(*span)?, label)));
    if let Some((range, label)) = second.clone() {
        snippet = snippet.annotation(AnnotationKind::Context.span(range).label(label.as_str()));
    }
    group = group.element(snippet);
    let other = also.as_ref().filter(|_| second.is_none()).and_then(|(span, label)| {
        let source = sources.get(span.file)?;
        Some((Excerpt::new(source, *span), printable(source.path.as_str()), label))
    });
    if let Some((excerpt, path, label)) = &other {
        let place = AnnotationKind::Context.span(excerpt.mark.clone()).label(label.as_str());
        let snippet = Snippet::source(excerpt.text.as_str()).line_start(excerpt.line);
        group = group.element(snippet.path(path.as_ref()).annotation(place));
    }
    let help = words.help(finding);
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let report = [group];
    format!("{}\n", renderer.decor_style(DecorStyle::Ascii).term_width(style.width).render(&report))
}

/// The line or lines around a place, cut to a width that a terminal can show.
struct Excerpt {
    text: String,
    line: usize,
    /// Where the place stands in the line, if not all that is before it is shown.
    column: Option<usize>,
    /// The place within `text`.
    mark: std::ops::Range<usize>,
    /// The bytes of the source that `text` shows.
    shown: std::ops::Range<usize>,
}

impl Excerpt {
    fn new(source: &Source, span: Span) -> Self {
        let lines = LineIndex::new(&source.text);
        let line = lines.line(span.start);
        let whole = lines.range(&source.text, line);
        let start = span.range().start.min(whole.end);
        let mut shown = whole.clone();
        if shown.len() > LONGEST_LINE {
            let before = if start - whole.start > FURTHEST { LONGEST_LINE / 4 } else { FURTHEST };
            shown = floor(&source.text, start.saturating_sub(before).max(whole.start))
                ..floor(&source.text, (start + LONGEST_LINE / 2).min(whole.end));
        }
        let end = span.range().end.clamp(start, shown.end);
        let text = source.text.get(shown.clone()).unwrap_or_default().to_owned();
        let mark = start - shown.start..end - shown.start;
        let column = (shown.start > whole.start)
            .then(|| lines.position(&source.text, span.start).column as usize);
        Self { mark, text, line: line as usize, column, shown }
    }

    /// Where another place of the same source stands in this excerpt, if it does.
    fn place(&self, span: Span) -> Option<std::ops::Range<usize>> {
        let range = span.range();
        (self.shown.start <= range.start && range.end <= self.shown.end)
            .then(|| range.start - self.shown.start..range.end - self.shown.start)
    }
}

/// The character boundary at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
