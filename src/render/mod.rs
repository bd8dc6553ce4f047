//! The archive becomes files, as values: pages in both languages, feeds, data. Nothing is written here.

pub mod route;
pub mod strings;
pub mod when;
pub mod theme;
pub mod idle;
pub mod highlight;
pub mod asset;
pub mod forbidden;
mod raw;
pub mod body;
pub mod known;
pub mod base_rates;
pub mod chart;
pub mod view;
pub mod feed;
pub mod sitemap;
pub mod data;
mod search;
pub mod combine;
mod script;
pub mod export;
mod pages;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::base::digest::Digest;
use crate::base::path::{OutPath, RelPath};
use crate::config::Site;
use crate::diag::Diagnostic;
use crate::diag::catalog::Catalog;
use crate::diag::failure::Failure;
use crate::index::Archive;
use crate::model::kind::Lang;
use crate::render::base_rates::Study;
use crate::render::combine::Combined;
use crate::render::highlight::Highlighter;
use crate::render::known::Last;
use crate::render::theme::Theme;
use crate::render::view::names::Names;
use crate::vocab::Vocabulary;

/// One file of the site.
#[derive(Debug)]
pub struct Output {
    /// Where it goes.
    pub path: OutPath,
    /// What it holds.
    pub body: Body,
}

/// What a file holds.
#[derive(Debug)]
pub enum Body {
    /// These bytes.
    Bytes(Vec<u8>),
    /// These bytes, piece by piece: what is too large to be put together first.
    Pieces(Vec<Vec<u8>>),
    /// What that file holds: a picture to copy.
    File(PathBuf),
    /// Something that the next build need not make again, if it would make it of the same.
    Made {
        /// What it was made of.
        of: Digest,
        /// What it holds; nothing where a file that was made of the same stands there.
        bytes: Option<Vec<u8>>,
    },
    /// What the last build left at this path, of which it was found that it stands there.
    Left,
}

/// A file that documents may show or link to.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its path below the content folder.
    pub path: RelPath,
    /// Where to read it.
    pub file: PathBuf,
}

/// Everything that rendering needs and that is the same for all pages.
pub struct Scene<'a> {
    /// The documents.
    pub archive: &'a Archive,
    /// The settings.
    pub site: &'a Site,
    /// Templates, strings and static files.
    pub theme: &'a Theme,
    /// Names and meanings of causes.
    pub vocab: &'a Vocabulary,
    /// Files that documents may show.
    pub assets: &'a [Asset],
    /// Colours code.
    pub highlighter: Arc<Highlighter>,
    /// What causes, services and so on are called.
    pub names: Names,
    /// Published shares of causes.
    pub studies: Vec<Study>,
    /// What findings say, in each language.
    pub words: BTreeMap<Lang, Catalog>,
    /// What the script of the trends page reads; made when somebody asks.
    pub combined: OnceLock<Combined>,
    /// The last build, where there was one and this one may be the next.
    pub last: Option<&'a Last<'a>>,
}

impl<'a> Scene<'a> {
    /// A scene of what the stages before have made.
    pub fn new(
        archive: &'a Archive,
        site: &'a Site,
        theme: &'a Theme,
        vocab: &'a Vocabulary,
        assets: &'a [Asset],
    ) -> Self {
        let words = Lang::ALL.iter().map(|&lang| (lang, Catalog::of(lang.as_str())));
        Self {
            names: Names::of(archive, theme, vocab),
            words: words.collect(),
            studies: base_rates::studies(),
            highlighter: Arc::default(),
            combined: OnceLock::new(),
            last: None,
            archive,
            site,
            theme,
            vocab,
            assets,
        }
    }
}

impl Scene<'_> {
    fn combined(&self) -> &Combined {
        self.combined.get_or_init(|| Combined::of(self))
    }
}

/// Renders the whole site and hands each file to `put`, from several threads and in no order.
///
/// # Errors
/// When a template is wrong, or when `put` fails.
pub fn render(
    scene: &Scene<'_>,
    put: impl Fn(Output) -> Result<(), Failure> + Sync,
) -> Result<Vec<Diagnostic>, Failure> {
    let mut jobs = pages::jobs(scene);
    jobs.extend(pages::index_jobs(scene));
    run(scene, &jobs, put)
}

/// Renders only what the search needs, for those who measure it by itself.
///
/// # Errors
/// When a template is wrong, or when `put` fails.
pub fn render_search(
    scene: &Scene<'_>,
    put: impl Fn(Output) -> Result<(), Failure> + Sync,
) -> Result<Vec<Diagnostic>, Failure> {
    run(scene, &pages::search_jobs(scene), put)
}

fn run(
    scene: &Scene<'_>,
    jobs: &[pages::Job],
    put: impl Fn(Output) -> Result<(), Failure> + Sync,
) -> Result<Vec<Diagnostic>, Failure> {
    let findings: Result<Vec<Vec<Diagnostic>>, Failure> = jobs
        .par_iter()
        .map(|job| {
            let (outputs, findings) = pages::run(scene, job)?;
            outputs.into_iter().try_for_each(&put)?;
            Ok(findings)
        })
        .collect();
    Ok(findings?.into_iter().flatten().collect())
}

/// What rendering the documents would find, without making any file.
pub fn inspect(scene: &Scene<'_>) -> Vec<Diagnostic> {
    let documents = (0..scene.archive.filed.len()).into_par_iter();
    let findings: Vec<Vec<Diagnostic>> = documents.map(|id| pages::findings(scene, id)).collect();
    findings.into_iter().flatten().collect()
}

/// Renders the one file at `path`, and what is made along with it, if the site has such a file.
///
/// # Errors
/// As for [`render`].
pub fn render_at(
    scene: &Scene<'_>,
    path: &OutPath,
    put: impl Fn(Output) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    for job in pages::jobs_at(scene, path) {
        let (outputs, _) = pages::run(scene, &job)?;
        let is_here = outputs.iter().any(|output| output.path == *path);
        outputs.into_iter().try_for_each(&put)?;
        if is_here {
            return Ok(true);
        }
    }
    Ok(false)
}
