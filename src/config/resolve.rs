//! From settings as written, in layers, to settings as meant.
#![expect(clippy::disallowed_methods, reason = "compares folders")]

use std::path::{Path, PathBuf};

use crate::base::nearest::nearest;
use crate::base::source::Source;
use crate::config::Site;
use crate::config::environment::Environment;
use crate::config::file::{self, SiteFile};
use crate::config::layers::{Layers, Origin, path_value};
use crate::config::pattern::Patterns;
use crate::diag::failure::Failure;
use crate::diag::{Diagnostic, Severity, code};
use crate::model::kind::Lang;
use crate::model::when::PartialDate;

/// What the command line asks for, and the environment that it was given in.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// The folder given to the command.
    pub folder: Option<PathBuf>,
    /// `-o`
    pub output: Option<PathBuf>,
    /// `--cache-dir`, empty for `--no-cache`
    pub cache: Option<PathBuf>,
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
    /// Variables.
    pub environment: Environment,
    /// The documents are read elsewhere: there need not be a folder of them.
    pub without_content: bool,
}

/// Ten megabytes: a hundred times the longest postmortem seen.
const LARGEST_DOCUMENT: u64 = 10 * 1024 * 1024;

/// All settings with their origins, and the folders that they are about.
pub struct Gathered {
    /// The folder that holds `pmsite.toml`, `themes/` and `data/`.
    pub root: PathBuf,
    /// The settings.
    pub layers: Layers,
    /// What relative folders of the settings are relative to.
    base: PathBuf,
    /// The folder of documents.
    content: PathBuf,
}

/// Puts the layers of settings over each other.
///
/// The folder may be a site (it has a `pmsite.toml`) or just documents. Without one, the current
/// folder is the site and its `content/` holds the documents.
///
/// # Errors
/// When there is no such folder, or a layer is wrong.
pub fn gather(wishes: &Wishes) -> Result<Gathered, Failure> {
    let here = PathBuf::from(".");
    let folder = wishes.folder.clone().unwrap_or_else(|| here.clone());
    if !file::is_folder(&folder) {
        let none = Failure::new(&code::NO_FOLDER).arg("path", folder.display());
        let is_file = file::is_there(&folder);
        return Err(if is_file { none.phrase("help", "folder_is_file") } else { none });
    }
    let (root, source) = settings_for(&folder, wishes.folder.is_some())?;
    let is_site = wishes.folder.is_none() || source.is_some() && root == folder;
    let mut layers = Layers::default();
    for (key, value) in usual() {
        layers.put(key, value, Origin::Default);
    }
    if let Some((variable, url)) = wishes.environment.pages() {
        layers.put("base_url", url, Origin::Service(variable));
    }
    let base = if source.is_some() { root.clone() } else { here };
    if let Some(source) = source {
        layers.put_file(&source);
    }
    layers.put_environment(&wishes.environment)?;
    let named = layers.get(file::CONTENT).and_then(|(value, _)| value.as_str());
    let content = match named {
        Some(name) => root.join(name),
        None if is_site => root.join(file::CONTENT),
        None => folder.clone(),
    };
    if named.is_none() {
        layers.put(file::CONTENT, path_value(&below(&root, &content)), Origin::Default);
    }
    put_flags(&mut layers, wishes);
    Ok(Gathered { root, layers, base, content })
}

/// What holds where nobody says otherwise. A title and a description are the theme's then.
pub fn usual() -> Vec<(&'static str, toml::Value)> {
    vec![
        ("language", Lang::En.as_str().into()),
        ("output", "public".into()),
        ("cache", file::CACHE.into()),
        ("theme", "default".into()),
        ("ignore", toml::Value::Array(Vec::new())),
        ("publish.drafts", false.into()),
        ("publish.remote_images", false.into()),
        ("limits.document_bytes", (LARGEST_DOCUMENT as i64).into()),
    ]
}

fn put_flags(layers: &mut Layers, wishes: &Wishes) {
    if let Some(output) = &wishes.output {
        layers.put("output", path_value(output), Origin::Flag("--output"));
    }
    if let Some(cache) = &wishes.cache {
        let is_off = cache.as_os_str().is_empty();
        let flag = if is_off { "--no-cache" } else { "--cache-dir" };
        layers.put("cache", path_value(cache), Origin::Flag(flag));
    }
    if let Some(url) = &wishes.base_url {
        layers.put("base_url", url.as_str(), Origin::Flag("--base-url"));
    }
    if let Some(theme) = &wishes.theme {
        layers.put("theme", theme.as_str(), Origin::Flag("--theme"));
    }
    if wishes.drafts {
        layers.put("publish.drafts", true, Origin::Flag("--drafts"));
    }
}

/// Decides every setting.
///
/// # Errors
/// When there is no such folder, or a layer of the settings is wrong.
pub fn resolve(wishes: &Wishes) -> Result<Site, Failure> {
    let Gathered { root, layers, base, content } = gather(wishes)?;
    if !wishes.without_content && !file::is_folder(&content) {
        return Err(without_content(&layers, &content));
    }
    let settings: SiteFile = layers.merged()?;
    let output = match &wishes.output {
        Some(output) => output.clone(),
        None => plain(&base.join(settings.output.unwrap_or_default())),
    };
    let cache = match &wishes.cache {
        Some(cache) => cache.clone(),
        None => settings
            .cache
            .filter(|name| !name.is_empty())
            .map_or_else(PathBuf::new, |name| plain(&base.join(name))),
    };
    let language = settings.language.unwrap_or_default();
    let Some(language) = Lang::parse(&language) else {
        let known = Lang::ALL.iter().map(|lang| lang.as_str());
        return Err(none_of(&layers, "language", &language, known));
    };
    let folder = below(&root, &content);
    let patterns = |key: &str, written: &[String]| {
        let wrong = |error: globset::Error| {
            wrong(&layers, key, error.glob().unwrap_or_default(), "wanted_pattern")
        };
        Patterns::new(written, &folder.to_string_lossy()).map_err(wrong)
    };
    Ok(Site {
        title: settings.title,
        description: settings.description,
        base_url: base_url(&layers, settings.base_url, settings.cname.as_deref())?,
        cname: settings.cname.filter(|name| !name.is_empty()),
        language,
        content: plain(&content),
        output,
        cache: Some(cache).filter(|cache| !cache.as_os_str().is_empty()),
        theme: settings.theme.unwrap_or_default(),
        ignore: patterns("ignore", &settings.ignore.unwrap_or_default())?,
        private: patterns("publish.private", &settings.publish.private)?,
        draft: patterns("publish.draft", &settings.publish.draft)?,
        redacted: redacted(&settings.publish.redact, &layers)?,
        withholds: wishes.withholds,
        drafts: settings.publish.drafts.unwrap_or_default(),
        remote_images: settings.publish.remote_images.unwrap_or_default(),
        largest_document: settings.limits.document_bytes.unwrap_or(LARGEST_DOCUMENT),
        today: wishes.today,
        severities: severities(&layers, &settings.check.severity)?,
        root,
    })
}

/// There is no folder of documents: the settings name it, or it is the usual one.
fn without_content(layers: &Layers, content: &Path) -> Failure {
    let named = layers.get(file::CONTENT).and_then(|(value, _)| value.as_str());
    let place = named.and_then(|name| layers.place(file::CONTENT, name));
    let failure = match place {
        Some((source, range)) => {
            let finding = Diagnostic::new(&code::NO_FOLDER, source.span(range));
            let is_file = file::is_there(content);
            let help = if is_file { "folder_is_file" } else { "folder_of_settings" };
            Failure::at(finding.phrase("help", help), source.clone())
        }
        None => Failure::new(&code::NO_FOLDER),
    };
    failure.arg("path", plain(content).display())
}

/// Where the site will stand, with a slash at the end. A domain of one's own says so as well, and better
/// than the build service, which does not know of it.
fn base_url(
    layers: &Layers,
    written: Option<String>,
    cname: Option<&str>,
) -> Result<Option<String>, Failure> {
    if let Some(name) = cname.filter(|name| !is_host(name) && !name.is_empty()) {
        return Err(wrong(layers, "cname", name, "wanted_host"));
    }
    let is_services = matches!(layers.get("base_url"), Some((_, Origin::Service(_))));
    let written = written.filter(|url| !url.is_empty());
    let url = match (cname.filter(|name| !name.is_empty()), written) {
        (Some(name), None) => Some(format!("https://{name}/")),
        (Some(name), Some(_)) if is_services => Some(format!("https://{name}/")),
        (_, written) => written,
    };
    if let Some(url) = url.as_deref().filter(|url| !is_base(url)) {
        return Err(wrong(layers, "base_url", url, "wanted_address"));
    }
    Ok(url.map(|url| if url.ends_with('/') { url } else { url + "/" }))
}

/// Whether a text is the address of a folder of the web: paths can be put behind it.
pub fn is_base(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_odd =
        |letter: char| letter.is_whitespace() || letter.is_control() || "?#<>\"\\".contains(letter);
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(is_odd))
}

/// Whether a text is the name of a host and nothing else.
fn is_host(name: &str) -> bool {
    name.contains('.')
        && name
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'))
}

/// The site's folder and its settings. A folder of documents may have its settings beside it.
fn settings_for(folder: &Path, given: bool) -> Result<(PathBuf, Option<Source>), Failure> {
    if let Some((_, source)) = SiteFile::read(&folder.join(file::NAME))? {
        return Ok((folder.to_path_buf(), Some(source)));
    }
    let parent = folder.join("..");
    if given
        && let Some((settings, source)) = SiteFile::read(&parent.join(file::NAME))?
        && same_folder(&parent.join(settings.content.as_deref().unwrap_or(file::CONTENT)), folder)
    {
        return Ok((parent, Some(source)));
    }
    Ok((folder.to_path_buf(), None))
}

fn same_folder(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// The ids of findings that are masked, from groups, codes and names.
fn redacted(written: &[String], layers: &Layers) -> Result<Vec<&'static str>, Failure> {
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
            let groups = code::GROUPS.iter().map(|(group, _)| *group);
            return Err(none_of(layers, "publish.redact", name, groups.chain(masked())));
        }
    }
    Ok(ids)
}

/// The names of the findings that can be masked.
fn masked() -> impl Iterator<Item = &'static str> + Clone {
    let can_be = |id: &str| code::GROUPS.iter().any(|(_, prefix)| id.starts_with(prefix));
    code::ALL.iter().filter(move |code| can_be(code.id)).map(|code| code.name)
}

fn severities(
    layers: &Layers,
    written: &std::collections::BTreeMap<String, String>,
) -> Result<std::collections::BTreeMap<String, Option<Severity>>, Failure> {
    const KEY: &str = "check.severity";
    let mut severities = std::collections::BTreeMap::new();
    for (name, level) in written {
        let known = code::ALL.iter().flat_map(|code| [code.id, code.name]);
        if !known.clone().any(|known| known == name) {
            // Of two numbers the nearer one is no better.
            let is_number = name.starts_with("PM");
            let right = nearest(name, known.filter(|_| !is_number));
            let why = if right.is_some() { "setting_finding_meant" } else { "setting_finding" };
            return Err(refused(layers, KEY, name).phrase("why", why).nearest(right));
        }
        let level = match level.as_str() {
            OFF => None,
            level => Some(Severity::parse(level).ok_or_else(|| {
                none_of(layers, KEY, level, LEVELS.map(Severity::as_str).into_iter().chain([OFF]))
            })?),
        };
        severities.insert(name.clone(), level);
    }
    Ok(severities)
}

/// What switches a finding off, and the levels besides.
const OFF: &str = "off";
const LEVELS: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// A value that the key does not take; `wanted` is the phrase that says what it does.
fn wrong(layers: &Layers, key: &str, value: &str, wanted: &str) -> Failure {
    refused(layers, key, value).phrase("why", "setting_value").phrase("wanted", wanted)
}

/// A value that is none of those that the key takes.
fn none_of<'a>(
    layers: &Layers,
    key: &str,
    value: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Failure {
    let right = nearest(value, known.clone());
    let why = if right.is_some() { "setting_near" } else { "setting_none" };
    refused(layers, key, value).phrase("why", why).nearest(right).allowed(known)
}

/// A value of a key, where it was written.
fn refused(layers: &Layers, key: &str, value: &str) -> Failure {
    // Where no text shows it, it is known by the name of the option or variable.
    let path = match layers.get(key) {
        Some((_, Origin::Flag(name) | Origin::Service(name))) => name,
        _ => key,
    };
    let failure = match layers.place(key, value) {
        Some((source, range)) => {
            let finding = Diagnostic::new(&code::SETTINGS, source.span(range));
            Failure::at(finding, source.clone())
        }
        None => Failure::new(&code::SETTINGS),
    };
    failure.arg("path", path).arg("key", key).arg("value", value).phrase("help", "setting_help")
}

/// The path of a folder of the site, from the site's own.
fn below(root: &Path, folder: &Path) -> PathBuf {
    match folder.strip_prefix(root) {
        Ok(rest) if rest.as_os_str().is_empty() => PathBuf::from("."),
        Ok(rest) => plain(rest),
        Err(_) => plain(folder),
    }
}

/// The path without `.` parts, for messages.
fn plain(path: &Path) -> PathBuf {
    let parts: PathBuf =
        path.components().filter(|part| *part != std::path::Component::CurDir).collect();
    if parts.as_os_str().is_empty() { PathBuf::from(".") } else { parts }
}
