//! `cargo smithy-client` as its user meets it: runs of the binary in small workspaces, exit codes, words, and what is on
//! disk afterwards.

#[path = "command/add.rs"]
mod add;
#[path = "command/build.rs"]
mod build;
#[path = "command/cost.rs"]
mod cost;
#[path = "command/follow.rs"]
mod follow;
#[path = "command/hostile.rs"]
mod hostile;
#[path = "command/models.rs"]
mod models;
#[path = "command/official.rs"]
mod official;
#[path = "command/sync.rs"]
mod sync;
#[path = "command/without_aws_lc.rs"]
mod without_aws_lc;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// A service with the operations GetCity and ListCities.
const MODEL: &str = include_str!("weather.json");

/// What botocore has of a service of the same name.
const DESCRIPTION: &str = include_str!("weather-service-2.json");

/// A package that stands alone.
const PACKAGE: &str = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n";

/// A workspace on disk.
struct Workspace(TempDir);

/// What a run came to.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Workspace {
    /// One with these files, and the model of a service in `weather.json`.
    fn of(files: &[(&str, &str)]) -> Self {
        let workspace = Self(tempfile::tempdir().expect("a temporary directory"));
        workspace.put("weather.json", MODEL);
        files.iter().for_each(|(path, text)| workspace.put(path, text));
        workspace
    }

    /// A package whose program is this.
    fn package(program: &str) -> Self {
        Self::of(&[("Cargo.toml", PACKAGE), ("src/main.rs", program)])
    }

    /// The same with a client of the service of [`MODEL`].
    fn with_client(program: &str) -> Self {
        let workspace = Self::package(program);
        workspace.passes(&["add", "weather", "--model", "weather.json"]);
        workspace
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().expect("it is below the workspace")).expect("it is writable");
        fs::write(place, text).expect("it is writable");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|cause| panic!("{path}: {cause}"))
    }

    /// The command with these arguments, in the root of the workspace.
    fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments)
    }

    /// The same in a directory below it.
    fn run_in(&self, directory: &str, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-smithy-client"));
        command.arg("smithy-client").args(arguments).current_dir(self.path(directory));
        command.env_remove("CARGO_TARGET_DIR").env("NO_COLOR", "1");
        let output = command.output().expect("the binary was built");
        let text = |bytes| String::from_utf8(bytes).expect("the command writes UTF-8");
        Run { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// A run that has to succeed.
    fn passes(&self, arguments: &[&str]) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}{}", run.out, run.err);
        run
    }

    /// Every file but what is built, with its text.
    fn tree(&self) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        walk(self.0.path(), self.0.path(), &mut files);
        files
    }
}

fn walk(root: &Path, directory: &Path, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(directory).expect("it is readable") {
        let path = entry.expect("it is readable").path();
        if path.is_dir() {
            if path != root.join("target") {
                walk(root, &path, files);
            }
            continue;
        }
        let name = path.strip_prefix(root).expect("it is below the root").to_string_lossy().replace('\\', "/");
        files.insert(name, fs::read_to_string(&path).expect("it is text"));
    }
}

/// The JSON object that a run with `--format json` prints.
fn object(run: &Run) -> Value {
    assert_eq!(run.err, "");
    serde_json::from_str(&run.out).expect("it is one object")
}
