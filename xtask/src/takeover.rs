//! `cargo xtask takeover`: programs that were written against official crates are taken over as a user does it, by
//! `cargo smithy-client migrate`, and tested on both sides; or what that saves is measured.
//!
//! | file | what |
//! | --- | --- |
//! | `subject.rs` | the programs, in `tests/taken-over/` |
//! | `scratch.rs` | copies of them below `target/takeover/`, and the command and cargo in these |
//! | `measure.rs` | what a program costs before and after |
//! | `many.rs` | what the second and the tenth client of a program cost |
//! | `told.rs` | what came of it, for a person and for a program |

mod many;
mod measure;
mod scratch;
mod subject;
mod told;

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use crate::bench::Side;
use crate::codegen::Format;
use crate::programs::Verdict;
use crate::terminal::{failed, say};
use crate::workspace;
use measure::{Measuring, WITHOUT_AWS_LC};
use scratch::Scratch;
use subject::{ALL, Subject};
use told::{Findings, Taken, Tested};

/// What `--help` says below the list of options.
const HELP: &str = "\
The programs in tests/taken-over/ are packages of their own, written against official crates:
  worker       DynamoDB, SQS and Secrets Manager
  config-tool  SSM and KMS
  show         IVS RealTime
  identity     STS, and all that aws-config calls: roles, web identities, sessions of persons
Each is copied, taken over by `cargo smithy-client migrate` with models of ../shared/models, and its tests
are run, its sources unchanged. Then it is taken over once more --without-aws-lc, which it must be built
without. With --side official they are run against the official crates instead,
which are built once, below target/takeover/. That folder may be deleted.

--measure builds instead: each program on both sides from nothing, twice, with everything included, and again
after a call of an operation was added that it did not call, three times. Of each the least counts, as what
else a machine does only adds to it. Figures are seconds of processor time, and a ratio is of one run; the bars
are those of the worker, and that of all of it is for one taken over with --without-aws-lc. This takes some
twenty minutes of processor time a program.

--clients builds a program with one, two and ten clients, and times `sync --check` of ten.

Examples:
  cargo xtask takeover
      Take all over, and run their tests.
  cargo xtask takeover show --side official
      Before changing a program: do the official crates still take it?
  cargo xtask takeover worker --measure
      What it costs, before and after.
  cargo xtask takeover --clients --format json
      One JSON object.

Exit codes:
  0  every program is taken over and passes its tests; every bar is reached
  1  a program does not compile, a test fails, or a bar is missed
  2  bad arguments, or nothing can be built here";

/// What `takeover` can be asked for.
#[derive(Args, Debug)]
#[command(after_long_help = HELP)]
pub(crate) struct Arguments {
    /// Only these programs, by their names [default: all; of --measure: worker]
    #[arg(value_name = "PROGRAMS", conflicts_with = "clients")]
    programs: Vec<String>,

    /// Against whose clients they are tested
    #[arg(long, value_enum, default_value_t = Side::Ours)]
    side: Side,

    /// Measure what they cost on both sides, instead of testing them
    #[arg(long, conflicts_with = "side")]
    measure: bool,

    /// Measure what several clients cost in one program
    #[arg(long, conflicts_with_all = ["measure", "side"])]
    clients: bool,

    /// For whom the result is told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Runs the command, tells what it came to, and answers with its exit code.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let findings = match found(arguments) {
        Ok(findings) => findings,
        Err(reason) => return failed(&reason),
    };
    say("");
    let text = match arguments.format {
        Format::Text => findings.text(),
        Format::Json => format!("{}\n", findings.object()),
    };
    // A reader that hangs up early, as `head` does, is nothing to complain about.
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::from(u8::from(!findings.is_good()))
}

fn found(arguments: &Arguments) -> Result<Findings, String> {
    let here = env::current_dir().map_err(|cause| format!("cannot find the current directory: {cause}"))?;
    let root = workspace::root(&here);
    if arguments.clients {
        return many::measured(&root, &say).map(Findings::Many);
    }
    let chosen = chosen(&arguments.programs, arguments.measure)?;
    if !arguments.measure {
        return tested(&root, &chosen, arguments.side).map(Findings::Tested);
    }
    say("building the command");
    let command = scratch::command(&root, true)?;
    let measuring = Measuring { root: &root, command: &command, say: &say };
    let measured = chosen.into_iter().map(|subject| measuring.of(subject)).collect::<Result<Vec<_>, _>>()?;
    Ok(Findings::Measured(measured))
}

/// The programs that are wanted.
fn chosen(wanted: &[String], is_measured: bool) -> Result<Vec<&'static Subject>, String> {
    if let Some(unknown) = wanted.iter().find(|name| !ALL.iter().any(|subject| subject.name == **name)) {
        let names = ALL.each_ref().map(|subject| subject.name);
        return Err(format!("no program is called `{unknown}`; there are {}", names.join(", ")));
    }
    let is_chosen = |subject: &Subject| match wanted.is_empty() {
        true => !is_measured || subject.name == ALL[0].name,
        false => wanted.iter().any(|name| name == subject.name),
    };
    Ok(ALL.iter().filter(|subject| is_chosen(subject)).collect())
}

/// Tests programs on one side.
fn tested(root: &Path, programs: &[&Subject], side: Side) -> Result<Vec<Tested>, String> {
    let command = match side {
        Side::Ours => Some(scratch::command(root, false)?),
        Side::Official => None,
    };
    let mut all = Vec::new();
    for subject in programs {
        all.push(tested_once(root, subject, command.as_deref(), &[])?);
        if command.is_some() {
            all.push(tested_once(root, subject, command.as_deref(), &[WITHOUT_AWS_LC])?);
        }
    }
    Ok(all)
}

/// Tests a program, which the command takes over with these words, or against the official crates.
fn tested_once(root: &Path, subject: &Subject, command: Option<&Path>, words: &[&str]) -> Result<Tested, String> {
    let side = if command.is_some() { Side::Ours } else { Side::Official };
    let is_without_aws_lc = words.contains(&WITHOUT_AWS_LC);
    let of = |taken, verdict| Tested { name: subject.name, side, is_without_aws_lc, taken, verdict };
    let scratch = Scratch::of(root, subject.name, &subject.directory(root), side)?;
    let mut taken = Vec::new();
    if let Some(command) = command {
        say(&format!("taking {} over {}", subject.name, words.join(" ")));
        match subject.models(root) {
            Ok(models) => taken = Taken::of(&scratch.migrate(command, &models, words)?),
            Err(missing) => return Ok(of(taken, Err(missing))),
        }
    }
    say(&format!("testing {}", subject.name));
    let output = scratch.test()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    let verdict = match wrong.contains("could not compile") {
        true => Verdict::DoesNotCompile(wrong.into_owned()),
        false if is_without_aws_lc && scratch.read("Cargo.lock")?.contains("\"aws-lc-") => {
            Verdict::Failed("Cargo.lock has aws-lc still\n".to_owned())
        }
        false => Verdict::of(output.status.success(), &format!("{said}{wrong}")),
    };
    Ok(of(taken, Ok(verdict)))
}

#[cfg(test)]
mod tests {
    use super::chosen;

    fn names(wanted: &[&str], is_measured: bool) -> Result<Vec<&'static str>, String> {
        let wanted: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
        Ok(chosen(&wanted, is_measured)?.into_iter().map(|subject| subject.name).collect())
    }

    #[test]
    fn all_programs_are_tested_and_one_is_measured_where_none_is_named() {
        assert_eq!(names(&[], false).expect("there are some"), ["worker", "config-tool", "show", "identity"]);
        assert_eq!(names(&[], true).expect("there is one"), ["worker"]);
        assert_eq!(names(&["show"], true).expect("there is one"), ["show"]);
    }

    #[test]
    fn a_misspelt_program_is_an_error_that_lists_the_others() {
        let error = names(&["shows"], false).expect_err("there is none");
        insta::assert_snapshot!(error, @"no program is called `shows`; there are worker, config-tool, show, identity");
    }
}
