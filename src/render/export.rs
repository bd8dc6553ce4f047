//! What other programs want besides the facts themselves: their schema, a description of the files (Frictionless
//! Data Package), and the incidents as a calendar.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde_json::{Value, json};

use crate::base::escape::is_forbidden;
use crate::base::path::OutPath;
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::index::Filed;
use crate::model::incident::Incident;
use crate::model::when::Moment;
use crate::record;
use crate::render::data::{actions, columns, quarters};
use crate::render::{Body, Output, Scene, route};

/// Where the schema of a line of `incidents.jsonl` stands.
const SCHEMA: &str = "data/incident.schema.json";
/// The description of the files.
const PACKAGE: &str = "data/datapackage.json";
/// The calendar.
const CALENDAR: &str = "data/incidents.ics";

/// The files.
pub(super) fn files(scene: &Scene<'_>) -> Result<Vec<Output>, Failure> {
    let pretty = |value: &Value| {
        let bytes = serde_json::to_vec_pretty(value);
        bytes.map_err(|error| {
            Failure::new(&code::CANNOT_WRITE).arg("path", PACKAGE).arg("why", error)
        })
    };
    let files = [
        (SCHEMA, pretty(&record::schema())?),
        (PACKAGE, pretty(&package(scene))?),
        (CALENDAR, calendar(scene).into_bytes()),
    ];
    let files = files.into_iter();
    Ok(files
        .filter_map(|(path, bytes)| {
            Some(Output { path: OutPath::new(path)?, body: Body::Bytes(bytes) })
        })
        .collect())
}

/// The types of the columns of tables that are no texts.
fn column_type(name: &str) -> &'static str {
    match name {
        "duration_minutes" | "affected_percent" | "minutes" | "detect_median" | "detect_p90"
        | "resolve_median" | "resolve_p90" => "number",
        "timeline_count" | "action_count" | "age_days" | "promise" | "incidents"
        | "detect_known" | "resolve_known" => "integer",
        // Dates may lack a year or a day, and are no dates in the sense of the standard then.
        _ => "string",
    }
}

/// What the files are, for programs that load them.
fn package(scene: &Scene<'_>) -> Value {
    let strings = scene.theme.strings(scene.site.language);
    let title = scene.site.title.clone().unwrap_or_else(|| strings.get("site_title").to_owned());
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "incidents",
        "title": title,
        "resources": [
            table("incidents", &columns(), &["path", "lang", "title"], &["path"]),
            table("actions", &actions::COLUMNS, &["path", "incident", "text"], &[]),
            table("quarters", &quarters::COLUMNS, &["quarter", "incidents"], &["quarter"]),
            {
                "name": "facts",
                "path": "incidents.jsonl",
                "format": "jsonl",
                "mediatype": "application/x-ndjson",
                "encoding": "utf-8",
                "jsonSchema": "incident.schema.json",
            },
            {
                "name": "calendar",
                "path": "incidents.ics",
                "format": "ics",
                "mediatype": "text/calendar",
                "encoding": "utf-8",
            },
        ],
    });
    if let Some(description) = &scene.site.description {
        package["description"] = json!(description);
    }
    if let Some(base) = &scene.site.base_url {
        package["homepage"] = json!(base);
    }
    package
}

/// A table: its columns, those that are never empty, and those that name a line.
fn table(name: &str, columns: &[&str], filled: &[&str], key: &[&str]) -> Value {
    let field = |&name: &&str| {
        let mut field = json!({ "name": name, "type": column_type(name) });
        if filled.contains(&name) {
            field["constraints"] = json!({ "required": true });
        }
        field
    };
    let fields: Vec<Value> = columns.iter().map(field).collect();
    let mut schema = json!({ "fields": fields, "missingValues": [""] });
    if !key.is_empty() {
        schema["primaryKey"] = json!(key);
    }
    json!({
        "name": name,
        "path": format!("{name}.csv"),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    })
}

/// The incidents whose day is known, as events of a calendar.
fn calendar(scene: &Scene<'_>) -> String {
    let mut out = Calendar::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//pmsite//pmsite//EN");
    for id in scene.archive.leading() {
        out.event(scene, &scene.archive.filed[id]);
    }
    out.line("END:VCALENDAR");
    out.text
}

/// A calendar as it grows.
#[derive(Default)]
struct Calendar {
    text: String,
}

impl Calendar {
    fn event(&mut self, scene: &Scene<'_>, filed: &Filed) {
        let incident = &filed.case.incident;
        let Some(day) = incident.date.value().and_then(|date| date.civil()) else { return };
        let page = route::encode_all(&route::incident(&filed.slug));
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{page}@pmsite"));
        let offset = offset(incident);
        let instant = |moment: Option<&Moment>| utc(moment?, offset?);
        let start = instant(incident.started_at.value());
        // A calendar wants to know when an entry was made: the clock is no part of a build, so its own day.
        self.line(&format!("DTSTAMP:{}T000000Z", day.strftime("%Y%m%d")));
        match start {
            Some(start) => {
                self.line(&format!("DTSTART:{}", start.strftime("%Y%m%dT%H%M%SZ")));
                let end = instant(incident.resolved_at.value()).filter(|end| *end > start);
                if let Some(end) = end {
                    self.line(&format!("DTEND:{}", end.strftime("%Y%m%dT%H%M%SZ")));
                }
            }
            // Without a time or its zone nobody knows the hour, only the day.
            None => self.line(&format!("DTSTART;VALUE=DATE:{}", day.strftime("%Y%m%d"))),
        }
        self.line(&format!("SUMMARY:{}", escape(incident.title())));
        let causes: Vec<String> = incident
            .root_causes
            .iter()
            .filter_map(|cause| scene.vocab.taxonomy.get(cause.fact.value.as_str()))
            .map(|concept| escape(concept.name(incident.lang)))
            .collect();
        if !causes.is_empty() {
            self.line(&format!("CATEGORIES:{}", causes.join(",")));
        }
        if let Some(base) = &scene.site.base_url {
            self.line(&format!("URL:{base}{page}"));
        }
        self.line("TRANSP:TRANSPARENT");
        self.line("END:VEVENT");
    }

    /// Lines are folded after 75 bytes, between characters.
    fn line(&mut self, line: &str) {
        let mut width = 0;
        for letter in line.chars() {
            if width + letter.len_utf8() > 75 {
                self.text.push_str("\r\n ");
                width = 1;
            }
            self.text.push(letter);
            width += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// The offset of an incident's times, where its zone says one.
fn offset(incident: &Incident) -> Option<Offset> {
    Offset::from_seconds(i32::from(incident.time_zone.value()?.offset?) * 60).ok()
}

/// A wall clock at an offset, as the wall clock of UTC.
fn utc(moment: &Moment, offset: Offset) -> Option<DateTime> {
    let (day, clock) = (moment.date?.civil()?, moment.clock?);
    let there = day.at(clock.hour as i8, clock.minute as i8, clock.second as i8, 0);
    Some(Offset::UTC.to_datetime(offset.to_timestamp(there).ok()?))
}

/// A text in a calendar.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            letter if is_forbidden(letter) => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}
