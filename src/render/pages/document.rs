//! The pages of one document, one in each language, and what its links lead to from there.

use crate::base::path::RelPath;
use crate::diag::Diagnostic;
use crate::diag::failure::Failure;
use crate::index::{Filed, FiledId};
use crate::model::kind::Lang;
use crate::parse::parse;
use crate::render::body::{self, Links};
use crate::render::pages::push;
use crate::render::view::evidence::Evidence;
use crate::render::view::incident;
use crate::render::{Asset, Output, Scene, route, search};

/// The text of a document is rendered once and shown in the chrome of both languages, unless it has links,
/// which differ.
pub(super) fn pages(
    scene: &Scene<'_>,
    id: FiledId,
    outputs: &mut Vec<Output>,
    findings: &mut Vec<Diagnostic>,
) -> Result<(), Failure> {
    let filed = &scene.archive.filed[id];
    let source = &filed.case.source;
    let document = parse(source).value;
    let evidence = Evidence::of(filed);
    let address = route::incident(&filed.slug);
    outputs.extend(search::document(scene, id, &document.view.text));
    let render = |lang: Lang| {
        let links = PageLinks::new(scene, filed, lang);
        let title = filed.case.incident.title();
        body::render(source, &document, &evidence.marks(), title, &links, &scene.highlighter)
    };
    let mut body = render(scene.site.language);
    findings.append(&mut body.findings);
    let others = Lang::ALL.iter().copied().filter(|&lang| lang != scene.site.language);
    for lang in std::iter::once(scene.site.language).chain(others) {
        if lang != scene.site.language && body.has_links {
            body = render(lang);
        }
        let view = incident::view(scene, lang, id, &evidence, &body, &document.view);
        push(scene, lang, &address, scene.theme.page(lang, "incident.html", &view)?, outputs);
    }
    Ok(())
}

/// What rendering the text of a document finds.
pub(in crate::render) fn findings(scene: &Scene<'_>, id: FiledId) -> Vec<Diagnostic> {
    let filed = &scene.archive.filed[id];
    let source = &filed.case.source;
    let links = PageLinks::new(scene, filed, scene.site.language);
    body::render(source, &parse(source).value, &[], "", &links, &scene.highlighter).findings
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
        let prefix = route::prefix(lang, scene.site.language);
        let depth = format!("{prefix}{}", route::incident(&filed.slug)).matches('/').count();
        let root = "../".repeat(depth);
        Self { scene, from: &filed.case.source.path, home: format!("{root}{prefix}"), root }
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
