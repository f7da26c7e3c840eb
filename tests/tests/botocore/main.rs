//! Calls by name against botocore: the same inputs and the same answers, the same requests and the same outputs.
//!
//! `cargo test -p tests --test botocore -- --nocapture` makes some hundred calls over all operations; `BOTOCORE_CALLS=2400`
//! says how many, `BOTOCORE_SEED=7` which. Where there is no Python 3 with botocore, or not the description of the service
//! of the same date, in `../shared/models/botocore`, the test says so and passes.

mod botocore;
mod cases;
mod client;
mod compare;

use std::collections::BTreeSet;
use std::env;

use serde_json::{Map, Value};
use tests::model::Model;

use crate::botocore::Botocore;
use crate::cases::Case;

/// A number from the environment, or another one.
fn number(variable: &str, otherwise: u64) -> u64 {
    let text = env::var(variable).unwrap_or_else(|_| otherwise.to_string());
    text.parse().unwrap_or_else(|error| panic!("{variable}={text}: {error}"))
}

#[tokio::test]
async fn calls_by_name_are_those_of_botocore() {
    let botocore = match Botocore::find() {
        Ok(botocore) => botocore,
        Err(missing) => return println!("skipped: {missing}"),
    };
    let model = Model::load();
    let calls = number("BOTOCORE_CALLS", 400);
    let cases = cases::of_all_operations(&model, usize::try_from(calls).expect("a few"), number("BOTOCORE_SEED", 1));
    let theirs = botocore.call(&cases);
    let mut differences = Vec::new();
    for (case, theirs) in cases.iter().zip(&theirs) {
        differences.extend(difference(&model, case, &client::call(case).await, theirs));
    }
    println!("{} calls compared with botocore {}, {} differ", cases.len(), botocore.version, differences.len());
    assert!(differences.is_empty(), "{}", differences.iter().take(5).cloned().collect::<Vec<_>>().join("\n\n"));
}

/// What differs in one call, for people.
fn difference(model: &Model, case: &Case, ours: &Value, theirs: &Value) -> Option<String> {
    let operation = model.operation(&case.operation);
    let [ours, theirs] = [compare::seen(ours), compare::expected(model, &operation, theirs)];
    let parts: BTreeSet<_> = [&ours, &theirs].into_iter().filter_map(Value::as_object).flat_map(Map::keys).collect();
    let differing = parts.into_iter().filter(|part| ours[part.as_str()] != theirs[part.as_str()]);
    let lines: Vec<_> = differing
        .map(|part| format!("{part}:\n  botocore {}\n  ours     {}", theirs[part.as_str()], ours[part.as_str()]))
        .collect();
    (!lines.is_empty()).then(|| format!("{case:?}\n{}", lines.join("\n")))
}
