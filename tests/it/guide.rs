//! The commands of the documentation do what it says: each is run, in order, in a folder of a new user.

use std::fs;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::project::{Project, repository};

/// The lines of a page's shell blocks that call the program.
fn commands(page: &str) -> Vec<String> {
    let text = fs::read_to_string(repository(page)).unwrap();
    let blocks = text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks
        .flat_map(str::lines)
        .filter(|line| line.starts_with("pmsite "))
        .map(str::to_owned)
        .collect()
}

/// Words as a shell splits them; quotation marks hold words together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            letter => words.last_mut().unwrap().push(letter),
        }
    }
    words.into_iter().skip(1).collect()
}

/// A folder with the exports that the pages speak of.
fn project() -> Project {
    let sample = |name: &str| fs::read(repository("tests/cmd/import.in").join(name)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let page = "Late 0123456789abcdef0123456789abcdef.md";
    writer.start_file(page, SimpleFileOptions::default()).unwrap();
    writer.write_all(b"# Late\n").unwrap();
    Project::new()
        .file("Export.zip", writer.finish().unwrap().into_inner())
        .file("export.html", sample("google/결제 장애 보고서.html"))
        .file("issues.json", sample("github.json"))
        .file("jira.json", sample("jira.json"))
        .file("incidents.json", sample("statuspage.json"))
        .file("facts.jsonl", fs::read(repository("tests/cmd/facts.in/facts.jsonl")).unwrap())
}

#[test]
fn every_command_of_the_documentation_runs() {
    for (page, least) in [
        ("docs/guide.md", 10),
        ("docs/quickstart.ko.md", 6),
        ("docs/import.md", 5),
        ("docs/data.md", 1),
    ] {
        let project = project();
        let commands = commands(page);
        assert!(commands.len() >= least, "{page} has only {} commands", commands.len());
        for line in commands {
            let words = words(&line);
            if words[0] == "serve" {
                // It would not end; its options exist.
                let help = project.run(["serve", "--help"]).ends(0).stdout;
                for option in words.iter().filter(|word| word.starts_with("--")) {
                    assert!(help.contains(option), "{page}: {line}");
                }
                continue;
            }
            let ran = project.run(&words);
            assert_eq!(ran.code, 0, "{page}: {line}\n{}", ran.stderr);
        }
        let is_tour = page.contains("guide") || page.contains("quickstart");
        assert_eq!(project.path("public/index.html").is_file(), is_tour, "{page}");
    }
}

#[test]
fn links_of_the_documentation_lead_somewhere() {
    let mut pages = vec!["README.md".to_owned(), "CONTRIBUTING.md".to_owned()];
    for entry in fs::read_dir(repository("docs")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") {
            pages.push(format!("docs/{name}"));
        }
    }
    let mut broken = Vec::new();
    for page in pages {
        let file = repository(&page);
        let text = fs::read_to_string(&file).unwrap();
        for rest in text.split("](").skip(1) {
            let link = rest.split([')', '#', ' ']).next().unwrap();
            // Pictures are made from the built site.
            let is_file = !link.is_empty()
                && !link.ends_with(".png")
                && !link.contains("://")
                && !link.starts_with("javascript:");
            if is_file && !file.parent().unwrap().join(link).exists() {
                broken.push(format!("{page}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
