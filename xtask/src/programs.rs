//! `cargo xtask programs`: the programs of `tests/programs/`, tested against our client and against the official crate.
//!
//! Against ours they are a package of this workspace. Against the official crate they are a package of a workspace below
//! `target/programs/` (`manifest.rs`), whose manifest is that of `tests/programs/` with one dependency changed, as users do
//! it. A program that only fits ours therefore fails here.

mod manifest;
mod table;

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};

use clap::Args;

use crate::bench::Side;
use crate::codegen::Format;
use crate::terminal::{failed, say};
use crate::workspace;
use table::Row;
pub(crate) use table::Verdict;

/// What `--help` says below the list of options.
const HELP: &str = "\
The programs in tests/programs/src/bin/ are written for the official crate, aws-sdk-ivsrealtime
1.133.0. Each is compiled, and its tests are run, on two sides: against the client of this
repository, and against the official crate from the registry, with the same features and the
same versions of everything else. A program that fits only one of them fails.

The official side is built below target/programs/, which may be deleted; kept, it saves building
the official crate again, which takes about a minute of processor time.

Examples:
  cargo xtask programs
      Every program on both sides; a line for each, then what failed.
  cargo xtask programs token_service cleanup
      Only these.
  cargo xtask programs --side official
      Before changing a program: does the official crate still take it?
  cargo xtask programs --format json
      One JSON object on stdout: a row for each program and side.

Exit codes:
  0  every program passes on every side
  1  a program does not compile, or one of its tests fails
  2  bad arguments, or nothing can be built here";

/// What `programs` can be asked for.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Only these programs, by their names [default: all]
    #[arg(value_name = "PROGRAMS")]
    programs: Vec<String>,

    /// Only this side [default: both]
    #[arg(long, value_enum)]
    side: Option<Side>,

    /// For whom the result is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let rows = match tested(arguments) {
        Ok(rows) => rows,
        Err(reason) => return failed(&reason),
    };
    let text = match arguments.format {
        Format::Text => table::text(&rows),
        Format::Json => table::machine(&rows),
    };
    // A reader that hangs up early, as `head` does, is nothing to complain about.
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::from(u8::from(rows.iter().any(|row| !row.verdict.passed())))
}

/// Tests the chosen programs on the chosen sides.
fn tested(arguments: &Arguments) -> Result<Vec<Row>, String> {
    let here = env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
    let root = workspace::root(&here);
    let programs = chosen(&manifest::programs(&root)?, &arguments.programs)?;
    let sides = Side::BOTH.into_iter().filter(|side| arguments.side.is_none_or(|wanted| wanted == *side));
    let mut rows = Vec::new();
    for side in sides {
        let package = Package::of(side, &root)?;
        say(&format!("building the programs against {}", side.package()));
        package.build(&programs)?;
        for program in &programs {
            say(&format!("{program} against {}", side.package()));
            rows.push(Row { program: program.clone(), side, verdict: package.test(program)? });
        }
    }
    say("");
    Ok(rows)
}

/// Those of `all` that are `wanted`, or all where none is.
fn chosen(all: &[String], wanted: &[String]) -> Result<Vec<String>, String> {
    if let Some(unknown) = wanted.iter().find(|name| !all.contains(name)) {
        return Err(format!("no program is called `{unknown}`; there are {}", all.join(", ")));
    }
    let chosen = all.iter().filter(|name| wanted.is_empty() || wanted.contains(name));
    Ok(chosen.cloned().collect())
}

/// The package of the programs on one side.
#[derive(Debug)]
struct Package {
    manifest: PathBuf,
    /// Where Cargo builds; `None` where it always does.
    target: Option<PathBuf>,
}

impl Package {
    fn of(side: Side, root: &Path) -> Result<Self, String> {
        match side {
            Side::Ours => Ok(Self { manifest: root.join(manifest::PACKAGE).join("Cargo.toml"), target: None }),
            Side::Official => {
                let directory = manifest::write_official(root)?;
                let target = Some(directory.join("target"));
                Ok(Self { manifest: directory.join("programs/Cargo.toml"), target })
            }
        }
    }

    /// Builds what can be built, all at once, so that the programs can be told apart afterwards without waiting for each.
    fn build(&self, programs: &[String]) -> Result<(), String> {
        let mut arguments = vec!["--no-run", "--no-fail-fast"];
        for program in programs {
            arguments.extend(["--bin", program]);
        }
        let output = self.cargo("test", &arguments)?;
        // Cargo's own complaints, such as a registry out of reach, are not those of a compiler and concern every program.
        let said = String::from_utf8_lossy(&output.stderr);
        let compiled = output.status.success() || said.contains("could not compile");
        if compiled { Ok(()) } else { Err(format!("Cargo cannot build the programs:\n{said}")) }
    }

    fn test(&self, program: &str) -> Result<Verdict, String> {
        let built = self.cargo("test", &["--no-run", "--bin", program])?;
        if !built.status.success() {
            return Ok(Verdict::DoesNotCompile(String::from_utf8_lossy(&built.stderr).into_owned()));
        }
        let output = self.cargo("test", &["--bin", program])?;
        let said = String::from_utf8_lossy(&output.stdout);
        Ok(Verdict::of(output.status.success(), &said))
    }

    fn cargo(&self, command: &str, arguments: &[&str]) -> Result<Output, String> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args([command, "--quiet", "--manifest-path"]).arg(&self.manifest).args(arguments).stdin(Stdio::null());
        if let Some(target) = &self.target {
            cargo.env("CARGO_TARGET_DIR", target);
        }
        cargo.output().map_err(|cause| format!("cannot run cargo: {cause}"))
    }
}

#[cfg(test)]
mod tests {
    use super::chosen;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn all_programs_are_chosen_where_none_is_named() {
        assert_eq!(chosen(&names(&["a", "b"]), &[]), Ok(names(&["a", "b"])));
        assert_eq!(chosen(&names(&["a", "b"]), &names(&["b"])), Ok(names(&["b"])));
    }

    #[test]
    fn a_misspelt_program_is_an_error_that_lists_the_others() {
        let error = chosen(&names(&["a", "b"]), &names(&["c"])).expect_err("there is no c");
        insta::assert_snapshot!(error, @"no program is called `c`; there are a, b");
    }
}
