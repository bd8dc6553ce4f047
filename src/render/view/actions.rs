//! What was promised: the ledger of all actions, and the list of those of one theme.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::statistics::owner;
use crate::index::statistics::promise::{Promise, Promised};
use crate::model::action::{Action, Status, Theme};
use crate::model::kind::Lang;
use crate::render::chart::inline;
use crate::render::view::list::{MOST_PAGES, PAGE, Pager, pager};
use crate::render::view::names::{Link, theme as named};
use crate::render::view::page::Page;
use crate::render::view::row::{RowLink, link};
use crate::render::{Scene, route, when};

/// The ledger.
#[derive(Clone, Debug, Serialize)]
pub struct LedgerView {
    /// The frame.
    pub page: Page,
    /// All actions.
    pub all: Tally,
    /// What day ages are reckoned from; empty where no day is known.
    pub reckoned: String,
    /// By kind of measure, the most frequent first.
    pub themes: Vec<TallyRow>,
    /// By owner, those with the most that is not known to be done first.
    pub owners: Vec<TallyRow>,
    /// What is not known to be done, by its age.
    pub ages: Vec<AgeRow>,
    /// What is past its due date, the longest overdue first.
    pub late: Vec<ActionView>,
    /// How many more of these there are than are shown.
    pub more_late: usize,
    /// What was promised more than once.
    pub promises: Vec<PromiseView>,
    /// How many more of these there are than are shown.
    pub more_promises: usize,
}

/// How many of what state.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Tally {
    /// All.
    pub count: usize,
    /// Said to be done.
    pub done: usize,
    /// Not known to be done.
    pub open: usize,
    /// Of these, the day by which they were due has passed.
    pub late: usize,
    /// Given up: neither done nor left to do.
    pub dropped: usize,
}

/// A line of a table of the ledger.
#[derive(Clone, Debug, Serialize)]
pub struct TallyRow {
    /// What it counts.
    #[serde(flatten)]
    pub link: Link,
    /// The numbers.
    #[serde(flatten)]
    pub tally: Tally,
    /// The share of the greatest as a bar.
    pub bar: String,
}

/// How many are so old.
#[derive(Clone, Debug, Serialize)]
pub struct AgeRow {
    /// How old.
    pub name: String,
    /// How many.
    pub count: usize,
    /// The share of the greatest as a bar.
    pub bar: String,
}

/// One promise, made more than once.
#[derive(Clone, Debug, Serialize)]
pub struct PromiseView {
    /// How often.
    pub count: usize,
    /// How often it is not known to be kept.
    pub open: usize,
    /// Each time, the newest first.
    pub made: Vec<ActionView>,
    /// How many times more than are shown.
    pub more: usize,
}

/// An action in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ActionView {
    /// What is to be done.
    pub text: String,
    /// The language of the text.
    pub text_lang: &'static str,
    /// The incident that promised it.
    pub incident: RowLink,
    /// What kind of measure.
    pub theme: Link,
    /// Who; empty where the text does not say.
    pub owner: String,
    /// By when, in words; empty where the text does not say.
    pub due: String,
    /// `done`, `open`, `dropped`, or empty where the text does not say.
    pub status_key: &'static str,
    /// The same in words.
    pub status: String,
    /// How long ago it was promised, in words; empty where it is done or the day is not known.
    pub age: String,
    /// The day by which it was due has passed.
    pub late: bool,
}

/// The actions of one theme.
#[derive(Clone, Debug, Serialize)]
pub struct ActionsView {
    /// The frame.
    pub page: Page,
    /// All of them.
    pub all: Tally,
    /// A page of them.
    pub actions: Vec<ActionView>,
    /// Other pages of the list.
    pub pager: Option<Pager>,
}

/// The name of a theme in addresses and data.
pub fn key(theme: Option<Theme>) -> &'static str {
    theme.map_or("other", Theme::as_str)
}

/// So many owners are shown.
const OWNERS: usize = 12;
/// So many that are overdue are shown.
const LATE: usize = 20;
/// So many promises that were made more than once are shown.
const PROMISES: usize = 40;
/// So often each of them.
const TIMES: usize = 6;

/// The ledger in a language.
pub fn ledger(scene: &Scene<'_>, lang: Lang) -> LedgerView {
    let strings = scene.theme.strings(lang);
    let statistics = &scene.archive.statistics;
    let title = strings.get("actions").to_owned();
    let late = overdue(scene);
    let promises = scene.archive.promises(scene.vocab);
    LedgerView {
        page: Page::new(scene, lang, route::LEDGER, "actions", title)
            .about(strings.get("actions_is").to_owned()),
        all: tally(scene, statistics.ledger.all()),
        reckoned: reckoned(scene, lang),
        themes: rows(themes(scene, lang)),
        owners: rows(owners(scene)),
        ages: ages(scene, lang),
        more_late: late.len().saturating_sub(LATE),
        late: late.into_iter().take(LATE).map(|promised| view(scene, lang, promised)).collect(),
        promises: promises
            .iter()
            .take(PROMISES)
            .map(|promise| promise_view(scene, lang, promise))
            .collect(),
        more_promises: promises.len().saturating_sub(PROMISES),
    }
}

/// The themes, the most frequent first; what belongs to none comes last.
fn themes(scene: &Scene<'_>, lang: Lang) -> Vec<(Link, Tally)> {
    let themes = scene.archive.statistics.ledger.themes();
    let mut themes: Vec<(Option<Theme>, Tally)> =
        themes.map(|(theme, promised)| (theme, tally(scene, promised.iter().copied()))).collect();
    themes.sort_by_key(|(theme, tally)| (theme.is_none(), std::cmp::Reverse(tally.count)));
    themes.into_iter().map(|(theme, tally)| (named(scene, lang, theme), tally)).collect()
}

/// Everything that is past its due date, the longest overdue first.
fn overdue(scene: &Scene<'_>) -> Vec<Promised> {
    let all = scene.archive.statistics.ledger.all();
    let mut late: Vec<Promised> =
        all.filter(|&promised| is_late(scene, scene.archive.action(promised))).collect();
    late.sort_by_key(|&promised| {
        (scene.archive.action(promised).due, promised.id, promised.action)
    });
    late
}

/// A page of the actions of a theme; pages are counted from 1.
pub fn actions(scene: &Scene<'_>, lang: Lang, theme: Option<Theme>, number: usize) -> ActionsView {
    let promised = scene.archive.statistics.ledger.of_theme(theme);
    let address = |page: usize| route::actions(key(theme), page);
    let name = named(scene, lang, theme).name;
    let strings = scene.theme.strings(lang);
    let title = strings.fill("actions_of", &[("a", &name)]);
    let shown = promised.iter().skip((number - 1) * PAGE).take(PAGE);
    ActionsView {
        page: Page::new(scene, lang, &address(number), "actions", title),
        all: tally(scene, promised.iter().copied()),
        actions: shown.map(|&promised| view(scene, lang, promised)).collect(),
        pager: pager(number, promised.len(), MOST_PAGES, address),
    }
}

fn tally(scene: &Scene<'_>, promised: impl Iterator<Item = Promised>) -> Tally {
    let mut tally = Tally::default();
    for promised in promised {
        let action = scene.archive.action(promised);
        tally.count += 1;
        tally.done += usize::from(action.status == Some(Status::Done));
        tally.dropped += usize::from(action.status == Some(Status::Dropped));
        tally.open += usize::from(action.is_open());
        tally.late += usize::from(is_late(scene, action));
    }
    tally
}

/// Not known to be done, and the day has passed.
fn is_late(scene: &Scene<'_>, action: &Action) -> bool {
    scene.archive.today.is_some_and(|today| action.is_late(today))
}

fn rows(tallies: Vec<(Link, Tally)>) -> Vec<TallyRow> {
    let most = tallies.iter().map(|(_, tally)| tally.count).max().unwrap_or(1);
    let row = |(link, tally): (Link, Tally)| TallyRow {
        link,
        tally,
        bar: inline::bar(tally.count * 100 / most.max(1)),
    };
    tallies.into_iter().map(row).collect()
}

/// Each person or team once, however it is written, and each of several that share an action.
fn owners(scene: &Scene<'_>) -> Vec<(Link, Tally)> {
    let mut owners: BTreeMap<String, (BTreeMap<String, usize>, Vec<Promised>)> = BTreeMap::new();
    for promised in scene.archive.statistics.ledger.all() {
        let owner = scene.archive.action(promised).owner.as_deref().unwrap_or_default();
        for (name, key) in owner::each(owner, scene.vocab) {
            let (spellings, all) = owners.entry(key).or_default();
            *spellings.entry(name).or_default() += 1;
            if all.last() != Some(&promised) {
                all.push(promised);
            }
        }
    }
    let mut owners: Vec<(Link, Tally)> = owners
        .into_values()
        .filter_map(|(spellings, promised)| {
            let name = owner::best(spellings)?;
            Some((Link { name, url: None }, tally(scene, promised.into_iter())))
        })
        .collect();
    owners.sort_by_key(|(_, tally)| std::cmp::Reverse((tally.open, tally.count)));
    owners.truncate(OWNERS);
    owners
}

/// What day ages are reckoned from, and why that one.
fn reckoned(scene: &Scene<'_>, lang: Lang) -> String {
    let strings = scene.theme.strings(lang);
    let Some(today) = scene.archive.today else { return String::new() };
    let key = if scene.site.today.is_some() { "reckoned_from_given" } else { "reckoned_from" };
    strings.fill(key, &[("a", &when::date(today, strings))])
}

/// Ages in days that the table of ages divides at.
const AGES: [i32; 3] = [30, 90, 365];

fn ages(scene: &Scene<'_>, lang: Lang) -> Vec<AgeRow> {
    let strings = scene.theme.strings(lang);
    let mut counts = [0; AGES.len() + 2];
    for promised in scene.archive.statistics.ledger.all() {
        if scene.archive.action(promised).is_open() {
            let age = scene.archive.age(promised.id);
            let place = age.map(|age| AGES.partition_point(|&limit| age > limit));
            counts[place.unwrap_or(AGES.len() + 1)] += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    let names = ["age_30", "age_90", "age_365", "age_more", "age_unknown"];
    let row = |(name, count): (&str, usize)| AgeRow {
        name: strings.get(name).to_owned(),
        count,
        bar: inline::bar(count * 100 / most),
    };
    // The rows add up to all that is not known to be done; most sites know every day.
    let is_shown = |&(name, count): &(&str, usize)| count > 0 || name != "age_unknown";
    names.into_iter().zip(counts).filter(is_shown).map(row).collect()
}

fn promise_view(scene: &Scene<'_>, lang: Lang, promise: &Promise) -> PromiseView {
    let made = promise.made.iter().rev();
    let open = |made: &&Promised| scene.archive.action(**made).is_open();
    PromiseView {
        count: promise.made.len(),
        open: promise.made.iter().filter(open).count(),
        made: made.take(TIMES).map(|&made| view(scene, lang, made)).collect(),
        more: promise.made.len().saturating_sub(TIMES),
    }
}

fn view(scene: &Scene<'_>, lang: Lang, promised: Promised) -> ActionView {
    let strings = scene.theme.strings(lang);
    let action = scene.archive.action(promised);
    let due = action.due.map(|due| strings.fill("due", &[("a", &when::day(due, strings))]));
    let age = scene.archive.age(promised.id).filter(|_| action.is_open());
    ActionView {
        text: action.text.clone(),
        text_lang: scene.archive.filed[promised.id].case.incident.lang.as_str(),
        incident: link(scene, lang, promised.id),
        theme: named(scene, lang, action.theme),
        owner: action.owner.clone().unwrap_or_default(),
        due: due.unwrap_or_default(),
        status_key: action.status.map_or("", Status::as_str),
        status: strings
            .get(match action.status {
                Some(Status::Done) => "status_done",
                Some(Status::Open) => "status_open",
                Some(Status::Dropped) => "status_dropped",
                None => "status_unknown",
            })
            .to_owned(),
        age: age
            .map(|age| strings.fill("promised_ago", &[("a", &when::days(age, strings))]))
            .unwrap_or_default(),
        late: is_late(scene, action),
    }
}
