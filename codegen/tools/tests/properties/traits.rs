//! Traits of random shapes and members: each where it may stand, with values that it may have.

use serde_json::{Value, json};

use crate::choices::Choices;
use crate::shapes::Known;

/// Documentation, plain and odd.
const TEXTS: [&str; 6] = [
    "A text.",
    "<p>Two <b>bold</b> words.</p><ul><li>One</li><li><code>two</code></li></ul>",
    "See <a href=\"https://example.com/?a=b&c\">there</a>.",
    "`code` *and* [link] and {brace} and \"quote\" and \\ backslash",
    "Line one.\n\nLine two.\n    indented",
    "",
];

/// Adds a trait once in so many times.
fn maybe(traits: &mut Value, id: &str, value: Value, times: usize, choices: &mut Choices) {
    if choices.once_in(times) {
        traits[format!("smithy.api#{id}")] = value;
    }
}

/// Documentation and deprecation, which everything may have.
pub(crate) fn of_anything(choices: &mut Choices) -> Value {
    let mut traits = json!({});
    let text = *choices.pick(&TEXTS);
    maybe(&mut traits, "documentation", json!(text), 2, choices);
    let whole = json!({"message": "Use another.", "since": "2024-01-01"});
    let deprecated = choices.pick(&[json!({}), whole, json!({"since": "1"})]).clone();
    maybe(&mut traits, "deprecated", deprecated, 8, choices);
    traits
}

/// Traits of a value of an enum.
pub(crate) fn of_value(choices: &mut Choices) -> Value {
    of_anything(choices)
}

/// Limits that a kind may have.
fn constraints(traits: &mut Value, kind: &str, choices: &mut Choices) {
    match kind {
        "string" => {
            maybe(traits, "length", json!({"min": 1, "max": 64}), 3, choices);
            maybe(traits, "pattern", json!("^[a-z\\\\d\"`]+(x|y)?$"), 3, choices);
        }
        "blob" | "map" => maybe(traits, "length", json!({"max": 9}), 4, choices),
        "list" => {
            maybe(traits, "length", json!({"min": 0}), 4, choices);
            maybe(traits, "uniqueItems", json!({}), 4, choices);
        }
        "integer" | "long" | "short" | "byte" => maybe(traits, "range", json!({"min": 1, "max": 100}), 3, choices),
        "double" | "float" => maybe(traits, "range", json!({"min": 0.5}), 3, choices),
        "timestamp" => {
            let format = *choices.pick(&["date-time", "http-date", "epoch-seconds"]);
            maybe(traits, "timestampFormat", json!(format), 2, choices);
        }
        _ => {}
    }
}

/// Adds a namespace of XML now and then.
pub(crate) fn add_namespace(traits: &mut Value, choices: &mut Choices) {
    let namespaces = [json!({"uri": "https://x/?a&b"}), json!({"uri": "urn:\"y\"", "prefix": "y"})];
    maybe(traits, "xmlNamespace", choices.pick(&namespaces).clone(), 8, choices);
}

/// Adds what XML knows of a member of a structure or of a union.
fn add_xml(traits: &mut Value, kind: &str, choices: &mut Choices) {
    maybe(traits, "xmlName", json!(format!("y:Sent-as_{}", choices.below(usize::MAX))), 5, choices);
    match kind {
        "list" | "map" => maybe(traits, "xmlFlattened", json!({}), 3, choices),
        "string" | "integer" | "boolean" | "timestamp" => maybe(traits, "xmlAttribute", json!({}), 8, choices),
        _ => {}
    }
    // An attribute declares nothing.
    if traits.get("smithy.api#xmlAttribute").is_none() {
        add_namespace(traits, choices);
    }
}

/// Traits of a shape of a kind.
pub(crate) fn of_shape(kind: &str, choices: &mut Choices) -> Value {
    let mut traits = of_anything(choices);
    if ["structure", "union"].contains(&kind) {
        maybe(&mut traits, "xmlName", json!("RootOf"), 6, choices);
        add_namespace(&mut traits, choices);
    }
    constraints(&mut traits, kind, choices);
    maybe(&mut traits, "sensitive", json!({}), 6, choices);
    match kind {
        "list" | "map" => maybe(&mut traits, "sparse", json!({}), 4, choices),
        "string" | "blob" => maybe(&mut traits, "mediaType", json!("text/plain"), 5, choices),
        _ => {}
    }
    traits
}

/// Traits of the member of a list, or the value of a map.
pub(crate) fn of_element(target: &Known, choices: &mut Choices) -> Value {
    let mut traits = json!({});
    constraints(&mut traits, &target.kind, choices);
    maybe(&mut traits, "xmlName", json!(choices.pick(&["Item", "y:item"])), 3, choices);
    add_namespace(&mut traits, choices);
    traits
}

/// Traits of a member of a structure.
pub(crate) fn of_member(target: &Known, choices: &mut Choices) -> Value {
    let mut traits = of_anything(choices);
    constraints(&mut traits, &target.kind, choices);
    // A circle of required structures has no values.
    if !["structure", "union"].contains(&target.kind.as_str()) {
        maybe(&mut traits, "required", json!({}), 3, choices);
    }
    maybe(&mut traits, "clientOptional", json!({}), 8, choices);
    let sent = format!("sent \"as\" {}", choices.below(usize::MAX));
    maybe(&mut traits, "jsonName", json!(sent), 5, choices);
    add_xml(&mut traits, &target.kind, choices);
    if let Some(default) = default(target, choices) {
        maybe(&mut traits, "default", default, 4, choices);
        if traits.get("smithy.api#default").is_some() {
            maybe(&mut traits, "addedDefault", json!({}), 4, choices);
        }
    }
    traits
}

/// A value that a member may have by default; `None` for kinds that have none but null.
fn default(target: &Known, choices: &mut Choices) -> Option<Value> {
    Some(match target.kind.as_str() {
        "boolean" => json!(choices.once_in(2)),
        "string" => json!(choices.pick(&["", "x", "a \"quoted\" \\ text"])),
        "integer" | "long" | "short" | "byte" => json!(choices.pick(&[0, 1, -7, 100])),
        "double" | "float" => json!(choices.pick(&[0.0, 1.5, -2.0])),
        "timestamp" => json!(0),
        "blob" => json!(""),
        "list" => json!([]),
        "map" => json!({}),
        "enum" | "intEnum" => choices.pick(&target.values).clone(),
        _ => return None,
    })
}
