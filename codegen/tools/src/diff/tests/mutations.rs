//! Every single change of a model is told, the other way round it is told as its mirror, and no change is none.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::super::{Fate, Reading, compare, summary};
use super::{enumeration, model, structure};
use smithy_client_codegen::Source;

/// The variable that says how many mutations of each real model are tried; each takes a while.
const VARIABLE: &str = "DIFF_MUTATIONS";

/// How many are tried where it says nothing.
const TRIED: usize = 4;

/// The largest model that is tried then, in bytes.
const LARGEST: u64 = 130_000;

/// An operation with a trait of nearly every kind, and its error.
fn dense_operation() -> [Value; 2] {
    let error = json!({"type": "structure", "members": {
        "message": {"target": "Name"},
        "after": {"target": "Count", "traits": {"smithy.api#httpHeader": "Retry-After"}},
    }, "traits": {"smithy.api#error": "client", "smithy.api#httpError": 429, "smithy.api#retryable": {"throttling": true}}});
    let operation = json!({
        "type": "operation", "input": {"target": "Request"}, "output": {"target": "Response"}, "errors": [{"target": "Broken"}],
        "traits": {
            "smithy.api#http": {"method": "PUT", "uri": "/things/{id}", "code": 201},
            "smithy.api#idempotent": {}, "smithy.api#tags": ["a", "b"], "smithy.api#cors": {"origin": "*"},
            "smithy.api#paginated": {"inputToken": "token", "outputToken": "token", "items": "things", "pageSize": "most"},
            "smithy.api#deprecated": {"message": "Use another.", "since": "2024"},
            "smithy.api#optionalAuth": {}, "smithy.api#httpChecksumRequired": {}, "smithy.api#endpoint": {"hostPrefix": "data-"},
            "smithy.rules#staticContextParams": {"Flag": {"value": true}}, "aws.auth#unsignedPayload": {},
            "smithy.waiters#waitable": {"ThingMade": {"minDelay": 3, "acceptors": [
                {"state": "success", "matcher": {"output": {"path": "things[].name", "expected": "a", "comparator": "allStringEquals"}}},
            ]}},
            "com.example.own#trait": {"depth": 1},
        },
    });
    [operation, error]
}

/// A model with a trait of nearly every kind.
fn dense() -> Value {
    let [operation, error] = dense_operation();
    model(json!({
        "GetThing": operation, "Broken": error,
        "Request": structure(json!({
            "id": {"target": "Id", "traits": {"smithy.api#required": {}, "smithy.api#httpLabel": {}}},
            "token": {"target": "Name", "traits": {"smithy.api#httpQuery": "token"}},
            "most": {"target": "Count", "traits": {"smithy.api#httpQuery": "most", "smithy.api#range": {"min": 1, "max": 9}}},
            "once": {"target": "Name", "traits": {"smithy.api#idempotencyToken": {}, "smithy.api#httpHeader": "X-Once"}},
            "thing": {"target": "Thing", "traits": {"smithy.api#default": null, "smithy.api#xmlName": "T"}},
        })),
        "Response": structure(json!({
            "token": {"target": "Name"},
            "things": {"target": "Things", "traits": {"smithy.api#required": {}}},
            "at": {"target": "When", "traits": {"smithy.api#timestampFormat": "http-date"}},
            "status": {"target": "Count", "traits": {"smithy.api#httpResponseCode": {}}},
            "meta": {"target": "Names", "traits": {"smithy.api#httpPrefixHeaders": "X-Meta-"}},
        })),
        "Thing": structure(json!({
            "name": {"target": "Name", "traits": {"smithy.api#jsonName": "n", "smithy.api#length": {"min": 1, "max": 8}}},
            "kind": {"target": "Kind", "traits": {"smithy.api#required": {}, "smithy.api#clientOptional": {}}},
            "size": {"target": "Count", "traits": {"smithy.api#default": 0, "smithy.api#addedDefault": {}}},
            "level": {"target": "Level"}, "either": {"target": "Either"}, "bytes": {"target": "Bytes"},
        })),
        "Things": {"type": "list", "member": {"target": "Thing", "traits": {"smithy.api#xmlName": "item"}},
            "traits": {"smithy.api#length": {"min": 0, "max": 50}, "smithy.api#uniqueItems": {}}},
        "Names": {"type": "map", "key": {"target": "Name"}, "value": {"target": "Name", "traits": {"smithy.api#pattern": "^a"}},
            "traits": {"smithy.api#length": {"min": 0}}},
        "Kind": {"type": "enum", "members": {
            "A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "a", "smithy.api#tags": ["x"]}},
            "B": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "b", "smithy.api#deprecated": {}}},
        }},
        "Level": {"type": "intEnum", "members": {
            "LOW": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1, "smithy.api#deprecated": {}}},
        }},
        "Either": {"type": "union", "members": {"one": {"target": "Name"}, "two": {"target": "Sparse"}}},
        "Sparse": {"type": "list", "member": {"target": "Name"}, "traits": {"smithy.api#sparse": {}}},
        "Bytes": {"type": "blob", "traits": {"smithy.api#mediaType": "video/mp4"}},
        "Id": {"type": "string", "traits": {"smithy.api#pattern": "^[a-z]+$", "aws.api#arnReference": {"type": "x"}}},
        "Name": {"type": "string", "traits": {"smithy.api#sensitive": {}, "smithy.api#length": {"min": 1, "max": 64}}},
        "When": {"type": "timestamp", "traits": {"smithy.api#timestampFormat": "date-time"}},
        "Idle": {"type": "string", "traits": {"smithy.api#private": {}}},
        "Old": enumeration(&["X"]),
    }))
}

/// A model of one change, and what that is.
struct Mutation {
    what: String,
    model: Value,
}

/// Every model that comes of taking one trait away or changing its value, and of taking one member away.
fn mutations(model: &Value) -> Vec<Mutation> {
    let mut found = Vec::new();
    for (id, shape) in model["shapes"].as_object().expect("it has shapes") {
        let mut owners = vec![format!("/shapes/{}", escaped(id))];
        for (name, _) in shape["members"].as_object().into_iter().flatten() {
            owners.push(format!("{}/members/{}", owners[0], escaped(name)));
        }
        let parts = ["member", "key", "value"].iter().filter(|part| shape.get(part).is_some());
        let parts: Vec<String> = parts.map(|part| format!("{}/{part}", owners[0])).collect();
        owners.extend(parts);
        for owner in &owners {
            let traits = model.pointer(owner).and_then(|owner| owner["traits"].as_object());
            for (key, value) in traits.into_iter().flatten() {
                let place = format!("{owner}/traits");
                found.push(mutation(model, format!("without {owner} {key}"), &place, |traits| {
                    traits.as_object_mut().expect("traits are an object").remove(key);
                }));
                // Rule sets are compared by behaviour, which most other texts of them do not change.
                if let Some(other) = other(value).filter(|_| key != "smithy.rules#endpointRuleSet") {
                    let what = format!("{owner} {key} is {other}");
                    found.push(mutation(model, what, &place, |traits| traits[key] = other.clone()));
                }
            }
        }
        for name in shape["members"].as_object().into_iter().flatten().map(|(name, _)| name) {
            found.push(mutation(model, format!("without {id}${name}"), &format!("{}/members", owners[0]), |members| {
                members.as_object_mut().expect("members are an object").remove(name);
            }));
        }
    }
    found
}

fn mutation(model: &Value, what: String, place: &str, change: impl Fn(&mut Value)) -> Mutation {
    let mut model = model.clone();
    change(model.pointer_mut(place).expect("the place is there"));
    Mutation { what, model }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Another value of the same kind; `None` for what has no other.
fn other(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::Bool(flag) => Some(json!(!flag)),
        Value::Number(number) => Some(json!(number.as_f64().map_or(0.0, |number| number) as i64 + 1)),
        Value::String(text) => Some(json!(format!("{text}x"))),
        Value::Array(items) => items.split_last().map(|(_, rest)| json!(rest)),
        Value::Object(fields) => {
            let (key, changed) = fields.iter().find_map(|(key, value)| Some((key, other(value)?)))?;
            let mut fields = fields.clone();
            fields.insert(key.clone(), changed);
            Some(Value::Object(fields))
        }
    }
}

/// How many mutations are asked for.
fn asked() -> Option<usize> {
    std::env::var(VARIABLE).ok()?.parse().ok()
}

/// Every how manieth mutation is tried, so that there are as many as are asked for.
fn thinned(model: &Value) -> usize {
    mutations(model).len() / asked().unwrap_or(TRIED) + 1
}

fn reading(model: &Value) -> Option<Reading> {
    Reading::of(&[Source { name: "model.json".to_owned(), text: model.to_string() }]).ok()
}

/// How many changes there are of each fate; one of another fate the other way round is another.
fn fates(old: &Reading, new: &Reading) -> (BTreeMap<Fate, usize>, bool) {
    let report = summary::report(compare(old, new), None);
    let mut fates = BTreeMap::new();
    for change in &report.changes {
        *fates.entry(change.fate).or_default() += 1;
    }
    (fates, report.is_empty())
}

/// Mutations of a model that are not told, or not as their mirror; and how many were tried.
fn untold(model: &Value, every: usize) -> (Vec<String>, usize) {
    let whole = reading(model).expect("the model is one");
    let (mut untold, mut tried) = (Vec::new(), 0);
    for mutation in mutations(model).into_iter().step_by(every) {
        // What is no model any more is refused, which is another test's.
        let Some(mutated) = reading(&mutation.model) else { continue };
        tried += 1;
        let (there, is_empty) = fates(&whole, &mutated);
        let (back, _) = fates(&mutated, &whole);
        let mirrored = |fates: &BTreeMap<Fate, usize>, fate| fates.get(&fate).copied();
        let is_mirror = mirrored(&there, Fate::Added) == mirrored(&back, Fate::Removed)
            && mirrored(&there, Fate::Removed) == mirrored(&back, Fate::Added)
            && mirrored(&there, Fate::Changed) == mirrored(&back, Fate::Changed);
        if is_empty || !is_mirror {
            untold.push(format!("{}: {there:?} and back {back:?}", mutation.what));
        }
    }
    (untold, tried)
}

#[test]
fn every_change_of_a_dense_model_is_told() {
    let (untold, tried) = untold(&dense(), 1);
    assert_eq!(untold.join("\n"), "");
    assert!(tried > 100, "{tried}");
}

#[test]
fn some_changes_of_the_repository_s_model_are_told() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../model/ivs-realtime.json");
    let model = serde_json::from_str(&fs::read_to_string(path).expect("it is there")).expect("it is JSON");
    let (untold, tried) = untold(&model, thinned(&model));
    assert_eq!(untold.join("\n"), "");
    assert!(tried > 1, "{tried}");
}

#[test]
fn some_changes_of_each_real_model_are_told() {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/models/aws");
    let Ok(files) = fs::read_dir(directory) else {
        println!("skipped: not found");
        return;
    };
    for file in files {
        let path = file.expect("it is readable").path();
        let model: Value = serde_json::from_str(&fs::read_to_string(&path).expect("it is text")).expect("it is JSON");
        if asked().is_none() && fs::metadata(&path).is_ok_and(|status| status.len() > LARGEST)
            || reading(&model).is_none()
        {
            continue;
        }
        let (untold, _) = untold(&model, thinned(&model));
        assert_eq!(untold.join("\n"), "", "{}", path.display());
    }
}

#[test]
fn the_order_of_shapes_traits_and_operations_is_no_change() {
    fn reversed(value: &Value, key: &str) -> Value {
        match value {
            // The order of values is that of the variants.
            Value::Object(_) if value["type"] == "enum" => value.clone(),
            Value::Object(fields) => {
                fields.iter().rev().map(|(key, value)| (key.clone(), reversed(value, key))).collect()
            }
            Value::Array(items) if ["operations", "errors"].contains(&key) => items.iter().rev().cloned().collect(),
            other => other.clone(),
        }
    }
    let model = dense();
    let other = reversed(&model, "");
    let (old, new) = (reading(&model).expect("it is a model"), reading(&other).expect("it is a model"));
    let report = summary::report(compare(&old, &new), None);
    assert!(report.is_empty() && report.methods.is_empty(), "{:?} {:?}", report.changes, report.methods);
}
