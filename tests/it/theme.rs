//! What a theme may rely on: the reference is made from the source, and mistakes are shown where they stand.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::docs::stands;
use crate::project::{Project, repository, tree};

/// Templates with the view that each receives.
const VIEWS: [(&str, &str); 15] = [
    ("about.html", "AboutView"),
    ("actions.html", "ActionsView"),
    ("data.html", "DataView"),
    ("facet.html", "FacetView"),
    ("home.html", "HomeView"),
    ("incident.html", "IncidentView"),
    ("incidents.html", "IncidentsView"),
    ("ledger.html", "LedgerView"),
    (
        "menu.html, more.html",
        "`home` and `section` of the frame; not with each page, but once for all pages of a section",
    ),
    ("not-found.html", "PlainView"),
    ("search.html", "SearchView"),
    ("told.html", "the `value` of a loop, and whatever the page receives"),
    ("trends.html", "TrendsView"),
    ("value.html", "ValueView (the page of a value)"),
    ("base.html, parts.html", "whatever the page receives"),
];

const BEGINNING: &str = "# Themes

A site's own files in `themes/default/` (or `themes/NAME/` with `theme = \"NAME\"` in the settings) take the place of the default theme's, one by
one: a site that wants another stylesheet writes `themes/default/static/style.css` and nothing else. Strings that a site's own
`strings/*.toml` lacks are the default's. A mistake in a template ends the build with its file and line; the last site stays.

Made from `src/render/view/` and `themes/default/`; edit those.

## What every template has

`page` is the frame below, `s` the strings of the page's language, `lang` its code (`en`, `ko`). `t(key=\"KEY\", n=3)` is a string for a number:
`KEY_one` for one thing, `KEY` for others, with `{n}` filled; `t(key=\"KEY\", a=…, b=…, c=…)` fills `{a}`, `{b}` and `{c}`. Addresses of pages are below the top of
the page's language (`{{ page.home }}{{ link.url }}`), static files and data below the top of the site (`{{ page.root }}static/…`). Drawings
(`svg`, `bar`, `spark`, `lane`) and the body of a report are clean markup and need `| safe`; everything else is escaped.

Pages carry a Content-Security-Policy that runs and loads nothing but the site's own files: no inline script, no inline style.
";

/// The structures that templates receive: name, what it is, fields with their types and what they are.
type Structures = Vec<(String, String, Vec<(String, String, String)>)>;

fn structures(text: &str) -> Structures {
    let mut all: Structures = Vec::new();
    let (mut about, mut serialized, mut open) = (String::new(), false, false);
    for line in text.lines() {
        let line = line.trim();
        if let Some(words) = line.strip_prefix("/// ") {
            about = format!("{about} {words}").trim().to_owned();
            continue;
        }
        if line.starts_with("#[") {
            serialized |= line.contains("Serialize");
            continue;
        }
        if let Some(name) = line.strip_prefix("pub struct ").filter(|_| serialized) {
            all.push((name.trim_end_matches(" {").to_owned(), about.clone(), Vec::new()));
            open = true;
        } else if line == "}" {
            open = false;
        } else if let Some((name, of)) =
            line.strip_prefix("pub ").and_then(|it| it.split_once(": "))
            && open
        {
            let field = (name.to_owned(), of.trim_end_matches(',').to_owned(), about.clone());
            all.last_mut().unwrap().2.push(field);
        }
        about.clear();
        serialized = false;
    }
    all
}

#[test]
fn the_reference_of_themes() {
    let theme = repository("themes/default");
    let mut text = String::from(BEGINNING);
    let read = |name: &str| std::fs::read_to_string(theme.join("templates").join(name)).unwrap();
    let between = |line: &str, open: &str, close: &str| {
        line.split_once(open).and_then(|(_, rest)| Some(rest.split_once(close)?.0.to_owned()))
    };
    text += "\n## Blocks of `base.html`\n\n";
    for line in read("base.html").lines() {
        if let Some(block) = between(line, "{% block ", " %}") {
            writeln!(text, "- `{block}`").unwrap();
        }
    }
    text += "\n## Parts of `parts.html`\n\n";
    for line in read("parts.html").lines() {
        if let Some(part) = between(line, "{% component ", ")") {
            writeln!(text, "- `{part})`").unwrap();
        }
    }
    text += "\n## Templates\n\n| template | receives |\n| --- | --- |\n";
    for (template, view) in VIEWS {
        writeln!(text, "| `{template}` | {view} |").unwrap();
    }
    text += "\n## What they receive\n\nA field of a structure that says `flatten` in the source stands among the fields of the structure around it.\n";
    let views: BTreeMap<String, Vec<u8>> = tree(&repository("src/render/view"));
    for bytes in views.into_values() {
        for (name, about, fields) in structures(&String::from_utf8(bytes).unwrap()) {
            write!(text, "\n### {name}\n\n{about}\n\n").unwrap();
            for (field, of, about) in fields {
                writeln!(text, "- `{field}` ({of}): {about}").unwrap();
            }
        }
    }
    stands("docs/theme.md", &text);
}

#[test]
fn every_template_has_a_view() {
    let templates: Vec<String> =
        tree(&repository("themes/default/templates")).into_keys().collect();
    let listed: Vec<&str> = VIEWS.iter().flat_map(|(names, _)| names.split(", ")).collect();
    for template in &templates {
        assert!(listed.contains(&template.as_str()), "{template} is in no line of VIEWS");
    }
    assert_eq!(templates.len(), listed.len());
}

#[test]
fn a_mistake_in_a_template_is_shown_where_it_stands() {
    let project = Project::new().file("content/a.md", "# Disk full\n").file(
        "themes/default/templates/home.html",
        "{% extends \"base.html\" %}\n{% block main %}\n{{ s.incidentz }}\n{% endblock %}\n",
    );
    let ran = project.run(["build"]).ends(2);
    assert!(ran.stderr.contains("home.html:3:6"), "{}", ran.stderr);
    assert!(ran.stderr.contains("`incidents`"), "says what was meant: {}", ran.stderr);
    assert!(ran.stderr.len() < 1000, "not every string there is: {}", ran.stderr);
}

/// The editor of one system saves as UTF-16 what it calls Unicode.
#[test]
fn a_file_of_a_theme_that_is_not_utf_8_is_refused() {
    for path in ["templates/home.html", "strings/en.toml"] {
        let path = format!("themes/default/{path}");
        let project = Project::new().file("content/a.md", "# Disk full\n");
        let ran = project.file(&path, b"\xff\xfeh\0i\0").run(["build"]).ends(2);
        assert!(ran.stderr.contains("PM914"), "{path}: {}", ran.stderr);
    }
}

#[test]
fn a_sites_own_file_takes_the_place_of_the_themes() {
    let project = Project::new()
        .file("content/a.md", "# Disk full\n")
        .file("themes/default/static/style.css", "body { color: plum }")
        .file("themes/default/strings/en.toml", "incidents = \"Mishaps\"\n");
    project.run(["build"]).ends(0);
    assert_eq!(project.read("public/static/style.css"), "body { color: plum }");
    let home = project.read("public/index.html");
    assert!(home.contains(">Mishaps</a>") && home.contains(">Services</a>"), "{home}");
}
