//! The pages of one document, one in each language, and what its links lead to from there. Its text is made HTML only
//! where a page is made at all.

use std::cell::LazyCell;
use std::ops::Deref;

use crate::base::digest::Digest;
use crate::base::path::RelPath;
use crate::diag::Diagnostic;
use crate::diag::failure::Failure;
use crate::index::{Filed, FiledId};
use crate::model::kind::Lang;
use crate::parse::prepare::Prepared;
use crate::parse::prepared;
use crate::render::body::{self, Links, Mark, Rendered};
use crate::render::known::{self, Questions};
use crate::render::pages::push;
use crate::render::view::evidence::Evidence;
use crate::render::view::incident::{self, IncidentView};
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
    let source = &filed.case.source;
    let text = known::text(source);
    let prepared = LazyCell::new(|| prepared(source));
    let evidence = Evidence::of(filed);
    let related = scene.archive.related(id);
    let maker = Maker { scene, filed, marks: evidence.marks(), text, prepared: &prepared };
    let mut body = maker.body(scene.site.language);
    findings.append(&mut body.rendered.findings);
    if with_text {
        outputs.extend(search::document(scene, id, text, || {
            maker.whole(&mut body);
            body.rendered.text.text.clone()
        })?);
    }
    let others = Lang::ALL.iter().copied().filter(|&lang| lang != scene.site.language);
    for lang in std::iter::once(scene.site.language).chain(others) {
        if lang != scene.site.language && body.rendered.has_links {
            body = maker.body(lang);
        }
        let view = incident::view(scene, lang, id, &evidence, &related, &body.rendered);
        let page = maker.page(lang, view, &mut body)?;
        push(scene, lang, &route::incident(&filed.slug), page, outputs);
    }
    Ok(())
}

/// What the pages of a document are made from.
struct Maker<'a> {
    scene: &'a Scene<'a>,
    filed: &'a Filed,
    marks: Vec<Mark>,
    /// What its text is known by.
    text: Digest,
    prepared: &'a dyn Deref<Target = Prepared>,
}

/// The body of a document for the pages of a language.
struct Made {
    lang: Lang,
    /// What it was made of.
    of: Digest,
    /// Without its HTML and what is visible of it where nobody has needed them yet.
    rendered: Rendered,
    is_whole: bool,
}

impl Maker<'_> {
    fn body(&self, lang: Lang) -> Made {
        let links = PageLinks::new(self.scene, self.filed, lang);
        let source = &self.filed.case.source;
        let own = known::own(self.text, &self.marks, self.filed.case.incident.title());
        let before = self.scene.last.and_then(|last| last.body(source, lang, own, &links));
        if let Some((of, rendered)) = before {
            return Made { lang, of, rendered, is_whole: false };
        }
        let questions = Questions::to(&links);
        let rendered = self.render(&questions);
        let of = match self.scene.last {
            Some(last) => last.made(source, lang, own, questions, &rendered),
            None => own,
        };
        Made { lang, of, rendered, is_whole: true }
    }

    fn render(&self, links: &impl Links) -> Rendered {
        let Filed { case, .. } = self.filed;
        let (source, title) = (&case.source, case.incident.title());
        body::render(source, self.prepared, &self.marks, title, links, &self.scene.highlighter)
    }

    /// Makes what nobody has needed yet.
    fn whole(&self, body: &mut Made) {
        if !body.is_whole {
            let links = PageLinks::new(self.scene, self.filed, body.lang);
            let made = self.render(&links);
            body.rendered = Rendered { findings: Vec::new(), ..made };
            body.is_whole = true;
        }
    }

    /// The page, made only where the last build did not make it of the same.
    fn page(&self, lang: Lang, view: IncidentView, body: &mut Made) -> Result<Body, Failure> {
        const TEMPLATE: &str = "incident.html";
        let maker = [TEMPLATE, lang.as_str()];
        let of = known::of(&maker, &view, body.of);
        known::unless_it_stands(self.scene.last, of, || {
            self.whole(body);
            let mut view = view.clone();
            view.fill(&body.rendered);
            self.scene.theme.page(lang, TEMPLATE, &view)
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
