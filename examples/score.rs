//! For developers: scores extraction over a folder against labels, and says what was missed.
//!
//! `cargo run --release --example score -- LABELS.jsonl FOLDER [FIELD]`
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a developers' command"
)]

#[path = "../tests/it/scoring.rs"]
mod scoring;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [labels, folder, field @ ..] = arguments.as_slice() else {
        println!("usage: score LABELS.jsonl FOLDER [FIELD]");
        return;
    };
    // The program stands beside the folder of the examples.
    let program = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("pmsite");
    let output = Command::new(program).arg("extract").arg(folder).output().unwrap();
    let records: BTreeMap<String, Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|record| {
            let path = record["path"].as_str().unwrap_or_default().to_owned();
            (Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned(), record)
        })
        .collect();
    let scores = scoring::Scores::of(&std::fs::read_to_string(labels).unwrap(), &records);
    print!("{}", scores.table());
    for error in
        scores.errors.iter().filter(|error| field.iter().all(|field| error.starts_with(field)))
    {
        println!("{error}");
    }
}
