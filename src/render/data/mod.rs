//! The archive as data: `incidents.jsonl` and `incidents.csv`, the actions in `actions.csv`,
//! and what charts over time show in `quarters.csv`.

pub(super) mod actions;
pub(super) mod quarters;

use rayon::prelude::*;

use crate::base::path::OutPath;
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::index::Filed;
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

/// Lines of `incidents.jsonl` and rows of `incidents.csv`.
type Piece = (Vec<u8>, Vec<u8>);

/// So many documents are written by one thread at a time.
const PIECE: usize = 256;

/// Where they stand.
const FILES: [&str; 4] =
    ["data/incidents.jsonl", "data/incidents.csv", "data/actions.csv", "data/quarters.csv"];

/// The data files.
pub(super) fn files(scene: &Scene<'_>) -> Result<Vec<Output>, Failure> {
    let paths: Vec<OutPath> = FILES.into_iter().filter_map(OutPath::new).collect();
    let stay = scene.last.is_some_and(|last| paths.iter().all(|path| last.has_left(path)));
    let bodies =
        if stay { [const { Body::Left }; FILES.len()].into() } else { Vec::from(bodies(scene)?) };
    Ok(paths.into_iter().zip(bodies).map(|(path, body)| Output { path, body }).collect())
}

/// What they hold.
fn bodies(scene: &Scene<'_>) -> Result<[Body; FILES.len()], Failure> {
    let bad =
        |error: csv::Error| Failure::new(&code::CANNOT_WRITE).arg("path", "data").arg("why", error);
    let pieces: Result<Vec<Piece>, csv::Error> =
        scene.archive.filed.par_chunks(PIECE).map(|filed| piece(scene, filed)).collect();
    let (lines, mut rows): (Vec<Vec<u8>>, Vec<Vec<u8>>) = pieces.map_err(bad)?.into_iter().unzip();
    rows.insert(0, Table::new().and_then(Table::finish).map_err(bad)?);
    Ok([
        Body::Pieces(lines),
        Body::Pieces(rows),
        Body::Bytes(actions::table(scene).map_err(bad)?),
        Body::Bytes(quarters::table(scene).map_err(bad)?),
    ])
}

/// Some documents as lines of `incidents.jsonl` and as rows of `incidents.csv`.
fn piece(scene: &Scene<'_>, filed: &[Filed]) -> Result<Piece, csv::Error> {
    let words = &scene.words[&Lang::En];
    let mut lines = Vec::new();
    let mut table = Table { writer: csv::Writer::from_writer(Vec::new()) };
    for filed in filed {
        let record = record(&filed.case, filed.case.source.path.as_str(), words);
        serde_json::to_writer(&mut lines, &record).map_err(std::io::Error::from)?;
        lines.push(b'\n');
        table.push(&record)?;
    }
    Ok((lines, table.finish()?))
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
