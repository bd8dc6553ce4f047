//! `pmsite schema`, `completions` and `man`: what other programs want to know of this one.

use clap::CommandFactory;

use crate::base::nearest::nearest;
use crate::cli::Outcome;
use crate::cli::args::{Arguments, Completions, Man, Schema, SchemaKind};
use crate::cli::print::{Printer, unwritable};
use crate::config::schema;
use crate::diag::code;
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
        Some(name) => {
            let known: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
            let unknown = || {
                let wrong = Failure::new(&code::BAD_OPTION).arg("option", "man").arg("value", name);
                let right = nearest(name, known.iter().copied());
                let message = if right.is_some() { "usage_command_near" } else { "usage_command" };
                let wrong = wrong.phrase("message", message).nearest(right);
                wrong.allowed(known.iter().copied()).phrase("help", "takes_one_of")
            };
            program.find_subcommand(name).ok_or_else(unknown)?.clone()
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(unwritable)?;
    printer.data(&page)?;
    Ok(Outcome::Done)
}
