//! `cargo xtask codegen` as its user meets it: a run of the binary in a small
//! repository, its exit code, its words, and what is on disk afterwards.

#[path = "codegen/identity.rs"]
mod identity;
#[path = "codegen/models.rs"]
mod models;
#[path = "codegen/slices.rs"]
mod slices;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A service with two operations.
const MODEL: &str = include_str!("weather.json");

/// [`MODEL`] with a member whose target does not exist.
fn broken_model() -> String {
    let target = |name| format!("\"target\": \"com.example.weather#{name}\"");
    MODEL.replace(&target("Name"), &target("Nome"))
}

/// A repository with a model, in a directory of its own.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().expect("a temporary directory"));
        repository.put("Cargo.toml", "[workspace]\n");
        repository.put("xtask/Cargo.toml", "");
        repository.put("codegen/runtime/Cargo.toml", "");
        repository.put("model/weather.json", MODEL);
        repository
    }

    /// A repository whose client has been generated.
    fn generated() -> Self {
        let repository = Self::new();
        let run = repository.run(&[]);
        assert_eq!(run.code, 0, "{}", run.err);
        repository
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let place = self.path(path);
        let parent = place.parent().expect("it is below the repository");
        fs::create_dir_all(parent).expect("it is writable");
        fs::write(place, text).expect("it is writable");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("it exists")
    }

    /// `codegen` with these arguments, in the root of the repository.
    fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.0.path(), arguments)
    }

    /// Every file below a directory with its text.
    fn tree(&self, directory: &str) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::new();
        let mut waiting = vec![self.path(directory)];
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                let entries = fs::read_dir(&path).expect("it is readable");
                waiting.extend(entries.map(|entry| entry.expect("it is readable").path()));
            } else {
                let text = fs::read_to_string(&path).expect("it is readable");
                files.insert(path, text);
            }
        }
        files
    }
}

/// What a run of the binary left.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    /// The object that `--format json` printed.
    fn object(&self) -> Value {
        serde_json::from_str(&self.out).expect("stdout is one JSON object")
    }
}

fn run_in(directory: &Path, arguments: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.current_dir(directory).arg("codegen").args(arguments);
    let Output { status, stdout, stderr } = command.output().expect("the binary runs");
    Run {
        code: status.code().expect("it was not killed"),
        out: String::from_utf8(stdout).expect("stdout is UTF-8"),
        err: String::from_utf8(stderr).expect("stderr is UTF-8"),
    }
}

#[test]
fn a_first_run_writes_the_crate_and_says_so_in_one_line() {
    let repository = Repository::new();
    let run = repository.run(&[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(run.out.starts_with("codegen: 2 operations, "), "{}", run.out);
    assert!(run.out.contains(" -> generated ("), "{}", run.out);
    assert!(run.out.contains(" 0 removed, 0 unchanged) in "), "{}", run.out);
    let manifest = repository.read("generated/Cargo.toml");
    assert!(manifest.contains("name = \"ivs-realtime\""), "{manifest}");
    assert!(manifest.contains("version = \"0.1.0\""), "{manifest}");
    assert!(manifest.contains("\"../codegen/runtime\""), "{manifest}");
    assert!(!manifest.contains("[workspace]"), "{manifest}");
}

#[test]
fn a_second_run_writes_nothing() {
    let repository = Repository::generated();
    let run = repository.run(&[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains(": 0 written, 0 removed, "), "{}", run.out);
}

#[test]
fn every_emitted_file_can_be_told_from_a_hand_written_one() {
    let repository = Repository::generated();
    for (path, text) in repository.tree("generated") {
        let head: Vec<&str> = text.lines().take(5).collect();
        assert!(head.concat().contains("@generated"), "{}", path.display());
    }
}

#[test]
fn deleted_sources_are_restored_byte_for_byte_from_any_directory() {
    let repository = Repository::generated();
    let before = repository.tree("generated");
    fs::remove_dir_all(repository.path("generated/src")).expect("it exists");
    let run = run_in(&repository.path("codegen/runtime"), &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(repository.tree("generated"), before);
}

#[test]
fn the_version_of_the_own_crate_is_that_of_the_workspace_manifest() {
    let repository = Repository::generated();
    repository.put("Cargo.toml", "[workspace]\n[workspace.metadata.client]\nversion = \"1.2.3\"\n");
    assert_eq!(repository.run(&["--check"]).code, 1);
    assert_eq!(repository.run(&[]).code, 0);
    let manifest = repository.read("generated/Cargo.toml");
    assert!(manifest.contains("version = \"1.2.3\""), "{manifest}");
    repository.put("generated/Cargo.toml", &manifest.replacen("1.2.3", "1.2.4", 1));
    assert_eq!(repository.run(&["--check"]).code, 1);
}

#[test]
fn a_crate_elsewhere_keeps_its_version_until_another_is_given() {
    let repository = Repository::new();
    let order = ["--model", "model/weather.json", "--out", "elsewhere"];
    assert_eq!(repository.run(&order).code, 0);
    let manifest = repository.read("elsewhere/Cargo.toml");
    repository.put("elsewhere/Cargo.toml", &manifest.replacen("version = \"0.1.0\"", "version = \"1.2.3\"", 1));
    assert_eq!(repository.run(&[&order[..], &["--check"]].concat()).code, 0);
    assert_eq!(repository.run(&[&order[..], &["--crate-version", "2.0.0"]].concat()).code, 0);
    let manifest = repository.read("elsewhere/Cargo.toml");
    assert!(manifest.contains("version = \"2.0.0\""), "{manifest}");
}

#[test]
fn a_change_of_the_model_that_no_source_line_shows_is_drift_all_the_same() {
    let repository = Repository::generated();
    repository.put("model/weather.json", &MODEL.replacen('{', "{ ", 1));
    assert_eq!(repository.run(&["--check"]).code, 1);
}

#[test]
fn a_check_of_a_current_crate_says_so_in_one_line() {
    let run = Repository::generated().run(&["--check"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let line = "codegen --check: generated is current (2 operations, ";
    assert!(run.out.starts_with(line), "{}", run.out);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
}

/// A check that has to fail, on a repository left exactly as it was.
fn drift(repository: &Repository) -> String {
    let before = repository.tree("");
    let run = repository.run(&["--check"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert_eq!(repository.tree(""), before);
    assert!(run.out.ends_with("run: cargo xtask codegen\n"), "{}", run.out);
    run.out
}

#[test]
fn a_check_shows_an_edit_by_hand() {
    let repository = Repository::generated();
    let text = repository.read("generated/src/lib.rs");
    repository.put("generated/src/lib.rs", &format!("{text}// edited\n"));
    let out = drift(&repository);
    assert!(out.contains("--- generated/src/lib.rs\ton disk\n"), "{out}");
    assert!(out.contains("+++ generated/src/lib.rs\temitted\n"), "{out}");
    assert!(out.contains("\n-// edited\n"), "{out}");
    assert!(out.contains("generated is out of date: 1 changed\n"), "{out}");
}

#[test]
fn a_check_shows_what_an_edit_of_the_model_means() {
    let repository = Repository::generated();
    let renamed = MODEL.replace("com.example.weather#GetCity", "com.example.weather#GetTown");
    repository.put("model/weather.json", &renamed);
    let out = drift(&repository);
    assert!(out.contains("--- /dev/null\n"), "{out}");
    assert!(out.contains("+++ /dev/null\n"), "{out}");
}

#[test]
fn a_check_reports_files_that_are_missing_or_too_many() {
    let repository = Repository::generated();
    fs::remove_file(repository.path("generated/src/lib.rs")).expect("it exists");
    repository.put("generated/src/extra.rs", "//! @generated once\n");
    let out = drift(&repository);
    let line = "generated is out of date: 1 missing, 1 no longer emitted\n";
    assert!(out.contains(line), "{out}");
}

#[test]
fn a_check_without_any_generated_crate_creates_none() {
    let repository = Repository::new();
    drift(&repository);
    assert!(!repository.path("generated").exists());
}

#[test]
fn a_file_of_a_person_is_reported_and_nothing_is_written() {
    let repository = Repository::generated();
    repository.put("generated/src/notes.rs", "// mine\n");
    repository.put("generated/src/lib.rs", "// @generated, and edited\n");
    let before = repository.tree("generated");
    let advice = "in the way: generated/src/notes.rs: it has no `@generated` header, \
                  so it is not the generator's; move it elsewhere or delete it\n";

    let check = repository.run(&["--check"]);
    assert_eq!(check.code, 1, "{}", check.err);
    assert!(check.out.contains(advice), "{}", check.out);
    assert!(check.out.contains("1 changed, 1 in the way\n"), "{}", check.out);

    let run = repository.run(&[]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.contains(advice), "{}", run.err);
    assert!(run.err.ends_with("no file was written\n"), "{}", run.err);
    assert_eq!(repository.tree("generated"), before);
}

#[test]
fn another_model_becomes_a_crate_that_stands_alone() {
    let repository = Repository::new();
    let elsewhere = tempfile::tempdir().expect("a temporary directory");
    let out = elsewhere.path().join("clients/weather");
    let shown = out.to_str().expect("temporary paths are UTF-8");
    let model = ["--model", "model/weather.json", "--out", shown];
    let run = repository.run(&[model.as_slice(), &["--crate-name", "my-weather"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);

    let manifest = fs::read_to_string(out.join("Cargo.toml")).expect("it was written");
    assert!(manifest.contains("name = \"my-weather\""), "{manifest}");
    assert!(manifest.contains("\n[workspace]\n"), "{manifest}");
    assert!(manifest.contains("path = \"src/lib.rs\""), "{manifest}");
    let start = manifest.find("path = \"..").expect("a relative dependency") + "path = \"".len();
    let path = manifest[start..].split('"').next().unwrap_or_default();
    let runtime = out.join(path).canonicalize().expect("it leads somewhere");
    let expected = repository.path("codegen/runtime").canonicalize();
    assert_eq!(runtime, expected.expect("it exists"));
}

#[test]
fn a_published_runtime_can_be_named_instead_of_the_path() {
    let repository = Repository::new();
    let run = repository.run(&["--out", "elsewhere", "--runtime-version", "0.7"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let manifest = repository.read("elsewhere/Cargo.toml");
    assert!(manifest.contains("\"0.7\""), "{manifest}");
    assert!(!manifest.contains("codegen/runtime"), "{manifest}");
}

#[test]
fn a_model_that_is_refused_leaves_no_trace() {
    let repository = Repository::new();
    let broken = broken_model();
    repository.put("broken.json", &broken);
    let run = repository.run(&["--model", "broken.json", "--out", "elsewhere"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("error: "), "{}", run.err);
    assert!(run.err.contains("broken.json: com.example.weather#"), "{}", run.err);
    assert!(run.err.contains("hint: "), "{}", run.err);
    assert!(run.err.ends_with(", no file was written\n"), "{}", run.err);
    assert!(!repository.path("elsewhere").exists());
}

#[test]
fn a_model_that_is_refused_leaves_the_generated_crate_as_it_was() {
    let repository = Repository::generated();
    let before = repository.tree("generated");
    repository.put("model/weather.json", "{");
    assert_eq!(repository.run(&[]).code, 1);
    assert_eq!(repository.run(&["--check"]).code, 1);
    assert_eq!(repository.tree("generated"), before);
}

#[test]
fn what_cannot_be_read_is_named_with_exit_code_two() {
    let repository = Repository::new();
    let absent = repository.run(&["--model", "absent.json", "--out", "elsewhere"]);
    assert_eq!(absent.code, 2);
    let message = "error: cannot read absent.json: ";
    assert!(absent.err.starts_with(message), "{}", absent.err);

    fs::write(repository.path("binary.json"), b"{\"a\": \"\xff\"}").expect("it is writable");
    let binary = repository.run(&["--model", "binary.json", "--out", "elsewhere"]);
    assert_eq!(binary.code, 2);
    assert!(binary.err.contains("not UTF-8 from byte 7 on"), "{}", binary.err);
    assert!(!repository.path("elsewhere").exists());

    fs::remove_file(repository.path("model/weather.json")).expect("it exists");
    let empty = repository.run(&[]);
    assert_eq!(empty.code, 2);
    assert!(empty.err.contains("holds no *.json file"), "{}", empty.err);
}

#[test]
fn arguments_that_make_no_sense_are_explained_with_exit_code_two() {
    let repository = Repository::new();
    let cases: [(&[&str], &str); 4] = [
        (&["--model", "model/weather.json"], "--out <DIR>"),
        (&["--chek"], "'--check'"),
        (&["--crate-version", "one"], "three numbers"),
        (&["--crate-name", "a b"], "a package name is"),
    ];
    for (arguments, word) in cases {
        let run = repository.run(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.contains(word), "{arguments:?}: {}", run.err);
    }
    assert!(!repository.path("generated").exists());
}

#[test]
fn help_shows_examples_and_exit_codes() {
    let run = Repository::new().run(&["--help"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for word in ["Usage: cargo xtask codegen", "Examples:", "Exit codes:"] {
        assert!(run.out.contains(word), "{word}: {}", run.out);
    }
}

#[test]
fn a_machine_gets_counts_and_files_by_fate() {
    let repository = Repository::generated();
    fs::remove_file(repository.path("generated/src/lib.rs")).expect("it exists");
    repository.put("generated/src/extra.rs", "//! @generated once\n");

    let check = repository.run(&["--check", "--format", "json"]);
    assert_eq!((check.code, check.err.as_str()), (1, ""));
    let object = check.object();
    assert_eq!(object["status"], "drift");
    assert_eq!(object["exit_code"], 1);
    assert_eq!(object["crate"], "ivs-realtime");
    assert_eq!(object["operations"], 2);
    assert_eq!(object["files"]["added"], serde_json::json!(["src/lib.rs"]));
    assert_eq!(object["files"]["changed"], serde_json::json!([]));
    assert_eq!(object["files"]["removed"], serde_json::json!(["src/extra.rs"]));
    assert_eq!(object["mend"], "cargo xtask codegen");
    assert!(object["seconds"].is_f64(), "{object}");

    let run = repository.run(&["--format", "json"]);
    assert_eq!(run.object()["status"], "written");
    assert_eq!(run.object()["files"]["added"], object["files"]["added"]);
}

#[test]
fn a_machine_gets_diagnostics_as_data() {
    let repository = Repository::new();
    let broken = broken_model();
    repository.put("model/weather.json", &broken);
    let run = repository.run(&["--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let object = run.object();
    assert_eq!(object["status"], "refused");
    let diagnostic = &object["diagnostics"][0];
    assert_eq!(diagnostic["source"], "model/weather.json");
    for key in ["shape", "member", "pointer", "message", "hint"] {
        assert!(diagnostic[key].is_string(), "{key}: {diagnostic}");
    }

    let run = repository.run(&["--format", "json", "--model", "absent", "--out", "o"]);
    assert_eq!(run.code, 2);
    let object = run.object();
    assert_eq!(object["status"], "unreadable");
    let message = object["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("cannot read absent: "), "{message}");
}
