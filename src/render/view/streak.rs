//! What came back: the same cause on the same service, again.

use serde::Serialize;

use crate::index::facet::Facet;
use crate::index::statistics::recurrence::Streak;
use crate::model::kind::Lang;
use crate::render::chart::inline;
use crate::render::view::names::Link;
use crate::render::view::row::{RowLink, link};
use crate::render::{Scene, when};

/// A cause that came back on a service.
#[derive(Clone, Debug, Serialize)]
pub struct StreakView {
    /// The cause.
    pub cause: Link,
    /// The service.
    pub service: Link,
    /// How many incidents.
    pub count: usize,
    /// Its incidents as dots on the line of time from the first day of the archive to the last.
    pub lane: String,
    /// The newest of them.
    pub latest: RowLink,
    /// How long after the one before, in words.
    pub gap: String,
    /// Days after the one before, for sorting.
    pub days: i32,
    /// What the one before promised and is not known to have kept.
    pub open: usize,
    /// Everything that the one before promised.
    pub promised: usize,
}

/// The view of a streak in a language.
pub fn view(scene: &Scene<'_>, lang: Lang, streak: &Streak) -> StreakView {
    let strings = scene.theme.strings(lang);
    let lines = &scene.archive.statistics.lines;
    let latest = streak.filed[streak.filed.len() - 1];
    let before = &lines[streak.filed[streak.filed.len() - 2]];
    let days = lines[latest].day.unwrap_or_default() - before.day.unwrap_or_default();
    let (first, last) = scene.archive.statistics.days;
    let place = |day: i32| f64::from(day - first) / f64::from((last - first).max(1));
    let places = streak.filed.iter().filter_map(|&id| lines[id].day).map(place);
    StreakView {
        cause: scene.names.link(lang, Facet::Cause, streak.cause),
        service: scene.names.link(lang, Facet::Service, streak.service),
        count: streak.filed.len(),
        lane: inline::lane(places),
        latest: link(scene, lang, latest),
        gap: when::days(days, strings),
        days,
        open: before.open,
        promised: before.promised,
    }
}

/// The latest returns, at most `most`; an incident that is the return of several stands once.
pub fn latest<'a>(
    streaks: impl Iterator<Item = &'a Streak>,
    most: usize,
) -> impl Iterator<Item = &'a Streak> {
    let mut before = None;
    streaks
        .filter(move |streak| before.replace(streak.latest()) != Some(streak.latest()))
        .take(most)
}
