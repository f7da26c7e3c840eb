//! `cargo xtask codegen`: a client crate from a model, or a check that it is
//! current.
//!
//! One path for both: the sources are read, the whole crate is emitted in
//! memory and compared with the disk. Only then does a run write, or a check
//! tell. A model that the generator refuses therefore never touches the disk.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, ValueEnum};
use smithy_client_codegen::report::Report;
use smithy_client_codegen::{Emit, Generated, Options, RuntimeDependency, Source, generate};

use crate::diff::Paint;
use crate::outcome::{self, Context, Ending, Outcome, Streams};
use crate::write::{Comparison, Realm};
use crate::{workspace, write};

mod choice;

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

/// What `--help` says below the list of options.
const HELP: &str = "\
Without options it reads every *.json of model/ and writes generated/. Only files that
differ are written; files under src/ that are no longer emitted are removed. A file
without an `@generated` header is never replaced or deleted: where one is in the way, the
command says so and writes nothing.

The version of generated/ is that of [workspace.metadata.client] in Cargo.toml; a crate
elsewhere keeps the version it has. --crate-version gives another.

With --operations the crate has those operations alone, and the types and errors that they
reach; what is left is the same API. With --emit types it has types alone, inputs and outputs
included, and depends on nothing of the engine, so that it builds for wasm32-unknown-unknown.
The crate's manifest records both choices, so that later runs and checks of that directory
keep them without the options; `--operations all` and `--emit client` end them.

Examples:
  cargo xtask codegen
      Regenerate the client of this repository.
  cargo xtask codegen --check
      Show what would change, as a diff; for CI and before a commit.
  cargo xtask codegen --model ivs.json --out ../ivs-client --crate-name ivs-client
      Emit a client of another service, which builds where it stands.
  cargo xtask codegen --model a.json --model a.docs.json --out a --runtime-version 0.1
      Merge two files; depend on the published runtime instead of the one here.
  cargo xtask codegen --out ../lobby --operations CreateStage,CreateParticipantToken
      Emit a client of two operations, which builds in a third of the time.
  cargo xtask codegen --out ../ivs-types --emit types
      Emit types with serde, for a front end, a Lambda function or a store.
  cargo xtask codegen --check --format json
      One JSON object on stdout: counts, files by fate, diagnostics, seconds.

Exit codes:
  0  written, or with --check current
  1  the model is refused, a file is in the way, or with --check something differs
  2  bad arguments, or a file that cannot be read or written";

/// What `codegen` can be asked for.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Write nothing; print a diff of what would change, and fail if anything would
    #[arg(long)]
    check: bool,

    /// Smithy JSON model to read instead of model/; repeat it to merge several files
    #[arg(long = "model", value_name = "FILE", requires = "out")]
    models: Vec<PathBuf>,

    /// Directory of the emitted crate [default: generated/ of this repository]
    #[arg(long, value_name = "DIR", required_if_eq("emit", "types"))]
    out: Option<PathBuf>,

    /// Name of the emitted package [default: ivs-realtime, or with --model from the service]
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
            out,
            crate_name: None,
            crate_version: version,
            runtime_version: None,
            choice: choice::Choice::default(),
            format: Format::Text,
        }
    }
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let started = Instant::now();
    let outcome = attempt(arguments).unwrap_or_else(Outcome::Unreadable);
    let context =
        Context { out: shown_out(arguments), command: mending_command(arguments), elapsed: started.elapsed() };
    let streams = match arguments.format {
        Format::Text => outcome::text(&outcome, &context, stdout_paint()),
        Format::Json => Streams { out: outcome::machine(&outcome, &context), err: String::new() },
    };
    // A reader that hangs up early, as `head` does, is nothing to complain about,
    // and there is nobody else to complain to.
    let _ = io::stderr().write_all(streams.err.as_bytes());
    let _ = io::stdout().write_all(streams.out.as_bytes());
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
    let directory = directory(arguments, &root)?;
    let sources = match arguments.models.as_slice() {
        [] => repository_sources(&root)?,
        files => files.iter().map(|file| source(file)).collect::<Result<_, _>>()?,
    };
    let Prepared { generated, comparison, .. } = match prepare(arguments, &root, &sources)? {
        Ok(prepared) => prepared,
        Err(report) => return Ok(Outcome::Refused(report)),
    };
    let ending = if arguments.check {
        match comparison.is_current() {
            true => Ending::Current,
            false => Ending::Drift,
        }
    } else if !comparison.obstacles().is_empty() {
        Ending::Obstructed
    } else {
        match write::apply(&directory, &generated.files, &comparison) {
            Ok(()) => Ending::Written,
            Err(error) => Ending::Broken(error.to_string()),
        }
    };
    Ok(Outcome::Emitted { generated, comparison, ending })
}

/// A crate in memory, and how its place on disk differs from it.
pub(crate) struct Prepared {
    /// Where it belongs.
    pub(crate) directory: PathBuf,
    pub(crate) generated: Generated,
    pub(crate) comparison: Comparison,
}

/// Emits a crate in memory and compares it with the disk.
///
/// # Errors
///
/// A sentence on what could not be read; or, within, what the generator does not take.
pub(crate) fn prepare(
    arguments: &Arguments,
    root: &Path,
    sources: &[Source],
) -> Result<Result<Prepared, Report>, String> {
    let directory = directory(arguments, root)?;
    let generated = match generate(sources, &options(arguments, root, &directory)?) {
        Ok(generated) => generated,
        Err(report) => return Ok(Err(report)),
    };
    let realm = if is_own(&directory, root)? { Realm::Everything } else { Realm::Sources };
    let comparison = write::compare(&directory, &generated.files, realm).map_err(|e| e.to_string())?;
    Ok(Ok(Prepared { directory, generated, comparison }))
}

/// Where the emitted crate belongs.
fn directory(arguments: &Arguments, root: &Path) -> Result<PathBuf, String> {
    match &arguments.out {
        Some(out) => resolve(out),
        None => resolve(&root.join(OUT)),
    }
}

/// What the generator is asked for.
fn options(arguments: &Arguments, root: &Path, directory: &Path) -> Result<Options, String> {
    let emit = arguments.choice.emit(directory);
    let own_name = arguments.models.is_empty().then(|| match emit {
        Emit::Client => CRATE_NAME.to_owned(),
        Emit::Types => format!("{CRATE_NAME}-types"),
    });
    let is_own = is_own(directory, root)?;
    let version = arguments.crate_version.clone().or_else(|| {
        let stated = if is_own { workspace_version(root) } else { write::manifest_version(directory) };
        crate_version(&stated?).ok()
    });
    let runtime = match &arguments.runtime_version {
        Some(version) => RuntimeDependency::Version(version.clone()),
        None => {
            let runtime = resolve(&root.join(RUNTIME))?;
            let path = workspace::relative(directory, &runtime)
                .ok_or_else(|| format!("the path {} is not UTF-8, so no manifest can name it", runtime.display()))?;
            RuntimeDependency::Path(path)
        }
    };
    Ok(Options {
        crate_name: arguments.crate_name.clone().or(own_name),
        crate_version: Some(version.unwrap_or_else(|| FIRST_VERSION.to_owned())),
        runtime,
        standalone: !is_own,
        emit,
        operations: arguments.choice.selection(directory, &shown_out(arguments))?,
    })
}

/// Whether the crate is the one of this repository.
fn is_own(directory: &Path, root: &Path) -> Result<bool, String> {
    Ok(*directory == resolve(&root.join(OUT))?)
}

/// The version of this repository's own crate, which the workspace manifest decides.
pub(crate) fn workspace_version(root: &Path) -> Option<String> {
    let manifest = fs::read_to_string(root.join("Cargo.toml")).ok()?;
    write::version_in(&manifest, "[workspace.metadata.client]")
}

/// The files of the repository's own model, in the order of their names.
pub(crate) fn repository_sources(root: &Path) -> Result<Vec<Source>, String> {
    let directory = root.join(MODEL);
    let failed = |cause| format!("cannot read {}: {cause}", directory.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(format!(
            "{} holds no *.json file; restore the model, or name one with --model",
            directory.display()
        ));
    }
    files.sort();
    let named = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let text = read(file)?;
        Ok(Source { name: format!("{MODEL}/{name}"), text })
    };
    files.iter().map(named).collect()
}

/// A file of a model, named as the person named it.
pub(crate) fn source(file: &Path) -> Result<Source, String> {
    Ok(Source { name: file.display().to_string(), text: read(file)? })
}

/// The text of a file, or a sentence on why it cannot be read.
fn read(file: &Path) -> Result<String, String> {
    let bytes = fs::read(file).map_err(|cause| format!("cannot read {}: {cause}", file.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let position = error.utf8_error().valid_up_to();
        let file = file.display();
        format!("cannot read {file}: it is not UTF-8 from byte {position} on; is it a JSON file?")
    })
}

/// [`workspace::resolve`], with a sentence for an error.
fn resolve(path: &Path) -> Result<PathBuf, String> {
    workspace::resolve(path).map_err(|cause| format!("cannot use the directory `{}`: {cause}", path.display()))
}

/// The directory of the emitted crate, as the person named it.
fn shown_out(arguments: &Arguments) -> String {
    match &arguments.out {
        None => OUT.to_owned(),
        Some(out) => match out.to_string_lossy().trim_end_matches('/') {
            "" => "/".to_owned(),
            shown => shown.to_owned(),
        },
    }
}

/// The command line that writes what a check with these arguments compares.
fn mending_command(arguments: &Arguments) -> String {
    let mut words = vec!["cargo xtask codegen".to_owned()];
    let mut add = |option: &str, value: &str| words.push(format!("{option} {}", quoted(value)));
    for model in &arguments.models {
        add("--model", &model.to_string_lossy());
    }
    if let Some(out) = &arguments.out {
        add("--out", &out.to_string_lossy());
    }
    let rest = [
        ("--crate-name", &arguments.crate_name),
        ("--crate-version", &arguments.crate_version),
        ("--runtime-version", &arguments.runtime_version),
    ];
    for (option, value) in rest {
        if let Some(value) = value {
            add(option, value);
        }
    }
    for (option, value) in arguments.choice.words() {
        add(option, &value);
    }
    words.join(" ")
}

/// A word of a command line as a POSIX shell reads it.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// How to paint what goes to stdout: in colour for a terminal, unless `NO_COLOR`
/// holds anything.
pub(crate) fn stdout_paint() -> Paint {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    Paint { colours: !refused && io::stdout().is_terminal() }
}

/// Reads `--crate-name`.
fn crate_name(text: &str) -> Result<String, String> {
    let mut characters = text.chars();
    let starts = characters.next().is_some_and(|c| c.is_ascii_alphabetic());
    match starts && characters.all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        true => Ok(text.to_owned()),
        false => Err("a package name is a letter, then letters, digits, `-` and `_`".to_owned()),
    }
}

/// Reads `--crate-version`.
fn crate_version(text: &str) -> Result<String, String> {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let number = |part: &str| {
        let digits = !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        digits && (part == "0" || !part.starts_with('0'))
    };
    let rest = |c: char| c.is_ascii_alphanumeric() || ".-+".contains(c);
    let parts: Vec<&str> = core.split('.').collect();
    match parts.len() == 3 && parts.into_iter().all(number) && text.chars().all(rest) {
        true => Ok(text.to_owned()),
        false => Err("a version has three numbers, as in 0.1.0 or 1.2.0-beta.1".to_owned()),
    }
}

/// Reads `--runtime-version`.
fn requirement(text: &str) -> Result<String, String> {
    let known = |c: char| c.is_ascii_alphanumeric() || " .,-+<>=~^*".contains(c);
    match text.chars().all(known) && text.contains(|c: char| c.is_ascii_digit()) {
        true => Ok(text.to_owned()),
        false => Err("a version requirement looks like 0.1, =0.1.2 or >=0.1, <0.3".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{Arguments, crate_name, crate_version, mending_command, requirement};

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        arguments: Arguments,
    }

    fn mended(line: &[&str]) -> String {
        let words = std::iter::once("codegen").chain(line.iter().copied());
        let line = Line::try_parse_from(words).expect("the line is valid");
        mending_command(&line.arguments)
    }

    #[test]
    fn the_mending_command_is_the_check_s_own_without_check() {
        assert_eq!(mended(&["--check"]), "cargo xtask codegen");
        let other = mended(&["--check", "--model", "my model.json", "--out=../o", "--crate-name=o"]);
        assert_eq!(other, "cargo xtask codegen --model 'my model.json' --out ../o --crate-name o");
    }

    #[test]
    fn a_package_name_that_cargo_would_refuse_is_refused() {
        for good in ["ivs", "ivs-realtime", "a_1"] {
            assert_eq!(crate_name(good).as_deref(), Ok(good));
        }
        for bad in ["", "1a", "a b", "a\"", "é", "-a", "a/b"] {
            assert!(crate_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_version_has_three_numbers() {
        for good in ["0.1.0", "1.22.333", "1.0.0-beta.1+b7"] {
            assert_eq!(crate_version(good).as_deref(), Ok(good));
        }
        for bad in ["", "1", "1.0", "1.0.0.0", "01.0.0", "v1.0.0", "1.0.x", "1.0.0-\"", "1..0"] {
            assert!(crate_version(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_requirement_cannot_break_out_of_its_quotes() {
        for good in ["0.1", "=0.1.2", ">=0.1, <0.3"] {
            assert_eq!(requirement(good).as_deref(), Ok(good));
        }
        for bad in ["", "*", "0.1\"", "0.1\n"] {
            assert!(requirement(bad).is_err(), "{bad}");
        }
    }
}
