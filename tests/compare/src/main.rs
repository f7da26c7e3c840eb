//! Compares the emitted client with AWS's own crate: both in this process, both against the same server on loopback, over
//! every operation, shape and error of the model, with generated inputs and answers; and what is not of the model:
//! settings of the configuration ([`settings`]), refused configurations ([`panics`]), customized calls ([`customized`]),
//! errors made by hand ([`conversions`]) and the traits of all types ([`traits`]).
//!
//! `cargo run --manifest-path tests/compare/Cargo.toml [-- [--cases N] [--seed N] [NAME...]]` prints a table and, for every
//! difference, the smallest case that shows it. Names choose the operations and types that contain them, `Config`, `Client` and
//! `CustomizableOperation` included.
//! The exit code is 0 when nothing differs but what [`explained`] lists, 1 when something does, 2 on wrong usage.

mod clients;
mod conversions;
mod coverage;
mod customized;
mod damage;
mod exceptions;
mod explained;
mod facts;
mod faults;
mod fill;
mod nulls;
mod operations;
mod paging;
mod panics;
mod replies;
mod report;
mod search;
mod settings;
mod shapes;
mod stage;
mod traits;
mod types;
mod wire;

use std::process::ExitCode;

use serde_json::Value;
use tests::model::{Model, Operation as Modelled};
use tests::sample::{self, Extent as Members};
use tests::values;

use crate::operations::{OPERATIONS, Operation};
use crate::replies::Answer;
use crate::report::Report;
use crate::search::{Extent, Findings};
use crate::stage::Stage;

/// What the command line asks for.
#[derive(Debug)]
struct Arguments {
    extent: Extent,
    names: Vec<String>,
}

impl Arguments {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self { extent: Extent { cases: 256, seed: 1 }, names: Vec::new() };
        while let Some(argument) = arguments.next() {
            let mut number = || {
                let value = arguments.next().ok_or_else(|| format!("{argument} needs a number"))?;
                value.parse::<u32>().map_err(|error| format!("{argument} {value}: {error}"))
            };
            match argument.as_str() {
                "--cases" => parsed.extent.cases = number()? as usize,
                "--seed" => parsed.extent.seed = number()?.into(),
                option if option.starts_with('-') => return Err(format!("{option} is no option: --cases N, --seed N")),
                _ => parsed.names.push(argument),
            }
        }
        Ok(parsed)
    }

    fn chooses(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|part| name.contains(part))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let model = Model::load();
    let gaps = coverage::gaps(&model);
    for gap in &gaps {
        println!("{gap}: complete the tables in tests/compare/src");
    }
    let mut report = Report::default();
    compare_operations(&model, &arguments, &mut report).await;
    compare_types(&model, &arguments, &mut report).await;
    compare_client(&arguments, &mut report).await;
    let same = report.finish();
    if same && gaps.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn compare_operations(model: &Model, arguments: &Arguments, report: &mut Report) {
    let extent = arguments.extent;
    for operation in OPERATIONS.iter().filter(|operation| arguments.chooses(operation.name)) {
        let modelled = model.operation(operation.name);
        let sample = sample::structure(model, &modelled.input, Members::Required);
        let mut columns = vec![
            ("calls", calls(model, operation, &modelled, extent).await),
            ("errors", errors(model, operation, &modelled, &sample, extent).await),
            ("faults", faults::compare(operation, &sample).await),
            ("builders", types::input_and_output(model, operation, &modelled, extent).await),
            ("conversions", conversions::compare(operation)),
        ];
        let mut types = vec![[operation.official.traits, operation.ours.traits]];
        if let Some(paginated) = paging::PAGINATED.iter().find(|paginated| paginated.name == operation.name) {
            types.push(paginated.traits);
            columns.push(("pagings", paging::compare(model, paginated, &modelled.output, extent).await));
        }
        columns.push(("traits", traits::compare(&types)));
        report.row(operation.name, columns);
    }
}

async fn compare_types(model: &Model, arguments: &Arguments, report: &mut Report) {
    let extent = arguments.extent;
    for shape in shapes::STRUCTURES.iter().filter(|shape| arguments.chooses(shape.name)) {
        let columns = vec![
            ("builders", types::structure(model, shape, extent).await),
            ("traits", traits::compare(&[shape.traits])),
        ];
        report.row(shape.name, columns);
    }
    for shape in shapes::ENUMERATIONS.iter().filter(|shape| arguments.chooses(shape.name)) {
        let columns = vec![
            ("values", types::enumerated(model, shape, extent).await),
            ("traits", traits::compare(&[shape.traits])),
        ];
        report.row(shape.name, columns);
    }
    for shape in exceptions::EXCEPTIONS.iter().filter(|shape| arguments.chooses(shape.name)) {
        let columns =
            vec![("errors", types::exception(shape, extent).await), ("traits", traits::compare(&[shape.traits]))];
        report.row(shape.name, columns);
    }
}

/// What is not of the model: configuration, client, customized calls.
async fn compare_client(arguments: &Arguments, report: &mut Report) {
    if arguments.chooses("Config") {
        report.row("Config", vec![("settings", settings::compare())]);
    }
    if arguments.chooses("Client") {
        report.row("Client", vec![("panics", panics::compare()), ("traits", traits::compare(&[traits::OF_CLIENT]))]);
    }
    if arguments.chooses("CustomizableOperation") {
        report.row("CustomizableOperation", vec![("customized", customized::compare().await)]);
    }
}

/// A generated input with a generated success for each case.
async fn calls(model: &Model, operation: &Operation, modelled: &Modelled, extent: Extent) -> Findings {
    let stage = Stage::new(operation.name).await;
    let inputs = values::structure(model, &modelled.input, values::INPUT);
    let cases = (inputs, replies::successes(model, modelled));
    Findings::search(&cases, extent, async |(input, answer): &(Value, Answer)| {
        let found = stage.call(operation, input, &[answer.response().into()]).await;
        if !nulls::dropped_by_ours(&found) {
            return found;
        }
        let answers = [answer.without_nulls(), answer.clone()].map(|answer| [answer.response().into()]);
        let mut found = stage.call_answered(operation, input, answers.each_ref().map(|replies| &replies[..])).await;
        found.push(nulls::difference());
        found
    })
    .await
}

/// One proper input with a generated error for each case.
async fn errors(model: &Model, operation: &Operation, modelled: &Modelled, input: &Value, extent: Extent) -> Findings {
    let stage = Stage::new(&format!("{}-errors", operation.name)).await;
    let answers = replies::errors(model, modelled);
    Findings::search(&answers, extent, async |answer: &Answer| {
        stage.call(operation, input, &[answer.response().into()]).await
    })
    .await
}
