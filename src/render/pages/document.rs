//! The pages of one document, one in each language, and what its links lead to from there. Its text is made HTML only
//! where a page is made at all.

use std::cell::LazyCell;
use std::ops::Deref;

use crate::base::digest::Digest;
use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::diag::Diagnostic;
use crate::diag::failure::Failure;
use crate::index::related::Related;
use crate::index::{Filed, FiledId};
use crate::model::kind::Lang;
use crate::parse::prepare::Prepared;
use crate::parse::prepared;
use crate::render::body::{self, Links, Rendered};
use crate::render::known::{self, Questions};
use crate::render::pages::place;
use crate::render::view::evidence::Evidence;
use crate::render::view::incident;
use crate::render::view::incident::around::Around;
use crate::render::{Asset, Body, Output, Scene, route, search};

/// The text of a document is rendered once and shown in the chrome of both languages, unless it has links,
/// which differ.
pub(super) fn pages(
    scene: &Scene<'_>,
    id: FiledId,
    with_text: bool,
    outputs: &mut Vec<Output>,
    findings: &mut Vec<Diagnostic>,
) -> Result<(), Failure> {
    let filed = &scene.archive.filed[id];
    let of = scene.last.map(|last| last.document(filed)).unwrap_or_default();
    let evidence = LazyCell::new(|| Evidence::of(filed));
    let prepared = LazyCell::new(|| prepared(&filed.case.source));
    let related = LazyCell::new(|| scene.archive.related(id));
    let maker =
        Maker { scene, id, filed, of, evidence: &evidence, prepared: &prepared, related: &related };
    let mut body = maker.body(scene.site.language);
    findings.append(&mut body.findings);
    if with_text {
        outputs
            .extend(search::document(scene, id, of, || maker.whole(&mut body).text.text.clone())?);
    }
    let others = Lang::ALL.iter().copied().filter(|&lang| lang != scene.site.language);
    for lang in std::iter::once(scene.site.language).chain(others) {
        if lang != scene.site.language && body.has_links {
            body = maker.body(lang);
        }
        let Some(path) = place(scene, lang, &route::incident(&filed.slug)) else { continue };
        let stays = body.is_known && scene.last.is_some_and(|last| last.has_left(&path));
        let page = if stays { Body::Left } else { maker.page(lang, &mut body)? };
        outputs.push(Output { path, body: page });
    }
    Ok(())
}

/// What the pages of a document are made from.
struct Maker<'a> {
    scene: &'a Scene<'a>,
    id: FiledId,
    filed: &'a Filed,
    /// What the document is known by.
    of: Digest,
    evidence: &'a dyn Deref<Target = Evidence>,
    prepared: &'a dyn Deref<Target = Prepared>,
    related: &'a dyn Deref<Target = Vec<Related>>,
}

/// The body of a document for the pages of a language.
struct Made {
    lang: Lang,
    /// What it was made of.
    of: Digest,
    findings: Vec<Diagnostic>,
    has_links: bool,
    /// The last build made the same.
    is_known: bool,
    /// Nothing where nobody has needed it yet.
    rendered: Option<Rendered>,
}

impl Maker<'_> {
    fn body(&self, lang: Lang) -> Made {
        let links = PageLinks::new(self.scene, self.filed, lang);
        let Source { id, path, .. } = &self.filed.case.source;
        let before = self.scene.last.and_then(|last| last.body(path, lang, self.of, &links));
        if let Some(known) = before {
            let (of, findings) = (known.digest(), known.findings(*id));
            let has_links = known.has_links;
            return Made { lang, of, findings, has_links, is_known: true, rendered: None };
        }
        let questions = Questions::to(&links);
        let mut rendered = self.render(&questions);
        let of = match self.scene.last {
            Some(last) => last.made(path, lang, self.of, questions, &rendered),
            None => self.of,
        };
        let findings = std::mem::take(&mut rendered.findings);
        let has_links = rendered.has_links;
        Made { lang, of, findings, has_links, is_known: false, rendered: Some(rendered) }
    }

    fn render(&self, links: &impl Links) -> Rendered {
        let Filed { case, .. } = self.filed;
        let (marks, title) = (self.evidence.marks(), case.incident.title());
        let highlighter = &self.scene.highlighter;
        body::render(&case.source, self.prepared, &marks, title, links, highlighter)
    }

    /// All of a body.
    fn whole<'b>(&self, body: &'b mut Made) -> &'b Rendered {
        let links = || PageLinks::new(self.scene, self.filed, body.lang);
        body.rendered.get_or_insert_with(|| self.render(&links()))
    }

    /// The page, made only where the last build did not make it of the same.
    fn page(&self, lang: Lang, body: &mut Made) -> Result<Body, Failure> {
        const TEMPLATE: &str = "incident.html";
        let Self { scene, id, .. } = *self;
        let maker = [TEMPLATE, lang.as_str()];
        let around = Around::of(scene, lang, id, self.related);
        let of = known::of(&maker, &around, body.of);
        known::unless_it_stands(scene.last, of, || {
            let view = incident::view(scene, lang, id, self.evidence, &around, self.whole(body));
            scene.theme.page(lang, TEMPLATE, &view)
        })
    }
}

/// What rendering the text of a document finds.
pub(in crate::render) fn findings(scene: &Scene<'_>, id: FiledId) -> Vec<Diagnostic> {
    let filed = &scene.archive.filed[id];
    let source = &filed.case.source;
    let links = PageLinks::new(scene, filed, scene.site.language);
    body::render(source, &prepared(source), &[], "", &links, &scene.highlighter).findings
}

/// Links of a document as they stand on its page.
struct PageLinks<'a> {
    scene: &'a Scene<'a>,
    from: &'a RelPath,
    root: String,
    home: String,
}

impl<'a> PageLinks<'a> {
    fn new(scene: &'a Scene<'a>, filed: &'a Filed, lang: Lang) -> Self {
        let home = "../".repeat(route::incident(&filed.slug).matches('/').count());
        let to_top = route::prefix(lang, scene.site.language).matches('/').count();
        let root = format!("{}{home}", "../".repeat(to_top));
        Self { scene, from: &filed.case.source.path, home, root }
    }
}

impl Links for PageLinks<'_> {
    fn document(&self, path: &str) -> Option<String> {
        let id = self.scene.archive.at(&self.from.join(path)?)?;
        let slug = &self.scene.archive.filed[id].slug;
        Some(format!("{}{}", self.home, route::encode(&route::incident(slug))))
    }

    fn asset(&self, path: &str) -> Option<String> {
        let path = self.from.join(path)?;
        let assets: &[Asset] = self.scene.assets;
        let at = assets.binary_search_by(|asset| asset.path.cmp(&path)).ok()?;
        Some(format!("{}{}", self.root, route::encode(&route::asset(assets[at].path.as_str()))))
    }

    fn shows_remote(&self) -> bool {
        self.scene.site.remote_images
    }
}
