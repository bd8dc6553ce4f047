//! The units of search, and that nothing is missing from the index.

use std::fmt::Write;
use std::fs;

use pmsite::index::search::compound::compounds;
use pmsite::index::search::token::{Token, stem, tokens};
use pmsite::vocab::Vocabulary;
use pmsite::vocab::search::Particles;

use crate::project::{Project, repository, update};

/// The units of a text, as `tests/cases/search/vectors.tsv` writes them: `word(parts)~stem`, `run<word word>`,
/// `+run` for what is only a particle, `=initials`, `!compound` after all others.
fn written(text: &str, particles: &Particles) -> String {
    let mut units = Vec::new();
    tokens(text, particles, |token| {
        units.push(match token {
            Token::Word(word) => {
                let mut unit = word.text.clone();
                if !word.parts.is_empty() {
                    write!(unit, "({})", word.parts.join(" ")).unwrap();
                }
                let stem = stem(&word.text);
                if stem != word.text {
                    write!(unit, "~{stem}").unwrap();
                }
                unit
            }
            Token::Run(run) if run.is_particle => format!("+{}", run.syllables),
            Token::Run(run) => {
                format!("{}<{}>", run.syllables, run.words().collect::<Vec<_>>().join(" "))
            }
            Token::Initials(initials) => format!("={initials}"),
        });
    });
    compounds(text, |compound| units.push(format!("!{compound}")));
    units.join(" ")
}

/// A text of the table: what would not survive an editor stands there as `\u{1100}`.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (code, after) = after.split_once('}').unwrap();
        out.push_str(before);
        out.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        rest = after;
    }
    out + rest
}

/// The browser reads the same table: `tests/browser/search.test.mjs`.
#[test]
fn units_are_those_of_the_table() {
    let path = repository("tests/cases/search/vectors.tsv");
    let table = fs::read_to_string(&path).unwrap();
    let words = Vocabulary::load(&[]).value.search;
    let mut wanted = String::new();
    for line in table.lines() {
        let (text, _) = line.split_once('\t').unwrap();
        writeln!(wanted, "{text}\t{}", written(&unescaped(text), &words.particles)).unwrap();
    }
    assert!(table.lines().count() >= 150);
    if update() {
        fs::write(&path, &wanted).unwrap();
    }
    let differ = table.lines().zip(wanted.lines()).filter(|(a, b)| a != b);
    let differ: Vec<String> = differ.map(|(a, b)| format!("- {a}\n+ {b}")).collect();
    assert!(update() || differ.is_empty(), "{}", differ.join("\n"));
}

/// What is shown beside a result and is a facet is found as well.
#[test]
fn a_severity_of_front_matter_is_a_word() {
    let project =
        Project::new().file("content/a.md", "---\nseverity: ZQX\n---\n# Kumquat stock frozen\n");
    project.run(["build"]).ends(0);
    let mut shards = project.tree("public/search/w").into_values();
    assert!(shards.any(|bytes| String::from_utf8_lossy(&bytes).contains("zqx")));
}

/// Shards tell a word by what it adds to the word before, so that looking for it in their bytes would prove little: this
/// compares with a site that never had the documents.
#[test]
fn drafts_and_private_documents_are_in_no_file_of_the_index() {
    let public =
        Project::new().file("content/a.md", "# Kumquat stock frozen\n\n데드락이 발생했습니다.\n");
    let other = Project::new()
        .file("content/a.md", "# Kumquat stock frozen\n\n데드락이 발생했습니다.\n")
        .file(
            "content/b.md",
            "---\ndraft: true\n---\n# Kumquats outage\n\n데드라이너 서비스 교착 상태\n",
        )
        .file("content/c.md", "---\nprivate: true\n---\n# Rutabaga outage\n\nA deadlock.\n");
    public.run(["build"]).ends(0);
    other.run(["build"]).ends(0);
    assert_eq!(public.tree("public/search"), other.tree("public/search"));
}
