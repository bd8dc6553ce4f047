//! Words are data, and data is tested.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use pmsite::config::schema;
use pmsite::diag::catalog::Catalog;
use pmsite::model::kind::Resolution;
use pmsite::vocab::Vocabulary;
use unicode_normalization::is_nfc;

use crate::project::{repository, tree};

/// A TOML file as a table.
fn table(path: &Path) -> toml::Table {
    let text = fs::read_to_string(path).unwrap();
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All keys of a table, `a.b` for those of a table within it.
fn keys(table: &toml::Table, before: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (key, value) in table {
        let key = format!("{before}{key}");
        match value {
            toml::Value::Table(inner) => all.extend(keys(inner, &format!("{key}."))),
            _ => drop(all.insert(key)),
        }
    }
    all
}

#[track_caller]
fn same_keys(one: &Path, other: &Path) {
    assert_eq!(
        keys(&table(one), ""),
        keys(&table(other), ""),
        "{} and {} have different keys",
        one.display(),
        other.display()
    );
}

#[test]
fn our_own_words_load_without_a_finding() {
    let loaded = Vocabulary::load(&[]);
    assert_eq!(loaded.findings, Vec::new());
}

#[test]
fn both_languages_have_the_same_lexicons() {
    let names = |lang: &str| -> Vec<String> {
        tree(&repository("data/lexicon").join(lang)).into_keys().collect()
    };
    assert_eq!(names("en"), names("ko"));
    // The lists that phrases are built from belong to one language: what lacks stands behind `no`, and before `없다`.
    for name in names("en").into_iter().filter(|name| name != "words.toml") {
        let of = |lang: &str| -> BTreeSet<String> {
            let table = table(&repository("data/lexicon").join(lang).join(&name));
            table.keys().cloned().collect()
        };
        assert_eq!(of("en"), of("ko"), "data/lexicon/*/{name}");
    }
}

#[test]
fn every_list_of_words_is_named_by_a_phrase() {
    for lang in ["en", "ko"] {
        let folder = repository("data/lexicon").join(lang);
        let phrases: String =
            tree(&folder).values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
        let lists = table(&folder.join("words.toml"));
        // The words at which another clause begins are read by themselves.
        let unused = lists.keys().filter(|list| *list != "breaks");
        let unused: Vec<&String> =
            unused.filter(|list| !phrases.contains(&format!("{{{list}}}"))).collect();
        assert!(unused.is_empty(), "{lang}: nothing names {unused:?}");
    }
}

#[test]
fn both_languages_say_the_same_things() {
    same_keys(&repository("data/findings/en.toml"), &repository("data/findings/ko.toml"));
    let strings = repository("themes/default/strings");
    same_keys(&strings.join("en.toml"), &strings.join("ko.toml"));
}

#[test]
fn data_is_sorted_and_composed() {
    for (name, bytes) in tree(&repository("data")) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(is_nfc(&text), "data/{name} is not in NFC");
        let keys: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("[findings.")?.strip_suffix(']'))
            .collect();
        let mut sorted = keys.clone();
        sorted.sort_unstable();
        assert_eq!(keys, sorted, "data/{name} is not sorted");
    }
}

/// Where a word may mean several things: cues add up ("led to" asserts, and says which of two is the result), the
/// value decides which label it is, the digits beside it decide which unit. A syllable begins a name or ends a word. The lists that phrases name overlap.
const SEVERAL: [&str; 6] =
    ["assertion.toml", "labels.toml", "clock.toml", "people.toml", "services.toml", "words.toml"];

#[test]
fn a_phrase_means_one_thing() {
    for lang in ["en", "ko"] {
        let mut seen: BTreeMap<(String, String), String> = BTreeMap::new();
        let files = tree(&repository("data/lexicon").join(lang)).into_keys();
        for name in files.filter(|name| !SEVERAL.contains(&name.as_str())) {
            for (key, value) in table(&repository("data/lexicon").join(lang).join(&name)) {
                let mut phrases: Vec<String> = Vec::new();
                collect(&value, &mut phrases);
                for phrase in phrases {
                    // A word may be a label in one list and a heading in another; within a list it may not.
                    let place = (name.clone(), phrase.clone());
                    if let Some(other) = seen.insert(place, key.clone()) {
                        assert_eq!(other, key, "`{phrase}` means two things in {lang}/{name}");
                        panic!("`{phrase}` stands twice below {key} in {lang}/{name}");
                    }
                }
            }
        }
    }
}

/// All phrases of a value.
fn collect(value: &toml::Value, phrases: &mut Vec<String>) {
    match value {
        toml::Value::String(phrase) => phrases.push(phrase.clone()),
        toml::Value::Array(values) => values.iter().for_each(|value| collect(value, phrases)),
        toml::Value::Table(values) => {
            values
                .iter()
                .filter(|(key, _)| *key != "unless")
                .for_each(|(_, value)| collect(value, phrases));
        }
        _ => {}
    }
}

#[test]
fn every_cause_has_names_and_phrases_in_both_languages() {
    let vocab = Vocabulary::load(&[]).value;
    for lang in ["en", "ko"] {
        let causes = table(&repository("data/lexicon").join(lang).join("causes.toml"));
        for concept in vocab.taxonomy.concepts() {
            assert!(
                causes.contains_key(concept.id.as_str()),
                "{} has no phrase in {lang}",
                concept.id
            );
        }
    }
}

#[test]
fn causes_refer_to_what_there_is() {
    let vocab = Vocabulary::load(&[]).value;
    for concept in vocab.taxonomy.concepts() {
        for other in concept.over.iter().chain(&concept.claims) {
            let other = other.get_ref();
            assert!(vocab.taxonomy.get(other).is_some(), "{}: no cause `{other}`", concept.id);
            assert_ne!(*other, concept.id);
        }
        let remedy = concept.remedy.as_ref().map(|kind| kind.get_ref());
        assert!(remedy.is_none_or(|kind| Resolution::parse(kind).is_some()), "{}", concept.id);
    }
}

/// What the keys begin with that are put together: from these and the name or number of a value.
const FAMILIES: [&str; 15] = [
    "band_",
    "detection_",
    "entry_",
    "facet_",
    "fact_",
    "figure_",
    "language_",
    "mon_",
    "month_",
    "period_",
    "resolution_",
    "role_",
    "term_",
    "theme_",
    "weekday_",
];

#[test]
fn every_string_of_the_theme_is_used() {
    let theme = repository("themes/default");
    let texts: String = tree(&theme.join("templates"))
        .into_values()
        .chain(tree(&repository("src/render")).into_values())
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .collect();
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "_.".contains(letter);
    let words = texts.split(|letter| !is_name(letter)).filter_map(|word| word.strip_prefix("s."));
    let used: BTreeSet<&str> = words.chain(texts.split('"')).collect();
    let keys = keys(&table(&theme.join("strings/en.toml")), "");
    for family in FAMILIES {
        assert!(keys.iter().any(|key| key.starts_with(family)), "{family}");
        let alone = format!("\"{}\"", family.trim_end_matches('_'));
        let is_put_together = texts.contains(&format!("\"{family}")) || texts.contains(&alone);
        assert!(is_put_together, "nobody puts together {family}");
    }
    // Of one thing there are words of their own.
    let is_used = |key: &str| used.contains(key) || used.contains(key.trim_end_matches("_one"));
    let is_family = |key: &str| FAMILIES.iter().any(|family| key.starts_with(family));
    let unused: Vec<&String> = keys.iter().filter(|key| !is_used(key) && !is_family(key)).collect();
    assert!(unused.is_empty(), "no template uses {unused:?}");
}

#[test]
fn every_finding_has_words() {
    for lang in ["en", "ko"] {
        let catalog = Catalog::of(lang);
        let named: BTreeSet<&str> = catalog.texts().keys().map(String::as_str).collect();
        let known: BTreeSet<&str> = pmsite::diag::code::ALL.iter().map(|code| code.name).collect();
        assert_eq!(named, known, "data/findings/{lang}.toml");
    }
}

#[test]
fn every_setting_has_words_and_an_example_that_can_be_used() {
    let keys: BTreeSet<String> = schema::keys().into_iter().map(|key| key.path).collect();
    for lang in ["en", "ko"] {
        let words = schema::words(lang);
        let named: BTreeSet<String> = words.keys().cloned().collect();
        assert_eq!(named, keys, "data/settings/{lang}.toml");
        for (path, words) in words {
            let text = format!("{path} = {}", words.example);
            let read = toml::from_str::<pmsite::config::file::SiteFile>(&text);
            assert!(read.is_ok(), "data/settings/{lang}.toml: {text}");
        }
    }
}

#[test]
fn codes_are_in_order_and_used_once() {
    let ids: Vec<&str> = pmsite::diag::code::ALL.iter().map(|code| code.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
}

#[test]
fn published_shares_name_causes_of_the_taxonomy() {
    let vocab = Vocabulary::load(&[]).value;
    let studies = pmsite::render::base_rates::studies();
    let anchors: BTreeSet<&str> = studies.iter().map(|study| study.id.as_str()).collect();
    assert!(!studies.is_empty() && anchors.len() == studies.len(), "{anchors:?}");
    for study in studies {
        let sum: f64 = study.rate.iter().map(|rate| rate.percent).sum();
        assert!(sum <= 100.0, "{}: {sum} per cent", study.id);
        for cause in study.rate.iter().flat_map(|rate| &rate.causes) {
            assert!(vocab.taxonomy.get(cause).is_some(), "{}: no cause `{cause}`", study.id);
        }
    }
}

/// The search looks up an English word by what its inflections have in common, and Hangul without spaces.
#[test]
fn words_of_the_search_are_one_word_or_two_and_their_korean() {
    let table = table(&repository("data/search.toml"));
    let words: BTreeMap<String, Vec<String>> = table["words"].clone().try_into().unwrap();
    let vocab = Vocabulary::load(&[]).value.search.words;
    for (english, korean) in &words {
        let is_word = |word: &str| {
            !word.is_empty()
                && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        assert!(english.split(' ').count() <= 2 && english.split(' ').all(is_word), "{english}");
        assert!(!korean.is_empty(), "{english}");
        for word in korean {
            let is_hangul = |letter| matches!(letter, '가'..='힣' | ' ');
            assert!(word.chars().all(is_hangul), "{english}: {word}");
        }
        assert_eq!(vocab.get(english), Some(korean));
    }
}
