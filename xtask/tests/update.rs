//! `cargo xtask update` as its user meets it: a run of the binary in a small repository, its exit code, its words, and
//! what is on disk afterwards.

#[path = "update/botocore.rs"]
mod botocore;
#[path = "update/releases.rs"]
mod releases;
#[path = "update/shared.rs"]
mod shared;
#[path = "update/urls.rs"]
mod urls;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

/// A service with two operations, as upstream has it.
const MODEL: &str = include_str!("../../codegen/command/tests/weather.json");

/// Our documentation of it, an operation and two members.
const DOCS: &str = r#"{
  "smithy": "2.0",
  "shapes": {
    "com.example.weather#GetCity": {
      "type": "apply",
      "traits": {
        "smithy.api#documentation": "Gets the weather of a city."
      }
    },
    "com.example.weather#GetCityResponse$celsius": {
      "type": "apply",
      "traits": {
        "smithy.api#documentation": "The temperature."
      }
    }
  }
}
"#;

/// A repository with a model, in a directory of its own.
struct Repository(TempDir);

/// What a run of the binary left.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Repository {
    /// A repository without a model.
    fn empty() -> Self {
        let repository = Self(tempfile::tempdir().expect("a temporary directory"));
        let manifest = "[workspace]\n\n[workspace.metadata.client]\nversion = \"0.1.0\"\n";
        repository.put("Cargo.toml", manifest.as_bytes());
        repository.put("Cargo.lock", b"[[package]]\nname = \"ivs-realtime\"\nversion = \"0.1.0\"\n");
        repository.put("CHANGELOG.md", b"# Changelog\n\n## [Unreleased]\n\n### Added\n\n- a\n");
        repository.put("xtask/Cargo.toml", b"");
        repository.put("codegen/runtime/Cargo.toml", b"");
        repository
    }

    /// A repository with the weather service, its documentation and its client, all current.
    fn new() -> Self {
        let repository = Self::empty();
        repository.put("model/weather.docs.json", DOCS.as_bytes());
        // The first update puts the facts into their form.
        repository.put("model/weather.json", MODEL.as_bytes());
        repository.put("up.json", MODEL.as_bytes());
        let run = repository.update(&["up.json", "--no-release"]);
        assert_eq!(run.code, 0, "{}", run.err);
        repository
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let place = self.0.path().join(path);
        fs::create_dir_all(place.parent().expect("it is below the repository")).expect("it is writable");
        fs::write(place, bytes).expect("it is writable");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path)).expect("it exists")
    }

    /// `update` with these arguments, in the root of the repository.
    fn update(&self, arguments: &[&str]) -> Run {
        self.run("update", arguments)
    }

    fn run(&self, command: &str, arguments: &[&str]) -> Run {
        run_in(self.0.path(), command, arguments)
    }

    /// Every file but those named `up*`, with its content.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.0.path(), &mut files);
        files.retain(|path, _| !path.starts_with(self.0.path().join("up")) && !is_upstream(path));
        files
    }
}

fn is_upstream(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("up"))
}

fn collect(directory: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(directory).expect("it is a directory") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.insert(path.clone(), fs::read(&path).expect("it is readable"));
        }
    }
}

fn run_in(directory: &Path, command: &str, arguments: &[&str]) -> Run {
    let mut process = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = process.current_dir(directory).arg(command).args(arguments).output().expect("the binary runs");
    Run {
        code: output.status.code().expect("it was not killed"),
        out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        err: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
    }
}

/// The model after a change.
fn changed(change: impl Fn(&mut Value)) -> String {
    let mut model: Value = serde_json::from_str(MODEL).expect("the model is JSON");
    change(&mut model["shapes"]);
    model.to_string()
}

/// Upstream takes a member away, brings another, and tells about it.
fn next() -> String {
    changed(|shapes| {
        let response = &mut shapes["com.example.weather#GetCityResponse"];
        response["members"].as_object_mut().expect("it has members").remove("celsius");
        response["members"]["kelvin"] = json!({
            "target": "smithy.api#Double",
            "traits": { "smithy.api#documentation": "<p>Upstream's sentence.</p>" },
        });
    })
}

#[test]
fn facts_are_written_in_one_form_and_documentation_stays() {
    let repository = Repository::new();
    let facts = repository.read("model/weather.json");
    assert!(!facts.contains("The region."), "{facts}");
    assert!(facts.starts_with("{\n  \"smithy\": \"2.0\",\n  \"shapes\": {\n    \"com.example.weather#"), "{facts}");
    assert_eq!(repository.read("model/weather.docs.json"), DOCS);
    assert!(repository.read("generated/src/operation/get_city.rs").contains("Gets the weather of a city."));
    assert_eq!(repository.run("codegen", &["--check"]).code, 0);
}

#[test]
fn no_change_is_said_and_nothing_is_touched() {
    let repository = Repository::new();
    let before = repository.files();
    let run = repository.update(&["up.json"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains("no changes: "), "{}", run.out);
    assert_eq!(before, repository.files());
}

#[test]
fn a_change_is_told_and_everything_follows() {
    let repository = Repository::new();
    repository.put("up.json", next().as_bytes());
    let run = repository.update(&["up.json", "--date", "2026-11-17"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let told: Vec<&str> = run.out.lines().skip_while(|line| *line != "changed").collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    changed
      model/weather.docs.json
      model/weather.json
      CHANGELOG.md
      generated/: 0 files added, 2 changed, 0 removed

    documentation of what is gone, dropped
      com.example.weather#GetCityResponse$celsius

    not yet documented
      com.example.weather#GetCityRequest
      com.example.weather#GetCityRequest$name
      com.example.weather#GetCityResponse
      com.example.weather#GetCityResponse$kelvin
      com.example.weather#ListCities
      com.example.weather#ListCitiesRequest
      com.example.weather#ListCitiesResponse
      com.example.weather#ListCitiesResponse$names
      com.example.weather#NoSuchCity
      com.example.weather#NoSuchCity$message
      com.example.weather#Weather

    review
      the breaking changes above: say in the changelog what callers do about them
      11 places without documentation: write it, in your own words, as `apply` statements beside the facts
      the version: 0.1.0 stays, as CHANGELOG.md has no release yet; after one it would be 0.2.0
      the entry in CHANGELOG.md: shorten what no reader needs

    then
      git diff model CHANGELOG.md Cargo.toml
      cargo xtask docs-coverage, and after writing cargo xtask codegen
      cargo test --workspace
      git add --all model generated CHANGELOG.md Cargo.toml Cargo.lock && git commit
    ");
    assert!(run.out.contains("1 new member, 1 removed member"), "{}", run.out);

    assert!(repository.read("model/weather.json").contains("\"kelvin\""));
    assert!(!repository.read("model/weather.json").contains("sentence"));
    assert!(!repository.read("model/weather.docs.json").contains("celsius"));
    assert!(repository.read("model/weather.docs.json").contains("Gets the weather of a city."));
    assert!(repository.read("generated/src/operation/get_city.rs").contains("kelvin"));
    assert!(repository.read("CHANGELOG.md").contains("\n### Weather - 2026-11-17\n"));
    assert_eq!(repository.run("codegen", &["--check"]).code, 0);
}

#[test]
fn a_dry_run_tells_the_same_and_changes_nothing() {
    let repository = Repository::new();
    repository.put("up.json", next().as_bytes());
    let before = repository.files();
    let run = repository.update(&["up.json", "--dry-run"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("1 new member, 1 removed member"), "{}", run.out);
    assert!(run.out.contains("GetCityResponse$kelvin"), "{}", run.out);
    assert!(run.out.ends_with("update --dry-run: nothing was changed\n"), "{}", run.out);
    assert_eq!(before, repository.files());
}

#[test]
fn there_and_back_gives_the_same_files() {
    let repository = Repository::new();
    let before = repository.files();
    repository.put("up.json", next().as_bytes());
    assert_eq!(repository.update(&["up.json", "--no-release"]).code, 0);
    repository.put("up.json", MODEL.as_bytes());
    assert_eq!(repository.update(&["up.json", "--no-release"]).code, 0);
    repository.put("model/weather.docs.json", DOCS.as_bytes());
    assert_eq!(repository.run("codegen", &[]).code, 0);
    assert_eq!(before, repository.files());
}

#[test]
fn a_machine_gets_one_object() {
    let repository = Repository::new();
    repository.put("up.json", next().as_bytes());
    let run = repository.update(&["up.json", "--dry-run", "--format", "json"]);
    let object: Value = serde_json::from_str(&run.out).expect("stdout is one JSON object");
    assert_eq!(object["status"], "dry_run");
    assert_eq!(object["summary"], "1 new member, 1 removed member");
    assert_eq!(object["dropped_documentation"], json!(["com.example.weather#GetCityResponse$celsius"]));
    assert_eq!(object["files"], json!(["model/weather.docs.json", "model/weather.json", "CHANGELOG.md"]));
}

/// Runs that have to fail and leave the tree as it was.
fn refused(repository: &Repository, arguments: &[&str], code: i32, words: &str) {
    let before = repository.files();
    let run = repository.update(arguments);
    assert_eq!((run.code, run.out.as_str()), (code, ""), "{}", run.err);
    assert!(run.err.starts_with("error: ") && run.err.contains(words), "{}", run.err);
    assert!(run.err.ends_with("update: no file was changed\n"), "{}", run.err);
    assert_eq!(before, repository.files());
}

#[test]
fn what_cannot_be_used_changes_nothing() {
    let repository = Repository::new();
    repository.put("up-cut.json", &MODEL.as_bytes()[..400]);
    repository.put("up-list.json", b"[]");
    repository.put("up-page.html", b"<!DOCTYPE html><html></html>");
    repository.put("up-xz.json", b"\xfd7zXZ\0\0");
    repository.put("up-empty.json", b"");
    let broken = MODEL.replace("\"target\": \"com.example.weather#Name\"", "\"target\": \"com.example.weather#Nome\"");
    repository.put("up-broken.json", broken.as_bytes());
    let other = MODEL.replace("\"sdkId\": \"Weather\"", "\"sdkId\": \"Climate\"");
    repository.put("up-other.json", other.as_bytes());
    for (source, code, words) in [
        ("up-none.json", 2, "up-none.json"),
        ("up-cut.json", 1, "this is not valid JSON"),
        ("up-list.json", 1, "this is no Smithy model"),
        ("up-page.html", 2, "it is a page or XML"),
        ("up-xz.json", 2, "xz is not read; unpack it first"),
        ("up-empty.json", 1, "this is not valid JSON"),
        ("up-broken.json", 1, "does not exist"),
        ("up-other.json", 2, "up-other.json does not hold Weather; it has Climate"),
    ] {
        refused(&repository, &[source], code, words);
    }
}

#[test]
fn a_file_in_the_way_stops_all_of_it() {
    let repository = Repository::new();
    repository.put("up.json", next().as_bytes());
    repository.put("generated/src/mine.rs", b"// mine\n");
    refused(&repository, &["up.json"], 1, "mine.rs is in the way");
}

#[test]
fn documentation_among_the_facts_is_not_lost_without_a_word() {
    let repository = Repository::new();
    let documented = changed(|shapes| {
        shapes["com.example.weather#GetCity"]["traits"]["smithy.api#documentation"] = json!("Ours.");
    });
    repository.put("model/weather.json", documented.as_bytes());
    refused(&repository, &["up.json"], 2, "model/weather.json holds documentation, which an update would lose");
}

#[test]
fn documentation_of_the_values_of_an_enum_stays_where_upstream_writes_it_as_smithy_1_did() {
    let repository = Repository::new();
    let with = |shape: Value| changed(|shapes| shapes["com.example.weather#Name"] = shape.clone()).into_bytes();
    let value = |value: &str| json!({ "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": value } });
    repository.put("up.json", &with(json!({ "type": "enum", "members": { "ULM": value("ulm") } })));
    assert_eq!(repository.update(&["up.json"]).code, 0);
    let docs = json!({ "smithy": "2.0", "shapes": {
        "com.example.weather#Name$ULM": { "type": "apply", "traits": { "smithy.api#documentation": "On the Danube." } },
    } });
    repository.put("model/names.docs.json", docs.to_string().as_bytes());
    let old = json!([{ "value": "ulm", "name": "ULM" }, { "value": "bad ems" }]);
    repository.put("up.json", &with(json!({ "type": "string", "traits": { "smithy.api#enum": old } })));
    let run = repository.update(&["up.json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("1 new enum value"), "{}", run.out);
    assert!(repository.read("generated/src/types/name.rs").contains("On the Danube."));
    assert!(repository.read("model/weather.json").contains("\"BAD_EMS\""));
}

#[test]
fn another_service_gets_directories_of_its_own() {
    let repository = Repository::empty();
    repository.put("up.json", MODEL.as_bytes());
    let run = repository.update(&["up.json", "--model", "other/model", "--out", "other/client"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(repository.read("other/model/weather.json").contains("GetCity"));
    assert!(repository.read("other/client/Cargo.toml").contains("name = \"weather\""));
    assert!(!repository.read("CHANGELOG.md").contains("Weather"));
    repository.put("up.json", next().as_bytes());
    let run = repository.update(&["up.json", "--model", "other/model", "--out", "other/client"]);
    assert!(run.out.contains("1 new member, 1 removed member"), "{}{}", run.out, run.err);
}

#[test]
fn names_that_would_act_on_the_terminal_are_shown_as_escapes() {
    let repository = Repository::new();
    let odd = "Weather\u{1b}[31m\n## [9.9.9] - 2030-01-01\u{202e}";
    let text = changed(|shapes| {
        shapes["com.example.weather#Weather"]["traits"]["smithy.api#title"] = json!(odd);
        shapes["com.example.weather#Name"] = json!({ "type": "enum", "members": {
            "A": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": format!("a{odd}") } },
        } });
    });
    repository.put("up.json", text.as_bytes());
    let is_plain = |text: &str| !text.contains(['\u{1b}', '\u{202e}']) && !text.contains("\n## [9.9.9]");
    let diff = repository.run("diff", &["model/weather.json", "up.json"]);
    assert!(is_plain(&diff.out) && is_plain(&diff.err), "{}{}", diff.out, diff.err);
    let run = repository.update(&["up.json", "--date", "2026-11-17"]);
    assert!(is_plain(&run.out) && is_plain(&run.err), "{}{}", run.out, run.err);
    assert!(is_plain(&repository.read("CHANGELOG.md")), "{}", repository.read("CHANGELOG.md"));
    let odd = "Nowhere\u{1b}[1A\nerror: nothing";
    let broken = changed(|shapes| {
        shapes["com.example.weather#GetCity"]["input"]["target"] = json!(format!("com.example.weather#{odd}"));
    });
    repository.put("up.json", broken.as_bytes());
    let run = repository.update(&["up.json"]);
    assert!(run.code == 1 && !run.err.contains('\u{1b}') && !run.err.contains("\nerror: nothing"), "{}", run.err);
}

#[test]
fn a_directory_that_holds_another_client_is_left_alone() {
    let repository = Repository::new();
    let other = MODEL
        .replace("com.example.weather#Weather\"", "com.example.weather#Climate\"")
        .replace("\"sdkId\": \"Weather\"", "\"sdkId\": \"Climate\"");
    repository.put("up.json", other.as_bytes());
    refused(
        &repository,
        &["up.json", "--model", "climate", "--out", "generated"],
        1,
        "generated is a client of all of com.example.weather#Weather, and this would make it a client of all of",
    );
}
