//! What other programs get of a check, and what a check changes: formats, baseline, changed files, fixes.

use std::fs::{self, File};
use std::process::Command;

use serde_json::Value;

use crate::project::{Project, repository};

/// A folder with findings of every severity, some of them about the run, names that need escaping.
fn project() -> Project {
    Project::new()
        .file("content/a b,c.md", "# Outage of the shop\n\nat 13:17pm it broke, 오후 15시 복구. ![](x.png)\n\nDB_PASSWORD=Xk9mPq2v\n")
        .file("content/결제.md", "# 결제 장애\n\n담당자의 부주의로 발생했다.\n")
        .file("content/picture.md", [0u8, 159, 146, 150, 0, 1, 2, 3])
        .file("overrides.toml", "[\"gone.md\"]\ntitle = \"x\"\n")
}

fn codes(found: &Value) -> Vec<&str> {
    found.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[test]
fn json_names_every_place() {
    let ran = project().run(["check", "--format", "json"]).ends(1);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    let slip = found.as_array().unwrap().iter().find(|one| one["code"] == "PM201").unwrap();
    assert_eq!(slip["path"], "content/a b,c.md");
    let place = ["line", "column", "end_line", "end_column"].map(|key| slip[key].as_u64().unwrap());
    assert_eq!(place, [3, 4, 3, 11]);
    assert!(codes(&found).contains(&"PM804") && codes(&found).contains(&"PM003"));
    assert!(!ran.stdout.contains("Xk9mPq2v"));
}

#[test]
fn sarif_is_what_its_schema_says() {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    let file = repository("tests/schema/sarif-2.1.0.json");
    let schema = compiler.compile(file.to_str().unwrap(), &mut schemas).unwrap();
    let ran = project().run(["check", "--format", "sarif"]).ends(1);
    let log: Value = serde_json::from_str(&ran.stdout).unwrap();
    if let Err(error) = schemas.validate(&log, schema) {
        panic!("{error:#}");
    }
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        let number = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[number]["id"], result["ruleId"]);
    }
    let uris: Vec<&Value> = results
        .iter()
        .map(|result| &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        .collect();
    assert!(uris.contains(&&Value::from("content/a%20b%2Cc.md")), "{uris:?}");
    // A schema that lets everything through would let this through, too.
    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["level"] = Value::from("fatal");
    assert!(schemas.validate(&broken, schema).is_err());
}

#[test]
fn github_annotates_lines() {
    let ran = project().run(["check", "--format", "github"]).ends(1);
    let line = ran.stdout.lines().find(|line| line.contains("PM201")).unwrap();
    assert_eq!(
        line,
        "::warning file=content/a b%2Cc.md,line=3,endLine=3,col=4,title=PM201 clock-slip::`13:17pm` is taken as 13:17%0Adrop the am or pm"
    );
    assert!(ran.stdout.lines().all(|line| line.starts_with("::")));
}

#[test]
fn a_baseline_leaves_only_what_is_new() {
    let project = project();
    project.run(["check", "--baseline", "known.txt", "--write-baseline"]).ends(0);
    let ran = project.run(["check", "--baseline", "known.txt"]).ends(0);
    assert!(ran.stderr.contains("3 documents checked, 0 findings"), "{}", ran.stderr);
    // What moves stays known; what is said a second time is new.
    let text = project.read("content/a b,c.md").replace("\n\nat", "\n\nA line more.\n\nat");
    project.write("content/a b,c.md", format!("{text}\nat 13:17pm again\n"));
    let ran = project.run(["check", "--baseline", "known.txt", "--concise"]).ends(0);
    let lines: Vec<&str> = ran.stderr.lines().filter(|line| line.contains("[PM")).collect();
    assert_eq!(lines, ["a b,c.md:9:4: warning[PM201]: `13:17pm` is taken as 13:17"]);
    project.run(["check", "--baseline", "nothing.txt"]).ends(2);
}

#[test]
fn a_baseline_of_one_document_keeps_what_is_known_of_others() {
    let project = project();
    let write = ["check", "--baseline", "known.txt", "--write-baseline"];
    project.run(write).ends(0);
    let all = project.read("known.txt");
    project.write("content/new.md", "# Outage of May\n");
    project.run([&write[..], &["content/new.md"]].concat()).ends(0);
    let known = project.read("known.txt");
    assert!(all.lines().all(|line| known.contains(line)), "{known}");
    assert!(known.lines().any(|line| line.ends_with("content/new.md")), "{known}");
    let ran = project.run(["check", "--baseline", "known.txt"]).ends(0);
    assert!(ran.stderr.contains("4 documents checked, 0 findings"), "{}", ran.stderr);
}

/// Whoever closes a pipe has read enough.
#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_written_is_an_error() {
    let project = project();
    for arguments in [&["extract", "content"][..], &["check", "--format", "json"], &["config"]] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut pmsite = Command::new(env!("CARGO_BIN_EXE_pmsite"));
        pmsite.args(arguments).current_dir(project.path(".")).stdout(full);
        let ran = pmsite.output().unwrap();
        let told = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains("PM912"), "{arguments:?}: {told}");
    }
}

fn git(project: &Project, arguments: &[&str]) {
    let who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    let ran = Command::new("git")
        .args(who)
        .args(arguments)
        .current_dir(project.path("."))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

/// A summary becomes a comment on a pull request.
#[test]
fn a_summary_holds_no_markup_and_no_mention_of_a_title() {
    let project = Project::new().file("base/content/b.md", "# Disk full\n").file(
        "content/a`b.md",
        "# Disk \\!\\[x\\](https\\://evil.dev/x.png) @team \\`code\\` \\*all\\* #7 \\<b\\>|d\n",
    );
    let summary = project.run(["summary", "--base", "base"]).ends(0).stdout;
    let row = summary.lines().find(|line| line.starts_with("| + ")).unwrap();
    let name = row.split(" | ").next().unwrap();
    assert_eq!(
        name,
        r"| + a\`b.md Disk !&#8203;\[x\](https\://evil.dev/x.png) @&#8203;team \`code\` \*all\* #&#8203;7 \<b\>\|d"
    );
}

#[test]
fn since_a_revision_only_what_changed() {
    let project = project();
    git(&project, &["init", "-q", "-b", "main"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "-q", "-m", "first"]);
    let found = |revision: &str| {
        let ran = project.run(["check", "--concise", "--since", revision]);
        let paths = ran.stderr.lines().filter_map(|line| Some(line.split_once(":")?.0.to_owned()));
        let mut paths: Vec<String> = paths.filter(|path| path.ends_with(".md")).collect();
        paths.dedup();
        paths
    };
    assert_eq!(found("main"), [""; 0]);
    project.write("content/결제.md", "# 결제 장애\n\n담당자의 부주의로 다시 발생했다.\n");
    project.write("content/new.md", "# Outage of May\n");
    assert_eq!(found("main"), ["new.md", "결제.md"]);
    // Nothing else is mended, and nothing where nobody knows what changed.
    project.write("content/old.md", "# Old outage\r\n");
    git(&project, &["add", "content/old.md"]);
    git(&project, &["commit", "-q", "-m", "old"]);
    let before = project.tree("content");
    project.run(["check", "--fix", "--since", "HEAD"]);
    project.run(["check", "--fix", "--since", "no-such-branch"]).ends(2);
    assert_eq!(project.tree("content"), before);
    let ran = project.run(["check", "--since", "no-such-branch"]).ends(2);
    assert!(ran.stderr.contains("PM927"), "{}", ran.stderr);
    project.run(["check", "--since", "--output=x"]).ends(2);
    assert!(!project.path("x").exists());
}

/// Whoever deletes a document hears who still leads to it.
#[test]
fn since_a_revision_what_is_gone_is_told_of_where_it_is_named() {
    let project = project().file("content/b.md", "# Disk full\n\nAs in [the first](a/old.md).\n");
    let project = project.file("content/a/old.md", "# Old outage\n");
    git(&project, &["init", "-q", "-b", "main"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "-q", "-m", "first"]);
    git(&project, &["mv", "content/a/old.md", "content/a/new.md"]);
    let ran = project.run(["check", "--concise", "--since", "main"]);
    let told: Vec<&str> = ran.stderr.lines().filter(|line| line.starts_with("b.md")).collect();
    assert!(told.len() == 1 && told[0].contains("PM503"), "{}", ran.stderr);
}

#[test]
fn since_a_revision_the_words_of_the_site_are_told_of() {
    let project = project().file("pmsite.toml", "").file("data/taxonomy.toml", "");
    git(&project, &["init", "-q", "-b", "main"]);
    git(&project, &["add", "."]);
    git(&project, &["commit", "-q", "-m", "first"]);
    project.run(["check", "--since", "main"]).ends(0);
    project.write("data/taxonomy.toml", "garbage");
    let ran = project.run(["check", "--concise", "--since", "main"]).ends(1);
    assert!(
        ran.stderr.contains("data/taxonomy.toml") && ran.stderr.contains("PM805"),
        "{}",
        ran.stderr
    );
    git(&project, &["add", "."]);
    git(&project, &["commit", "-q", "-m", "second"]);
    project.run(["check", "--since", "main~1"]).ends(1);
    // What is wrong with it already is none of the next change.
    let ran = project.run(["check", "--concise", "--since", "main"]).ends(0);
    assert!(!ran.stderr.contains("PM805"), "{}", ran.stderr);
}

/// Each broken document, and how it is mended.
const BROKEN: &[(&str, &[u8], &str)] = &[
    ("crlf", b"# Outage\r\n\r\nDown.\r\n", "# Outage\n\nDown.\n"),
    ("cp949", b"# \xb5\xa5\xb5\xe5\xb6\xf4 \xc0\xe5\xbe\xd6\n\n\xb5\xa5\xb5\xe5\xb6\xf4\xc0\xcc \xb9\xdf\xbb\xfd\xc7\xdf\xb4\xd9\n", "# 데드락 장애\n\n데드락이 발생했다\n"),
    ("twice", "done ðŸŽ‰ itâ€™s over\n".as_bytes(), "done 🎉 it’s over\n"),
    ("nfd", "# \u{1103}\u{1166}\u{1103}\u{1173}\u{1105}\u{1161}\u{11a8}\n".as_bytes(), "# 데드락\n"),
    ("slip", "at 13:17pm, 15:20 p.m. and 오후 15시, not at 2:30pm or 0:30pm\n".as_bytes(), "at 13:17, 15:20 and 15시, not at 2:30pm or 0:30pm\n"),
    ("shown", b"# Outage\r\n`13:17pm`, https://example.org/?t=13:17pm\n```\n<<<<<<< HEAD\na\n=======\n>>>>>>> b\n```\n", "# Outage\n`13:17pm`, https://example.org/?t=13:17pm\n```\n<<<<<<< HEAD\na\n=======\n>>>>>>> b\n```\n"),
    ("conflict", b"# Outage\n<<<<<<< HEAD\nIt was down.\n=======\n>>>>>>> topic\nAll.\n", "# Outage\nIt was down.\nAll.\n"),
    ("other side", b"<<<<<<< HEAD\n=======\n# Outage\n>>>>>>> topic\n", "# Outage\n"),
    ("two sides", b"<<<<<<< HEAD\n# Outage\n=======\n# Failure\n>>>>>>> topic\n", "<<<<<<< HEAD\n# Outage\n=======\n# Failure\n>>>>>>> topic\n"),
];

#[test]
fn fixes_mend_and_say_what() {
    let project = Project::new();
    for (name, bytes, _) in BROKEN {
        project.write(&format!("content/{name}.md"), bytes);
    }
    // What cannot be decoded whole, or is no text, stays as it is.
    let lost = b"# caf\xc3\xa9 d\xc3\xa9j\xc3\xa0 \xff \xc3\xa9 13:17pm\r\n";
    project.write("content/lost.md", lost);
    project.write("content/picture.md", [0u8, 159, 146, 150, 0, 1, 2, 3]);
    let before = project.tree("content");
    let ran = project.run(["check", "--diff"]).ends(1);
    assert!(ran.stdout.contains("--- a/slip.md\n+++ b/slip.md\n"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("-<<<<<<< HEAD\n") && !ran.stdout.contains("Failure"),
        "{}",
        ran.stdout
    );
    assert_eq!(project.tree("content"), before, "a diff changes nothing");
    project.run(["check", "--fix"]);
    for (name, _, mended) in BROKEN {
        assert_eq!(project.read(&format!("content/{name}.md")), *mended, "{name}");
    }
    assert_eq!(fs::read(project.path("content/lost.md")).unwrap(), lost);
    let ran = project.run(["check", "--diff"]).ends(0);
    assert_eq!(ran.stdout, "", "what is mended needs no mending");
    let files = project.tree("content").into_keys().collect::<Vec<_>>();
    assert_eq!(files, before.into_keys().collect::<Vec<_>>(), "nothing is left beside");
}

#[test]
fn a_pasted_log_does_not_bury_the_rest() {
    let log: String = (0..500).map(|at| format!("at 13:{:02}pm it broke\n\n", at % 60)).collect();
    let project = Project::new().file("content/a.md", format!("# Outage of the shop\n\n{log}"));
    let ran = project.run(["check", "--concise"]);
    assert_eq!(ran.stderr.matches("PM201]").count(), 100);
    assert!(ran.stderr.contains("note[PM012]: 400 more of PM201"), "{}", ran.stderr);
}

#[test]
fn a_line_without_end_is_published_and_not_searched() {
    let line = "a deadlock at 10:00 ".repeat(4000);
    let ran = Project::new()
        .file("content/a.md", format!("# Outage of the shop\n\n{line}\n"))
        .run(["check", "--concise"]);
    assert!(ran.stderr.contains("a.md:3:1: warning[PM107]"), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_mended_keeps_no_other_from_it() {
    let project = Project::new();
    for name in ["a", "b", "c"] {
        project.write(&format!("content/{name}.md"), "# Outage\r\n");
    }
    // What a killed run left is taken away; a folder of this name is none of ours.
    project.write("content/.a.md.pmsite-fix", "half");
    fs::create_dir(project.path("content/.b.md.pmsite-fix")).unwrap();
    let ran = project.run(["check", "--fix"]).ends(2);
    assert!(ran.stderr.contains("PM912") && ran.stderr.contains("b.md"), "{}", ran.stderr);
    assert!(ran.stderr.contains("2 documents"), "{}", ran.stderr);
    let texts = ["a", "b", "c"].map(|name| project.read(&format!("content/{name}.md")));
    assert_eq!(texts, ["# Outage\n", "# Outage\r\n", "# Outage\n"]);
    assert!(!project.path("content/.a.md.pmsite-fix").exists());
}

/// The folder before may be a checkout in which it stands at the same path, or that folder itself. Of translations one counts.
#[test]
fn a_summary_finds_the_folder_before() {
    let report = "# Checkout outage\n\nOn 2 May 2024 from 10:00 to 11:00 UTC.\n\n## Root cause\n\nA deadlock.\n";
    let korean =
        "# 결제 장애\n\n2024년 5월 2일 10:00~11:00.\n\n## 근본 원인\n\n데드락이 발생했다.\n";
    let project = Project::new()
        .file("old/a.md", report)
        .file("new/a.md", report)
        .file("new/a.ko.md", korean)
        .file("checkout/new/a.md", report)
        .file("first/.git/HEAD", "main")
        .file("first/README.md", "# A repository\n");
    for base in ["old", "checkout"] {
        let said = project.run(["summary", "new", "--base", base]).ends(0).stdout;
        assert!(said.contains("**1 added** · 2 documents"), "{base}: {said}");
        assert!(!said.contains("| deadlock |"), "{base}: {said}");
    }
    let said = project.run(["summary", "new", "--base", "first"]).ends(0).stdout;
    assert!(said.contains("**2 added** · 2 documents"), "{said}");
    assert!(said.contains("| deadlock | 0 | 1 |"), "{said}");
}

#[test]
fn a_document_that_is_not_there_is_no_folder() {
    let ran = Project::new().run(["check", "nothere.md"]).ends(2);
    assert!(ran.stderr.contains("PM919") && ran.stderr.contains("nothere.md"), "{}", ran.stderr);
}
