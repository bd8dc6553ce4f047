//! What the server shows: the newest edition of the site, the pages of it that were asked for, and what
//! stands in the way of a newer one.
#![expect(clippy::disallowed_methods, reason = "asks what has changed")]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tokio::sync::watch;

use crate::base::held::held;
use crate::base::path::OutPath;
use crate::base::source::Source;
use crate::config::Site;
use crate::config::file;
use crate::config::resolve::{Wishes, resolve};
use crate::diag::catalog::Catalog;
use crate::diag::failure::Failure;
use crate::diag::text::Style;
use crate::diag::{Diagnosed, Diagnostic};
use crate::emit::memory::Memory;
use crate::pipeline::{self, Edition, Kept, Tools};
use crate::serve::News;

/// How far the site has come. Pages ask whether theirs is still the newest.
#[derive(Clone, Debug, Default)]
pub(super) struct Tick {
    /// Grows with every change.
    pub(super) number: u64,
    /// The last change that needs more than new styles.
    pub(super) pages: u64,
    /// Why there is nothing newer.
    pub(super) failure: Option<String>,
}

/// The newest edition, and the files of it that were made.
pub(super) struct Shown {
    edition: Edition,
    made: Memory,
}

/// Everything that requests and changes of files share.
pub(super) struct Office {
    wishes: Wishes,
    url: String,
    words: Catalog,
    work: Mutex<Work>,
    shown: Mutex<Option<Arc<Shown>>>,
    tick: watch::Sender<Tick>,
}

/// What is kept from one edition to the next.
#[derive(Default)]
struct Work {
    site: Option<Site>,
    tools: Option<Tools>,
    /// What was found in the words of the site.
    words: (Vec<Diagnostic>, Vec<Source>),
    kept: Kept,
    /// Changes that no edition has been made of, because something was wrong.
    pending: Option<Changes>,
}

/// An answer to a request for a file.
pub(super) enum Answer {
    /// The file.
    File(Vec<u8>),
    /// The site has no such file; its own page says so, if it has one.
    Missing(Vec<u8>),
    /// It cannot be made.
    Failed(String),
}

impl Office {
    pub(super) fn new(wishes: Wishes, url: String, lang: &str) -> Self {
        Self {
            wishes,
            url,
            words: Catalog::of(lang),
            work: Mutex::default(),
            shown: Mutex::default(),
            tick: watch::Sender::new(Tick::default()),
        }
    }

    /// The words of messages.
    pub(super) fn words(&self) -> &Catalog {
        &self.words
    }

    /// Where the site stands.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Tells of changes.
    pub(super) fn ticks(&self) -> watch::Receiver<Tick> {
        self.tick.subscribe()
    }

    /// The settings as they are now.
    fn site(&self) -> Result<Site, Failure> {
        let mut site = resolve(&self.wishes)?;
        site.base_url = Some(self.url.clone());
        Ok(site)
    }

    /// Finds out which folders to watch, before anything in them is read.
    pub(super) fn begin(&self) {
        held(&self.work).site = self.site().ok();
    }

    /// The folders and files that the site is made from, and whether all that is below them counts.
    pub(super) fn places(&self) -> Vec<(PathBuf, bool)> {
        let work = held(&self.work);
        let given = self.wishes.folder.clone().unwrap_or_else(|| PathBuf::from("."));
        let Some(site) = &work.site else { return vec![(given, false)] };
        vec![
            (site.content.clone(), true),
            (site.root.join("themes"), true),
            (site.root.join("data"), true),
            (site.root.clone(), false),
        ]
    }

    /// Makes a new edition after changes of these files.
    pub(super) fn make(&self, changed: &[PathBuf], tell: &dyn Fn(News<'_>)) {
        let mut work = held(&self.work);
        let has_failed = work.pending.is_some();
        let Some(mut changes) = Changes::of(work.site.as_ref(), changed, has_failed) else {
            return;
        };
        if let Some(pending) = work.pending.take() {
            changes.add(&pending);
        }
        match self.edition(&mut work, &changes) {
            Ok(edition) => {
                let shown = Arc::new(Shown { edition, made: Memory::default() });
                let before = held(&self.shown).replace(Arc::clone(&shown));
                // A waiting browser is answered first; words for the terminal, and what is no longer shown, come after.
                self.advance(None, changes.only_styles);
                let edition = &shown.edition;
                tell(News::Made {
                    documents: edition.archive.counts.published,
                    findings: &edition.findings,
                    sources: &edition.sources,
                });
                drop(before);
            }
            Err(failure) => {
                work.pending = Some(changes);
                tell(News::Failed(&failure));
                self.advance(Some(self.text(&failure)), false);
            }
        }
    }

    fn edition(&self, work: &mut Work, changes: &Changes) -> Result<Edition, Failure> {
        let site = match work.site.clone().filter(|_| !changes.settings) {
            Some(site) => site,
            None => {
                let site = self.site()?;
                work.site = Some(site.clone());
                work.tools = None;
                work.kept = Kept::default();
                site
            }
        };
        let tools = match work.tools.clone().filter(|_| !changes.words) {
            Some(tools) if !changes.theme => tools,
            Some(tools) => Tools { theme: Arc::new(pipeline::theme(&site)?), ..tools },
            None => {
                let theme = Arc::new(pipeline::theme(&site)?);
                let (Diagnosed { value, findings }, sources) = pipeline::vocabulary(&site)?;
                work.words = (findings, sources);
                work.kept = Kept::default();
                Tools { vocab: Arc::new(value), theme, highlighter: Arc::default() }
            }
        };
        work.tools = Some(tools.clone());
        let mut reading =
            pipeline::read_changed(&site, &tools.vocab, &mut work.kept, &changes.documents)?;
        reading.findings.extend(work.words.0.iter().cloned());
        reading.sources.extend(work.words.1.iter().cloned());
        Ok(pipeline::edition(site, tools, reading))
    }

    fn advance(&self, failure: Option<String>, only_styles: bool) {
        self.tick.send_modify(|tick| {
            tick.number += 1;
            if !only_styles || failure.is_some() || tick.failure.is_some() {
                tick.pages = tick.number;
            }
            tick.failure = failure;
        });
    }

    /// A failure as people read it.
    pub(super) fn text(&self, failure: &Failure) -> String {
        failure.render(&self.words, Style { color: false, concise: false, width: 100 })
    }

    /// The number of the newest edition, and why there is none, if so.
    pub(super) fn now(&self) -> Tick {
        self.tick.borrow().clone()
    }

    /// The file at a path, made now unless it was asked for before.
    pub(super) fn answer(&self, path: &OutPath) -> Answer {
        let Some(shown) = held(&self.shown).clone() else { return Answer::Missing(Vec::new()) };
        match shown.file(path) {
            Ok(Some(bytes)) => Answer::File(bytes),
            Ok(None) => {
                let page = OutPath::new("404.html").map(|path| shown.file(&path));
                Answer::Missing(page.and_then(Result::ok).flatten().unwrap_or_default())
            }
            Err(failure) => Answer::Failed(self.text(&failure)),
        }
    }
}

impl Shown {
    fn file(&self, path: &OutPath) -> Result<Option<Vec<u8>>, Failure> {
        if let Some(bytes) = self.made.get(path)? {
            return Ok(Some(bytes));
        }
        pipeline::publish_at(&self.edition, path, &self.made)?;
        self.made.get(path)
    }
}

/// What has to be made anew, besides the documents that have changed.
struct Changes {
    settings: bool,
    words: bool,
    theme: bool,
    only_styles: bool,
    /// Files of the content.
    documents: Vec<PathBuf>,
}

impl Changes {
    /// What these files are to the site; nothing where they are none of its. No files at all is the beginning. Where it could not
    /// be made, a folder that comes may be the one that was missed.
    fn of(site: Option<&Site>, changed: &[PathBuf], has_failed: bool) -> Option<Self> {
        let Some(site) = site.filter(|_| !changed.is_empty()) else {
            // Nobody knows yet what belongs to the site: its settings or its folders have to come first.
            let comes = |path: &PathBuf| path.ends_with(file::NAME) || path.is_dir();
            let begins = changed.is_empty() || changed.iter().any(comes);
            return begins.then_some(Self {
                settings: true,
                words: true,
                theme: true,
                only_styles: false,
                documents: Vec::new(),
            });
        };
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let root = real(&site.root);
        let (content, output) = (real(&site.content), real(&site.output));
        let (themes, data) = (root.join("themes"), root.join("data"));
        let mut changes: Option<Self> = None;
        for path in changed.iter().filter(|path| !path.starts_with(&output)) {
            let is_settings = *path == root.join(file::NAME)
                || *path == root
                || *path == content
                || has_failed && path.is_dir();
            let is_told = *path == root.join("overrides.toml") || path.starts_with(&content);
            let (is_theme, is_words) = (path.starts_with(&themes), path.starts_with(&data));
            if is_settings || is_told || is_theme || is_words {
                let is_style = is_theme && path.extension().is_some_and(|ending| ending == "css");
                let change = Self {
                    settings: is_settings,
                    words: is_words,
                    theme: is_theme,
                    only_styles: is_style,
                    documents: if is_told { vec![path.clone()] } else { Vec::new() },
                };
                match &mut changes {
                    Some(changes) => changes.add(&change),
                    None => changes = Some(change),
                }
            }
        }
        changes
    }

    fn add(&mut self, other: &Self) {
        self.settings |= other.settings;
        self.words |= other.words;
        self.theme |= other.theme;
        self.only_styles &= other.only_styles;
        self.documents.extend(other.documents.iter().cloned());
    }
}
