//! What a crate of a few operations costs, beside the crate of all, and what types alone cost.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::compiler::Kind;
use super::scratch::{Emitted, Scratch, Side};
use super::source;
use super::table::{Bar, Row, Unit, median};
use super::{Bench, Progress};

/// The slices: a name, and the operations. The first is what a video call needs, the second reaches as many types as
/// three operations can, the last hardly any: what it costs is what every client costs.
const SLICES: [(&str, &str); 4] = [
    ("slice-of-stages", "CreateStage,CreateParticipantToken,ListStages"),
    ("slice-of-compositions", "CreateStage,ListCompositions,StartComposition"),
    ("slice-of-participants", "CreateIngestConfiguration,GetParticipant,ListParticipantEvents"),
    ("slice-of-deletions", "DeleteStage,StopComposition,TagResource"),
];

/// The crate of types alone.
const TYPES: &str = "types-alone";

/// The share of the lines of the whole client that a slice may have, and that of its processor time.
const SHARES: [f64; 2] = [0.25, 1.0 / 3.0];

/// Lines and debug builds of slices and of types alone, beside the whole client.
pub(super) fn beside_the_whole(bench: &Bench, progress: &Progress) -> Result<Vec<Row>, String> {
    let directory = bench.root.join("target/bench/emitted");
    fs::create_dir_all(&directory).map_err(|cause| format!("cannot write {}: {cause}", directory.display()))?;
    for (name, operations) in SLICES {
        emit(bench, &directory.join(name), &["--emit", "client", "--operations", operations])?;
    }
    emit(bench, &directory.join(TYPES), &["--emit", "types", "--operations", "all"])?;
    let mut rows = Vec::new();
    let whole = source::measure(&bench.root.join("generated/src"))?.lines;
    rows.push(Row::new("lines of the whole client", Unit::Count, None, Some(whole)));
    for (name, operations) in SLICES {
        let lines = source::measure(&directory.join(name).join("src"))?.lines;
        let bar = Bar::Part { whole, most: SHARES[0] };
        rows.push(Row::new(format!("lines of {}", shown(operations)), Unit::Count, None, Some(lines)).bar(bar));
    }
    let lines = source::measure(&directory.join(TYPES).join("src"))?.lines;
    rows.push(Row::new("lines of all types alone", Unit::Count, None, Some(lines)));
    rows.extend(builds(bench, progress)?);
    Ok(rows)
}

/// The debug builds, in turns.
fn builds(bench: &Bench, progress: &Progress) -> Result<Vec<Row>, String> {
    let own = Side::Ours.package();
    let slices = SLICES.map(|(name, _)| name);
    let packages = [[own].as_slice(), &slices, &[TYPES]].concat();
    let emitted: Vec<Emitted<'_>> = packages
        .iter()
        .map(|package| Emitted {
            package,
            path: if *package == own { "generated".to_owned() } else { format!("target/bench/emitted/{package}") },
            features: if *package == TYPES { &["serde"] } else { &["behavior-version-latest", "rt-tokio"] },
        })
        .collect();
    let scratch = Scratch::emitted(&bench.root, &emitted)?;
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); packages.len()];
    // The first run warms dependencies.
    for run in 0..=bench.runs {
        for (package, times) in packages.iter().zip(&mut times) {
            progress.say(&format!("debug build of {package}, run {run} of {}", bench.runs));
            scratch.forget(&[package])?;
            let built = scratch.cargo(&["build", "-p", package])?;
            let unit = built.unit(package, Kind::Library)?;
            times.extend(unit.cpu.filter(|_| run > 0));
        }
    }
    let mut medians = times.into_iter().map(median);
    let whole = medians.next().flatten();
    let mut rows = vec![Row::new("debug build of the whole client alone, CPU", Unit::Seconds, None, whole)];
    for ((_, operations), cpu) in SLICES.iter().zip(&mut medians) {
        let mut row = Row::new(format!("debug build of {} alone, CPU", shown(operations)), Unit::Seconds, None, cpu);
        row.bars.extend(whole.map(|whole| Bar::Part { whole, most: SHARES[1] }));
        rows.push(row);
    }
    let types = medians.next().flatten();
    rows.push(Row::new("debug build of all types alone, CPU", Unit::Seconds, None, types));
    Ok(rows)
}

/// Operations as people read them.
fn shown(operations: &str) -> String {
    operations.replace(',', ", ")
}

/// Emits a crate by this very program, from the repository's model unless the choice names another, named as its directory.
pub(super) fn emit(bench: &Bench, directory: &Path, choice: &[&str]) -> Result<(), String> {
    let myself = env::current_exe().map_err(|cause| format!("cannot find this program: {cause}"))?;
    let name = directory.file_name().unwrap_or_default();
    let output = Command::new(&myself)
        .arg("codegen")
        .args(choice)
        .arg("--out")
        .arg(directory)
        .arg("--crate-name")
        .arg(name)
        .current_dir(&bench.root)
        .stdin(Stdio::null())
        .output()
        .map_err(|cause| format!("cannot run {}: {cause}", myself.display()))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("`cargo xtask codegen` failed:\n{}", String::from_utf8_lossy(&output.stderr))),
    }
}
