//! `cargo xtask codegen`: a client crate from a model, or a check that it is
//! current.
//!
//! One path for both: the sources are read, the whole crate is emitted in
//! memory and compared with the disk. Only then does a run write, or a check
//! tell. A model that the generator refuses therefore never touches the disk.
//! `many` takes that path for each model of a place, `summary` tells what came
//! of them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, ValueEnum};
use smithy_client_codegen::{Emit, Options, RuntimeDependency, Source, Writer};

use crate::workspace;
use cargo_smithy_client::emission::{self, Held, Order, Prepared, Refusal, resolve, waiting};
use cargo_smithy_client::files::{self, Limits};
use cargo_smithy_client::outcome::{self, Context, Outcome, Streams};
use cargo_smithy_client::source::Sources;
use cargo_smithy_client::write::Realm;
use cargo_smithy_client::{paths, terminal, write};
use values::{crate_name, crate_version, requirement};

mod choice;
mod command;
mod many;
pub(crate) mod sources;
mod values;

/// The crate that is emitted from the repository's own model.
const CRATE_NAME: &str = "ivs-realtime";

/// The directory of the repository's own model, below its root.
pub(crate) const MODEL: &str = "model";

/// The directory of the crate emitted from it, below the root.
pub(crate) const OUT: &str = "generated";

/// The runtime crate that emitted crates link against, below the root.
const RUNTIME: &str = "codegen/runtime";

/// The version of a crate that is emitted for the first time.
const FIRST_VERSION: &str = "0.1.0";

/// What lines that sum up begin with.
const PROGRAM: &str = "codegen";

/// How to go on where a directory holds another crate.
const WAYS: &str = "give the new crate a directory of its own with --out, or turn this one into it with --replace";

/// What `--help` says below the list of options.
const HELP: &str = "\
Without options it reads every *.json of model/ and writes generated/. Only files that
differ are written; files that are no longer emitted are removed. .emitted-files lists what
a run has written: any other file is never replaced or deleted, and where one is in the way,
the command says so and writes nothing. A run replaces the whole crate or nothing, also when
it is interrupted; of two runs for one directory the second waits.

The version of generated/ is that of [workspace.metadata.client] in Cargo.toml; a crate
elsewhere keeps the version it has. --crate-version gives another.

With --operations the crate has those operations alone, and the types and errors that they
reach; what is left is the same API. With --emit types it has types alone, inputs and outputs
included, and depends on nothing of the engine, so that it builds for wasm32-unknown-unknown.
--except leaves out what it names, and --skip-unsupported what the generator cannot emit yet.
The crate's manifest records these choices, so that later runs and checks of that directory
keep them without the options; `--operations all` and `--emit client` end them.

Of the protocols that a service lists, the client speaks the one that AWS's clients prefer. --protocol
chooses another, which the manifest records as well; `--protocol default` ends that.

With --models-dir every model of a directory becomes a crate below --out: Smithy files, a file
or a directory each, or what botocore has, as a folder, a wheel or another archive. They are
emitted on all processors, and each is written as a whole or not at all. One that fails does
not stop the others: a table tells what came of each, and the command ends with 1.

A crate that is there stays what it is, a client or types, of its service, of all of it or of
a part. To make another one of it takes --replace. generated/ is the client of all of model/:
a part of it belongs elsewhere.

Examples:
  cargo xtask codegen
      Regenerate the client of this repository.
  cargo xtask codegen --check
      Show what would change, as a diff; for CI and before a commit.
  cargo xtask codegen --model ivs.json --out ../ivs-client --crate-name ivs-client
      Emit a client of another service, which builds where it stands.
  cargo xtask codegen --model botocore/data/ivschat --out ../ivs-chat
      The same from what botocore has of a service; `update` keeps such a model.
  cargo xtask codegen --model a.json --model a.docs.json --out a --runtime-version 0.1
      Merge two files; depend on the published runtime instead of the one here.
  cargo xtask codegen --out ../lobby --operations CreateStage,CreateParticipantToken
      Emit a client of two operations, which builds in a third of the time.
  cargo xtask codegen --model lambda.json --out ../lambda --skip-unsupported
      Emit what can be emitted of a service, where that is not all of it.
  cargo xtask codegen --out ../ivs-types --emit types
      Emit types with serde, for a front end, a Lambda function or a store.
  cargo xtask codegen --model botocore-1.43.0-py3-none-any.whl --service dynamodb --out ../db
      The same from the archive in which botocore is released.
  cargo xtask codegen --models-dir ../api-models --out ../clients --skip-unsupported
      Emit what can be emitted of every service, each into ../clients/NAME.
  cargo xtask codegen --check --format json
      One JSON object on stdout: counts, files by fate, diagnostics, seconds.

Exit codes:
  0  written, or with --check current
  1  the model is refused, a file or another crate is in the way, or with --check something
     differs
  2  bad arguments, or a file that cannot be read or written";

/// What `codegen` can be asked for.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Write nothing; print a diff of what would change, and fail if anything would
    #[arg(long)]
    check: bool,

    /// Model to read instead of model/: a Smithy JSON AST, a directory of them, or botocore's files of a service; repeat it
    /// to merge several
    #[arg(long = "model", value_name = "PATH", requires = "out")]
    models: Vec<PathBuf>,

    /// Emit a crate of every model of a directory or archive, each into a directory of its name below --out
    #[arg(
        long,
        value_name = "PATH",
        requires = "out",
        conflicts_with_all = ["models", "service", "crate_name", "operations", "operations_file", "except"]
    )]
    models_dir: Option<PathBuf>,

    /// The service to take, where a model holds several
    #[arg(long, value_name = "NAME", requires = "models")]
    service: Option<String>,

    /// Directory of the emitted crate [default: generated/ of this repository]
    #[arg(long, value_name = "DIR", required_if_eq("emit", "types"))]
    out: Option<PathBuf>,

    /// Name of the emitted package [default: the one it has, else ivs-realtime, or with --model from the service]
    #[arg(long, value_name = "NAME", value_parser = crate_name)]
    crate_name: Option<String>,

    /// Version of the emitted package [default: the one it has, or 0.1.0]
    #[arg(long, value_name = "VERSION", value_parser = crate_version)]
    crate_version: Option<String>,

    /// Depend on a published runtime of this version [default: by path on the one here]
    #[arg(long, value_name = "VERSION", value_parser = requirement)]
    runtime_version: Option<String>,

    #[command(flatten)]
    choice: choice::Choice,

    /// Turn the crate that is there into another: of another service, of fewer operations, or types alone
    #[arg(long)]
    replace: bool,

    #[command(flatten)]
    limits: Limits,

    /// For whom the result is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// For whom a result is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A person
    Text,
    /// A program: one JSON object on stdout
    Json,
}

impl Arguments {
    /// Those of a run that emits a crate of `models` into `out`, else that of this repository.
    pub(crate) fn of_crate(models: Vec<PathBuf>, out: Option<PathBuf>, version: Option<String>) -> Self {
        Self {
            check: false,
            models,
            models_dir: None,
            service: None,
            out,
            crate_name: None,
            crate_version: version,
            runtime_version: None,
            choice: choice::Choice::default(),
            replace: false,
            limits: Limits::default(),
            format: Format::Text,
        }
    }
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let started = Instant::now();
    if let Some(place) = &arguments.models_dir {
        return many::run(arguments, place, started);
    }
    let outcome = attempt(arguments).unwrap_or_else(Outcome::Unreadable);
    let context = Context {
        program: PROGRAM,
        ways: WAYS,
        out: command::shown_out(arguments),
        command: command::mending(arguments),
        elapsed: started.elapsed(),
    };
    let streams = match arguments.format {
        Format::Text => outcome::text(&outcome, &context, terminal::stdout()),
        Format::Json => Streams { out: outcome::machine(&outcome, &context), err: String::new() },
    };
    terminal::tell(&streams.out, &streams.err);
    ExitCode::from(outcome.exit_code())
}

/// Reads, emits, compares and, unless it is a check, writes.
///
/// # Errors
///
/// A sentence on what could not be read.
fn attempt(arguments: &Arguments) -> Result<Outcome, String> {
    let here = std::env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
    let root = workspace::root(&here);
    let sources = match arguments.models.as_slice() {
        [] => sources::of_repository(&root, arguments.limits)?,
        paths => Sources::of_paths(paths, arguments.service.as_deref(), arguments.limits)?,
    };
    emitted(arguments, &root, sources)
}

/// Emits, compares and, unless it is a check, writes what was read.
///
/// # Errors
///
/// A sentence on what could not be read.
fn emitted(arguments: &Arguments, root: &Path, sources: Sources) -> Result<Outcome, String> {
    let waiting = |holder: &str| terminal::tell("", &waiting(holder, &command::shown_out(arguments)));
    let directory = directory(arguments, root)?;
    let room = match emission::enter(&directory, &[root], arguments.check, &waiting)? {
        Ok(room) => room,
        Err(outcome) => return Ok(outcome),
    };
    emission::emit(&order(arguments, root, directory)?, sources, room.as_ref())
}

/// Emits a crate in memory and compares it with the disk.
///
/// # Errors
///
/// A sentence on what could not be read; or, within, why the crate is not emitted.
pub(crate) fn prepare(
    arguments: &Arguments,
    root: &Path,
    sources: &[Source],
) -> Result<Result<Prepared, Refusal>, String> {
    emission::prepare(&order(arguments, root, directory(arguments, root)?)?, sources)
}

/// What is to be emitted into this directory.
///
/// # Errors
///
/// A sentence on what could not be read, or is not the name of anything.
fn order(arguments: &Arguments, root: &Path, directory: PathBuf) -> Result<Order, String> {
    let is_own = directory == resolve(&root.join(OUT))?;
    let held = Held::of(&directory);
    // The repository's own crate is the client of all of its model; a part of that has to be asked for each time.
    let kept = held.as_ref().filter(|_| !is_own);
    let options = options(arguments, root, &directory, is_own, kept)?;
    let own = Held { service: held.as_ref().and_then(|held| held.service.clone()), ..Held::default() };
    let held = if is_own { Some(own) } else { held };
    let realm = if is_own { Realm::Everything } else { Realm::Sources };
    Ok(Order { directory, options, held: held.filter(|_| !arguments.replace), realm })
}

/// Where the emitted crate belongs.
pub(crate) fn directory(arguments: &Arguments, root: &Path) -> Result<PathBuf, String> {
    match &arguments.out {
        Some(out) => resolve(out),
        None => resolve(&root.join(OUT)),
    }
}

/// What the generator is asked for, where this crate is kept.
fn options(
    arguments: &Arguments,
    root: &Path,
    directory: &Path,
    is_own: bool,
    kept: Option<&Held>,
) -> Result<Options, String> {
    let emit = arguments.choice.emit(kept);
    let version = arguments.crate_version.clone().or_else(|| {
        let stated = if is_own { workspace_version(root) } else { kept?.version.clone() };
        crate_version(&stated?).ok()
    });
    let runtime = match &arguments.runtime_version {
        Some(version) => RuntimeDependency::Version(version.clone()),
        None => {
            let runtime = resolve(&root.join(RUNTIME))?;
            let path = paths::relative(directory, &runtime)
                .ok_or_else(|| format!("the path {} is not UTF-8, so no manifest can name it", runtime.display()))?;
            // This repository's own crate goes to a registry together with the runtime.
            match is_own.then(|| version_of(&runtime)).flatten() {
                Some(version) => RuntimeDependency::PathAndVersion { path, version },
                None => RuntimeDependency::Path(path),
            }
        }
    };
    Ok(Options {
        crate_name: arguments.crate_name.clone().or_else(|| package_name(arguments, emit, kept)),
        crate_version: Some(version.unwrap_or_else(|| FIRST_VERSION.to_owned())),
        runtime,
        standalone: !is_own,
        emit,
        operations: arguments.choice.selection(kept, &command::shown_out(arguments))?,
        skip_unsupported: arguments.choice.skip_unsupported(kept),
        protocol: arguments.choice.protocol(kept),
        writer: Writer::default(),
    })
}

/// The name of a crate that the command line does not name: the one that it has, unless it becomes another crate, else
/// that of the repository's model; `None` leaves it to the service.
fn package_name(arguments: &Arguments, emit: Emit, kept: Option<&Held>) -> Option<String> {
    let kept = kept.filter(|held| !arguments.replace && held.emit == emit);
    let stated = kept.and_then(|held| held.name.as_deref()).and_then(|name| crate_name(name).ok());
    let own = || match emit {
        Emit::Client => CRATE_NAME.to_owned(),
        Emit::Types => format!("{CRATE_NAME}-types"),
    };
    stated.or_else(|| arguments.models.is_empty().then(own))
}

/// The version of the package in a folder.
fn version_of(package: &Path) -> Option<String> {
    write::version_in(&files::text(&package.join("Cargo.toml")).ok()?, "[package]")
}

/// The version of this repository's own crate, which the workspace manifest decides.
pub(crate) fn workspace_version(root: &Path) -> Option<String> {
    let manifest = files::text(&root.join("Cargo.toml")).ok()?;
    write::version_in(&manifest, "[workspace.metadata.client]")
}
