//! The ledger: every action of every incident, by what kind of measure it is.

use std::collections::BTreeMap;

use crate::index::Archive;
use crate::index::statistics::promise::Promised;
use crate::model::action::{Action, Theme};

/// All actions of leading documents by theme; those of no known theme below `None`. What is not known to be
/// done comes first, then the newest.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    by_theme: BTreeMap<Option<Theme>, Vec<Promised>>,
}

impl Ledger {
    /// The ledger of an archive.
    pub(super) fn of(archive: &Archive) -> Self {
        let mut by_theme: BTreeMap<Option<Theme>, Vec<Promised>> = BTreeMap::new();
        for id in archive.leading() {
            for (action, of) in archive.filed[id].case.incident.actions.iter().enumerate() {
                by_theme.entry(of.theme).or_default().push(Promised { id, action });
            }
        }
        for promised in by_theme.values_mut() {
            // The archive has the newest first, and sorting keeps that order.
            promised.sort_by_key(|&promised| !archive.action(promised).is_open());
        }
        Self { by_theme }
    }

    /// The themes that have actions, in the order of their list; no theme comes first.
    pub fn themes(&self) -> impl Iterator<Item = (Option<Theme>, &[Promised])> {
        self.by_theme.iter().map(|(&theme, promised)| (theme, promised.as_slice()))
    }

    /// The actions of a theme.
    pub fn of_theme(&self, theme: Option<Theme>) -> &[Promised] {
        self.by_theme.get(&theme).map_or(&[], Vec::as_slice)
    }

    /// All actions.
    pub fn all(&self) -> impl Iterator<Item = Promised> {
        self.by_theme.values().flatten().copied()
    }
}

impl Archive {
    /// An action by its place.
    pub fn action(&self, promised: Promised) -> &Action {
        &self.filed[promised.id].case.incident.actions[promised.action]
    }
}
