//! Tests of the way from text to model: small fixtures, one behaviour each, and the real models where they are present.

mod event_streams;
mod http;
mod meaning;
mod merging;
mod operations;
mod real;
mod robust;
mod shapes;
mod sources;

use super::load::{Loaded, load};
use serde_json::{Map, Value, json};

/// A model as text: the service `a#S` with the operation `a#Op`, which posts `a#In` to `/op`.
///
/// `shapes` come on top; one with the id of a shape of the base replaces it.
fn model(shapes: Value) -> String {
    let mut all = json!({
        "a#S": {
            "type": "service",
            "version": "2020-01-01",
            "operations": [{"target": "a#Op"}],
            "traits": {"aws.protocols#restJson1": {}, "aws.auth#sigv4": {"name": "sig"}},
        },
        "a#Op": operation("/op", json!({})),
        "a#In": {"type": "structure", "members": {}},
    });
    merge(&mut all, shapes);
    json!({"smithy": "2.0", "shapes": all}).to_string()
}

/// A model whose input has these members.
fn model_with_input(members: Value) -> String {
    model(json!({"a#In": {"type": "structure", "members": members}}))
}

/// An operation that posts `a#In` to a route; `more` adds properties to it.
fn operation(uri: &str, more: Value) -> Value {
    let mut operation = json!({
        "type": "operation",
        "input": {"target": "a#In"},
        "traits": {"smithy.api#http": {"method": "POST", "uri": uri}},
    });
    merge(&mut operation, more);
    operation
}

/// A service that is `a#S` with these traits.
fn service(traits: Value) -> Value {
    json!({
        "type": "service",
        "version": "2020-01-01",
        "operations": [{"target": "a#Op"}],
        "traits": traits,
    })
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

/// A member without traits.
fn member(target: &str) -> Value {
    json!({"target": target})
}

/// A member with traits.
fn member_with(target: &str, traits: Value) -> Value {
    json!({"target": target, "traits": traits})
}

/// A JSON AST of Smithy 2.0 with these shapes.
fn ast(shapes: Value) -> String {
    json!({"smithy": "2.0", "shapes": shapes}).to_string()
}

/// Sources named `one.json`, `two.json` and so on.
fn sources(texts: &[String]) -> Vec<(String, String)> {
    let names = ["one.json", "two.json", "three.json"];
    let named = names.iter().zip(texts);
    named.map(|(name, text)| ((*name).to_owned(), text.clone())).collect()
}

/// What loading the sources says: the errors, or the warnings, or `fine`.
fn say(texts: &[String]) -> String {
    match load(&sources(texts), None) {
        Err(report) => report.to_string(),
        Ok(loaded) if loaded.warnings.is_empty() => "fine".to_owned(),
        Ok(loaded) => {
            let warnings = loaded.warnings.iter();
            let lines: Vec<_> = warnings.map(|warning| format!("warning: {warning}")).collect();
            lines.join("\n\n")
        }
    }
}

/// What loading a model with these shapes says.
fn say_shapes(shapes: Value) -> String {
    say(&[model(shapes)])
}

/// What loading a model whose input has these members says.
fn say_input(members: Value) -> String {
    say(&[model_with_input(members)])
}

/// A model that has to load.
fn good(texts: &[String]) -> Loaded {
    match load(&sources(texts), None) {
        Ok(loaded) => loaded,
        Err(report) => panic!("the model should load:\n{report}"),
    }
}

/// A model with these shapes, which has to load.
fn good_shapes(shapes: Value) -> super::Model {
    good(&[model(shapes)]).model
}

/// An object with one entry, for traits whose id is computed.
fn entry(key: &str, value: Value) -> Value {
    Value::Object(Map::from_iter([(key.to_owned(), value)]))
}
