//! What need not be made again: pages that the last build made of the same, and what it found out about the texts of
//! documents while it made HTML of them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::base::digest::{Digest, Digester};
use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::model::kind::Lang;
use crate::render::Body;
use crate::render::body::{Links, Mark, Rendered};

/// What is known of the bodies of documents, by their paths and the language of the page.
pub type Bodies = BTreeMap<(RelPath, Lang), Known>;

/// A body without its HTML and its visible text, and what it was made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Known {
    /// Of the text and its marks.
    own: Digest,
    /// What it asked of the site, and what it was told.
    asked: Vec<Asked>,
    /// All that was made, but the HTML.
    rendered: Rendered,
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
    stands: &'a (dyn Fn(Digest) -> bool + Sync),
    before: Bodies,
    now: Mutex<Bodies>,
}

impl<'a> Last<'a> {
    /// A build that knew this of bodies, and whose files `stands` knows by what they were made of.
    pub fn new(before: Bodies, stands: &'a (dyn Fn(Digest) -> bool + Sync)) -> Self {
        Self { stands, before, now: Mutex::default() }
    }

    /// What is known of a body of which all is as it was: its digest, and what was made but the HTML.
    pub(super) fn body(
        &self,
        source: &Source,
        lang: Lang,
        own: Digest,
        links: &impl Links,
    ) -> Option<(Digest, Rendered)> {
        let known = self.before.get(&(source.path.clone(), lang))?;
        if known.own != own || !known.asked.iter().all(|asked| asked.is_told(links)) {
            return None;
        }
        let mut known = known.clone();
        for finding in &mut known.rendered.findings {
            finding.span.file = source.id;
            if let Some(also) = &mut finding.also {
                also.file = source.id;
            }
        }
        let (digest, rendered) = (known.digest(), known.rendered.clone());
        self.keep(source, lang, known);
        Some((digest, rendered))
    }

    /// Keeps what was made for the next build, and gives its digest.
    pub(super) fn made(
        &self,
        source: &Source,
        lang: Lang,
        own: Digest,
        asked: Questions<'_, impl Links>,
        rendered: &Rendered,
    ) -> Digest {
        let Rendered { findings, anchors, has_links, .. } = rendered;
        let rendered = Rendered {
            findings: findings.clone(),
            anchors: anchors.clone(),
            has_links: *has_links,
            ..Rendered::default()
        };
        let known = Known { own, asked: asked.asked.into_inner(), rendered };
        let digest = known.digest();
        self.keep(source, lang, known);
        digest
    }

    fn keep(&self, source: &Source, lang: Lang, known: Known) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.insert((source.path.clone(), lang), known);
    }

    /// What this build knows of bodies.
    pub fn into_bodies(self) -> Bodies {
        self.now.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn digest(&self) -> Digest {
        let mut digester = Digester::default();
        digester.add(&self.own.0).add(format!("{:?}", self.asked).as_bytes());
        digester.finish()
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

/// What a text is known by, wherever it is shown.
pub(super) fn text(source: &Source) -> Digest {
    let mut digester = Digester::default();
    digester.add(source.path.as_str().as_bytes()).add(source.text.as_bytes());
    digester.finish()
}

/// What a body is made of, but the answers of the site.
pub(super) fn own(text: Digest, marks: &[Mark], title: &str) -> Digest {
    let mut digester = Digester::default();
    digester.add(&text.0).add(title.as_bytes());
    for Mark { span, id } in marks {
        digester.add(&span.start.to_le_bytes()).add(&span.end.to_le_bytes()).add(id.as_bytes());
    }
    digester.finish()
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
