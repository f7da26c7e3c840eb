//! botocore, in a process of Python.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::cases::Case;

/// The program that makes the calls.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/botocore/calls.py");

/// A Python that has botocore.
pub(crate) struct Botocore {
    /// Its version.
    pub(crate) version: String,
    /// Its description of the service as of the date of our model: the one that is installed may be of another.
    service: PathBuf,
}

impl Botocore {
    /// Finds it, or says what is missing.
    pub(crate) fn find() -> Result<Self, String> {
        let output = python(&["-c", "import botocore; print(botocore.__version__)"]).output();
        let output = output.map_err(|error| format!("no python3: {error}"))?;
        if !output.status.success() {
            return Err("this python3 has no botocore".to_owned());
        }
        let service = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/models/botocore/2026-11-17");
        if !service.exists() {
            return Err(format!("not found: {}", service.display()));
        }
        Ok(Self { version: text(&output).trim().to_owned(), service })
    }

    /// Makes the calls, and returns what became of each.
    pub(crate) fn call(&self, cases: &[Case]) -> Vec<Value> {
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("botocore-calls.jsonl");
        let lines: String = cases.iter().map(|case| format!("{}\n", case.json())).collect();
        std::fs::write(&file, lines).expect("the folder for temporary files can be written");
        let output = python(&[SCRIPT]).arg(&file).arg(&self.service).output().expect("python3 starts");
        assert!(output.status.success(), "{SCRIPT}: {}", String::from_utf8_lossy(&output.stderr));
        let lines = text(&output).lines();
        let seen: Vec<Value> = lines.map(|line| serde_json::from_str(line).expect("the program prints JSON")).collect();
        assert_eq!(seen.len(), cases.len());
        seen
    }
}

/// Python without what the environment says of AWS.
fn python(arguments: &[&str]) -> Command {
    let mut command = Command::new("python3");
    command.args(arguments);
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("AWS_")) {
        command.env_remove(name);
    }
    let nowhere = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-such-file");
    command.env("AWS_CONFIG_FILE", &nowhere).env("AWS_SHARED_CREDENTIALS_FILE", nowhere);
    command
}

fn text(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("the program prints text")
}
