//! Related incidents: those that share a cause, best on the same service and not long ago.
//!
//! Candidates come from the lists of the facets and only from a window around the incident, so the work
//! grows with the number of incidents and not with its square.

use std::collections::BTreeMap;

use crate::index::facet::Facet;
use crate::index::statistics::counts::MOST as PAIRED;
use crate::index::{Archive, FiledId};
use crate::model::action::Theme;

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

/// The related incidents of a document, the most alike first.
pub(super) fn related(archive: &Archive, id: FiledId) -> Vec<Related> {
    let filed = &archive.filed[id];
    // A twin is found where its leader stands.
    let place = if filed.leads { id } else { filed.twin.unwrap_or(id) };
    let mut found: BTreeMap<FiledId, Common> = BTreeMap::new();
    for (facet, factor) in [(Facet::Cause, 2.0), (Facet::Service, 1.0)] {
        for &value in archive.facets.places(facet, id).iter().take(PAIRED) {
            let (near, rarity) = near(archive, facet, value, place);
            for &other in near.iter().filter(|&&other| other != place) {
                let common = found.entry(other).or_default();
                common.score += factor * rarity;
                match facet {
                    Facet::Cause => common.causes.push(value),
                    _ => common.services.push(value),
                }
            }
        }
    }
    let mut ranked: Vec<(FiledId, Common)> =
        found.into_iter().filter(|(_, common)| !common.causes.is_empty()).collect();
    let nearness = |other: FiledId| days_before(archive, id, other).map_or(i32::MAX, i32::abs);
    ranked.sort_by(|(a, one), (b, other)| {
        let score = other.score.total_cmp(&one.score);
        score.then_with(|| nearness(*a).cmp(&nearness(*b))).then_with(|| a.cmp(b))
    });
    ranked.truncate(MOST);
    ranked.into_iter().map(|(other, common)| tell(archive, id, other, common)).collect()
}

/// What a candidate has in common with an incident.
#[derive(Default)]
struct Common {
    score: f64,
    causes: Vec<u32>,
    services: Vec<u32>,
}

fn days_before(archive: &Archive, id: FiledId, other: FiledId) -> Option<i32> {
    let lines = &archive.statistics.lines;
    lines[id].day.zip(lines[other].day).map(|(this, that)| this - that)
}

/// Neighbours in time of a document among those with this value, and how rare the value is.
fn near(archive: &Archive, facet: Facet, value: u32, id: FiledId) -> (&[FiledId], f64) {
    let list = &archive.facets.values(facet)[value as usize].filed;
    let at = list.partition_point(|&other| other < id);
    let window = &list[at.saturating_sub(WINDOW)..(at + WINDOW + 1).min(list.len())];
    (window, (1.0 + archive.filed.len() as f64 / list.len() as f64).ln())
}

fn tell(archive: &Archive, id: FiledId, other: FiledId, common: Common) -> Related {
    let actions = archive.filed[other].case.incident.actions.iter();
    let open: Vec<Option<Theme>> =
        actions.filter(|action| action.is_open()).map(|action| action.theme).collect();
    let mut open_themes: Vec<Theme> = open.iter().flatten().copied().collect();
    open_themes.sort_unstable();
    open_themes.dedup();
    Related {
        id: other,
        causes: common.causes,
        services: common.services,
        days_before: days_before(archive, id, other),
        open_actions: open.len(),
        open_themes,
    }
}
