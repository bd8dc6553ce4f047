//! What a build leaves in the output folder, and what it never does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::project::{Project, repository};

const REPORT: &str = "# Checkout deadlock\n\nDate: 2024-05-02\n\n## Root cause\n\nTwo transactions took the row locks in opposite order: a deadlock.\n";

#[test]
fn a_folder_without_settings_becomes_a_site() {
    let project = Project::new().file("notes/a.md", REPORT);
    let ran = project.run(["build", "notes", "-o", "out"]).ends(0);
    assert!(ran.stderr.contains("1 document: all published"), "{}", ran.stderr);
    assert!(project.read("out/index.html").contains("Checkout deadlock"));
    assert!(project.read("out/incidents/a.html").contains("Deadlock"));
    assert!(project.read("out/ko/causes/deadlock.html").contains("데드락"));
}

#[test]
fn a_folder_that_nobody_has_tended_does_not_flood_the_terminal() {
    let mut project = Project::new();
    for number in 0..60 {
        project = project.file(&format!("content/{number}.md"), "");
    }
    let warnings = |text: &str| text.matches("warning[PM005]").count();
    let ran = project.run(["build"]).ends(0);
    assert_eq!(warnings(&ran.stderr), 50);
    assert!(ran.stderr.contains("10 more warnings"), "{}", ran.stderr);
    assert_eq!(warnings(&project.run(["build", "--verbose"]).ends(0).stderr), 60);
    let quiet = project.run(["build", "--quiet"]).ends(0);
    assert_eq!(quiet.stderr, "");
}

#[test]
fn what_is_gone_from_the_folder_is_gone_from_the_site() {
    let project = Project::new().file("content/a.md", REPORT).file("content/b.md", "# Disk full\n");
    project.run(["build"]).ends(0);
    assert!(project.path("public/incidents/b.html").is_file());
    fs::remove_file(project.path("content/b.md")).unwrap();
    project.run(["build"]).ends(0);
    assert!(!project.path("public/incidents/b.html").exists());
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let project =
        Project::new().file("content/a.md", REPORT).file("public/thesis.txt", "years of work");
    let ran = project.run(["build"]).ends(2);
    assert!(ran.stderr.contains("--force"), "{}", ran.stderr);
    assert_eq!(project.read("public/thesis.txt"), "years of work");
    project.run(["build", "--force"]).ends(0);
    assert!(!project.path("public/thesis.txt").exists());
}

#[test]
fn a_failed_build_leaves_the_last_one_standing() {
    let project = Project::new().file("content/a.md", REPORT);
    project.run(["build"]).ends(0);
    let before = project.tree("public");
    project.write("themes/default/templates/home.html", "{% if %}");
    let ran = project.run(["build"]).ends(2);
    assert!(ran.stderr.contains("home.html"), "{}", ran.stderr);
    assert_eq!(before, project.tree("public"));
    let beside: Vec<String> = fs::read_dir(project.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.') && name != ".pmsite-cache")
        .collect();
    assert_eq!(beside, Vec::<String>::new(), "nothing half-made stays behind");
}

#[test]
fn one_bad_document_never_stops_the_rest() {
    let project = Project::new()
        .file("content/good.md", REPORT)
        .file("content/empty.md", "")
        .file("content/picture.md", [0u8, 159, 146, 150, 0, 1, 2, 3]);
    let ran = project.run(["build"]).ends(0);
    assert!(ran.stderr.contains("3 documents: 1 published, 2 not"), "{}", ran.stderr);
    assert!(project.path("public/incidents/good.html").is_file());
}

#[test]
fn drafts_and_private_documents_leave_no_trace() {
    let project = Project::new()
        .file("content/a.md", REPORT)
        .file(
            "content/b.md",
            "---\ndraft: true\n---\n# Kumquat outage\nThe kumquatdb deadlocked.\n",
        )
        .file("content/c.md", "---\nprivate: true\n---\n# Rutabaga outage\n");
    project.run(["build"]).ends(0);
    for (name, bytes) in project.tree("public") {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for word in ["kumquat", "rutabaga"] {
            assert!(!text.contains(word) && !name.contains(word), "{word} in {name}");
        }
    }
    project.run(["build", "--drafts"]).ends(0);
    assert!(project.read("public/index.html").contains("Kumquat"));
    assert!(!project.read("public/index.html").contains("Rutabaga"));
}

#[test]
#[cfg(unix)]
fn a_link_out_of_the_folder_is_not_followed() {
    let project = Project::new().file("content/a.md", REPORT).file("secret.md", "# The secret\n");
    std::os::unix::fs::symlink(project.path("secret.md"), project.path("content/b.md")).unwrap();
    let ran = project.run(["build"]).ends(0);
    assert!(ran.stderr.contains("PM002"), "{}", ran.stderr);
    assert!(!project.path("public/incidents/b.html").exists());
}

#[test]
fn the_authors_word_wins() {
    let project = Project::new()
        .file("content/a.md", format!("---\ntitle: Baskets locked\nseverity: SEV2\nroot_causes: [race-condition]\n---\n{REPORT}"))
        .file("content/b.md", REPORT.replace("Checkout", "Search"))
        .file("content/overrides.toml", "[\"b.md\"]\ntitle = \"Search locked\"\ndate = 2023-01-02\n");
    let ran = project.run(["extract", "content"]).ends(0);
    let records: Vec<serde_json::Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records[0]["title"], "Baskets locked");
    assert_eq!(records[0]["severity"], "SEV2");
    assert_eq!(records[0]["root_causes"][0]["id"], "race-condition");
    assert_eq!(records[0]["evidence"]["title"][0]["rule"], "front-matter");
    assert_eq!(records[1]["title"], "Search locked");
    assert_eq!(records[1]["date"], "2023-01-02");
}

/// Every relative link of every page leads to a file, and every fragment to an element.
fn broken_links(site: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let pages: BTreeMap<&String, String> = site
        .iter()
        .filter(|(name, _)| name.ends_with(".html") && *name != "404.html")
        .map(|(name, bytes)| (name, String::from_utf8(bytes.clone()).unwrap()))
        .collect();
    let ids: BTreeMap<&String, BTreeSet<&str>> =
        pages.iter().map(|(name, text)| (*name, attributes(text, "id").collect())).collect();
    let mut broken = Vec::new();
    for (name, text) in &pages {
        let links = attributes(text, "href").chain(attributes(text, "src"));
        for link in links.filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            let link = link.replace("&amp;", "&");
            let (path, fragment) = link.split_once('#').unwrap_or((&link, ""));
            let path = path.split('?').next().unwrap();
            let target =
                if path.is_empty() { (*name).clone() } else { resolve(name, &decoded(path)) };
            if !site.contains_key(&target) {
                broken.push(format!("{name}: {link}"));
            } else if !fragment.is_empty()
                && ids.get(&target).is_some_and(|ids| !ids.contains(decoded(fragment).as_str()))
            {
                broken.push(format!("{name}: {link} has no such element"));
            }
        }
    }
    broken
}

/// The values of an attribute in a page.
fn attributes<'a>(text: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let start = format!(" {name}=");
    let ends: Vec<usize> = text.match_indices(&start).map(|(at, found)| at + found.len()).collect();
    ends.into_iter().map(|at| {
        let rest = text.get(at..).unwrap();
        let value = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => rest.split([' ', '>']).next(),
        };
        value.unwrap()
    })
}

fn decoded(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = (first == b'%' && tail.len() >= 2)
            .then(|| u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).ok())
            .flatten();
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap()
}

fn resolve(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn no_link_of_the_site_is_broken() {
    let project = Project::new();
    let output = project.path("out");
    let content = repository("content");
    project.run(["build".as_ref(), content.as_os_str(), "-o".as_ref(), output.as_os_str()]).ends(0);
    let site = project.tree("out");
    let broken = broken_links(&site);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn each_heading_of_a_page_has_an_address_of_its_own() {
    let text = "# Outage\n\n## Update\n\nOne.\n\n## Update\n\nTwo.\n\n## Update 2\n\nThree.\n";
    let project = Project::new().file("content/a.md", text);
    project.run(["build"]).ends(0);
    let page = project.read("public/incidents/a.html");
    let ids: Vec<&str> = attributes(&page, "id").filter(|id| id.starts_with("s-")).collect();
    assert_eq!(ids, ["s-update", "s-update-1", "s-update-2"]);
}

#[test]
fn a_note_may_be_referred_to_twice_and_leads_to_itself_alone() {
    let text = "# Outage\n\nOne[^1], again[^1], other[^a b], and[^a-b].\n\n[^1]: First.\n\n[^a b]: Second.\n\n[^a-b]: Third.\n\n[^1]: Again.\n";
    let project = Project::new().file("content/a.md", text);
    project.run(["build"]).ends(0);
    let page = project.read("public/incidents/a.html");
    let notes = |name| -> Vec<&str> {
        attributes(&page, name).filter(|id| id.trim_start_matches('#').starts_with("fn")).collect()
    };
    assert_eq!(
        notes("id"),
        [
            "fnref-1",
            "fnref-1-2",
            "fnref-a-b",
            "fnref-a-b-2",
            "fn-1",
            "fn-a-b",
            "fn-a-b-2",
            "fn-1-2"
        ]
    );
    let back = ["#fnref-1", "#fnref-a-b", "#fnref-a-b-2", "#fnref-1"];
    assert_eq!(notes("href"), [&["#fn-1", "#fn-1", "#fn-a-b", "#fn-a-b-2"], &back[..]].concat());
}

/// A reader of feeds refuses a file for one such letter, with everything in it.
#[test]
fn feeds_and_calendars_hold_only_letters_that_they_may() {
    let project = Project::new()
        .file("content/a.md", "---\ntitle: \"Disk\\x08 full\\uFFFE up\"\ndate: 2024-05-02\n---\n")
        .file("content/b.md", "# Outage &#8;of the &#xFFFF;shop\n\nDate: 2024-05-03\n");
    project.run(["build", "--base-url", "https://x.dev/"]).ends(0);
    let told = |letter: char| matches!(letter, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    for file in ["feed.xml", "ko/feed.xml", "sitemap.xml", "data/incidents.ics"] {
        let text = project.read(&format!("public/{file}")).replace("\r\n", "\n");
        assert!(!text.contains(told), "{file}: {text:?}");
    }
    assert!(
        project.read("public/feed.xml").contains("<title>Disk\u{fffd} full\u{fffd} up</title>")
    );
}

/// Authors write HTML as well: its links and pictures lead where those of Markdown do.
#[test]
fn raw_html_leads_where_markdown_does() {
    let project = Project::new()
        .file(
            "content/a.md",
            "# Disk full\n\n<a href=\"b.md#fix\">b</a> <a href=\"gone.md\">gone</a> <img src='x.png' alt=x>\n\n\
             <p><a\n  href=b.md>\n<img alt=\"far\" src=\"https://example.com/a.png\"></a></p>\n\n\
             ![near](https://example.com/b.png) <a href=/etc/passwd>x</a> <a href=\"//example.com\">y</a>\n",
        )
        .file("content/b.md", "# Tape full\n\n## Fix\n\nMore tape.\n")
        .file("content/x.png", "png");
    project.run(["build"]).ends(0);
    assert_eq!(broken_links(&project.tree("public")), Vec::<String>::new());
    let page = project.read("public/incidents/a.html");
    for there in
        ["\"../incidents/b.html#s-fix\"", "\"../incidents/b.html\"", "src=\"../files/x.png\""]
    {
        assert!(page.contains(there), "no {there} in {page}");
    }
    for gone in ["gone.md", "passwd", "\"//example.com", "src=\"https:"] {
        assert!(!page.contains(gone), "{gone} in {page}");
    }
    project.write("pmsite.toml", "[publish]\nremote_images = true\n");
    project.run(["build"]).ends(0);
    let page = project.read("public/incidents/a.html");
    assert!(
        page.contains("src=\"https://example.com/a.png\"")
            && page.contains("src=\"https://example.com/b.png\"")
    );
}

#[test]
fn the_data_page_names_every_file_of_data() {
    let project = Project::new();
    let content = repository("content");
    project.run(["build", content.to_str().unwrap(), "-o", "out"]).ends(0);
    let site = project.tree("out");
    let files: BTreeSet<&str> = site
        .keys()
        .filter_map(|path| path.strip_prefix("data/"))
        .filter(|it| !it.ends_with(".html"))
        .collect();
    assert!(files.len() > 5, "{files:?}");
    for (page, up) in [("data/index.html", "../data/"), ("ko/data/index.html", "../../data/")] {
        let page = std::str::from_utf8(&site[page]).unwrap();
        let named: BTreeSet<&str> = attributes(page, "href")
            .filter_map(|link| link.strip_prefix(up))
            .filter(|it| !it.ends_with(".html"))
            .collect();
        assert_eq!(named, files);
    }
}

#[test]
fn a_cause_is_quoted_as_it_reads_and_once() {
    let project = Project::new().file(
        "content/a.md",
        "# Outage\n\n## Root cause\n\n**Missing `retry` limit:** A [deadlock](x.md) of *two* jobs led to an expired certificate.\n",
    );
    project.run(["build"]).ends(0);
    let page = project.read("public/incidents/a.html");
    let quotes: Vec<&str> =
        page.split("<blockquote>").skip(1).map(|it| it.split("</").next().unwrap()).collect();
    assert!(!quotes.is_empty(), "{page}");
    assert!(quotes.iter().all(|quote| !quote.contains(['*', '`', '['])), "{quotes:?}");
    let once: BTreeSet<&&str> = quotes.iter().collect();
    assert_eq!(once.len(), quotes.len(), "{quotes:?}");
}

#[test]
fn the_ages_of_what_was_promised_add_up() {
    let actions =
        "\n## Action items\n\n- Add an alert on the queue\n- Write a runbook for the queue\n";
    let project = Project::new()
        .file("content/a.md", format!("# Queue stuck\n\nDate: 2024-05-02\n{actions}"))
        .file("content/b.md", format!("# Queue lost\n{actions}"));
    let ledger = |date: Option<&str>| {
        project.run(["build"].into_iter().chain(date)).ends(0);
        let page = project.read("public/actions/index.html");
        let (_, ages) = page.split_once("by age</h2>").unwrap_or_else(|| panic!("{page}"));
        let (ages, _) = ages.split_once("</ul>").unwrap();
        let counts = ages.split("<span class=\"number\">").skip(1);
        let counts = counts.map(|it| it.split('<').next().unwrap().parse::<usize>().unwrap());
        (counts.sum::<usize>(), page.contains("the newest day that is known"))
    };
    assert_eq!(ledger(None), (4, true));
    assert_eq!(ledger(Some("--date=2023-01-01")), (4, false));
}

#[test]
fn one_owner_is_counted_once_and_what_was_given_up_is_not_open() {
    let actions = "\n## Action items\n\n| Action | Owner | Status |\n|---|---|---|\n| Add an alert on the queue | @ann | open |\n\
                   | Drain the queue | Ann, Bob | |\n| Replace the queue | ann@example.org | cancelled |\n| Name the queue | TBD | done |\n";
    let project = Project::new()
        .file("content/a.md", format!("# Queue stuck\n\nDate: 2024-05-02\n{actions}"));
    project.run(["build"]).ends(0);
    let page = project.read("public/actions/index.html");
    for (count, what) in [(1, "said to be done"), (2, "not known to be done"), (1, "given up")] {
        assert!(page.contains(&format!("<b>{count}</b> {what}")), "{count} {what}: {page}");
    }
    let (_, owners) = page.split_once("By owner</h2>").unwrap_or_else(|| panic!("{page}"));
    let (owners, _) = owners.split_once("</table>").unwrap();
    for name in ["Ann", "Bob"] {
        assert_eq!(owners.matches(name).count(), 1, "{owners}");
    }
    assert!(!owners.contains('@') && !owners.contains("TBD"), "{owners}");
}

#[test]
fn translations_are_told_by_the_language_in_their_paths() {
    let english =
        |day: &str| format!("# Login down\n\nDate: 2024-07-{day}\n\nUsers could not log in.\n");
    let korean =
        |day: &str| format!("# 로그인 장애\n\n날짜: 2024-07-{day}\n\n로그인할 수 없었습니다.\n");
    let rows = |pairs: &[[(&str, &str); 2]]| {
        let mut project = Project::new();
        for &[(one, day), (other, another)] in pairs {
            project = project
                .file(&format!("content/{one}.md"), english(day))
                .file(&format!("content/{other}.md"), korean(another));
        }
        project.run(["build"]).ends(0);
        project.read("public/years/2024.html").matches("<li><time").count()
    };
    let pairs = [
        [("a", "01"), ("a.ko", "02")],
        [("en/b", "03"), ("ko/b", "03")],
        [("x/en/c", "04"), ("x/c", "04")],
        [("d_en", "05"), ("d_ko", "05")],
        [("e", "06"), ("e-ko", "06")],
    ];
    assert_eq!(rows(&pairs), 5);
    // Of another day, or of another name: other incidents.
    assert_eq!(rows(&[[("en/a", "01"), ("ko/a", "02")], [("b", "03"), ("kob", "03")]]), 4);
}

/// Else a list of a cause would show an incident without it, and the search a value that has no page.
#[test]
fn an_incident_is_filed_under_what_its_leading_version_names() {
    let project = Project::new()
        .file(
            "content/fan.md",
            "# Presale outage\n\nDate: 2024-07-01\n\nThe root cause was a traffic surge.\n",
        )
        .file(
            "content/fan.ko.md",
            "# 선예매 장애\n\n날짜: 2024-07-01\n\n근본 원인은 인증서 만료였습니다.\n",
        );
    project.run(["build"]).ends(0);
    let list = project.read("public/ko/causes/traffic-surge.html");
    let (_, row) = list.split_once("선예매 장애</a>").unwrap();
    assert!(row.starts_with("<p>트래픽"), "{row}");
    let names = project.tree("public").into_iter().find(|(name, _)| name.contains("names-ko"));
    let names = String::from_utf8(names.unwrap().1).unwrap();
    assert!(!names.contains("certificate-expiry"), "{names}");
}

#[test]
fn nothing_on_a_page_runs_or_loads_from_elsewhere() {
    let project = Project::new().file(
        "content/a.md",
        format!("{REPORT}\n<script>alert(1)</script>\n<img src=x onerror=alert(2)>\n[go](javascript:alert(3))\n![remote](https://example.com/a.png)\n"),
    );
    project.run(["build"]).ends(0);
    for (name, bytes) in project.tree("public") {
        if !name.ends_with(".html") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        for bad in ["<script>", "onerror", "href=\"javascript:", " style=\"", "src=\"http"] {
            assert!(!text.contains(bad), "{bad} in {name}");
        }
        assert!(text.contains("Content-Security-Policy"), "{name} has no policy");
    }
}

#[test]
#[cfg(unix)]
fn a_picture_that_is_not_read_is_no_document() {
    let project = Project::new().file("content/a.md", REPORT);
    for (link, summary) in
        [("x.png", "1 document: all published"), ("x.md", "2 documents: 1 published, 1 not")]
    {
        std::os::unix::fs::symlink("nowhere", project.path("content").join(link)).unwrap();
        let ran = project.run(["build"]).ends(0);
        assert!(ran.stderr.contains("PM001"), "{}", ran.stderr);
        assert!(ran.stderr.contains(summary), "{link}: {}", ran.stderr);
    }
}

#[test]
fn a_site_that_stands_among_the_documents_is_none_of_them() {
    let project = Project::new().file("notes/a.md", REPORT).file("notes/robots/b.md", REPORT);
    project
        .run(["build", "notes", "-o", "notes/old", "--base-url", "https://example.org/"])
        .ends(0);
    let ran = project.run(["build", "notes", "-o", "out"]).ends(0);
    assert!(ran.stderr.contains("2 documents: all published"), "{}", ran.stderr);
    assert!(!project.run(["extract", "notes"]).ends(0).stdout.contains("robots.txt"));
}

/// Years without any incident, and one that is long ago.
#[test]
fn the_newest_quarters_are_drawn_and_no_quarter_is_lost() {
    let mut project = Project::new();
    let old = (2008..2012).flat_map(|year| ["01", "04", "07", "10"].map(|month| (year, month)));
    let days: Vec<(i32, &str)> = old.chain([(1970, "02"), (2022, "03"), (2024, "03")]).collect();
    for (year, month) in &days {
        let text = format!(
            "---\ndate: {year}-{month}-05\n---\n# Checkout outage\n\nThe root cause was a deadlock.\n"
        );
        project = project.file(&format!("content/{year}-{month}.md"), text);
    }
    project.run(["build"]).ends(0);
    let table = project.read("public/data/quarters.csv");
    let rows: Vec<&str> = table.lines().skip(1).collect();
    assert!(rows[0].starts_with("1970-Q1,1,") && rows[1].starts_with("2008-Q1,1,"), "{table}");
    assert!(rows.last().unwrap().starts_with("2024-Q1,1,"), "{table}");
    let count = |row: &&str| row.split(',').nth(1).unwrap().parse::<usize>().unwrap();
    assert_eq!(rows.iter().map(count).sum::<usize>(), days.len());
    let trends = project.read("public/trends/index.html");
    assert!(trends.contains("<title>2024 Q1: 1 incident</title>"));
    assert!(trends.contains("<title>2008 Q1: 1 incident</title>"));
    assert!(!trends.contains("1970 Q1"), "one that is far from all others empties no chart");
}

/// Names of quarters are wider than a quarter of a narrow screen.
#[test]
fn more_than_three_quarters_are_marked_by_their_years() {
    for (quarters, ticks) in [(3, vec!["2023 Q3", "2023 Q4", "2024 Q1"]), (4, vec!["2024"])] {
        let mut project = Project::new();
        let days = ["2023-07-05", "2023-10-05", "2024-01-05", "2024-04-05"];
        for (number, day) in (0..8).zip(days.iter().take(quarters).cycle()) {
            let text = format!("# Checkout outage\n\nOn {day} checkout was down.\n");
            project = project.file(&format!("content/{number}.md"), text);
        }
        project.run(["build"]).ends(0);
        let page = project.read("public/trends/index.html");
        let chart = page.split_once("class=\"chart\"").unwrap().1.split_once("</svg>").unwrap().0;
        let names: Vec<&str> = chart
            .split("</text>")
            .filter_map(|part| Some(part.rsplit_once('>')?.1))
            .filter(|name| name.starts_with("20"))
            .collect();
        assert_eq!(names, ticks);
    }
}
