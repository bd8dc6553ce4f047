//! Scores facts against labels: F1 where a field may be empty, a share where it may not.
//! The labels say what a careful reader finds in the text; `tests/corpus/README.md` describes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::Value;

/// Documents scored, by field, and what was missed.
#[derive(Default)]
pub(crate) struct Scores {
    tallies: BTreeMap<&'static str, Tally>,
    /// One line for each thing that is not as the labels say.
    pub(crate) errors: Vec<String>,
}

#[derive(Default, Clone, Copy)]
struct Tally {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Tally {
    fn f1(self) -> f64 {
        let all = 2 * self.right + self.wrong + self.missed;
        if all == 0 { 1.0 } else { f64::from(2 * self.right) / f64::from(all) }
    }
}

/// Fields with one value.
const SINGLE: [&str; 7] =
    ["date", "started_at", "detected_at", "resolved_at", "time_zone", "severity", "detection"];

impl Scores {
    /// Scores records (as `pmsite extract` prints them, by file stem) against labels, one a line.
    pub(crate) fn of(labels: &str, records: &BTreeMap<String, Value>) -> Self {
        let mut scores = Self::default();
        for line in labels.lines().filter(|line| !line.trim().is_empty()) {
            let label: Value = serde_json::from_str(line).expect("a label is a JSON object");
            let id = label["id"].as_str().unwrap_or_default().to_owned();
            let record = records.get(&id).unwrap_or(&Value::Null);
            scores.document(&id, &label, record);
        }
        scores
    }

    /// Field and score, in order of the name.
    pub(crate) fn fields(&self) -> BTreeMap<&'static str, f64> {
        self.tallies.iter().map(|(field, tally)| (*field, tally.f1())).collect()
    }

    /// The mean over all fields.
    pub(crate) fn mean(&self) -> f64 {
        let fields = self.fields();
        fields.values().sum::<f64>() / fields.len().max(1) as f64
    }

    /// A table of the fields.
    pub(crate) fn table(&self) -> String {
        let mut text = String::new();
        for (field, tally) in &self.tallies {
            let Tally { right, wrong, missed } = *tally;
            writeln!(
                text,
                "{field:<18}{:.3}  right {right:4}  wrong {wrong:4}  missed {missed:4}",
                tally.f1()
            )
            .expect("a string takes what is written");
        }
        text + &format!("{:<18}{:.3}\n", "mean", self.mean())
    }

    fn document(&mut self, id: &str, label: &Value, record: &Value) {
        let unscored = texts(&label["unscored"]);
        let scored = |field: &str| !unscored.contains(field);
        if let Some(title) = label["title"].as_str()
            && scored("title")
        {
            let got = record["title"].as_str().unwrap_or_default();
            self.share(id, "title", plain(title) == plain(got), &title, &got);
        }
        self.share(id, "lang", label["lang"] == record["lang"], &label["lang"], &record["lang"]);
        for field in SINGLE.into_iter().filter(|field| scored(field)) {
            let (want, got) = (normal(field, &label[field]), normal(field, &record[field]));
            let same = want == got;
            self.add(id, field, want.is_some(), got.is_some(), same, &label[field], &record[field]);
        }
        if scored("duration_minutes") {
            let wanted: Vec<f64> = label["duration_minutes"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_f64)
                .collect();
            let got = record["duration_minutes"].as_f64();
            let same = got.is_some_and(|got| {
                wanted.iter().any(|want| (got - want).abs() <= f64::max(1.0, 0.02 * want))
            });
            let field = "duration_minutes";
            self.add(
                id,
                field,
                !wanted.is_empty(),
                got.is_some(),
                same,
                &label[field],
                &record[field],
            );
        }
        if scored("affected_percent") {
            let field = "affected_percent";
            let (want, got) = (label[field].as_f64(), record[field].as_f64());
            let same = matches!((want, got), (Some(want), Some(got)) if (want - got).abs() < 0.01);
            self.add(id, field, want.is_some(), got.is_some(), same, &label[field], &record[field]);
        }
        for field in ["root_causes", "resolution"] {
            self.set(id, field, label, record);
        }
        let trap = texts(&label["dismissed"]);
        if !trap.is_empty() {
            let found = ids(&record["root_causes"]);
            self.share(id, "dismissed", trap.is_disjoint(&found), &label["dismissed"], &found);
        }
        for (field, list, slack) in
            [("timeline_count", "timeline", 0.05), ("action_count", "action_items", 0.1)]
        {
            let Some(want) = label[field].as_f64().filter(|_| scored(field)) else { continue };
            let got = record[list].as_array().map_or(0, Vec::len) as f64;
            let near = (want - got).abs() <= f64::max(1.0, slack * want);
            self.share(id, field, near && (want > 0.0) == (got > 0.0), &want, &got);
        }
    }

    /// A list of ids: those that the label wants, those that it allows, those that were found.
    fn set(&mut self, id: &str, field: &'static str, label: &Value, record: &Value) {
        let (want, got) = (texts(&label[field]), ids(&record[field]));
        let allowed = texts(&label[format!("{field}_arguable")]);
        let tally = self.tallies.entry(field).or_default();
        tally.right += want.intersection(&got).count() as u32;
        let missed: Vec<&String> = want.difference(&got).collect();
        let wrong: Vec<&String> =
            got.difference(&want).filter(|id| !allowed.contains(*id)).collect();
        tally.missed += missed.len() as u32;
        tally.wrong += wrong.len() as u32;
        if !missed.is_empty() || !wrong.is_empty() {
            self.errors.push(format!("{field} {id}: missed {missed:?}, wrong {wrong:?}"));
        }
    }

    fn share(
        &mut self,
        id: &str,
        field: &'static str,
        right: bool,
        want: &dyn std::fmt::Debug,
        got: &dyn std::fmt::Debug,
    ) {
        let tally = self.tallies.entry(field).or_default();
        if right {
            tally.right += 1;
        } else {
            // Both, so that the F1 of such a field is the share that is right.
            tally.wrong += 1;
            tally.missed += 1;
            self.errors.push(format!("{field} {id}: want {want:?}, got {got:?}"));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what is wanted and found, as fact and as shown")]
    fn add(
        &mut self,
        id: &str,
        field: &'static str,
        wanted: bool,
        found: bool,
        same: bool,
        want: &Value,
        got: &Value,
    ) {
        let tally = self.tallies.entry(field).or_default();
        if wanted && found && same {
            tally.right += 1;
            return;
        }
        tally.wrong += u32::from(found);
        tally.missed += u32::from(wanted);
        if wanted || found {
            self.errors.push(format!("{field} {id}: want {want}, got {got}"));
        }
    }
}

/// A value without what does not matter for it: seconds, case, spaces.
fn normal(field: &str, value: &Value) -> Option<String> {
    let text = value.as_str()?;
    Some(match field {
        "started_at" | "detected_at" | "resolved_at" => match text.split_once('T') {
            Some((date, clock)) => format!("{date}T{}", clock.chars().take(5).collect::<String>()),
            None => text.to_owned(),
        },
        "time_zone" => text
            .to_uppercase()
            .chars()
            .filter(|letter| letter.is_ascii_alphanumeric() || "+-".contains(*letter))
            .collect(),
        "severity" => plain(text),
        _ => text.to_owned(),
    })
}

/// Letters and digits only, in lower case.
fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn texts(value: &Value) -> BTreeSet<String> {
    let values = value.as_array().into_iter().flatten();
    values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

/// Ids of a list, whose entries may be objects with an `id`.
fn ids(value: &Value) -> BTreeSet<String> {
    let values = value.as_array().into_iter().flatten();
    values
        .filter_map(|value| value.as_str().or_else(|| value["id"].as_str()).map(str::to_owned))
        .collect()
}
