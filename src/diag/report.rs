//! Findings for other programs: resolved to lines, with a fingerprint that stays while the words stay.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::hash::Hash;
use crate::base::hidden::is_hidden;
use crate::base::source::{LineIndex, Position, Source, SourceMap};
use crate::base::span::FileId;
use crate::diag::Diagnostic;
use crate::diag::catalog::Catalog;
use crate::diag::code::Code;

/// One finding, resolved.
#[derive(Clone, Debug, Serialize)]
pub struct Located {
    /// Such as `PM101`.
    pub code: &'static str,
    /// Such as `conflict-markers`.
    pub name: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The file, as the command was told of its folder; empty for a finding about the run.
    pub path: String,
    /// Line of the first character, from 1.
    pub line: u32,
    /// Column of the first character, from 1, counted in characters.
    pub column: u32,
    /// Line of the character after the last.
    pub end_line: u32,
    /// Its column.
    pub end_column: u32,
    /// What was found.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The same for the same words of the same file, wherever they move to.
    pub fingerprint: String,
    #[serde(skip)]
    pub(super) kind: &'static Code,
}

/// Resolves findings, which are in order of their files. `path` says what a source is called outside.
pub fn locate(
    findings: &[Diagnostic],
    sources: &SourceMap<'_>,
    words: &Catalog,
    path: impl Fn(&Source) -> String,
) -> Vec<Located> {
    let mut lines: Option<(FileId, LineIndex)> = None;
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    let mut located = Vec::with_capacity(findings.len());
    for finding in findings {
        let source = sources.get(finding.span.file);
        if let Some(source) = source
            && lines.as_ref().is_none_or(|(file, _)| *file != source.id)
        {
            lines = Some((source.id, LineIndex::new(&source.text)));
        }
        let at = |byte: u32| match (source, &lines) {
            (Some(source), Some((_, lines))) => lines.position(&source.text, byte),
            _ => Position { line: 1, column: 1 },
        };
        let (start, end) = (at(finding.span.start), at(finding.span.end));
        let path = source.map_or_else(String::new, &path);
        let message = words.message(finding);
        let text = source.map_or(message.as_str(), |source| source.slice(finding.span));
        let hash = hash([finding.code.id, &path, text]);
        let count = seen.entry(hash).or_default();
        *count += 1;
        located.push(Located {
            code: finding.code.id,
            name: finding.code.name,
            severity: finding.severity.as_str(),
            path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            help: words.help(finding),
            message,
            fingerprint: format!("{hash:016x}:{count}"),
            kind: finding.code,
        });
    }
    located
}

/// What a finding is known by in a baseline: kept from one version to the next, so a part ends with 0 for ever.
fn hash(parts: [&str; 3]) -> u64 {
    let mut hash = Hash::default();
    for part in parts {
        hash.write(part.as_bytes());
        hash.write(&[0]);
    }
    hash.number()
}

/// All findings as one JSON array.
///
/// # Errors
/// Never, for values of these types.
pub fn json(located: &[Located]) -> serde_json::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(located)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Commands that a GitHub workflow turns into annotations, one a line.
pub fn github(located: &[Located]) -> String {
    let command = |finding: &Located| {
        let level = match finding.severity {
            "note" => "notice",
            other => other,
        };
        let place = if finding.path.is_empty() {
            String::new()
        } else {
            let path = property(&finding.path);
            let Located { line, column, end_line, .. } = finding;
            format!("file={path},line={line},endLine={end_line},col={column},")
        };
        let title = property(&format!("{} {}", finding.code, finding.name));
        let help = finding.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
        format!("::{level} {place}title={title}::{}\n", data(&(finding.message.clone() + &help)))
    };
    located.iter().map(command).collect()
}

/// Text in a workflow command.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    text.replace(is_hidden, "\u{fffd}")
}

/// The value of a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
