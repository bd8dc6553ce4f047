//! The archive as data: `incidents.jsonl` and `incidents.csv`, the actions in `actions.csv`,
//! and what charts over time show in `quarters.csv`.

pub(super) mod actions;
pub(super) mod quarters;

use crate::base::path::OutPath;
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::model::kind::Lang;
use crate::record::{FACTS, Record, record};
use crate::render::{Body, Output, Scene};

/// The columns of `incidents.csv`: the facts, of lists without columns of their own how long they are.
pub(super) fn columns() -> Vec<&'static str> {
    let facts = FACTS.into_iter().flat_map(|name| match name {
        "time_zone" => vec![name, "utc_offset"],
        "timeline" => vec!["timeline_count"],
        "action_items" => vec!["action_count"],
        _ => vec![name],
    });
    let mut columns = vec!["path", "lang"];
    columns.extend(facts);
    columns
}

/// The data files.
pub(super) fn files(scene: &Scene<'_>) -> Result<Vec<Output>, Failure> {
    let words = &scene.words[&Lang::En];
    let mut lines = Vec::new();
    let bad = |error: &dyn std::fmt::Display| {
        Failure::new(&code::CANNOT_WRITE).arg("path", "data").arg("why", error)
    };
    let mut table = Table::new().map_err(|error| bad(&error))?;
    for filed in &scene.archive.filed {
        let record = record(&filed.case, filed.case.source.path.as_str(), words);
        serde_json::to_writer(&mut lines, &record).map_err(|error| bad(&error))?;
        lines.push(b'\n');
        table.push(&record).map_err(|error| bad(&error))?;
    }
    let table = table.finish().map_err(|error| bad(&error))?;
    let actions = actions::table(scene).map_err(|error| bad(&error))?;
    let files = [
        ("data/incidents.jsonl", lines),
        ("data/incidents.csv", table),
        ("data/actions.csv", actions),
        ("data/quarters.csv", quarters::table(scene).map_err(|error| bad(&error))?),
    ];
    Ok(files
        .into_iter()
        .filter_map(|(path, bytes)| {
            Some(Output { path: OutPath::new(path)?, body: Body::Bytes(bytes) })
        })
        .collect())
}

/// `incidents.csv` as it grows.
struct Table {
    writer: csv::Writer<Vec<u8>>,
}

impl Table {
    fn new() -> Result<Self, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(columns())?;
        Ok(Self { writer })
    }

    fn push(&mut self, record: &Record) -> Result<(), csv::Error> {
        self.writer.write_record(row(record))
    }

    fn finish(self) -> Result<Vec<u8>, csv::Error> {
        self.writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }
}

/// Records as a table.
///
/// # Errors
/// When a cell cannot be written, which does not happen in memory.
pub fn table<'a>(records: impl Iterator<Item = &'a Record>) -> Result<Vec<u8>, csv::Error> {
    let mut table = Table::new()?;
    for record in records {
        table.push(record)?;
    }
    table.finish()
}

/// A record as cells. Lists are joined by `;`.
fn row(record: &Record) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let causes: Vec<&str> = record.root_causes.iter().map(|cause| cause.id.as_str()).collect();
    let cells = vec![
        record.path.clone(),
        record.lang.to_owned(),
        record.title.clone(),
        text(&record.date),
        text(&record.started_at),
        text(&record.detected_at),
        text(&record.mitigated_at),
        text(&record.resolved_at),
        text(&record.time_zone),
        text(&record.utc_offset),
        number(record.duration_minutes),
        text(&record.severity),
        number(record.affected_percent),
        record.services.join(";"),
        causes.join(";"),
        record.dismissed.join(";"),
        record.detection.unwrap_or_default().to_owned(),
        record.resolution.join(";"),
        record.timeline.len().to_string(),
        record.action_items.len().to_string(),
    ];
    cells.into_iter().map(defuse).collect()
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe in front; a date without a year and
/// an offset such as `+09:00` are none.
pub(super) fn defuse(cell: String) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t', '\r'])
        || cell.starts_with('-') && !cell.starts_with("--");
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let offset = cell.get(1..).and_then(|rest| rest.split_once(':'));
    let is_offset = offset.is_some_and(|(hours, minutes)| digits(hours) && digits(minutes));
    if formula && !is_offset { format!("'{cell}") } else { cell }
}
