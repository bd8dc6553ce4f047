//! A theme: templates, strings in both languages, static files. The default one is embedded; a site's own
//! theme overrides it file by file.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::Range;
use std::sync::Arc;

use tera::{Context, Kwargs, State, Tera};

use crate::base::file::File;
use crate::base::path::RelPath;
use crate::base::source::Source;
use crate::base::span::FileId;
use crate::diag::failure::Failure;
use crate::diag::{Diagnostic, code};
use crate::model::kind::Lang;
use crate::render::strings::Strings;

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../themes/default/", $path)))),*]
    };
}

/// The files of the default theme.
pub const DEFAULT: &[(&str, &[u8])] = embedded![
    "strings/en.toml",
    "strings/ko.toml",
    "static/style.css",
    "static/list.js",
    "static/favicon.svg",
    "static/share.png",
    "static/field.js",
    "static/combine.js",
    "static/search/tokens.js",
    "static/search/versions.js",
    "static/search/shards.js",
    "static/search/exact.js",
    "static/search/near.js",
    "static/search/query.js",
    "static/search/excerpt.js",
    "static/search/facets.js",
    "static/search/page.js",
    "static/trends/count.js",
    "static/trends/sample.js",
    "static/trends/draw.js",
    "static/trends/figures.js",
    "static/trends/more.js",
    "templates/base.html",
    "templates/menu.html",
    "templates/more.html",
    "templates/parts.html",
    "templates/home.html",
    "templates/incident.html",
    "templates/incidents.html",
    "templates/facet.html",
    "templates/search.html",
    "templates/told.html",
    "templates/value.html",
    "templates/trends.html",
    "templates/ledger.html",
    "templates/about.html",
    "templates/data.html",
    "templates/actions.html",
    "templates/not-found.html",
];

/// A theme, ready to render.
pub struct Theme {
    voices: BTreeMap<Lang, Voice>,
    /// Files that are published as they are, below `static/`.
    pub statics: Vec<File>,
}

/// The templates with the strings of one language.
struct Voice {
    tera: Tera,
    strings: Arc<Strings>,
    menus: BTreeMap<&'static str, Menus>,
}

/// The menus of the pages of one section, in pieces: between them goes the way to the top of the language. They
/// stand on every page, so they are rendered once and not with each.
struct Menus {
    menu: Vec<String>,
    more: Vec<String>,
}

/// Stands for the way to the top while menus are rendered; no string holds it.
const TOP: &str = "\u{f8ff}";
/// Sections that menus may tell from the others; those have the empty one.
const SECTIONS: [&str; 13] = [
    "",
    "about",
    "actions",
    "causes",
    "data",
    "detection",
    "groups",
    "incidents",
    "resolution",
    "services",
    "severity",
    "trends",
    "years",
];

impl Theme {
    /// The default theme with these files of a folder in place of its own.
    ///
    /// # Errors
    /// When a template or a strings file is wrong.
    pub fn load(own: Vec<File>, folder: &str) -> Result<Self, Failure> {
        let mut files: BTreeMap<String, File> = DEFAULT
            .iter()
            .map(|(path, bytes)| File { path: RelPath::known(path), bytes: bytes.to_vec() })
            .chain(own)
            .map(|file| (file.path.as_str().to_owned(), file))
            .collect();
        let mut templates = Vec::new();
        for (path, file) in &files {
            if let Some(name) = path.strip_prefix("templates/") {
                templates.push((name.to_owned(), text(folder, path, &file.bytes)?));
            }
        }
        let mut voices = BTreeMap::new();
        for &lang in Lang::ALL {
            let strings = Arc::new(strings(&files, folder, lang)?);
            let tera = tera(&templates, lang, &strings)?;
            voices.insert(lang, Voice { menus: menus(&tera)?, tera, strings });
        }
        files.retain(|path, _| path.starts_with("static/"));
        Ok(Self { voices, statics: files.into_values().collect() })
    }

    /// What the site says in a language.
    pub fn strings(&self, lang: Lang) -> &Strings {
        &self.voices[&lang].strings
    }

    /// The main menu and the further one of a page, as markup; `home` is the way to the top of its language.
    pub fn menus(&self, lang: Lang, section: &str, home: &str) -> (String, String) {
        let menus = &self.voices[&lang].menus;
        let menus = menus.get(section).unwrap_or(&menus[""]);
        (menus.menu.join(home), menus.more.join(home))
    }

    /// A page from a template and a view.
    ///
    /// # Errors
    /// When the template asks for something that the view does not have; says where.
    pub fn page(
        &self,
        lang: Lang,
        template: &str,
        view: &impl serde::Serialize,
    ) -> Result<Vec<u8>, Failure> {
        let context = Context::from_serialize(view)?;
        let mut page = Vec::with_capacity(16 * 1024);
        self.voices[&lang].tera.render_to(template, &context, &mut page)?;
        Ok(page)
    }
}

fn menus(tera: &Tera) -> Result<BTreeMap<&'static str, Menus>, Failure> {
    let menus = SECTIONS.iter().map(|&section| {
        let context = tera::context! { home => TOP, section };
        let pieces = |template: &str| -> Result<Vec<String>, Failure> {
            let markup = tera.render(template, &context)?;
            Ok(markup.trim().split(TOP).map(str::to_owned).collect())
        };
        Ok((section, Menus { menu: pieces("menu.html")?, more: pieces("more.html")? }))
    });
    menus.collect()
}

/// The text of a file. Letters of another encoding would be published broken, and a template of them is one long text.
fn text(folder: &str, path: &str, bytes: &[u8]) -> Result<String, Failure> {
    str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let at = error.valid_up_to();
        wrong(folder, path, String::from_utf8_lossy(bytes).into_owned(), at..at, error)
    })
}

/// What is wrong with a file of a site's own theme, and where: ours are sound.
fn wrong(folder: &str, path: &str, text: String, at: Range<usize>, why: impl ToString) -> Failure {
    let path = RelPath::known(&format!("{folder}/{path}"));
    let source = Source { id: FileId::THEME, path, text: Arc::from(text) };
    let span = source.span(at);
    Failure::at(Diagnostic::new(&code::TEMPLATE, span).arg("why", why.to_string()), source)
}

fn strings(files: &BTreeMap<String, File>, folder: &str, lang: Lang) -> Result<Strings, Failure> {
    let path = format!("strings/{}.toml", lang.as_str());
    let mut strings = Strings::default();
    // Strings that a site's own theme lacks are the default theme's.
    let base = DEFAULT.iter().find(|(name, _)| *name == path).map(|(_, bytes)| bytes.to_vec());
    for bytes in base.into_iter().chain(files.get(&path).map(|file| file.bytes.clone())) {
        let text = text(folder, &path, &bytes)?;
        let read: Strings = toml::from_str(&text).map_err(|error| {
            wrong(folder, &path, text, error.span().unwrap_or(0..0), error.message())
        })?;
        strings.extend(read);
    }
    Ok(strings)
}

fn tera(
    templates: &[(String, String)],
    lang: Lang,
    strings: &Arc<Strings>,
) -> Result<Tera, Failure> {
    let mut tera = Tera::new();
    let words = Arc::clone(strings);
    // `t(key="incidents", n=3)`: a string with its blank filled, by number.
    tera.register_function("t", move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
        let key: String = kwargs.must_get("key")?;
        if !words.texts().contains_key(&key) {
            return Err(tera::Error::message(format!("no string `{key}`")));
        }
        if let Some(number) = kwargs.get::<usize>("n")? {
            return Ok(words.count(&key, number));
        }
        let mut values = Vec::new();
        for blank in ["a", "b", "c"] {
            values.extend(kwargs.get::<String>(blank)?.map(|value| (blank, value)));
        }
        let blanks: Vec<(&str, &dyn Display)> =
            values.iter().map(|(blank, value)| (*blank, value as &dyn Display)).collect();
        Ok(words.fill(&key, &blanks))
    });
    tera.add_raw_templates(templates.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
    let global = tera.global_context();
    global.insert("s", strings.texts());
    global.insert("lang", lang.as_str());
    Ok(tera)
}
