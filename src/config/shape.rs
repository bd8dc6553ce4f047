//! What is wrong with a text of settings that cannot be read: a key that there is none of, a value of the wrong kind, a slip of TOML.

use serde_json::Value as Schema;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::base::nearest::nearest;
use crate::base::source::Source;
use crate::base::span::Span;
use crate::config::schema::{self, has_type};
use crate::diag::failure::Failure;
use crate::diag::{Diagnostic, code};

/// Why a text is not what settings should be; `error` is what its reader told.
pub(super) fn wrong(source: &Source, error: &toml::de::Error) -> Failure {
    let finding = match DeTable::parse(&source.text) {
        Ok(table) => of_table(table.get_ref(), &schema::plain(), "", source),
        Err(error) => Some(slip(source, &error)),
    };
    Failure::at(finding.unwrap_or_else(|| slip(source, error)), source.clone())
}

/// What a parser told, where nothing else is known.
fn slip(source: &Source, error: &toml::de::Error) -> Diagnostic {
    let finding = at(source.span(error.span().unwrap_or(0..0)));
    finding.arg("why", error.message()).phrase("help", "setting_slip")
}

fn at(span: Span) -> Diagnostic {
    Diagnostic::new(&code::SETTINGS, span)
}

/// The first thing of a table that the schema does not have.
fn of_table(
    table: &DeTable<'_>,
    schema: &Schema,
    above: &str,
    source: &Source,
) -> Option<Diagnostic> {
    table.iter().find_map(|(name, value)| {
        let key = name.get_ref();
        let path = if above.is_empty() { key.to_string() } else { format!("{above}.{key}") };
        let any = schema.get("additionalProperties").filter(|any| any.is_object());
        let Some(property) = schema["properties"].get(&**key).or(any) else {
            return Some(unknown(&path, source.span(name.span())));
        };
        // What a key says of all its names is said of each of them.
        let explained = if any.is_some() { above } else { &path };
        of_value(value, property, &path, explained, source)
    })
}

/// What is wrong with a value, if anything is.
fn of_value(
    value: &Spanned<DeValue<'_>>,
    property: &Schema,
    path: &str,
    explained: &str,
    source: &Source,
) -> Option<Diagnostic> {
    let (wanted, is_right) = match value.get_ref() {
        DeValue::Table(inner) if has_type(property, "object") => {
            return of_table(inner, property, path, source);
        }
        DeValue::Array(list) if has_type(property, "array") => {
            let is_text = |one: &Spanned<DeValue<'_>>| one.get_ref().is_str();
            let wrong = list.iter().find(|one| !is_text(one))?;
            let finding = of_kind("wanted_texts", wrong, path, explained, source);
            return Some(finding.phrase("why", "setting_item").phrase("help", "setting_help"));
        }
        _ if property["properties"].is_object() => {
            let keys = property["properties"].as_object()?.keys().map(String::as_str);
            let finding = of_kind("wanted_table", value, path, explained, source);
            return Some(
                finding.phrase("why", "setting_kind").phrase("help", "setting_table").allowed(keys),
            );
        }
        other => match KINDS.iter().find(|(kind, _)| has_type(property, kind)) {
            Some((kind, wanted)) => (*wanted, is_of(other, kind)),
            None => return None,
        },
    };
    let wrong = || of_kind(wanted, value, path, explained, source);
    (!is_right).then(|| wrong().phrase("why", "setting_kind").phrase("help", "setting_help"))
}

/// The kinds of values as the schema calls them, and the phrase that says so.
const KINDS: [(&str, &str); 5] = [
    ("string", "wanted_text"),
    ("boolean", "wanted_flag"),
    ("integer", "wanted_count"),
    ("array", "wanted_texts"),
    ("object", "wanted_table"),
];

fn is_of(value: &DeValue<'_>, kind: &str) -> bool {
    match value {
        DeValue::String(_) => kind == "string",
        DeValue::Boolean(_) => kind == "boolean",
        DeValue::Integer(number) => {
            let number = i64::from_str_radix(number.as_str(), number.radix());
            kind == "integer" && number.is_ok_and(|number| number >= 0)
        }
        _ => false,
    }
}

/// A value of another kind than its key takes.
fn of_kind(
    wanted: &str,
    value: &Spanned<DeValue<'_>>,
    path: &str,
    explained: &str,
    source: &Source,
) -> Diagnostic {
    let span = source.span(value.span());
    let written = source.slice(span);
    // Of tables with a line or a dot of their own no place shows more than a name.
    let written = match value.get_ref() {
        DeValue::Table(_) if !written.starts_with('{') => "{…}".to_owned(),
        DeValue::Array(_) if written.starts_with("[[") => "[…]".to_owned(),
        _ => match written.split_once('\n') {
            Some((first, _)) => format!("{} …", first.trim_end()),
            None => written.to_owned(),
        },
    };
    let finding = at(span).arg("path", path).arg("value", written).arg("key", explained);
    finding.phrase("wanted", wanted)
}

/// A key that there is none of, and the one that was probably meant: of the same name elsewhere, or spelled much the same.
fn unknown(path: &str, span: Span) -> Diagnostic {
    let keys = schema::keys();
    let paths = || keys.iter().map(|key| key.path.as_str());
    let name = |path: &str| path.rsplit('.').next().map(str::to_owned);
    let right = paths()
        .find(|key| name(key) == name(path))
        .or_else(|| nearest(path, paths()))
        .or_else(|| {
            let names = paths().filter_map(|key| key.rsplit('.').next());
            let right = nearest(path.rsplit('.').next()?, names)?;
            paths().find(|key| name(key).as_deref() == Some(right))
        });
    let why = if right.is_some() { "setting_meant" } else { "setting_unknown" };
    at(span).arg("path", path).phrase("why", why).nearest(right)
}
