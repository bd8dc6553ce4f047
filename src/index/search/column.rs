//! What results can be narrowed down by: for each document its values of a facet, as a text that the page reads.

use std::collections::BTreeMap;

use crate::base::path::slug;
use crate::index::Filed;
use crate::index::facet::{Facet, leader, names};
use crate::index::search::write::number;
use crate::vocab::Vocabulary;

/// A facet of the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in addresses of searches: `cause`.
    pub name: &'static str,
    /// The facet that has pages of its own; none for the length of time.
    pub facet: Option<Facet>,
    /// Its values in order; the first, for documents of which none is known, has no name.
    pub values: Vec<Value>,
    /// For each document its values: twice the value, or one more than twice their number and then each of them.
    pub data: String,
    /// Where they follow from those of another column and `data` is empty: from which, and for each of its values the one here.
    pub from: Option<(&'static str, Vec<u32>)>,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its name in addresses of searches.
    pub slug: String,
    /// As the newest document writes it.
    pub name: String,
}

/// The facets and their names in addresses, in the order in which the page shows them.
const FACETS: [(&str, Facet); 7] = [
    ("cause", Facet::Cause),
    ("service", Facet::Service),
    ("year", Facet::Year),
    ("severity", Facet::Severity),
    ("detection", Facet::Detection),
    ("resolution", Facet::Resolution),
    ("language", Facet::Language),
];

/// Lengths of time by what they are below, in minutes.
const BANDS: [(&str, f64); 5] =
    [("15m", 15.0), ("1h", 60.0), ("4h", 240.0), ("1d", 1440.0), ("longer", f64::INFINITY)];

/// The value of documents of which none is known.
const UNKNOWN: &str = "unknown";

/// All columns of an archive. A document stands where the lists of the site have its incident, whichever version it is,
/// but for its language, which is its own.
pub(super) fn columns(filed: &[Filed], vocab: &Vocabulary) -> Vec<Column> {
    let own: Vec<&Filed> = filed.iter().rev().collect();
    let leaders: Vec<&Filed> = (0..filed.len()).rev().map(|id| leader(filed, id)).collect();
    let of = |facet| if facet == Facet::Language { &own } else { &leaders };
    let mut columns: Vec<Column> =
        FACETS.iter().map(|&(name, facet)| column(name, facet, of(facet), vocab)).collect();
    columns.insert(3, durations(&leaders));
    columns.insert(1, groups(&columns[0], vocab));
    columns
}

/// The groups of causes. A document is in those of its causes.
fn groups(causes: &Column, vocab: &Vocabulary) -> Column {
    let mut values = vec![unknown()];
    let group = |cause: &Value| {
        let Some(concept) = vocab.taxonomy.get(&cause.name) else { return 0 };
        let name = concept.group.get_ref().clone();
        let at = values.iter().position(|group| group.name == name).unwrap_or(values.len());
        if at == values.len() {
            values.push(Value { slug: slug(&name), name });
        }
        at as u32
    };
    let from = Some((causes.name, causes.values.iter().map(group).collect()));
    Column { name: "group", facet: Some(Facet::Group), values, data: String::new(), from }
}

fn column(name: &'static str, facet: Facet, documents: &[&Filed], vocab: &Vocabulary) -> Column {
    let values = vec![unknown()];
    let mut column = Column { name, facet: Some(facet), values, data: String::new(), from: None };
    let mut known: BTreeMap<String, u32> = BTreeMap::new();
    for filed in documents {
        let mut values = Vec::new();
        for name in names(facet, &filed.case.incident, vocab) {
            let slug = slug(&name);
            if slug.is_empty() {
                continue;
            }
            let value = *known.entry(slug.clone()).or_insert(column.values.len() as u32);
            let named = Value { slug, name };
            match column.values.get_mut(value as usize) {
                Some(before) => *before = named,
                None => column.values.push(named),
            }
            if !values.contains(&value) {
                values.push(value);
            }
        }
        push(&mut column.data, &values);
    }
    column
}

fn durations(documents: &[&Filed]) -> Column {
    let bands =
        BANDS.iter().map(|(slug, _)| Value { slug: (*slug).to_owned(), name: String::new() });
    let values = std::iter::once(unknown()).chain(bands).collect();
    let mut column =
        Column { name: "duration", facet: None, values, data: String::new(), from: None };
    for filed in documents {
        let minutes = filed.case.incident.duration_minutes.value();
        let band = minutes.and_then(|minutes| BANDS.iter().position(|(_, below)| minutes < below));
        push(&mut column.data, &band.map(|band| band as u32 + 1).into_iter().collect::<Vec<_>>());
    }
    column
}

fn unknown() -> Value {
    Value { slug: UNKNOWN.to_owned(), name: String::new() }
}

fn push(data: &mut String, values: &[u32]) {
    match values {
        [] => number(data, 0),
        [value] => number(data, 2 * value),
        values => {
            number(data, 2 * values.len() as u32 + 1);
            values.iter().for_each(|value| number(data, *value));
        }
    }
}

/// Minutes longer than this are one.
const LONGEST: f64 = 1e8;

/// The length of each incident in whole minutes and one more, 0 where it is not known.
pub(super) fn minutes(documents: &[&Filed]) -> String {
    let mut data = String::new();
    for filed in documents {
        let minutes = filed.case.incident.duration_minutes.value();
        number(&mut data, minutes.map_or(0, |minutes| minutes.clamp(0.0, LONGEST) as u32 + 1));
    }
    data
}
