//! Facets: the leading documents by cause, group, service, detection, resolution, severity, year and language.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::base::path::slug;
use crate::index::{Archive, Filed, FiledId};
use crate::model::incident::Incident;
use crate::model::kind::kinds;
use crate::vocab::Vocabulary;

kinds! {
    /// A way to divide the archive.
    Facet {
        /// By root cause.
        Cause = "causes",
        /// By group of causes.
        Group = "groups",
        /// By affected service.
        Service = "services",
        /// By what noticed it.
        Detection = "detection",
        /// By what ended it.
        Resolution = "resolution",
        /// By severity.
        Severity = "severity",
        /// By year.
        Year = "years",
        /// By language of the document.
        Language = "languages",
    }
}

impl Facet {
    /// Its values are a list of ours, with names in every language; else they are as authors write them.
    pub fn is_closed(self) -> bool {
        !matches!(self, Self::Service | Self::Severity | Self::Year)
    }
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The value as its first document writes it: an id of the taxonomy, a service, `2024`.
    pub name: String,
    /// Its address below the facet's folder.
    pub slug: String,
    /// Its documents, newest first.
    pub filed: Vec<FiledId>,
}

/// All values of all facets, and which of them each document has.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    lists: BTreeMap<Facet, List>,
}

/// One facet.
#[derive(Clone, Debug, Default)]
struct List {
    values: Vec<Value>,
    /// From a slug to its place in `values`.
    places: BTreeMap<String, u32>,
    /// For each document the places of its values, in the order of the document.
    of: Vec<Vec<u32>>,
    unknown: Vec<FiledId>,
}

impl Facets {
    /// Divides an archive.
    pub fn of(archive: &Archive, vocab: &Vocabulary) -> Self {
        let list = |&facet: &Facet| (facet, List::of(facet, archive, vocab));
        Self { lists: Facet::ALL.par_iter().map(list).collect() }
    }

    /// The values of a facet: years from the newest, severities from the worst, others from the most frequent.
    pub fn values(&self, facet: Facet) -> &[Value] {
        self.lists.get(&facet).map_or(&[], |list| &list.values)
    }

    /// The place among [`Facets::values`] of the value with this slug.
    pub fn place(&self, facet: Facet, slug: &str) -> Option<usize> {
        self.lists.get(&facet)?.places.get(slug).map(|&place| place as usize)
    }

    /// The values under which the incident of a document is filed, as places among [`Facets::values`].
    pub fn places(&self, facet: Facet, id: FiledId) -> &[u32] {
        self.lists.get(&facet).and_then(|list| list.of.get(id)).map_or(&[], Vec::as_slice)
    }

    /// Leading documents of which the facet is not known, newest first.
    pub fn unknown(&self, facet: Facet) -> &[FiledId] {
        self.lists.get(&facet).map_or(&[], |list| &list.unknown)
    }
}

impl List {
    fn of(facet: Facet, archive: &Archive, vocab: &Vocabulary) -> Self {
        let mut found: BTreeMap<String, Value> = BTreeMap::new();
        let mut slugs: Vec<Vec<String>> = Vec::with_capacity(archive.filed.len());
        let mut unknown = Vec::new();
        for (id, filed) in archive.filed.iter().enumerate() {
            let mut mine: Vec<String> = Vec::new();
            let mut seen: BTreeSet<String> = BTreeSet::new();
            for name in told(facet, archive, id, vocab) {
                let slug = slug(&name);
                if slug.is_empty() || !seen.insert(slug.clone()) {
                    continue;
                }
                if filed.leads {
                    let blank = || Value { name, slug: slug.clone(), filed: Vec::new() };
                    found.entry(slug.clone()).or_insert_with(blank).filed.push(id);
                }
                mine.push(slug);
            }
            if filed.leads && mine.is_empty() {
                unknown.push(id);
            }
            slugs.push(mine);
        }
        let mut values: Vec<Value> = found.into_values().collect();
        match facet {
            Facet::Year => values.sort_by(|a, b| b.slug.cmp(&a.slug)),
            // Worst first; what nobody can weigh comes last.
            Facet::Severity => values.sort_by_cached_key(|value| {
                let number = vocab.levels.number(&value.name);
                (number.unwrap_or(u32::MAX), value.slug.clone())
            }),
            _ => values.sort_by(|a, b| {
                b.filed.len().cmp(&a.filed.len()).then_with(|| a.slug.cmp(&b.slug))
            }),
        }
        let places: BTreeMap<String, u32> =
            values.iter().zip(0..).map(|(value, place)| (value.slug.clone(), place)).collect();
        let of = slugs
            .iter()
            .map(|mine| mine.iter().filter_map(|slug| places.get(slug).copied()).collect())
            .collect();
        Self { values, places, of, unknown }
    }
}

/// The values under which the incident of a document is filed: what its leading document names, whichever version one
/// reads, and all languages in which it is told.
fn told(facet: Facet, archive: &Archive, id: FiledId, vocab: &Vocabulary) -> Vec<String> {
    let leader = leader(&archive.filed, id);
    let mut told = names(facet, &leader.case.incident, vocab);
    if let (Facet::Language, Some(twin)) = (facet, leader.twin) {
        told.extend(names(facet, &archive.filed[twin].case.incident, vocab));
    }
    told
}

/// The document that stands for the incident of this one.
pub(super) fn leader(filed: &[Filed], id: FiledId) -> &Filed {
    match filed[id].twin {
        Some(twin) if !filed[id].leads => &filed[twin],
        _ => &filed[id],
    }
}

/// The values that an incident has of a facet.
pub fn names(facet: Facet, incident: &Incident, vocab: &Vocabulary) -> Vec<String> {
    match facet {
        Facet::Cause => {
            incident.root_causes.iter().map(|cause| cause.fact.value.to_string()).collect()
        }
        Facet::Group => {
            let ids = incident.root_causes.iter();
            let mut groups: Vec<String> = ids
                .filter_map(|cause| vocab.taxonomy.get(cause.fact.value.as_str()))
                .map(|concept| concept.group.get_ref().clone())
                .collect();
            groups.sort();
            groups.dedup();
            groups
        }
        Facet::Service => incident.services.iter().map(|fact| fact.value.clone()).collect(),
        Facet::Detection => {
            incident.detection.value().map(|kind| kind.as_str().to_owned()).into_iter().collect()
        }
        Facet::Resolution => {
            incident.resolution.iter().map(|fact| fact.value.as_str().to_owned()).collect()
        }
        Facet::Severity => {
            incident.severity.value().map(|severity| level(severity)).into_iter().collect()
        }
        Facet::Year => {
            let year = incident.date.value().and_then(|date| date.year);
            year.map(|year| year.to_string()).into_iter().collect()
        }
        Facet::Language => vec![incident.lang.as_str().to_owned()],
    }
}

/// A severity without what stands in brackets and without signs: `SEV-2 (High)` and `Sev 2` are `SEV2`.
fn level(written: &str) -> String {
    let head = written.split(['(', ',', '/', '|']).next().unwrap_or(written);
    let letters: String = head.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let has_digit = letters.ends_with(|letter: char| letter.is_ascii_digit());
    if has_digit { letters.to_uppercase() } else { head.trim().to_owned() }
}
