//! Colours code with classes; the theme's stylesheet gives them colours for light and dark.

use std::sync::OnceLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// The grammars, loaded when the first block of code asks for them: most sites of few documents have none.
#[derive(Default)]
pub struct Highlighter {
    grammars: OnceLock<SyntaxSet>,
}

/// Classes begin so, as in the stylesheet.
const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };
/// Longer code is a log dump: it is shown as it is.
const LONGEST: usize = 64 * 1024;
const LONGEST_LINE: usize = 2000;

impl Highlighter {
    /// The code as HTML, or `None` where the language is not known or the code is too long.
    pub fn highlight(&self, code: &str, language: &str) -> Option<String> {
        let language = language.split([' ', ',', '{']).next().unwrap_or_default();
        if language.is_empty()
            || code.len() > LONGEST
            || code.lines().any(|line| line.len() > LONGEST_LINE)
        {
            return None;
        }
        let grammars = self.grammars.get_or_init(SyntaxSet::load_defaults_newlines);
        let name = match language {
            // Names that people use for grammars that the set calls otherwise.
            "jsx" | "tsx" | "ts" | "typescript" | "mjs" => "js",
            "console" | "shell-session" | "zsh" | "shell" => "sh",
            "kt" | "kotlin" => "java",
            "yml" => "yaml",
            other => other,
        };
        let grammar = grammars.find_syntax_by_token(name)?;
        let mut generator = ClassedHTMLGenerator::new_with_class_style(grammar, grammars, STYLE);
        for line in LinesWithEndings::from(code) {
            generator.parse_html_for_line_which_includes_newline(line).ok()?;
        }
        Some(generator.finalize())
    }
}
