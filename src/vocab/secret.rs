//! What secrets look like: prefixes of tokens, names of values, ends of private host names, found in one pass.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;

use crate::base::source::Source;
use crate::base::span::Span;
use crate::diag::{Diagnostic, code};
use crate::vocab::taxonomy::unreadable;

/// The name of the file in `data/`.
pub const FILE: &str = "data/secrets.toml";

/// A token that begins like no other word.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    /// `access-key` or `service-token`: the finding's name.
    pub finding: String,
    /// Who made it.
    pub issuer: String,
    /// How it begins.
    pub prefix: Vec<String>,
    /// What it goes on with.
    pub alphabet: Alphabet,
    /// How many of these, at least and at most.
    pub length: (usize, usize),
    /// So many digits stand before the prefix.
    #[serde(default)]
    pub digits_before: Option<(usize, usize)>,
}

/// The letters of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alphabet {
    /// `0-9 a-f A-F`
    Hex,
    /// `A-Z 0-9`
    Upper,
    /// Letters, digits, `_`
    Word,
    /// And `-`
    Dash,
    /// And `.`
    Dotted,
    /// And `/`
    Path,
    /// Letters, digits, `_ - + / =`
    Base64,
}

impl Alphabet {
    /// Whether a byte belongs to it.
    pub fn has(self, byte: u8) -> bool {
        let word = byte.is_ascii_alphanumeric() || byte == b'_';
        match self {
            Self::Hex => byte.is_ascii_hexdigit(),
            Self::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Self::Word => word,
            Self::Dash => word || byte == b'-',
            Self::Dotted => word || matches!(byte, b'-' | b'.'),
            Self::Path => word || matches!(byte, b'-' | b'.' | b'/'),
            Self::Base64 => word || matches!(byte, b'-' | b'+' | b'/' | b'='),
        }
    }
}

/// What a place may be the beginning of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// A token, by its number.
    Token(usize),
    /// The name of a password.
    Password,
    /// The name of a key or token.
    Secret,
    /// The scheme of a header's value.
    Header,
    /// A block in the manner of PEM.
    Armor,
    /// The authority of an address.
    Authority,
    /// A JSON web token.
    JsonWebToken,
    /// A parameter that signs an address.
    Signature,
    /// The end of a private host name.
    HostSuffix,
    /// A label of a resident registration number.
    Resident,
    /// A program that takes a password on its command line, by its number.
    Command(usize),
    /// What payment cards are called.
    Card,
}

/// A program that takes a password on its command line.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Command {
    program: Vec<String>,
    /// Options that the password stands behind, after a space.
    pub next: Vec<String>,
    /// Options that the password is written to, without one.
    pub joined: Vec<String>,
    /// Options whose value is `user:password`.
    pub user: Vec<String>,
}

/// Numbers of payment cards.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cards {
    names: Vec<String>,
    /// How those of sixteen digits begin.
    pub sixteen: Vec<String>,
    /// How those of fifteen begin.
    pub fifteen: Vec<String>,
    /// Numbers that those who take payments give for trying it out.
    pub tests: Vec<String>,
}

/// The shapes of all secrets, ready to search.
#[derive(Default)]
pub struct Secrets {
    /// Tokens by their number.
    pub tokens: Vec<Token>,
    /// Values that stand for another, in lower case.
    pub placeholders: Vec<String>,
    /// Values that everybody knows.
    pub defaults: Vec<String>,
    /// What leads from the name of a password to the password, in a sentence.
    pub said: Vec<String>,
    /// The same where it may lead to something else: "the password to …".
    pub becomes: Vec<String>,
    /// Programs by their number.
    pub commands: Vec<Command>,
    /// Numbers of payment cards.
    pub cards: Cards,
    anchors: Vec<Anchor>,
    automaton: Option<AhoCorasick>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    assignment: Assignment,
    resident: Resident,
    #[serde(rename = "signed-url")]
    signed_url: SignedUrl,
    host: Host,
    card: Cards,
    command: Vec<Command>,
    token: Vec<Token>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Assignment {
    password: Vec<String>,
    secret: Vec<String>,
    header: Vec<String>,
    placeholder: Vec<String>,
    default: Vec<String>,
    said: Vec<String>,
    becomes: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Resident {
    names: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SignedUrl {
    parameters: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Host {
    suffixes: Vec<String>,
}

/// Shapes that are grammar rather than words.
const FIXED: [(&str, Anchor); 4] = [
    ("-----begin ", Anchor::Armor),
    ("putty-user-key-file-", Anchor::Armor),
    ("://", Anchor::Authority),
    ("eyj", Anchor::JsonWebToken),
];

impl Secrets {
    /// The built-in shapes and the site's own, which add to them.
    pub fn load(builtin: &[Source], site: &[Source], findings: &mut Vec<Diagnostic>) -> Self {
        let mut words: Vec<(String, Anchor)> =
            FIXED.iter().map(|(word, anchor)| ((*word).to_owned(), *anchor)).collect();
        let mut secrets = Self::default();
        for source in builtin.iter().chain(site).filter(|source| source.path.as_str() == FILE) {
            match toml::from_str::<File>(&source.text) {
                Ok(file) => secrets.add(file, &mut words),
                Err(error) => findings.push(unreadable(source, &error)),
            }
        }
        words.retain(|(word, _)| !word.is_empty());
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words.iter().map(|(word, _)| word));
        let cannot = |error| Diagnostic::new(&code::WORDS, Span::nowhere()).arg("why", error);
        secrets.automaton = automaton.map_err(|error| findings.push(cannot(error))).ok();
        secrets.anchors = words.into_iter().map(|(_, anchor)| anchor).collect();
        secrets
    }

    fn add(&mut self, file: File, words: &mut Vec<(String, Anchor)>) {
        let lists = [
            (file.assignment.password, Anchor::Password),
            (file.assignment.secret, Anchor::Secret),
            (file.assignment.header, Anchor::Header),
            (file.resident.names, Anchor::Resident),
            (file.signed_url.parameters, Anchor::Signature),
            (file.host.suffixes, Anchor::HostSuffix),
            (file.card.names, Anchor::Card),
        ];
        for (list, anchor) in lists {
            words.extend(list.into_iter().map(|word| (word, anchor)));
        }
        self.placeholders.extend(file.assignment.placeholder);
        self.defaults.extend(file.assignment.default);
        self.said.extend(file.assignment.said);
        self.becomes.extend(file.assignment.becomes);
        self.cards.sixteen.extend(file.card.sixteen);
        self.cards.fifteen.extend(file.card.fifteen);
        self.cards.tests.extend(file.card.tests);
        for command in file.command {
            let number = self.commands.len();
            words
                .extend(command.program.iter().map(|word| (word.clone(), Anchor::Command(number))));
            self.commands.push(command);
        }
        for token in file.token {
            let number = self.tokens.len();
            words.extend(token.prefix.iter().map(|word| (word.clone(), Anchor::Token(number))));
            self.tokens.push(token);
        }
    }

    /// All places where something may begin, with the bytes of the anchor's own words.
    pub fn anchors<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (Anchor, std::ops::Range<usize>)> + 'a {
        let found =
            self.automaton.iter().flat_map(move |automaton| automaton.find_overlapping_iter(text));
        found.map(|found| (self.anchors[found.pattern().as_usize()], found.range()))
    }
}
