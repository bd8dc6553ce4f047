//! Findings: each where it stands, with what it says, and what the commands make of them.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use pmsite::diag::code;

use crate::cases;
use crate::project::Project;

/// The day of the cases: what is due before it is overdue.
const TODAY: &str = "2026-01-01";

/// Every case is a document; what is expected is what `pmsite check` prints for it. A file that is named after a
/// finding shows that finding alone, so that a case without any is one where it must not appear.
#[test]
fn findings_of_short_texts() {
    cases::check("findings", |file, text| {
        let project = Project::new()
            .file("content/case.md", text)
            .file("content/other.md", "<!-- pmsite: ignore-file -->\n# Another outage\n")
            .file("content/graph.png", "not looked at");
        let rule = file.file_stem().unwrap().to_string_lossy().into_owned();
        match code::ALL.iter().find(|code| code.name == rule) {
            None => project.run(["check", "--date", TODAY]).stderr,
            Some(code) => {
                let ran = project.run(["check", "--concise", "--date", TODAY]);
                let id = format!("[{}]", code.id);
                let lines = ran.stderr.lines();
                lines
                    .filter(|line| line.starts_with("case.md") && line.contains(&id))
                    .map(|line| format!("{line}\n"))
                    .collect()
            }
        }
    });
}

/// What no text of a case can show: bytes, names, folders, settings. The files, the command, the finding.
struct Situation {
    files: &'static [(&'static str, &'static [u8])],
    command: &'static [&'static str],
    code: &'static str,
}

const REPORT: &[u8] = b"# Checkout deadlock\n\nOn 2 May 2024 from 10:00 to 11:00 UTC.\n\n## Root cause\n\nA deadlock.\n";

const SITUATIONS: &[Situation] = &[
    Situation {
        files: &[("content/a.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
        command: &["check"],
        code: "PM003",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("pmsite.toml", b"[limits]\ndocument_bytes = 20\n")],
        command: &["check"],
        code: "PM004",
    },
    Situation { files: &[("content/a.md", b" \n")], command: &["check"], code: "PM005" },
    Situation {
        files: &[("content/a.md", b"# \xb5\xa5\xb5\xe5\xb6\xf4 \xc0\xe5\xbe\xd6\n")],
        command: &["check"],
        code: "PM006",
    },
    Situation {
        files: &[("content/a.md", b"# caf\xc3\xa9 d\xc3\xa9j\xc3\xa0 \xff \xc3\xa9\n")],
        command: &["check"],
        code: "PM008",
    },
    Situation {
        files: &[("content/a.md", "# \u{1103}\u{1166}\u{1103}\u{1173}\u{1105}\u{1161}\u{11a8}\n".as_bytes())],
        command: &["check"],
        code: "PM009",
    },
    Situation {
        files: &[("content/a.md", "# a\u{202e}b\n".as_bytes())],
        command: &["check"],
        code: "PM010",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("content/b.md", REPORT)],
        command: &["check"],
        code: "PM309",
    },
    Situation {
        files: &[
            ("content/a.md", REPORT),
            ("content/b.md", b"# Orders blocked\n\nOn 2 May 2024 from 10:00 to 11:30 UTC.\n\n## Root cause\n\nA deadlock.\n"),
        ],
        command: &["check"],
        code: "PM310",
    },
    Situation {
        files: &[
            ("content/a.md", REPORT),
            ("content/a.ko.md", "# 체크아웃 데드락\n\n2024년 5월 2일 10:00부터 11:30(UTC)까지.\n\n## 근본 원인\n\n데드락.\n".as_bytes()),
        ],
        command: &["check"],
        code: "PM311",
    },
    Situation {
        files: &[
            ("content/a.md", b"---\nprivate: true\n---\n# Checkout deadlock\n\nOn 2 May 2024.\n"),
            ("content/a.ko.md", "# 체크아웃 데드락\n\n2024년 5월 2일.\n".as_bytes()),
        ],
        command: &["check"],
        code: "PM312",
    },
    Situation {
        files: &[
            ("content/README.md", b"# Our incidents\n\n- [Checkout](2024/a.md), SEV2, a deadlock\n"),
            ("content/2024/a.md", REPORT),
        ],
        command: &["check"],
        code: "PM014",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("overrides.toml", b"[\"b.md\"]\ntitle = \"x\"\n")],
        command: &["check"],
        code: "PM804",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("overrides.toml", b"[\"b.md\"]\nprivate = true\n")],
        command: &["check"],
        code: "PM814",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("pmsite.toml", b"publish.private = [\"b.md\"]\n")],
        command: &["check"],
        code: "PM814",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("data/lexicon/causes.toml", b"deadlock = [\"x\"]\n")],
        command: &["check"],
        code: "PM812",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("themes/default/style.css", b"body { color: red }\n")],
        command: &["check"],
        code: "PM812",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("themes/default/templates/incidents.htm.html", b"x\n")],
        command: &["build"],
        code: "PM812",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("themes/default/strings/en.toml", b"serach = \"x\"\n")],
        command: &["check"],
        code: "PM813",
    },
    Situation {
        files: &[
            ("content/a.md", REPORT),
            ("pmsite.toml", b"[publish]\nprivate = [\"internal/**\"]\n"),
        ],
        command: &["check"],
        code: "PM808",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("data/lexicon/en/causes.toml", b"deadlock = [\"x\"\n")],
        command: &["check"],
        code: "PM805",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("data/lexicon/en/causes.toml", b"no-such-cause = [\"x\"]\n")],
        command: &["check"],
        code: "PM809",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("data/lexicon/en/causes.toml", b"[deadlock]\nstrng = [\"x\"]\n")],
        command: &["check"],
        code: "PM809",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("data/lexicon/en/services.toml", b"bearer = [\"x\"]\n")],
        command: &["check"],
        code: "PM809",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("data/lexicon/en/causes.toml", b"deadlock = 3\n")],
        command: &["check"],
        code: "PM802",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("data/lexicon/en/causes.toml", b"deadlock = [\"?a b\"]\n")],
        command: &["check"],
        code: "PM810",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("data/lexicon/en/services.toml", b"bearers = [\"\"]\n")],
        command: &["check"],
        code: "PM810",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("data/taxonomy.toml", b"[[cause]]\nid = \"x\"\ngroup = \"nope\"\nen = \"X\"\nko = \"X\"\nis = \"An x.\"\n")],
        command: &["check"],
        code: "PM811",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("data/taxonomy.toml", b"[[cause]]\nid = \"x\"\ngroup = \"data\"\nen = \"X\"\nko = \"X\"\nis = \"An x.\"\nover = [\"deadlok\"]\n")],
        command: &["check"],
        code: "PM803",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("content/a.txt", b"The disk was full\n")],
        command: &["check"],
        code: "PM901",
    },
    Situation { files: &[], command: &["check"], code: "PM910" },
    Situation {
        files: &[("content/a.md", REPORT), ("pmsite.toml/a", b"")],
        command: &["check"],
        code: "PM911",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("full", b"")],
        command: &["build", "-o", "full/site"],
        code: "PM912",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("pmsite.toml", b"titel = \"x\"\n")],
        command: &["check"],
        code: "PM913",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("themes/default/templates/home.html", b"{% if %}")],
        command: &["build"],
        code: "PM914",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("public/thesis.txt", b"years of work")],
        command: &["build"],
        code: "PM915",
    },
    Situation {
        files: &[("site/content/a.md", REPORT)],
        command: &["build", "site/content", "-o", "site"],
        code: "PM916",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("pmsite.toml", b"theme = \"none\"\n")],
        command: &["build"],
        code: "PM918",
    },
    Situation { files: &[], command: &["extract", "nothing.md"], code: "PM919" },
    Situation {
        files: &[("content/a.md", REPORT)],
        command: &["explain", "content/a.md", "started"],
        code: "PM920",
    },
    Situation {
        files: &[("content/a.md", REPORT)],
        command: &["check", "--date", "soon"],
        code: "PM921",
    },
    Situation {
        files: &[("content/a.md", REPORT)],
        command: &["check", "--date", "24-1-1"],
        code: "PM921",
    },
    Situation {
        files: &[("content/a.md", REPORT), ("overrides.toml", b"[\"a.md\"]\nprivate = yes\n")],
        command: &["build"],
        code: "PM930",
    },
    Situation {
        files: &[("content/2024/a.md", REPORT), ("pmsite.toml", b"")],
        command: &["build", "content/2024", "-o", "other"],
        code: "PM931",
    },
];

#[test]
fn every_situation_has_its_finding() {
    for Situation { files, command, code } in SITUATIONS {
        let project = Project::new();
        for (path, bytes) in *files {
            project.write(path, bytes);
        }
        let ran = project.run(*command);
        assert!(ran.stderr.contains(&format!("[{code}]")), "{code}:\n{}", ran.stderr);
        let runs = code::ALL.iter().find(|known| known.id == *code).unwrap();
        // What concerns the run ends it; what concerns a document does not.
        let stops = runs.id >= "PM910";
        assert_eq!(ran.code == 2, stops, "{code} ends with {}:\n{}", ran.code, ran.stderr);
    }
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_not_read() {
    let project = Project::new().file("content/a.md", REPORT);
    std::os::unix::fs::symlink("nowhere", project.path("content/gone.md")).unwrap();
    assert!(
        Command::new("mkfifo").arg(project.path("content/pipe.md")).status().unwrap().success()
    );
    let ran = project.run(["build"]).ends(0);
    for code in ["PM001", "PM011"] {
        assert!(ran.stderr.contains(code), "{code}:\n{}", ran.stderr);
    }
    assert!(ran.stderr.contains("3 documents: 1 published, 2 not"), "{}", ran.stderr);
}

#[test]
fn what_stands_among_documents_is_none() {
    let project = Project::new()
        .file("content/a.md", REPORT)
        .file("content/_Sidebar.md", REPORT)
        .file("content/node_modules/x/README.md", REPORT)
        .file("content/.hidden/b.md", REPORT);
    let ran = project.run(["build"]).ends(0);
    assert!(ran.stderr.contains("1 document: all published"), "{}", ran.stderr);
}

/// Where a system takes both ways to write a name for one, there is one file.
#[test]
#[cfg(target_os = "linux")]
fn of_names_that_look_alike_one_is_read() {
    let project =
        Project::new().file("content/\u{e9}.md", REPORT).file("content/e\u{301}.md", REPORT);
    let ran = project.run(["build"]).ends(0);
    assert!(ran.stderr.contains("PM013"), "{}", ran.stderr);
    assert!(ran.stderr.contains("2 documents: 1 published, 1 not"), "{}", ran.stderr);
}

/// A folder may hold one incident in a file of such a name, with its pictures.
#[test]
fn an_index_that_tells_of_an_incident_is_one() {
    let plain = "# Checkout was down\n\nOn 2 May 2024.\n\n## Root cause\n\nA deadlock.\n";
    let project = Project::new()
        .file("content/checkout/index.md", plain)
        .file("content/orders/README.md", REPORT)
        .file("content/orders/notes.md", plain);
    let ran = project.run(["build"]).ends(0);
    assert!(ran.stderr.contains("3 documents: all published"), "{}", ran.stderr);
}

/// The day before in UTC is the same moment in Seoul, and a level in words that of its code.
#[test]
fn versions_that_say_the_same_in_their_own_way_do_not_differ() {
    let project = Project::new()
        .file("content/a.md", "# Checkout deadlock\n\nSeverity: SEV1\n\nFrom 2024-05-02 22:30 UTC to 2024-05-02 23:30 UTC.\n")
        .file("content/a.ko.md", "# 체크아웃 데드락\n\n심각도: 심각\n\n2024-05-03 07:30 KST부터 2024-05-03 08:30 KST까지.\n")
        .file("content/b.md", "# Orders stuck\n\nSeverity: SEV2\n\nFrom 2024-05-02 10:00 UTC to 2024-05-02 11:00 UTC.\n")
        .file("content/b.ko.md", "# 주문 중단\n\n심각도: 낮음\n\n2024-05-02 10:00 UTC부터 2024-05-02 11:40 UTC까지.\n");
    let ran = project.run(["check", "--concise"]);
    let differ: Vec<&str> = ran.stderr.lines().filter(|line| line.contains("PM311")).collect();
    assert_eq!(
        differ,
        [
            "b.ko.md:3:6: warning[PM311]: `severity` is \u{b0ae}\u{c74c} here and SEV2 in `b.md`",
            "b.ko.md:5:24: warning[PM311]: `resolved_at` is 2024-05-02T11:40 here and 2024-05-02T11:00 in `b.md`",
        ]
    );
}

#[test]
fn one_build_at_a_time() {
    let project = Project::new().file("content/a.md", REPORT);
    let lock = File::create(project.path(".public.pmsite-lock")).unwrap();
    lock.lock().unwrap();
    let ran = project.run(["build"]).ends(2);
    assert!(ran.stderr.contains("PM917"), "{}", ran.stderr);
    drop(lock);
    project.run(["build"]).ends(0);
}

#[test]
fn the_denied_level_decides_the_exit_code() {
    let project = Project::new().file("content/a.md", "# Outage\n\nat 13:17pm it broke\n");
    project.run(["check"]).ends(0);
    project.run(["check", "--deny", "warning"]).ends(1);
    project.run(["check", "nowhere"]).ends(2);
    project.write("pmsite.toml", "[check.severity]\nPM201 = \"error\"\n");
    project.run(["check"]).ends(1);
}

/// A build reports what a check reports.
#[test]
fn check_and_build_say_the_same() {
    let project = Project::new()
        .file("content/a.md", "# Outage\n\nat 13:17pm [it](gone.md) broke\n\n![](x.png)\n")
        .file("content/b.md", REPORT)
        .file("content/c.md", REPORT);
    let findings = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.contains("[PM"));
        lines.map(str::to_owned).collect()
    };
    let checked = project.run(["check"]);
    let built = project.run(["build", "--verbose"]);
    assert_eq!(findings(&checked.stderr), findings(&built.stderr));
    assert!(!findings(&checked.stderr).is_empty());
    assert!(Path::new(&project.path("public")).is_dir());
    fs::remove_dir_all(project.path("public")).unwrap();
}

/// A document by its name is checked as a part of its site, and reported alone.
#[test]
fn one_document_is_checked_in_its_site() {
    let project = Project::new()
        .file(
            "content/a/one.md",
            "# One\n\nSee [two](../b/two.md) and [gone](gone.md). It was 13:17pm.\n",
        )
        .file("content/b/two.md", "# Two\n\nSee [gone](gone.md). It was 13:17pm.\n");
    let with_settings = ["content/a/one.md", "./content/a/one.md"];
    for name in with_settings {
        let ran = project.run(["check", "--concise", name]).ends(0);
        assert!(ran.stderr.contains("1 document checked"), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("`gone.md`") && !ran.stderr.contains("`../b/two.md`"),
            "{}",
            ran.stderr
        );
        assert!(!ran.stderr.contains("two.md:"), "{}", ran.stderr);
    }
    project.write("pmsite.toml", "[check.severity]\nbroken-link = \"off\"\n");
    let ran = project.run(["check", "--concise", "content/a/one.md"]).ends(0);
    assert!(!ran.stderr.contains("PM503"), "{}", ran.stderr);
    project.run(["check", "--fix", "content/a/one.md"]).ends(0);
    assert!(!project.read("content/a/one.md").contains("13:17pm"));
    assert!(project.read("content/b/two.md").contains("13:17pm"));
    project.write("content/large.md", "x".repeat(2000));
    project.write("pmsite.toml", "[limits]\ndocument_bytes = 1000\n");
    let ran = project.run(["check", "content/large.md"]).ends(1);
    assert!(ran.stderr.contains("PM004"), "{}", ran.stderr);
    project.write("elsewhere.md", "# Elsewhere\n");
    project.run(["check", "elsewhere.md"]).ends(2);
}

/// A name may hold anything. What is printed of it must not be a line of its own, which a service that runs builds would
/// take for a command, nor speak to the terminal.
#[test]
#[cfg(unix)]
fn names_cannot_speak_to_who_reads_the_log() {
    let name = "content/\u{1b}[31mred\n::error::planted\u{202e}.md";
    let project = Project::new().file(name, "# Outage\n\nat 13:17pm\n\n[x](<gone\u{1b}.md>)\n");
    project.write("content/b.md", "---\nseverity: [\"a\\n::error::planted\"]\ndate: \"a\\n::error::planted\"\n---\n# Outage\n");
    std::os::unix::fs::symlink("/etc", project.path("content/out\n::error::planted.md")).unwrap();
    for command in [
        &["check"][..],
        &["check", "--concise"],
        &["build", "--verbose"],
        &["check", "--format", "github"],
    ] {
        let ran = project.run(command);
        assert!(ran.stderr.contains("PM002") || ran.stdout.contains("PM002"), "{}", ran.stderr);
        for text in [&ran.stderr, &ran.stdout] {
            assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
            assert!(
                !text.lines().any(|line| line.trim_start().starts_with("::error::planted")),
                "{text}"
            );
        }
    }
}

#[test]
fn a_second_place_in_another_file_is_told_with_that_file() {
    let report = "# Checkout was down on 2024-03-05\n\nStarted: 2024-03-05 10:00\n\nResolved: 2024-03-05 11:00\n";
    let project = Project::new()
        .file("content/a.md", report)
        .file("overrides.toml", "[\"a.md\"]\nstarted_at = \"2024-03-05T12:00\"\n");
    let told = project.run(["check"]).stderr;
    assert!(told.contains("--> a.md:5:11") && told.contains("::: overrides.toml:2:1"), "{told}");
}

/// A year years ahead of all others is mistyped: it is no day to reckon from, and is found where it stands.
#[test]
fn a_mistyped_year_is_not_today() {
    let report = |day: &str| {
        let due = "- [ ] Add a test (owner: Ines, due 2025-03-01)";
        format!("# Mail stuck\n\nOn {day} mail was stuck.\n\n## Action items\n\n{due}\n")
    };
    let project = Project::new()
        .file("content/a.md", report("2024-01-05"))
        .file("content/b.md", report("2024-02-05"))
        .file("content/c.md", report("2024-03-05"))
        .file("content/typo.md", report("2042-02-08"));
    let told = project.run(["check", "--concise"]).stderr;
    let lines = |code: &str| told.lines().filter(|line| line.contains(code)).collect::<Vec<_>>();
    assert_eq!(lines("PM209"), ["typo.md:3:4: warning[PM209]: 2042-02-08 lies after 2024-03-05"]);
    assert!(lines("PM403").is_empty(), "{told}");
}
