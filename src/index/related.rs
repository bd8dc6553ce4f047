//! Related incidents: those that share a cause, best on the same service and not long ago.
//!
//! Candidates come from the lists of the facets and only from a window around the incident, so the work
//! grows with the number of incidents and not with its square.

use std::collections::BTreeMap;

use crate::index::facet::{Facet, names};
use crate::index::{Archive, FiledId};
use crate::vocab::Vocabulary;

/// An incident like another one, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Which.
    pub id: FiledId,
    /// Causes of both.
    pub causes: Vec<String>,
    /// Services of both.
    pub services: Vec<String>,
    /// Days from it to this one: positive when it is the earlier.
    pub days_before: Option<i64>,
    /// Actions that it promised and that are not known to be done.
    pub open_actions: usize,
}

/// So many are shown.
const MOST: usize = 6;
/// So many neighbours in time are looked at on either side, for each value in common.
const WINDOW: usize = 12;

/// The related incidents of each document, the most alike first.
pub fn related(archive: &Archive, vocab: &Vocabulary) -> Vec<Vec<Related>> {
    let positions = Positions::new(archive);
    (0..archive.filed.len()).map(|id| of(archive, vocab, &positions, id)).collect()
}

/// For each value of a facet the places of its documents.
struct Positions<'a> {
    lists: BTreeMap<(Facet, &'a str), &'a [FiledId]>,
}

impl<'a> Positions<'a> {
    fn new(archive: &'a Archive) -> Self {
        let mut lists = BTreeMap::new();
        for facet in [Facet::Cause, Facet::Service] {
            for value in archive.facets.values(facet) {
                lists.insert((facet, value.slug.as_str()), value.filed.as_slice());
            }
        }
        Self { lists }
    }

    /// Neighbours in time of `id` among the documents with this value, and how rare the value is.
    fn near(&self, facet: Facet, slug: &str, id: FiledId, all: usize) -> (&'a [FiledId], f64) {
        let Some(list) = self.lists.get(&(facet, slug)) else { return (&[], 0.0) };
        let at = list.partition_point(|&other| other < id);
        let window = &list[at.saturating_sub(WINDOW)..(at + WINDOW + 1).min(list.len())];
        (window, (1.0 + all as f64 / list.len() as f64).ln())
    }
}

fn of(
    archive: &Archive,
    vocab: &Vocabulary,
    positions: &Positions<'_>,
    id: FiledId,
) -> Vec<Related> {
    let filed = &archive.filed[id];
    // A twin is found where its leader stands.
    let place = if filed.leads { id } else { filed.twin.unwrap_or(id) };
    let mut found: BTreeMap<FiledId, (f64, Related)> = BTreeMap::new();
    for (facet, factor) in [(Facet::Cause, 2.0), (Facet::Service, 1.0)] {
        for name in names(facet, &filed.case.incident, vocab) {
            let slug = crate::base::path::slug(&name);
            let (near, rarity) = positions.near(facet, &slug, place, archive.filed.len());
            for &other in near.iter().filter(|&&other| other != place) {
                let (score, related) =
                    found.entry(other).or_insert_with(|| (0.0, blank(archive, id, other)));
                *score += factor * rarity;
                match facet {
                    Facet::Cause => related.causes.push(name.clone()),
                    _ => related.services.push(name.clone()),
                }
            }
        }
    }
    let mut ranked: Vec<(f64, Related)> =
        found.into_values().filter(|(_, related)| !related.causes.is_empty()).collect();
    ranked.sort_by(|a, b| {
        let nearness = |related: &Related| related.days_before.map_or(i64::MAX, i64::abs);
        b.0.total_cmp(&a.0)
            .then_with(|| nearness(&a.1).cmp(&nearness(&b.1)))
            .then_with(|| a.1.id.cmp(&b.1.id))
    });
    ranked.truncate(MOST);
    ranked.into_iter().map(|(_, related)| related).collect()
}

fn blank(archive: &Archive, id: FiledId, other: FiledId) -> Related {
    let date =
        |id: FiledId| archive.filed[id].case.incident.date.value().and_then(|date| date.civil());
    let days_before = match (date(other), date(id)) {
        (Some(from), Some(to)) => from.until(to).ok().map(|span| i64::from(span.get_days())),
        _ => None,
    };
    let actions = &archive.filed[other].case.incident.actions;
    let open = |action: &&crate::model::action::Action| {
        action.status != Some(crate::model::action::Status::Done)
    };
    Related {
        id: other,
        causes: Vec::new(),
        services: Vec::new(),
        days_before,
        open_actions: actions.iter().filter(open).count(),
    }
}
