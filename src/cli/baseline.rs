//! The file of findings that a team has decided to live with for now.
#![expect(clippy::disallowed_methods, reason = "reads and writes the baseline")]

use std::collections::BTreeSet;
use std::path::Path;

use crate::diag::code;
use crate::diag::failure::Failure;
use crate::diag::report::Located;

/// The fingerprints in a baseline: the first word of each line.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn read(file: &Path) -> Result<BTreeSet<String>, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::io(&code::CANNOT_READ, file, &error))?;
    let words = text.lines().filter_map(|line| line.split_whitespace().next());
    Ok(words.map(str::to_owned).collect())
}

/// Writes a line for each finding, in order, so that a change of it can be read; gives the fingerprints.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write<'a>(
    file: &Path,
    findings: impl Iterator<Item = &'a Located>,
) -> Result<BTreeSet<String>, Failure> {
    let mut text = String::new();
    let mut known = BTreeSet::new();
    for Located { fingerprint, code, name, path, .. } in findings {
        text += &format!("{fingerprint} {code} {name} {path}\n");
        known.insert(fingerprint.clone());
    }
    std::fs::write(file, text).map_err(|error| Failure::io(&code::CANNOT_WRITE, file, &error))?;
    Ok(known)
}
