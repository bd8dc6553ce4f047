//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// A folder of postmortems, English and Korean, becomes a site: each incident with its facts, an index by
/// root cause, what keeps happening.
///
/// No configuration and no front matter are needed. `pmsite build` reads `content/` and writes `public/`.
#[derive(Debug, Parser)]
#[command(name = "pmsite", version, max_term_width = 100, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
    /// The language of messages
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub(super) lang: Option<MessageLang>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageLang {
    /// English
    En,
    /// 한국어
    Ko,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build the site
    Build(Build),
    /// Report what is missing or wrong in the documents
    Check(Check),
    /// Print the facts that were read, as JSON lines or CSV
    Extract(Extract),
    /// Show for each fact the words that it was read from, and what else was considered
    Explain(Explain),
}

/// What every command that reads a site takes.
#[derive(Args, Clone, Debug)]
pub(super) struct SiteArgs {
    /// A folder of documents, or of a site that has a `pmsite.toml` [default: the current folder, whose `content/` holds the documents]
    pub(super) dir: Option<PathBuf>,
    /// Read drafts too, marked as such
    #[arg(long)]
    pub(super) drafts: bool,
    /// The day that ages are reckoned from [default: the newest date in the documents]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct Build {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// The folder to write [default: `public`]
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Where the site will be published; feeds, sitemap and 404 need it
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// A theme below `themes/`
    #[arg(long, value_name = "NAME")]
    pub(super) theme: Option<String>,
    /// Replace the output folder even if pmsite did not make it
    #[arg(long)]
    pub(super) force: bool,
    /// Exit with 1 when a finding is at least this severe; with `secrets` nothing is written while one would be
    /// published [default: `secrets` where the variable CI is set]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(super) deny: Option<Level>,
    /// Print findings of every severity in full, notes included
    #[arg(short, long)]
    pub(super) verbose: bool,
    /// Print nothing but errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
}

#[derive(Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// Exit with 1 when a finding is at least this severe
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Level::Error)]
    pub(super) deny: Level,
    /// One line a finding
    #[arg(long)]
    pub(super) concise: bool,
    /// How to print the findings; all but `text` go to standard output
    #[arg(long, value_enum, default_value_t = Report::Text, value_name = "FORMAT")]
    pub(super) format: Report,
    /// Report only what stands in files that changed since a revision of git
    #[arg(long, value_name = "REV")]
    pub(super) since: Option<String>,
    /// Leave out the findings of this file
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write the findings to the baseline's file, and leave them out from now on
    #[arg(long, requires = "baseline")]
    pub(super) write_baseline: bool,
    /// Mend what can be mended without a doubt: encodings, line ends, decomposed letters, one-sided conflicts, `13:17pm`
    #[arg(long)]
    pub(super) fix: bool,
    /// Show what `--fix` would change, and change nothing
    #[arg(long)]
    pub(super) diff: bool,
}

/// How to print findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Report {
    /// With their excerpts, on standard error
    Text,
    /// A JSON array
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
}

/// How severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Level {
    /// Any finding
    Note,
    /// Warnings and errors
    Warning,
    /// Errors
    Error,
    /// Keys, tokens and passwords that would be published
    Secrets,
}

#[derive(Args, Debug)]
pub(super) struct Extract {
    /// Documents or folders
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// How to print the facts
    #[arg(long, value_enum, default_value_t = Format::Jsonl, value_name = "FORMAT")]
    pub(super) format: Format,
}

/// How to print facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One JSON object a line
    Jsonl,
    /// A table
    Csv,
}

#[derive(Args, Debug)]
pub(super) struct Explain {
    /// A document
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// One field, such as `started_at` or `root_causes` [default: all]
    pub(super) field: Option<String>,
}
