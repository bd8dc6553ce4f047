//! Input that is broken or means harm: the build goes on, says so, and stays inside its bounds.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use pmsite::base::path::OutPath;
use pmsite::emit::Sink;
use pmsite::emit::folder::Folder;
use pmsite::render::{Body, Output};

use crate::project::Project;

const REPORT: &str =
    "# Checkout deadlock\n\nOn 2 May 2024 at 10:00 UTC the orders table deadlocked.\n";

/// So many builds are killed.
const KILLS: usize = 20;

#[track_caller]
fn builds(project: &Project) -> String {
    let ran = project.run(["build"]).ends(0);
    assert!(project.path("public/index.html").is_file());
    ran.stderr
}

/// Each grows with its square, or worse, in a program that is careless.
#[test]
fn structure_without_end_is_read_in_good_time() {
    let report = |text: String| format!("{REPORT}\n{text}\n");
    let texts = [
        ("headings", (0..2000).map(|at| format!("## Heading {at}\n\nx\n\n")).collect()),
        ("lists", (0..600).map(|at| format!("{}- a\n", " ".repeat(at * 2))).collect()),
        ("quotes", format!("{} a", ">".repeat(2000))),
        ("definitions", (0..20_000).map(|at| format!("[a{at}]: http://x/{at}\n")).collect()),
        ("table", format!("|a|b|\n|-|-|\n{}", "|x|y|\n".repeat(4000))),
        ("brackets", "[".repeat(10_000)),
        ("pictures", "![".repeat(10_000)),
        ("links", "[a](".repeat(1500)),
        ("html", "<div>".repeat(1500)),
        ("comments", "<!--".repeat(1500)),
        ("attributes", format!("<a {}", "x=1 ".repeat(10_000))),
        ("addresses", "://u:".repeat(20_000)),
        ("machines", "10.0.0.1 ".repeat(10_000)),
        (
            "names",
            format!("<!-- pmsite: ignore {} {} -->", "PMXXX ".repeat(2000), "x".repeat(100_000)),
        ),
        ("tags", format!("<p>\n<a\n{}", "x\n".repeat(20_000))),
        ("keys", "-----BEGIN PRIVATE KEY ".repeat(10_000)),
        ("passwords", "password=".repeat(10_000)),
        ("remarks", "<!-- pmsite: ignore PM101 -->".repeat(1500)),
        ("conflicts", "<<<<<<< a\n=======\n>>>>>>> b\n".repeat(1500)),
        ("times", "13:17pm ".repeat(20_000)),
        ("zalgo", format!("a{}", "\u{301}".repeat(40_000))),
        ("spaces", format!("{}x", " ".repeat(400_000))),
        ("sublists", format!("- a\n\n{}", "  - b\n\n  x\n\n".repeat(20_000))),
        ("marks", "%% {{< x {: [[a {/* ".repeat(10_000)),
        ("blocks", "> [!x]\n!!! a\n    {% comment %}\n:::b\n".repeat(5_000)),
        ("properties", "a:: b ^c\n".repeat(20_000)),
        ("words", format!("<p title=\"{}\">", "on".repeat(100_000))),
    ];
    let project = Project::new();
    for (name, text) in texts {
        project.write(&format!("content/{name}.md"), report(text));
    }
    let bombs = "abcdefghijkl".chars().collect::<Vec<char>>();
    let mut bomb = String::from("---\na: &a [x,x,x,x,x,x,x,x,x]\n");
    for pair in bombs.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        bomb += &format!("{to}: &{to} [{}]\n", vec![format!("*{from}"); 9].join(","));
    }
    project.write("content/bomb.md", format!("{bomb}---\n{REPORT}"));
    project.write(
        "content/deep.md",
        format!("---\na: {}{}\n---\n{REPORT}", "[".repeat(10_000), "]".repeat(10_000)),
    );
    project.write(
        "content/toml.md",
        format!("+++\na = {}{}\n+++\n{REPORT}", "[".repeat(10_000), "]".repeat(10_000)),
    );
    let told = builds(&project);
    assert!(told.contains("30 documents: all published"), "{told}");
}

#[test]
fn a_wrong_value_costs_that_value() {
    let project = Project::new().file(
        "content/a.md",
        "---\ntitle: [1, 2]\ndate: {}\nseverity: 3\nservices: {a: 1}\ntags: 7\nroot_causes: [[x]]\ndraft: maybe not\nslug: [a]\n---\n# Checkout deadlock\n",
    );
    // Who writes anything at all after `draft` may mean it.
    let ran = project.run(["extract", "content"]).ends(0);
    let record: serde_json::Value = serde_json::from_str(ran.stdout.trim()).unwrap();
    assert_eq!(record["title"], "Checkout deadlock");
    assert_eq!(record["severity"], "3");
}

#[test]
#[cfg(unix)]
fn names_of_every_kind_have_pages() {
    let project = Project::new();
    let long = "가".repeat(83);
    let names = [
        "with space",
        "quo\"te's",
        "line\nend",
        "tab\tname",
        "<b>&amp;",
        "percent%2e%2e",
        "hash#query?",
        "CON",
        "aux.2024",
        "Case",
        "case",
        "\u{1103}\u{1166}\u{1103}\u{1173}",
        "데드",
        "-dash",
        "..dots",
        "back\\slash",
        "emoji🎉",
        "\u{202e}turned",
        long.as_str(),
        "a:b*c|d",
    ];
    for (number, name) in names.iter().enumerate() {
        project.write(&format!("content/{name}.md"), format!("# Outage {number}\n"));
    }
    let told = builds(&project);
    // One begins with a dot and is hidden; of two that look alike one is read, where a system takes them for two.
    let is_told = |count| told.contains(&format!("{count} documents: 18 published, 1 not"));
    assert!(is_told(19) || told.contains("18 documents: all published"), "{told}");
    let site = project.tree("public");
    for name in site.keys() {
        assert!(
            !name.chars().any(|letter| letter.is_control() || "<>\"|*:\\\u{202e}".contains(letter)),
            "{name:?}"
        );
    }
    let lower: std::collections::BTreeSet<String> =
        site.keys().map(|name| name.to_lowercase()).collect();
    assert_eq!(lower.len(), site.len(), "two files that are one where case does not count");
}

#[test]
#[cfg(unix)]
fn folders_that_lead_in_circles_end() {
    use std::os::unix::fs::symlink;
    let project = Project::new().file("content/a/b.md", REPORT);
    symlink("..", project.path("content/a/up")).unwrap();
    symlink(".", project.path("content/here")).unwrap();
    symlink("loop.md", project.path("content/loop.md")).unwrap();
    symlink("/dev/zero", project.path("content/zero.md")).unwrap();
    symlink("/etc", project.path("content/etc")).unwrap();
    let told = builds(&project);
    assert!(told.contains("PM001") && told.contains("`zero.md` is a link"), "{told}");
    assert!(told.contains("`etc` is a link") && !told.contains("`here`"), "{told}");
    assert!(told.contains("3 documents: 1 published, 2 not"), "{told}");
}

/// A change while the build runs costs at most the document, never the build.
#[test]
fn content_may_change_while_it_is_read() {
    let project = Project::new();
    for number in 0..60 {
        project.write(
            &format!("content/{number}.md"),
            format!("# Outage {number}\n\n{}", REPORT.repeat(50)),
        );
    }
    for round in 0..4 {
        let mut build = Command::new(env!("CARGO_BIN_EXE_pmsite"))
            .args(["build", "--quiet"])
            .current_dir(project.path("."))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        for number in (round * 10..60).step_by(3) {
            let file = project.path(&format!("content/{number}.md"));
            if number % 2 == 0 {
                let _ = fs::remove_file(file);
            } else {
                fs::write(file, "# Half").unwrap();
            }
        }
        assert!(build.wait().unwrap().success());
        assert!(project.path("public/index.html").is_file());
    }
}

/// The old site or the new one, whole, whenever the build is killed; and the next build makes what it should, whatever
/// the killed one left of the site and of the cache.
#[test]
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "spreads the kills over a whole build")]
#[expect(clippy::print_stderr, reason = "when a build ends is not for a test to decide")]
fn a_killed_build_leaves_a_whole_site() {
    let project = Project::new();
    for number in 0..40 {
        project.write(&format!("content/{number}.md"), format!("# Outage {number}\n\n{REPORT}"));
    }
    let change = |mark: &str| project.write("content/0.md", format!("# Outage {mark}\n"));
    let whole = |mark: &str, out: &str| {
        change(mark);
        let begun = Instant::now();
        project.run(["build", "-o", out]).ends(0);
        (project.tree(out), begun.elapsed())
    };
    let sites = ["old", "new"].map(|mark| (mark, whole(mark, &format!("whole-{mark}")).0));
    whole("new", "public");
    let (_, mut length) = whole("old", "public");
    let mut ended = BTreeMap::<&str, usize>::new();
    for kill in 0..KILLS {
        let [(_, before), (mark, after)] = [&sites[kill % 2], &sites[(kill + 1) % 2]];
        change(mark);
        let mut build = Command::new(env!("CARGO_BIN_EXE_pmsite"))
            .args(["build", "--quiet"])
            .current_dir(project.path("."))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From its beginning to a little after the end of the one before: the machine may have become slower.
        std::thread::sleep(length.mul_f64(1.2 * kill as f64 / (KILLS - 1) as f64));
        let is_done = build.try_wait().unwrap().is_some();
        let _ = build.kill();
        let _ = build.wait();
        let now = project.tree("public");
        let is_old = now == *before;
        assert!(
            is_old || now == *after,
            "after kill {kill} the site is neither the old nor the new one"
        );
        let which = if is_old { "old" } else { "new" };
        *ended.entry(if is_done { "done before" } else { which }).or_default() += 1;
        let (next, took) = whole(mark, "public");
        assert!(next == *after, "after kill {kill} the next build makes another");
        // Where the new site stood already there was nothing to do.
        length = if is_old { took } else { length };
    }
    eprintln!("{KILLS} kills: {ended:?}");
    let left: Vec<String> = fs::read_dir(project.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.') && name != ".pmsite-cache")
        .collect();
    assert_eq!(left, Vec::<String>::new(), "nothing is left beside");
}

/// A disk that is full: no file may be longer than this.
#[test]
#[cfg(unix)]
fn a_full_disk_leaves_the_old_site() {
    let project = Project::new().file("content/a.md", REPORT);
    project.run(["build"]).ends(0);
    let before = project.tree("public");
    let long = format!("# Outage\n\n{}", "It went on and on, and nobody knew.\n\n".repeat(20_000));
    project.write("content/long.md", long);
    let run = "trap '' XFSZ; ulimit -f 512; exec \"$0\" build";
    let mut sh = Command::new("sh");
    let ran = sh.args(["-c", run, env!("CARGO_BIN_EXE_pmsite")]).current_dir(project.path("."));
    let ran = ran.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains("PM912"), "{said}");
    assert!(project.tree("public") == before, "the old site stands");
}

/// What people keep in the output folder is a folder, a link, or cannot be moved at all: a file system of its own where
/// the test may mount one, else a folder that may not be written.
#[test]
#[cfg(unix)]
fn what_is_kept_in_the_output_is_never_lost() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let project = Project::new().file("content/a.md", REPORT).file("kept/HEAD", "main");
    project.write("ignored", "*.tmp");
    project.run(["build"]).ends(0);
    symlink(project.path("kept"), project.path("public/.git")).unwrap();
    symlink(project.path("ignored"), project.path("public/.gitignore")).unwrap();
    project.write("content/b.md", REPORT);
    project.run(["build"]).ends(0);
    assert_eq!(fs::read_link(project.path("public/.git")).unwrap(), project.path("kept"));
    assert_eq!(project.read("public/.gitignore"), "*.tmp");

    let git = project.path("public/.git");
    fs::remove_file(&git).unwrap();
    fs::create_dir(&git).unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "tmpfs"]).arg(&git).output();
    let mounted = mounted.is_ok_and(|ran| ran.status.success());
    let _unmount = mounted.then(|| Unmount(&git));
    project.write("public/.git/HEAD", "main");
    fs::set_permissions(&git, fs::Permissions::from_mode(0o555)).unwrap();
    let before = project.tree("public");
    project.write("content/c.md", REPORT);
    let ran = project.run(["build"]);
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(project.read("public/.git/HEAD"), "main");
    assert_eq!(project.read("public/.gitignore"), "*.tmp");
    assert!(ran.code == 0 || project.tree("public") == before, "{}", ran.stderr);
    assert!(!mounted || ran.code == 2, "{}", ran.stderr);
}

struct Unmount<'a>(&'a Path);

impl Drop for Unmount<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn output_inside_the_content_is_not_read_again() {
    let project = Project::new().file("content/a.md", REPORT);
    for _ in 0..2 {
        let ran = project.run(["build", "-o", "content/site"]).ends(0);
        assert!(ran.stderr.contains("1 document: all published"), "{}", ran.stderr);
    }
}

/// Neither the folder of documents nor one in it, nor words, templates and settings of the site's own.
#[test]
fn force_replaces_nothing_that_a_build_reads() {
    let project = Project::new().file("content/2024/a.md", REPORT).file("pmsite.toml", "");
    let project = project.file("data/taxonomy.toml", "").file("themes/default/strings/en.toml", "");
    for output in [".", "content", "content/2024", "data", "themes", "themes/default"] {
        let ran = project.run(["build", "--force", "-o", output]).ends(2);
        assert!(ran.stderr.contains("PM916"), "{output}: {}", ran.stderr);
    }
}

/// It was found, and is gone when it is to be copied.
#[test]
fn a_picture_that_vanishes_does_not_stop_the_build() {
    let project = Project::new();
    project.write("content/a.md", REPORT);
    let site = Folder::open(&project.path("public"), &[project.path("content")], false).unwrap();
    let path = OutPath::new("files/gone.png").unwrap();
    let body = Body::File(project.path("content/gone.png"));
    site.put(Output { path: path.clone(), body }).unwrap();
    let report = site.commit().unwrap();
    assert_eq!(report.unread.keys().collect::<Vec<_>>(), [&path]);
    assert!(!project.path("public/files/gone.png").exists());
}
