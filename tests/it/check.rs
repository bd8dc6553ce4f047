//! Findings: each where it stands, with what it says.

use crate::cases;
use crate::project::Project;

/// Every case is a document; what is expected is what `pmsite check` prints for it.
#[test]
fn findings_of_short_texts() {
    cases::check("findings", |_, text| {
        let project = Project::new().file("content/case.md", text);
        let ran = project.run(["check", "--deny", "error"]);
        ran.stderr
    });
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
