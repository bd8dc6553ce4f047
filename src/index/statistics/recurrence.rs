//! What comes back: the same cause on the same service, again.

use std::collections::BTreeMap;

use crate::index::facet::Facet;
use crate::index::statistics::counts::MOST;
use crate::index::{Archive, FiledId};

/// Incidents of one cause on one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Streak {
    /// The cause, as its place among the values of the facet.
    pub cause: u32,
    /// The service, likewise.
    pub service: u32,
    /// Two incidents or more whose day is known, the oldest first.
    pub filed: Vec<FiledId>,
}

impl Streak {
    /// The newest of them.
    pub fn latest(&self) -> Option<FiledId> {
        self.filed.last().copied()
    }
}

/// All causes that came back on a service, the latest return first.
pub(super) fn streaks(archive: &Archive) -> Vec<Streak> {
    let mut filed: BTreeMap<(u32, u32), Vec<FiledId>> = BTreeMap::new();
    // The archive has the newest first.
    for id in archive.leading().rev() {
        let date = archive.filed[id].case.incident.date.value();
        if !date.is_some_and(|date| date.is_whole()) {
            continue;
        }
        for &cause in archive.facets.places(Facet::Cause, id).iter().take(MOST) {
            for &service in archive.facets.places(Facet::Service, id).iter().take(MOST) {
                filed.entry((cause, service)).or_default().push(id);
            }
        }
    }
    let mut streaks: Vec<Streak> = filed
        .into_iter()
        .filter(|(_, filed)| filed.len() > 1)
        .map(|((cause, service), filed)| Streak { cause, service, filed })
        .collect();
    streaks.sort_by_key(|streak| (streak.latest(), streak.cause, streak.service));
    streaks
}
