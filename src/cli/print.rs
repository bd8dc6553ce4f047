//! The only place that prints. Data goes to stdout, everything else to stderr; a closed pipe is no error.
#![expect(clippy::disallowed_methods, reason = "asks the environment how to print")]

use std::io::{self, BufWriter, IsTerminal, Write};

use crate::base::source::SourceMap;
use crate::cli::args::{Arguments, Color, MessageLang};
use crate::diag::catalog::Catalog;
use crate::diag::failure::Failure;
use crate::diag::text::{self, Style};
use crate::diag::{Diagnostic, code};

/// How this run prints.
pub(super) struct Printer {
    style: Style,
    lang: &'static str,
    words: Catalog,
}

/// Wide enough for excerpts, narrow enough to read.
const WIDTH: usize = 120;

impl Printer {
    pub(super) fn new(arguments: &Arguments) -> Self {
        let color = match arguments.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                io::stderr().is_terminal()
                    && std::env::var("NO_COLOR").unwrap_or_default().is_empty()
            }
        };
        let style = Style { color, concise: false, width: WIDTH };
        Self { style, ..Self::plain(arguments.lang.unwrap_or(MessageLang::En)) }
    }

    /// Prints in a language, without colours.
    pub(super) fn plain(lang: MessageLang) -> Self {
        let lang = lang.as_str();
        let style = Style { color: false, concise: false, width: WIDTH };
        Self { style, lang, words: Catalog::of(lang) }
    }

    /// The language of messages.
    pub(super) fn lang(&self) -> &'static str {
        self.lang
    }

    /// The words of findings.
    pub(super) fn words(&self) -> &Catalog {
        &self.words
    }

    /// Findings with their excerpts.
    pub(super) fn findings<'a>(
        &self,
        findings: impl IntoIterator<Item = &'a Diagnostic>,
        sources: &SourceMap<'_>,
        concise: bool,
    ) {
        let style = Style { concise, ..self.style };
        let mut out = BufWriter::new(io::stderr().lock());
        for finding in findings {
            let _ = out.write_all(text::render(finding, sources, &self.words, style).as_bytes());
            if !concise {
                let _ = out.write_all(b"\n");
            }
        }
    }

    /// Why the command could not run.
    pub(super) fn failure(&self, failure: &Failure) {
        let _ = io::stderr().write_all(failure.render(&self.words, self.style).as_bytes());
    }

    /// A line about what was done.
    pub(super) fn note(&self, line: &str) {
        let _ = writeln!(io::stderr(), "{line}");
    }

    /// Data.
    ///
    /// # Errors
    /// When it cannot be written; whoever closes a pipe has read enough.
    pub(super) fn data(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(unwritable(error)),
            _ => Ok(()),
        }
    }

    /// Bold text on a terminal.
    pub(super) fn bold(&self, text: &str) -> String {
        if self.style.color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Faint text on a terminal.
    pub(super) fn faint(&self, text: &str) -> String {
        if self.style.color { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A phrase of the program's own, with its blanks filled.
    pub(super) fn say(&self, key: &str, blanks: &[(&str, &dyn std::fmt::Display)]) -> String {
        self.words.say(key, blanks)
    }
}

/// Data that cannot be written.
pub(super) fn unwritable(why: impl ToString) -> Failure {
    Failure::new(&code::CANNOT_WRITE).arg("path", "stdout").arg("why", why)
}
