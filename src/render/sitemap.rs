//! `sitemap.xml`, which needs `base_url`, and `robots.txt`.

use crate::base::path::OutPath;
use crate::index::facet::Facet;
use crate::model::kind::Lang;
use crate::render::escape::escape;
use crate::render::view::names::has_pages;
use crate::render::{Body, Output, Scene, route};

/// The files for search engines.
pub(super) fn files(scene: &Scene<'_>) -> Vec<Output> {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    let mut files = Vec::new();
    if let Some(base) = &scene.site.base_url {
        robots.push_str(&format!("Sitemap: {base}sitemap.xml\n"));
        files.push(("sitemap.xml", sitemap(scene, base)));
    }
    files.push(("robots.txt", robots));
    files
        .into_iter()
        .filter_map(|(path, text)| {
            Some(Output { path: OutPath::new(path)?, body: Body::Bytes(text.into_bytes()) })
        })
        .collect()
}

fn sitemap(scene: &Scene<'_>, base: &str) -> String {
    let archive = scene.archive;
    let mut pages: Vec<(String, Option<String>)> = [
        "index.html",
        "incidents/index.html",
        "trends/index.html",
        route::search(),
        route::LEDGER,
        route::DATA,
        route::ABOUT,
    ]
    .map(|page| (page.to_owned(), None))
    .to_vec();
    for facet in Facet::ALL.iter().copied().filter(|&facet| has_pages(facet)) {
        pages.push((route::facet(facet, 1), None));
        pages.extend(
            archive
                .facets
                .values(facet)
                .iter()
                .map(|value| (route::value(facet, &value.slug, 1), None)),
        );
    }
    for filed in &archive.filed {
        let date = filed.case.incident.date.value().copied().filter(|date| date.is_whole());
        pages.push((route::incident(&filed.slug), date.map(|date| date.to_string())));
    }
    let mut xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
                   xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
        .to_owned();
    for (page, modified) in pages {
        for &lang in Lang::ALL {
            let address = |lang: Lang| {
                let path = format!("{}{page}", route::prefix(lang, scene.site.language));
                let path = path.strip_suffix("index.html").unwrap_or(&path).to_owned();
                escape(&format!("{base}{}", route::encode_all(&path)))
            };
            xml.push_str(&format!("<url><loc>{}</loc>", address(lang)));
            if let Some(modified) = &modified {
                xml.push_str(&format!("<lastmod>{modified}</lastmod>"));
            }
            for &other in Lang::ALL {
                xml.push_str(&format!(
                    "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                    other.as_str(),
                    address(other)
                ));
            }
            xml.push_str("</url>\n");
        }
    }
    xml.push_str("</urlset>\n");
    xml
}
