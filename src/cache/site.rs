//! Which site came of everything that the last build read, and how its files stood when it was done.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::digest::Digest;
use crate::base::path::{OutPath, RelPath};
use crate::base::source::Source;
use crate::base::span::FileId;
use crate::cache::Cache;
use crate::diag::Diagnostic;
use crate::emit::Written;
use crate::index::Counts;
use crate::index::search::Indexed;
use crate::index::statistics::promise::Kept;
use crate::render::known::Bodies;

/// What a build did, as the next one would do it again.
#[derive(Clone, Serialize, Deserialize)]
pub struct Left<'a> {
    /// Of the path of the output folder.
    pub output: Digest,
    /// Of everything that was read, files beside the documents left out.
    pub inputs: Digest,
    /// Those of the files beside the documents that were read.
    pub assets: BTreeMap<RelPath, Digest>,
    /// The files of the site.
    pub files: Cow<'a, BTreeMap<OutPath, Written>>,
    /// Of the templates, strings and files of the site's own theme.
    pub theme: Digest,
    /// Of all that pages are made from but the texts of documents; nothing where that is not known.
    pub told: Option<Digest>,
    /// What several incidents promised.
    pub promises: Option<Cow<'a, Kept>>,
    /// What is known of the bodies of documents.
    pub bodies: Cow<'a, Bodies>,
    /// How many documents became what.
    pub counts: Counts,
    /// Documents that could not be read at all.
    pub refused: usize,
    /// What was found.
    pub findings: Cow<'a, [Diagnostic]>,
    /// The texts that it stands in, but those of documents that are kept along with what was read from them.
    pub sources: Vec<Cow<'a, Source>>,
    /// Those documents.
    pub documents: Vec<FileId>,
}

impl Left<'_> {
    /// What the last build into this folder left.
    pub fn load(cache: &Cache, output: &Path) -> Option<Left<'static>> {
        let left: Left<'static> = cache.load(&name("site", output))?;
        (left.output == path(output)).then_some(left)
    }

    /// Leaves it for the next build.
    pub fn save(&self, cache: &Cache, output: &Path) {
        cache.save(&name("site", output), self);
    }
}

/// The index of words that the last build into this folder left. It is kept apart, since only a build that has something to do
/// reads it.
pub fn load_index(cache: &Cache, output: &Path) -> Option<Indexed> {
    cache.load(&name("index", output))
}

/// Leaves the index of words for the next build.
pub fn save_index(cache: &Cache, output: &Path, indexed: &Indexed) {
    cache.save(&name("index", output), indexed);
}

/// What an output folder is known by.
pub fn path(output: &Path) -> Digest {
    Digest::of(output.as_os_str().as_encoded_bytes())
}

/// One for each output folder: a preview does not undo what was kept of the site.
fn name(what: &str, output: &Path) -> String {
    format!("{what}-{:02}", path(output).0[0] % SITES)
}

/// So many output folders at most are remembered; of two with one number the later one.
const SITES: u8 = 8;
