//! What a site has whatever its documents say: the page for wrong addresses, files of the theme, files beside documents.

use crate::base::path::OutPath;
use crate::diag::failure::Failure;
use crate::model::kind::Lang;
use crate::render::pages::{page, push};
use crate::render::view::home;
use crate::render::view::page::Page;
use crate::render::{Body, Output, Scene, combine, route, search};

/// The page for addresses that do not exist. Hosts serve it from any depth, so its links are whole where
/// `base_url` is known.
pub(super) fn not_found(scene: &Scene<'_>, outputs: &mut Vec<Output>) -> Result<(), Failure> {
    for &lang in Lang::ALL {
        let title = scene.theme.strings(lang).get("not_found").to_owned();
        let mut frame = Page::new(scene, lang, "404.html", "", title);
        frame.noindex = true;
        if let Some(base) = &scene.site.base_url {
            frame.root.clone_from(base);
            frame.home = format!("{base}{}", route::prefix(lang, scene.site.language));
            frame.feed = format!("{}feed.xml", frame.home);
            (frame.menu, frame.more) = scene.theme.menus(lang, frame.section, &frame.home);
            for other in &mut frame.others {
                let version = frame.versions.iter().find(|version| version.lang == other.lang);
                other.url = version.map(|version| version.url.clone()).unwrap_or_default();
            }
        }
        let view = home::PlainView { page: frame };
        push(scene, lang, "404.html", page(scene, lang, "not-found.html", &view)?, outputs);
    }
    Ok(())
}

/// Files that documents may show, under the paths that they have in the content.
pub(super) fn assets(scene: &Scene<'_>) -> Vec<Output> {
    scene
        .assets
        .iter()
        .filter_map(|asset| {
            Some(Output {
                path: OutPath::new(route::asset(asset.path.as_str()))?,
                body: Body::File(asset.file.clone()),
            })
        })
        .collect()
}

pub(super) fn statics(scene: &Scene<'_>) -> Vec<Output> {
    let files = scene.theme.statics.iter();
    let files = files.filter(|file| !search::is_part(file) && !combine::is_part(file));
    let mut outputs: Vec<Output> = files
        .filter_map(|file| {
            Some(Output {
                path: OutPath::new(file.path.as_str())?,
                body: Body::Bytes(file.bytes.clone()),
            })
        })
        .collect();
    // What GitHub Pages wants to know: leave the files alone, and the site's own domain.
    let domain = scene.site.cname.as_ref().map(|name| ("CNAME", format!("{name}\n").into_bytes()));
    for (path, bytes) in [(".nojekyll", Vec::new())].into_iter().chain(domain) {
        outputs.extend(OutPath::new(path).map(|path| Output { path, body: Body::Bytes(bytes) }));
    }
    outputs
}
