//! What must not be published is found where it stands, masked wherever it would show, and leaves no trace.

use std::fmt::Write;

use crate::project::{Project, repository, tree};

/// A line with something planted in it: the line, the words, the finding.
struct Planted {
    line: String,
    words: String,
    code: &'static str,
}

impl Planted {
    /// `{}` of the line stands for the words.
    fn new(code: &'static str, line: &str, words: &str) -> Self {
        Self { line: line.replace("{}", words), words: words.to_owned(), code }
    }
}

/// Letters as a machine would choose them, the same on every run. Tokens are put together here and nowhere
/// written out: scanners of repositories would take them for real.
fn letters(alphabet: &str, count: usize, seed: usize) -> String {
    let letters: Vec<char> = alphabet.chars().collect();
    let mut state = seed as u64 * 7919 + 12_345;
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        letters[(state >> 33) as usize % letters.len()]
    };
    (0..count).map(|_| next()).collect()
}

const UPPER: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const HEX: &str = "0123456789abcdef";
const WORD: &str = "abcdefghjkmnpqrstuvwyzABCDEFGHJKLMNPQRSTUVWYZ23456789";

/// One of every prefix that `data/secrets.toml` lists.
fn tokens() -> Vec<Planted> {
    let text = std::fs::read_to_string(repository("data/secrets.toml")).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    let mut planted = Vec::new();
    for token in table["token"].as_array().unwrap() {
        let alphabet = match token["alphabet"].as_str().unwrap() {
            "hex" => HEX,
            "upper" => UPPER,
            _ => WORD,
        };
        let length = token["length"][0].as_integer().unwrap() as usize;
        let code = if token["finding"].as_str() == Some("access-key") { "PM601" } else { "PM602" };
        for prefix in token["prefix"].as_array().unwrap() {
            let digits = token.get("digits_before").map_or(String::new(), |range| {
                letters("123456789", range[0].as_integer().unwrap() as usize, 5)
            });
            let prefix = prefix.as_str().unwrap();
            let body = letters(alphabet, length, planted.len() + 1);
            planted.push(Planted::new(
                code,
                "the value {} was pasted",
                &format!("{digits}{prefix}{body}"),
            ));
        }
    }
    planted
}

/// Passwords: the line, the words.
const PASSWORDS: &[(&str, &str)] = &[
    ("password: {}", "Xk9mPq2v"),
    ("DB_PASSWORD={}", "qwer1234!"),
    ("spring.datasource.password = {}", "Orders2024x"),
    ("{ \"password\": \"{}\" }", "s3cr3t-Horse"),
    ("the passwd: `{}`", "hunter2hunter"),
    ("**Password:** {}", "Tr0ub4dor&3"),
    ("비밀번호: {}", "dlfwnd12!"),
    ("비밀번호는 다음과 같다. 비밀번호 = '{}'", "rhddb99@"),
    ("postgres://orders:{}@db-1:5432/orders", "Xk9mPq2w"),
    ("redis://:{}@cache:6379/0", "c4cheM0ney"),
    ("amqp://worker:{}@mq/jobs", "r4bbitHole"),
    ("mongodb+srv://app:{}@cluster0.abc.mongodb.net", "M0ng0Db!x"),
    ("https://deploy:{}@git.onjari.dev/orders.git", "Depl0yMe9"),
    ("Server=db;User Id=sa;Password={};", "Sa!2024pw"),
    ("jdbc:mysql://db/orders?user=app&password={}&ssl=true", "MyS3cretPw"),
    ("PGPASSWORD={} psql", "pgPw2024x"),
];

/// Lines that give a key.
const KEYS: &[&str] = &[
    "api_key = {}",
    "API-KEY: {}",
    "secret_key: \"{}\"",
    "CLIENT_SECRET={}",
    "access_token={}",
    "auth_token: '{}'",
    "Authorization: Bearer {}",
    "curl -H 'Authorization: Basic {}'",
    "signing_key => {}",
    "토큰: {}",
    "인증키: {}",
    "AccountKey={}",
    "x-api-key: {}",
    "SharedAccessKey={}",
];

/// Addresses that let in whoever has them, and how many letters the signature has.
const SIGNED: &[(&str, usize)] = &[
    ("https://orders.s3.amazonaws.com/dump.gz?X-Amz-Date=20240502&X-Amz-Signature={}", 64),
    ("https://x.blob.core.windows.net/a?sv=2024&sig={}", 43),
    ("https://storage.googleapis.com/a/b?X-Goog-Signature={}", 64),
];

/// People and networks: the finding, the line, the words.
const OTHERS: &[(&str, &str, &[&str])] = &[
    (
        "PM611",
        "고객 주민등록번호 {} 노출",
        &["880515-1234567", "010203-4123456", "900101-2345678", "750630-5123456"],
    ),
    ("PM611", "주민등록번호: {}", &["8805151234567"]),
    (
        "PM612",
        "reported by {}.",
        &["jane.doe@onjari.dev", "kim+ops@onjari.co.kr", "o.lee_99@mail.onjari.io"],
    ),
    (
        "PM613",
        "on-call {} did not answer",
        &[
            "010-2345-6789",
            "010 3456 7890",
            "01045678901",
            "02-345-6789",
            "031-456-7890",
            "+82-10-5678-9012",
            "+82 10 6789 0123",
            "(415) 555-0132",
            "415-555-0133",
            "+44 20 7946 0958",
            "+1 415 555 0134",
        ],
    ),
    (
        "PM621",
        "traffic from {} doubled",
        &["52.78.14.201", "211.234.10.7", "2600:1f18:24e6:b900:1:2:3:4"],
    ),
    (
        "PM622",
        "node {} was lost",
        &["10.20.3.14", "172.20.8.9", "192.168.0.12", "169.254.169.254", "fd00:12:34:56::1"],
    ),
    (
        "PM623",
        "host {} was down",
        &[
            "orders-db-1.prod.internal",
            "jenkins.onjari.corp",
            "wiki.intranet",
            "orders.default.svc.cluster.local",
            "payments.prod.svc",
            "nas.lan",
            "vault.service.consul",
        ],
    ),
];

/// Everything that is planted.
fn planted() -> Vec<Planted> {
    let mut all = tokens();
    let part = |seed| letters(WORD, 24, seed);
    for (line, seed) in [("cookie: session={};", 1), ("`{}`", 4)] {
        let words = format!("eyJ{}.eyJ{}.{}", part(seed), part(seed + 1), part(seed + 2));
        all.push(Planted::new("PM604", line, &words));
    }
    all.extend(PASSWORDS.iter().map(|(line, words)| Planted::new("PM605", line, words)));
    let keys = KEYS.iter().enumerate();
    all.extend(keys.map(|(at, line)| Planted::new("PM606", line, &letters(WORD, 32, 100 + at))));
    let signed = SIGNED.iter().enumerate();
    all.extend(
        signed
            .map(|(at, (line, count))| Planted::new("PM607", line, &letters(HEX, *count, 7 + at))),
    );
    for (code, line, values) in OTHERS {
        all.extend(values.iter().map(|words| Planted::new(code, line, words)));
    }
    all
}

/// So many are planted in one document.
const MOST: usize = 50;

#[test]
fn every_planted_secret_is_found_where_it_stands() {
    let planted = planted();
    assert!(planted.len() >= 60, "{}", planted.len());
    // More of one kind in one document would be counted and not shown.
    let project = Project::new();
    for (number, some) in planted.chunks(MOST).enumerate() {
        let lines: Vec<&str> = some.iter().map(|planted| planted.line.as_str()).collect();
        let text = format!("# Outage of the shop\n\n{}\n", lines.join("\n\n"));
        project.write(&format!("content/{number}.md"), text);
    }
    let ran = project.run(["check", "--concise"]);
    let mut missing = String::new();
    for (number, planted) in planted.iter().enumerate() {
        let line = format!("{}.md:{}:", number / MOST, number % MOST * 2 + 3);
        let before = planted.line.split(&planted.words).next().unwrap();
        let at = format!("{line}{}:", before.chars().count() + 1);
        let mut found = ran.stderr.lines().filter(|found| found.starts_with(&line));
        if !found.any(|found| found.starts_with(&at) && found.contains(planted.code)) {
            writeln!(missing, "{} {} at {at}", planted.code, planted.line).unwrap();
        }
    }
    assert!(missing.is_empty(), "{missing}");
    for planted in planted.iter().filter(|planted| planted.code < "PM611") {
        assert!(!ran.stderr.contains(&planted.words), "the log shows {}", planted.words);
    }
}

/// Exporters put a backslash before signs that Markdown might read, or a reference in their place.
#[test]
fn what_is_escaped_is_found_as_it_will_be_seen() {
    let backslash = |sign: char| format!("\\{sign}");
    let reference = |sign: char| format!("&#{};", u32::from(sign));
    for escape in [&backslash as &dyn Fn(char) -> String, &reference] {
        let escaped = |line: &str| -> String {
            let signs = line.chars();
            signs
                .map(
                    |sign| {
                        if sign.is_ascii_punctuation() { escape(sign) } else { sign.to_string() }
                    },
                )
                .collect()
        };
        // In code nothing is escaped.
        let planted = planted().into_iter().filter(|planted| !planted.line.contains('`'));
        let planted: Vec<Planted> = planted.collect();
        let project = Project::new();
        for (number, some) in planted.chunks(MOST).enumerate() {
            let lines: Vec<String> = some.iter().map(|planted| escaped(&planted.line)).collect();
            let text = format!("# Outage of the shop\n\n{}\n", lines.join("\n\n"));
            project.write(&format!("content/{number}.md"), text);
        }
        let ran = project.run(["check", "--concise"]);
        for (number, planted) in planted.iter().enumerate() {
            let line = format!("{}.md:{}:", number / MOST, number % MOST * 2 + 3);
            let mut found = ran.stderr.lines().filter(|found| found.starts_with(&line));
            let is_found = found.any(|found| found.contains(planted.code));
            assert!(is_found, "{} {}", planted.code, escaped(&planted.line));
        }
        let all = "[publish]\nredact = [\"secrets\", \"personal\", \"network\"]\n";
        project.write("pmsite.toml", all);
        project.run(["build", "--quiet"]).ends(0);
        let words: Vec<&str> = planted.iter().map(|planted| planted.words.as_str()).collect();
        no_trace(&project, &words);
    }
}

const KEY: &str = "-----BEGIN RSA PRIVATE KEY-----\nkumquatkumquat1\nkumquatkumquat2\n-----END RSA PRIVATE KEY-----";

#[test]
fn a_private_key_is_found_with_its_lines() {
    let project = Project::new().file("content/a.md", format!("# Outage\n\n```\n{KEY}\n```\n"));
    let ran = project.run(["check"]).ends(1);
    assert!(ran.stderr.contains("PM603") && !ran.stderr.contains("kumquat"), "{}", ran.stderr);
    project.write("pmsite.toml", "[publish]\nredact = [\"private-key\"]\n");
    project.run(["build"]).ends(0);
    no_trace(&project, &["kumquat"]);
}

#[track_caller]
fn no_trace(project: &Project, words: &[&str]) {
    let site = project.tree("public");
    assert!(site.contains_key("index.html"));
    for (name, bytes) in site {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for word in words {
            let word = word.to_lowercase();
            assert!(
                !text.contains(&word) && !name.to_lowercase().contains(&word),
                "{word} in {name}"
            );
        }
    }
}

/// In the title, the facts, the timeline, the actions, a table, code, links, front matter, and their evidence.
#[test]
fn what_is_redacted_shows_nowhere() {
    let planted = planted();
    let (host, mail, ip) = ("kumquat-db-1.prod.internal", "jane.kumquat@onjari.dev", "10.20.3.14");
    let phone = "010-2345-6789";
    let mut text = format!(
        "---\ntags: [{mail}]\nservices: [{host}]\nseverity: SEV1 {phone}\n---\n# {host} lost its disk, says {mail}\n\n\
         **Root cause:** the disk of {host} ({ip}) was full, password=Xk9mPq2v\n\n\
         **Detection:** an alert on {host}\n\n## Timeline (UTC)\n\n- 10:00 alert on {host}\n- 10:20 {mail} restarted {ip}\n\n\
         ## Action items\n\n| Action | Owner | Due |\n|---|---|---|\n| watch {host} | {mail} | 2026-01-01 |\n\n\
         [{mail}](mailto:{mail}) <{mail}> `{host}` ![{host}](https://{host}/a.png) [x](https://{ip}/)\n\n```\nssh {host} # {phone}\n```\n\n"
    );
    for planted in &planted {
        write!(text, "{}\n\n", planted.line).unwrap();
    }
    let project = Project::new()
        .file("content/a.md", text)
        .file("content/b.md", "# Disk full\n\nLog: [log](db.log), [good](good.log)\n")
        .file("content/db.log", format!("login {mail} from {ip}\n"))
        .file("content/good.log", "all well\n")
        .file("pmsite.toml", "[publish]\nredact = [\"secrets\", \"personal\", \"network\"]\n");
    project.run_in(&[("CI", "true")], ["build", "--base-url", "https://pm.onjari.dev/"]).ends(0);
    let mut words: Vec<&str> = planted.iter().map(|planted| planted.words.as_str()).collect();
    words.extend([host, mail, ip, phone, "kumquat", "Xk9mPq2v"]);
    no_trace(&project, &words);
    assert!(project.read("public/incidents/a.html").contains('█'));
    let names = project.tree("public").into_keys().collect::<Vec<_>>().join(" ");
    assert!(names.contains("good.log") && !names.contains("db.log"), "{names}");
}

#[test]
fn in_ci_nothing_is_written_while_a_secret_would_be() {
    let project = Project::new().file("content/a.md", "# Outage of the shop\n");
    let ci = [("CI", "true")];
    project.run_in(&ci, ["build"]).ends(0);
    let before = project.tree("public");
    project.write("content/a.md", "# Outage of the shop\n\nDB_PASSWORD=Xk9mPq2v\n");
    let ran = project.run_in(&ci, ["build"]).ends(1);
    assert!(ran.stderr.contains("PM605") && !ran.stderr.contains("Xk9mPq2v"), "{}", ran.stderr);
    assert_eq!(before, project.tree("public"));
    project.run_in(&ci, ["build", "--deny", "error"]).ends(1);
    project.write(
        "content/a.md",
        "# Outage of the shop\n\nDB_PASSWORD=Xk9mPq2v <!-- pmsite: ignore PM605 -->\n",
    );
    project.run_in(&ci, ["build"]).ends(0);
}

#[test]
fn a_folder_is_private_however_its_path_is_written() {
    let patterns = [
        "internal",
        "internal/",
        "/internal",
        "./internal/**",
        "/internal/**",
        "content/internal/**",
    ];
    for pattern in patterns {
        let project = Project::new()
            .file("content/a.md", "# Orders blocked\n\nOrders were blocked on 2024-05-02.\n")
            .file("content/internal/b.md", "# Rutabaga\n\nOrders were blocked on 2024-05-03.\n")
            .file("pmsite.toml", format!("[publish]\nprivate = [\"{pattern}\"]\n"));
        let ran = project.run(["build"]).ends(0);
        assert!(ran.stderr.contains("1 published"), "{pattern}: {}", ran.stderr);
        assert!(!ran.stderr.contains("PM808"), "{pattern}: {}", ran.stderr);
    }
}

#[test]
fn what_overrides_say_is_screened_as_documents_are() {
    let overrides = "[\"a.md\"]\ntitle = \"Lost AKIAQ7ZB2MW4XN5TR3KD\"\naction_items = [\"ask kim.mina@corp-mail.co.kr\"]\n[\"kim.mina@corp-mail.co.kr.md\"]\nprivate = true\n";
    let report = "# Orders blocked\n\nOrders were blocked on 2024-05-02.\n";
    let project = Project::new()
        .file("content/a.md", report)
        .file("content/kim.mina@corp-mail.co.kr.md", report)
        .file("overrides.toml", overrides)
        .file("pmsite.toml", "[publish]\nredact = [\"secrets\", \"personal\"]\n");
    let ran = project.run(["build"]).ends(0);
    assert!(ran.stderr.contains("1 published"), "{}", ran.stderr);
    for (name, bytes) in project.tree("public") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("AKIAQ7") && !text.contains("kim.mina"), "{name}");
    }
    project.write("pmsite.toml", "");
    let ran = project.run(["build", "--deny", "secrets", "-o", "other"]);
    assert!(ran.stderr.contains("PM601"), "{}", ran.stderr);
    assert!(!project.path("other/index.html").exists());
}

#[test]
fn private_folders_leave_no_trace() {
    let project = Project::new()
        .file("content/a.md", "# Disk full\n\nSee [that](internal/kumquat.md), ![p](internal/rutabaga.png) and ![g](graph.png).\n")
        .file("content/graph.png", "png")
        .file("content/nobody-links-here.png", "png")
        .file("content/internal/kumquat.md", "# Kumquat outage\n\nThe kumquatdb deadlocked. ![x](rutabaga.png)\n")
        .file("content/internal/rutabaga.png", "rutabaga")
        .file("content/2024/draft-durian.md", "# Durian outage\n")
        .file("pmsite.toml", "[publish]\nprivate = [\"internal/\"]\ndraft = [\"**/draft-*\"]\n");
    let ran = project.run(["build"]).ends(0);
    assert!(ran.stderr.contains("3 documents: 1 published, 2 not"), "{}", ran.stderr);
    no_trace(&project, &["kumquat outage", "kumquatdb", "rutabaga", "durian", "nobody-links"]);
    assert!(project.path("public/files/graph.png").is_file());
    project.run(["build", "--drafts"]).ends(0);
    no_trace(&project, &["kumquat outage", "kumquatdb", "rutabaga"]);
    assert!(project.read("public/index.html").contains("Durian"));
}

/// Whoever keeps a report back does not mean its translation to be read.
#[test]
fn a_version_of_what_is_kept_back_leaves_no_trace() {
    let version = "# \u{acb0}\u{c81c} durian \u{c911}\u{b2e8}\n\n2024-05-02, kumquat.\n";
    for keep_back in ["draft: true", "private: true", "visibility: nobody"] {
        let project = Project::new()
            .file("content/plain.md", "# Disk full\n")
            .file(
                "content/a.md",
                format!("---\n{keep_back}\n---\n# Durian outage\n\n2024-05-02.\n"),
            )
            .file("content/a.ko.md", version);
        project.run(["build"]).ends(0);
        no_trace(&project, &["durian", "kumquat"]);
        let by_path = Project::new()
            .file("content/plain.md", "# Disk full\n")
            .file("content/ko/a.md", version)
            .file("content/en/a.md", "# Durian outage\n\n2024-05-02.\n")
            .file("pmsite.toml", "[publish]\nprivate = [\"en/\"]\n");
        by_path.run(["build"]).ends(0);
        no_trace(&by_path, &["durian", "kumquat"]);
    }
}

/// Nor one that is not translated yet, that names no day, or one of three; and none of them by way of their facts.
#[test]
fn names_alone_make_a_version() {
    let private = "---\nprivate: true\n---\n# Durian outage\n\nKumquat.\n";
    for (kept, other) in [
        ("a.md", "a.ko.md"),
        ("a.md", "a_ko.md"),
        ("en/a.md", "ko/a.md"),
        ("2024/a-ko.md", "2024/a.md"),
    ] {
        let project = Project::new()
            .file("content/plain.md", "# Disk full\n")
            .file(&format!("content/{kept}"), private)
            .file(&format!("content/{other}"), "# Durian outage\n\nNot translated: kumquat.\n")
            .file("content/2024/a.en.md", "# Durian\n");
        project.run(["build"]).ends(0);
        no_trace(&project, &["kumquat"]);
        let facts = project.run(["extract", "content"]).ends(0);
        let project = project.file("facts.jsonl", facts.stdout);
        project.run(["build", "--from", "facts.jsonl", "-o", "public"]).ends(0);
        no_trace(&project, &["kumquat"]);
    }
}

/// Lists and guides beside reports are held, not what somebody gave a day or what has a folder of its own.
#[test]
fn lists_of_incidents_are_none() {
    let guides = [
        ("README.md", "- 2024-03-14: [Queue](a.md), SEV2\n- 2024-02-10: [DNS](b.md)\n", false),
        (
            "index.md",
            "| 일자 | 제목 |\n| --- | --- |\n| 2024-03-14 | [큐](a.md) |\n| 2024-02-10 | [DNS](b.md) |\n",
            false,
        ),
        ("CONTRIBUTING.md", "## Timeline\n\n- 10:00 deploy\n- 10:05 alert\n", false),
        (
            "readme.md",
            "The queue was stuck from 10:05 to 10:50 on 2024-03-14, see [a](a.md).\n",
            true,
        ),
    ];
    for (name, text, is_published) in guides {
        for (front, is_published) in [("", is_published), ("---\ndate: 2024-03-14\n---\n", true)] {
            let project = Project::new()
                .file("content/a.md", "# Queue\n\nOn 2024-03-14.\n")
                .file("content/b.md", "# DNS\n\nOn 2024-02-10.\n")
                .file(&format!("content/{name}"), format!("{front}# Kumquat\n\n{text}"));
            project.run(["build"]).ends(0);
            let published = project.tree("public").keys().any(|path| {
                path.starts_with("incidents/")
                    && project.read(&format!("public/{path}")).contains("Kumquat")
            });
            assert_eq!(published, is_published, "{name} {front}");
        }
    }
}

/// Who renames a document that something else keeps back does not mean it to be read.
#[test]
fn what_is_kept_back_under_an_old_name_withholds_the_site() {
    for (file, said) in [
        ("overrides.toml", "['old.md']\nprivate = true\n"),
        ("content/overrides.toml", "['old.md']\nvisibility = 'private'\n"),
        ("pmsite.toml", "publish.private = ['old.md']\n"),
    ] {
        let project = Project::new().file("content/new.md", "# Durian outage\n").file(file, said);
        project.run(["build", "--deny", "secrets"]).ends(1);
        assert!(!project.path("public").exists(), "{file}");
    }
}

#[test]
fn a_drawing_that_runs_is_not_published() {
    let root = |inside: &str| format!("<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>");
    let bad = [
        root("<script>alert(1)</script>"),
        root("<g onload='alert(1)'/>"),
        "<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:script>alert(1)</s:script></s:svg>"
            .to_owned(),
        root("<a href='java&#115;cript:alert(1)'>a</a>"),
        root("<a href='java&#x0A;scr\nipt:alert(1)'>a</a>"),
        format!("<?xml-stylesheet type='text/xsl' href='b.xsl'?>{}", root("")),
    ];
    let mut text = "# Disk full\n\n![a](good.svg)\n".to_owned();
    let mut project = Project::new().file(
        "content/good.svg",
        root("<path d='M0 0'/><text>&#60;script: Java&#115;cript</text>"),
    );
    for (number, drawing) in bad.iter().enumerate() {
        text.push_str(&format!("![b](bad{number}.svg)\n"));
        project = project.file(&format!("content/bad{number}.svg"), drawing);
    }
    let project = project.file("content/a.md", text);
    let ran = project.run(["build"]).ends(0);
    assert_eq!(ran.stderr.matches("[PM505]").count(), bad.len(), "{}", ran.stderr);
    let names = project.tree("public").into_keys().collect::<Vec<_>>().join(" ");
    assert!(names.contains("good.svg") && !names.contains("bad"), "{names}");
}

/// Exporters give every picture the same name: that of a private report goes nowhere.
#[test]
fn a_file_is_published_where_a_link_leads_to_it() {
    let project = Project::new()
        .file(
            "content/open/a.md",
            "# Disk full\n\n![graph](image.png) [log](../logs/%64isk%20one.log#end) <img src='raw.png'>\n\n\
             See [the data][1]. The export is data.png, and `code.png` is not here.\n\n[1]: under\\_score.csv\n",
        )
        .file("content/open/image.png", "open")
        .file("content/open/raw.png", "open")
        .file("content/open/under_score.csv", "open,1\n")
        .file("content/open/data.png", "kumquat")
        .file("content/open/code.png", "kumquat")
        .file("content/open/a.png", "kumquat")
        .file("content/logs/disk one.log", "open\n")
        .file("content/secret/b.md", "# Durian outage\n\n![graph](image.png)\n")
        .file("content/secret/image.png", "kumquat")
        .file("pmsite.toml", "[publish]\nprivate = [\"secret/*.md\"]\n");
    project.run(["build"]).ends(0);
    no_trace(&project, &["kumquat", "durian"]);
    let files = project.tree("public/files").into_keys().collect::<Vec<_>>();
    assert_eq!(
        files,
        ["logs/disk one.log", "open/image.png", "open/raw.png", "open/under_score.csv"]
    );
}

/// The start tags of the text on the page of a document, as a browser understands them.
fn tags(page: &str) -> Vec<String> {
    let body = page.split_once("<div class=body").unwrap().1;
    let after = ["<section class=promised", "<details class=findings", "<p class=meta>"];
    let end = after.iter().filter_map(|mark| body.find(mark)).min().unwrap();
    let body = body.get(..end).unwrap();
    let starts = body.split('<').skip(1).filter(|tag| tag.starts_with(char::is_alphabetic));
    let plain = |tag: &str| {
        let tag = tag.split('>').next().unwrap().trim_end_matches(" /");
        tag.replace(" rel=\"noopener noreferrer nofollow\"", "").replace("&#39;", "'")
    };
    starts.map(plain).collect()
}

/// Only texts with HTML of their own are sanitised. What is written of the others is what sanitising would leave of
/// it: a harmless element at the end, which sends the same text through, changes nothing before it. Texts without
/// Markdown headings are left out, since any HTML makes Markdown of them.
#[test]
fn what_is_not_sanitised_needs_it_not() {
    let project = Project::new();
    let mut names = Vec::new();
    for folder in ["content", "tests/corpus/short"] {
        for (path, bytes) in tree(&repository(folder)) {
            let Ok(text) = String::from_utf8(bytes) else { continue };
            let plain = !text.contains("\n## ");
            if !path.ends_with(".md") || plain || text.contains("slug:") {
                continue;
            }
            let name = format!("n{}", names.len());
            project.write(&format!("content/{name}.md"), &text);
            project.write(&format!("content/{name}-raw.md"), format!("{text}\n\n<b></b>\n"));
            names.push(name);
        }
    }
    project.run(["build", "--quiet"]);
    let published = project.tree("public");
    names.retain(|name| published.contains_key(&format!("incidents/{name}.html")));
    assert!(names.len() > 30);
    for name in names {
        let [plain, raw] = [&name, &format!("{name}-raw")]
            .map(|name| tags(&project.read(&format!("public/incidents/{name}.html"))));
        let raw = raw.strip_suffix(&["p".to_owned(), "b".to_owned()]).unwrap_or(&raw);
        assert_eq!(plain, raw, "{name}");
    }
}
