//! The commands: what the arguments ask for, what is printed, and the exit code.
//!
//! 0 done, 1 findings at or above the denied level, 2 could not run.

mod args;
mod environment;
mod document;
mod print;
mod init;
mod new;
mod build;
#[cfg(feature = "serve")]
mod serve;
mod extract;
mod explain;
mod asked;
mod baseline;
mod changed;
mod fix;
mod check;
mod config;
mod import;
mod summary;
mod timings;
mod usage;
mod schema;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::args::{Arguments, Command};
use crate::cli::print::Printer;
use crate::diag::failure::Failure;

/// What a command ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done.
    Done,
    /// Done, with findings at or above the denied level.
    Denied,
}

/// Runs the program.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // `--help` and `--version` are no errors; a wrong flag could not run.
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            match usage::wrong(&error) {
                Some(failure) => Printer::plain(usage::language()).failure(&failure),
                None => drop(error.print()),
            }
            return ExitCode::from(code);
        }
    };
    let printer = Printer::new(&arguments);
    match dispatch(&arguments, &printer) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Denied) => ExitCode::from(1),
        Err(failure) => {
            printer.failure(&failure);
            ExitCode::from(2)
        }
    }
}

fn dispatch(arguments: &Arguments, printer: &Printer) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Init(wanted) => init::run(wanted, printer),
        Command::New(wanted) => new::run(wanted, printer),
        Command::Build(build) => build::run(build, printer),
        #[cfg(feature = "serve")]
        Command::Serve(wanted) => serve::run(wanted, printer),
        Command::Check(check) => check::run(check, printer),
        Command::Extract(extract) => extract::run(extract, printer),
        Command::Explain(explain) => explain::run(explain, printer),
        Command::Summary(wanted) => summary::run(wanted, printer),
        Command::Import(wanted) => import::run(wanted, printer),
        Command::Config(config) => config::run(config, printer),
        Command::Schema(wanted) => schema::run(wanted, printer),
        Command::Completions(wanted) => schema::completions(wanted, printer),
        Command::Man(wanted) => schema::man(wanted, printer),
    }
}
