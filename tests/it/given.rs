//! What authors say outside the text, in front matter and `overrides.toml`: what becomes of each value, and who may see a document.

use std::fs;

use serde_json::{Value, json};

use crate::project::Project;

const REPORT: &str = "# Ledger outage\n\n2024-05-02 from 10:00 until 10:30 UTC the ledger was down because of a deadlock.\n\n## Action items\n\n- Add an alert\n";

/// What `overrides.toml` says of the report, and a field of its facts as the program gives it then.
const SAID: [(&str, &str, &str); 50] = [
    ("severity = 'S2'", "/severity", r#""S2""#),
    ("started_at = '09:50'", "/started_at", r#""2024-05-02T09:50""#),
    ("date = 2024-05-01\nstarted_at = '2024-05-01 09:50'", "/started_at", r#""2024-05-01T09:50""#),
    // The report is in UTC.
    ("started_at = 2024-05-02T19:00:00+09:00", "/started_at", r#""2024-05-02T10:00""#),
    ("started_at = 2024-05-02T10:00:00Z", "/started_at", r#""2024-05-02T10:00""#),
    ("started_at = 2024-05-02T19:00:00\ntime_zone = 'KST'", "/started_at", r#""2024-05-02T19:00""#),
    ("started_at = '2024-05-02T19:00+09:00'", "/started_at", r#""2024-05-02T10:00""#),
    ("started_at = 'May 2, 2024 7:00 PM KST'", "/started_at", r#""2024-05-02T10:00""#),
    ("started_at = '2023-05-02T10:00'", "/date", r#""2023-05-02""#),
    ("date = 2024-05-01\nstarted_at = '2024-05-02T10:00'", "/date", r#""2024-05-01""#),
    ("date = '3월 5일'", "/date", r#""--03-05""#),
    ("date = 'soon'", "/date", r#""2024-05-02""#),
    ("started_at = '23:50'\nresolved_at = '00:20'", "/resolved_at", r#""2024-05-03T00:20""#),
    ("duration = '1h 5m'", "/duration_minutes", "65.0"),
    ("duration_minutes = '1h 5m'", "/duration_minutes", "65.0"),
    ("duration_minutes = -5", "/duration_minutes", "30.0"),
    ("duration_minutes = nan", "/duration_minutes", "30.0"),
    ("root_causes = ['Lock contention']", "/root_causes/0/id", r#""lock-contention""#),
    ("root_causes = ['deadlock', 'deadlock']", "/root_causes/1", "null"),
    ("services = ['pay', 'pay']", "/services", r#"["pay"]"#),
    ("dismissed = ['deadlock']", "/root_causes", "[]"),
    ("detection = 'Customer report'", "/detection", r#""customer-report""#),
    ("resolution = 'Rollback, restart'", "/resolution", r#"["rollback","restart"]"#),
    ("timeline = ['2024-05-02 10:05 seen by Ada']", "/timeline/0/at", r#""2024-05-02T10:05""#),
    ("timeline = ['1:30 PM seen by Ada']", "/timeline/0/at", r#""T13:30""#),
    ("timeline = ['1:30 PM seen', 'mended']", "/timeline", "[]"),
    ("timeline = [{ at = '2:30 PM', text = 'seen' }]", "/timeline/0/at", r#""T14:30""#),
    ("timeline = ['10:05 seen by Ada']", "/timeline/0/text", r#""seen by Ada""#),
    ("action_items = 'Page somebody'", "/action_items/0/text", r#""Page somebody""#),
    (
        "action_items = ['Add an alert (owner: Mina, due 2024-08-01)']",
        "/action_items/0/owner",
        r#""Mina""#,
    ),
    (
        "action_items = ['Add an alert (owner: Mina, due 2024-08-01)']",
        "/action_items/0/due",
        r#""2024-08-01""#,
    ),
    ("action_items = ['[x] Add an alert']", "/action_items/0/status", r#""done""#),
    (
        "action_items = [{ text = 'Add an alert', owner = 'Mina' }]",
        "/action_items/0/theme",
        r#""monitoring""#,
    ),
    (r#"action_items = ["- not an item\n- of two"]"#, "/action_items/1", "null"),
    ("action_items = []", "/action_items", "[]"),
    // What is unreadable costs only itself.
    ("actions = ['Add a test', { colour = 'red' }]", "/action_items/0/text", r#""Add a test""#),
    (
        "actions = [{ task = 'Add a test', assignee = 'Mina', due_date = '2024-08-01', done = true }]",
        "/action_items/0",
        r#"{"text":"Add a test","theme":"testing","term":null,"owner":"Mina","due":"2024-08-01","status":"done","line":1}"#,
    ),
    ("actions = [{ text = 'Add a test', owner = 'TBD' }]", "/action_items/0/owner", "null"),
    (
        "actions = [{ text = 'Add a test', status = 'cancelled' }]",
        "/action_items/0/status",
        r#""done""#,
    ),
    ("services = [{ name = 'pay', tier = 1 }, 'search']", "/services", r#"["pay","search"]"#),
    ("affected = '30% of users'", "/affected_percent", "30.0"),
    ("affected = '30% of users'", "/services", "[]"),
    ("affected = true", "/services", "[]"),
    ("services = 'TBD'", "/services", "[]"),
    // Words say what they say behind a label of the text.
    ("root_cause = 'The disk was full'", "/root_causes/0/id", r#""disk-exhaustion""#),
    ("cause = ['인증서 만료']", "/root_causes/0/id", r#""certificate-expiry""#),
    ("detection = 'Pingdom alert'", "/detection", r#""monitoring""#),
    ("resolution = 'Rolled back'", "/resolution", r#"["rollback"]"#),
    ("action_items = [{ what = 1 }]", "/action_items/0/text", r#""Add an alert""#),
    ("slug = ['a']\nslug_name = 'b'", "/title", r#""Ledger outage""#),
];

#[test]
fn each_value_is_used_or_costs_only_itself() {
    for (said, field, is) in SAID {
        let overrides = format!("[\"a.md\"]\n{said}\n");
        let project = Project::new().file("content/a.md", REPORT).file("overrides.toml", overrides);
        let printed = project.run(["extract", "content"]).ends(0).stdout;
        let facts: Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(facts.pointer(field).unwrap_or(&json!(null)).to_string(), is, "{said}");
    }
}

#[test]
fn a_name_with_a_dot_that_nobody_quoted_is_that_of_a_document() {
    let project = Project::new()
        .file("content/a.md", REPORT)
        .file("content/b.md", REPORT.replace("Ledger", "Search"))
        .file("overrides.toml", "severity = 'S1'\n[b.md]\nprivate = true\n");
    let ran = project.run(["build"]).ends(0);
    assert!(ran.stderr.contains("overrides.toml:1:1"), "{}", ran.stderr);
    assert!(ran.stderr.contains("1 published"), "{}", ran.stderr);
}

/// How a document begins that nobody but its authors is to see.
const KEPT: [&str; 23] = [
    "---\nprivate: true\n---\n",
    "---\nprivate: \"yes\"\n---\n",
    "---\ndraft: true\n---\n",
    "---\nvisibility: private\n---\n",
    "---\nvisibility: Private\n---\n",
    "---\nvisibility: internal\n---\n",
    "---\nvisibility: [private]\n---\n",
    "---\npublished: false\n---\n",
    "---\npublish: no\n---\n",
    "+++\nprivate = true\n+++\n",
    "---yaml\nprivate: true\n---\n",
    "---\nprivate: true\ntitle: Ledger outage\n\n",
    "<!-- markdownlint-disable -->\n---\nprivate: true\n---\n",
    "\n<!-- one -->\n<!-- two -->\n\n---\ndraft: true\n---\n",
    "---\nprivate: true\n----\n",
    "---\nx.y: 1\nprivate: true\n---\n",
    "--- # of the team\nprivate: true\n---\n",
    "---\n{private: true}\n---\n",
    "---\nprivate:true\n---\n",
    "---\nprivate:\u{a0}true\n---\n",
    "---\n\tprivate: true\n---\n",
    "+++\ntitle = 'x'\n[params]\nprivate = true\n+++\n",
    "---\nparams:\n  private: true\n---\n",
];

/// How a document begins that everybody may see.
const SHOWN: [&str; 8] = [
    "",
    "---\n\n",
    "---\nPublished: 3 May 2024\nSeverity: P1\n\n",
    "---\ndraft: false\n---\n",
    "---\nvisibility: Public\n---\n",
    "---\npublished: true\n---\n",
    "---\npublished: 2024-05-03\n---\n",
    "---\nprivate:\n---\n",
];

#[test]
fn who_may_see_a_document_is_heeded_however_it_is_said() {
    for (heads, published) in [(&KEPT[..], 0), (&SHOWN[..], 1)] {
        for head in heads {
            let project = Project::new()
                .file("content/a.md", format!("{head}{REPORT}"))
                .file("content/other.md", "# Search outage\n\nSearch was down on 2024-05-03.\n");
            project.run(["build"]).ends(0);
            let facts = project.read("public/data/incidents.jsonl");
            assert_eq!(facts.matches("a.md").count(), published, "{head}");
        }
    }
}

#[test]
fn tags_are_shown_found_and_kept() {
    let project = Project::new()
        .file("content/a.md", format!("---\ntags: [quagga, 결제, quagga]\n---\n{REPORT}"));
    project.run(["build"]).ends(0);
    assert!(project.read("public/incidents/a.html").contains("<dt>Tags<dd>quagga, 결제"));
    assert!(project.read("public/data/incidents.jsonl").contains(r#""tags":["quagga","결제"]"#));
    let shards = project.tree("public/search");
    assert!(shards.values().any(|bytes| String::from_utf8_lossy(bytes).contains("quagga")));
    let facts = project.run(["extract", "content"]).ends(0).stdout;
    let again = Project::new().file("facts.jsonl", facts);
    again.run(["build", "--from", "facts.jsonl"]).ends(0);
    assert!(again.read("public/data/incidents.jsonl").contains(r#""tags":["quagga","결제"]"#));
}

#[test]
fn a_severity_that_is_corrected_from_outside_is_no_contradiction() {
    let report = "# Ledger outage\n\n**Severity:** SEV2\n\nIt broke on 2024-05-02.\n";
    let project = Project::new().file("content/a.md", report);
    project.write("overrides.toml", "[\"a.md\"]\nseverity = 'SEV1'\n");
    assert!(!project.run(["check"]).stderr.contains("PM308"));
    project.write("content/a.md", format!("---\nseverity: SEV3\n---\n{report}"));
    fs::remove_file(project.path("overrides.toml")).unwrap();
    assert!(project.run(["check"]).stderr.contains("PM308"));
}

/// An id of a site's own may have capitals and blanks: what is read and what is given are the same cause.
#[test]
fn a_cause_is_given_however_its_id_is_written() {
    let cause = "[[cause]]\nid = \"Zebra Crossing\"\ngroup = \"code\"\nen = \"Zebra\"\nko = \"얼룩말\"\nis = \"x\"\n";
    let report = format!("---\nroot_causes: [\"Zebra Crossing\"]\n---\n{REPORT}");
    let project = Project::new().file("data/taxonomy.toml", cause).file("content/a.md", report);
    let facts = project.run(["extract", "content"]).ends(0).stdout;
    let facts: Value = serde_json::from_str(&facts).unwrap();
    assert_eq!(facts["root_causes"][0]["id"], "Zebra Crossing", "{facts}");
}
