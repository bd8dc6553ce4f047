//! `pmsite new`: an empty postmortem with the parts that readers look for.
#![expect(
    clippy::disallowed_methods,
    reason = "creates a file, asks for today's date and for the user's editor"
)]

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::base::blanks::{fill, of};
use crate::base::path::slug;
use crate::cli::Outcome;
use crate::cli::args::{MessageLang, New};
use crate::cli::build::day;
use crate::cli::init::create;
use crate::cli::print::Printer;
use crate::config::environment::Environment;
use crate::config::resolve::{Wishes, resolve};
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::model::kind::Lang;

const EN: &str = include_str!("../../data/start/en/postmortem.md");
const KO: &str = include_str!("../../data/start/ko/postmortem.md");

/// Writes the document, says where, and opens it if that is asked for.
pub(super) fn run(new: &New, printer: &Printer) -> Result<Outcome, Failure> {
    let site = resolve(&Wishes {
        folder: new.dir.clone(),
        environment: Environment::read(),
        ..Wishes::default()
    })?;
    if new.title.trim().is_empty() {
        return Err(Failure::new(&code::BAD_OPTION)
            .arg("option", "TITLE")
            .arg("value", &new.title)
            .wanted("wanted_title"));
    }
    let date = match &new.date {
        Some(text) => day(text)?.to_string(),
        None => today(),
    };
    let lang = match new.language {
        Some(MessageLang::Ko) => Lang::Ko,
        Some(MessageLang::En) => Lang::En,
        None if new.title.chars().any(|letter| ('가'..='힣').contains(&letter)) => Lang::Ko,
        None => site.language,
    };
    // A site may have a template of its own.
    let own = site.root.join("data/start").join(lang.as_str()).join("postmortem.md");
    let template = match std::fs::read_to_string(&own) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => match lang {
            Lang::Ko => KO.to_owned(),
            Lang::En => EN.to_owned(),
        },
        Err(error) => return Err(Failure::io(&code::CANNOT_READ, &own, &error)),
    };
    // They stand in cells of a table.
    let cell = |text: &str| text.replace('|', "\\|");
    let severity = cell(new.severity.as_deref().unwrap_or_default());
    let services = cell(&new.service.join(", "));
    let blanks: [(&str, &str); 4] = [
        ("title", new.title.trim()),
        ("date", &date),
        ("severity", &severity),
        ("services", &services),
    ];
    let text = fill(&template, of(&blanks));
    let name = slug(new.slug.as_deref().unwrap_or(&new.title));
    let name = if name.is_empty() { date.clone() } else { format!("{date}-{name}") };
    let path = site.content.join(format!("{name}.md"));
    if !create(&path, text.as_bytes())? {
        return Err(Failure::new(&code::ALREADY_THERE).arg("path", path.display()));
    }
    printer.note(&printer.say("created", &[("path", &path.display())]));
    if new.edit { open(&path, printer) } else { Ok(Outcome::Done) }
}

/// Today in UTC.
fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = jiff::Timestamp::from_second(since.as_secs() as i64).unwrap_or_default();
    now.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// Opens the document in the editor that the user has named.
fn open(path: &Path, printer: &Printer) -> Result<Outcome, Failure> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    let Some(editor) = named.into_iter().find(|editor| !editor.trim().is_empty()) else {
        printer.note(&printer.say("no_editor", &[]));
        return Ok(Outcome::Done);
    };
    // `code --wait` is a program and its first argument.
    let mut words = editor.split_whitespace();
    let program = PathBuf::from(words.next().unwrap_or_default());
    let cannot = |error| Failure::io(&code::CANNOT_READ, &program, &error);
    let status = Command::new(&program).args(words).arg(path).status().map_err(cannot)?;
    if status.success() {
        Ok(Outcome::Done)
    } else {
        Err(cannot(io::Error::other(status.to_string())))
    }
}
