//! Findings as JSON values: the shape of `diagnostics` in an extracted record.

use serde::Serialize;

use crate::base::source::SourceMap;
use crate::diag::Diagnostic;
use crate::diag::catalog::Catalog;

/// One finding, resolved to lines.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Such as `PM101`.
    pub code: &'static str,
    /// Such as `conflict-markers`.
    pub name: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The document.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What was found.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// Resolves a finding. A finding in an unknown file stands at line 1 of nothing.
pub fn resolve(finding: &Diagnostic, sources: &SourceMap<'_>, words: &Catalog) -> Finding {
    let source = sources.get(finding.span.file);
    let at = source.map(|source| source.position(finding.span.start));
    Finding {
        code: finding.code.id,
        name: finding.code.name,
        severity: finding.severity.as_str(),
        path: source.map_or_else(String::new, |source| source.path.to_string()),
        line: at.map_or(1, |at| at.line),
        column: at.map_or(1, |at| at.column),
        message: words.message(finding),
        help: words.help(finding),
    }
}
