//! What every page has: its title, its place, its versions in other languages.

use serde::Serialize;

use crate::base::path::OutPath;
use crate::model::kind::Lang;
use crate::render::{Scene, route};

/// The frame of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    /// For the browser's tab and the heading.
    pub title: String,
    /// One sentence for search engines and previews.
    pub description: String,
    /// Name of the site.
    pub site: String,
    /// From this page to the top of the site: `../` as often as needed.
    pub root: String,
    /// From this page to the top of its language.
    pub home: String,
    /// The page in each language, this one included.
    pub versions: Vec<Version>,
    /// The address for search engines, where `base_url` is known.
    pub canonical: Option<String>,
    /// Hosts that pictures may come from, for the Content-Security-Policy.
    pub img_src: &'static str,
    /// Which entry of the menu this page belongs to.
    pub section: &'static str,
    /// Search engines should not list it.
    pub noindex: bool,
}

/// The page in a language.
#[derive(Clone, Debug, Serialize)]
pub struct Version {
    /// `en`, `ko`.
    pub lang: &'static str,
    /// What the language calls itself.
    pub name: String,
    /// Relative to this page.
    pub url: String,
    /// Whole, where `base_url` is known.
    pub absolute: Option<String>,
    /// It is this page.
    pub current: bool,
}

impl Page {
    /// The frame of the page at `address` (below its language) in `lang`.
    pub fn new(
        scene: &Scene<'_>,
        lang: Lang,
        address: &str,
        section: &'static str,
        title: String,
    ) -> Self {
        let site = scene.site.language;
        let path = format!("{}{address}", route::prefix(lang, site));
        let root = OutPath::new(path.clone()).map(|path| path.to_root()).unwrap_or_default();
        let strings = scene.theme.strings(lang);
        let absolute = |path: &str| {
            let base = scene.site.base_url.as_ref()?;
            let path = path.strip_suffix("index.html").unwrap_or(path);
            Some(format!("{base}{}", route::encode_all(path)))
        };
        let versions = Lang::ALL.iter().map(|&other| {
            let path = format!("{}{address}", route::prefix(other, site));
            Version {
                lang: other.as_str(),
                name: scene.theme.strings(other).get("language_name").to_owned(),
                url: format!("{root}{}", route::encode(&path)),
                absolute: absolute(&path),
                current: other == lang,
            }
        });
        Self {
            description: scene
                .site
                .description
                .clone()
                .unwrap_or_else(|| strings.get("site_description").to_owned()),
            site: scene.site.title.clone().unwrap_or_else(|| strings.get("site_title").to_owned()),
            home: format!("{root}{}", route::prefix(lang, site)),
            versions: versions.collect(),
            canonical: absolute(&path),
            img_src: if scene.site.remote_images { "'self' data: https:" } else { "'self' data:" },
            noindex: false,
            root,
            section,
            title,
        }
    }

    /// Says what this page is about.
    #[must_use]
    pub fn about(mut self, description: String) -> Self {
        if !description.trim().is_empty() {
            self.description = description;
        }
        self
    }
}
