//! What may happen to a folder between two builds.

use std::fs;

use proptest::prelude::*;

use crate::project::{Project, tree};

/// What somebody may do between two builds.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    /// A document is written, for the first time or anew.
    Write(u8, u8),
    /// A sentence is mended of which no other page tells.
    Mend(u8, u8),
    /// One is deleted.
    Delete(u8),
    /// One gets another name.
    Move(u8, u8),
    /// A picture or a table beside the documents is written.
    Asset(u8, u8),
    /// The site's own settings, words or theme change.
    Own(Own),
    /// Somebody changes a file of the site.
    Tamper(u8),
    /// Somebody deletes a file of the site, or puts one in.
    Stray(u8),
    /// A file of the cache loses its end, or a byte of it is another one.
    Spoil(u8, u8),
    /// A file of the cache takes the place of another, or a folder does.
    Confuse(u8, u8),
    /// A file is written with the bytes that it had.
    Touch(u8),
    /// Ages are reckoned from another day, or from the newest document.
    Day(u8),
    /// The next builds are made by a build service, or not any more.
    Service(bool),
    /// The cache goes.
    Forget,
    /// Nothing happens.
    Nothing,
}

/// What a site may bring itself.
#[derive(Clone, Debug)]
pub(super) enum Own {
    Settings(u8),
    Strings(u8),
    Template(u8),
    Style(u8),
    Overrides(u8),
    Words(u8),
}

fn own() -> impl Strategy<Value = Own> {
    prop_oneof![
        (0..6u8).prop_map(Own::Settings),
        (0..3u8).prop_map(Own::Strings),
        (0..3u8).prop_map(Own::Template),
        (0..3u8).prop_map(Own::Style),
        (0..4u8).prop_map(Own::Overrides),
        (0..3u8).prop_map(Own::Words),
    ]
}

pub(super) fn edits() -> impl Strategy<Value = Edit> {
    prop_oneof![
        6 => (0..9u8, any::<u8>()).prop_map(|(which, text)| Edit::Write(which, text)),
        4 => (0..9u8, 0..4u8).prop_map(|(which, text)| Edit::Mend(which, text)),
        2 => (0..9u8).prop_map(Edit::Delete),
        2 => (0..9u8, 0..9u8).prop_map(|(from, to)| Edit::Move(from, to)),
        2 => (0..2u8, any::<u8>()).prop_map(|(which, text)| Edit::Asset(which, text)),
        6 => own().prop_map(Edit::Own),
        2 => any::<u8>().prop_map(Edit::Tamper),
        1 => any::<u8>().prop_map(Edit::Stray),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(which, at)| Edit::Spoil(which, at)),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(from, to)| Edit::Confuse(from, to)),
        1 => (0..9u8).prop_map(Edit::Touch),
        2 => (0..3u8).prop_map(Edit::Day),
        1 => any::<bool>().prop_map(Edit::Service),
        1 => Just(Edit::Forget),
        2 => Just(Edit::Nothing),
    ]
}

pub(super) const NAMES: [&str; 9] = [
    "content/2023/checkout.md",
    "content/2023/checkout.ko.md",
    "content/2024/database.md",
    "content/2024/dns.txt",
    "content/a.md",
    "content/z.md",
    "content/drafts/later.md",
    "content/인증서.md",
    "content/notes/cache.md",
];

/// A document of many shapes: languages, causes, links, pictures, secrets, and none at all.
pub(super) fn document(text: u8) -> String {
    let day = u32::from(text) % 27 + 1;
    let cause = [
        "a deadlock in the database",
        "an expired certificate",
        "a full disk",
        "a typo in a setting",
    ][usize::from(text / 4) % 4];
    match text % 8 {
        0 => String::new(),
        1 => format!(
            "# 결제 장애\n\n- 심각도: SEV2\n- 발생: 2024-03-{day:02} 10:00 KST\n- 복구: 2024-03-{day:02} 11:10 KST\n\n\
             ## 근본 원인\n\n인증서가 만료되어 결제 API가 멈췄다.\n\n## 재발 방지\n\n- [ ] 알림 추가 (담당: 김하나, 기한: 2024-04-{day:02})\n"
        ),
        2 => format!(
            "# Login fails\n\nSee [the other one](../2024/database.md) and [this](z.md).\n\nThe cause was {cause}.\n"
        ),
        3 => format!(
            "# Slow checkout\n\n![graph](graph.png) and [numbers](numbers.csv)\n\n2023-05-{day:02}: {cause}.\n"
        ),
        4 => format!(
            "---\ndate: 2022-01-{day:02}\nstatus: draft\n---\n# Not yet\n\npassword: hunter{day}hunter\n"
        ),
        5 => format!("Root cause: {cause}\n\nDate: 2021-11-{day:02}\nmail joe{day}@example.org\n"),
        6 => format!(
            "# Outage\n\n```rust\nlet day = {day};\n```\n\n| Time | What |\n|---|---|\n| 10:0{} | down |\n| 11:00 | up |\n",
            day % 10
        ),
        _ => format!(
            "# Outage {day}\n\nOn 2024-02-{day:02} at 10:00 UTC the shop was down until 12:00 UTC because of {cause}.\n"
        ),
    }
}

/// How the program is run, besides what stands in the folder.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Circumstances {
    pub(super) day: Option<&'static str>,
    pub(super) service: bool,
}

/// Does it, as far as it can be done.
pub(super) fn apply(project: &Project, edit: &Edit, now: &mut Circumstances) {
    match *edit {
        Edit::Day(which) => {
            now.day = [None, Some("2024-05-01"), Some("2031-05-01")][usize::from(which)]
        }
        Edit::Service(is) => now.service = is,
        Edit::Touch(which) => {
            let name = NAMES[usize::from(which)];
            if let Ok(bytes) = fs::read(project.path(name)) {
                project.write(name, bytes);
            }
        }
        Edit::Confuse(from, to) => confuse(project, from, to),
        Edit::Write(which, text) => project.write(NAMES[usize::from(which)], document(text)),
        Edit::Mend(which, text) => mend(project, NAMES[usize::from(which)], text),
        Edit::Delete(which) => drop(fs::remove_file(project.path(NAMES[usize::from(which)]))),
        Edit::Move(from, to) => {
            let (from, to) =
                (project.path(NAMES[usize::from(from)]), project.path(NAMES[usize::from(to)]));
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            drop(fs::rename(from, to));
        }
        Edit::Asset(which, text) => {
            let name = ["content/2023/graph.png", "content/2023/numbers.csv"][usize::from(which)];
            project.write(
                name,
                format!(
                    "a,b\n{},{}\n",
                    text % 3,
                    if text > 128 { "password: Xk9mPq2v" } else { "1" }
                ),
            );
        }
        Edit::Tamper(which) => {
            let files: Vec<String> = tree(&project.path("public")).into_keys().collect();
            if let Some(name) = files
                .get(usize::from(which) * 7 % files.len().max(1))
                .filter(|name| *name != ".pmsite")
            {
                project.write(&format!("public/{name}"), format!("{which}"));
            }
        }
        Edit::Stray(which) => {
            if project.path("public").is_dir() {
                project.write(&format!("public/stray-{which}.html"), "not ours");
            }
        }
        Edit::Spoil(which, at) => spoil(project, which, at),
        Edit::Forget => drop(fs::remove_dir_all(project.path(".pmsite-cache"))),
        Edit::Own(ref own) => apply_own(project, own),
        Edit::Nothing => {}
    }
}

/// Puts a sentence before or behind what a document says, or takes its last word away.
fn mend(project: &Project, name: &str, how: u8) {
    let Ok(text) = fs::read_to_string(project.path(name)) else { return };
    let text = match how {
        0 => format!("{text}\nThe team met on the roof.\n"),
        1 => format!("{text}\nThe team met on the rooftop, see [all](a.md) of it.\n"),
        2 => text.replacen("\n\n", "\n\nIt rained.\n\n", 1),
        _ => {
            text.trim_end().rsplit_once(' ').map_or(String::new(), |(text, _)| format!("{text}\n"))
        }
    };
    project.write(name, text);
}

/// Writes one of some texts at a path, or takes away what stands there.
fn put(project: &Project, path: &str, texts: &[&str], which: u8) {
    match texts.get(usize::from(which)) {
        Some(text) => project.write(path, text),
        None => drop(fs::remove_file(project.path(path))),
    }
}

fn apply_own(project: &Project, own: &Own) {
    match *own {
        Own::Settings(which) => put(
            project,
            "pmsite.toml",
            &[
                "title = \"A\"\n",
                "publish.redact = [\"secrets\", \"personal\"]\n",
                "publish.drafts = true\n",
                "language = \"ko\"\nbase_url = \"https://example.org/\"\n",
                "publish.private = [\"notes\"]\ncheck.severity = { no-zone = \"off\" }\n",
            ],
            which,
        ),
        Own::Strings(which) => put(
            project,
            "themes/default/strings/en.toml",
            &["site_title = \"Ours\"\n", "site_title = \"Theirs\"\n"],
            which,
        ),
        Own::Template(which) => put(
            project,
            "themes/default/templates/not-found.html",
            &["<p>{{ page.title }}</p>\n", "<b>{{ page.title }}</b>\n"],
            which,
        ),
        Own::Style(which) => put(
            project,
            "themes/default/static/style.css",
            &["p { color: red }\n", "p { color: blue }\n"],
            which,
        ),
        Own::Overrides(which) => put(
            project,
            "overrides.toml",
            &[
                "[\"a.md\"]\ntitle = \"Told\"\n",
                "[\"z.md\"]\nseverity = \"SEV1\"\n",
                "[\"nobody.md\"]\nseverity = \"SEV1\"\n",
            ],
            which,
        ),
        Own::Words(which) => put(
            project,
            "data/taxonomy.toml",
            &[&cause("Our deadlock"), &cause("Their deadlock")],
            which,
        ),
    }
}

/// A cause that the program knows under another name.
fn cause(name: &str) -> String {
    format!(
        "[[cause]]\nid = \"deadlock\"\ngroup = \"concurrency\"\nen = \"{name}\"\nko = \"교착\"\nis = \"They wait.\"\nis_ko = \"기다린다.\"\n"
    )
}

/// The files of the cache; none where it has just been taken away.
fn kept(project: &Project) -> Vec<(String, Vec<u8>)> {
    let folder = project.path(".pmsite-cache");
    if folder.is_dir() { tree(&folder).into_iter().collect() } else { Vec::new() }
}

fn spoil(project: &Project, which: u8, at: u8) {
    let files = kept(project);
    let Some((name, bytes)) = files.get(usize::from(which) % files.len().max(1)) else { return };
    let mut bytes = bytes.clone();
    let place = usize::from(at) * bytes.len() / 256;
    if at.is_multiple_of(2) {
        bytes.truncate(place);
    } else if let Some(byte) = bytes.get_mut(place) {
        *byte ^= 0x55;
    }
    project.write(&format!(".pmsite-cache/{name}"), bytes);
}

/// A file of the cache under the name of another, or a folder of that name.
fn confuse(project: &Project, from: u8, to: u8) {
    let files = kept(project);
    let at = |which: u8| files.get(usize::from(which) % files.len().max(1));
    let (Some((name, _)), Some((_, bytes))) = (at(to), at(from)) else { return };
    let path = format!(".pmsite-cache/{name}");
    if from.is_multiple_of(4) {
        fs::remove_file(project.path(&path)).unwrap();
        project.write(&format!("{path}/{name}"), bytes);
    } else {
        project.write(&path, bytes);
    }
}
