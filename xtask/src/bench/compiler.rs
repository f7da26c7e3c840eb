//! The compiler as Cargo sees it during a benchmark: this very program, which runs the real one and keeps the time.
//!
//! Cargo calls it as `RUSTC_WRAPPER` with the path of rustc first, and as `RUSTDOC` with options only. Each run appends one
//! line to a log: a JSON object, in one write, so that compilers that end at the same time do not mix their lines.

use std::env;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use serde_json::{Value, json};

use super::{cpu, peak};

/// The variable with the path of the log. Where it is set, this program is a compiler.
pub(crate) const LOG: &str = "XTASK_BENCH_LOG";

/// The variable with the real rustdoc.
pub(crate) const RUSTDOC: &str = "XTASK_BENCH_RUSTDOC";

/// One run of a compiler.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unit {
    /// The crate's name, as in `--crate-name`.
    pub(crate) name: String,
    /// What the crate is.
    pub(crate) kind: Kind,
    /// Processor time in seconds, the linker's included; `None` where the system does not tell.
    pub(crate) cpu: Option<f64>,
    /// Seconds that passed.
    pub(crate) wall: f64,
    /// The most bytes of memory that the compiler had in use; `None` where the system does not tell, or where it was too
    /// quick to be looked at.
    pub(crate) peak: Option<f64>,
}

/// What a crate is, to a benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A library or procedural macro.
    Library,
    /// A program, linked.
    Program,
    /// A program that Cargo runs before it compiles the crate.
    BuildScript,
    /// Documentation of a crate.
    Documentation,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Library, Self::Program, Self::BuildScript, Self::Documentation];

    /// The word for it in the log.
    fn word(self) -> &'static str {
        match self {
            Self::Library => "library",
            Self::Program => "program",
            Self::BuildScript => "build script",
            Self::Documentation => "documentation",
        }
    }
}

/// Where Cargo called this program as a compiler: compiles, logs, and answers with the status for Cargo.
pub(crate) fn stand_in() -> Option<ExitCode> {
    let log = env::var_os(LOG)?;
    let mut arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let wraps_rustc = arguments.first().is_some_and(|first| !first.to_string_lossy().starts_with('-'));
    let program = match wraps_rustc {
        true => arguments.remove(0),
        false => env::var_os(RUSTDOC).unwrap_or_else(|| "rustdoc".into()),
    };
    let started = Instant::now();
    let ended = Command::new(&program).args(&arguments).spawn().and_then(peak::wait);
    let wall = started.elapsed().as_secs_f64();
    match ended {
        Ok((status, peak)) => {
            if status.success()
                && let Some((name, kind)) = subject(&arguments, wraps_rustc)
                && let Err(cause) = append(Path::new(&log), &Unit { name, kind, cpu: cpu::of_children(), wall, peak })
            {
                eprintln!("cannot write {}: {cause}", Path::new(&log).display());
                return Some(ExitCode::FAILURE);
            }
            let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
            Some(ExitCode::from(code))
        }
        Err(cause) => {
            eprintln!("cannot run {}: {cause}", Path::new(&program).display());
            Some(ExitCode::FAILURE)
        }
    }
}

/// The crate that a compiler with `arguments` compiles; `None` where it only answers a question of Cargo.
fn subject(arguments: &[OsString], rustc: bool) -> Option<(String, Kind)> {
    let words: Vec<_> = arguments.iter().map(|word| word.to_string_lossy()).collect();
    let value = |option: &str| {
        let at = words.iter().position(|word| word == option)?;
        words.get(at + 1)
    };
    let name = value("--crate-name").filter(|name| *name != "___")?.to_string();
    let kind = match value("--crate-type").map(|kind| &**kind) {
        _ if !rustc => Kind::Documentation,
        Some("bin") if name.starts_with("build_script_") => Kind::BuildScript,
        Some("bin") => Kind::Program,
        _ => Kind::Library,
    };
    Some((name, kind))
}

fn append(log: &Path, unit: &Unit) -> std::io::Result<()> {
    let kind = unit.kind.word();
    let line = json!({ "crate": unit.name, "kind": kind, "cpu": unit.cpu, "wall": unit.wall, "peak": unit.peak });
    OpenOptions::new().create(true).append(true).open(log)?.write_all(format!("{line}\n").as_bytes())
}

/// Reads a log, in the order in which compilers ended. A log that was never begun is empty.
///
/// # Errors
///
/// A sentence with the line that is not one of a log.
pub(crate) fn read_log(log: &Path) -> Result<Vec<Unit>, String> {
    let text = fs::read_to_string(log).unwrap_or_default();
    let numbered = text.lines().enumerate();
    numbered
        .map(|(index, line)| {
            parse(line).ok_or_else(|| {
                let line_number = index + 1;
                format!("{} is not a log of compilers: see line {line_number}; delete it and run again", log.display())
            })
        })
        .collect()
}

fn parse(line: &str) -> Option<Unit> {
    let value: Value = serde_json::from_str(line).ok()?;
    let word = value["kind"].as_str()?;
    Some(Unit {
        name: value["crate"].as_str()?.to_owned(),
        kind: Kind::ALL.into_iter().find(|kind| kind.word() == word)?,
        cpu: value["cpu"].as_f64(),
        wall: value["wall"].as_f64()?,
        peak: value["peak"].as_f64(),
    })
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::fs;

    use super::{Kind, Unit, append, read_log, subject};

    fn of(line: &str, rustc: bool) -> Option<(String, Kind)> {
        let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        subject(&arguments, rustc)
    }

    #[test]
    fn a_crate_is_known_by_its_name_and_type() {
        let named = |name: &str, kind| Some((name.to_owned(), kind));
        assert_eq!(
            of("--crate-name http --edition=2021 src/lib.rs --crate-type lib", true),
            named("http", Kind::Library)
        );
        assert_eq!(of("--crate-name app src/main.rs --crate-type bin", true), named("app", Kind::Program));
        assert_eq!(
            of("--crate-name build_script_build build.rs --crate-type bin", true),
            named("build_script_build", Kind::BuildScript)
        );
        assert_eq!(of("--edition=2024 --crate-name http src/lib.rs", false), named("http", Kind::Documentation));
    }

    #[test]
    fn questions_of_cargo_are_no_crate() {
        assert_eq!(of("-vV", true), None);
        assert_eq!(of("- --crate-name ___ --print=file-names --crate-type bin", true), None);
        assert_eq!(of("--crate-name", true), None);
    }

    #[test]
    fn what_is_logged_is_read_back_in_order() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let log = directory.path().join("log");
        assert_eq!(read_log(&log), Ok(Vec::new()));
        let units = [
            Unit { name: "http".to_owned(), kind: Kind::Library, cpu: Some(1.25), wall: 2.5, peak: Some(4096.0) },
            Unit { name: "build_script_build".to_owned(), kind: Kind::BuildScript, cpu: None, wall: 0.5, peak: None },
        ];
        for unit in &units {
            append(&log, unit).expect("it is writable");
        }
        assert_eq!(read_log(&log).as_deref(), Ok(&units[..]));
    }

    #[test]
    fn a_line_that_is_cut_is_named() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let log = directory.path().join("log");
        fs::write(&log, "{\"crate\":\"a\",\"kind\":\"library\",\"cpu\":1,\"wall\":1}\n{\"crate\":\"b\"")
            .expect("it is writable");
        let error = read_log(&log).expect_err("line 2 is cut");
        assert!(error.contains("line 2"), "{error}");
    }
}
