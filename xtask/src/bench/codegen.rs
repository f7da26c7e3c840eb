//! How long the generator takes.

use std::env;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::table::{Bar, Row, Unit, median};
use super::{Bench, Progress, cpu};

/// Emitting the client of the repository's model, all of it but the writing to disk, by this very program.
pub(super) fn shipped_model(bench: &Bench, progress: &Progress) -> Result<Vec<Row>, String> {
    let myself = env::current_exe().map_err(|cause| format!("cannot find this program: {cause}"))?;
    let (mut walls, mut cpus) = (Vec::new(), Vec::new());
    for run in 0..=bench.runs {
        progress.say(&format!("codegen, run {run} of {}", bench.runs));
        let before = cpu::of_children();
        let started = Instant::now();
        let output = Command::new(&myself)
            .args(["codegen", "--check", "--format", "json"])
            .current_dir(&bench.root)
            .stdin(Stdio::null())
            .output()
            .map_err(|cause| format!("cannot run {}: {cause}", myself.display()))?;
        let wall = started.elapsed().as_secs_f64();
        // A client that is not current takes as long as one that is; a model that is refused does not.
        let told = String::from_utf8_lossy(&output.stdout);
        if !["\"current\"", "\"drift\""].iter().any(|status| told.contains(status)) {
            return Err(format!("`cargo xtask codegen --check` does not take the model; run it to see why\n{told}"));
        }
        if run > 0 {
            cpus.extend(cpu::of_children().zip(before).map(|(after, before)| after - before));
            walls.push(wall);
        }
    }
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    let measure = format!("codegen of the shipped model, xtask built ({profile})");
    Ok(vec![
        Row::new(format!("{measure}, CPU"), Unit::Seconds, None, median(cpus)),
        Row::new(format!("{measure}, wall"), Unit::Seconds, None, median(walls)).bar(Bar::Limit(0.3)),
    ])
}
