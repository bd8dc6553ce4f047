//! Writes generated postmortems into a folder, for benchmarks: `cargo run --release --example generate -- COUNT FOLDER [SEED]`.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a tool for measuring: it writes files and says how to call it"
)]

use std::path::PathBuf;
use std::process::ExitCode;

#[allow(clippy::string_slice, reason = "cuts its own templates at ASCII signs")]
#[path = "../benches/generate/mod.rs"]
mod generate;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().and_then(|count| count.parse::<usize>().ok());
    let (Some(count), Some(folder)) = (count, arguments.next().map(PathBuf::from)) else {
        eprintln!("generate COUNT FOLDER [SEED]");
        return ExitCode::from(2);
    };
    let seed = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let generator = generate::Generator::new(seed);
    for number in 0..count {
        let document = generator.document(number);
        let file = folder.join(&document.name);
        let written = file
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&file, document.text));
        if let Err(error) = written {
            eprintln!("{}: {error}", file.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
