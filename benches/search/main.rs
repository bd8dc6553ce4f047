//! How long the search index takes to build, how much memory, and how large it is: `cargo bench --bench search -- COUNT…`.
//!
//! Prints a line of JSON for each count. `benches/search/compare.mjs` puts them beside those of other search libraries.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark: it measures, reads what the system says about it, and prints"
)]

use std::time::Instant;

use pmsite::case::Visible;
use pmsite::index::{Wishes, index};
use pmsite::pipeline;
use pmsite::vocab::Vocabulary;
use rayon::prelude::*;

#[allow(clippy::string_slice, reason = "cuts its own templates at ASCII signs")]
#[path = "../generate/mod.rs"]
mod generate;

/// The seed of `examples/generate.rs`, so that all libraries read the same documents.
const SEED: u64 = 1;

fn main() {
    let counts = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let counts: Vec<usize> = counts.collect();
    for count in if counts.is_empty() { vec![1_000, 10_000] } else { counts } {
        measure(count);
    }
}

fn measure(count: usize) {
    let vocab = Vocabulary::load(&[]).value;
    let generator = generate::Generator::new(SEED);
    let cases: Vec<_> = (0..count)
        .into_par_iter()
        .map(|number| {
            let document = generator.document(number);
            pipeline::text(&document.name, document.text.into_bytes(), &vocab)
        })
        .collect();
    // The index takes what it needs of the documents and lets it go; here it is kept to be indexed once more by itself.
    let visible: std::collections::BTreeMap<String, Visible> =
        cases.iter().map(|case| (case.source.path.to_string(), case.visible.clone())).collect();
    let mut archive = index(cases, &vocab, Wishes { drafts: false, today: None }).value;
    archive.search = Default::default();
    for filed in &mut archive.filed {
        filed.case.visible = visible[filed.case.source.path.as_str()].clone();
    }
    drop(visible);
    let before = resident("VmRSS");
    forget_peak();
    let (start, worked) = (Instant::now(), cpu_seconds());
    let search = pmsite::index::search::search(&archive.filed, &vocab);
    let seconds = start.elapsed().as_secs_f64();
    let worked = cpu_seconds() - worked;
    let peak = resident("VmHWM").saturating_sub(before);
    let shards = search.words.len() + search.grams.len();
    let bytes: usize = search.words.iter().chain(&search.grams).map(|shard| shard.body.len()).sum();
    println!(
        "{{\"documents\":{count},\"seconds\":{seconds:.2},\"cpu_seconds\":{worked:.2},\"megabytes\":{},\"shards\":{shards},\"shard_bytes\":{bytes}}}",
        peak / 1024
    );
}

/// How long all threads of this process have worked, in seconds; 0 where the system does not say.
fn cpu_seconds() -> f64 {
    const TICKS: f64 = 100.0;
    let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = status.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    fields.iter().sum::<f64>() / TICKS
}

/// A line of what the system says about this process, in kilobytes; 0 where it says nothing.
fn resident(name: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Lets the system reckon the peak of memory from now on.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
