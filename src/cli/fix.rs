//! `pmsite check --fix` and `--diff`.
#![expect(clippy::disallowed_methods, reason = "writes the mended documents")]

use std::fs;
use std::io::Write;
use std::path::Path;

use similar::TextDiff;

use crate::cli::print::Printer;
use crate::config::Site;
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::pipeline::{self, Fix};

/// Mends what can be mended, or shows what would be, in all documents or in one; says whether there was anything.
///
/// # Errors
/// When a document cannot be read or written.
pub(super) fn fix(
    site: &Site,
    document: Option<&str>,
    only_show: bool,
    printer: &Printer,
) -> Result<bool, Failure> {
    let mut fixes = pipeline::fixes(site)?;
    fixes.retain(|fix| document.is_none_or(|name| fix.path.as_str() == name));
    for fix in &fixes {
        if only_show {
            printer.data(diff(fix).as_bytes());
        } else {
            replace(&fix.file, fix.after.as_bytes())
                .map_err(|error| Failure::io(&code::CANNOT_WRITE, &fix.file, &error))?;
        }
    }
    let key = if only_show { "fixable" } else { "fixed" };
    printer.note(&printer.say(key, &[("documents", &fixes.len())]));
    Ok(!fixes.is_empty())
}

/// A unified diff. Bytes that are no UTF-8 show the replacement character.
fn diff(fix: &Fix) -> String {
    let before = String::from_utf8_lossy(&fix.before);
    let diff = TextDiff::from_lines(&*before, &fix.after);
    let (old, new) = (format!("a/{}", fix.path), format!("b/{}", fix.path));
    diff.unified_diff().header(&old, &new).to_string()
}

/// Writes beside the file and takes its place: whoever reads it sees the old text or the new one.
fn replace(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let beside = file.with_file_name(format!(".{name}.pmsite-fix"));
    let mut new = fs::File::create_new(&beside)?;
    let written = new
        .write_all(bytes)
        .and_then(|()| new.sync_all())
        .and_then(|()| fs::set_permissions(&beside, fs::metadata(file)?.permissions()))
        .and_then(|()| fs::rename(&beside, file));
    written.inspect_err(|_| drop(fs::remove_file(&beside)))
}
