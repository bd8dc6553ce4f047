//! `quarters.csv`: incidents by quarter, with the spread of their lengths.

use std::collections::BTreeMap;

use crate::index::statistics::line::Quarter;
use crate::index::statistics::series::{Bucket, Window};
use crate::index::statistics::spread::Spread;
use crate::render::Scene;

/// The columns; lengths are minutes, and empty where none is known.
pub(in crate::render) const COLUMNS: [&str; 9] = [
    "quarter",
    "incidents",
    "minutes",
    "detect_known",
    "detect_median",
    "detect_p90",
    "resolve_known",
    "resolve_median",
    "resolve_p90",
];

/// The table, oldest first. A spread of nothing is empty.
pub(super) fn table(scene: &Scene<'_>) -> Result<Vec<u8>, csv::Error> {
    let archive = scene.archive;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    // Quarters without an incident stand between those of a chart; one that is far from them stands alone.
    let mut all: BTreeMap<i32, Bucket> = BTreeMap::new();
    if let Some(window) = Window::of(&archive.statistics, archive.leading()) {
        all.extend(window.quarters().map(|quarter| (quarter.0, Bucket::default())));
    }
    for id in archive.leading() {
        let line = &archive.statistics.lines[id];
        if let Some(quarter) = line.quarter {
            all.entry(quarter.0).or_default().add(line);
        }
    }
    for (quarter, bucket) in all {
        let quarter = Quarter(quarter);
        let mut row = vec![
            format!("{}-Q{}", quarter.year(), quarter.number()),
            bucket.incidents.to_string(),
            bucket.minutes().map(|minutes| minutes.to_string()).unwrap_or_default(),
        ];
        for lengths in [bucket.detect, bucket.resolve] {
            match Spread::of(lengths) {
                Some(Spread { known, median, p90 }) => {
                    row.extend([known.to_string(), median.to_string(), p90.to_string()]);
                }
                None => row.extend(["0".to_owned(), String::new(), String::new()]),
            }
        }
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}
