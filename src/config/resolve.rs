//! From settings as written, and the command line's wishes, to settings as meant.

use std::path::{Path, PathBuf};

use crate::base::source::Source;
use crate::config::Site;
use crate::config::file::{self, SiteFile};
use crate::config::pattern::Patterns;
use crate::diag::failure::Failure;
use crate::diag::{Diagnostic, Severity, code};
use crate::model::kind::Lang;
use crate::model::when::PartialDate;

/// What the command line asks for; it wins over the file.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// The folder given to the command.
    pub folder: Option<PathBuf>,
    /// `-o`
    pub output: Option<PathBuf>,
    /// `--base-url`
    pub base_url: Option<String>,
    /// `--drafts`
    pub drafts: bool,
    /// `--deny secrets`
    pub withholds: bool,
    /// `--date`
    pub today: Option<PartialDate>,
    /// `--theme`
    pub theme: Option<String>,
}

/// Ten megabytes: a hundred times the longest postmortem seen.
const LARGEST_DOCUMENT: u64 = 10 * 1024 * 1024;

/// Decides every setting.
///
/// The folder may be a site (it has a `pmsite.toml`) or just documents. Without one, the current
/// folder is the site and its `content/` holds the documents.
///
/// # Errors
/// When there is no such folder, or the settings file is wrong.
pub fn resolve(wishes: &Wishes) -> Result<Site, Failure> {
    let here = PathBuf::from(".");
    let folder = wishes.folder.clone().unwrap_or_else(|| here.clone());
    if !file::is_folder(&folder) {
        return Err(Failure::new(&code::NO_FOLDER).arg("path", folder.display()));
    }
    let (root, settings) = settings_for(&folder, wishes.folder.is_some())?;
    let (settings, source) = settings.map_or((SiteFile::default(), None), |(a, b)| (a, Some(b)));
    let is_site = wishes.folder.is_none() || source.is_some() && root == folder;
    let content = match &settings.content {
        Some(name) => root.join(name),
        None if is_site => root.join("content"),
        None => folder.clone(),
    };
    if !file::is_folder(&content) {
        return Err(Failure::new(&code::NO_FOLDER).arg("path", plain(&content).display()));
    }
    let base = if source.is_some() { root.clone() } else { here };
    let output = wishes
        .output
        .clone()
        .unwrap_or_else(|| plain(&base.join(settings.output.as_deref().unwrap_or("public"))));
    let language = match settings.language.as_deref() {
        None => Lang::En,
        Some(name) => Lang::parse(name).ok_or_else(|| wrong(source.as_ref(), "language", name))?,
    };
    let base_url = wishes.base_url.clone().or(settings.base_url).filter(|url| !url.is_empty());
    Ok(Site {
        title: settings.title,
        description: settings.description,
        base_url: base_url.map(|url| if url.ends_with('/') { url } else { url + "/" }),
        language,
        content: plain(&content),
        output,
        theme: wishes.theme.clone().or(settings.theme).unwrap_or_else(|| "default".to_owned()),
        root,
        ignore: patterns("ignore", &settings.ignore.unwrap_or_default(), source.as_ref())?,
        private: patterns("publish.private", &settings.publish.private, source.as_ref())?,
        draft: patterns("publish.draft", &settings.publish.draft, source.as_ref())?,
        redacted: redacted(&settings.publish.redact, source.as_ref())?,
        drafts: wishes.drafts || settings.publish.drafts.unwrap_or(false),
        withholds: wishes.withholds,
        remote_images: settings.publish.remote_images.unwrap_or(false),
        largest_document: settings.limits.document_bytes.unwrap_or(LARGEST_DOCUMENT),
        today: wishes.today,
        severities: severities(&settings.check.severity, source.as_ref())?,
    })
}

/// The site's folder and its settings. A folder of documents may have its settings beside it.
fn settings_for(
    folder: &Path,
    given: bool,
) -> Result<(PathBuf, Option<(SiteFile, Source)>), Failure> {
    if let Some(found) = SiteFile::read(&folder.join(file::NAME))? {
        return Ok((folder.to_path_buf(), Some(found)));
    }
    let parent = folder.join("..");
    if given
        && let Some((settings, source)) = SiteFile::read(&parent.join(file::NAME))?
        && same_folder(&parent.join(settings.content.as_deref().unwrap_or("content")), folder)
    {
        return Ok((parent, Some((settings, source))));
    }
    Ok((folder.to_path_buf(), None))
}

fn same_folder(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn patterns(key: &str, written: &[String], source: Option<&Source>) -> Result<Patterns, Failure> {
    Patterns::new(written).map_err(|error| wrong(source, key, error.glob().unwrap_or_default()))
}

/// The ids of findings that are masked, from groups, codes and names.
fn redacted(written: &[String], source: Option<&Source>) -> Result<Vec<&'static str>, Failure> {
    let mut ids = Vec::new();
    for name in written {
        let group = code::GROUPS.iter().find(|(group, _)| group == name);
        let of = |code: &&&'static code::Code| match group {
            Some((_, prefix)) => code.id.starts_with(prefix),
            None => {
                let named = code.id == name || code.name == name;
                named && code::GROUPS.iter().any(|(_, prefix)| code.id.starts_with(prefix))
            }
        };
        let before = ids.len();
        ids.extend(code::ALL.iter().filter(of).map(|code| code.id));
        if ids.len() == before {
            return Err(wrong(source, "publish.redact", name));
        }
    }
    Ok(ids)
}

fn severities(
    written: &std::collections::BTreeMap<String, String>,
    source: Option<&Source>,
) -> Result<std::collections::BTreeMap<String, Option<Severity>>, Failure> {
    let mut severities = std::collections::BTreeMap::new();
    for (name, level) in written {
        if !code::ALL.iter().any(|code| code.id == name || code.name == name) {
            return Err(wrong(source, "check.severity", name));
        }
        let level = match level.as_str() {
            "off" => None,
            level => {
                Some(Severity::parse(level).ok_or_else(|| wrong(source, "check.severity", level))?)
            }
        };
        severities.insert(name.clone(), level);
    }
    Ok(severities)
}

/// A value that the key does not take.
fn wrong(source: Option<&Source>, key: &str, value: &str) -> Failure {
    let why = format!("{key} = `{value}`");
    match source {
        Some(source) => {
            let start = source.text.find(value).unwrap_or(0);
            let span = source.span(start..start + value.len());
            Failure::at(Diagnostic::new(&code::SETTINGS, span).arg("why", why), source.clone())
        }
        None => Failure::new(&code::SETTINGS).arg("why", why),
    }
}

/// The path without `.` parts, for messages.
fn plain(path: &Path) -> PathBuf {
    let parts: PathBuf =
        path.components().filter(|part| *part != std::path::Component::CurDir).collect();
    if parts.as_os_str().is_empty() { PathBuf::from(".") } else { parts }
}
