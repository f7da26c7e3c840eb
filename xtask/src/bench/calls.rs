//! What calls cost: decoding an answer, encoding an input, and the whole way there and back.
//!
//! The official crate offers nothing but whole calls. So the cost of decoding is that of a call with an answer less that
//! of the same call with an empty one. Encoding is the same with inputs, on requests that are not signed, less what it
//! costs to make the inputs.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::meter::{Meter, Work};
use super::scratch::Side;
use super::table::{Bar, Row};
use super::{Bench, Progress, bodies, server};

/// The endpoint that stands for answers in memory to signed requests.
const MEMORY: &str = "memory";

/// The programs of both clients, and how they are measured.
struct Bank<'a> {
    meter: Meter,
    programs: [PathBuf; 2],
    directory: PathBuf,
    progress: &'a Progress,
}

impl<'a> Bank<'a> {
    /// Builds the programs.
    fn build(bench: &Bench, meter: Meter, progress: &'a Progress) -> Result<Self, String> {
        let programs = bench.warm()?.map(|scratch| {
            progress.say(&format!("release build of calls with {}", scratch.side().package()));
            scratch.cargo(&["build", "--release", "--bin", "calls"]).map(|_| scratch.built("release/calls"))
        });
        let [official, ours] = programs;
        let directory = bench.root.join("target/bench/bodies");
        fs::create_dir_all(&directory).map_err(|cause| format!("cannot make {}: {cause}", directory.display()))?;
        Ok(Self { meter, programs: [official?, ours?], directory, progress })
    }

    /// The file that holds `body`.
    fn file(&self, name: &str, body: &Value) -> Result<PathBuf, String> {
        let file = self.directory.join(format!("{name}.json"));
        fs::write(&file, body.to_string()).map_err(|cause| format!("cannot write {}: {cause}", file.display()))?;
        Ok(file)
    }

    /// What `work` costs with each client, which have to come to the same.
    fn both(&self, work: Work<'_>, runs: usize) -> Result<[f64; 2], String> {
        self.progress.say(&format!("{} with {}", work.name, work.body.display()));
        let [official, ours] = &self.programs;
        let official = self.meter.cost(official, work, runs)?;
        let ours = self.meter.cost(ours, work, runs)?;
        match official.witness == ours.witness {
            true => Ok([official.value, ours.value]),
            false => Err(format!(
                "`{}` is not the same work for both clients: {} came to {}, {} to {}",
                work.name,
                Side::Official.word(),
                official.witness,
                Side::Ours.word(),
                ours.witness
            )),
        }
    }

    /// What `work` costs without any client.
    fn serde(&self, name: &str, body: &Path) -> Result<f64, String> {
        self.progress.say(&format!("{name} with {}", body.display()));
        self.meter.cost(&self.programs[1], Work { name, body, endpoint: None }, 1).map(|cost| cost.value)
    }

    /// A row for decoding `full`: what it costs more than `empty`.
    fn decoding(&self, measure: &str, operation: &str, full: &Path, empty: &Path) -> Result<Row, String> {
        let call = |body| self.both(Work { name: operation, body, endpoint: None }, 1);
        let derived = format!("serde-{operation}");
        let [official, ours] = minus(call(full)?, call(empty)?);
        let serde = self.serde(&derived, full)? - self.serde(&derived, empty)?;
        Ok(Row::new(measure, self.meter.unit(), Some(official), Some(ours)).serde(Some(serde)))
    }

    /// A row for the whole call of `operation` at `endpoint`.
    fn whole(&self, measure: &str, operation: &str, body: &Path, endpoint: &str, runs: usize) -> Result<Row, String> {
        let [official, ours] = self.both(Work { name: operation, body, endpoint: Some(endpoint) }, runs)?;
        Ok(Row::new(measure, self.meter.unit(), Some(official), Some(ours)))
    }
}

/// The differences, client by client.
fn minus(whole: [f64; 2], part: [f64; 2]) -> [f64; 2] {
    [whole[0] - part[0], whole[1] - part[1]]
}

/// Decoding and encoding.
pub(super) fn codec(bench: &Bench, meter: Meter, progress: &Progress) -> Result<Vec<Row>, String> {
    let bank = Bank::build(bench, meter, progress)?;
    let list = |items| bank.file(&format!("list-{items}"), &bodies::list_compositions(items));
    let (none, twenty, hundred) = (list(0)?, list(20)?, list(100)?);
    let empty = bank.file("empty", &json!({}))?;
    let composition = bank.file("composition", &bodies::get_composition())?;
    let stage = bank.file("stage", &bodies::create_stage())?;

    let operation = "list-compositions";
    let short = bank.decoding("decode ListCompositions, 20 items", operation, &twenty, &none)?;
    let text = "serde-list-compositions-text";
    let as_text = bank.serde(text, &twenty)? - bank.serde(text, &none)?;
    let mut lazy = short.clone().serde(Some(as_text));
    lazy.measure.push_str(", serde leaving timestamps as text");
    Ok(vec![
        short.bar(Bar::Share(0.55)).bar(Bar::Serde),
        lazy,
        bank.decoding("decode ListCompositions, 100 items", operation, &hundred, &none)?,
        bank.decoding("decode GetComposition, everything set", "get-composition", &composition, &empty)?,
        bank.decoding("decode CreateStage, 8 tokens", "create-stage", &stage, &empty)?,
        encoding(&bank, &empty)?,
        bank.whole("whole call in memory, ListCompositions, 20 items", operation, &twenty, MEMORY, 1)?,
    ])
}

/// A row for encoding the input of `CreateStage`.
fn encoding(bank: &Bank<'_>, empty: &Path) -> Result<Row, String> {
    let work = |name| bank.both(Work { name, body: empty, endpoint: None }, 1);
    let calls = minus(work("create-stage")?, work("create-stage-empty")?);
    let inputs = minus(work("build-stage")?, work("build-stage-empty")?);
    let [official, ours] = minus(calls, inputs);
    let serde = bank.serde("serde-encode-stage", empty)?;
    let row = Row::new("encode CreateStage, 8 tokens", bank.meter.unit(), Some(official), Some(ours));
    Ok(row.serde(Some(serde)))
}

/// Whole calls over HTTP on loopback, signed.
pub(super) fn loopback(bench: &Bench, meter: Meter, progress: &Progress) -> Result<Vec<Row>, String> {
    let bank = Bank::build(bench, meter, progress)?;
    let row = |measure: &str, operation, name, body: &Value| {
        let endpoint = server::start(body.to_string().as_bytes())?;
        bank.whole(measure, operation, &bank.file(name, body)?, &endpoint, bench.runs)
    };
    let list = bodies::list_compositions(20);
    let measure = "whole call on loopback, ListCompositions, 20 items";
    Ok(vec![
        row(measure, "list-compositions", "list-20", &list)?.bar(Bar::Share(0.8)),
        row("whole call on loopback, CreateStage, 8 tokens", "create-stage", "stage", &bodies::create_stage())?,
    ])
}
