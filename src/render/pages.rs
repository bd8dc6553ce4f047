//! Which pages there are, and how each is made. A job makes a few files; jobs know nothing of each other.

use crate::base::path::{OutPath, RelPath};
use crate::diag::Diagnostic;
use crate::diag::catalog::Catalog;
use crate::diag::failure::Failure;
use crate::index::facet::Facet;
use crate::index::{Filed, FiledId};
use crate::model::kind::Lang;
use crate::parse::parse;
use crate::render::body::{self, Links};
use crate::render::view::facet::PAGE;
use crate::render::view::{facet, home, incident, page::Page};
use crate::render::{Asset, Body, Output, Scene, data, feed, route, sitemap};

/// Something to render.
pub(super) enum Job {
    Home,
    Incidents(usize),
    Incident(FiledId),
    Facet(Facet),
    /// A value of a facet by its place, and a page of its list.
    Value(Facet, usize, usize),
    NotFound,
    Feed,
    Sitemap,
    Data,
    Statics,
    Assets,
}

/// Everything that the site consists of.
pub(super) fn jobs(scene: &Scene<'_>) -> Vec<Job> {
    let archive = scene.archive;
    let mut jobs = vec![
        Job::Home,
        Job::NotFound,
        Job::Feed,
        Job::Sitemap,
        Job::Data,
        Job::Statics,
        Job::Assets,
    ];
    jobs.extend((1..=archive.leading().count().div_ceil(PAGE).max(1)).map(Job::Incidents));
    for &facet in Facet::ALL {
        jobs.push(Job::Facet(facet));
        for (place, value) in archive.facets.values(facet).iter().enumerate() {
            jobs.extend(
                (1..=value.filed.len().div_ceil(PAGE)).map(|page| Job::Value(facet, place, page)),
            );
        }
    }
    jobs.extend((0..archive.filed.len()).map(Job::Incident));
    jobs
}

/// Makes the files of a job.
pub(super) fn run(scene: &Scene<'_>, job: &Job) -> Result<(Vec<Output>, Vec<Diagnostic>), Failure> {
    let mut outputs = Vec::new();
    let mut findings = Vec::new();
    match job {
        Job::Home => {
            each(scene, &mut outputs, "index.html", "home.html", |lang| home::home(scene, lang))?
        }
        Job::Incidents(number) => {
            let address = route::incidents(*number);
            each(scene, &mut outputs, &address, "incidents.html", |lang| {
                home::incidents(scene, lang, *number)
            })?;
        }
        Job::Facet(facet) => {
            each(scene, &mut outputs, &route::facet(*facet), "facet.html", |lang| {
                facet::facet(scene, lang, *facet)
            })?;
        }
        Job::Value(facet, place, number) => {
            let value = &scene.archive.facets.values(*facet)[*place];
            let address = route::value(*facet, &value.slug, *number);
            each(scene, &mut outputs, &address, "value.html", |lang| {
                facet::value(scene, lang, *facet, value, *number)
            })?;
        }
        Job::Incident(id) => incident_pages(scene, *id, &mut outputs, &mut findings)?,
        Job::NotFound => not_found(scene, &mut outputs)?,
        Job::Feed => outputs.extend(feed::feeds(scene)),
        Job::Sitemap => outputs.extend(sitemap::files(scene)),
        Job::Data => outputs.extend(data::files(scene)?),
        Job::Statics => outputs.extend(statics(scene)),
        Job::Assets => outputs.extend(scene.assets.iter().filter_map(|asset| {
            Some(Output {
                path: OutPath::new(route::asset(asset.path.as_str()))?,
                body: Body::File(asset.file.clone()),
            })
        })),
    }
    Ok((outputs, findings))
}

/// A page in each language.
fn each<V: serde::Serialize>(
    scene: &Scene<'_>,
    outputs: &mut Vec<Output>,
    address: &str,
    template: &str,
    view: impl Fn(Lang) -> V,
) -> Result<(), Failure> {
    for &lang in Lang::ALL {
        let page = scene.theme.page(lang, template, &view(lang))?;
        push(scene, lang, address, page, outputs);
    }
    Ok(())
}

fn push(scene: &Scene<'_>, lang: Lang, address: &str, page: Vec<u8>, outputs: &mut Vec<Output>) {
    let path = format!("{}{address}", route::prefix(lang, scene.site.language));
    if let Some(path) = OutPath::new(path) {
        outputs.push(Output { path, body: Body::Bytes(page) });
    }
}

/// The text of a document is rendered once and shown in the chrome of both languages.
fn incident_pages(
    scene: &Scene<'_>,
    id: FiledId,
    outputs: &mut Vec<Output>,
    findings: &mut Vec<Diagnostic>,
) -> Result<(), Failure> {
    let filed = &scene.archive.filed[id];
    let source = &filed.case.source;
    let document = parse(source).value;
    let evidence = incident::Evidence::of(filed);
    for &lang in Lang::ALL {
        let address = route::incident(&filed.slug);
        let links = PageLinks::new(scene, filed, lang);
        let body = body::render(
            source,
            &document,
            &evidence.marks(),
            filed.case.incident.title(),
            &links,
            &scene.highlighter,
        );
        let words = Catalog::of(lang.as_str());
        let view = incident::view(scene, lang, id, &evidence, &body, &words);
        push(scene, lang, &address, scene.theme.page(lang, "incident.html", &view)?, outputs);
        if lang == scene.site.language {
            findings.extend(body.findings);
        }
    }
    Ok(())
}

/// What rendering the text of a document finds.
pub(super) fn findings(scene: &Scene<'_>, id: FiledId) -> Vec<Diagnostic> {
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

/// The page for addresses that do not exist. Hosts serve it from any depth, so its links are whole where
/// `base_url` is known.
fn not_found(scene: &Scene<'_>, outputs: &mut Vec<Output>) -> Result<(), Failure> {
    let lang = scene.site.language;
    let title = scene.theme.strings(lang).get("not_found").to_owned();
    let mut page = Page::new(scene, lang, "404.html", "", title);
    page.noindex = true;
    if let Some(base) = &scene.site.base_url {
        page.root.clone_from(base);
        page.home.clone_from(base);
    }
    push(
        scene,
        lang,
        "404.html",
        scene.theme.page(lang, "not-found.html", &home::PlainView { page })?,
        outputs,
    );
    Ok(())
}

fn statics(scene: &Scene<'_>) -> Vec<Output> {
    let files = scene.theme.statics.iter();
    let mut outputs: Vec<Output> = files
        .filter_map(|file| {
            Some(Output {
                path: OutPath::new(file.path.as_str())?,
                body: Body::Bytes(file.bytes.clone()),
            })
        })
        .collect();
    outputs.extend(
        OutPath::new(".nojekyll").map(|path| Output { path, body: Body::Bytes(Vec::new()) }),
    );
    outputs
}
