//! `pmsite config`: the settings that hold here, and where each comes from.

use crate::cli::Outcome;
use crate::cli::args::{Config, ConfigFormat};
use crate::cli::build::wishes;
use crate::cli::print::Printer;
use crate::config::layers::Layers;
use crate::config::resolve::{gather, resolve};
use crate::config::schema;
use crate::diag::failure::Failure;

/// Prints the settings as TOML with comments, or as JSON.
pub(super) fn run(config: &Config, printer: &Printer) -> Result<Outcome, Failure> {
    let wishes = wishes(&config.site)?;
    // What could not be used for a build is reported rather than printed.
    resolve(&wishes)?;
    let gathered = gather(&wishes)?;
    let lines = lines(&gathered.layers);
    match config.format {
        ConfigFormat::Toml => printer.data(toml(&lines).as_bytes())?,
        ConfigFormat::Json => printer.data(json(&lines).as_bytes())?,
    }
    Ok(Outcome::Done)
}

/// A setting, with its value and origin where it has any.
struct Line {
    key: String,
    value: Option<(toml::Value, String)>,
}

/// One line for each key that holds a value or could.
fn lines(layers: &Layers) -> Vec<Line> {
    let mut lines = Vec::new();
    for key in schema::keys() {
        let before = lines.len();
        for (path, value, origin) in layers.below(&key.path) {
            let key = path.iter().map(|part| quoted(part)).collect::<Vec<_>>().join(".");
            lines.push(Line { key, value: Some((value.clone(), origin.to_string())) });
        }
        if lines.len() == before {
            lines.push(Line { key: key.path, value: None });
        }
    }
    lines
}

/// A part of a key as TOML wants it.
fn quoted(part: &str) -> String {
    let bare = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    if part.chars().all(bare) { part.to_owned() } else { toml::Value::from(part).to_string() }
}

/// Longer values do not move the comments of the others.
const WIDEST: usize = 64;

fn toml(lines: &[Line]) -> String {
    let written: Vec<(String, &str)> = lines
        .iter()
        .map(|line| match &line.value {
            Some((value, origin)) => (format!("{} = {value}", line.key), origin.as_str()),
            None => (format!("# {} =", line.key), ""),
        })
        .collect();
    let widths = written.iter().map(|(setting, _)| setting.chars().count());
    let widest = widths.filter(|&width| width <= WIDEST).max().unwrap_or(0);
    let mut text = String::new();
    for (setting, origin) in written {
        let line = format!("{setting:<widest$}  # {origin}");
        text += if origin.is_empty() { &setting } else { &line };
        text.push('\n');
    }
    text
}

fn json(lines: &[Line]) -> String {
    let settings: serde_json::Map<String, serde_json::Value> = lines
        .iter()
        .map(|line| {
            let (value, origin) = match &line.value {
                Some((value, origin)) => (serde_json::json!(value), origin.as_str().into()),
                None => (serde_json::Value::Null, serde_json::Value::Null),
            };
            (line.key.clone(), serde_json::json!({ "value": value, "from": origin }))
        })
        .collect();
    format!("{:#}\n", serde_json::Value::Object(settings))
}
