//! The words and the templates that a site brings itself, and what in them is used by nothing.

use std::path::PathBuf;
use std::sync::Arc;

use crate::base::digest::{Digest, Digester};
use crate::base::file::File;
use crate::base::nearest::nearest_path;
use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::{FileId, Span};
use crate::config::Site;
use crate::diag::failure::Failure;
use crate::diag::{Diagnosed, Diagnostic, code};
use crate::discover::{folders, own_files};
use crate::render::idle;
use crate::render::theme::Theme;
use crate::vocab::{Vocabulary, builtin};

/// The words and the templates that a site brings itself.
pub(super) struct Own {
    /// Paths below `data/`.
    data: Vec<File>,
    theme: Vec<File>,
    /// The folder of the theme, from that of the site.
    theme_folder: String,
}

/// The words of a site, and what was found in the files of its own.
pub(super) struct Words {
    pub(super) vocab: Diagnosed<Vocabulary>,
    pub(super) sources: Vec<Source>,
}

impl Own {
    /// Where all that a build reads stands, documents included.
    pub(super) fn places(site: &Site) -> Vec<PathBuf> {
        let files = ["pmsite.toml", "data", "themes"].map(|name| site.root.join(name));
        files.into_iter().chain([site.content.clone()]).collect()
    }

    pub(super) fn read(site: &Site) -> Result<Self, Failure> {
        let mut data = own_files(&site.root.join("data"))?;
        data.retain(|file| file.path.extension() == "toml");
        let theme_folder = format!("themes/{}", site.theme);
        let theme = own_files(&site.root.join(&theme_folder))?;
        Ok(Self { data, theme, theme_folder })
    }

    /// The words: ours, and the site's over them.
    pub(super) fn words(&self) -> Words {
        let used = self.data.iter().filter(|file| is_ours(file)).enumerate();
        let mut sources: Vec<Source> =
            used.map(|(at, file)| source(at, format!("data/{}", file.path), &file.bytes)).collect();
        let mut vocab = Vocabulary::load(&sources);
        vocab.findings.extend(self.idle());
        for file in self.theme.iter().filter(|file| file.path.as_str().starts_with("strings/")) {
            let strings = source(sources.len(), self.in_theme(&file.path), &file.bytes);
            vocab.findings.extend(idle::strings(&strings, &file.path, &self.theme));
            sources.push(strings);
        }
        Words { vocab, sources }
    }

    /// A finding for each file that nothing uses.
    fn idle(&self) -> Vec<Diagnostic> {
        let words = self.data.iter().filter(|file| !is_ours(file));
        let words = words.map(|file| {
            let path = format!("data/{}", file.path);
            let known = builtin::FILES.iter().map(|(known, _)| *known);
            let meant = nearest_path(&path, known).map(str::to_owned);
            (path, meant)
        });
        let theme = idle::files(&self.theme).into_iter();
        let theme = theme.map(|(path, meant)| {
            (self.in_theme(path), meant.map(|meant| format!("{}/{meant}", self.theme_folder)))
        });
        let finding = |(path, meant): (String, Option<String>)| {
            let finding = Diagnostic::new(&code::IDLE_FILE, Span::nowhere()).arg("path", path);
            finding.nearest(meant.as_deref())
        };
        words.chain(theme).map(finding).collect()
    }

    fn in_theme(&self, path: &RelPath) -> String {
        format!("{}/{path}", self.theme_folder)
    }

    /// The theme: the default one, with the site's files in their places.
    pub(super) fn theme(&self, site: &Site) -> Result<Theme, Failure> {
        if self.theme.is_empty() && site.theme != "default" {
            let folder = site.root.join(&self.theme_folder);
            let mut themes = folders(&site.root.join("themes"));
            themes.push("default".to_owned());
            let right = nearest_path(&site.theme, themes.iter().map(String::as_str));
            let failure = Failure::new(&code::NO_THEME).arg("name", &site.theme);
            let failure = failure.arg("path", folder.display()).nearest(right);
            return Err(failure.allowed(themes.iter().map(String::as_str)));
        }
        Theme::load(self.theme.clone(), &self.theme_folder)
    }

    /// What its templates, strings and files are known by.
    pub(super) fn theme_digest(&self) -> Digest {
        let mut digester = Digester::default();
        self.add_theme(&mut digester);
        digester.finish()
    }

    /// Adds its templates, strings and files to what a build is known by.
    pub(super) fn add_theme(&self, digester: &mut Digester) {
        add(digester, &self.theme);
    }

    /// Adds its words to what a build is known by.
    pub(super) fn add_words(&self, digester: &mut Digester) {
        add(digester, &self.data);
    }
}

/// Whether a file of words has the name of one of ours. No other one would be asked.
fn is_ours(file: &File) -> bool {
    builtin::FILES.iter().any(|(path, _)| path.strip_prefix("data/") == Some(file.path.as_str()))
}

fn source(at: usize, path: String, bytes: &[u8]) -> Source {
    let text = Arc::from(String::from_utf8_lossy(bytes).as_ref());
    Source { id: FileId::OWN_WORDS.nth(at), path: RelPath::known(&path), text }
}

fn add(digester: &mut Digester, files: &[File]) {
    digester.add(&files.len().to_le_bytes());
    for file in files {
        digester.add(file.path.as_str().as_bytes()).add(&file.bytes);
    }
}
