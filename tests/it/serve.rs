//! The local server, from outside: what it answers, and that a saved file is shown. Nothing here sleeps: the
//! server says itself when it has something new.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::project::Project;

/// A running server.
struct Server {
    process: Child,
    address: String,
    /// The newest edition that we know of.
    number: u64,
}

struct Answer {
    status: u16,
    headers: String,
    body: String,
}

impl Server {
    /// Serves a project on a port of its own.
    fn start(project: &Project) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_pmsite"))
            .args(["serve", "--port", "0"])
            .current_dir(project.path("."))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let address = lines
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| Some(line.split_once("http://")?.1.trim_end_matches('/').to_owned()))
            .unwrap();
        // Whoever closes this end would end the server with the next line that it prints.
        std::thread::spawn(move || lines.for_each(drop));
        let mut server = Self { process, address, number: 0 };
        server.number = server.wait()["number"].as_u64().unwrap();
        server
    }

    fn ask(&self, path: &str, host: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (headers, body) = text.split_once("\r\n\r\n").unwrap();
        let status = headers.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, headers: headers.to_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(path, &self.address)
    }

    /// What the server tells a page that shows an older edition.
    fn wait(&self) -> serde_json::Value {
        let answer = self.get(&format!("/-/wait?since={}", self.number));
        let from = answer.body.find('{').unwrap();
        let to = answer.body.rfind('}').unwrap();
        serde_json::from_str(answer.body.get(from..=to).unwrap()).unwrap()
    }

    /// Waits until a page holds a text, or no longer holds it. A change may come in several steps.
    #[track_caller]
    fn until(&mut self, path: &str, text: &str, holds: bool) -> serde_json::Value {
        for _ in 0..20 {
            let told = self.wait();
            self.number = told["number"].as_u64().unwrap();
            if self.get(path).body.contains(text) == holds {
                return told;
            }
        }
        panic!("{path}: {text} {holds}: {}", self.get(path).body);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const REPORT: &str = "# Checkout locked\n\nOn 2024-03-05 checkout deadlocked from 10:00 UTC until 10:30 UTC.\n\n![Waits](picture.png)\n";

fn project() -> Project {
    Project::new()
        .file("content/a.md", REPORT)
        .file("content/picture.png", [0x89, 0x50, 0x4e, 0x47])
        .file("content/draft.md", "---\ndraft: true\n---\n# Not told yet\n")
        .file("content/secret.md", "---\nprivate: true\n---\n# The rutabaga outage\n")
        .file("secret.txt", "beside the site")
        .file("themes/default/static/own.css", "body { color: red }\n")
}

#[test]
fn pages_and_files_with_their_types() {
    let project = project();
    let server = Server::start(&project);
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/ko/", "text/html; charset=utf-8"),
        ("/incidents/a.html", "text/html; charset=utf-8"),
        ("/static/own.css", "text/css; charset=utf-8"),
        ("/static/favicon.svg", "image/svg+xml"),
        ("/files/picture.png", "image/png"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/data/incidents.jsonl", "application/x-ndjson; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            answer.headers.contains(&format!("content-type: {kind}")),
            "{path}: {}",
            answer.headers
        );
    }
    assert_eq!(server.get("/incidents").status, 302);
    let missing = server.get("/nowhere.html");
    assert_eq!(missing.status, 404);
    assert!(
        missing.body.contains("/-/live.js"),
        "the page for missing pages waits for changes, too"
    );
    let home = server.get("/").body;
    assert!(home.contains("Not told yet"), "drafts are shown");
    assert!(!home.contains("rutabaga"), "private documents are not");
}

#[test]
fn nothing_outside_of_the_site_is_served() {
    let project = project();
    let server = Server::start(&project);
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/files/../../secret.txt",
        "/files/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/files/..%5c..%5csecret.txt",
        "//etc/passwd",
        "/files/%00",
        "/%ff",
        "/content/a.md",
        "/pmsite.toml",
    ] {
        let answer = server.get(path);
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.status);
        assert!(!answer.body.contains("beside the site"), "{path}");
    }
    // A page elsewhere that has its own name lead to this machine reads nothing.
    assert_eq!(server.ask("/", "evil.example").status, 403);
    assert_eq!(server.ask("/-/wait?since=999", "evil.example:4000").status, 403);
    assert_eq!(server.ask("/", "localhost:4000").status, 200);
}

#[test]
fn what_is_saved_is_shown() {
    let project = project();
    let mut server = Server::start(&project);
    let page = "/incidents/a.html";
    project.write("content/a.md", REPORT.replace("locked", "stood still"));
    let told = server.until(page, "stood still", true);
    assert_eq!((&told["only_styles"], &told["failure"]), (&false.into(), &serde_json::Value::Null));
    // Editors write beside the file and rename.
    project.write("content/.a.md.swp", REPORT.replace("locked", "ran again"));
    fs::rename(project.path("content/.a.md.swp"), project.path("content/a.md")).unwrap();
    server.until(page, "ran again", true);
    // New, in a folder that was not there.
    project.write("content/2024/b.md", "# Search stopped\n");
    server.until("/", "Search stopped", true);
    project.write("content/2024/b.md", "# Search went on\n");
    server.until("/", "Search went on", true);
    // Renamed, then taken away, folder and all.
    fs::rename(project.path("content/2024"), project.path("content/2025")).unwrap();
    server.until("/", "incidents/2025/b.html", true);
    fs::remove_dir_all(project.path("content/2025")).unwrap();
    server.until("/", "Search went on", false);
    // What others say of a document.
    project.write("content/overrides.toml", "[\"a.md\"]\ntitle = \"Told otherwise\"\n");
    server.until("/", "Told otherwise", true);
}

#[test]
fn words_theme_and_settings_are_watched() {
    let project = project();
    let mut server = Server::start(&project);
    project.write("themes/default/static/own.css", "body { color: blue }\n");
    let told = server.until("/static/own.css", "blue", true);
    assert_eq!(told["only_styles"], true, "new styles need no new page");
    project.write("themes/default/templates/home.html", "<head></head>{{ page.site }} of ours");
    let told = server.until("/", "of ours", true);
    assert_eq!(told["only_styles"], false);
    project.write("pmsite.toml", "title = \"Renamed\"\n");
    server.until("/", "Renamed of ours", true);
    project.write("themes/default/strings/en.toml", "incidents = \"What broke\"\n");
    server.until("/incidents/", "What broke", true);
}

#[test]
fn a_broken_template_is_a_page_and_not_a_dead_server() {
    let project = project();
    let mut server = Server::start(&project);
    project.write("themes/default/templates/home.html", "<p>\n{% if %}\n");
    let told = server.until("/", "home.html", true);
    assert!(told["failure"]["text"].as_str().unwrap().contains("home.html"), "{told}");
    assert_eq!(server.get("/").status, 500);
    project.write("themes/default/templates/home.html", "<head></head>{{ page.nothing.there }}");
    server.until("/", "nothing", true);
    assert_eq!(server.get("/").status, 500, "what goes wrong while a page is made is shown, too");
    assert_eq!(server.get("/incidents/a.html").status, 200);
    fs::remove_file(project.path("themes/default/templates/home.html")).unwrap();
    server.until("/", "Checkout locked", true);
    project.write("pmsite.toml", "titel = \"Shop\"\n");
    let told = server.until("/", "titel", true);
    assert!(told["failure"]["text"].as_str().unwrap().contains("pmsite.toml:1:1"), "{told}");
    project.write("pmsite.toml", "title = \"Shop\"\n");
    server.until("/", "Checkout locked", true);
}

#[test]
fn a_port_that_is_taken_is_passed_over() {
    let project = project();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut process = Command::new(env!("CARGO_BIN_EXE_pmsite"))
        .args(["serve", "--port", &port.to_string()])
        .current_dir(project.path("."))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(process.stderr.take().unwrap()).lines().map(Result::unwrap);
    let line = lines.into_iter().find(|line| line.contains("http://")).unwrap();
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(!line.contains(&format!(":{port}/")), "{line}");
}

/// A page that was made because it was asked for is the page of a build.
#[test]
fn the_pages_asked_for_are_those_of_a_build() {
    let project = Project::new().file("pmsite.toml", "[publish]\ndrafts = true\n");
    for (name, bytes) in crate::project::tree(&crate::project::repository("content")) {
        project.write(&format!("content/{name}"), bytes);
    }
    let server = Server::start(&project);
    let url = format!("http://{}/", server.address);
    project.run(["build", "--base-url", &url, "-q"]).ends(0);
    let mut compared = 0;
    for (name, bytes) in project.tree("public") {
        // What the build leaves for itself and for the host is no part of the site.
        if name.starts_with('.')
            || !(name.ends_with(".html") || name.starts_with("search/"))
            || name.contains(|c: char| !c.is_ascii())
        {
            continue;
        }
        let answer = server.get(&format!("/{}", name.replace(' ', "%20")));
        assert!(as_built(&answer.body) == String::from_utf8(bytes).unwrap(), "{name} differs");
        compared += 1;
    }
    assert!(compared > 100, "{compared}");
}

/// A page less what the server adds: its script, and what names the files that the head loads.
fn as_built(page: &str) -> String {
    let (before, rest) = page.split_once("<script src=\"/-/live.js").unwrap_or((page, ""));
    let (_, after) = rest.split_once("</script>").unwrap_or_default();
    let mut pieces = before.split("?v=");
    let mut built = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (_, rest) = piece.split_once('"').unwrap();
        built.push('"');
        built.push_str(rest);
    }
    built + after
}

#[test]
fn a_browser_keeps_what_is_named_by_what_it_holds() {
    let project = project();
    let mut server = Server::start(&project);
    let page = server.get("/incidents/a.html").body;
    let style = |page: &str| {
        let (_, rest) = page.split_once("static/style.css?v=").unwrap();
        let (name, _) = rest.split_once('"').unwrap();
        format!("/static/style.css?v={name}")
    };
    let (old, is_kept) = (style(&page), "cache-control: max-age=31536000, immutable");
    assert!(server.get(&old).headers.contains(is_kept));
    for other in ["/static/style.css", "/static/style.css?v=1", "/incidents/a.html"] {
        assert!(server.get(other).headers.contains("cache-control: no-store"), "{other}");
    }
    project.write("themes/default/static/style.css", "body { color: red }\n");
    server.until("/static/style.css", "color: red", true);
    let new = style(&server.get("/incidents/a.html").body);
    assert_ne!(old, new);
    assert!(server.get(&new).headers.contains(is_kept));
    assert!(
        server.get(&old).headers.contains("cache-control: no-store"),
        "it holds something else now"
    );
}

#[test]
fn an_address_of_another_machine_is_refused() {
    // From the range that is kept for documentation: no machine has it.
    let ran = project().run(["serve", "--host", "203.0.113.1"]).ends(2);
    assert!(
        ran.stderr.contains("PM923") && ran.stderr.contains("203.0.113.1:4000"),
        "{}",
        ran.stderr
    );
}

/// An editor saves twice within what the file system tells of times, and the text stays as long as it was.
#[test]
fn what_is_named_as_changed_is_read_again() {
    use pmsite::config::resolve::{Wishes, resolve};
    use pmsite::pipeline::{Kept, Reading, read, read_changed, vocabulary};
    let project =
        Project::new().file("content/a.md", "# Outage one\n").file("content/b.md", "# B\n");
    let wishes = Wishes { folder: Some(project.path("content")), ..Wishes::default() };
    let site = resolve(&wishes).unwrap();
    let vocab = vocabulary(&site).unwrap().0.value;
    let mut kept = Kept::default();
    let title = |reading: &Reading| reading.cases[0].incident.title().to_owned();
    assert_eq!(title(&read(&site, &vocab, Some(&mut kept)).unwrap()), "Outage one");
    let file = project.path("content/a.md").canonicalize().unwrap();
    let written = fs::metadata(&file).unwrap().modified().unwrap();
    for (text, others) in [("# Outage two\n", None), ("# Outage six\n", Some("content/new.md"))] {
        fs::write(&file, text).unwrap();
        fs::File::options().write(true).open(&file).unwrap().set_modified(written).unwrap();
        let mut changed = vec![file.clone()];
        if let Some(other) = others {
            project.write(other, "# New\n");
            changed.push(project.path(other).canonicalize().unwrap());
        }
        let reading = read_changed(&site, &vocab, &mut kept, &changed).unwrap();
        assert_eq!(format!("# {}\n", title(&reading)), text);
    }
}
