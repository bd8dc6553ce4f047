//! `actions.csv`: every action of every incident, a line each.

use std::collections::BTreeMap;

use crate::index::statistics::promise::Promised;
use crate::render::Scene;
use crate::render::data::defuse;

/// The columns.
pub(in crate::render) const COLUMNS: [&str; 11] = [
    "path", "incident", "date", "text", "theme", "term", "owner", "due", "status", "age_days",
    "promise",
];

/// The table, in the order of the archive. `promise` is a number that actions have in common which promise
/// the same thing; it is empty for what was promised once.
pub(super) fn table(scene: &Scene<'_>) -> Result<Vec<u8>, csv::Error> {
    let archive = scene.archive;
    let promises: BTreeMap<Promised, usize> = archive
        .promises(scene.vocab)
        .iter()
        .zip(1..)
        .flat_map(|(promise, number)| promise.made.iter().map(move |&made| (made, number)))
        .collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    let mut all: Vec<Promised> = archive.statistics.ledger.all().collect();
    all.sort_unstable();
    for promised in all {
        let case = &archive.filed[promised.id].case;
        let action = archive.action(promised);
        fn text(value: Option<impl ToString>) -> String {
            value.map(|value| value.to_string()).unwrap_or_default()
        }
        let cells = [
            case.source.path.to_string(),
            case.incident.title().to_owned(),
            text(case.incident.date.value()),
            action.text.clone(),
            text(action.theme.map(|theme| theme.as_str())),
            text(action.term.map(|term| term.as_str())),
            text(action.owner.as_ref()),
            text(action.due),
            text(action.status.map(|status| status.in_data())),
            text(archive.age(promised.id)),
            text(promises.get(&promised)),
        ];
        writer.write_record(cells.map(defuse))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}
