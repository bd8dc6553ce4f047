//! What need not be made again: pages that the last build made of the same, and what it found in the texts of documents
//! while it made HTML of them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::base::digest::{Digest, Digester};
use crate::base::held::held;
use crate::base::path::{OutPath, RelPath};
use crate::base::span::FileId;
use crate::diag::failure::Failure;
use crate::diag::{Diagnostic, code};
use crate::index::Filed;
use crate::model::kind::Lang;
use crate::render::Body;
use crate::render::body::{Links, Rendered};

/// What is known of the bodies of documents, by their paths and the language of the page.
pub type Bodies = BTreeMap<(RelPath, Lang), Known>;

/// What a body was made of, and what was found in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Known {
    /// Of the document.
    document: Digest,
    /// What it asked of the site, and what it was told.
    asked: Vec<Asked>,
    findings: Vec<Diagnostic>,
    /// It belongs to the page that it was made for.
    pub(super) has_links: bool,
}

/// A question of a text, and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Asked {
    Document(String, Option<String>),
    Asset(String, Option<String>),
    Remote(bool),
}

/// The files of the last build, as far as they are as it left them.
pub trait Standing: Sync {
    /// Whether one stands there that was made of this.
    fn is_made_of(&self, of: Digest) -> bool;
    /// Whether one stands at this path.
    fn is_at(&self, path: &OutPath) -> bool;
}

/// The last build, as far as this one can do without making things again.
pub struct Last<'a> {
    /// Of settings and words.
    wishes: Digester,
    files: &'a dyn Standing,
    /// All that pages are made from but the texts of documents is as it was.
    tells_the_same: bool,
    before: Bodies,
    now: Mutex<Bodies>,
}

impl<'a> Last<'a> {
    /// A build that knew this of bodies and left these files. `wishes` is of all that decides how a page looks besides
    /// documents and themes; `tells_the_same` says that all that pages are made from but the texts of documents is as it was.
    pub fn new(
        wishes: Digester,
        before: Bodies,
        files: &'a dyn Standing,
        tells_the_same: bool,
    ) -> Self {
        Self { wishes, files, tells_the_same, before, now: Mutex::default() }
    }

    /// Whether a file stands that is made of no text that has changed, and so would be made again as it is.
    pub(super) fn has_left(&self, path: &OutPath) -> bool {
        self.tells_the_same && self.files.is_at(path)
    }

    /// What all that is shown of a document by itself is made of.
    pub(super) fn document(&self, filed: &Filed) -> Digest {
        let mut digester = self.wishes.clone();
        match filed.case.of {
            Some(of) => digester.add(&of.0),
            None => digester.add(format!("{:?}", filed.case).as_bytes()),
        };
        digester.finish()
    }

    /// What is known of a body of which all is as it was.
    pub(super) fn body(
        &self,
        path: &RelPath,
        lang: Lang,
        document: Digest,
        links: &impl Links,
    ) -> Option<&Known> {
        let known = self.before.get(&(path.clone(), lang))?;
        let is_same =
            known.document == document && known.asked.iter().all(|asked| asked.is_told(links));
        if is_same {
            self.keep(path, lang, known.clone());
        }
        is_same.then_some(known)
    }

    /// Keeps what was made for the next build, and gives its digest.
    pub(super) fn made(
        &self,
        path: &RelPath,
        lang: Lang,
        document: Digest,
        asked: Questions<'_, impl Links>,
        rendered: &Rendered,
    ) -> Digest {
        let known = Known {
            document,
            asked: asked.asked.into_inner(),
            findings: rendered.findings.clone(),
            has_links: rendered.has_links,
        };
        let digest = known.digest();
        self.keep(path, lang, known);
        digest
    }

    fn keep(&self, path: &RelPath, lang: Lang, known: Known) {
        held(&self.now).insert((path.clone(), lang), known);
    }

    /// What this build knows of bodies.
    pub fn into_bodies(self) -> Bodies {
        self.now.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// What it was made of.
    pub(super) fn digest(&self) -> Digest {
        let mut digester = Digester::default();
        digester.add(&self.document.0).add(format!("{:?}", self.asked).as_bytes());
        digester.finish()
    }

    /// What was found, in a document that is this file of the run.
    pub(super) fn findings(&self, file: FileId) -> Vec<Diagnostic> {
        let mut findings = self.findings.clone();
        for finding in &mut findings {
            finding.each_place(|place| place.file = file);
        }
        findings
    }
}

impl Asked {
    /// Whether the site gives the same answer now.
    fn is_told(&self, links: &impl Links) -> bool {
        match self {
            Self::Document(path, answer) => links.document(path) == *answer,
            Self::Asset(path, answer) => links.asset(path) == *answer,
            Self::Remote(answer) => links.shows_remote() == *answer,
        }
    }
}

/// Links of a text that remember what was asked.
pub(super) struct Questions<'a, L> {
    links: &'a L,
    asked: RefCell<Vec<Asked>>,
}

impl<'a, L> Questions<'a, L> {
    pub(super) fn to(links: &'a L) -> Self {
        Self { links, asked: RefCell::default() }
    }
}

impl<L: Links> Links for Questions<'_, L> {
    fn document(&self, path: &str) -> Option<String> {
        let answer = self.links.document(path);
        self.asked.borrow_mut().push(Asked::Document(path.to_owned(), answer.clone()));
        answer
    }

    fn asset(&self, path: &str) -> Option<String> {
        let answer = self.links.asset(path);
        self.asked.borrow_mut().push(Asked::Asset(path.to_owned(), answer.clone()));
        answer
    }

    fn shows_remote(&self) -> bool {
        let answer = self.links.shows_remote();
        self.asked.borrow_mut().push(Asked::Remote(answer));
        answer
    }
}

/// What a file is made of: what makes it, the values that it is made of, and what stands for those that are long. It is only
/// found out where somebody asks.
pub(super) fn of<'a>(
    maker: &'a [&'a str],
    values: &'a impl Serialize,
    long: Digest,
) -> impl FnOnce() -> Result<Digest, Failure> + 'a {
    move || {
        let mut digester = Digester::default();
        for name in maker {
            digester.add(name.as_bytes());
        }
        digester.add(&long.0);
        let values = serde_json::to_vec(values).map_err(|error| {
            Failure::new(&code::CANNOT_WRITE).arg("path", maker.concat()).arg("why", error)
        })?;
        Ok(digester.add(&values).finish())
    }
}

/// A file that tells nothing of the texts of documents but what all may tell. It stays where the last build was told the same.
pub(super) fn unless_left(
    last: Option<&Last<'_>>,
    path: &OutPath,
    make: impl FnOnce() -> Result<Body, Failure>,
) -> Result<Body, Failure> {
    if last.is_some_and(|last| last.has_left(path)) { Ok(Body::Left) } else { make() }
}

/// A file, made only where the last build did not make it of the same.
pub(super) fn unless_it_stands(
    last: Option<&Last<'_>>,
    of: impl FnOnce() -> Result<Digest, Failure>,
    make: impl FnOnce() -> Result<Vec<u8>, Failure>,
) -> Result<Body, Failure> {
    let Some(last) = last else { return Ok(Body::Bytes(make()?)) };
    let of = of()?;
    let bytes = if last.files.is_made_of(of) { None } else { Some(make()?) };
    Ok(Body::Made { of, bytes })
}
