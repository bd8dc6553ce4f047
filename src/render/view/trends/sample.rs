//! The incidents that a page of trends speaks of, and what all of its figures need.

use crate::index::FiledId;
use crate::index::facet::Facet;
use crate::index::statistics::counts::tally;
use crate::index::statistics::line::{Line, Quarter};
use crate::index::statistics::series::{Bucket, Window, buckets};
use crate::model::kind::Lang;
use crate::render::Scene;
use crate::render::strings::Strings;
use crate::render::view::figure::Cell;
use crate::render::view::trends::Scope;

/// Incidents, and in whose words they are told.
pub(super) struct Sample<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) lang: Lang,
    pub(super) strings: &'a Strings,
    pub(super) scope: Scope,
    /// The incidents, newest first.
    pub(super) ids: Vec<FiledId>,
    /// The quarters that its charts show, with what happened in each.
    pub(super) quarters: Option<(Window, Vec<Bucket>)>,
    /// Its most frequent causes with their counts.
    pub(super) causes: Vec<(u32, usize)>,
    /// Of how many incidents the cause is known.
    pub(super) with_cause: usize,
}

/// So many causes stand in a table.
const CAUSES: usize = 12;

impl<'a> Sample<'a> {
    pub(super) fn of(scene: &'a Scene<'a>, lang: Lang, scope: Scope) -> Self {
        let archive = scene.archive;
        let statistics = &archive.statistics;
        let first = scope.first(scene);
        let is_in = |id: &FiledId| {
            first.is_none_or(|first| {
                statistics.lines[*id].quarter.is_some_and(|quarter| quarter >= first)
            })
        };
        let ids: Vec<FiledId> = match scope.only {
            Some((facet, place)) => {
                let filed = archive.facets.values(facet)[place as usize].filed.iter();
                filed.copied().filter(is_in).collect()
            }
            None => archive.leading().filter(is_in).collect(),
        };
        let quarters = Window::of(statistics, ids.iter().copied())
            .map(|window| (window, buckets(statistics, window, ids.iter().copied())));
        let (mut causes, with_cause) = tally(archive, Facet::Cause, ids.iter().copied());
        causes.truncate(CAUSES);
        let strings = scene.theme.strings(lang);
        Self { scene, lang, strings, scope, ids, quarters, causes, with_cause }
    }

    /// The lines of its incidents.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Line> {
        self.ids.iter().map(|&id| &self.scene.archive.statistics.lines[id])
    }

    /// Says of how many of its incidents something is known.
    pub(super) fn coverage(&self, known: usize) -> String {
        self.strings.fill("coverage", &[("a", &known), ("b", &self.ids.len())])
    }

    /// Two sentences as one note.
    pub(super) fn note(&self, key: &str, known: usize) -> String {
        format!("{} {}", self.strings.get(key), self.coverage(known))
    }

    /// A value with its page.
    pub(super) fn name(&self, facet: Facet, place: u32) -> Cell {
        Cell::link(self.scene.names.link(self.lang, facet, place))
    }
}

impl Scope {
    /// The first quarter of its period; none where it has no beginning.
    fn first(self, scene: &Scene<'_>) -> Option<Quarter> {
        let today = scene.archive.today?;
        let last = Quarter::of(today.year?, today.month?);
        (self.quarters > 0).then_some(Quarter(last.0 - self.quarters + 1))
    }
}
