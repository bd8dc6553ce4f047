//! What a user is told of a wrong setting, option or value: where it stands, what is allowed, what to do, in the language that was asked for.

use std::collections::BTreeSet;

use pmsite::diag::catalog::Catalog;

use crate::project::{Project, Ran};

const REPORT: &str = "# Checkout outage\n\n2024-05-02 from 10:00 until 10:30 UTC checkout was down because of a deadlock.\n";

/// A wrong file (what stands in it), and what is told of it: the place, and words of the message and of what to do, in English and in Korean.
const FILES: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "pmsite.toml",
        "language = \"kr\"",
        &["pmsite.toml:1:13", "none of `en`, `ko`; the nearest is `ko`", "`language = \"ko\"`"],
        &["쓸 수 있는 값: `en`, `ko`", "예: `language"],
    ),
    (
        "pmsite.toml",
        "check.severity.PM306 = \"of\"",
        &["none of `error`, `warning`, `note`, `off`; the nearest is `off`"],
        &["쓸 수 있는 값: `error`"],
    ),
    (
        "pmsite.toml",
        "check.severity.PM999 = \"off\"",
        &["no finding `PM999`; `docs/diagnostics.md` lists all"],
        &["발견은 없음"],
    ),
    (
        "pmsite.toml",
        "base_url = \"example.org\"",
        &["takes an address that begins with `https://`"],
        &["로 시작하고"],
    ),
    (
        "pmsite.toml",
        "cname = \"https://example.org\"",
        &["takes the full name of a host"],
        &["호스트 이름"],
    ),
    (
        "pmsite.toml",
        "limits.document_bytes = \"1MB\"",
        &["is \"1MB\", and takes a whole number", "`limits.document_bytes = 1_000_000`"],
        &["0 이상의 정수"],
    ),
    (
        "pmsite.toml",
        "limits.document_bytes = -1",
        &["takes a whole number, 0 or more"],
        &["0 이상의 정수"],
    ),
    (
        "pmsite.toml",
        "publish.drafts = \"yes\"",
        &["takes `true` or `false`"],
        &["`true` 또는 `false`"],
    ),
    ("pmsite.toml", "ignore = \"README.md\"", &["takes a list of texts"], &["글의 목록"]),
    (
        "pmsite.toml",
        "ignore = [\"a\", 3]",
        &["pmsite.toml:1:16", "`ignore` holds 3"],
        &["글의 목록"],
    ),
    ("pmsite.toml", "ignore = [\"a[\"]", &["every `[` and `{` is closed"], &["닫힌 패턴"]),
    (
        "pmsite.toml",
        "publish = true",
        &["takes a table", "`[publish]`: `drafts`"],
        &["쓸 수 있는 값: 표"],
    ),
    (
        "pmsite.toml",
        "publish.redact = [\"secrt\"]",
        &["none of `secrets`, `personal`", "the nearest is `secrets`"],
        &["쓸 수 있는 값: `secrets`"],
    ),
    (
        "pmsite.toml",
        "titel = \"x\"",
        &["no key `titel`; the nearest is `title`"],
        &["가장 가까운 것은 `title`"],
    ),
    (
        "pmsite.toml",
        "drafts = true",
        &["the nearest is `publish.drafts`"],
        &["가장 가까운 것은 `publish.drafts`"],
    ),
    ("pmsite.toml", "colour = 1", &["no key `colour`\n", "names all keys"], &["키는 없음"]),
    (
        "pmsite.toml",
        "title = Shop",
        &["no quotation marks", "the file is TOML"],
        &["따옴표가 없음"],
    ),
    ("pmsite.toml", "title: Shop", &["followed by `=` and a value"], &["키 뒤에는 `=`"]),
    ("pmsite.toml", "title = \"Shop", &["quotation mark at the end"], &["글 끝의 따옴표"]),
    (
        "pmsite.toml",
        "title = \"a\"\ntitle = \"b\"",
        &["pmsite.toml:2:1", "stands there twice"],
        &["두 번"],
    ),
    ("pmsite.toml", "publish.drafts = True", &["`true` or `false`, in small letters"], &["소문자"]),
    (
        "pmsite.toml",
        "content = \"docs\"",
        &["no folder `docs`", "pmsite.toml:1:12", "create it"],
        &["폴더를 만들거나"],
    ),
    (
        "content/b.md",
        "---\ndetection: monitring\n---\n",
        &[
            "b.md:2:1",
            "the nearest is `monitoring`",
            "one of `monitoring`, `customer-report`, `internal-report`",
        ],
        &["쓸 수 있는 값: `monitoring`"],
    ),
    (
        "content/b.md",
        "---\nresolution: 7\n---\n",
        &["one or more of `rollback`"],
        &["가운데 하나 이상"],
    ),
    (
        "content/b.md",
        "---\nresolution: [rollback, restrat]\n---\n",
        &["`resolution` cannot be `restrat`; the nearest is `restart`"],
        &["가장 가까운 것은 `restart`"],
    ),
    (
        "content/b.md",
        "---\nroot_causes: {id: deadlock}\n---\n",
        &["`root_causes` cannot be `{…}`", "ids of causes"],
        &["원인의 id"],
    ),
    (
        "pmsite.toml",
        "publish.drafts.x = 1",
        &["`publish.drafts` is {…}, and takes `true` or `false`"],
        &["`true` 또는 `false`"],
    ),
    ("pmsite.toml", "content = \"content/a.md\"", &["it is a file"], &["폴더가 아니라 파일"]),
    (
        "content/b.md",
        "---\nvisibility: secret\n---\n",
        &["one of `public`, `draft`, `private`"],
        &["쓸 수 있는 값: `public`"],
    ),
    ("content/b.md", "---\ndate: soon\n---\n", &["a day such as `2024-07-15`"], &["같은 날짜"]),
    (
        "content/b.md",
        "---\nroot_causes: gremlins\n---\n",
        &["`gremlins` is not in the taxonomy", "data/taxonomy.toml"],
        &["분류 체계에 없음"],
    ),
    ("content/b.md", "---\ntitle: a: b\n---\n", &["b.md:2:1", "a colon within a text"], &["쌍점"]),
    (
        "content/b.md",
        "---\ntitle: a\ntitle: b\n---\n",
        &["b.md:3:1", "the key `title` stands there twice"],
        &["두 번"],
    ),
    (
        "overrides.toml",
        "title = \"a\"",
        &["overrides.toml:1:1", "a table of the document's keys"],
        &["문서 하나의 키를 담은 표"],
    ),
    (
        "overrides.toml",
        "[\"a.md\"",
        &["overrides.toml:1:8", "name of the table is not closed"],
        &["닫히지 않음"],
    ),
    (
        "data/taxonomy.toml",
        "[[cause]]\ngrup = \"data\"",
        &["data/taxonomy.toml:2:1", "no key `grup` here; the nearest is `group`"],
        &["가장 가까운 것은 `group`"],
    ),
    (
        "data/taxonomy.toml",
        "[[cause]]\nid = \"x\"\ngroup = \"data\"\nen = 3",
        &["the number `3`, and takes a text"],
        &["쓸 수 있는 값: 글"],
    ),
    (
        "data/taxonomy.toml",
        "[[cause]]\nid = \"x\"\ngroup = \"dta\"\nen = \"X\"\nko = \"X\"\nis = \"x\"\nremedy = \"rollbak\"",
        &["there are `concurrency`", "one of `rollback`"],
        &["있는 그룹: `concurrency`", "쓸 수 있는 값: `rollback`"],
    ),
    (
        "data/lexicon/en/resolution.toml",
        "rollbak = [\"x\"]",
        &["the nearest is `rollback`", "the keys of this file are"],
        &["이 파일에 쓸 수 있는 키"],
    ),
    (
        "data/lexicon/en/resolution.toml",
        "rollback = \"x\"",
        &["a list of phrases"],
        &["구절의 목록"],
    ),
    (
        "data/secrets.toml",
        "[host]\nsufixes = []",
        &["the nearest is `suffixes`"],
        &["가장 가까운 것은 `suffixes`"],
    ),
];

/// Arguments, and what is told of them.
const ARGUMENTS: &[(&[&str], &str, &str)] = &[
    (
        &["build", "--ouput", "x"],
        "no option `--ouput`; the nearest is `--output`",
        "가장 가까운 것은 `--output`",
    ),
    (&["biuld"], "no command `biuld`; the nearest is `build`", "가장 가까운 것은 `build`"),
    (
        &["check", "--format", "srif"],
        "it takes one of `text`, `json`, `sarif`, `github`",
        "쓸 수 있는 값: `text`",
    ),
    (&["serve", "--port", "abc"], "it takes a number from 0 to 65535", "0부터 65535까지"),
    (&["serve", "--host", "localhost"], "it takes an IP address", "IP 주소"),
    (&["build", "--date", "tomorrow"], "it takes a day such as `2024-07-15`", "같은 날짜"),
    (
        &["build", "--base-url", "x"],
        "`--base-url` is `x`, and takes an address",
        "`--base-url`에 `x`",
    ),
    (&["build", "--no-cache", "--cache-dir", "x"], "exclude each other", "함께 쓸 수 없음"),
    (&["check", "--write-baseline"], "`--baseline <FILE>` is missing", "빠졌음"),
    (&["build", "-o"], "has no value", "값이 없음"),
    (&["build", "a", "b"], "`b` is an argument too many", "남는 인자"),
    (&["build", "-o", "a", "-o", "b"], "stands there twice", "두 번 씀"),
    (&["init", "--theme", "../x"], "a name of small letters", "영어 소문자"),
    (&["build", "--theme", "defualt"], "the nearest is `default`", "여기에 있는 테마: `default`"),
    (&["new", ""], "a few words that say what broke", "짧은 글"),
    (&["help", "biuld"], "the commands are `init`", "명령: `init`"),
    (&["build", "--drafts=x"], "`--drafts` takes no value", "값을 줄 수 없음"),
    (&["init", "content/a.md"], "it is a file", "폴더가 아니라 파일"),
    (&["man", "biuld"], "no command `biuld`; the nearest is `build`", "가장 가까운 것은 `build`"),
    (&["build", "content/a.md"], "it is a file", "폴더가 아니라 파일"),
    (&["check", "--format", "sarif", "nowhere"], "no folder `nowhere`", "`nowhere` 폴더가 없음"),
    (&["check", "--since", "v9"], "in no repository of git", "git 저장소 안에 있지 않음"),
    (
        &["check", "--baseline", "no.txt"],
        "there is no such file or folder",
        "그런 파일이나 폴더가 없음",
    ),
    (&["build", "-o", "content/a.md"], "a file stands where a folder is wanted", "파일이 있음"),
    (&["build", "--from", "no.jsonl"], "check that it is there", "그 자리에 있는지"),
    (
        &["import", "content/a.md", "--from", "jira"],
        "it is no JSON (line 1, column 1)",
        "JSON이 아님",
    ),
    (
        &["explain", "content/a.md", "severty"],
        "the nearest is `severity`",
        "가장 가까운 것은 `severity`",
    ),
];

/// What only those understand who have written the program, and blanks that nobody filled.
const LEAKS: [&str; 12] = [
    "invalid type",
    "expected",
    "u64",
    "struct ",
    "os error",
    "EOF",
    "Policy",
    "line 1 column",
    "{key}",
    "{is}",
    "{allowed}",
    "{wanted}",
];

#[track_caller]
fn is_told(ran: &Ran, words: &[&str], what: &str) {
    for word in words {
        assert!(ran.stderr.contains(word), "{what}: no `{word}` in\n{}", ran.stderr);
    }
    for leak in LEAKS {
        assert!(!ran.stderr.contains(leak), "{what}: `{leak}` in\n{}", ran.stderr);
    }
}

#[test]
fn a_wrong_file_is_told_in_words() {
    for (path, text, en, ko) in FILES {
        let text = if path.starts_with("content/") {
            format!("{text}{REPORT}")
        } else {
            format!("{text}\n")
        };
        let project = Project::new().file("content/a.md", REPORT).file(path, &text);
        is_told(&project.run(["check"]), en, &text);
        is_told(&project.run(["--lang", "ko", "check"]), ko, &text);
    }
}

#[test]
fn wrong_arguments_are_told_in_words() {
    let project = Project::new().file("content/a.md", REPORT);
    for (arguments, en, ko) in ARGUMENTS {
        let what = arguments.join(" ");
        is_told(&project.run(*arguments).ends(2), &[en], &what);
        let korean = ["--lang", "ko"].iter().chain(*arguments);
        is_told(&project.run(korean).ends(2), &[ko], &what);
    }
}

#[test]
fn a_wrong_variable_is_told_in_words() {
    let project = Project::new().file("content/a.md", REPORT);
    for (variable, value, told) in [
        ("PMSITE_PUBLISH_DRAFTS", "yes", "takes `true` or `false`"),
        ("PMSITE_LIMITS_DOCUMENT_BYTES", "many", "takes a whole number"),
        ("PMSITE_IGNORE", "README.md", "takes a list of texts"),
        ("PMSITE_TITEL", "x", "the nearest is `PMSITE_TITLE`"),
        ("CI_PAGES_URL", "x", "`CI_PAGES_URL` is `x`"),
    ] {
        is_told(&project.run_in(&[(variable, value)], ["config"]).ends(2), &[told], variable);
    }
    // A pipeline may have variables of its own.
    project.run_in(&[("PMSITE_VERSION", "v0.1.0")], ["config"]).ends(0);
}

/// The names of the blanks of a text.
fn blanks(text: &str) -> BTreeSet<&str> {
    let pieces = text.split('{').skip(1).filter_map(|piece| piece.split_once('}'));
    let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    pieces.map(|(name, _)| name.split('?').next().unwrap()).filter(is_name).collect()
}

#[test]
fn both_languages_fill_the_same_blanks() {
    let (en, ko) = (Catalog::of("en"), Catalog::of("ko"));
    for (key, text) in en.phrases() {
        assert_eq!(blanks(text), blanks(&ko.phrases()[key]), "{key}");
    }
}

#[test]
fn every_phrase_that_a_finding_names_is_there() {
    let phrases = Catalog::of("en");
    let named = ["setting_", "wanted_", "usage_", "takes", "meaning_", "why_", "check_", "folder_"];
    for (name, bytes) in crate::project::tree(&crate::project::repository("src")) {
        let text = String::from_utf8(bytes).unwrap();
        // Words between quotation marks that look like the key of such a phrase.
        for word in text.split('"').skip(1).step_by(2) {
            let is_key = word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                && named.iter().any(|prefix| word.starts_with(prefix) && word != *prefix);
            assert!(!is_key || phrases.phrases().contains_key(word), "src/{name}: {word}");
        }
    }
}
