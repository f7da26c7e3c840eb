//! Real descriptions of one service and the Smithy models of the same day: the conversion has to give the model.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::super::{BotocoreFiles, to_ast};
use smithy_client_codegen::Source;

/// Days of which both forms are at hand.
const DAYS: [&str; 3] = ["2023-11-15", "2023-11-16", "2026-11-17"];

fn models() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/models")
}

fn source(day: &str, file: &str) -> Option<Source> {
    let text = fs::read_to_string(models().join("botocore").join(day).join(file)).ok()?;
    Some(Source { name: file.to_owned(), text })
}

fn files(day: &str) -> Option<BotocoreFiles> {
    Some(BotocoreFiles {
        service: source(day, "service-2.json")?,
        paginators: source(day, "paginators-1.json"),
        waiters: source(day, "waiters-2.json"),
        endpoint_rules: source(day, "endpoint-rule-set-1.json"),
    })
}

fn model(day: &str) -> Option<Value> {
    let text = fs::read_to_string(models().join(format!("ivs-realtime/ivs-realtime-{day}.json"))).ok()?;
    Some(serde_json::from_str(&text).expect("it is JSON"))
}

/// Every place where two values differ, as JSON pointers.
fn differences(place: &str, left: &Value, right: &Value, found: &mut Vec<String>) {
    match (left, right) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                differences(&format!("{place}/{key}"), value, b.get(key).unwrap_or(&Value::Null), found);
            }
            found.extend(b.keys().filter(|key| !a.contains_key(*key)).map(|key| format!("{place}/{key}: only right")));
        }
        _ if left == right => {}
        _ => found.push(format!("{place}: {left} and {right}")),
    }
}

fn compare(known: impl Fn(&str) -> Option<Value>) {
    for day in DAYS {
        let Some((files, model)) = files(day).zip(model(day)) else {
            println!("skipped: not found: the models of {day}");
            continue;
        };
        let converted = to_ast(&files, known(day).as_ref()).expect("it converts");
        let mut found = Vec::new();
        differences("", &converted.ast, &model, &mut found);
        assert_eq!(found, [""; 0], "{day}");
        assert_eq!(converted.warnings, [], "{day}");
    }
}

#[test]
fn a_conversion_that_knows_nothing_gives_the_model_of_the_day() {
    compare(|_| None);
}

#[test]
fn a_conversion_that_knows_the_newest_model_gives_the_model_of_the_day() {
    compare(|_| model("2026-11-17"));
}

#[test]
fn a_conversion_that_knows_the_oldest_model_gives_the_model_of_the_day() {
    compare(|_| model("2023-11-15"));
}
