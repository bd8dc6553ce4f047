//! The JSON Schema of `pmsite.toml`, made from [`SiteFile`] and described in the words of `data/settings`.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::config::file::SiteFile;
pub use crate::diag::settings::words;

/// A key of the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Such as `publish.drafts`.
    pub path: String,
    /// Its value is a text.
    pub is_text: bool,
}

/// All keys, in the order of the file.
pub fn keys() -> Vec<Key> {
    let schema = plain();
    let mut keys = Vec::new();
    walk(&schema, "", &mut |path, property| {
        keys.push(Key { path: path.to_owned(), is_text: has_type(property, "string") });
    });
    keys
}

/// The schema, with what each key does in a language.
pub fn schema(lang: &str) -> Value {
    let mut schema = plain();
    schema["title"] = Value::from(super::file::NAME);
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("description");
    }
    for (path, words) in words(lang) {
        if let Some(property) = property_mut(&mut schema, &path) {
            property["description"] = Value::from(words.is);
        }
    }
    schema
}

/// Draft 7 is what editors of TOML understand.
pub(super) fn plain() -> Value {
    let generator = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    generator.into_generator().into_root_schema_for::<SiteFile>().to_value()
}

/// Calls `each` for every key that holds a value and not further keys of ours.
fn walk(schema: &Value, above: &str, each: &mut impl FnMut(&str, &Value)) {
    let Some(properties) = schema["properties"].as_object() else { return };
    for (name, property) in properties {
        let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        if property["properties"].is_object() {
            walk(property, &path, each);
        } else {
            each(&path, property);
        }
    }
}

fn property_mut<'a>(schema: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    let mut place = schema;
    for name in path.split('.') {
        place = place.get_mut("properties")?.get_mut(name)?;
    }
    Some(place)
}

/// Whether a property may be of a type.
pub fn has_type(property: &Value, name: &str) -> bool {
    match &property["type"] {
        Value::String(only) => only == name,
        Value::Array(several) => several.iter().any(|one| one == name),
        _ => false,
    }
}
