//! What a program costs before and after it is taken over: in processor time, with everything that is compiled.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use super::scratch::{Scratch, Took};
use super::subject::{ALL, Subject};
use crate::bench::Side;
use crate::bench::compiler::{Kind, Unit};

/// The share of the official program's processor time that the first program may take, without aws-lc.
const COLD: f64 = 0.5;

/// The share of the official service crates' that ours may take.
const ALONE: f64 = 1.0 / 20.0;

/// What makes `migrate` leave aws-lc out.
pub(super) const WITHOUT_AWS_LC: &str = "--without-aws-lc";

/// Seconds of processor time that a call of a new operation may take, until the program is built again.
const NEXT: f64 = 5.0;

/// How often everything is built from nothing. The least counts: what else a machine does only adds to it.
const COLD_BUILDS: usize = 2;

/// How often a call of a new operation is added and taken away; again the least counts.
const ROUNDS: usize = 3;

/// What builds of one side took.
#[derive(Debug)]
struct Costs {
    /// A debug build from nothing.
    cold: Took,
    /// The crates of the services, each in that build in which it took least.
    alone: f64,
    /// The same with our runtime.
    with_runtime: f64,
    /// How long until a call of an operation that is new to the program is built: emitting it,
    sync: f64,
    /// and compiling.
    next: Took,
}

impl Costs {
    /// Seconds until a call of an operation that is new to the program is built.
    fn next(&self) -> f64 {
        self.sync + self.next.cpu
    }
}

/// What a program costs on both sides.
#[derive(Debug)]
pub(super) struct Measured {
    name: &'static str,
    /// Whether the bars are about this program.
    has_bars: bool,
    official: Costs,
    ours: Costs,
    /// A debug build of ours from nothing, without aws-lc.
    without_aws_lc: Took,
}

/// What it takes to measure a program.
pub(super) struct Measuring<'a> {
    pub(super) root: &'a Path,
    pub(super) command: &'a Path,
    pub(super) say: &'a dyn Fn(&str),
}

impl Measuring<'_> {
    /// Builds a program on both sides, from nothing and then after it was added to.
    ///
    /// # Errors
    ///
    /// A sentence: it cannot be taken over or built.
    pub(super) fn of(&self, subject: &Subject) -> Result<Measured, String> {
        let official = self.side(subject, Side::Official)?;
        let ours = self.side(subject, Side::Ours)?;
        let without_aws_lc = self.without_aws_lc(subject)?;
        Ok(Measured { name: subject.name, has_bars: subject.name == ALL[0].name, official, ours, without_aws_lc })
    }

    /// A build of ours from nothing, without aws-lc.
    fn without_aws_lc(&self, subject: &Subject) -> Result<Took, String> {
        let directory = subject.directory(self.root);
        let name = format!("{}-without-aws-lc", subject.name);
        let scratch = Scratch::of(self.root, &name, &directory, Side::Ours)?.cold()?;
        let models = subject.models(self.root).map_err(|missing| format!("not found: {}", missing.display()))?;
        scratch.migrate(self.command, &models, &[WITHOUT_AWS_LC])?;
        scratch.cargo(&["fetch"])?;
        let builds = self.cold_builds(&scratch, &format!("{}, ours without aws-lc", subject.name))?;
        scratch.wipe()?;
        least(builds, |took| took.cpu)
    }

    /// Builds from nothing.
    fn cold_builds(&self, scratch: &Scratch, name: &str) -> Result<Vec<Took>, String> {
        let build = |_| {
            scratch.wipe()?;
            (self.say)(&format!("cold build of {name}"));
            let took = scratch.cargo(&["build"])?;
            (self.say)(&format!("  {:.1} s", took.cpu));
            Ok(took)
        };
        (0..COLD_BUILDS).map(build).collect()
    }

    fn side(&self, subject: &Subject, side: Side) -> Result<Costs, String> {
        let directory = subject.directory(self.root);
        let scratch = Scratch::of(self.root, &format!("{}-cold", subject.name), &directory, side)?.cold()?;
        let mut services = official(&scratch.read("Cargo.toml")?);
        if side == Side::Ours {
            let models = subject.models(self.root).map_err(|missing| format!("not found: {}", missing.display()))?;
            let taken = scratch.migrate(self.command, &models, &[])?;
            services = clients(&taken);
        }
        // What is not in cargo's own cache yet is fetched ahead, outside of the time that counts.
        scratch.cargo(&["fetch"])?;
        let builds = self.cold_builds(&scratch, &format!("{}, {}", subject.name, side.word()))?;
        let alone = services.iter().map(|service| of_library(&builds, service)).sum::<f64>();
        let runtime = of_library(&builds, "smithy_client_runtime");
        let cold = least(builds, |took| took.cpu)?;
        (self.say)(&format!("{} with one call more, {}", subject.name, side.word()));
        let (sync, next) = self.next(subject, side, &scratch)?;
        (self.say)(&format!("  {:.1} s", sync + next.cpu));
        scratch.wipe()?;
        Ok(Costs { cold, alone, with_runtime: alone + runtime, sync, next })
    }

    /// What a call of a new operation costs: of `sync`, and of cargo.
    fn next(&self, subject: &Subject, side: Side, scratch: &Scratch) -> Result<(f64, Took), String> {
        const SOURCE: &str = "src/lib.rs";
        let before = scratch.read(SOURCE)?;
        let build = || {
            let sync = if side == Side::Ours { scratch.ours(self.command, &["sync"])?.cpu } else { 0.0 };
            Ok::<_, String>((sync, scratch.cargo(&["build"])?))
        };
        let mut rounds = Vec::new();
        for _ in 0..ROUNDS {
            scratch.append(SOURCE, subject.addition)?;
            rounds.push(build()?);
            scratch.write(SOURCE, &before)?;
            build()?;
        }
        least(rounds, |(sync, build)| sync + build.cpu)
    }
}

/// That which took least.
///
/// # Errors
///
/// A sentence: there is none.
fn least<T>(all: Vec<T>, took: impl Fn(&T) -> f64) -> Result<T, String> {
    let least = all.into_iter().min_by(|one, other| took(one).total_cmp(&took(other)));
    least.ok_or_else(|| "nothing was measured".to_owned())
}

/// The libraries of official crates that a manifest names as dependencies.
fn official(manifest: &str) -> BTreeSet<String> {
    let words = manifest.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-' && sign != '_');
    words.filter(|word| word.starts_with("aws-sdk-")).map(|word| word.replace('-', "_")).collect()
}

/// The libraries of the clients that a migration has made.
fn clients(taken: &Value) -> BTreeSet<String> {
    let all = taken["taken_over"].as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().filter_map(|client| client["client"].as_str()).map(|name| name.replace('-', "_")).collect()
}

/// The processor time of a library in that of these builds in which it took least; nothing where none of them has it.
fn of_library(builds: &[Took], name: &str) -> f64 {
    let units = builds.iter().flat_map(|took| &took.units);
    let times = units.filter(|unit| unit.kind == Kind::Library && unit.name == name).filter_map(|unit| unit.cpu);
    times.reduce(f64::min).unwrap_or_default()
}

/// How many crates were compiled, those that run at build time included.
fn crates(units: &[Unit]) -> usize {
    units.iter().filter(|unit| unit.kind == Kind::Library).count()
}

impl Measured {
    /// Whether every bar is reached; there are none but for the first program.
    pub(super) fn is_good(&self) -> bool {
        !self.has_bars || self.bars().iter().all(|(value, bar)| value <= bar)
    }

    fn bars(&self) -> [(f64, f64); 3] {
        let share = |ours: f64, official: f64| ours / official;
        [
            (share(self.without_aws_lc.cpu, self.official.cold.cpu), COLD),
            (share(self.ours.alone, self.official.alone), ALONE),
            (self.ours.next(), NEXT),
        ]
    }

    /// A line for each measure.
    pub(super) fn text(&self) -> String {
        let [cold, alone, next] = self.bars();
        let told = |(value, bar): (f64, f64)| match (self.has_bars, value <= bar) {
            (false, _) => String::new(),
            (true, true) => format!(", bar {bar:.2}: ok"),
            (true, false) => format!(", bar {bar:.2}: MISSED"),
        };
        let (official, ours) = (&self.official, &self.ours);
        let mut text = format!("{} (seconds of processor time, debug builds)\n", self.name);
        let mut line = |what: &str, official: f64, ours: f64, rest: String| {
            text += &format!("  {what:34} official {official:7.1}   ours {ours:7.1}   {rest}\n");
        };
        let bar = |it: (f64, f64)| format!("{:.3} of it{}", it.0, told(it));
        let share = format!("{:.3} of it", ours.cold.cpu / official.cold.cpu);
        line("all, from nothing", official.cold.cpu, ours.cold.cpu, share);
        let counts = [official, ours].map(|costs| crates(&costs.cold.units) as f64);
        line("  crates compiled", counts[0], counts[1], String::new());
        line("the service crates alone", official.alone, ours.alone, bar(alone));
        line("  and our runtime", official.alone, ours.with_runtime, String::new());
        line("a call of a new operation", official.next(), next.0, format!("{}{}", self.parts_of_next(), told(next)));
        let without = &self.without_aws_lc;
        line("all, from nothing, without aws-lc", official.cold.cpu, without.cpu, bar(cold));
        line("  crates compiled", counts[0], crates(&without.units) as f64, String::new());
        text + &self.dearest()
    }

    /// What a call of a new operation costs, by what is done for it.
    fn parts_of_next(&self) -> String {
        let Costs { sync, next, .. } = &self.ours;
        let kind = |unit: &Unit| if unit.kind == Kind::Program { " (program)" } else { "" };
        let units = next.units.iter().map(|unit| (format!("{}{}", unit.name, kind(unit)), unit.cpu.unwrap_or(0.0)));
        let compilers: f64 = next.units.iter().filter_map(|unit| unit.cpu).sum();
        let all =
            [("sync".to_owned(), *sync)].into_iter().chain(units).chain([("cargo".to_owned(), next.cpu - compilers)]);
        all.map(|(name, seconds)| format!("{name} {seconds:.1}")).collect::<Vec<_>>().join(", ")
    }

    /// What ours spends its time on, the dearest crates first.
    fn dearest(&self) -> String {
        let mut units: Vec<&Unit> = self.ours.cold.units.iter().collect();
        units.sort_by(|one, other| other.cpu.unwrap_or(0.0).total_cmp(&one.cpu.unwrap_or(0.0)));
        let compilers: f64 = self.ours.cold.units.iter().filter_map(|unit| unit.cpu).sum();
        let named = units.iter().take(12).map(|unit| format!("{} {:.1}", unit.name, unit.cpu.unwrap_or(0.0)));
        let named: Vec<_> = named.collect();
        let rest = self.ours.cold.cpu - compilers;
        format!("  dearest of ours: {}; build scripts that ran, and cargo: {rest:.1}\n", named.join(", "))
    }

    /// The same for a program.
    pub(super) fn object(&self) -> Value {
        let side = |costs: &Costs| {
            json!({
                "cold": costs.cold.cpu, "cold_wall": costs.cold.wall, "crates": crates(&costs.cold.units),
                "services": costs.alone, "services_and_runtime": costs.with_runtime,
                "next_operation": { "sync": costs.sync, "cargo": costs.next.cpu },
            })
        };
        let [cold, alone, next] = self.bars();
        let bar = |it: (f64, f64)| json!({ "value": it.0, "bar": it.1, "reached": it.0 <= it.1 });
        let bars =
            self.has_bars.then(|| json!({ "cold": bar(cold), "services": bar(alone), "next_operation": bar(next) }));
        json!({
            "program": self.name, "official": side(&self.official), "ours": side(&self.ours),
            "bars": bars,
            "without_aws_lc": { "cold": self.without_aws_lc.cpu, "crates": crates(&self.without_aws_lc.units) },
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{clients, of_library, official};
    use crate::bench::compiler::{Kind, Unit};
    use crate::takeover::scratch::Took;

    #[test]
    fn the_crates_of_services_are_known_by_their_names() {
        let manifest = "aws-config = \"1\"\nkms = { package = \"aws-sdk-kms\", version = \"1\" }\naws-sdk-s3 = \"1\"\n";
        assert_eq!(official(manifest).into_iter().collect::<Vec<_>>(), ["aws_sdk_kms", "aws_sdk_s3"]);
        let taken = json!({ "taken_over": [{ "client": "kms" }, { "client": "lex-runtime" }] });
        assert_eq!(clients(&taken).into_iter().collect::<Vec<_>>(), ["kms", "lex_runtime"]);
    }

    #[test]
    fn of_a_library_the_build_counts_in_which_it_took_least() {
        let unit = |kind, cpu| Unit { name: "kms".to_owned(), kind, cpu, wall: 1.0, peak: None };
        let build = |cpu| {
            let units =
                vec![unit(Kind::Library, Some(cpu)), unit(Kind::BuildScript, Some(1.0)), unit(Kind::Library, None)];
            Took { units, cpu, wall: 1.0 }
        };
        let builds = [build(3.0), build(2.0), build(2.5)];
        assert!((of_library(&builds, "kms") - 2.0).abs() < 1e-9);
        assert!(of_library(&builds, "sqs").abs() < 1e-9);
    }
}
