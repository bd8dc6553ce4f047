//! Atom feeds: the newest incidents, of all and of each cause, group and service.

use crate::base::escape::escape;
use crate::base::path::OutPath;
use crate::diag::failure::Failure;
use crate::index::FiledId;
use crate::index::facet::Facet;
use crate::model::kind::Lang;
use crate::render::view::page::site_title;
use crate::render::view::row::row;
use crate::render::view::value::has_feed;
use crate::render::{Body, Output, Scene, known, route};

/// A feed holds so many.
const MOST: usize = 30;

/// The feed of all incidents in each language, and one for each cause, group and service. Without `base_url` entries
/// are named by a tag, and links are relative.
pub(super) fn feeds(scene: &Scene<'_>) -> Result<Vec<Output>, Failure> {
    let mut feeds = Vec::new();
    for &lang in Lang::ALL {
        let prefix = route::prefix(lang, scene.site.language);
        let site = site_title(scene, lang);
        let ids: Vec<FiledId> = scene.archive.leading().take(MOST).collect();
        feeds.extend(feed(scene, lang, &site, &format!("{prefix}feed.xml"), &ids)?);
        for facet in Facet::ALL.iter().copied().filter(|&facet| has_feed(facet)) {
            for (value, link) in
                scene.archive.facets.values(facet).iter().zip(scene.names.all(lang, facet))
            {
                let path = format!("{prefix}{}", route::value_feed(facet, &value.slug));
                let ids = &value.filed[..value.filed.len().min(MOST)];
                feeds.extend(feed(scene, lang, &format!("{} – {site}", link.name), &path, ids)?);
            }
        }
    }
    Ok(feeds)
}

fn feed(
    scene: &Scene<'_>,
    lang: Lang,
    title: &str,
    path: &str,
    ids: &[FiledId],
) -> Result<Option<Output>, Failure> {
    let Some(at) = OutPath::new(path) else { return Ok(None) };
    let made = || Ok(Body::Bytes(atom(scene, lang, title, path, ids).into_bytes()));
    let body = known::unless_left(scene.last, &at, made)?;
    Ok(Some(Output { path: at, body }))
}

/// An Atom feed. Its dates are the days of the incidents: the clock is no part of a build.
fn atom(scene: &Scene<'_>, lang: Lang, title: &str, path: &str, ids: &[FiledId]) -> String {
    let base = scene.site.base_url.as_deref();
    let up = "../".repeat(path.matches('/').count());
    let whole = |lead: &str, path: &str| base.unwrap_or(lead).to_owned() + &route::encode_all(path);
    let address = |path: &str| whole(&up, path);
    let name = |path: &str| whole("tag:pmsite,2000:", path);
    let prefix = route::prefix(lang, scene.site.language);
    let updated = ids
        .iter()
        .map(|&id| instant(scene, id))
        .max()
        .unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned());
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{}</id>\n<link rel=\"self\" href=\"{}\"/>\n<link href=\"{}\"/>\n<updated>{updated}</updated>\n\
         <author><name>{}</name></author>\n",
        lang.as_str(),
        escape(title),
        escape(&name(path)),
        escape(&address(path)),
        escape(&address(&format!("{prefix}index.html"))),
        escape(title),
    );
    for &id in ids {
        let row = row(scene, lang, id);
        let filed = &scene.archive.filed[scene.archive.version(id, lang)];
        let page = format!("{prefix}{}", route::incident(&filed.slug));
        let parts = [row.date.as_str(), row.duration.as_str(), &row.causes.replace(" · ", ", ")];
        let summary: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        feed.push_str(&format!(
            "<entry xml:lang=\"{}\">\n<title>{}</title>\n<id>{}</id>\n<link href=\"{}\"/>\n<updated>{}</updated>\n<summary>{}</summary>\n</entry>\n",
            filed.case.incident.lang.as_str(),
            escape(&row.title),
            escape(&name(&page)),
            escape(&address(&page)),
            instant(scene, id),
            escape(&summary.join(" · ")),
        ));
    }
    feed.push_str("</feed>\n");
    feed
}

/// The day of an incident as an instant; the beginning of time where it has none.
fn instant(scene: &Scene<'_>, id: FiledId) -> String {
    let date = scene.archive.filed[id].case.incident.date.value().copied();
    let date = date
        .filter(|date| date.is_whole())
        .map_or_else(|| "1970-01-01".to_owned(), |date| date.to_string());
    format!("{date}T00:00:00Z")
}
