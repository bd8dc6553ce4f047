//! Settings: what the build service says, what the file says, and what is said of both.

use crate::project::Project;

/// The line of `pmsite config` that says where the site will stand.
fn base_url(project: &Project, environment: &[(&str, &str)]) -> String {
    let ran = project.run_in(environment, ["config"]).ends(0);
    let line = ran.stdout.lines().find(|line| line.contains("base_url")).unwrap();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

const GITHUB: (&str, &str) = ("GITHUB_ACTIONS", "true");
const SERVER: (&str, &str) = ("GITHUB_SERVER_URL", "https://github.com");

#[test]
fn the_build_service_says_where_its_pages_stand() {
    let project = Project::new().file("content/a.md", "# Outage\n");
    assert_eq!(base_url(&project, &[]), "# base_url =");
    let repository = |name| [GITHUB, SERVER, ("GITHUB_REPOSITORY", name)];
    assert_eq!(
        base_url(&project, &repository("Acme/Postmortems")),
        "base_url = \"https://acme.github.io/Postmortems/\" # GITHUB_REPOSITORY"
    );
    assert_eq!(
        base_url(&project, &repository("Acme/acme.github.io")),
        "base_url = \"https://acme.github.io/\" # GITHUB_REPOSITORY"
    );
    assert_eq!(
        base_url(&project, &[("CI_PAGES_URL", "https://acme.gitlab.io/postmortems")]),
        "base_url = \"https://acme.gitlab.io/postmortems\" # CI_PAGES_URL"
    );
    // A company's own server publishes elsewhere, and we do not know where.
    let own =
        [GITHUB, ("GITHUB_SERVER_URL", "https://git.example.org"), ("GITHUB_REPOSITORY", "a/b")];
    assert_eq!(base_url(&project, &own), "# base_url =");
}

#[test]
fn a_domain_of_ones_own_beats_the_build_service_and_not_the_author() {
    let project = Project::new()
        .file("content/a.md", "# Outage\n")
        .file("pmsite.toml", "cname = \"postmortems.example.org\"\n");
    let environment = [GITHUB, SERVER, ("GITHUB_REPOSITORY", "acme/postmortems")];
    project.run_in(&environment, ["build"]).ends(0);
    assert_eq!(project.read("public/CNAME"), "postmortems.example.org\n");
    assert!(project.path("public/.nojekyll").is_file());
    assert!(
        project.read("public/sitemap.xml").contains("<loc>https://postmortems.example.org/</loc>")
    );
    project.write(
        "pmsite.toml",
        "cname = \"postmortems.example.org\"\nbase_url = \"https://example.org/p\"\n",
    );
    project.run_in(&environment, ["build"]).ends(0);
    assert!(project.read("public/sitemap.xml").contains("<loc>https://example.org/p/</loc>"));
    project.write("pmsite.toml", "cname = \"https://example.org/\"\n");
    let ran = project.run(["build"]).ends(2);
    assert!(ran.stderr.contains("pmsite.toml:1:"), "{}", ran.stderr);
}

#[test]
fn an_address_that_no_path_fits_behind_is_refused() {
    let project = Project::new().file("content/a.md", "# Outage\n");
    for url in [
        "http",
        "https://",
        "https:///p",
        "https://example.org/a b",
        "https://example.org/?q=1",
        "foo",
    ] {
        let ran = project.run(["build", "--base-url", url]).ends(2);
        assert!(ran.stderr.contains("PM913"), "{url}: {}", ran.stderr);
        let ran = project.run(["init", "new", "--base-url", url]).ends(2);
        assert!(ran.stderr.contains("PM921"), "{url}: {}", ran.stderr);
        assert!(!project.path("new").exists());
    }
    for url in ["http://localhost:4000", "https://[::1]:80/p/", "https://예시.kr/장애/"] {
        project.run(["build", "--base-url", url]).ends(0);
    }
}

#[test]
fn a_wrong_value_is_shown_where_it_stands() {
    for (settings, place) in [
        ("# a fr\ntitle = \"fr\"\nlanguage = \"fr\"\n", "pmsite.toml:3:13"),
        ("# secret\n[publish]\nredact = [\"personal\", \"secret\"]\n", "pmsite.toml:3:24"),
        ("[publish]\nredact = [\"sec\\u0072et\"]\n", "pmsite.toml:2:11"),
        ("# loud\n[check.severity]\nblame = \"loud\"\n", "pmsite.toml:3:10"),
        ("# blam\n[check.severity]\nblam = \"off\"\n", "pmsite.toml:3:1"),
    ] {
        let project = Project::new().file("content/a.md", "# A\n").file("pmsite.toml", settings);
        let told = project.run(["check"]).ends(2).stderr;
        assert!(told.contains(place), "{settings}\n{told}");
    }
}
