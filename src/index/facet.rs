//! Facets: the leading documents by cause, group, service, detection, resolution, severity, year and language.

use std::collections::BTreeMap;

use crate::base::path::slug;
use crate::index::{Archive, FiledId};
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

/// All values of all facets.
#[derive(Clone, Debug, Default)]
pub struct Facets {
    values: BTreeMap<Facet, Vec<Value>>,
    unknown: BTreeMap<Facet, Vec<FiledId>>,
}

impl Facets {
    /// Divides an archive.
    pub fn of(archive: &Archive, vocab: &Vocabulary) -> Self {
        let mut facets = Self::default();
        for &facet in Facet::ALL {
            let mut values: BTreeMap<String, Value> = BTreeMap::new();
            let unknown = facets.unknown.entry(facet).or_default();
            for id in archive.leading() {
                let names = names(facet, &archive.filed[id].case.incident, vocab);
                if names.is_empty() {
                    unknown.push(id);
                }
                for name in names {
                    let slug = slug(&name);
                    if slug.is_empty() {
                        continue;
                    }
                    let value = values.entry(slug.clone()).or_insert_with(|| Value {
                        name,
                        slug,
                        filed: Vec::new(),
                    });
                    if value.filed.last() != Some(&id) {
                        value.filed.push(id);
                    }
                }
            }
            let mut values: Vec<Value> = values.into_values().collect();
            match facet {
                Facet::Year => values.sort_by(|a, b| b.slug.cmp(&a.slug)),
                Facet::Severity => {
                    values.sort_by_key(|value| (rank(&value.slug), value.slug.clone()))
                }
                _ => values.sort_by(|a, b| {
                    b.filed.len().cmp(&a.filed.len()).then_with(|| a.slug.cmp(&b.slug))
                }),
            }
            facets.values.insert(facet, values);
        }
        facets
    }

    /// The values of a facet: years from the newest, severities from the worst, others from the most frequent.
    pub fn values(&self, facet: Facet) -> &[Value] {
        self.values.get(&facet).map_or(&[], Vec::as_slice)
    }

    /// The value with this slug.
    pub fn value(&self, facet: Facet, slug: &str) -> Option<&Value> {
        self.values(facet).iter().find(|value| value.slug == slug)
    }

    /// Documents of which the facet is not known.
    pub fn unknown(&self, facet: Facet) -> &[FiledId] {
        self.unknown.get(&facet).map_or(&[], Vec::as_slice)
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
                .map(|concept| concept.group.clone())
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

/// Worst first: by the number of a code, else as it comes.
fn rank(slug: &str) -> u32 {
    let digits: String = slug.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(9)
}
