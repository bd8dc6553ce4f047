//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::import;

/// A folder of postmortems, English and Korean, becomes a site: each incident with its facts, an index by
/// root cause, what keeps happening.
///
/// No configuration and no front matter are needed. `pmsite build` reads `content/` and writes `public/`.
#[derive(Debug, Parser)]
#[command(name = "pmsite", version = env!("BUILD_VERSION"), max_term_width = 100, arg_required_else_help = true)]
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

impl MessageLang {
    /// Its code.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ko => "ko",
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create what a new site needs: settings, two example reports, a workflow
    Init(Init),
    /// Create a postmortem with the parts that readers look for
    New(New),
    /// Build the site
    Build(Build),
    /// Show the site on this machine, and again after every change
    #[cfg(feature = "serve")]
    Serve(Serve),
    /// Report what is missing or wrong in the documents
    Check(Check),
    /// Print the facts that were read, as JSON lines or CSV
    Extract(Extract),
    /// Show for each fact the words that it was read from, and what else was considered
    Explain(Explain),
    /// Print what a change does to the collection, as Markdown for a pull request
    Summary(Summary),
    /// Turn an export of Notion, Google Docs, Confluence, GitHub, Jira or Statuspage into documents
    Import(Import),
    /// Print the settings that hold here, and where each comes from
    Config(Config),
    /// Print a JSON Schema: of the facts, or of `pmsite.toml`
    Schema(Schema),
    /// Print a script that completes commands in a shell
    Completions(Completions),
    /// Print the manual page
    Man(Man),
}

/// What every command that reads a site takes.
#[derive(Args, Clone, Debug)]
pub(super) struct SiteArgs {
    /// A folder of documents, or of a site that has a `pmsite.toml`; for `check` a document, too [default: the current folder, whose `content/` holds the documents]
    pub(super) dir: Option<PathBuf>,
    /// Read drafts too, marked as such
    #[arg(long)]
    pub(super) drafts: bool,
    /// The day that ages are reckoned from [default: the newest date in the documents]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<String>,
}

#[derive(Args, Debug)]
pub(super) struct Init {
    /// The folder of the site [default: the current folder]
    pub(super) dir: Option<PathBuf>,
    /// Name of the site
    #[arg(long)]
    pub(super) title: Option<String>,
    /// Where the site will be published
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// The language of the pages at the top of the site
    #[arg(long, value_enum, value_name = "LANG")]
    pub(super) language: Option<MessageLang>,
    /// Copy the theme to `themes/NAME` to change it
    #[arg(long, value_name = "NAME", value_parser = theme_name)]
    pub(super) theme: Option<String>,
    /// The build service to write a workflow for
    #[arg(long, value_enum, default_value_t = Service::Github, value_name = "SERVICE")]
    pub(super) ci: Service,
    /// No example reports
    #[arg(long)]
    pub(super) bare: bool,
}

/// A name that is one folder below `themes/`.
fn theme_name(name: &str) -> Result<String, String> {
    let is_plain = crate::base::path::OutPath::new(name).is_some() && !name.contains('/');
    if is_plain && name != "default" { Ok(name.to_owned()) } else { Err("a-z, 0-9, -".to_owned()) }
}

/// A build service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Service {
    /// GitHub Actions and Pages
    Github,
    /// GitLab CI and Pages
    Gitlab,
    /// None
    None,
}

#[derive(Args, Debug)]
pub(super) struct New {
    /// What broke, in a few words
    pub(super) title: String,
    /// The folder of the site [default: the current folder]
    #[arg(long)]
    pub(super) dir: Option<PathBuf>,
    /// The language of the template [default: that of the title, else of the site]
    #[arg(long, value_enum, value_name = "LANG")]
    pub(super) language: Option<MessageLang>,
    /// The day that it began [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<String>,
    /// How severe it was, such as SEV2
    #[arg(long)]
    pub(super) severity: Option<String>,
    /// A service that was affected; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(super) service: Vec<String>,
    /// The file's name after the date [default: from the title]
    #[arg(long)]
    pub(super) slug: Option<String>,
    /// Open it in `$VISUAL` or `$EDITOR`
    #[arg(short, long)]
    pub(super) edit: bool,
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
    /// Build from facts that `pmsite extract` printed instead of documents; `-` reads them from stdin
    #[arg(long, value_name = "FACTS.jsonl")]
    pub(super) from: Option<PathBuf>,
    /// Replace the output folder even if pmsite did not make it
    #[arg(long)]
    pub(super) force: bool,
    /// Exit with 1 when a finding is at least this severe; with `secrets` nothing is written while one, or what
    /// was to be kept back, would be published [default: `secrets` where the variable CI is set]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(super) deny: Option<Level>,
    /// The folder for what the next build need not do again [default: `.pmsite-cache`]
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache")]
    pub(super) cache_dir: Option<PathBuf>,
    /// Do everything anew, and keep nothing for the next build
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Print where the time went
    #[arg(long)]
    pub(super) timings: bool,
    /// Print findings of every severity in full, notes included
    #[arg(short, long)]
    pub(super) verbose: bool,
    /// Print nothing but errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub(super) quiet: bool,
}

#[cfg(feature = "serve")]
#[derive(Args, Debug)]
pub(super) struct Serve {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// A theme below `themes/`
    #[arg(long, value_name = "NAME")]
    pub(super) theme: Option<String>,
    /// The first port to try; 0 for any
    #[arg(short, long, default_value_t = 4000)]
    pub(super) port: u16,
    /// The address to listen on; others than this machine can then read along
    #[arg(long, default_value_t = std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), value_name = "ADDRESS")]
    pub(super) host: std::net::IpAddr,
    /// Open a browser
    #[arg(long)]
    pub(super) open: bool,
    /// Leave drafts out
    #[arg(long, conflicts_with = "drafts")]
    pub(super) no_drafts: bool,
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

#[derive(Args, Debug)]
pub(super) struct Summary {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// The same folder before the change: a checkout of the base branch, or that folder itself
    #[arg(long, value_name = "DIR")]
    pub(super) base: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct Import {
    /// The export: a file, a folder or an archive
    #[arg(value_name = "PATH")]
    pub(super) path: PathBuf,
    /// What it was exported from [default: what it looks like]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) from: Option<ImportFormat>,
    /// The folder to write into [default: that of the documents here]
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
}

/// What can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportFormat {
    /// Notion: "Markdown & CSV"
    Notion,
    /// A page of Google Docs or Confluence as HTML
    Html,
    /// `gh issue list --json number,title,body,labels,comments,…`
    Github,
    /// Issues of Jira as JSON
    Jira,
    /// Incidents of Statuspage as JSON
    Statuspage,
}

impl ImportFormat {
    /// What it is to those who import.
    pub(super) fn format(self) -> import::Format {
        match self {
            Self::Notion => import::Format::Notion,
            Self::Html => import::Format::Html,
            Self::Github => import::Format::Github,
            Self::Jira => import::Format::Jira,
            Self::Statuspage => import::Format::Statuspage,
        }
    }
}

#[derive(Args, Debug)]
pub(super) struct Config {
    #[command(flatten)]
    pub(super) site: SiteArgs,
    /// How to print them
    #[arg(long, value_enum, default_value_t = ConfigFormat::Toml, value_name = "FORMAT")]
    pub(super) format: ConfigFormat,
}

/// How to print settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ConfigFormat {
    /// As `pmsite.toml` would say it, origins in comments
    Toml,
    /// One object, value and origin of each key
    Json,
}

#[derive(Args, Debug)]
pub(super) struct Schema {
    /// Of what
    #[arg(value_enum, default_value_t = SchemaKind::Incident, value_name = "WHAT")]
    pub(super) kind: SchemaKind,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaKind {
    /// A line of `pmsite extract` and of the site's `data/incidents.jsonl`
    Incident,
    /// `pmsite.toml`
    Settings,
}

#[derive(Args, Debug)]
pub(super) struct Completions {
    /// Which shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Args, Debug)]
pub(super) struct Man {
    /// Of one command [default: the whole program]
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
}
