//! Why the arguments are none: what their parser found, in the words of the catalogue.

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::base::nearest::nearest;
use crate::cli::args::{Arguments, MessageLang};
use crate::diag::code;
use crate::diag::failure::Failure;

/// What is wrong; nothing for what is no error (`--help`), and for what only the parser has words for.
pub(super) fn wrong(error: &clap::Error) -> Option<Failure> {
    let of = |kind: ContextKind| error.get(kind).map(texts).unwrap_or_default();
    let first = |kind: ContextKind| of(kind).into_iter().next().unwrap_or_default();
    let (option, value) = (first(ContextKind::InvalidArg), first(ContextKind::InvalidValue));
    let failure = |message: &str| Failure::new(&code::BAD_OPTION).phrase("message", message);
    let failure = match error.kind() {
        ErrorKind::UnknownArgument if !option.starts_with('-') => failure("usage_one_too_many"),
        ErrorKind::UnknownArgument => {
            near(&failure, "usage_option", of(ContextKind::SuggestedArg)).arg("value", &option)
        }
        ErrorKind::InvalidSubcommand => {
            return Some(no_command(&first(ContextKind::InvalidSubcommand)));
        }
        ErrorKind::MissingSubcommand => failure("usage_no_command"),
        ErrorKind::TooManyValues => failure("usage_takes_none"),
        ErrorKind::InvalidValue if value.is_empty() => failure("usage_no_value"),
        ErrorKind::InvalidValue => {
            let allowed = of(ContextKind::ValidValue);
            near(&failure, "usage_value", of(ContextKind::SuggestedValue))
                .allowed(allowed.iter().map(String::as_str))
                .phrase("help", "takes_one_of")
        }
        ErrorKind::ValueValidation => Failure::new(&code::BAD_OPTION).wanted(wanted(&option)?),
        ErrorKind::ArgumentConflict => {
            let other = first(ContextKind::PriorArg);
            let is_same = other == option;
            failure(if is_same { "usage_twice" } else { "usage_conflict" }).arg("other", other)
        }
        ErrorKind::MissingRequiredArgument => {
            failure("usage_missing").arg("value", of(ContextKind::InvalidArg).join(", "))
        }
        _ => return None,
    };
    let usage = first(ContextKind::Usage);
    let usage = usage.trim_start_matches("Usage:").trim();
    let help = if usage.is_empty() { "usage_see" } else { "usage_is" };
    // What was found first counts: some of these have said already what to do.
    Some(failure.arg("option", option).arg("value", value).arg("usage", usage).phrase("help", help))
}

/// There is no command of this name.
pub(super) fn no_command(name: &str) -> Failure {
    let program = Arguments::command();
    let known: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
    let right = nearest(name, known.iter().copied());
    let message = if right.is_some() { "usage_command_near" } else { "usage_command" };
    let failure = Failure::new(&code::BAD_OPTION).arg("value", name).nearest(right);
    failure.phrase("message", message).allowed(known).phrase("help", "usage_commands")
}

/// With the nearest there is, if there is any near.
fn near(failure: &impl Fn(&str) -> Failure, message: &str, near: Vec<String>) -> Failure {
    match near.first() {
        Some(right) => failure(&format!("{message}_near")).nearest(Some(right)),
        None => failure(message),
    }
}

/// The phrase for what an option takes whose values the parser only tries.
fn wanted(option: &str) -> Option<&'static str> {
    let name = option.split([' ', '=']).next()?;
    WANTED.iter().find(|(known, _)| *known == name).map(|(_, phrase)| *phrase)
}

const WANTED: [(&str, &str); 3] =
    [("--port", "wanted_port"), ("--host", "wanted_ip"), ("--theme", "wanted_theme_name")];

/// What stands in a piece of context.
fn texts(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::String(text) => vec![text.clone()],
        ContextValue::Strings(texts) => texts.clone(),
        ContextValue::StyledStr(text) => vec![text.to_string()],
        _ => Vec::new(),
    }
}

/// The language that the arguments ask for, whatever else is wrong with them.
pub(super) fn language() -> MessageLang {
    let given: Vec<String> =
        std::env::args_os().filter_map(|argument| argument.into_string().ok()).collect();
    let ko = MessageLang::Ko.as_str();
    let is_ko = given.iter().any(|one| one.strip_prefix("--lang=") == Some(ko))
        || given.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == ko);
    if is_ko { MessageLang::Ko } else { MessageLang::En }
}
