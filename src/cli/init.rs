//! `pmsite init`: what a new site needs, written once and never over something that is there.
#![expect(clippy::disallowed_methods, reason = "creates files that the user asked for")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::base::path::RelPath;
use crate::cli::Outcome;
use crate::cli::args::{Init, Service};
use crate::cli::print::Printer;
use crate::config::{file, resolve, schema};
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::pipeline::DOCUMENTS;
use crate::render::theme;

/// Where editors find the schema of the settings.
const SCHEMA: &str =
    "https://raw.githubusercontent.com/pmsite/pmsite/main/docs/schema/settings.json";

/// Example reports, by the names that they get.
const EXAMPLES: [(&str, &str); 2] = [
    ("content/example-lock.md", include_str!("../../data/start/en/example.md")),
    ("content/example-memory.ko.md", include_str!("../../data/start/ko/example.md")),
];
const GITHUB: (&str, &str) =
    (".github/workflows/postmortems.yml", include_str!("../../data/start/github.yml"));
const GITLAB: (&str, &str) = (".gitlab-ci.yml", include_str!("../../data/start/gitlab.yml"));

/// Creates the files of a site and says which.
pub(super) fn run(init: &Init, printer: &Printer) -> Result<Outcome, Failure> {
    if let Some(url) = init.base_url.as_deref().filter(|url| !resolve::is_base(url)) {
        let wrong = Failure::new(&code::BAD_OPTION);
        let wrong = wrong.arg("option", "--base-url").arg("value", url);
        return Err(wrong.wanted("wanted_address"));
    }
    let root = init.dir.clone().unwrap_or_else(|| PathBuf::from("."));
    if root.exists() && !root.is_dir() {
        let none = Failure::new(&code::NO_FOLDER).arg("path", root.display());
        return Err(none.phrase("help", "folder_is_file"));
    }
    let left_out = documents(&root);
    let is_new = !root.join(file::NAME).exists() && !has_documents(&root.join(file::CONTENT));
    let mut files: Vec<(String, Vec<u8>)> =
        vec![(file::NAME.to_owned(), settings(init, printer).into_bytes())];
    if !init.bare && !has_documents(&root.join(file::CONTENT)) {
        files.extend(EXAMPLES.map(|(path, text)| (path.to_owned(), text.into())));
    }
    let service = match init.ci {
        Service::Github => Some(GITHUB),
        Service::Gitlab => Some(GITLAB),
        Service::None => None,
    };
    files.extend(service.map(|(path, text)| (path.to_owned(), text.into())));
    files.push((".gitignore".to_owned(), b"/public/\n".to_vec()));
    if let Some(name) = &init.theme {
        files.extend(
            theme::DEFAULT
                .iter()
                .map(|(path, bytes)| (format!("themes/{name}/{path}"), bytes.to_vec())),
        );
    }
    for (path, bytes) in files {
        let key = if create(&root.join(&path), &bytes)? { "created" } else { "kept" };
        printer.note(&printer.say(key, &[("path", &path)]));
    }
    // A folder without documents is still one that `build` finds.
    fs::create_dir_all(root.join(file::CONTENT))
        .map_err(|error| Failure::io(&code::CANNOT_WRITE, &root.join(file::CONTENT), &error))?;
    if is_new && left_out > 0 {
        printer.note(&printer.say("init_documents", &[("n", &left_out)]));
    }
    printer.note(&printer.say("init_next", &[]));
    Ok(Outcome::Done)
}

/// `pmsite.toml`: what was asked for, and every other key in a comment that explains it.
fn settings(init: &Init, printer: &Printer) -> String {
    let lang = init.language.map_or(printer.lang(), |lang| lang.as_str());
    let words = schema::words(lang);
    let usual = resolve::usual();
    let chosen = |key: &str| match key {
        "title" => init.title.clone(),
        "base_url" => init.base_url.clone(),
        "language" => init.language.map(|lang| lang.as_str().to_owned()),
        "theme" => init.theme.clone(),
        _ => None,
    };
    let mut text = format!("#:schema {SCHEMA}\n");
    let mut table = String::new();
    for key in schema::keys() {
        let (above, name) = key.path.rsplit_once('.').unwrap_or(("", &key.path));
        if above != table {
            above.clone_into(&mut table);
            let _ = write!(text, "\n[{table}]\n");
        }
        let Some(of) = words.get(&key.path) else { continue };
        let _ = write!(text, "\n# {}\n", of.is);
        let _ = match chosen(&key.path) {
            Some(value) => writeln!(text, "{name} = {}", toml::Value::from(value)),
            None => {
                let usual = usual.iter().find(|(path, _)| *path == key.path);
                let value = match usual {
                    Some((_, value)) => value.to_string(),
                    None if key.path == file::CONTENT => {
                        toml::Value::from(file::CONTENT).to_string()
                    }
                    None => of.example.clone(),
                };
                writeln!(text, "# {name} = {value}")
            }
        };
    }
    text
}

/// How many documents stand in the folder of the site itself, where nobody will read them. What is named in capitals
/// (`README.md`) is about the folder, and a text may be anything.
fn documents(root: &Path) -> usize {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    let is_document = |path: RelPath| {
        let is_about = !path.stem().contains(char::is_lowercase);
        DOCUMENTS.contains(&path.extension().as_str()) && path.extension() != "txt" && !is_about
    };
    let files = entries.filter(|entry| entry.path().is_file());
    files.filter(|entry| is_document(RelPath::new(Path::new(&entry.file_name())))).count()
}

/// Whether anything stands in the folder of documents already.
fn has_documents(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// Writes a file that is not there yet, and says whether it did.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    let cannot = |error: io::Error| Failure::io(&code::CANNOT_WRITE, path, &error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(cannot)?;
    }
    match File::create_new(path) {
        Ok(mut file) => file.write_all(bytes).map_err(cannot).map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(cannot(error)),
    }
}
