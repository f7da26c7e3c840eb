//! `cargo xtask bench`: what our client costs, side by side with the official crate.
//!
//! | file | what |
//! | --- | --- |
//! | `scratch.rs` | the workspaces in which each client is built, and Cargo in them |
//! | `compiler.rs` | this program as a compiler that keeps the time of the real one |
//! | `cpu.rs` | processor time of children |
//! | `build.rs`, `slice.rs`, `size.rs`, `calls.rs`, `codegen.rs` | the measures |
//! | `service.rs` | the client of any other service beside its official crate |
//! | `peak.rs` | the memory that children take |
//! | `readme.rs`, `source.rs`, `meter.rs`, `bodies.rs`, `server.rs` | what they measure with |
//! | `table.rs` | rows, bars, and how they are shown |
//!
//! The programs that are built against either client are in `tests/bench/`.

mod bodies;
mod build;
mod calls;
mod codegen;
pub(crate) mod compiler;
pub(crate) mod cpu;
mod meter;
mod peak;
mod readme;
mod scratch;
mod server;
mod service;
mod size;
mod slice;
mod source;
mod table;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::thread;

use clap::{Args, ValueEnum};

pub(crate) use compiler::stand_in;
use meter::Meter;
use scratch::Scratch;
pub(crate) use scratch::{OFFICIAL_VERSION, Side, plain};
use service::Official;
use table::Findings;

use crate::emitted::Model;
use crate::workspace;

/// How often things are measured, unless `--runs` says.
const RUNS: usize = 3;

/// How often what takes minutes is measured, unless `--runs` says.
const LONG_RUNS: usize = 1;

/// What `--help` says below the list of options.
const HELP: &str = "\
Builds and runs the client of this repository and the official crate, aws-sdk-ivsrealtime
1.133.0 from the registry, side by side and in turns, with the same features, the same
programs (tests/bench/) and the same dependencies. Everything is built below target/bench/,
which may be deleted; kept, it saves building the dependencies again.

Parts:
  lines     lines, bytes and files of source
  build     check, debug and release build of each crate alone, dependencies built
  slice     lines and debug build of crates with 3 operations, and of types alone
  consumer  debug build of crate and an application of 1 operation, of all 40
  cold      the README's first program from nothing, beside its like with the official crate
  size      stripped release programs, libraries
  doc       cargo doc of each crate alone
  codec     decoding and encoding, beside serde_json with derived code
  call      whole calls on loopback
  codegen   emitting the client from the model

CPU is processor time, user and system, of the compiler and its linker (of Cargo and all
below it for cold builds): it holds on a busy machine, wall time does not. It needs Linux.
Calls are counted in instructions where valgrind is installed, else in processor time.
Medians are shown. A bar that is not met is shown as such and is no failure.

With --model and --official it is the client of that model beside that crate: lines, and check and
debug build of each alone, with the most memory that the compiler had in use, once.

Examples:
  cargo xtask bench
      Everything; some 30 minutes of processor time.
  cargo xtask bench --only lines,build
      How large the crate is, and how long it takes to build.
  cargo xtask bench --only codec --format json
      One JSON object on stdout: rows with both numbers, ratio, bars, and whether they are met.
  cargo xtask bench --runs 5 --format markdown
      A table for a README; release and cold builds five times as well.
  cargo xtask bench --model botocore-1.44.8-py3-none-any.whl --service ec2 --official aws-sdk-ec2@1.274.0
      EC2 beside its official crate, which takes many minutes, and 10 GB of memory.

Exit codes:
  0  measured; parts for which a tool is missing are named and left out
  1  a build or program failed; the rest is shown
  2  bad arguments, or nothing can be built here";

/// What `bench` can be asked for.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Measure only these parts, separated by commas [default: all]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PARTS")]
    only: Vec<Part>,

    /// Measure the client of this model: a file, a folder or an archive
    #[arg(long, value_name = "PATH", requires = "official")]
    model: Option<PathBuf>,

    /// The service to take, where the model holds several
    #[arg(long, value_name = "NAME", requires = "model")]
    service: Option<String>,

    /// The official crate of that service, from the registry
    #[arg(long, value_name = "PACKAGE@VERSION", requires = "model")]
    official: Option<Official>,

    /// How often to measure [default: 3, but 1 for release and cold builds]
    #[arg(long, value_name = "N", value_parser = runs)]
    runs: Option<usize>,

    /// For whom the result is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Arguments {
    /// The model whose client is measured, and the crate that it is measured beside; `None` for the repository's own.
    fn subject(&self) -> Option<(Model, &Official)> {
        let (path, official) = self.model.as_ref().zip(self.official.as_ref())?;
        Some((
            Model { path: path.clone(), service: self.service.clone(), skip_unsupported: false, operations: None },
            official,
        ))
    }
}

/// A part of the benchmark, in the order in which parts are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Lines, bytes and files of source
    Lines,
    /// Check, debug and release build of each crate alone
    Build,
    /// Lines and debug build of crates with 3 operations, and of types alone
    Slice,
    /// Debug build of crate and application
    Consumer,
    /// The README's first program from nothing
    Cold,
    /// Stripped release programs, libraries
    Size,
    /// cargo doc of each crate alone
    Doc,
    /// Decoding and encoding
    Codec,
    /// Whole calls on loopback
    Call,
    /// Emitting the client from the model
    Codegen,
}

/// For whom a result is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A person at a terminal: an aligned table
    Text,
    /// A README: a table in Markdown
    Markdown,
    /// A program: one JSON object
    Json,
}

/// Where and how often to measure.
#[derive(Debug)]
struct Bench {
    root: PathBuf,
    runs: usize,
    long_runs: usize,
}

impl Bench {
    /// The workspaces with warm dependencies.
    fn warm(&self) -> Result<[Scratch; 2], String> {
        let [official, ours] = Side::BOTH.map(|side| Scratch::warm(&self.root, side));
        Ok([official?, ours?])
    }
}

/// What is being done, on one line of stderr, where that is a terminal.
#[derive(Debug)]
struct Progress {
    shown: bool,
}

impl Progress {
    /// Replaces the line.
    fn say(&self, text: &str) {
        if self.shown {
            eprint!("\r\x1b[K{text}");
        }
    }

    /// Removes the line.
    fn clear(&self) {
        self.say("");
    }
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let here = match std::env::current_dir() {
        Ok(here) => here,
        Err(cause) => {
            eprintln!("cannot find the current directory: {cause}");
            return ExitCode::from(2);
        }
    };
    let bench = Bench {
        root: workspace::root(&here),
        runs: arguments.runs.unwrap_or(if arguments.official.is_some() { LONG_RUNS } else { RUNS }),
        long_runs: arguments.runs.unwrap_or(LONG_RUNS),
    };
    let official = match &arguments.official {
        Some(official) => format!("{} {}", official.package, official.version),
        None => format!("{} {OFFICIAL_VERSION}", Side::Official.package()),
    };
    let conditions = match conditions(&bench, &official) {
        Ok(conditions) => conditions,
        Err(reason) => {
            eprintln!("{reason}");
            return ExitCode::from(2);
        }
    };
    let progress = Progress { shown: io::stderr().is_terminal() };
    let mut findings = Findings { conditions, ..Findings::default() };
    let parts = Part::value_variants().iter();
    let parts = parts.filter(|part| arguments.only.is_empty() || arguments.only.contains(part));
    match arguments.subject() {
        Some((model, official)) => beside(&model, official, parts, &bench, &progress, &mut findings),
        None => parts.for_each(|part| measure(*part, &bench, &progress, &mut findings)),
    }
    progress.clear();
    let text = match arguments.format {
        Format::Text => findings.text(),
        Format::Markdown => findings.markdown(),
        Format::Json => findings.machine(),
    };
    // A reader that hangs up early, as `head` does, is nothing to complain about.
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::from(u8::from(!findings.failed.is_empty()))
}

/// Measures those parts that there are of the client of a model beside an official crate.
fn beside<'p>(
    model: &Model,
    official: &Official,
    parts: impl Iterator<Item = &'p Part>,
    bench: &Bench,
    progress: &Progress,
    findings: &mut Findings,
) {
    let pair = match service::Pair::of(&bench.root, model, official) {
        Ok(pair) => pair,
        Err(reason) => return findings.failed.push(reason.trim_end().to_owned()),
    };
    for part in parts {
        let rows = match part {
            Part::Lines => pair.sources(),
            Part::Build => pair.builds(bench, progress),
            _ => continue,
        };
        match rows {
            Ok(rows) => findings.rows.extend(rows),
            Err(reason) => findings.failed.push(format!("{}: {}", name(*part), reason.trim_end())),
        }
    }
}

/// Measures one part and adds what it came to.
fn measure(part: Part, bench: &Bench, progress: &Progress, findings: &mut Findings) {
    let builds = matches!(part, Part::Build | Part::Slice | Part::Consumer | Part::Cold | Part::Doc);
    if builds && cpu::of_children().is_none() {
        findings.skipped.push(format!("the processor times of {part:?}, as this system has no /proc/self/stat"));
    }
    let rows = match part {
        Part::Lines => size::sources(bench, progress),
        Part::Build => build::alone(bench, progress),
        Part::Slice => slice::beside_the_whole(bench, progress),
        Part::Consumer => build::consumers(bench, progress),
        Part::Cold => build::cold(bench, progress),
        Part::Size => size::built(bench, progress),
        Part::Doc => build::documentation(bench, progress),
        Part::Codec | Part::Call => match Meter::find() {
            Some(meter) if part == Part::Codec => calls::codec(bench, meter, progress),
            Some(meter) => calls::loopback(bench, meter, progress),
            None => {
                let reason = "there is neither valgrind nor /proc/self/stat; install valgrind";
                findings.skipped.push(format!("{}, as {reason}", name(part)));
                return;
            }
        },
        Part::Codegen => codegen::shipped_model(bench, progress),
    };
    match rows {
        Ok(rows) => findings.rows.extend(rows),
        Err(reason) => findings.failed.push(format!("{}: {}", name(part), reason.trim_end())),
    }
}

/// A part's name on the command line.
fn name(part: Part) -> String {
    part.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Where and how things are measured.
fn conditions(bench: &Bench, official: &str) -> Result<String, String> {
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(compiler)
        .arg("--version")
        .current_dir(&bench.root)
        .output()
        .map_err(|cause| format!("cannot run rustc: {cause}; install Rust from https://rustup.rs"))?;
    let version = String::from_utf8_lossy(&output.stdout);
    let version = version.split_whitespace().nth(1).unwrap_or("of unknown version").to_owned();
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let (runs, long_runs) = (bench.runs, bench.long_runs);
    let times = |runs| if runs == 1 { "1 run".to_owned() } else { format!("{runs} runs") };
    let medians = match runs == long_runs {
        true => format!("medians of {}", times(runs)),
        false => format!("medians of {} ({} of release and cold builds)", times(runs), times(long_runs)),
    };
    Ok(format!("official: {official}; rustc {version}; {processors} processors; {medians}"))
}

/// Reads `--runs`.
fn runs(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(runs) if (1..=99).contains(&runs) => Ok(runs),
        _ => Err("it is a number from 1 to 99".to_owned()),
    }
}
