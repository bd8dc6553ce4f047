//! Which pages there are, and how each is made. A job makes a few files; jobs know nothing of each other.

mod document;
mod fixed;

use crate::base::digest::Digest;
use crate::base::path::OutPath;
use crate::diag::Diagnostic;
use crate::diag::failure::Failure;
use crate::index::FiledId;
use crate::index::facet::Facet;
use crate::model::action::Theme;
use crate::model::kind::Lang;
use crate::render::known;
use crate::render::search::Piece;
use crate::render::view::list::{MOST_PAGES, pages};
use crate::render::view::names::has_pages;
use crate::render::view::trends::Scope;
use crate::render::view::{about, actions, facet, home, trends, value};
use crate::render::{Body, Output, Scene, combine, data, export, feed, route, search, sitemap};

pub(super) use crate::render::pages::document::findings;

/// Something to render.
pub(super) enum Job {
    Home,
    Incidents(usize),
    /// The pages of a document, and its text for the search.
    Incident(FiledId),
    /// The pages alone.
    Page(FiledId),
    /// A page of the values of a facet.
    Facet(Facet, usize),
    /// A value of a facet by its place, and a page of its list.
    Value(Facet, usize, usize),
    Trends(Scope),
    Combine,
    About,
    Downloads,
    Ledger,
    /// A page of the actions of a theme.
    Actions(Option<Theme>, usize),
    NotFound,
    Search,
    /// A piece of the search index.
    Index(Piece),
    Feed,
    Sitemap,
    Data,
    Statics,
    Assets,
}

/// Everything that the site consists of, but the pieces of the search index.
pub(super) fn jobs(scene: &Scene<'_>) -> Vec<Job> {
    let archive = scene.archive;
    let mut jobs = vec![
        Job::Home,
        Job::About,
        Job::Downloads,
        Job::Ledger,
        Job::Combine,
        Job::NotFound,
        Job::Search,
        Job::Feed,
        Job::Sitemap,
        Job::Data,
        Job::Statics,
        Job::Assets,
    ];
    jobs.extend((1..=pages(archive.leading().len(), usize::MAX)).map(Job::Incidents));
    for facet in Facet::ALL.iter().copied().filter(|&facet| has_pages(facet)) {
        let values = archive.facets.values(facet);
        let length = facet::pages_length(facet, values.len());
        jobs.extend((1..=pages(length, usize::MAX)).map(|page| Job::Facet(facet, page)));
        for (place, value) in values.iter().enumerate() {
            let of = pages(value.filed.len(), MOST_PAGES);
            jobs.extend((1..=of).map(|page| Job::Value(facet, place, page)));
        }
    }
    jobs.extend(trends::scopes(archive).into_iter().map(Job::Trends));
    for (theme, promised) in archive.statistics.ledger.themes() {
        let of = pages(promised.len(), MOST_PAGES);
        jobs.extend((1..=of).map(|page| Job::Actions(theme, page)));
    }
    jobs.extend((0..archive.filed.len()).map(Job::Incident));
    jobs
}

/// What may make the file at a path. The index of words is not even made where the path is none of it.
pub(super) fn jobs_at(scene: &Scene<'_>, path: &OutPath) -> Vec<Job> {
    if path.as_str().starts_with(search::INDEX)
        && let Some(piece) = search::piece_at(scene, path.as_str())
    {
        return vec![Job::Index(piece)];
    }
    let alone = |job| if let Job::Incident(id) = job { Job::Page(id) } else { job };
    jobs(scene).into_iter().filter(|job| may_make(scene, job, path)).map(alone).collect()
}

/// The search page with its index, and the texts of documents for it, without the pages that they stand on as well.
pub(super) fn search_jobs(scene: &Scene<'_>) -> Vec<Job> {
    let texts = (0..scene.archive.filed.len()).map(|id| Job::Index(Piece::Text(id)));
    [Job::Search, Job::Statics].into_iter().chain(index_jobs(scene)).chain(texts).collect()
}

/// The pieces of the search index, but the texts of documents, which are made along with their pages.
pub(super) fn index_jobs(scene: &Scene<'_>) -> impl Iterator<Item = Job> {
    let search = scene.archive.search(scene.vocab);
    let words = (0..search.words.len()).map(Piece::Words);
    words.chain((0..search.grams.len()).map(Piece::Grams)).map(Job::Index)
}

/// Whether a file could be one of those that a job makes. Jobs whose files are named by what is in them may
/// make anything that is no page.
fn may_make(scene: &Scene<'_>, job: &Job, path: &OutPath) -> bool {
    let path = path.as_str();
    let other = Lang::ALL.iter().map(|&lang| route::prefix(lang, scene.site.language));
    let page =
        other.filter(|prefix| !prefix.is_empty()).find_map(|prefix| path.strip_prefix(prefix));
    let page = page.unwrap_or(path);
    match job {
        Job::Home => page == "index.html",
        Job::NotFound => page == "404.html",
        Job::About => page == route::ABOUT,
        Job::Downloads => page == route::DATA,
        Job::Ledger => page == route::LEDGER,
        Job::Actions(theme, number) => page == route::actions(actions::key(*theme), *number),
        Job::Trends(scope) => page == trends::address(scene.archive, *scope),
        Job::Combine => [route::COMBINE, route::COMBINE_INCIDENTS, combine::SCRIPT].contains(&page),
        Job::Incidents(number) => page == route::incidents(*number),
        Job::Incident(id) | Job::Page(id) => {
            page == route::incident(&scene.archive.filed[*id].slug)
        }
        Job::Facet(facet, number) => page == route::facet(*facet, *number),
        Job::Value(facet, place, number) => {
            let value = &scene.archive.facets.values(*facet)[*place];
            page == route::value(*facet, &value.slug, *number)
        }
        Job::Assets => path.starts_with(&route::asset("")),
        Job::Data => path.starts_with("data/"),
        Job::Feed => path.ends_with(".xml"),
        Job::Sitemap | Job::Statics => !path.ends_with(".html"),
        Job::Search => {
            page == route::SEARCH || path.starts_with(search::INDEX) || path == search::SCRIPT
        }
        Job::Index(_) => false,
    }
}

/// Makes the files of a job.
pub(super) fn run(scene: &Scene<'_>, job: &Job) -> Result<(Vec<Output>, Vec<Diagnostic>), Failure> {
    let (mut outputs, mut findings) = (Vec::new(), Vec::new());
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
        Job::Facet(facet, number) => {
            each(scene, &mut outputs, &route::facet(*facet, *number), "facet.html", |lang| {
                facet::facet(scene, lang, *facet, *number)
            })?;
        }
        Job::Value(facet, place, number) => {
            let slug = &scene.archive.facets.values(*facet)[*place].slug;
            let address = route::value(*facet, slug, *number);
            each(scene, &mut outputs, &address, "value.html", |lang| {
                value::value(scene, lang, *facet, *place, *number)
            })?;
        }
        Job::Incident(id) => document::pages(scene, *id, true, &mut outputs, &mut findings)?,
        Job::Page(id) => document::pages(scene, *id, false, &mut outputs, &mut findings)?,
        Job::Trends(scope) => {
            let address = trends::address(scene.archive, *scope);
            each(scene, &mut outputs, &address, "trends.html", |lang| {
                trends::trends(scene, lang, *scope)
            })?;
        }
        Job::Combine => outputs.extend(combine::files(scene)?),
        Job::About => {
            each(scene, &mut outputs, route::ABOUT, "about.html", |lang| about::about(scene, lang))?
        }
        Job::Downloads => each(scene, &mut outputs, route::DATA, "data.html", |lang| {
            about::downloads(scene, lang)
        })?,
        Job::Ledger => each(scene, &mut outputs, route::LEDGER, "ledger.html", |lang| {
            actions::ledger(scene, lang)
        })?,
        Job::Actions(theme, number) => {
            let address = route::actions(actions::key(*theme), *number);
            each(scene, &mut outputs, &address, "actions.html", |lang| {
                actions::actions(scene, lang, *theme, *number)
            })?;
        }
        Job::NotFound => fixed::not_found(scene, &mut outputs)?,
        Job::Search => search_page(scene, &mut outputs)?,
        Job::Index(piece) => outputs.extend(search::piece(scene, *piece)?),
        Job::Feed => outputs.extend(feed::feeds(scene)?),
        Job::Sitemap => outputs.extend(sitemap::files(scene)),
        Job::Data => outputs.extend(data::files(scene)?.into_iter().chain(export::files(scene)?)),
        Job::Statics => outputs.extend(fixed::statics(scene)),
        Job::Assets => outputs.extend(fixed::assets(scene)),
    }
    Ok((outputs, findings))
}

/// The search page and the files that it reads.
fn search_page(scene: &Scene<'_>, outputs: &mut Vec<Output>) -> Result<(), Failure> {
    for &lang in Lang::ALL {
        let page = page(scene, lang, "search.html", &home::search(scene, lang))?;
        push(scene, lang, route::SEARCH, page, outputs);
    }
    outputs.extend(search::files(scene));
    Ok(())
}

/// A page in each language. It tells nothing of the texts of documents.
fn each<V: serde::Serialize>(
    scene: &Scene<'_>,
    outputs: &mut Vec<Output>,
    address: &str,
    template: &str,
    view: impl Fn(Lang) -> V,
) -> Result<(), Failure> {
    for &lang in Lang::ALL {
        let Some(path) = place(scene, lang, address) else { continue };
        let made = || page(scene, lang, template, &view(lang));
        let body = known::unless_left(scene.last, &path, made)?;
        outputs.push(Output { path, body });
    }
    Ok(())
}

/// A page from a template and a view, made only where the last build did not make it of the same.
fn page(
    scene: &Scene<'_>,
    lang: Lang,
    template: &str,
    view: &impl serde::Serialize,
) -> Result<Body, Failure> {
    let maker = [template, lang.as_str()];
    let of = known::of(&maker, view, Digest::default());
    known::unless_it_stands(scene.last, of, || scene.theme.page(lang, template, view))
}

fn push(scene: &Scene<'_>, lang: Lang, address: &str, body: Body, outputs: &mut Vec<Output>) {
    outputs.extend(place(scene, lang, address).map(|path| Output { path, body }));
}

/// Where the page of a language stands.
fn place(scene: &Scene<'_>, lang: Lang, address: &str) -> Option<OutPath> {
    OutPath::new(format!("{}{address}", route::prefix(lang, scene.site.language)))
}
