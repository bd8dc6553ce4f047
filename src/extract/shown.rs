//! Code that a report shows: in which language, and below which line.

use std::ops::Range;

use crate::extract::line::Line;
use crate::extract::scope::Scope;
use crate::parse::document::{Block, BlockKind};
use crate::vocab::pattern::is_word;

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

/// What a text names of a program or of its settings, and where: a file, a function, in code or in plain letters.
pub(super) fn named<'a>(
    scope: &'a Scope<'_>,
    range: &Range<u32>,
) -> impl Iterator<Item = (Shown, Range<u32>)> + 'a {
    let code = &scope.document.view.code;
    let from = code.partition_point(|code| code.start < range.start);
    let end = range.end;
    let marked = code[from..].iter().take_while(move |code| code.start < end);
    let marked = marked.filter_map(|code| Some((names(scope.text(code.clone()))?, code.clone())));
    let mut next = range.start;
    let words = scope.text(range.clone()).split_inclusive(char::is_whitespace);
    let bare = words.filter_map(move |word| {
        let at = next;
        next += word.len() as u32;
        // Few words have a dot.
        memchr::memchr(b'.', word.as_bytes())?;
        let word = word.trim_matches(|letter: char| !is_word(letter));
        let is_file = names_program(word) && stands_for_itself(word);
        is_file.then_some((Shown::Program, at..at + word.len() as u32))
    });
    marked.chain(bare)
}

/// What a piece of code names.
fn names(text: &str) -> Option<Shown> {
    if is_call(text) {
        return Some(Shown::Program);
    }
    if text.contains(char::is_whitespace) {
        return None;
    }
    let file = file_of(text);
    // `.htaccess`, `.npmrc`; `.php` is only an ending.
    let name = file.strip_prefix('.').unwrap_or_default();
    if name.chars().all(char::is_alphabetic) && (name.ends_with("rc") || name.len() >= LONG_NAME) {
        return Some(Shown::Settings);
    }
    let ending = file.rsplit('.').next().filter(|ending| ending.len() < file.len())?;
    if SETTINGS.contains(&ending) || SETTINGS_FILES.contains(&ending) {
        return Some(Shown::Settings);
    }
    names_program(text).then_some(Shown::Program)
}

/// `queue.py:40-52`: a place in a file.
fn file_of(text: &str) -> String {
    text.split(':').next().unwrap_or(text).to_lowercase()
}

/// Whether a word is called like a file of a program, and not of its tests.
fn names_program(word: &str) -> bool {
    let file = file_of(word);
    let Some((stem, ending)) = file.rsplit_once('.') else { return false };
    let is_test =
        || stem.split(|letter: char| !letter.is_alphanumeric()).any(|part| TESTS.contains(&part));
    PROGRAMS.contains(&ending) && !is_test()
}

/// "Node.js" is a product, `queue-node.js` a file.
fn stands_for_itself(word: &str) -> bool {
    let stem = word.rsplit_once('.').map_or("", |(stem, _)| stem);
    let humps = stem.chars().skip(1).any(char::is_uppercase) && stem.contains(char::is_lowercase);
    stem.len() >= SHORTEST_STEM && (humps || stem.contains(['/', '-', '_']))
}

/// How the parts of a path are called that tries a program out.
const TESTS: [&str; 4] = ["test", "tests", "spec", "specs"];
/// The name of a file in plain letters has so many bytes before its ending.
const SHORTEST_STEM: usize = 3;
/// A hidden file without an ending has a name of so many letters at least.
const LONG_NAME: usize = 8;
/// Endings of files that hold settings, where languages are called otherwise.
const SETTINGS_FILES: [&str; 2] = ["cfg", "cnf"];

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
    // "``` java" has a space before its name.
    let name = name.trim_start().split([' ', '{', ',', ':']).next()?;
    let name = name.to_lowercase();
    let is = |names: &[&str]| names.contains(&name.as_str());
    let kinds = [
        (Shown::Program, is(&PROGRAMS)),
        (Shown::Settings, is(&SETTINGS)),
        (Shown::Commands, is(&COMMANDS)),
    ];
    kinds.into_iter().find(|(_, is)| *is).map(|(kind, _)| kind)
}

/// `fetch()`, `Scene::reset(all)`, `const all = list(text)`: a function or a path to one.
pub(super) fn is_call(code: &str) -> bool {
    let (before, _) = code.split_once('(').unwrap_or((code, ""));
    let name = match before.rsplit_once(" = ") {
        Some((_, name)) => name,
        _ => before,
    };
    let is_part =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | ':' | '#' | '@');
    let is_called = before.len() < code.len() || name.contains("::");
    is_called && name.len() > 1 && name.chars().all(is_part)
}
