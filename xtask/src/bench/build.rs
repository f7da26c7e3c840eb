//! What it costs to build: the client alone, with an application, from nothing, and its documentation.

use std::path::PathBuf;

use cargo_smithy_client::paths;

use super::compiler::Kind;
use super::scratch::{RUNTIME, Run, Scratch, Side};
use super::source::number;
use super::table::{Bar, Row, Unit, median};
use super::{Bench, Progress, slice};

/// Processor time and wall time of several runs.
#[derive(Debug, Default)]
pub(super) struct Times {
    /// Seconds of processor time, where the system tells them.
    pub(super) cpu: Vec<f64>,
    /// Seconds that passed.
    pub(super) wall: Vec<f64>,
}

impl Times {
    /// Takes one run, made of several parts, into account.
    fn add<'a>(&mut self, parts: impl IntoIterator<Item = (&'a Option<f64>, &'a f64)>) {
        let (mut cpu, mut wall) = (Some(0.0), 0.0);
        for (part_cpu, part_wall) in parts {
            cpu = cpu.zip(*part_cpu).map(|(sum, part)| sum + part);
            wall += part_wall;
        }
        self.cpu.extend(cpu);
        self.wall.push(wall);
    }

    /// Takes the compiling of `packages` in `run` into account, as one.
    ///
    /// # Errors
    ///
    /// A sentence when one of them was not compiled.
    pub(super) fn add_units(&mut self, run: &[(&Run, &str, Kind)]) -> Result<(), String> {
        let units = run.iter().map(|(run, package, kind)| run.unit(package, *kind));
        let units = units.collect::<Result<Vec<_>, _>>()?;
        self.add(units.into_iter().map(|unit| (&unit.cpu, &unit.wall)));
        Ok(())
    }
}

/// The times of both clients, and of our runtime.
#[derive(Debug, Default)]
struct Pair {
    official: Times,
    ours: Times,
    runtime: Times,
}

impl Pair {
    fn of(&mut self, side: Side) -> &mut Times {
        match side {
            Side::Official => &mut self.official,
            Side::Ours => &mut self.ours,
        }
    }

    /// Two rows: processor time, which has the bar, and wall time.
    fn rows(self, measure: &str, bar: Option<Bar>) -> [Row; 2] {
        let mut cpu =
            Row::new(format!("{measure}, CPU"), Unit::Seconds, median(self.official.cpu), median(self.ours.cpu));
        cpu.bars.extend(bar);
        let wall =
            Row::new(format!("{measure}, wall"), Unit::Seconds, median(self.official.wall), median(self.ours.wall));
        [cpu, wall]
    }
}

/// A way to build the client alone.
struct Mode {
    name: &'static str,
    arguments: &'static [&'static str],
    release: bool,
    least: f64,
}

const MODES: [Mode; 3] = [
    Mode { name: "check", arguments: &["check"], release: false, least: 5.0 },
    Mode { name: "debug build", arguments: &["build"], release: false, least: 8.0 },
    Mode { name: "release build", arguments: &["build", "--release"], release: true, least: 8.0 },
];

/// The client alone, on dependencies that are built: checked, built, built for release.
pub(super) fn alone(bench: &Bench, progress: &Progress) -> Result<Vec<Row>, String> {
    let scratches = bench.warm()?;
    let mut rows = Vec::new();
    for mode in MODES {
        let runs = if mode.release { bench.long_runs } else { bench.runs };
        let mut pair = Pair::default();
        // The first run of the short ones warms dependencies; that of the long ones is too dear to be thrown away, and
        // the client is the last crate in it, so that hardly anything else is compiled beside.
        let warming = usize::from(!mode.release);
        for run in 0..runs + warming {
            for scratch in &scratches {
                let side = scratch.side();
                progress.say(&format!("{} of {}, run {run} of {runs}", mode.name, side.package()));
                scratch.forget_client(mode.release)?;
                let built = scratch.cargo(&[mode.arguments, &["-p", side.package()]].concat())?;
                if run < warming {
                    continue;
                }
                pair.of(side).add_units(&[(&built, side.package(), Kind::Library)])?;
                if side == Side::Ours {
                    pair.runtime.add_units(&[(&built, RUNTIME, Kind::Library)])?;
                }
            }
        }
        let runtime = median(std::mem::take(&mut pair.runtime.cpu));
        rows.extend(pair.rows(&format!("{} of the crate alone", mode.name), Some(Bar::Times(mode.least))));
        rows.push(Row::new(
            format!("{} of the runtime crate (once per application), CPU", mode.name),
            Unit::Seconds,
            None,
            runtime,
        ));
    }
    Ok(rows)
}

/// The client and an application that calls one operation, or all of them, in debug mode.
pub(super) fn consumers(bench: &Bench, progress: &Progress) -> Result<Vec<Row>, String> {
    let scratches = bench.warm()?;
    let (mut one, mut all) = (Pair::default(), Pair::default());
    for run in 0..=bench.runs {
        for scratch in &scratches {
            let side = scratch.side();
            progress.say(&format!("consumers of {}, run {run} of {}", side.package(), bench.runs));
            scratch.forget_client(false)?;
            let first = scratch.cargo(&["build", "--bin", "consumer_one"])?;
            let second = scratch.cargo(&["build", "--bin", "consumer_all"])?;
            if run > 0 {
                let client = (&first, side.package(), Kind::Library);
                one.of(side).add_units(&[client, (&first, "consumer_one", Kind::Program)])?;
                all.of(side).add_units(&[client, (&second, "consumer_all", Kind::Program)])?;
            }
        }
    }
    let one = one.rows("debug build of crate and consumer of 1 operation", Some(Bar::Times(6.0)));
    let all = all.rows("debug build of crate and consumer of 40 operations", Some(Bar::Times(4.0)));
    Ok(one.into_iter().chain(all).collect())
}

/// The README's first program, built from nothing; and once more with a client of ours where `aws-config` has the
/// official one of STS, if the model of STS is there.
pub(super) fn cold(bench: &Bench, progress: &Progress) -> Result<Vec<Row>, String> {
    let mut pair = Pair::default();
    let mut patched = Times::default();
    let mut crates = [None; 3];
    let sts = emitted_sts(bench)?;
    for run in 1..=bench.long_runs {
        let mut scratches = Side::BOTH.map(|side| Scratch::cold(&bench.root, side)).into_iter().collect::<Vec<_>>();
        scratches.extend(sts.iter().map(|folder| Scratch::cold_patched(&bench.root, STS, folder)));
        for ((number_of_side, scratch), crates) in scratches.into_iter().enumerate().zip(&mut crates) {
            let scratch = scratch?;
            let side = scratch.side();
            progress.say(&format!("cold build with {}, run {run} of {}", side.package(), bench.long_runs));
            // What is not in Cargo's own cache yet is fetched ahead, outside of the time that counts.
            scratch.cargo(&["fetch"])?;
            scratch.wipe()?;
            let built = scratch.cargo(&["build"])?;
            let times = if number_of_side < Side::BOTH.len() { pair.of(side) } else { &mut patched };
            times.add([(&built.cpu, &built.wall)]);
            let compiled = built.units.iter().filter(|unit| unit.kind != Kind::BuildScript).count();
            *crates = Some(number(compiled));
            scratch.wipe()?;
        }
    }
    let measure = "cold debug build of the README's first program";
    let [official, ours, ours_patched] = crates;
    let mut rows = vec![Row::new(format!("{measure}, crates compiled"), Unit::Count, official, ours)];
    if sts.is_some() {
        let measure = format!("{measure}, STS of ours for aws-config too");
        let cpu = median(pair.official.cpu.clone());
        rows.push(Row::new(format!("{measure}, CPU"), Unit::Seconds, cpu, median(patched.cpu)));
        rows.push(Row::new(format!("{measure}, crates compiled"), Unit::Count, official, ours_patched));
    }
    Ok(pair.rows(measure, Some(Bar::Times(1.7))).into_iter().chain(rows).collect())
}

/// The official client of STS, which `aws-config` calls.
const STS: &str = "aws-sdk-sts";

/// The model of STS, from the root of the repository. It is not part of it.
const STS_MODEL: &str = "../shared/models/aws-2026/sts.json";

/// Emits the client of STS under the name of the official one, with what `aws-config` calls; `None` without its model.
fn emitted_sts(bench: &Bench) -> Result<Option<PathBuf>, String> {
    let model = bench.root.join(STS_MODEL);
    if !model.is_file() {
        return Ok(None);
    }
    let model = paths::resolve(&model).map_err(|cause| format!("cannot use {}: {cause}", model.display()))?;
    let folder = bench.root.join("target/bench/emitted").join(STS);
    let model = model.to_str().ok_or_else(|| format!("{} is not UTF-8", model.display()))?;
    // The version is above all of the registry, so that whatever version is asked for, this one is it.
    let choice =
        ["--model", model, "--crate-version", "1.999.0", "--operations", "AssumeRole,AssumeRoleWithWebIdentity"];
    slice::emit(bench, &folder, &choice)?;
    Ok(Some(folder))
}

/// The documentation of the client, without that of its dependencies.
pub(super) fn documentation(bench: &Bench, progress: &Progress) -> Result<Vec<Row>, String> {
    let scratches = bench.warm()?;
    let mut pair = Pair::default();
    for run in 0..=bench.runs {
        for scratch in &scratches {
            let side = scratch.side();
            progress.say(&format!("documentation of {}, run {run} of {}", side.package(), bench.runs));
            scratch.forget_client(false)?;
            let built = scratch.cargo(&["doc", "--no-deps", "-p", side.package()])?;
            if run > 0 {
                pair.of(side).add_units(&[(&built, side.package(), Kind::Documentation)])?;
            }
        }
    }
    Ok(pair.rows("cargo doc of the crate alone", None).into())
}
