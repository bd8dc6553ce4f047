//! How long the search index takes to build, how much memory, and how large it is: `cargo bench --bench search -- COUNT [FOLDER]`.
//!
//! Prints a line of JSON. With a folder it writes there what a site holds for its search, and the documents themselves;
//! `compare.mjs` measures the page in a browser and puts everything beside other search libraries.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark: it measures, reads what the system says about it, and stops where it cannot go on"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use pmsite::config::resolve::{Wishes, resolve};
use pmsite::index::{self, Archive, index};
use pmsite::pipeline;
use pmsite::render::{Body, Scene, render_search};
use pmsite::vocab::Vocabulary;
use rayon::prelude::*;

#[allow(clippy::string_slice, reason = "cuts its own templates at ASCII signs")]
#[path = "../generate/mod.rs"]
mod generate;

/// The seed of `examples/generate.rs`, so that all libraries read the same documents.
const SEED: u64 = 1;

fn main() {
    // Cargo adds `--bench`.
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let count = arguments.next().map_or(1_000, |count| count.parse().unwrap());
    let vocab = Vocabulary::load(&[]).value;
    let folder = arguments.next().map(PathBuf::from);
    let documents = folder.as_ref().map(|folder| folder.join("documents"));
    let archive = read(count, &vocab, documents.as_deref());
    measure(&archive, &vocab);
    if let Some(folder) = folder {
        write(&archive, &vocab, &folder);
    }
}

/// Generated documents, filed but not indexed.
fn read(count: usize, vocab: &Vocabulary, folder: Option<&Path>) -> Archive {
    let generator = generate::Generator::new(SEED);
    let cases: Vec<_> = (0..count)
        .into_par_iter()
        .map(|number| {
            let document = generator.document(number);
            if let Some(folder) = folder {
                put(&folder.join(&document.name), document.text.as_bytes());
            }
            pipeline::text(&document.name, document.text.into_bytes(), vocab)
        })
        .collect();
    let wishes = index::Wishes { drafts: false, today: None };
    index(cases.into_iter().map(std::sync::Arc::new).collect(), vocab, wishes).value
}

fn measure(archive: &Archive, vocab: &Vocabulary) {
    let before = resident("VmRSS");
    forget_peak();
    let (start, worked) = (Instant::now(), cpu_seconds());
    archive.search(vocab);
    let (seconds, worked) = (start.elapsed().as_secs_f64(), cpu_seconds() - worked);
    let megabytes = resident("VmHWM").saturating_sub(before) / 1024;
    let search = archive.search(vocab);
    let shards = search.words.iter().chain(&search.grams);
    let bytes: usize = shards.clone().map(|shard| shard.body.len()).sum();
    println!(
        "{{\"documents\":{},\"seconds\":{seconds:.2},\"cpu_seconds\":{worked:.2},\"megabytes\":{megabytes},\
         \"shards\":{},\"bytes\":{bytes}}}",
        archive.filed.len(),
        shards.count(),
    );
}

/// What a site holds for its search.
fn write(archive: &Archive, vocab: &Vocabulary, folder: &Path) {
    let wishes = Wishes { folder: Some(folder.join("documents")), ..Wishes::default() };
    let site = resolve(&wishes).unwrap_or_else(|_| panic!("no settings are needed"));
    let theme = pipeline::theme(&site).unwrap_or_else(|_| panic!("the default theme is there"));
    let scene = Scene::new(archive, &site, &theme, vocab, &[]);
    let written = render_search(&scene, |file| {
        if let Body::Bytes(bytes) = &file.body {
            put(&folder.join("site").join(file.path.as_str()), bytes);
        }
        Ok(())
    });
    assert!(written.is_ok_and(|findings| findings.is_empty()));
}

fn put(file: &Path, bytes: &[u8]) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

/// How long all threads of this process have worked, in seconds; 0 where the system does not say.
fn cpu_seconds() -> f64 {
    const TICKS: f64 = 100.0;
    let status = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = status.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse().ok())
        .collect();
    fields.iter().sum::<f64>() / TICKS
}

/// A line of what the system says about this process, in kilobytes; 0 where it says nothing.
fn resident(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Lets the system reckon the peak of memory from now on.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}
