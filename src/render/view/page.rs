//! What every page has: its title, its place, its version in the other language.

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
    /// The page in the other languages.
    pub others: Vec<Version>,
    /// All versions with whole addresses, this one included, for search engines; empty without `base_url`.
    pub versions: Vec<Version>,
    /// The address for search engines, where `base_url` is known.
    pub canonical: Option<String>,
    /// The picture for previews, where `base_url` is known.
    pub picture: Option<String>,
    /// Hosts that pictures may come from, for the Content-Security-Policy.
    pub img_src: &'static str,
    /// Which entry of the menu this page belongs to.
    pub section: &'static str,
    /// Search engines should not list it.
    pub noindex: bool,
    /// The feed of this page, relative to it.
    pub feed: String,
    /// `menu.html` for this page.
    pub menu: String,
    /// `more.html` for this page.
    pub more: String,
}

/// The page in a language.
#[derive(Clone, Debug, Serialize)]
pub struct Version {
    /// `en`, `ko`.
    pub lang: &'static str,
    /// What the language calls itself.
    pub name: String,
    /// Relative to this page, or whole.
    pub url: String,
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
        let path = |lang: Lang| format!("{}{address}", route::prefix(lang, site));
        let root = OutPath::new(path(lang)).map(|path| path.to_root()).unwrap_or_default();
        let strings = scene.theme.strings(lang);
        let base = scene.site.base_url.as_deref();
        let whole = |lang: Lang| {
            let path = path(lang);
            let path = path.strip_suffix("index.html").unwrap_or(&path).to_owned();
            Some(format!("{}{}", base?, route::encode_all(&path)))
        };
        let version = |lang: Lang, url: String| Version {
            lang: lang.as_str(),
            name: scene.theme.strings(lang).get("language_name").to_owned(),
            url,
        };
        let others = Lang::ALL.iter().filter(|&&other| other != lang);
        let home = OutPath::new(address).map(|path| path.to_root()).unwrap_or_default();
        let (menu, more) = scene.theme.menus(lang, section, &home);
        Self {
            description: scene
                .site
                .description
                .clone()
                .unwrap_or_else(|| strings.get("site_description").to_owned()),
            site: site_title(scene, lang),
            others: others
                .map(|&other| version(other, format!("{root}{}", route::encode(&path(other)))))
                .collect(),
            versions: Lang::ALL
                .iter()
                .filter_map(|&lang| Some(version(lang, whole(lang)?)))
                .collect(),
            canonical: whole(lang),
            picture: base.map(|base| format!("{base}static/share.png")),
            img_src: if scene.site.remote_images { "'self' data: https:" } else { "'self' data:" },
            noindex: false,
            feed: format!("{home}feed.xml"),
            menu,
            more,
            home,
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

/// The name of the site: the settings', else the theme's.
pub fn site_title(scene: &Scene<'_>, lang: Lang) -> String {
    let strings = scene.theme.strings(lang);
    scene.site.title.clone().unwrap_or_else(|| strings.get("site_title").to_owned())
}
