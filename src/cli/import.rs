//! `pmsite import`

use std::path::PathBuf;

use crate::base::source::SourceMap;
use crate::cli::Outcome;
use crate::cli::args::{Import, ImportFormat};
use crate::cli::init::create;
use crate::cli::print::Printer;
use crate::config::environment::Environment;
use crate::config::resolve::{Wishes, resolve};
use crate::diag::failure::Failure;
use crate::import::bundle::Bundle;
use crate::import::import;

/// Writes the documents of an export, and names what they could not hold. Nothing is written over.
pub(super) fn run(wanted: &Import, printer: &Printer) -> Result<Outcome, Failure> {
    let folder = match &wanted.output {
        Some(folder) => folder.clone(),
        None => content()?,
    };
    let format = wanted.from.map(ImportFormat::format);
    let bundle = Bundle::read(&wanted.path)?;
    let imported = import(&bundle, format, printer.words())?;
    for file in &imported.value {
        let path = folder.join(file.path.as_str());
        let key = if create(&path, &file.bytes)? { "created" } else { "kept" };
        printer.note(&printer.say(key, &[("path", &path.display())]));
    }
    printer.findings(&imported.findings, &SourceMap::default(), true);
    Ok(Outcome::Done)
}

/// The folder of documents of the site here.
fn content() -> Result<PathBuf, Failure> {
    let wishes =
        Wishes { environment: Environment::read(), without_content: true, ..Wishes::default() };
    Ok(resolve(&wishes)?.content)
}
