//! `pmsite schema`, `completions` and `man`: what other programs want to know of this one.

use clap::CommandFactory;

use crate::cli::Outcome;
use crate::cli::args::{Arguments, Completions, Man, Schema, SchemaKind};
use crate::cli::print::{Printer, unwritable};
use crate::cli::usage::no_command;
use crate::config::schema;
use crate::diag::failure::Failure;
use crate::record;

/// Prints a JSON Schema.
pub(super) fn run(wanted: &Schema, printer: &Printer) -> Result<Outcome, Failure> {
    let schema = match wanted.kind {
        SchemaKind::Incident => record::schema(),
        SchemaKind::Settings => schema::schema(printer.lang()),
    };
    printer.data(format!("{schema:#}\n").as_bytes())?;
    Ok(Outcome::Done)
}

/// Prints a script that completes commands and options in a shell.
pub(super) fn completions(wanted: &Completions, printer: &Printer) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(wanted.shell, &mut Arguments::command(), "pmsite", &mut script);
    printer.data(&script)?;
    Ok(Outcome::Done)
}

/// Prints the manual page of the program, or of one of its commands.
pub(super) fn man(wanted: &Man, printer: &Printer) -> Result<Outcome, Failure> {
    let mut program = Arguments::command();
    program.build();
    let command = match &wanted.command {
        None => program,
        Some(name) => program.find_subcommand(name).ok_or_else(|| no_command(name))?.clone(),
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(unwritable)?;
    printer.data(&page)?;
    Ok(Outcome::Done)
}
