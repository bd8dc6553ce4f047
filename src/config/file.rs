//! `pmsite.toml` as written: every key may be missing.
#![expect(clippy::disallowed_methods, reason = "reads the settings file")]

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::FileId;
use crate::config::shape;
use crate::diag::code;
use crate::diag::failure::Failure;

/// The settings file's name.
pub const NAME: &str = "pmsite.toml";
/// The folder of documents where nobody names one, and the key that names one.
pub const CONTENT: &str = "content";

/// The folder of the cache where nobody names one. Hidden, so that no document is looked for in it.
pub const CACHE: &str = ".pmsite-cache";

/// The keys of `pmsite.toml`. `data/settings` explains each, in every language.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteFile {
    /// Name of the site.
    pub title: Option<String>,
    /// One sentence about it.
    pub description: Option<String>,
    /// Where it will be published.
    pub base_url: Option<String>,
    /// The site's own domain, for hosts that read it from a `CNAME` file.
    pub cname: Option<String>,
    /// `en` or `ko`.
    #[schemars(extend("enum" = ["en", "ko"]))]
    pub language: Option<String>,
    /// The folder of documents.
    pub content: Option<String>,
    /// The folder that is written.
    pub output: Option<String>,
    /// The folder for what the next build need not do again.
    pub cache: Option<String>,
    /// The theme's name.
    pub theme: Option<String>,
    /// Patterns of files that are not documents.
    pub ignore: Option<Vec<String>>,
    /// What is published.
    #[serde(default)]
    pub publish: Publish,
    /// Bounds.
    #[serde(default)]
    pub limits: Limits,
    /// Findings.
    #[serde(default)]
    pub check: Check,
}

/// `[publish]`
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    /// Publish drafts too.
    pub drafts: Option<bool>,
    /// Show pictures from other hosts.
    pub remote_images: Option<bool>,
    /// What is masked: `secrets`, `personal`, `network`, or the code or name of a finding.
    #[serde(default)]
    pub redact: Vec<String>,
    /// Folders and patterns of documents that are never published.
    #[serde(default)]
    pub private: Vec<String>,
    /// Folders and patterns of documents that are drafts.
    #[serde(default)]
    pub draft: Vec<String>,
}

/// `[limits]`
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Largest document in bytes.
    pub document_bytes: Option<u64>,
}

/// `[check]`
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Code or name of a finding → `error`, `warning`, `note` or `off`.
    #[serde(default)]
    pub severity: BTreeMap<String, String>,
}

impl SiteFile {
    /// Reads the file, if there is one.
    ///
    /// # Errors
    /// When it cannot be read or is not what it should be.
    pub fn read(path: &Path) -> Result<Option<(Self, Source)>, Failure> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Failure::io(&code::CANNOT_READ, path, &error)),
        };
        let source = Source {
            id: FileId::SETTINGS,
            path: RelPath::known(&path.to_string_lossy()),
            text: Arc::from(text),
        };
        Ok(Some((Self::parse(&source)?, source)))
    }

    /// Reads settings from a text.
    ///
    /// # Errors
    /// When the text is not TOML or has a key that does not exist; says which key was probably meant.
    pub fn parse(source: &Source) -> Result<Self, Failure> {
        toml::from_str(&source.text).map_err(|error| shape::wrong(source, &error))
    }
}

/// Whether anything is at `path`.
pub fn is_there(path: &Path) -> bool {
    std::fs::metadata(path).is_ok()
}

/// Whether there is a folder at `path`.
pub fn is_folder(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|about| about.is_dir())
}
