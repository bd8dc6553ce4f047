//! `sitemap.xml`, which needs `base_url`, with the files that it lists where there are many addresses, and `robots.txt`.

use crate::base::escape::escape;
use crate::base::path::OutPath;
use crate::index::facet::Facet;
use crate::model::kind::Lang;
use crate::render::view::names::has_pages;
use crate::render::{Body, Output, Scene, route};

/// So many addresses stand in a file. The protocol takes 50,000 and 50 MB; long names of Korean documents are no more than that.
const MOST: usize = 25_000;

/// The files for search engines.
pub(super) fn files(scene: &Scene<'_>) -> Vec<Output> {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    let mut files = Vec::new();
    if let Some(base) = &scene.site.base_url {
        robots.push_str(&format!("Sitemap: {base}sitemap.xml\n"));
        files.extend(maps(base, &urls(scene, base), MOST));
    }
    files.push(("robots.txt".to_owned(), robots));
    files
        .into_iter()
        .filter_map(|(path, text)| {
            Some(Output { path: OutPath::new(path)?, body: Body::Bytes(text.into_bytes()) })
        })
        .collect()
}

/// The map, or maps with a map of them.
fn maps(base: &str, urls: &[String], most: usize) -> Vec<(String, String)> {
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    const SPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";
    const LINKS: &str = "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"";
    let map =
        |urls: &[String]| format!("{HEAD}<urlset {SPACE} {LINKS}>\n{}</urlset>\n", urls.concat());
    let top = "sitemap.xml".to_owned();
    if urls.len() <= most {
        return vec![(top, map(urls))];
    }
    let parts = urls.chunks(most).enumerate();
    let mut maps: Vec<(String, String)> =
        parts.map(|(number, urls)| (format!("sitemap-{}.xml", number + 1), map(urls))).collect();
    let line = |(name, _): &(String, String)| {
        format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&format!("{base}{name}")))
    };
    let lines: String = maps.iter().map(line).collect();
    maps.push((top, format!("{HEAD}<sitemapindex {SPACE}>\n{lines}</sitemapindex>\n")));
    maps
}

/// Every page in every language, as a line of a map.
fn urls(scene: &Scene<'_>, base: &str) -> Vec<String> {
    let archive = scene.archive;
    let mut pages: Vec<(String, Option<String>)> = [
        "index.html",
        "incidents/index.html",
        "trends/index.html",
        route::SEARCH,
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
    let mut urls = Vec::with_capacity(pages.len() * Lang::ALL.len());
    for (page, modified) in pages {
        for &lang in Lang::ALL {
            let address = |lang: Lang| {
                let path = format!("{}{page}", route::prefix(lang, scene.site.language));
                let path = path.strip_suffix("index.html").unwrap_or(&path).to_owned();
                escape(&format!("{base}{}", route::encode_all(&path)))
            };
            let mut xml = format!("<url><loc>{}</loc>", address(lang));
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
            urls.push(xml);
        }
    }
    urls
}

#[cfg(test)]
mod tests {
    use super::maps;

    #[test]
    fn more_addresses_than_a_map_takes_are_told_by_several_that_one_lists() {
        let urls: Vec<String> = (0..5).map(|number| format!("<url>{number}</url>\n")).collect();
        let whole = maps("https://x.dev/", &urls, 5);
        assert_eq!(whole.len(), 1);
        assert!(whole[0].0 == "sitemap.xml" && whole[0].1.contains("<urlset "));
        let parts = maps("https://x.dev/", &urls, 2);
        let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]);
        let count =
            |text: &str| parts.iter().map(|(_, map)| map.matches(text).count()).sum::<usize>();
        assert_eq!((count("<url>"), count("<urlset ")), (5, 3));
        for name in &names[..3] {
            assert!(parts[3].1.contains(&format!("<loc>https://x.dev/{name}</loc>")));
        }
    }
}
