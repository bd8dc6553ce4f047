//! Code that a report shows: in which language, and below which line.

use crate::extract::line::Line;
use crate::extract::scope::Scope;
use crate::parse::document::{Block, BlockKind};

/// What the code of a block is for, by the name of its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// A program.
    Program,
    /// Settings of a program.
    Settings,
    /// Commands, as somebody typed them.
    Commands,
}

/// Languages of programs, as fences name them.
const PROGRAMS: [&str; 39] = [
    "c",
    "c#",
    "c++",
    "cc",
    "clojure",
    "cpp",
    "cs",
    "csharp",
    "dart",
    "elixir",
    "erlang",
    "ex",
    "go",
    "golang",
    "groovy",
    "haskell",
    "java",
    "javascript",
    "js",
    "jsx",
    "kotlin",
    "kt",
    "lua",
    "objc",
    "perl",
    "php",
    "py",
    "python",
    "rb",
    "ruby",
    "rs",
    "rust",
    "scala",
    "solidity",
    "swift",
    "ts",
    "tsx",
    "typescript",
    "vue",
];
/// Languages of settings.
const SETTINGS: [&str; 17] = [
    "apache",
    "apacheconf",
    "caddyfile",
    "conf",
    "dockerfile",
    "dotenv",
    "env",
    "haproxy",
    "hcl",
    "ini",
    "nginx",
    "properties",
    "terraform",
    "tf",
    "toml",
    "yaml",
    "yml",
];

/// Languages of commands; a fence without a name mostly holds them as well.
const COMMANDS: [&str; 9] =
    ["", "bash", "cmd", "console", "powershell", "sh", "shell", "terminal", "zsh"];

/// The blocks of code whose language says what they are, each with the line that it stands below.
pub(super) fn shown<'a>(
    scope: &'a Scope<'_>,
) -> impl Iterator<Item = (Shown, &'a Block, &'a Line)> {
    let blocks = scope.document.blocks.iter().enumerate();
    blocks.filter_map(|(index, block)| {
        let shown = kind(scope, block)?;
        let below = scope.lines.partition_point(|line| (line.block as usize) < index);
        Some((shown, block, &scope.lines[below.checked_sub(1)?]))
    })
}

fn kind(scope: &Scope<'_>, block: &Block) -> Option<Shown> {
    if block.kind != BlockKind::Code {
        return None;
    }
    let fence = scope.source.text.get(block.source.start as usize..)?.lines().next()?;
    // Code that is set in by spaces has no fence, and its first word is no language.
    let name = fence.trim_start_matches(['`', '~']);
    if name.len() == fence.len() {
        return None;
    }
    let name = name.split([' ', '{', ',', ':']).next()?;
    let name = name.to_lowercase();
    let is = |names: &[&str]| names.contains(&name.as_str());
    let kinds = [
        (Shown::Program, is(&PROGRAMS)),
        (Shown::Settings, is(&SETTINGS)),
        (Shown::Commands, is(&COMMANDS)),
    ];
    kinds.into_iter().find(|(_, is)| *is).map(|(kind, _)| kind)
}
