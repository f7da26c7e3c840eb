//! `cargo xtask streams`: large objects through the emitted client of S3, and through the official one.
//!
//! The program `tests/streams/objects.rs` is built with either, and run against a server of S3 on this machine. What it
//! tells of processor time and memory is put side by side.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::Duration;

use clap::Args;
use serde::Deserialize;

use crate::emitted::{self, Model};
use crate::workspace;

/// What `--help` says below the list of options.
const HELP: &str = "\
The client of S3 is emitted from ../shared/models/aws-2026, and a program sends a file to a server
of S3 on this machine and reads it back, without ever having it in memory. The server is s3s-fs
(cargo install s3s-fs --features binary). Programs are built with optimizations below
target/streams/, which may be deleted.

Examples:
  cargo xtask streams
      An object of 1 GiB, three times; the least and the middle processor time, and the highest peak
      of memory.
  cargo xtask streams --official
      The official crate beside it, in turn. It takes some minutes to build.

Exit codes:
  0  every object came back; or it says `skipped:`, as the server or the model is missing
  1  a program does not compile, or fails
  2  bad arguments, or nothing can be built or run here";

/// The model, relative to the repository.
const MODEL: &str = "../shared/models/aws-2026/s3.json";

/// Where programs are built, relative to the repository.
const BUILT: &str = "target/streams";

/// The package of the emitted client.
const CLIENT: &str = "streams-s3";

/// What `streams` can be asked for.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Measure the official crate as well
    #[arg(long)]
    official: bool,

    /// The size of the object in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    size: usize,

    /// How often the object is sent and read
    #[arg(long, value_name = "TIMES", default_value_t = 3)]
    rounds: usize,

    /// The server
    #[arg(long, value_name = "PROGRAM", default_value = "s3s-fs")]
    server: PathBuf,
}

/// A line of the program.
#[derive(Clone, Debug, Deserialize)]
struct Measured {
    what: String,
    cpu_ms: u64,
    peak_kib: u64,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match attempt(arguments) {
        Ok(Ok(report)) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Ok(Err(failure)) => {
            eprintln!("{}", failure.trim_end());
            ExitCode::FAILURE
        }
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::from(2)
        }
    }
}

/// What the programs measured, or why one of them failed.
fn attempt(arguments: &Arguments) -> Result<Result<String, String>, String> {
    let here = env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
    let root = workspace::root(&here);
    if !root.join(MODEL).is_file() {
        return Ok(Ok(format!("skipped: not found: {MODEL}\n")));
    }
    if Command::new(&arguments.server).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        return Ok(Ok(format!("skipped: no server of S3: {} cannot be run\n", arguments.server.display())));
    }
    let mut programs = Vec::new();
    for side in ["emitted", "official"].into_iter().take(1 + usize::from(arguments.official)) {
        match build(&root, side)? {
            Ok(program) => programs.push((side, program)),
            Err(failure) => return Ok(Err(failure)),
        }
    }
    let mut all = Rounds::new();
    for round in 0..arguments.rounds {
        for (side, program) in &programs {
            let server = Server::start(&arguments.server, &root.join(BUILT).join("objects"))?;
            match measure(program, &server, &format!("{side}-{round}"), arguments.size)? {
                Ok(measured) => measured.into_iter().for_each(|one| {
                    all.entry((one.what.clone(), (*side).to_owned())).or_default().push(one);
                }),
                Err(failure) => return Ok(Err(format!("{side}: {failure}"))),
            }
        }
    }
    Ok(Ok(report(&all)))
}

/// Builds the program of a side; its path, or what the compiler says.
fn build(root: &Path, side: &str) -> Result<Result<PathBuf, String>, String> {
    let built = root.join(BUILT).join(side);
    if side == "emitted" {
        let model = Model { path: root.join(MODEL), service: None, skip_unsupported: true, operations: None };
        if let Err(refused) = model.emit(root, CLIENT, &built.join("client"))? {
            return Ok(Err(refused));
        }
    }
    let source = "../../../tests/streams/objects.rs";
    emitted::write_program(root, &built, &format!("objects-{side}"), source, &dependencies(side))?;
    let target = root.join(BUILT).join("target");
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "--release", "--manifest-path"]).arg(built.join("Cargo.toml"));
    let output = cargo.env("CARGO_TARGET_DIR", &target).stdin(Stdio::null()).output();
    let output = output.map_err(|cause| format!("cannot run cargo: {cause}"))?;
    Ok(match output.status.success() {
        true => Ok(target.join("release").join(format!("objects-{side}"))),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    })
}

/// What a side's program depends on.
fn dependencies(side: &str) -> String {
    let features =
        |more: &str| format!("default-features = false, features = [\"behavior-version-latest\", \"rt-tokio\"{more}]");
    let client = match side {
        "emitted" => format!("{{ package = \"{CLIENT}\", path = \"client\", {} }}", features(", \"presigning\"")),
        _ => format!("{{ package = \"aws-sdk-s3\", version = \"1\", {} }}", features("")),
    };
    format!(
        "\
sdk = {client}
aws-smithy-http-client = {{ version = \"1\", default-features = false, features = [\"default-client\"] }}
process-usage = {{ path = \"../../../tests/process-usage\" }}
tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}
"
    )
}

/// Runs a program against a server; what it measured, or what it says of its failure.
fn measure(program: &Path, server: &Server, bucket: &str, mib: usize) -> Result<Result<Vec<Measured>, String>, String> {
    let output = Command::new(program).args([&server.url, bucket, &mib.to_string()]).output();
    let output = output.map_err(|cause| format!("cannot run {}: {cause}", program.display()))?;
    if !output.status.success() {
        return Ok(Err(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let lines = String::from_utf8_lossy(&output.stdout);
    let lines: Result<Vec<_>, _> = lines.lines().map(serde_json::from_str).collect();
    Ok(lines.map_err(|cause| format!("it does not tell what it measured: {cause}")))
}

/// What was measured, by direction and side.
type Rounds = BTreeMap<(String, String), Vec<Measured>>;

/// A line for each direction and side.
fn report(all: &Rounds) -> String {
    let line = |((what, side), rounds): (&(String, String), &Vec<Measured>)| {
        let mut times: Vec<_> = rounds.iter().map(|one| one.cpu_ms as f64 / 1000.0).collect();
        times.sort_by(f64::total_cmp);
        let [least, middle] = [0, times.len() / 2].map(|index| times.get(index).copied().unwrap_or_default());
        let peak = rounds.iter().map(|one| one.peak_kib).max().unwrap_or_default() as f64 / 1024.0;
        format!("{what} {side}: {least:.2} s of processor at least, {middle:.2} s mostly, {peak:.1} MiB above idle\n")
    };
    all.iter().map(line).collect()
}

/// A server that is stopped, and its objects gone, with the value.
struct Server {
    child: Child,
    url: String,
    objects: PathBuf,
}

impl Server {
    fn start(program: &Path, objects: &Path) -> Result<Self, String> {
        let failed = |cause| format!("cannot start {}: {cause}", program.display());
        fs::create_dir_all(objects).map_err(failed)?;
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).map_err(failed)?.port();
        let mut command = Command::new(program);
        command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
        command.args(["--access-key", "AKIDEXAMPLE", "--secret-key", "secret"]).arg(objects);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(failed)?;
        let server = Self { child, url: format!("http://127.0.0.1:{port}"), objects: objects.to_owned() };
        for _ in 0..200 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(server);
            }
            sleep(Duration::from_millis(50));
        }
        Err(format!("{} does not listen", program.display()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Of a server that is gone already there is nothing to stop.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.objects);
    }
}

#[cfg(test)]
mod tests {
    use super::{Measured, Rounds, report};

    #[test]
    fn the_least_and_the_middle_time_and_the_highest_peak_count() {
        let of = |(cpu_ms, peak_kib)| Measured { what: "put".to_owned(), cpu_ms, peak_kib };
        let rounds = [(1500, 2048), (1200, 1024), (9000, 1024)].map(of).to_vec();
        let all = Rounds::from([(("put".to_owned(), "emitted".to_owned()), rounds)]);
        let line = "put emitted: 1.20 s of processor at least, 1.50 s mostly, 2.0 MiB above idle\n";
        assert_eq!(report(&all), line);
    }
}
