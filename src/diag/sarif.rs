//! Findings as SARIF 2.1.0, which code hosts show beside the lines of a change.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::diag::catalog::Catalog;
use crate::diag::code::{self, Code};
use crate::diag::report::Located;

/// A log of one run.
pub fn sarif(located: &[Located], words: &Catalog) -> Value {
    let results: Vec<Value> = located.iter().map(result).collect();
    let rules: Vec<Value> = code::ALL.iter().map(|code| rule(code, words)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: &Code, words: &Catalog) -> Value {
    let Some(texts) = words.texts().get(code.name) else { return json!({ "id": code.id }) };
    let full = format!("{} {}", texts.what, texts.why);
    let mut rule = json!({
        "id": code.id,
        "name": code.name,
        "shortDescription": { "text": texts.what },
        "fullDescription": { "text": full.trim() },
        "defaultConfiguration": { "level": code.severity.as_str() },
    });
    // What a blank stands for only a finding knows.
    if let Some(help) = texts.help.as_ref().filter(|help| !help.contains('{')) {
        rule["help"] = json!({ "text": help });
    }
    rule
}

fn result(finding: &Located) -> Value {
    let mut result = json!({
        "ruleId": finding.code,
        "ruleIndex": code::ALL.iter().position(|code| *code == finding.kind),
        "level": finding.severity,
        "message": { "text": finding.message },
        "partialFingerprints": { "words/v1": finding.fingerprint },
    });
    if !finding.path.is_empty() {
        result["locations"] = json!([{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&finding.path) },
            "region": {
                "startLine": finding.line,
                "startColumn": finding.column,
                "endLine": finding.end_line,
                "endColumn": finding.end_column,
            },
        } }]);
    }
    result
}

/// What stands in an address as it is.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A path as a relative address.
fn uri(path: &str) -> String {
    utf8_percent_encode(path, KEPT).to_string()
}
