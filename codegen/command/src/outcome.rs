//! What the emission of a crate came to, told to a person or to a machine.

use std::time::Duration;

use serde_json::{Value, json};
use smithy_client_codegen::report::{Diagnostic, Report};
use smithy_client_codegen::{Emit, Generated, LeftOut, visible};

use crate::diff;
use crate::emission::Conflict;
use crate::terminal::{Paint, quoted};
use crate::write::{Comparison, Fate};

/// How many files `--check` shows with a diff; of the others it shows the names.
const SHOWN_DIFFS: usize = 40;

/// What a run came to.
#[derive(Debug)]
pub enum Outcome {
    /// Something could not be read, before anything was emitted.
    Unreadable(String),
    /// The generator does not take the model.
    Refused {
        /// Why.
        report: Report,
        /// Operations without which it would take the rest; none where that would not help.
        unsupported: Vec<String>,
    },
    /// It was to be checked, and a run has died there in the midst of a change.
    Interrupted,
    /// The directory holds another crate.
    Conflict(Conflict),
    /// The directory is known to hold the crate, which therefore was not emitted.
    Known(Known),
    /// A crate was emitted and compared with the disk.
    Emitted {
        /// The emitted crate.
        generated: Box<Generated>,
        /// How the disk differs from it.
        comparison: Comparison,
        /// What happened then.
        ending: Ending,
    },
}

/// What is known of a crate that was not emitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Name of the package.
    pub crate_name: String,
    /// Name of the protocol that it speaks.
    pub protocol: String,
    /// What it has.
    pub emit: Emit,
    /// How many operations it has.
    pub operations: usize,
    /// How many lines of Rust.
    pub lines: usize,
    /// Operations that were wanted and cannot be emitted; without reasons where only the names are known.
    pub left_out: Vec<LeftOut>,
}

/// What happened to a crate that was emitted.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending {
    /// The disk holds it now.
    Written,
    /// It was only checked, and the disk holds it.
    Current,
    /// It was only checked, and the disk differs.
    Drift,
    /// Nothing was written, as files of a person stand in the way.
    Obstructed,
    /// Writing failed; the text says what state the disk is in.
    Broken(String),
}

impl Outcome {
    /// The status with which the process ends: 0 done or current, 1 the model or
    /// the emitted crate needs mending, 2 the disk or the arguments do.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Known(_) => 0,
            Self::Unreadable(_) => 2,
            Self::Refused { .. } | Self::Interrupted | Self::Conflict(_) => 1,
            Self::Emitted { ending, .. } => match ending {
                Ending::Written | Ending::Current => 0,
                Ending::Drift | Ending::Obstructed => 1,
                Ending::Broken(_) => 2,
            },
        }
    }

    /// One word for a machine.
    pub fn status(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Refused { .. } => "refused",
            Self::Interrupted => "interrupted",
            Self::Conflict(_) => "another_crate",
            Self::Known(_) => "current",
            Self::Emitted { ending, .. } => match ending {
                Ending::Written => "written",
                Ending::Current => "current",
                Ending::Drift => "drift",
                Ending::Obstructed => "obstructed",
                Ending::Broken(_) => "broken",
            },
        }
    }
}

/// What a run was asked for, as far as its telling needs it.
#[derive(Clone, Debug)]
pub struct Context {
    /// What lines that sum up begin with: the command, by the word for it.
    pub program: &'static str,
    /// How to go on where a directory holds another crate.
    pub ways: &'static str,
    /// The directory of the emitted crate, as a person named it.
    pub out: String,
    /// The command line that would write what `--check` found missing.
    pub command: String,
    /// How long the run took.
    pub elapsed: Duration,
}

/// What goes to the two streams of the process.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Streams {
    /// The result.
    pub out: String,
    /// Warnings and errors.
    pub err: String,
}

/// Tells an outcome to a person.
pub fn text(outcome: &Outcome, context: &Context, paint: Paint) -> Streams {
    let mut streams = Streams::default();
    match outcome {
        Outcome::Unreadable(reason) => streams.err = format!("error: {reason}\n"),
        Outcome::Refused { report, unsupported } => {
            let count = report.diagnostics.len();
            let problems = plural(count, "problem");
            let ways = without(unsupported);
            streams.err = format!("{report}\n\n{ways}{}: {problems}, no file was written\n", context.program);
        }
        Outcome::Interrupted => streams.err = format!("error: {}\n", interrupted(context)),
        Outcome::Conflict(conflict) => {
            let another = another(conflict, &context.out, context.ways);
            streams.err = format!("error: {another}\n{}: no file was written\n", context.program);
        }
        Outcome::Known(_) => streams.out = format!("{}: {} is current\n", context.program, context.out),
        Outcome::Emitted { generated, comparison, ending } => {
            for warning in &generated.warnings {
                streams.err += &format!("warning: {warning}\n");
            }
            for LeftOut { operation, reason } in &generated.left_out {
                streams.err += &format!("left out: {operation}: {}\n", visible::line(reason));
            }
            match ending {
                Ending::Written => streams.out = written(generated, comparison, context),
                Ending::Current => streams.out = current(generated, comparison, context),
                Ending::Drift => streams.out = drift(generated, comparison, context, paint),
                Ending::Obstructed => streams.err += &obstructed(comparison, context),
                Ending::Broken(reason) => streams.err += &format!("error: {reason}\n"),
            }
        }
    }
    streams
}

/// Why a run failed, in one line: the first of what there is to say.
pub fn reason(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Unreadable(reason) => reason.clone(),
        Outcome::Refused { report, .. } => {
            let first = report.diagnostics.first().map_or("", |problem| &problem.message);
            match report.diagnostics.len().saturating_sub(1) {
                0 => first.to_owned(),
                more => format!("{first}; and {more} more"),
            }
        }
        Outcome::Interrupted => "a run was interrupted while it replaced files; the next one completes that".to_owned(),
        Outcome::Conflict(Conflict { holds, asked }) => format!("its directory is {holds}, and not {asked}"),
        Outcome::Known(_) => String::new(),
        Outcome::Emitted { comparison, ending, .. } => match ending {
            Ending::Written | Ending::Current => String::new(),
            Ending::Broken(reason) => reason.clone(),
            Ending::Drift => format!("out of date: {}", differences(comparison)),
            Ending::Obstructed => {
                let first = comparison.obstacles().first().map(|(path, obstacle)| format!("{path}: {obstacle}"));
                format!("in the way: {}", first.unwrap_or_default())
            }
        },
    }
}

/// How many files differ, by how.
fn differences(comparison: &Comparison) -> String {
    let number = |wanted: fn(&Fate) -> bool| comparison.paths(wanted).len();
    let counts = [
        (number(|fate| *fate == Fate::Missing), "missing"),
        (number(|fate| matches!(fate, Fate::Changed(_))), "changed"),
        (comparison.to_remove().len(), "no longer emitted"),
        (comparison.obstacles().len(), "in the way"),
    ];
    let counts = counts.iter().filter(|(number, _)| *number > 0);
    counts.map(|(number, word)| format!("{number} {word}")).collect::<Vec<_>>().join(", ")
}

/// How to have the rest of a service, some of whose operations cannot be emitted.
fn without(operations: &[String]) -> String {
    if operations.is_empty() {
        return String::new();
    }
    let count = plural(operations.len(), "operation");
    format!(
        "{count} cannot be emitted; the rest of the service can, with --skip-unsupported or --except {}\n\n",
        quoted(&operations.join(","))
    )
}

/// What a check says of a directory in which a run has died.
fn interrupted(context: &Context) -> String {
    let Context { out, command, .. } = context;
    format!(
        "a run was interrupted while it replaced files of {out}\n  hint: the next one completes that; run: {command}"
    )
}

/// What keeps a directory from being another crate, and the ways on.
pub fn another(conflict: &Conflict, out: &str, ways: &str) -> String {
    let (holds, asked) = (visible::line(&conflict.holds), visible::line(&conflict.asked));
    format!("{out} is {holds}, and this would make it {asked}\n  hint: {ways}")
}

/// The one line of a run that wrote.
fn written(generated: &Generated, comparison: &Comparison, context: &Context) -> String {
    let (written, removed) = (comparison.to_write().len(), comparison.to_remove().len());
    let unchanged = comparison.paths(|fate| *fate == Fate::Unchanged).len();
    format!(
        "{}: {} -> {} ({}: {written} written, {removed} removed, {unchanged} unchanged) \
         in {:.2} s\n",
        context.program,
        size(generated),
        context.out,
        plural(generated.files.len(), "file"),
        context.elapsed.as_secs_f64(),
    )
}

/// The one line of a check that found nothing.
fn current(generated: &Generated, comparison: &Comparison, context: &Context) -> String {
    format!(
        "{} --check: {} is current ({}, {}) in {:.2} s\n",
        context.program,
        context.out,
        size(generated),
        plural(comparison.fates.len(), "file"),
        context.elapsed.as_secs_f64(),
    )
}

/// The diffs of a check that found something, and how to mend it.
fn drift(generated: &Generated, comparison: &Comparison, context: &Context, paint: Paint) -> String {
    let mut text = String::new();
    let mut shown = 0;
    for (path, fate) in &comparison.fates {
        let (word, old) = match fate {
            Fate::Unchanged | Fate::InTheWay(_) => continue,
            Fate::Missing => ("missing", None),
            Fate::Changed(old) => ("changed", Some(old.as_slice())),
            Fate::Stale(old) => ("no longer emitted", Some(old.as_slice())),
        };
        let place = format!("{}/{path}", context.out);
        shown += 1;
        if shown > SHOWN_DIFFS {
            text += &format!("{word}: {place}\n");
        } else {
            let new = generated.files.get(path).map(String::as_str);
            text += &diff::unified(&place, old, new, paint);
            text.push('\n');
        }
    }
    text += &in_the_way(comparison, context);
    let advice = match comparison.obstacles().len() {
        0 => "run",
        _ => "when nothing is in the way, run",
    };
    text + &format!(
        "{} --check: {} is out of date: {}\n{advice}: {}\n",
        context.program,
        context.out,
        differences(comparison),
        context.command,
    )
}

/// The error of a run that would have had to touch files of a person.
fn obstructed(comparison: &Comparison, context: &Context) -> String {
    let obstacles = comparison.obstacles().len();
    format!("{}error: {} in the way, no file was written\n", in_the_way(comparison, context), plural(obstacles, "file"))
}

/// A line for each file in the way: where, why and what to do.
fn in_the_way(comparison: &Comparison, context: &Context) -> String {
    let line = |(path, obstacle)| {
        let out = &context.out;
        format!("in the way: {out}/{path}: {obstacle}; move it elsewhere or delete it\n")
    };
    comparison.obstacles().into_iter().map(line).collect()
}

/// How much was generated.
fn size(generated: &Generated) -> String {
    let operations = match generated.chosen {
        Some(_) => format!("{} of {}", generated.operations, plural(generated.service_operations, "operation")),
        None => plural(generated.operations, "operation"),
    };
    let operations = match generated.emit {
        Emit::Client => operations,
        Emit::Types => format!("types of {operations}"),
    };
    let shapes = plural(generated.shapes.len(), "shape");
    match generated.undocumented.len() {
        0 => format!("{operations}, {shapes}"),
        count => format!("{operations}, {shapes}, {count} undocumented"),
    }
}

/// A number with its noun.
fn plural(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// Tells an outcome to a machine: one JSON object, see [`object`].
pub fn machine(outcome: &Outcome, context: &Context) -> String {
    format!("{}\n", object(outcome, context))
}

/// An outcome as JSON, with the same keys always.
///
/// What does not apply is null or empty: a model that was refused has
/// diagnostics and no counts. `added`, `changed` and `removed` are what was
/// written, or with `--check` what would be.
pub fn object(outcome: &Outcome, context: &Context) -> Value {
    let (mut message, mut diagnostics, mut emitted) = (None, [].as_slice(), None);
    let mut unsupported = [].as_slice();
    let mut known = None;
    match outcome {
        Outcome::Known(found) => known = Some(found),
        Outcome::Unreadable(reason) => message = Some(reason.clone()),
        Outcome::Refused { report, unsupported: found } => {
            diagnostics = &report.diagnostics;
            unsupported = found.as_slice();
        }
        Outcome::Interrupted => message = Some(interrupted(context)),
        Outcome::Conflict(conflict) => message = Some(another(conflict, &context.out, context.ways)),
        Outcome::Emitted { generated, comparison, ending } => {
            emitted = Some((generated, comparison));
            if let Ending::Broken(reason) = ending {
                message = Some(reason.clone());
            }
        }
    }
    let generated = emitted.map(|(generated, _)| generated);
    let warnings = generated.map_or([].as_slice(), |generated| &generated.warnings);
    let emit = generated.map(|generated| generated.emit).or(known.map(|known| known.emit));
    let left = known.map(|known| json!(known.left_out.iter().map(left_out).collect::<Vec<_>>()));
    json!({
        "command": context.program,
        "status": outcome.status(),
        "exit_code": outcome.exit_code(),
        "message": message,
        "crate": generated.map(|generated| &generated.crate_name).or(known.map(|known| &known.crate_name)),
        "out": context.out,
        "emit": emit.map(|emit| match emit {
            Emit::Client => "client",
            Emit::Types => "types",
        }),
        "operations": generated.map(|generated| generated.operations).or(known.map(|known| known.operations)),
        "service_operations": generated.map(|generated| generated.service_operations),
        "chosen_operations": generated.map(|generated| &generated.chosen),
        "left_out": generated.map(|generated| generated.left_out.iter().map(left_out).collect()).or(left),
        "unsupported_operations": unsupported,
        "shapes": generated.map(|generated| generated.shapes.len()),
        "undocumented": generated.map(|generated| &generated.undocumented),
        "files": emitted.map(|(_, comparison)| fates(comparison)),
        "mend": (outcome.status() == "drift").then_some(&context.command),
        "diagnostics": diagnostics.iter().map(diagnostic).collect::<Vec<_>>(),
        "warnings": warnings.iter().map(diagnostic).collect::<Vec<_>>(),
        "seconds": context.elapsed.as_secs_f64(),
    })
}

/// The paths of a comparison by fate.
fn fates(comparison: &Comparison) -> Value {
    let obstacles = comparison.obstacles().into_iter();
    let obstacles = obstacles.map(|(path, why)| json!({"path": path, "reason": why.to_string()}));
    json!({
        "added": comparison.paths(|fate| *fate == Fate::Missing),
        "changed": comparison.paths(|fate| matches!(fate, Fate::Changed(_))),
        "removed": comparison.to_remove(),
        "unchanged": comparison.paths(|fate| *fate == Fate::Unchanged),
        "in_the_way": obstacles.collect::<Vec<_>>(),
    })
}

/// An operation that was left out, for a machine.
fn left_out(left: &LeftOut) -> Value {
    json!({ "operation": left.operation, "reason": left.reason })
}

/// A diagnostic for a machine.
fn diagnostic(diagnostic: &Diagnostic) -> Value {
    json!({
        "source": diagnostic.source,
        "shape": diagnostic.shape,
        "member": diagnostic.member,
        "pointer": diagnostic.pointer,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    })
}
