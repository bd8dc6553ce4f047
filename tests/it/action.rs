//! The steps of `action.yml` and of the release, run in a scratch repository as GitHub runs them.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::project::{Project, Ran, repository};

/// A machine on which a job runs.
struct Machine {
    project: Project,
    /// What expressions such as `inputs.dir` come to.
    values: BTreeMap<String, String>,
}

impl Machine {
    /// A job for an event, with the inputs of the action as they usually are.
    fn new(event: &str) -> Self {
        let machine = Self { project: Project::new(), values: BTreeMap::new() };
        for folder in ["temp", "bin", "repository"] {
            fs::create_dir_all(machine.project.path(folder)).unwrap();
        }
        let (name, program) = (machine.project.path("bin/pmsite"), env!("CARGO_BIN_EXE_pmsite"));
        std::os::unix::fs::symlink(program, name).unwrap();
        let inputs = action()["inputs"].as_object().unwrap().clone();
        let machine = inputs.iter().fold(machine, |machine, (name, input)| {
            machine.with(&format!("inputs.{name}"), input["default"].as_str().unwrap())
        });
        machine.with("github.event_name", event).with("github.event.pull_request.base.sha", "")
    }

    fn with(mut self, expression: &str, value: &str) -> Self {
        self.values.insert(expression.to_owned(), value.to_owned());
        self
    }

    /// A program that stands before others of its name.
    fn program(&self, name: &str, script: &str) {
        let path = format!("bin/{name}");
        self.project.write(&path, format!("#!/bin/sh\n{script}"));
        let runs = fs::Permissions::from_mode(0o755);
        fs::set_permissions(self.project.path(&path), runs).unwrap();
    }

    /// A text with the values of its expressions.
    fn fill(&self, text: &str) -> String {
        let mut parts = text.split("${{");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (expression, rest) = part.split_once("}}").unwrap();
            let value = self.values.get(expression.trim());
            out += value.unwrap_or_else(|| panic!("nothing is known of {expression}"));
            out += rest;
        }
        out
    }

    /// Runs a step, in the repository.
    fn step(&self, step: &Value) -> Ran {
        let path = |name: &str| self.project.path(name).display().to_string();
        let environment = step["env"].as_object().into_iter().flatten();
        let environment =
            environment.map(|(name, value)| (name.clone(), self.fill(value.as_str().unwrap())));
        let path_variable = format!("{}:{}", path("bin"), std::env::var("PATH").unwrap());
        let output = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c"])
            .arg(self.fill(step["run"].as_str().unwrap()))
            .current_dir(self.project.path("repository"))
            .envs([("CI", "true"), ("GITHUB_ACTIONS", "true"), ("RUNNER_OS", "Linux")])
            .envs([("RUNNER_ARCH", "X64"), ("GITHUB_SERVER_URL", "https://github.com")])
            .envs([("GITHUB_REPOSITORY", "acme/shop"), ("GIT_CONFIG_GLOBAL", "/dev/null")])
            .env("PATH", path_variable)
            .env("RUNNER_TEMP", path("temp"))
            .envs(
                ["OUTPUT", "PATH", "STEP_SUMMARY"]
                    .map(|name| (format!("GITHUB_{name}"), path(name))),
            )
            .envs(environment)
            .output()
            .unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs the steps of the action that bear these names.
    fn steps(&self, names: &[&str]) -> Vec<Ran> {
        let steps = action()["runs"]["steps"].as_array().unwrap().clone();
        let named = |name: &str| steps.iter().find(|step| step["name"] == name).unwrap().clone();
        names.iter().map(|name| self.step(&named(name))).collect()
    }

    /// What the step that chooses the program said.
    fn chosen(mut self) -> Self {
        self.steps(&["Choose the program"]).remove(0).ends(0);
        for line in self.project.read("OUTPUT").lines() {
            let (name, value) = line.split_once('=').unwrap();
            self.values.insert(format!("steps.choose.outputs.{name}"), value.to_owned());
        }
        self
    }

    fn value(&self, name: &str) -> &str {
        &self.values[&format!("steps.choose.outputs.{name}")]
    }

    fn git(&self, arguments: &[&str]) -> String {
        let git = Command::new("git")
            .args(["-c", "user.name=Mina", "-c", "user.email=mina@example.org"])
            .args(arguments)
            .current_dir(self.project.path("repository"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        assert!(git.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&git.stderr));
        String::from_utf8(git.stdout).unwrap().trim().to_owned()
    }

    /// Commits documents and gives the name of the commit.
    fn commit(&self, files: &[(&str, &str)]) -> String {
        for (path, text) in files {
            self.project.write(&format!("repository/{path}"), text);
        }
        self.git(&["init", "--quiet"]);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "Documents"]);
        self.git(&["rev-parse", "HEAD"])
    }
}

fn read(file: impl AsRef<Path>) -> Value {
    serde_saphyr::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn action() -> Value {
    read(repository("action.yml"))
}

const LOCKED: &str = "# Checkout deadlocked\n\nOn 2024-03-05 from 10:00 UTC to 10:30 UTC.\n\n## Root cause\n\nA deadlock.\n";
const BROKEN: &str = "# Search stopped\n\nOn 2024-04-01.\n\n<<<<<<< HEAD\nThe disk was full.\n=======\nThe disk was almost full.\n>>>>>>> other\n";

#[test]
fn a_pull_request_is_checked_built_and_told_what_it_changes() {
    let machine = Machine::new("pull_request").with("inputs.deny", "warning");
    let base = machine.commit(&[("README.md", "# The shop\n"), ("content/old.md", BROKEN)]);
    machine.commit(&[("content/new.md", LOCKED)]);
    let machine = machine.with("github.event.pull_request.base.sha", &base);
    let ran = machine.steps(&["Check", "Build", "Say what changes"]);
    // What stood there before is not this change's.
    assert_eq!(ran[0].code, 0, "{}{}", ran[0].stdout, ran[0].stderr);
    assert!(ran[0].stdout.contains("::notice file=content/new.md,"), "{}", ran[0].stdout);
    assert!(!ran[0].stdout.contains("old.md"), "{}", ran[0].stdout);
    assert_eq!(ran[1].code, 0, "{}", ran[1].stderr);
    let page = machine.project.read("repository/public/incidents/new.html");
    assert!(page.contains("https://acme.github.io/shop/incidents/new.html"), "{page}");
    assert_eq!(ran[2].code, 0, "{}", ran[2].stderr);
    let summary = machine.project.read("STEP_SUMMARY");
    assert!(summary.contains("**1 added** · 2 documents"), "{summary}");
    assert!(summary.contains("| deadlock | 0 | 1 |"), "{summary}");
    assert_eq!(machine.git(&["worktree", "list"]).lines().count(), 1, "nothing is left behind");
}

#[test]
fn a_change_is_annotated_where_it_is_wrong() {
    let machine = Machine::new("pull_request").with("inputs.deny", "warning");
    let base = machine.commit(&[("README.md", "# The shop\n")]);
    machine.commit(&[("content/new.md", BROKEN)]);
    let machine = machine.with("github.event.pull_request.base.sha", &base);
    let ran = machine.steps(&["Check", "Say what changes"]);
    assert_eq!(ran[0].code, 1, "{}", ran[0].stderr);
    assert!(ran[0].stdout.contains("::warning file=content/new.md,line=5,"), "{}", ran[0].stdout);
    // The first documents of a repository: there is nothing to compare them with.
    assert_eq!(ran[1].code, 0, "{}", ran[1].stderr);
    let summary = machine.project.read("STEP_SUMMARY");
    assert!(summary.contains("**1 added** · 1 document"), "{summary}");
}

#[test]
fn everything_is_checked_where_history_does_not_say_what_changed() {
    let machine = Machine::new("push").with("inputs.dir", "docs/postmortems");
    machine.commit(&[("docs/postmortems/a.md", BROKEN), ("docs/postmortems/b.md", LOCKED)]);
    let of_another = machine.with("github.event.pull_request.base.sha", &"0".repeat(40));
    let ran = of_another.steps(&["Check", "Build"]);
    assert_eq!(ran[0].code, 0, "{}", ran[0].stderr);
    assert!(ran[0].stdout.contains("file=docs/postmortems/a.md,"), "{}", ran[0].stdout);
    assert!(ran[0].stdout.contains("file=docs/postmortems/b.md,"), "{}", ran[0].stdout);
    assert_eq!(ran[1].code, 0, "{}", ran[1].stderr);
    assert!(of_another.project.path("repository/public/incidents/b.html").is_file());
}

/// The action as it lies on a machine, which has been given this source.
fn source(text: &str) -> Machine {
    let machine = Machine::new("push").with("github.action_ref", "main");
    for file in ["Cargo.toml", "Cargo.lock", "build.rs", "data/words.toml", "themes/page.html"] {
        machine.project.write(&format!("action/{file}"), "same\n");
    }
    machine.project.write("action/src/deep/down.rs", text);
    let place = machine.project.path("action").display().to_string();
    machine.with("github.action_path", &place)
}

#[test]
fn a_program_in_the_cache_is_that_of_its_source() {
    let key = |text| source(text).chosen().value("key").to_owned();
    assert_eq!(key("fn a() {}"), key("fn a() {}"));
    assert_ne!(key("fn a() {}"), key("fn b() {}"));
    assert_eq!(source("").with("inputs.version", "v1.2.3").chosen().value("version"), "v1.2.3");
    assert_eq!(source("").with("github.action_ref", "v0.4.0").chosen().value("version"), "v0.4.0");
    let machine = source("").chosen();
    assert_eq!(machine.value("version"), "");
    machine.program(
        "cargo",
        "while [ $# -gt 0 ]; do [ \"$1\" = --target-dir ] && target=$2; shift; done\n\
         mkdir -p \"$target/release\"; echo built > \"$target/release/pmsite\"\n",
    );
    for ran in machine.steps(&["Build it", "Put it where it is found"]) {
        ran.ends(0);
    }
    assert_eq!(machine.project.read("temp/pmsite-bin/pmsite"), "built\n");
    assert_eq!(machine.project.read("PATH"), format!("{}\n", machine.value("bin")));
}

#[test]
fn a_release_is_taken_if_it_is_what_its_checksum_says() {
    let machine = source("").with("inputs.version", "v1.2.3").chosen();
    let target = machine.value("target").to_owned();
    let machine = machine.with("matrix.target", &target);
    let built = format!("repository/target/{target}/release");
    for file in ["pmsite", "pmsite.d"] {
        machine.project.write(&format!("{built}/{file}"), "released\n");
    }
    for file in ["README.md", "CHANGELOG.md", "LICENSE-MIT"] {
        machine.project.write(&format!("repository/{file}"), "text\n");
    }
    // As the release packs it.
    let release = read(repository(".github/workflows/release.yml"));
    let steps = release["jobs"]["program"]["steps"].as_array().unwrap();
    machine.step(steps.iter().find(|step| step["name"] == "Pack").unwrap()).ends(0);
    let archive = format!("pmsite-{target}.tar.gz");
    let ready = format!(
        "mkdir ../releases && mv {archive} ../releases/ && cd ../releases && sha256sum * > SHA256SUMS"
    );
    machine.step(&serde_json::json!({ "run": ready })).ends(0);
    machine.program(
        "curl",
        "for last; do case $previous in -o) to=$last ;; esac; case $last in https*) url=$last ;; esac; previous=$last; done\n\
         case $url in */releases/download/v1.2.3/*) cp \"$RUNNER_TEMP/../releases/${url##*/}\" \"${to:-.}\" ;; *) exit 22 ;; esac\n",
    );
    machine.steps(&["Take the release"]).remove(0).ends(0);
    let tree: Vec<String> = machine.project.tree("temp/pmsite-bin").into_keys().collect();
    assert_eq!(tree, ["CHANGELOG.md", "LICENSE-MIT", "README.md", "pmsite"]);
    // The pipeline for GitLab takes the program alone out of the same archive.
    let takes = format!("mkdir bin && tar -xz -C bin pmsite < ../releases/{archive}");
    machine.step(&serde_json::json!({ "run": takes })).ends(0);
    assert_eq!(machine.project.read("repository/bin/pmsite"), "released\n");
    machine.project.write(&format!("releases/{archive}"), "something else");
    assert_ne!(machine.steps(&["Take the release"])[0].code, 0);
}
