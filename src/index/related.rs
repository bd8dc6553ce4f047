//! Related incidents: those that share a cause, best on the same service and not long ago.
//!
//! Candidates come from the lists of the facets and only from a window around the incident, so the work
//! grows with the number of incidents and not with its square.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::index::facet::Facet;
use crate::index::statistics::counts::MOST as PAIRED;
use crate::index::{Archive, FiledId};
use crate::model::action::{Status, Theme};

/// An incident like another one, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Which.
    pub id: FiledId,
    /// Causes of both, as places among the values of the facet.
    pub causes: Vec<u32>,
    /// Services of both, likewise.
    pub services: Vec<u32>,
    /// Days from it to this one: positive when it is the earlier.
    pub days_before: Option<i32>,
    /// Actions that it promised and that are not known to be done.
    pub open_actions: usize,
    /// What kinds of measures these are.
    pub open_themes: Vec<Theme>,
}

/// So many are shown.
const MOST: usize = 4;
/// So many neighbours in time are looked at on either side, for each value in common.
const WINDOW: usize = 12;

/// The related incidents of each document, the most alike first.
pub(super) fn related(archive: &Archive) -> Vec<Vec<Related>> {
    (0..archive.filed.len()).into_par_iter().map(|id| of(archive, id)).collect()
}

fn of(archive: &Archive, id: FiledId) -> Vec<Related> {
    let filed = &archive.filed[id];
    // A twin is found where its leader stands.
    let place = if filed.leads { id } else { filed.twin.unwrap_or(id) };
    let mut found: BTreeMap<FiledId, (f64, Related)> = BTreeMap::new();
    for (facet, factor) in [(Facet::Cause, 2.0), (Facet::Service, 1.0)] {
        for &value in archive.facets.places(facet, id).iter().take(PAIRED) {
            let (near, rarity) = near(archive, facet, value, place);
            for &other in near.iter().filter(|&&other| other != place) {
                let (score, related) =
                    found.entry(other).or_insert_with(|| (0.0, blank(archive, id, other)));
                *score += factor * rarity;
                match facet {
                    Facet::Cause => related.causes.push(value),
                    _ => related.services.push(value),
                }
            }
        }
    }
    let mut ranked: Vec<(f64, Related)> =
        found.into_values().filter(|(_, related)| !related.causes.is_empty()).collect();
    ranked.sort_by(|a, b| {
        let nearness = |related: &Related| related.days_before.map_or(i32::MAX, i32::abs);
        b.0.total_cmp(&a.0)
            .then_with(|| nearness(&a.1).cmp(&nearness(&b.1)))
            .then_with(|| a.1.id.cmp(&b.1.id))
    });
    ranked.truncate(MOST);
    ranked.into_iter().map(|(_, related)| related).collect()
}

/// Neighbours in time of a document among those with this value, and how rare the value is.
fn near(archive: &Archive, facet: Facet, value: u32, id: FiledId) -> (&[FiledId], f64) {
    let list = &archive.facets.values(facet)[value as usize].filed;
    let at = list.partition_point(|&other| other < id);
    let window = &list[at.saturating_sub(WINDOW)..(at + WINDOW + 1).min(list.len())];
    (window, (1.0 + archive.filed.len() as f64 / list.len() as f64).ln())
}

fn blank(archive: &Archive, id: FiledId, other: FiledId) -> Related {
    let lines = &archive.statistics.lines;
    let actions = archive.filed[other].case.incident.actions.iter();
    let open: Vec<Option<Theme>> = actions
        .filter(|action| action.status != Some(Status::Done))
        .map(|action| action.theme)
        .collect();
    let mut open_themes: Vec<Theme> = open.iter().flatten().copied().collect();
    open_themes.sort_unstable();
    open_themes.dedup();
    Related {
        id: other,
        causes: Vec::new(),
        services: Vec::new(),
        days_before: lines[id].day.zip(lines[other].day).map(|(this, that)| this - that),
        open_actions: open.len(),
        open_themes,
    }
}
