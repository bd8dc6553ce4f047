//! `pmsite check --fix` and `--diff`.
#![expect(clippy::disallowed_methods, reason = "writes the mended documents")]

use std::fs;
use std::io::{self, Write};

use similar::TextDiff;

use crate::base::path::RelPath;
use crate::cli::print::Printer;
use crate::config::Site;
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::pipeline::{self, Fix};

/// Mends what can be mended, or shows what would be, in the documents that are asked about; says whether there was anything.
///
/// # Errors
/// When a document cannot be read or written.
pub(super) fn fix(
    site: &Site,
    is_asked: impl Fn(&RelPath) -> bool + Sync,
    only_show: bool,
    printer: &Printer,
) -> Result<bool, Failure> {
    let fixes = pipeline::fixes(site, is_asked)?;
    let mut failures = Vec::new();
    for fix in &fixes {
        if only_show {
            printer.data(diff(fix).as_bytes())?;
        } else if let Err(error) = replace(fix) {
            // What cannot be written keeps no other document from being mended.
            failures.push(Failure::io(&code::CANNOT_WRITE, &fix.file, &error));
        }
    }
    let key = if only_show { "fixable" } else { "fixed" };
    printer.note(&printer.say(key, &[("documents", &(fixes.len() - failures.len()))]));
    let last = failures.pop();
    failures.iter().for_each(|failure| printer.failure(failure));
    last.map_or(Ok(!fixes.is_empty()), Err)
}

/// A unified diff. Bytes that are no UTF-8 show the replacement character.
fn diff(fix: &Fix) -> String {
    let before = String::from_utf8_lossy(&fix.before);
    let diff = TextDiff::from_lines(&*before, &fix.after);
    let (old, new) = (format!("a/{}", fix.path), format!("b/{}", fix.path));
    diff.unified_diff().header(&old, &new).to_string()
}

/// Writes beside the file and takes its place: whoever reads it sees the old text or the new one. What somebody has
/// written there since it was read stays.
fn replace(Fix { file, before, after, .. }: &Fix) -> io::Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let beside = file.with_file_name(format!(".{name}.pmsite-fix"));
    // A run that was killed has left one.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut new = fs::File::create_new(&beside)?;
    let is_as_read = || match fs::read(file) {
        Ok(now) if now == *before => Ok(()),
        Ok(_) => Err(io::ErrorKind::ResourceBusy.into()),
        Err(error) => Err(error),
    };
    let written = new
        .write_all(after.as_bytes())
        .and_then(|()| new.sync_all())
        .and_then(|()| fs::set_permissions(&beside, fs::metadata(file)?.permissions()))
        .and_then(|()| is_as_read())
        .and_then(|()| fs::rename(&beside, file));
    written.inspect_err(|_| drop(fs::remove_file(&beside)))
}
