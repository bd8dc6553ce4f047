//! What need not be made again: pages that the last build made of the same, and what it found in the texts of documents
//! while it made HTML of them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::base::digest::{Digest, Digester};
use crate::base::path::RelPath;
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

/// The last build, as far as this one can do without making things again.
pub struct Last<'a> {
    /// Of settings and words.
    wishes: Digester,
    stands: &'a (dyn Fn(Digest) -> bool + Sync),
    before: Bodies,
    now: Mutex<Bodies>,
}

impl<'a> Last<'a> {
    /// A build that knew this of bodies, and whose files `stands` knows by what they were made of. `wishes` is of all that
    /// decides how a page looks besides documents and themes.
    pub fn new(
        wishes: Digester,
        before: Bodies,
        stands: &'a (dyn Fn(Digest) -> bool + Sync),
    ) -> Self {
        Self { wishes, stands, before, now: Mutex::default() }
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
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.insert((path.clone(), lang), known);
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
            finding.span.file = file;
            finding.also.iter_mut().for_each(|also| also.file = file);
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

/// A file, made only where the last build did not make it of the same.
pub(super) fn unless_it_stands(
    last: Option<&Last<'_>>,
    of: impl FnOnce() -> Result<Digest, Failure>,
    make: impl FnOnce() -> Result<Vec<u8>, Failure>,
) -> Result<Body, Failure> {
    let Some(last) = last else { return Ok(Body::Bytes(make()?)) };
    let of = of()?;
    let bytes = if (last.stands)(of) { None } else { Some(make()?) };
    Ok(Body::Made { of, bytes })
}
