//! Tests of the comparison: tiny models, one change each, all four verdicts; and the real models where present.

mod facts;
mod members;
mod mutations;
mod operations;
mod real;
mod reports;
mod types;
mod xml;

use serde_json::{Map, Value, json};

use super::{Difference, Failure, Fate, report};
use smithy_client_codegen::Source;

/// The namespace of the tiny models.
const NAMESPACE: &str = "com.example";

/// A service with the operation `GetThing`, which takes a `Request` and returns a `Response`; both hold a `Thing`.
///
/// `shapes` are by name and come on top of these; null takes one away.
fn model(shapes: Value) -> Value {
    let mut all = json!({
        "Service": {
            "type": "service",
            "version": "2020-01-01",
            "operations": [{"target": "GetThing"}],
            "traits": {
                "aws.api#service": {"sdkId": "Example"},
                "aws.auth#sigv4": {"name": "example"},
                "aws.protocols#restJson1": {},
            },
        },
        "GetThing": operation("Request", "Response"),
        "Request": structure(json!({"thing": {"target": "Thing"}})),
        "Response": structure(json!({"thing": {"target": "Thing"}})),
        "Thing": structure(json!({"name": {"target": "Name"}})),
        "Name": {"type": "string"},
        "Count": {"type": "integer"},
        "Broken": error(409),
    });
    if let (Value::Object(all), Value::Object(shapes)) = (&mut all, shapes) {
        for (name, shape) in shapes {
            match shape {
                Value::Null => drop(all.remove(&name)),
                shape => drop(all.insert(name, shape)),
            }
        }
    }
    qualified(all)
}

/// Puts the namespace before every name of a shape.
fn qualified(shapes: Value) -> Value {
    let Value::Object(shapes) = shapes else { return shapes };
    let names: Vec<String> = shapes.keys().cloned().collect();
    let shapes: Map<String, Value> =
        shapes.into_iter().map(|(name, shape)| (format!("{NAMESPACE}#{name}"), targets(shape, &names))).collect();
    json!({"smithy": "2.0", "shapes": shapes})
}

fn targets(value: Value, names: &[String]) -> Value {
    match value {
        Value::Object(entries) => entries
            .into_iter()
            .map(|(key, value)| match value {
                Value::String(name) if key == "target" && names.contains(&name) => {
                    (key, Value::String(format!("{NAMESPACE}#{name}")))
                }
                other => (key, targets(other, names)),
            })
            .collect(),
        Value::Array(elements) => elements.into_iter().map(|element| targets(element, names)).collect(),
        other => other,
    }
}

fn operation(input: &str, output: &str) -> Value {
    json!({
        "type": "operation",
        "input": {"target": input},
        "output": {"target": output},
        "traits": {"smithy.api#http": {"method": "POST", "uri": format!("/{input}")}},
    })
}

/// [`operation`] with errors.
fn failing(errors: &[&str]) -> Value {
    let mut operation = operation("Request", "Response");
    operation["errors"] = errors.iter().map(|error| json!({"target": error})).collect();
    operation
}

fn error(status: u16) -> Value {
    let fault = if status < 500 { "client" } else { "server" };
    let mut error = structure(json!({}));
    error["traits"] = json!({"smithy.api#error": fault, "smithy.api#httpError": status});
    error
}

fn structure(members: Value) -> Value {
    json!({"type": "structure", "members": members})
}

/// A structure with the one member `name`, a `Name`, with these traits.
fn named(traits: Value) -> Value {
    structure(json!({"name": {"target": "Name", "traits": traits}}))
}

/// A string with these traits.
fn text(traits: Value) -> Value {
    json!({"type": "string", "traits": traits})
}

fn enumeration(values: &[&str]) -> Value {
    let members: Map<String, Value> =
        values.iter().map(|value| ((*value).to_owned(), json!({"target": "smithy.api#Unit"}))).collect();
    json!({"type": "enum", "members": members})
}

/// The whole difference of two tiny models.
fn difference(old: Value, new: Value) -> Difference {
    between(&model(old), &model(new), &[]).expect("both are models")
}

/// The difference of two models as JSON, on some operations.
fn between(old: &Value, new: &Value, operations: &[&str]) -> Result<Difference, Failure> {
    let source = |name: &str, model: &Value| vec![Source { name: name.to_owned(), text: model.to_string() }];
    let operations: Vec<String> = operations.iter().map(|name| (*name).to_owned()).collect();
    report(&source("old.json", old), &source("new.json", new), &operations)
}

/// Every change of two tiny models: rule, place, sentence, verdicts, Rust items.
fn say(old: Value, new: Value) -> String {
    shown(&difference(old, new))
}

fn shown(difference: &Difference) -> String {
    let mut text = String::new();
    for change in &difference.changes {
        let sign = match change.fate {
            Fate::Added => '+',
            Fate::Removed => '-',
            Fate::Changed => '~',
        };
        text += &format!("{sign} {} [{}]: {}\n  {}\n", change.name, change.rule, change.sentence, change.verdicts);
        for (word, item) in [("before", &change.before), ("after", &change.after), ("hint", &change.hint)] {
            if let Some(item) = item {
                text += &format!("  {word}: {item}\n");
            }
        }
    }
    text
}
